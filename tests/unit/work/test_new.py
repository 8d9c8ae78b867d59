"""A new dossier: it evaluates at once, and says plainly that nobody has judged anything."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hengji.model.finding import Severity
from hengji.model.indicator import Indicator, Verdict
from hengji.model.programme import Kind
from hengji.storage.folder import read_folder
from hengji.storage.text import parse, render
from hengji.work.evaluate import evaluate, write_reports
from hengji.work.fill import fill
from hengji.work.new import create, new_dossier, template
from hengji.work.workbook.sheets import WORKBOOK
from hengji.work.workbook.writing import workbook_of


@pytest.fixture(params=Kind, ids=lambda kind: kind.name)
def kind(request: pytest.FixtureRequest) -> Kind:
    return Kind(request.param)


def leaves(indicators: tuple[Indicator, ...]) -> list[Indicator]:
    return [leaf for each in indicators for leaf in (leaves(each.children) if each.children else [each])]


def weight(kind: Kind, *names: str) -> Decimal:
    tops = new_dossier(kind, 2024).framework.indicators
    return sum((top.weight for top in tops if top.name in names), Decimal(0))


def test_it_evaluates_at_once_without_an_error_and_scores_low(kind: Kind, tmp_path: Path) -> None:
    create(tmp_path / "新", kind, 2024)
    outcome = evaluate(tmp_path / "新")
    assert [finding.message for finding in outcome.findings if finding.severity is Severity.ERROR] == []
    assert outcome.evaluation is not None
    assert outcome.evaluation.sheet.grade == "差"
    assert outcome.evaluation.sheet.total < 20
    assert len(write_reports(outcome, tmp_path / "out")) == 4


def test_its_files_are_canonical(kind: Kind, tmp_path: Path) -> None:
    create(tmp_path / "新", kind, 2024)
    files, _ = read_folder(tmp_path / "新")
    parsed = parse(files)
    assert parsed.findings == ()
    assert parsed.dossier is not None
    assert render(parsed.dossier) == files


def test_the_library_is_canonical_for_any_year(kind: Kind) -> None:
    for year in (1999, 2024):
        files = template(kind, year)
        parsed = parse(files)
        assert parsed.findings == ()
        assert parsed.dossier is not None
        assert parsed.dossier.head.year == year
        assert render(parsed.dossier) == files


def test_a_project_has_the_whole_common_framework_and_enough_for_output_and_benefit() -> None:
    framework = new_dossier(Kind.PROJECT, 2024).framework
    assert [leaf.name for leaf in leaves(framework.indicators)] == [
        *("立项依据充分性", "立项程序规范性", "绩效目标合理性", "绩效指标明确性", "预算编制科学性", "资金分配合理性"),
        *("资金到位率", "预算执行率", "资金使用合规性", "管理制度健全性", "制度执行有效性"),
        *("实际完成率", "质量达标率", "完成及时性", "成本节约率"),
        *("实施效益", "满意度"),
    ]
    assert weight(Kind.PROJECT, "决策", "过程", "产出", "效益") == 100
    assert weight(Kind.PROJECT, "产出", "效益") >= 60
    assert all(leaf.basis.startswith("财预〔2020〕10号附件2") for leaf in leaves(framework.indicators))


def test_a_policy_has_the_four_parts_with_their_usual_weights() -> None:
    tops = new_dossier(Kind.POLICY, 2024).framework.indicators
    assert [(top.name, top.weight) for top in tops] == [
        ("政策制定", 20),
        ("政策实施", 30),
        ("政策效果", 40),
        ("政策可持续性", 10),
    ]
    assert [child.name for child in tops[2].children] == ["政策产出目标实现程度", "政策效益", "政策对象满意度"]


def test_every_leaf_has_its_explanation_its_standard_and_a_paper_that_says_it_is_not_judged(kind: Kind) -> None:
    dossier = new_dossier(kind, 2024)
    papers = {paper.indicator: paper for paper in dossier.papers}
    for leaf in leaves(dossier.framework.indicators):
        assert leaf.explanation
        assert leaf.criteria
        judgement = papers[leaf.id].judgement
        assert "待填" in papers[leaf.id].analysis
        if judgement is not None:
            assert judgement.reason == "尚未评判，待核实"
            assert {each.verdict for each in judgement.elements} <= {Verdict.MISSED}


def test_what_has_to_be_filled_in_says_so(kind: Kind) -> None:
    head = new_dossier(kind, 2024).head
    for text in (head.name, head.principal, head.department, head.evaluator, head.jurisdiction):
        assert text.startswith("（待填")


def test_a_folder_with_something_in_it_is_left_alone(kind: Kind, tmp_path: Path) -> None:
    (tmp_path / "旧.txt").write_text("旧", "utf-8")
    written, found = create(tmp_path, kind, 2024)
    assert not written
    assert "不是空的" in found[0].found
    assert [path.name for path in tmp_path.iterdir()] == ["旧.txt"]
    _, found = create(tmp_path / "旧.txt", kind, 2024)
    assert "是一个文件" in found[0].found


def test_the_workbook_has_headers_units_choices_notes_and_a_frozen_row(tmp_path: Path) -> None:
    create(tmp_path / "新", Kind.PROJECT, 2024)
    book = load_workbook(tmp_path / "新" / WORKBOOK)
    assert {"说明", "项目信息", "子项目", "资金台账", "指标体系", "评判", "问题", "建议", "佐证", "问卷"} <= set(
        book.sheetnames
    )
    ledger = book["资金台账"]
    assert [cell.value for cell in ledger[1]][:5] == ["日期", "环节", "项目", "层级", "金额（元）"]
    assert ledger.freeze_panes == "B2"
    rules = {str(rule.sqref)[0]: rule.formula1 for rule in ledger.data_validations.dataValidation}
    assert rules["B"] == '"年初预算,调整预算,下达,到位,拨付,落实"'
    assert rules["D"] == '"中央,省级,市级,区级,镇级,合计"'
    assert "子项目" in rules["C"]
    assert "必填" in ledger["A1"].comment.text
    judging = book["评判"].data_validations.dataValidation
    assert any(rule.formula1 == '"符合,不符合"' for rule in judging)
    assert book["评判"]["E2"].font.italic
    assert book["词表"].sheet_state == "hidden"


def test_the_same_dossier_gives_the_same_workbook(kind: Kind) -> None:
    assert workbook_of(new_dossier(kind, 2024)) == workbook_of(new_dossier(kind, 2024))


def test_the_tables_of_policies_are_declared_and_stand_in_the_workbook(kind: Kind, tmp_path: Path) -> None:
    """Two policies that each want another 机构信息 have one each."""
    written, faults = create(tmp_path / "新", kind, 2024, ("zb-3", "zb-2", "zb-3"))
    assert faults == ()
    parsed = parse(read_folder(tmp_path / "新")[0])
    assert parsed.dossier is not None
    reckoned = {each.policy: each.tables for each in parsed.dossier.head.entitlements}
    assert reckoned == {
        "zb-3": {"入住人月": "入住人月", "机构信息": "机构信息"},
        "zb-2": {"入住人员": "入住人员", "机构信息": "机构信息_zb-2"},
    }
    assert {"data/入住人月.csv", "data/机构信息_zb-2.csv"} <= set(written)
    sheets = load_workbook(tmp_path / "新" / WORKBOOK).sheetnames
    assert {"数据_入住人月", "数据_入住人员", "数据_机构信息", "数据_机构信息_zb-2"} <= set(sheets)
    outcome = evaluate(tmp_path / "新")
    assert [finding.message for finding in outcome.findings if finding.severity is Severity.ERROR] == []


def test_nothing_is_made_for_a_policy_that_nobody_knows(tmp_path: Path) -> None:
    written, (fault, *_) = create(tmp_path / "新", Kind.PROJECT, 2024, ("zb3",))
    assert not written
    assert not (tmp_path / "新").exists()
    assert "没有政策“zb3”" in fault.message
    assert "zb-3（2021年养老机构运营奖补）" in fault.message


def test_what_is_reckoned_stays_with_the_sub_project_that_is_renamed_in_the_workbook(tmp_path: Path) -> None:
    """By the workbook alone; where somebody renames it in the file and forgets the rest, that is said."""
    folder = tmp_path / "新"
    create(folder, Kind.PROJECT, 2024, ("zb-3",))
    book = load_workbook(folder / WORKBOOK)
    book["子项目"]["A2"] = "运营补助"
    for row in book["资金台账"].iter_rows(min_row=2):
        row[2].value = "运营补助" if row[0].value else None
    book.save(tmp_path / "填好.xlsx")
    assert fill(folder, tmp_path / "填好.xlsx").files
    head = folder / "dossier.yaml"
    assert "programme: 运营补助" in head.read_text("utf-8")
    assert [each for each in evaluate(folder).findings if each.severity is Severity.ERROR] == []
    head.write_text(head.read_text("utf-8").replace("programme: 运营补助", "programme: 示例子项目"), "utf-8")
    (astray,) = (each for each in evaluate(folder).findings if each.severity is Severity.ERROR)
    assert (astray.code, astray.expected) == ("L212", "运营补助")
