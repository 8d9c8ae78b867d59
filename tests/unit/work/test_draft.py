"""A dossier drafted from a published report."""

from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from hengji.cli.import_verb import command
from hengji.model.finding import Severity
from hengji.model.rubric import Checklist, DefectDeductions, Element, Rubric
from hengji.work.draft.folder import draft
from hengji.work.draft.judging import judged
from hengji.work.evaluate import evaluate

REPORT = """河口县村级书屋项目绩效评价报告

受河口县财政局委托，本公司对河口县2022年村级书屋项目开展绩效评价。

一、基本情况

2022年安排资金120万元。

表1 资金情况（单位：万元）

项目名称\t省级资金\t市级资金\t县级资金\t合计\t实际支出
书屋建设\t60\t20\t20\t100\t100
图书采购\t20\t\t\t20\t18
合计\t80\t20\t20\t120\t118

三、综合评价结论

该项目综合评价得分为88分，评价等级为“良”。

一级指标\t二级指标\t三级指标\t分值\t评分标准\t扣分原因\t得分
过程\t管理\t借阅登记\t10\t①有登记簿得4分；②逐本登记得6分。\t没有逐本登记\t4
\t\t图书盘点\t10\t按月盘点得10分，每漏一月扣2分，扣完为止。\t漏两个月\t6
\t资金\t支出合规\t20\t支出是否合规得满分，否则0分。\t\t20
产出\t数量\t书屋开放\t30\t得分=开放率×分值。\t\t30
效益\t社会效益\t带动阅读\t30\t根据带动情况酌情得分。\t带动不足\t28
合计\t\t\t100\t\t\t88

四、绩效评价指标分析

1. 借阅登记（10分）

查看十处书屋，都有登记簿，没有逐本登记。该项得4分。

2. 书屋开放（30分）

书屋全部按时开放，开放率为100%。该项得30分。

五、存在的问题

（一）借阅登记不细

书屋没有逐本登记。

六、有关建议

（一）逐本登记借阅

按册登记，按月汇总。
"""


def drafted(tmp_path: Path, text: str = REPORT) -> Path:
    report = tmp_path / "报告.txt"
    report.write_text(text, "utf-8")
    root = tmp_path / "档案"
    done = draft(report, root)
    assert done.files, [finding.message for finding in done.findings]
    return root


def test_the_draft_gives_the_published_total(tmp_path: Path) -> None:
    outcome = evaluate(drafted(tmp_path))
    assert outcome.evaluation is not None
    sheet = outcome.evaluation.sheet
    assert f"{sheet.total:f}" == "88.00"
    assert sheet.grade == "良"


def test_standards_become_shapes_and_doubts_are_written_down(tmp_path: Path) -> None:
    root = drafted(tmp_path)
    indicators = (root / "indicators.yaml").read_text("utf-8")
    for shape in ("要素得分", "缺陷扣分", "一票式", "比例", "酌情"):
        assert f"shape: {shape}" in indicators
    notes = (root / "待核.md").read_text("utf-8")
    assert "“图书盘点”的缺陷处数按得分反推" in notes
    assert "第" in notes.split("# 取自报告何处")[1]


def test_money_problems_and_published_scores_are_taken_over(tmp_path: Path) -> None:
    root = drafted(tmp_path)
    ledger = (root / "funds.csv").read_text("utf-8-sig")
    assert "年初预算,子项目1,省级,600000" in ledger
    assert "拨付,子项目2,省级,180000" in ledger
    problems = (root / "findings.yaml").read_text("utf-8")
    assert "title: 借阅登记不细" in problems
    assert "- 借阅登记" in problems
    assert "figure: 得分.合计" in (root / "published.yaml").read_text("utf-8")


def test_a_table_of_counts_becomes_a_questionnaire(tmp_path: Path) -> None:
    table = "题目\t选项\t有效问卷\t占比\n书屋开放够吗？\t够（100%）\t30\t60%\n\t一般（50%）\t15\t30%\n\t不够（0%）\t5\t10%\n"
    root = drafted(tmp_path, REPORT.replace("五、存在的问题", f"表2 读者问卷\n\n{table}\n五、存在的问题"))
    assert "题1,一般,15" in (root / "surveys" / "问卷1.csv").read_text("utf-8-sig")
    outcome = evaluate(root)
    assert outcome.evaluation is not None
    assert f"{outcome.evaluation.sheet.total:f}" == "88.00"
    assert not [finding for finding in outcome.findings if finding.severity is Severity.ERROR]


def test_a_score_that_the_standard_cannot_give_is_an_override(tmp_path: Path) -> None:
    root = drafted(
        tmp_path,
        REPORT.replace("否则0分。\t\t20", "否则0分。\t\t12").replace("\t88\n", "\t80\n").replace("为88分", "为80分"),
    )
    assert "override:" in (root / "papers" / "支出合规.md").read_text("utf-8")
    outcome = evaluate(root)
    assert outcome.evaluation is not None
    assert f"{outcome.evaluation.sheet.total:f}" == "80.00"


def test_nothing_is_written_into_a_folder_that_holds_something(tmp_path: Path) -> None:
    report = tmp_path / "报告.txt"
    report.write_text(REPORT, "utf-8")
    done = draft(report, tmp_path)
    assert not done.files
    assert [finding.code for finding in done.findings] == ["L231"]


@pytest.mark.parametrize(("text", "code"), [("一、概况\n\n今年开放书屋。\n", "v090"), (None, "v001")])
def test_a_report_that_cannot_be_drafted_says_why(tmp_path: Path, text: str | None, code: str) -> None:
    report = tmp_path / "报告.txt"
    if text is not None:
        report.write_text(text, "utf-8")
    done = draft(report, tmp_path / "档案")
    assert not done.files
    assert [finding.code for finding in done.findings] == [code]


def test_the_verb_drafts_from_a_report(tmp_path: Path) -> None:
    report = tmp_path / "报告.txt"
    report.write_text(REPORT, "utf-8")
    result = CliRunner().invoke(command, [str(report), str(tmp_path / "档案")])
    assert result.exit_code == 0, result.output
    assert "处须逐条核对" in result.output


@pytest.mark.parametrize("rubric", [DefectDeductions(Decimal(0)), Checklist((Element("依据充分", Decimal(2)),))])
@pytest.mark.parametrize("score", [Decimal(3), Decimal(-1)])
def test_a_score_that_no_standard_can_give_becomes_an_override(rubric: Rubric, score: Decimal) -> None:
    _, override, _ = judged(rubric, Decimal(2), score, "第3页")
    assert override is not None
    assert override.score == score
