"""起止日期颠倒或互相重叠。

## 查什么
“某日至某日”的起止日期是否颠倒；进度表中前后相邻两行的起止日期是否重叠。

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
_TO = pattern(r"[-—–~～至到]{1,3}|--")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Periods that run backwards; rows of a schedule that begin before the row above has ended."""
    above: tuple[Passage, Dated, Dated] | None = None
    for passage in manuscript.dated:
        for first, last in _periods(passage):
            if last.last < first.first:
                found = f"“{passage.text[first.start : last.end]}”的起止日期颠倒"
                yield remark(
                    reading,
                    Fault(CODE, Severity.ERROR, found, "止期不早于起期", "改正写错的日期"),
                    passage.span(first.start, last.end),
                )
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
