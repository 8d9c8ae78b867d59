"""The filled workbook comes back: what was typed is in the dossier, what was not stays byte for byte."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.unit.work.broken import EXAMPLES, assert_plain

from hengji.engines.grids import open_book
from hengji.model.figure import display
from hengji.model.programme import Kind
from hengji.model.rubric import Ratio
from hengji.model.table import Column, ColumnType, TableDeclaration
from hengji.storage.folder import read_folder
from hengji.storage.text import parse, render
from hengji.work.evaluate import evaluate
from hengji.work.fill import Import, SheetChange, fill, merge
from hengji.work.new import create, new_dossier
from hengji.work.workbook.framework import leaves
from hengji.work.workbook.sheets import WORKBOOK
from hengji.work.workbook.writing import workbook_of

HEADER = ["日期", "环节", "项目", "层级", "金额（元）"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    create(tmp_path / "新", Kind.PROJECT, 2024)
    return tmp_path / "新"


def files_of(root: Path) -> dict[str, bytes]:
    return read_folder(root)[0]


def filled(root: Path, then: Callable[[Workbook], None]) -> Import:
    """Fill in the workbook as ``then`` says and import it; what is found reads as it should."""
    book = load_workbook(root / WORKBOOK)
    then(book)
    book.save(root / WORKBOOK)
    done = fill(root, root / WORKBOOK)
    for finding in done.findings:
        assert_plain(finding)
    return done


def column(sheet: Worksheet, header: str) -> int:
    return [cell.value for cell in sheet[1]].index(header) + 1


def put(sheet: Worksheet, line: int, header: str, value: Any) -> None:
    sheet.cell(line, column(sheet, header)).value = value


def replace_rows(sheet: Worksheet, rows: list[list[Any]]) -> None:
    sheet.delete_rows(2, sheet.max_row)
    for line, row in enumerate(rows, 2):
        for position, value in enumerate(row, 1):
            sheet.cell(line, position).value = value


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.name)
def test_the_workbook_as_it_is_changes_nothing(kind: Kind, tmp_path: Path) -> None:
    create(tmp_path / "新", kind, 2024)
    before = files_of(tmp_path / "新")
    done = fill(tmp_path / "新", tmp_path / "新" / WORKBOOK)
    assert done.findings == ()
    assert done.files == {}
    assert [change for change in done.changes if change.added or change.changed or change.removed] == []
    assert sum(change.unchanged for change in done.changes) > 50
    assert files_of(tmp_path / "新") == before


@pytest.mark.parametrize("name", ["boshan-2021", "weiyang-2020", "yangquan-2022"])
def test_the_workbook_of_any_dossier_reads_back_as_that_dossier(name: str) -> None:
    dossier = parse(files_of(EXAMPLES / name)).dossier
    assert dossier is not None
    book, _ = open_book("w.xlsx", workbook_of(dossier))
    assert book is not None
    merged, changes, findings = merge(dossier, book)
    assert findings == ()
    assert [change for change in changes if change.added or change.changed or change.removed] == []
    assert render(merged) == render(dossier)


def test_rows_of_the_ledger_change_the_evaluation(root: Path) -> None:
    def fill_in(book: Workbook) -> None:
        replace_rows(
            book["资金台账"],
            [
                [datetime(2024, 1, 1), "年初预算", "示例子项目", "区级", 200000],  # noqa: DTZ001  as Excel keeps it
                ["2024-3-1", "到位", "示例子项目", "区级", 200000],
                ["2024年9月30日", "拨付", "示例子项目", "区级", "150,000.00"],
            ],
        )

    done = filled(root, fill_in)
    assert done.findings == ()
    assert list(done.files) == ["funds.csv"]
    assert SheetChange("资金台账", 3, 0, 4, 0) in done.changes
    outcome = evaluate(root)
    assert outcome.evaluation is not None
    assert display(outcome.evaluation.figures["资金.到位率"]) == "100.00%"
    assert display(outcome.evaluation.figures["资金.预算执行率"]) == "75.00%"
    assert display(outcome.evaluation.figures["得分.预算执行率"]) == "2.25分"


def test_judging_an_indicator_changes_its_score(root: Path) -> None:
    def fill_in(book: Workbook) -> None:
        sheet = book["评判"]
        for line in range(2, sheet.max_row + 1):
            if sheet.cell(line, 1).value == "立项依据充分性":
                put(sheet, line, "判断", "符合" if sheet.cell(line, 2).value else None)
                put(sheet, line, "理由", "有区政府文件，内容相符")
                put(sheet, line, "佐证", "E01、E02" if sheet.cell(line, 2).value else "E01")
                put(sheet, line, "评判人", None if sheet.cell(line, 2).value else "评价工作组")

    done = filled(root, fill_in)
    assert done.findings == ()
    assert list(done.files) == ["papers/立项依据充分性.md"]
    assert next(change for change in done.changes if change.sheet == "评判").changed == 6
    outcome = evaluate(root)
    assert outcome.evaluation is not None
    assert display(outcome.evaluation.figures["得分.立项依据充分性"]) == "3.00分"
    paper = next(each for each in outcome.evaluation.dossier.papers if each.indicator == "立项依据充分性")
    assert paper.judgement is not None
    assert paper.judgement.by == "评价工作组"
    assert paper.judgement.elements[0].evidence == ("E01", "E02")


def test_a_new_indicator_comes_with_its_standard_and_its_paper(root: Path) -> None:
    def fill_in(book: Workbook) -> None:
        sheet = book["指标体系"]
        for line in range(2, sheet.max_row + 1):
            if sheet.cell(line, 1).value == "立项程序规范性":
                put(sheet, line, "分值", 1)
        line = sheet.max_row + 1
        row = {
            "编号": "公示规范性",
            "一级指标": "过程",
            "二级指标": "组织实施",
            "三级指标": "公示规范性",
            "分值": 1,
            "评分标准": "按规定公示得1分",
            "评分方法": "要素得分",
            "要素或等次": "公示满五天=0.5\n公示内容完整=0.5",
        }
        for header, value in row.items():
            put(sheet, line, header, value)

    done = filled(root, fill_in)
    assert [finding.message for finding in done.findings] == []
    assert set(done.files) == {"indicators.yaml", "papers/公示规范性.md"}
    outcome = evaluate(root)
    assert outcome.evaluation is not None
    weights = {score.indicator.name: score.weight for score in outcome.evaluation.sheet.scores}
    assert weights == {"决策": 14, "过程": 16, "产出": 40, "效益": 30}


def test_every_kind_of_record_can_be_filled_in(root: Path) -> None:
    def fill_in(book: Workbook) -> None:
        put(book["项目信息"], 2, "内容", "某区养老服务补助项目")
        replace_rows(book["子项目"], [["运营补助", "养老机构运营补助", 2024, "按床位补助"]])
        replace_rows(book["资金台账"], [["2024-01-01", "年初预算", "运营补助", "区级", 10000]])
        replace_rows(book["佐证"], [["E01", "批复", "批复文件", "某财〔2024〕1号"], ["E02", "凭证", "财务凭证"]])
        replace_rows(book["建议"], [["R1", "加快拨付", "由区财政局在季度内拨付", "区财政局"]])
        replace_rows(
            book["问题"],
            [["P1", "拨付偏慢", "到年末没有拨付", "流程长", "区财政局", "预算执行率、资金到位率", "E02", "R1"]],
        )
        replace_rows(book["整改"], [["P1", "季度内拨付", "区财政局", "2025-03-31", "整改中"]])
        for line in (2, 5):
            put(book["答卷_满意度调查"], line, "份数", 40)

    done = filled(root, fill_in)
    assert [finding.message for finding in done.findings] == []
    assert set(done.files) == {"dossier.yaml", "funds.csv", "evidence.yaml", "findings.yaml", "surveys/满意度调查.csv"}
    outcome = evaluate(root)
    assert outcome.evaluation is not None
    head = outcome.evaluation.dossier.head
    assert head.name == "某区养老服务补助项目"
    assert [programme.id for programme in head.programmes] == ["运营补助"]
    problem = outcome.evaluation.dossier.problem_book.problems[0]
    assert problem.deductions == ("预算执行率", "资金到位率")
    assert display(outcome.evaluation.figures["问卷.满意度调查.样本量"]).startswith("42")


def test_every_bad_cell_is_found_at_once_and_nothing_is_written(root: Path) -> None:
    before = files_of(root)

    def fill_in(book: Workbook) -> None:
        ledger = book["资金台账"]
        put(ledger, 2, "金额（元）", "十万")
        put(ledger, 3, "日期", "24-3-1")
        put(ledger, 4, "层级", "县级")
        put(ledger, 5, "项目", "没有的项目")
        put(book["指标体系"], 2, "分值", "三分")
        put(book["指标体系"], 3, "评分方法", "打分")
        put(book["评判"], 3, "判断", "基本符合")
        put(book["问题"], 2, "扣分指标", "没有的指标")
        put(book["项目信息"], 5, "内容", "去年")
        put(book["佐证"], 3, "编号", "E01")
        put(book["子项目"], 2, "名称", "某区养老补助")

    done = filled(root, fill_in)
    places = {(finding.place.sheet, finding.place.cell) for finding in done.findings}
    assert {
        ("资金台账", "E2"),
        ("资金台账", "A3"),
        ("资金台账", "D4"),
        ("资金台账", "C5"),
        ("指标体系", "F2"),
        ("指标体系", "K3"),
        ("评判", "C3"),
        ("问题", "F2"),
        ("项目信息", "B5"),
        ("佐证", "A3"),
    } <= places
    assert done.files == {}
    assert files_of(root) == before


def test_sheets_and_columns_that_are_not_taken_over_are_named(root: Path) -> None:
    def fill_in(book: Workbook) -> None:
        book["评价组"].title = "评价小组"
        book["资金台账"].cell(1, 11).value = "经办人"
        book["佐证"].cell(1, 10).value = "存放处"
        book.create_sheet("草稿")["A1"] = "随手记的"
        book.create_sheet("Sheet1")

    done = filled(root, fill_in)
    said = [(finding.place.sheet, finding.place.cell) for finding in done.findings]
    assert said == [("佐证", "J1"), ("资金台账", "K1"), ("评价小组", ""), ("草稿", "")]
    assert {finding.code for finding in done.findings} == {"L246"}
    assert "若是“评价组”改了名，改回原名" in done.findings[2].message


def test_a_month_is_not_taken_for_its_first_day(root: Path) -> None:
    def fill_in(book: Workbook) -> None:
        put(book["资金台账"], 3, "日期", "2024年9月")
        put(book["整改"], 2, "整改期限", "2025.6")

    done = filled(root, fill_in)
    assert done.files == {}
    places = [(finding.place.sheet, finding.place.cell) for finding in done.findings]
    assert sorted(places) == [("整改", "D2"), ("资金台账", "A3")]


def test_merged_cells_and_formulas_are_pointed_at(root: Path) -> None:
    def fill_in(book: Workbook) -> None:
        book["资金台账"].merge_cells("C2:C3")
        put(book["资金台账"], 4, "金额（元）", "=E2*2")

    done = filled(root, fill_in)
    found = {(finding.place.cell, finding.code) for finding in done.findings}
    assert ("C2:C3", "T002") in found
    assert ("E4", "T003") in found
    assert done.files == {}


def test_an_emptied_or_deleted_sheet_says_nothing(root: Path) -> None:
    def fill_in(book: Workbook) -> None:
        replace_rows(book["资金台账"], [])
        del book["指标体系"]

    done = filled(root, fill_in)
    assert done.findings == ()
    assert done.files == {}
    assert {"资金台账", "指标体系"}.isdisjoint(change.sheet for change in done.changes)


def test_a_column_in_wan_is_read_by_its_header(root: Path) -> None:
    def fill_in(book: Workbook) -> None:
        sheet = book["资金台账"]
        put(sheet, 1, "金额（元）", "金额（万元）")
        for line in range(2, 6):
            put(sheet, line, "金额（万元）", 10)

    done = filled(root, fill_in)
    assert done.findings == ()
    assert b",100000," in done.files["funds.csv"]


def test_a_workbook_that_is_none_or_another_is_refused(root: Path, tmp_path: Path) -> None:
    missing = fill(root, tmp_path / "无.xlsx")
    assert not missing.readable
    assert "没有这个文件" in missing.findings[0].found
    (tmp_path / "坏.xlsx").write_bytes(b"\x00\x01not a workbook")
    assert "不是完好的 xlsx" in fill(root, tmp_path / "坏.xlsx").findings[0].found
    file = BytesIO()
    Workbook().save(file)
    (tmp_path / "别的.xlsx").write_bytes(file.getvalue())
    assert "没有一张填报表" in fill(root, tmp_path / "别的.xlsx").findings[0].found


def test_a_dossier_with_a_broken_file_is_not_written_into(root: Path) -> None:
    (root / "evidence.yaml").write_text("evidence: [", "utf-8")
    before = files_of(root)
    done = fill(root, root / WORKBOOK)
    assert not done.readable
    assert done.findings[0].place.file == "evidence.yaml"
    assert "不能并入" in done.findings[-1].found
    assert files_of(root) == before


def test_importing_twice_is_importing_once(root: Path) -> None:
    def fill_in(book: Workbook) -> None:
        replace_rows(book["子项目"], [["运营补助", "养老机构运营补助", 2024, ""]])
        replace_rows(book["资金台账"], [["2024-01-01", "年初预算", "运营补助", "区级", 10000.5]])

    assert filled(root, fill_in).files
    assert fill(root, root / WORKBOOK).files == {}
    assert workbook_of(new_dossier(Kind.PROJECT, 2024)) != (root / WORKBOOK).read_bytes()


def test_a_questionnaire_of_another_name_leaves_no_file_behind(root: Path) -> None:
    def rename(book: Workbook) -> None:
        for sheet, header in (("问卷", "编号"), ("问卷题目", "问卷")):
            for line in range(2, book[sheet].max_row + 1):
                if book[sheet].cell(line, column(book[sheet], header)).value:
                    put(book[sheet], line, header, "满意")

    before = next(iter((root / "surveys").glob("*.yaml")))
    done = filled(root, rename)
    assert done.files[f"surveys/{before.name}"] is None
    assert [path.name for path in (root / "surveys").glob("*.yaml")] == ["满意.yaml"]
    dossier = parse(files_of(root)).dossier
    assert dossier is not None
    assert [survey.id for survey in dossier.surveys] == ["满意"]


def test_a_period_that_ends_before_it_begins_is_refused(root: Path) -> None:
    def invert(book: Workbook) -> None:
        sheet = book["项目信息"]
        line = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == "评价期结束")
        sheet.cell(line, 2).value = "2023-01-01"

    done = filled(root, invert)
    assert done.files == {}
    assert [finding.found for finding in done.findings] == ["评价期从2024-01-01到2023-01-01，结束在开始之前"]
    assert done.findings[0].place.sheet == "项目信息"


def test_a_part_of_a_standard_that_is_cleared_is_what_it_is_by_itself(root: Path) -> None:
    def asked(target: str | None) -> Callable[[Workbook], None]:
        def put_target(book: Workbook) -> None:
            sheet = book["指标体系"]
            at = column(sheet, "评分方法")
            line = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, at).value == "比例")
            put(sheet, line, "目标值", target)

        return put_target

    def targets() -> list[str]:
        dossier = parse(files_of(root)).dossier
        assert dossier is not None
        rubrics = (leaf.rubric for _, leaf in leaves(dossier.framework.indicators))
        return [rubric.target for rubric in rubrics if isinstance(rubric, Ratio)]

    filled(root, asked("90%"))
    assert targets()[0] == "90%"
    filled(root, asked(None))
    assert targets()[0] == "100%"


def test_tables_whose_names_are_cut_alike_have_sheets_of_their_own() -> None:
    dossier = new_dossier(Kind.PROJECT, 2024)
    columns = (Column("身份证号", ColumnType.CITIZEN),)
    names = [f"{'很长的数据表名称' * 4}{end}" for end in ("甲", "乙")] + ["a/B", "A:b"]
    tables = tuple(TableDeclaration(name, f"data/{at}.csv", columns) for at, name in enumerate(names))
    data = {**dossier.data, **{table.path: "身份证号\n".encode() for table in tables}}
    book = load_workbook(BytesIO(workbook_of(replace(dossier, tables=tables, data=data))))
    own = [name for name in book.sheetnames if name.startswith("数据_")]
    assert len({name.casefold() for name in own}) == len(names)
    assert book[own[0]].column_dimensions["A"].number_format == "@"  # or Excel rounds what is typed
