"""两次补助相隔不满规定的年限。

## 查什么
报告写明距上一次补助须满一年（或若干年），而正文或发放明细表中同一机构两次领到补助的日期相隔不到这么久。表中只看发放、拨付一类的日期；两处写的是同一天的，是一次。

## 为什么
不满年限的不符合奖补条件，多付的要追回；报告没有说到，资格认定的得分就站不住。

## 怎么改
核实两次是不是同一类资金；不符合条件的，写入问题并扣分。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Span
from hengji.model.record import record
from hengji.reading.dates import Grain
from hengji.reading.manuscript import Kind, Manuscript
from hengji.reading.names import institutions_in, region_of

CODE = "p356"
_APART = pattern(
    r"(?:上一?次|前一?次)[^。;]{0,24}(?:补助|补贴|奖补|资金|奖励)[^。;]{0,24}(?:满|达到?|超过|不少于|间隔)[^,。;]{0,4}(?P<years>[一两二三1-3])年"
)
_YEARS = {"一": 1, "两": 2, "二": 2, "三": 3, "1": 1, "2": 2, "3": 3}
_VERB = pattern("拨付|发放|支付")
_PAID = pattern(r"(?:拨付|发放|支付)(?:给|至|到)?$")
_PAYING = pattern("拨付|发放|支付|领取|到账|补[助贴]|奖补")
"""What the heading of a column of days says where they are days of payment."""
_REACH = 8


@record
class _Paid:
    """一次发放: to whom, when, in which part of the report, and where it stands."""

    own: str
    name: str
    day: date
    part: int
    span: Span


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Institutions that were paid twice within the years that must lie between; each once."""
    told = [
        (each, match)
        for each in manuscript.holding("上一次", "上次", "前一次", "前次")
        for match in _APART.finditer(each.text)
    ]
    if not told:
        return
    passage, match = told[0]
    years = _YEARS[match["years"]]
    paid = sorted((*_in_prose(manuscript), *_in_tables(reading, manuscript)), key=lambda each: each.day)
    last: dict[str, _Paid] = {}
    for each in paid:
        before = last.setdefault(each.own, each)
        if before.part != each.part and before.day < each.day < _again(before.day, years):
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"“{each.name}”{_said(before.day)}和{_said(each.day)}两次领到补助，而条件是“{match[0]}”",
                f"两次相隔满{years}年",
                "核实是不是同一类资金，不符合的写入问题",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, each.span, before.span, passage.span(*match.span()))
        last[each.own] = each


def _again(day: date, years: int) -> date:
    """From when on money may be paid again: some days too few in the last month do not matter."""
    return day.replace(year=day.year + years, day=1)


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _own(name: str) -> str:
    return name[len(region_of(name)) :] or name


def _in_prose(manuscript: Manuscript) -> Iterator[_Paid]:
    """Whom sentences say money was paid to, on the last day named before."""
    for passage in manuscript.dated:
        if passage.kind is not Kind.PROSE or _VERB.search(passage.text) is None:
            continue
        for named in institutions_in(passage.text):
            days = [each for each in passage.dates if each.grain is Grain.DAY and each.start < named.start]
            if days and _PAID.search(passage.text, max(0, named.start - _REACH), named.start):
                span = passage.span(days[-1].start, named.end)
                yield _Paid(_own(named.own), named.text, days[-1].first, passage.part, span)


def _in_tables(reading: Reading, manuscript: Manuscript) -> Iterator[_Paid]:
    """The rows that name an institution and a day of payment."""
    for number, days in _days(manuscript).items():
        grid = reading.parts[number]
        assert isinstance(grid, Grid)
        paying = {slot.column for slot in grid.slots if slot.row < grid.head and _PAYING.search(manuscript.cell(slot))}
        rows = {
            slot.row: days[slot.span.start] for slot in grid.slots if slot.span.start in days and slot.column in paying
        }
        for slot in grid.slots:
            text = manuscript.cell(slot) if slot.row in rows else ""
            for named in institutions_in(text):
                yield _Paid(_own(named.own), named.text, rows[slot.row], number, slot.span)


def _days(manuscript: Manuscript) -> dict[int, dict[int, date]]:
    """The days that cells tell, by the part of the report and by where the cell begins."""
    found: dict[int, dict[int, date]] = {}
    for passage in manuscript.dated:
        if passage.kind is Kind.CELL and passage.dates[0].grain is Grain.DAY:
            found.setdefault(passage.part, {})[passage.span().start] = passage.dates[0].first
    return found
