"""Sheets added to counts give what counting all sheets at once gives."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hengji.model.survey import Count, Option, Question, Questionnaire
from hengji.surveys.adding import added, tally_file
from hengji.surveys.reading import read_counts

SCALE = (Option("满意", Decimal(100)), Option("一般", Decimal(50)), Option("不满意", Decimal(0)))
ASKED = Questionnaire("甲", "甲卷", "家属", "电话", (Question("题1", "？", SCALE), Question("题2", "？", SCALE)))
SHEETS = st.lists(
    st.dictionaries(st.sampled_from(["题1", "题2", "题9"]), st.sampled_from(["满意", "一般", "2", "也许"]))
)


@given(SHEETS, SHEETS)
def test_in_two_parts_or_at_once_is_the_same(first: list[dict[str, str]], second: list[dict[str, str]]) -> None:
    once, counts = added(ASKED, (), first + second)
    half, some = added(ASKED, (), first)
    twice, again = added(half, some, second)
    assert again == counts
    assert (twice.returned, twice.valid) == (once.returned, once.valid) == (len(first) + len(second),) * 2


@given(SHEETS)
def test_the_file_of_a_tally_reads_as_the_counts(sheets: list[dict[str, str]]) -> None:
    _, counts = added(ASKED, (), sheets)
    read, findings = read_counts(ASKED, "surveys/甲.csv", tally_file(counts))
    assert not findings
    assert [(each.question, each.option, each.sheets) for each in read] == [
        (each.question, each.option, each.sheets) for each in counts
    ]


def test_fieldwork_that_was_not_declared_begins_at_what_is_counted() -> None:
    grown, counts = added(ASKED, (Count("题1", "满意", 5), Count("题2", "满意", 4)), [{"题2": "一般"}])
    assert (grown.returned, grown.valid) == (6, 6)
    assert counts[4] == Count("题2", "一般", 1)
