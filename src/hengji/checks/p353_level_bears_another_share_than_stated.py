"""某一级负担的与写明的比例不符。

## 查什么
正文写明各级财政怎样分担的（两级各负担一半，省、市、县按5:3:2，市级承担60%、县级承担40%），资金安排表中逐行列出的各级数是否合这个比例；某一行缺了一级的，
同样指出。多数行相合时才查，到位、支出的数不查。

## 为什么
负担比例是政策条款，少数几行不照办而没有说明，要么漏列了配套，要么另有规定没有写出来。

## 怎么改
核对资金文件，补列缺少的一级；另有规定的，写明适用哪一条。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from hengji.checks.levels import LEVEL, Limited, groups_of, letter_of, limited_shares
from hengji.checks.remarks import Fault, remark
from hengji.model.claim import Measure, Quantity
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.money import round_to
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Span
from hengji.model.record import record
from hengji.reading.manuscript import Manuscript, Passage
from hengji.reading.statements.verdicts import shown
from hengji.reading.tables.sheet import Line, Sheet, Total, sheet_of

CODE = "p353"
_LISTED = rf"(?P<levels>{LEVEL}(?:[、和与及]{LEVEL}){{1,3}})"
_ONE = pattern(LEVEL)
_HALVES = pattern(rf"{_LISTED}[^。;]{{0,90}}?各(?:自)?(?:按|承担|负担|分担|配套|出资|占)(?:[^,。;]{{0,4}}?50%|一半)")
_RATIO = pattern(
    rf"{_LISTED}[^。;]{{0,40}}?按(?:照)?(?P<ratio>\d{{1,2}}(?::\d{{1,2}}){{1,3}})的?(?:比例)?[^,。;]{{0,4}}(?:分担|承担|负担|配套)"
)
_BORNE = pattern(rf"(?P<level>{LEVEL})(?:分别)?(?:承担|负担|分担|配套|补助)(?P<percent>\d{{1,2}}(?:\.\d+)?)%")
_SIGNS = ("50%", "一半", "分担", "承担", "负担", "配套")
_FEWEST = 2
_HALF = Fraction(1, 2)
_WHOLE = 100


@record
class _Shares:
    """分担比例: the levels as printed, what each bears of what they bear together, and where that is told."""

    names: tuple[str, ...]
    parts: tuple[Fraction, ...]
    span: Span

    @property
    def levels(self) -> tuple[str, ...]:
        return tuple(letter_of(name) for name in self.names)

    @property
    def told(self) -> str:
        if set(self.parts) == {_HALF}:
            return f"{'、'.join(self.names)}各负担一半"
        return "、".join(
            f"{name}{round_to(part * _WHOLE, 2).normalize():f}%"
            for name, part in zip(self.names, self.parts, strict=True)
        )


_Borne = tuple[Quantity | None, ...]


@record
class _Way:
    """分担所在的列: shares that are told, and the columns of their levels."""

    shares: _Shares
    columns: tuple[Line, ...]

    def borne(self, sheet: Sheet, row: Line) -> _Borne:
        """What each level bears by a row; nothing of a row that tells none of it, or not in money."""
        cells = tuple(sheet.cells.get((row.number, column.number)) for column in self.columns)
        told = [each.measure for each in cells if each is not None]
        return cells if told and {Measure.MONEY, Measure.BARE}.issuperset(told) else ()


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Rows in which a level bears something else than most rows and the text say."""
    told = {(each.levels, each.parts): each for passage in manuscript.holding(*_SIGNS) for each in _told(passage)}
    limited = list(limited_shares(manuscript)) if told else []
    for grid in reading.grids() if told else ():
        heads = {letter_of(manuscript.cell(slot)) for slot in grid.slots if slot.row < grid.head}
        if any(heads.issuperset(each.levels) for each in told.values()):
            sheet = sheet_of(reading, grid)
            for group in groups_of(sheet):
                ways = [
                    _Way(each, tuple(group[level] for level in each.levels))
                    for each in told.values()
                    if group.keys() >= set(each.levels)
                ]
                yield from _judge(reading, sheet, ways, limited)


