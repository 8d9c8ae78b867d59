"""The items of a chapter, and which of them are about the same thing."""

from hengji.model.reading import Prose, Reading, Span, Title
from hengji.reading.items import Item, common_pairs, items, relatedness
from hengji.reading.manuscript import Manuscript, Role, manuscript_of


def manuscript(*lines: tuple[int, str]) -> Manuscript:
    """Titles (level above 0) and paragraphs (level 0)."""
    text, parts = "", []
    for level, line in lines:
        span = Span(len(text), len(text) + len(line))
        parts.append(Title(span, level, "", line) if level else Prose(span))
        text += line + "\n"
    return manuscript_of(Reading("报告.txt", text, tuple(parts)))


def names(found: tuple[Item, ...]) -> list[str]:
    return [item.name for item in found]


def test_items_are_the_titles_without_titles_below() -> None:
    read = manuscript(
        (1, "存在的问题"), (2, "（一）过程方面"), (3, "1. 支付滞后"), (0, "拖延三个月。"), (3, "2. 档案不全"), (0, "缺验收单。"),
        (2, "（二）产出方面"), (0, "里程不足。"), (1, "有关建议"), (0, "建议按季支付。"),
    )  # fmt: skip
    found = items(read, Role.PROBLEMS)
    assert names(found) == ["支付滞后", "档案不全", "里程不足"]
    assert "过程方面" in found[0].text
    assert "拖延三个月" in found[0].text
    assert "缺验收单" not in found[0].text


def test_without_titles_numbered_paragraphs_are_items() -> None:
    read = manuscript(
        (1, "存在的问题"), (0, "1.支付滞后。拖延三个月。"), (0, "2.档案不全。"), (0, "以上问题需要整改。")
    )
    assert names(items(read, Role.PROBLEMS)) == ["支付滞后", "档案不全"]


def test_a_chapter_that_is_not_there_has_no_items() -> None:
    assert items(manuscript((1, "项目概况"), (0, "道路老旧。")), Role.PROBLEMS) == ()


def test_items_about_one_thing_are_more_related() -> None:
    read = manuscript(
        (1, "存在的问题"), (2, "边沟清淤不彻底"), (0, "东岭路段淤泥没有清除。"),
        (1, "有关建议"), (2, "雨季前清除边沟淤泥"), (0, "逐段验收。"), (2, "修复桥梁照明"), (0, "登记损坏的灯具。"),
    )  # fmt: skip
    (problem,), (same, other) = items(read, Role.PROBLEMS), items(read, Role.ADVICE)
    common = common_pairs((problem,), (same, other))
    assert relatedness(problem, same, common) > relatedness(problem, other, common) == 0
