"""起止日期颠倒或互相重叠。

## 查什么
“某日至某日”“某年至某年”的起止是否颠倒（止期没有写年份的，按同一年看；它可能在次年的，只提示写明年份）；进度表中前后相邻两行的起止日期是否重叠。

## 为什么
起止颠倒一定有一个日期写错；进度互相重叠，实施过程就说不清。

## 怎么改
改正写错的日期；确有交叉的，在表中说明。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.dates import Dated, Grain
from hengji.reading.manuscript import Kind, Manuscript, Passage

CODE = "d253"
_TO = pattern(r"(?:起|(?:开始|启动|开工),?)?[-—–~～至到]{1,3}|--")
_WITHOUT_YEAR = pattern(r"(?<![年\d])(\d{1,2})月(\d{1,2})日?起?(?:[-—–~～至到]{1,2})(\d{1,2})月(\d{1,2})日")
_YEARS = pattern(
    r"(?=20)(?<![\dA-Za-z./\[第])(?<![A-Za-z] )(20[0-4]\d)年?度?(?:[-—–~～]{1,3}|至|到)(20[0-4]\d)(?![\d./-])(?!年?度?(?:增|减|差|变[化动]))"
)
"""A span of years; the heads of a table write one year less another so too."""
_TO_NEXT_YEAR = pattern("次年|翌年|下一?年|第二年|跨年|学年|采暖|供暖|供热|每年|周年")
"""Words of a period that runs on into the next year."""
_WINTER = 183
"""Days of a period that may well run over the turn of a year without saying so."""
_YEAR_LONG = (360, 366)
_MONTH, _YEAR = 30, 365


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Periods that run backwards; rows of a schedule that begin before the row above has ended."""
    for passage in manuscript.matching(_YEARS):
        yield from (_reversed(reading, passage, at, Severity.WARNING) for at in _years(passage))
    above: tuple[Passage, Dated, Dated] | None = None
    for passage in manuscript.timed:
        for at in _undated(passage):
            yield _reversed(reading, passage, at, Severity.WARNING)
        for first, last in _periods(passage):
            if last.last < first.first and (severity := _how_sure(passage, first, last)):
                yield _reversed(reading, passage, (first.start, last.end), severity)
        whole = _whole(passage)
        if passage.kind is not Kind.CELL or whole is None:
            continue
        if above is not None and above[0].part == passage.part and above[1].first < whole[0].first < above[2].first:
            found = f"“{passage.text}”与前一行“{above[0].text}”重叠"
            fault = Fault(
                CODE,
                Severity.NOTE,
                found,
                "前后两步的日期不重叠",
                "核对日期；确有交叉的加以说明",
                confidence=Confidence.POSSIBLE,
            )
            yield remark(reading, fault, passage.span(), above[0].span())
        above = (passage, *whole)


def _reversed(reading: Reading, passage: Passage, at: tuple[int, int], severity: Severity) -> Finding:
    """A period that runs backwards, believed as far as it is severe."""
    printed = passage.text[at[0] : at[1]]
    if severity is Severity.NOTE:
        found, remedy = f"“{printed}”的止期没有写年份，按同一年看早于起期", "写明止期的年份"
    else:
        found, remedy = f"“{printed}”的起止日期颠倒", "改正写错的日期；止期在次年的写明年份"
    sure = {Severity.ERROR: Confidence.CERTAIN, Severity.WARNING: Confidence.LIKELY, Severity.NOTE: Confidence.POSSIBLE}
    fault = Fault(CODE, severity, found, "止期不早于起期", remedy, confidence=sure[severity])
    return remark(reading, fault, passage.span(*at))


def _how_sure(passage: Passage, first: Dated, last: Dated) -> Severity | None:
    """An error where the year of the end is printed, else likely one; where the end may be in the next year, only that this is not said.

    None where it is said, or where neither year is printed.
    """
    if last.full:
        return Severity.ERROR
    if _TO_NEXT_YEAR.search(passage.text):
        return None
    if not _may_cross((last.last - first.first).days + _YEAR):
        return Severity.WARNING
    return Severity.NOTE if first.full else None


def _may_cross(days: int) -> bool:
    """Whether a period of so many days may end in the year after the one it begins in."""
    return days < _WINTER or _YEAR_LONG[0] <= days <= _YEAR_LONG[1]


def _undated(passage: Passage) -> Iterator[tuple[int, int]]:
    """Periods of days without any year that run backwards and are no winter, nor a whole year."""
    if _TO_NEXT_YEAR.search(passage.text):
        return
    known = {each.start for each in passage.dates}
    for match in _WITHOUT_YEAR.finditer(passage.text):
        first, last = (_MONTH * int(match[at]) + int(match[at + 1]) for at in (1, 3))
        if match.start() not in known and last < first and not _may_cross(last - first + _YEAR):
            yield match.span()


def _years(passage: Passage) -> Iterator[tuple[int, int]]:
    """Spans of years that run backwards."""
    if passage.kind is not Kind.CELL:
        yield from (match.span() for match in _YEARS.finditer(passage.text) if match[2] < match[1])


def _periods(passage: Passage) -> Iterator[tuple[Dated, Dated]]:
    for first, last in zip(passage.dates, passage.dates[1:], strict=False):
        if first.grain is last.grain is not Grain.YEAR and _TO.fullmatch(passage.text[first.end : last.start]):
            yield first, last


def _whole(passage: Passage) -> tuple[Dated, Dated] | None:
    """The period that a cell consists of."""
    for first, last in _periods(passage):
        if first.start == 0 and last.end == len(passage.text) and first.grain is Grain.DAY:
            return first, last
    return None