def _told(passage: Passage) -> Iterator[_Shares]:
    """The shares that a paragraph tells; each level once, all of them together the whole."""
    text = passage.text
    if match := _HALVES.search(text):
        yield from _shares(_names(match["levels"]), [1, 1], passage.span(match.start(), match.end()))
    if match := _RATIO.search(text):
        parts = [int(part) for part in match["ratio"].split(":")]
        yield from _shares(_names(match["levels"]), parts, passage.span(match.start(), match.end()))
    for start, end in passage.sentences():
        borne = list(_BORNE.finditer(text, start, end))
        percents = [Fraction(match["percent"]) for match in borne]
        if sum(percents) == _WHOLE:
            span = passage.span(borne[0].start(), borne[-1].end())
            yield from _shares([match["level"] for match in borne], percents, span)


def _shares(names: Sequence[str], parts: Sequence[Fraction | int], span: Span) -> Iterator[_Shares]:
    total = Fraction(sum(parts))
    shares = _Shares(tuple(names), tuple(part / total for part in parts), span) if all(parts) else None
    if shares and len(parts) == len(names) == len(set(shares.levels)) >= _FEWEST:
        yield shares


def _names(listed: str) -> list[str]:
    return [match[0] for match in _ONE.finditer(listed)]


def _judge(reading: Reading, sheet: Sheet, ways: Sequence[_Way], limited: Sequence[Limited]) -> Iterator[Finding]:
    """The rows that fit none of the shares that are told, where most fit one."""
    for way in ways:
        rows = [(row, borne) for row in sheet.rows if row.total is Total.NONE and (borne := way.borne(sheet, row))]
        odd = [
            (row, borne) for row, borne in rows if not any(_fits(each.borne(sheet, row), each.shares) for each in ways)
        ]
        if sum(_fits(borne, way.shares) for _, borne in rows) >= max(_FEWEST, len(odd) + 1):
            others = [
                each.passage.span(each.start, each.end) for each in limited if each.letters <= set(way.shares.levels)
            ]
            yield from (_finding(reading, sheet, way, row, borne, others) for row, borne in odd)
            return


def _finding(reading: Reading, sheet: Sheet, way: _Way, row: Line, borne: _Borne, others: Sequence[Span]) -> Finding:
    """A row that bears otherwise; ``others`` are rules that tell only the most of a share, and may be what was meant."""
    amounts = (
        f"{column.path[-1]}{shown(each) if each else '没有'}" for column, each in zip(way.columns, borne, strict=True)
    )
    name = f"“{row.path[-1]}”" if row.path else "这一行"
    fault = Fault(
        CODE,
        Severity.WARNING,
        f"{name}{'、'.join(amounts)}，文中说{way.shares.told}",
        "各级按写明的比例负担",
        "核对资金文件，补列缺少的一级，或写明适用哪一条",
        confidence=Confidence.LIKELY,
    )
    where = next(each.span for each in borne if each)
    return remark(reading, fault, _row_span(sheet.grid, row, where), way.shares.span, *others)


def _fits(borne: _Borne, shares: _Shares) -> bool:
    known = [each for each in borne if each is not None]
    if not known or len(known) < len(borne):
        return False
    low, high = sum(each.low for each in known), sum(each.high for each in known)
    pairs = zip(known, shares.parts, strict=True)
    return all(low * part <= each.high and each.low <= high * part for each, part in pairs)


def _row_span(grid: Grid, row: Line, where: Span) -> Span:
    """The row from its name to the amount."""
    starts = [slot.span.start for slot in grid.slots if slot.row == row.number and slot.span.start < slot.span.end]
    return Span(min(*starts, where.start), where.end) if starts else where
