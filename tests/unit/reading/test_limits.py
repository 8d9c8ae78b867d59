"""Terms that a text states."""

from datetime import date

import pytest

from hengji.model.deadline import TermUnit
from hengji.reading.limits import limits_in, notices_in


@pytest.mark.parametrize(
    ("text", "count", "unit", "end"),
    [
        ("自受理之日起10个工作日内完成审核", 10, TermUnit.WORKING_DAYS, date(2021, 7, 26)),
        ("收到资金后三个月内拨付", 3, TermUnit.MONTHS, date(2021, 10, 12)),
        ("验收合格后十五日内付清", 15, TermUnit.DAYS, date(2021, 7, 27)),
    ],
)
def test_a_term_ends_on_a_day(text: str, count: int, unit: TermUnit, end: date) -> None:
    (limit,) = limits_in(text)
    assert (limit.count, limit.unit, limit.ends(date(2021, 7, 12))) == (count, unit, end)


def test_a_year_without_calendar_is_not_judged() -> None:
    (limit,) = limits_in("10个工作日内")
    assert limit.ends(date(1998, 7, 12)) is None


@pytest.mark.parametrize("text", ["12月内", "室内", "范围内", "0日内"])
def test_no_term_is_said(text: str) -> None:
    assert list(limits_in(text)) == []


@pytest.mark.parametrize("text", ["公示期5天", "进行为期5天的公示", "公示时间不少于5个工作日"])
def test_how_long_a_notice_lasts(text: str) -> None:
    (limit,) = notices_in(text)
    assert limit.count == 5
