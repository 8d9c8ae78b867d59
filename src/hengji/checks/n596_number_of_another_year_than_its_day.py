"""文号的年份与发文日期不符。

## 查什么
写明哪一天印发、下达、批复、出具的文件，文号里的年份是否就是那一年；表中同一行写有文号和下达、印发日期的，同样核对。一季度发的文件用上年文号的，不算。

## 为什么
文号按年编，年份与日期对不上，两个里一定有一个写错，资金是哪一年下达的也就说不清。

## 怎么改
对照文件原件，改正文号或日期。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Span
from hengji.reading.dates import Dated, Grain, scan
from hengji.reading.documents import Cited, cited_in, without_titles
from hengji.reading.manuscript import Kind, Manuscript, Passage

CODE = "n596"
_ISSUED = pattern("印发|下达|批复|出具|发布|下发|发出|出台")
_ANOTHER = pattern(r"[。;,号》]|根据|依据|按照|按|转发|修订|废止|落实|执行|贯彻|对照")
_HEAD = pattern("(?:下达|印发|发文|批复|文件|发布)(?:日期|时间)")
_REACH, _BEHIND = 60, 12
_LATE = 3
"""So long into a year papers go out under the number of the year before."""


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Numbers whose year is not that of the day on which the paper is said to have gone out."""
    for passage in manuscript.citing:
        if passage.kind is not Kind.CELL:
            for cited in passage.cited:
                dated = _day_of(passage, cited)
                if dated is not None and _apart(cited, dated):
                    at = passage.span(dated.start, dated.end)
                    yield _remark(reading, cited, passage.span(cited.start, cited.end), dated, at)
    for grid in reading.grids():
        if "〔" in reading.text[grid.span.start : grid.span.end]:
            yield from _rows(reading, manuscript, grid)


def _day_of(passage: Passage, cited: Cited) -> Dated | None:
    """The day right before a document of which it is said that it went out then."""
    start = cited.title_start if 0 < cited.title_end <= cited.start else cited.start
    dated = next((day for day in reversed(passage.dates) if day.end <= start), None)
    if dated is None or not dated.full or dated.grain is Grain.YEAR or start - dated.end > _REACH:
        return None
    between = passage.text[dated.end : start].lstrip(",")
    behind = without_titles(passage.text)[cited.end : cited.end + _BEHIND].lstrip(")")
    if _ANOTHER.search(between):
        return None
    return dated if _ISSUED.search(between) or _ISSUED.search(behind.partition(",")[0]) else None


def _rows(reading: Reading, manuscript: Manuscript, grid: Grid) -> Iterator[Finding]:
    heads = {slot.column: manuscript.cell(slot) for slot in grid.slots if slot.row < grid.head}
    rows = (slot for slot in grid.slots if slot.row >= grid.head)
    for _, slots in groupby(rows, key=lambda slot: slot.row):
        cells = [(slot, manuscript.cell(slot)) for slot in slots]
        numbers = [(cited, slot.span) for slot, text in cells for cited in cited_in(text)]
        days = [
            (dated, slot.span)
            for slot, text in cells
            if _HEAD.search(heads.get(slot.column, ""))
            for dated in scan(text)[0]
        ]
        if len(numbers) == 1 == len(days) and days[0][0].grain is not Grain.YEAR and _apart(numbers[0][0], days[0][0]):
            yield _remark(reading, *numbers[0], *days[0])


def _apart(cited: Cited, dated: Dated) -> bool:
    """Whether a number is not of the year of a day, nor of the year before in its first months."""
    year = dated.first.year
    return cited.year != year and not (cited.year == year - 1 and dated.first.month <= _LATE)


def _remark(reading: Reading, cited: Cited, number: Span, dated: Dated, day: Span) -> Finding:
    found = f"文号{cited.number}是{cited.year}年的，发文日期却写{reading.quote(day)}"
    remedy = "对照原件，改正文号或日期"
    fault = Fault(CODE, Severity.WARNING, found, f"{dated.first.year}年的文号", remedy, confidence=Confidence.LIKELY)
    return remark(reading, fault, number, day)
