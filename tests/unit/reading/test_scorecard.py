"""The scores of a report: many places, one tree."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengji.model.scorecard import Decided, Points, Scorecard, Scored, Where
from hengji.reading.scorecard import rescore_of, scorecard_of
from hengji.reading.text import read_text

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"


def card(text: str) -> Scorecard:
    found = scorecard_of(read_text("报告.txt", text))
    assert found is not None
    return found


def node(scorecard: Scorecard, name: str) -> Scored:
    (found,) = (each for each in scorecard.walk() if each.name == name)
    return found


def number(value: Points | Decimal | None) -> str:
    if isinstance(value, Points):
        return f"{value.value:f}"
    return "" if value is None else f"{value:f}"


TREE = (
    "一级指标\t二级指标\t三级指标\t分值\t得分\n"
    "过程（30分）\t管理（12分）\t借阅登记\t5\t4\n"
    "\t\t图书盘点\t7\t7\n"
    "\t资金（18分）\t资金到位\t18\t18\n"
    "产出（70分）\t数量（70分）\t书屋开放\t70\t66.5\n"
    "合计\t\t\t100\t95.5\n"
)


def test_blank_cells_are_still_what_stands_above() -> None:
    read = card(TREE)
    assert [each.name for each in read.indicators] == ["过程", "产出"]
    assert [each.name for each in node(read, "管理").children] == ["借阅登记", "图书盘点"]
    assert number(node(read, "过程").weight) == "30"
    assert [number(each) for each in read.totals] == ["95.5"]


def test_numbers_of_rows_tell_the_levels_that_one_column_names() -> None:
    read = card(
        "序号\t指标\t满分\t得分\n1\t过程\t30\t27\n1.1\t借阅登记\t12\t9\n1.2\t资金到位\t18\t18\n"
        "2\t产出\t70\t66.5\n2.1\t书屋开放\t70\t66.5\n\t合计\t100\t93.5\n"
    )
    assert [each.name for each in read.indicators] == ["过程", "产出"]
    assert [each.name for each in node(read, "过程").children] == ["借阅登记", "资金到位"]


def test_grades_named_before_their_bands() -> None:
    read = card(f"{TREE}综合得分95.5分（等级划分：优 90-100分，良 80-89.99分，中 60-79.99分，差 60分以下）。\n")
    assert [band.name for band in read.bands] == ["优", "良", "中", "差"]


def test_each_chapter_has_a_table_of_its_own() -> None:
    head = "三级指标\t分值\t得分\n"
    read = card(
        f"一、指标分析\n（一）过程（30分）\n过程得27分。\n{head}借阅登记\t12\t9\n资金到位\t18\t18\n"
        f"（二）产出（70分）\n产出得66.5分。\n{head}书屋开放\t40\t36.5\n图书更新\t30\t30\n"
    )
    assert {each.name: number(each.awarded) for each in read.indicators} == {"过程": "27", "产出": "66.5"}


def test_scores_of_parts_are_not_those_of_the_indicator() -> None:
    read = card(f"{TREE}四、指标分析\n1.借阅登记（5分）。登记齐全，得2分；按月核对，得2分。该项得4分。\n")
    assert {number(record.awarded) for record in node(read, "借阅登记").records} == {"4"}


def test_a_row_cut_by_a_page_goes_on() -> None:
    head = "一级指标及分值\t二级指标及分值\t三级指标及分值\t评价标准\n"
    read = card(
        f"{head}过程（30分）\t管理（12分）\t借阅登记（5分）\t登记齐全得5分，每缺一本扣1分。\n"
        "\t\t图书盘\t按月盘点得7分，\n"
        f"{head}\t\t点（7分）\t每漏一月扣1分，扣完为止。\n"
    )
    whole = node(read, "图书盘点")
    assert number(whole.weight) == "7"
    assert whole.standards[0].wording.text == "按月盘点得7分,每漏一月扣1分,扣完为止。"


def test_a_row_shifted_left_is_put_back() -> None:
    read = card(
        "一级指标及分值\t二级指标及分值\t三级指标及分值\t指标解释\t评价标准\t评价依据\n"
        "过程（12分）\t管理（12分）\t借阅登记（5分）\t登记是否齐全\t登记齐全得5分，每缺一本扣1分。\t登记簿\n"
        "图书盘点（7分）\t\t是否按月盘点\t按月盘点得7分，每漏一月扣1分。\t盘点表\n"
    )
    assert [each.name for each in node(read, "管理").children] == ["借阅登记", "图书盘点"]
    assert node(read, "图书盘点").standards[0].wording.text.startswith("按月盘点")


def test_two_levels_side_by_side() -> None:
    read = card(
        "一级指标\t标准分值\t评价得分\t得分率\t二级指标\t标准分值\t评价得分\n"
        "一、过程\t30\t27.00\t90%\t1. 管理\t12\t10.00\n"
        "\t\t\t\t2. 资金\t18\t17.00\n"
        "合 计\t100\t90.00\t90%\t-\t100\t90.00\n"
    )
    top = node(read, "过程")
    assert number(top.awarded) == "27.00"
    assert number(top.records[0].rate) == "90"
    assert [number(each.awarded) for each in top.children] == ["10.00", "17.00"]


def test_standards_of_one_table_and_scores_of_another_meet() -> None:
    read = card(
        "一级指标\t三级指标\t分值\t评分标准\n过程\t借阅登记\t5\t登记齐全得5分，每缺一本扣1分。\n过程管理\t图书盘点\t7\t按月盘点得7分，否则0分。\n"
        "\n以下是得分。\n\n"
        "一级指标\t三级指标\t分值\t得分\n过程\t借阅登记\t5\t4\n过程管理\t图书盘点\t7\t7\n"
    )
    leaf = node(read, "借阅登记")
    assert leaf.standards
    assert {record.where for record in leaf.records} == {Where.STANDARDS, Where.TABLE}


def test_headings_and_sentences_of_the_body() -> None:
    read = card(
        "四、指标分析\n\n（一）过程（12分）\n\n1. 借阅登记（5分）\n\n登记簿缺一本。根据评分标准，该项得4分。\n\n"
        "2. 图书盘点（7分）\n\n按月盘点。本项得满分。\n"
    )
    assert [each.name for each in read.indicators] == ["过程"]
    assert [number(each.awarded) for each in read.leaves()] == ["4", "7"]


def test_one_paragraph_weighs_several_indicators() -> None:
    read = card(
        "一、评价结论\n评价总分为86分。\n二、指标分析\n（一）过程指标\n"
        "立项规范性（4分），程序完整，得4分。管护经费（7分）按落实率计分，得5.5分。群众评价（9分）为问卷所得，东乡得8分、西乡得7分、北乡得6分。\n"
    )
    assert [number(node(read, each).awarded) for each in ("立项规范性", "管护经费", "群众评价")] == ["4", "5.5", ""]


def test_a_working_paper_is_a_record_of_its_indicator() -> None:
    read = card(
        TREE
        + "\n附件：工作底稿\n\n指标名称\t图书盘点\n指标分值\t7分\n评价标准\t按月盘点得7分，否则0分。\n评价分析\t十二个月都有盘点表。\n评价得分\t7分\n"
    )
    (paper,) = node(read, "图书盘点").of(Where.PAPER)
    assert number(paper.awarded) == "7"
    assert paper.analysis is not None


SCORED = (
    "三、总体评价\n\n评价等级分为：90（含）-100分为“优”、80（含）-90分为“良”、60（含）-80分为“中”、60分以下为“差”。该项目综合评价得分为92分，评价等级为“优”。\n\n"
    "一级指标\t三级指标\t分值\t评分标准\t得分\n"
    "过程\t借阅登记\t20\t登记簿是否齐全得满分，否则0分。\t12\n"
    "产出\t书屋开放\t80\t得分=开放率×分值。\t80\n"
    "合计\t\t100\t\t92\n\n"
    "四、指标分析\n\n1. 借阅登记（20分）\n\n两处书屋没有登记簿。该项得12分。\n\n2. 书屋开放（80分）\n\n经查看，书屋开放率为97.5%。该项得80分。\n"
)


def test_the_standards_score_it_again() -> None:
    read = card(SCORED)
    register, opening = node(read, "借阅登记").literal, node(read, "书屋开放").literal
    assert register is not None
    assert opening is not None
    assert (register.decided, register.score) == (Decided.CONCEDED, Decimal(0))
    assert (opening.decided, opening.score) == (Decided.COMPUTED, Decimal(78))
    done = rescore_of(read)
    assert done is not None
    assert (number(done.awarded), number(done.literal), done.grade_awarded, done.grade_literal) == (
        "92",
        "78.00",
        "优",
        "中",
    )


def test_a_report_without_scores_has_no_scorecard() -> None:
    assert scorecard_of(read_text("报告.txt", "一、概况\n\n今年开放书屋20处，借阅3000人次。\n")) is None


LEAF = st.tuples(st.integers(1, 200), st.integers(0, 200)).map(
    lambda pair: (Decimal(pair[0]) / 10, Decimal(min(pair)) / 10)
)


@given(st.lists(st.lists(LEAF, min_size=1, max_size=5), min_size=1, max_size=5))
def test_what_a_table_prints_is_what_is_read(tree: list[list[tuple[Decimal, Decimal]]]) -> None:
    rows = ["一级指标\t二级指标\t分值\t得分"]
    for number_, leaves in enumerate(tree):
        for index, (weight, awarded) in enumerate(leaves):
            rows.append(
                f"{'甲乙丙丁戊'[number_] + '类工作' if not index else ''}\t第{number_}类第{index}种事项\t{weight}\t{awarded}"
            )
    read = card("\n".join(rows))
    got = [
        [(leaf.weight.value, leaf.awarded.value) for leaf in top.children if leaf.weight and leaf.awarded]
        for top in read.indicators
    ]
    assert got == tree


@pytest.mark.skipif(not SEEDS.exists(), reason="the reports are not part of the project")
@pytest.mark.parametrize(
    ("seed", "awarded", "literal", "grade"),
    [("000", "86.39", "", ""), ("002", "85.78", "85.78", "良好"), ("003", "88.50", "79.78", "中")],
)
def test_a_published_report(seed: str, awarded: str, literal: str, grade: str) -> None:
    (path,) = SEEDS.glob(f"{seed}_*.txt")
    done = rescore_of(card(path.read_text("utf-8")))
    assert done is not None
    assert (number(done.awarded), number(done.literal), done.grade_literal) == (awarded, literal, grade)
