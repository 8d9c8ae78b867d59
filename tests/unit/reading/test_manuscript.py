"""A report as passages: the roles of its sections, its sentences, the way back to the words."""

import pytest

from hengji.model.patterns import pattern
from hengji.model.reading import Prose, Reading, Span, Title
from hengji.reading.manuscript import Kind, Role, manuscript_of, role_of


def reading_of(*lines: tuple[int, str]) -> Reading:
    """A reading of titles (level above 0) and paragraphs (level 0)."""
    text, parts = "", []
    for level, line in lines:
        span = Span(len(text), len(text) + len(line))
        parts.append(Title(span, level, "", line) if level else Prose(span))
        text += line + "\n"
    return Reading("报告.txt", text, tuple(parts))


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("摘要", Role.SUMMARY),
        ("项目概况", Role.OVERVIEW),
        ("绩效评价工作开展情况", Role.WORK),
        ("综合评价情况及评价结论", Role.CONCLUSION),
        ("绩效评价指标分析", Role.ANALYSIS),
        ("存在的问题及原因分析", Role.PROBLEMS),
        ("主要问题", Role.PROBLEMS),
        ("有关建议", Role.ADVICE),
        ("改进措施", Role.ADVICE),
        ("附件1", Role.ANNEX),
        ("存在的问题及意见建议", Role.OTHER),
        ("其他需要说明的事项", Role.OTHER),
    ],
)
def test_a_title_names_the_role(title: str, role: Role) -> None:
    assert role_of(title) is role


def test_what_is_in_problems_stays_a_problem() -> None:
    reading = reading_of(
        (1, "存在的问题"), (2, "评价指标体系不完整"), (0, "缺少成本指标。"), (1, "项目概况"), (0, "道路老旧。")
    )
    roles = [passage.role for passage in manuscript_of(reading).told()]
    assert roles == [Role.PROBLEMS, Role.OVERVIEW]


def test_a_passage_leads_back_to_the_words_as_written() -> None:
    reading = reading_of((0, "拨付 ４０ 万元， 已到位。"))
    (passage,) = manuscript_of(reading).passages
    assert passage.text == "拨付40万元,已到位。"
    at = passage.text.index("40万元")
    assert reading.quote(passage.span(at, at + 4)) == "４０ 万元"


def test_a_sentence_ends_at_a_full_stop() -> None:
    reading = reading_of((0, "甲乙；丙丁。戊己。"))
    (passage,) = manuscript_of(reading).passages
    assert [passage.text[start:end] for start, end in passage.sentences()] == ["甲乙;丙丁。", "戊己。"]
    assert passage.sentence(7) == (6, 9)


def test_the_contents_are_not_part_of_the_body() -> None:
    reading = Reading("报告.txt", "项目概况", (Title(Span(0, 4), 1, "", "项目概况", listed=True),))
    assert [passage.kind for passage in manuscript_of(reading).passages] == [Kind.LISTED]
    assert manuscript_of(reading).body == ()


def test_words_that_stand_in_the_body_are_found_however_they_overlap() -> None:
    manuscript = manuscript_of(reading_of((0, "农村公路养护"), (0, "社会救助站")))
    words = ("农村", "农村公路", "公路养护", "村公", "救助", "养护社会", "水利", "站")
    assert manuscript.standing(words) == {"农村", "农村公路", "公路养护", "村公", "救助", "站"}
    assert manuscript.standing(()) == frozenset()


def test_a_pattern_is_sought_in_the_whole_body() -> None:
    manuscript = manuscript_of(reading_of((0, "甲乙，，丙"), (0, "丁，"), (0, "，戊；；己，，庚")))
    found = manuscript.matching(pattern("[,;]{2}"))
    assert [passage.text for passage in found] == ["甲乙,,丙", ",戊;;己,,庚"]
