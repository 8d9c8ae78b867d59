"""One column in two tables: the same rows by name with the same numbers, but for one or two.

A working paper prints the body's table again, a summary the amounts in other units. Columns are one where three or more rows of different
numbers agree and at most one in four does not; a row that then differs by more than its rounding is told only of columns of one name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from hengji.model.claim import Claim, Measure, Quantity, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.reading import Span
from hengji.reading.han import HAN
from hengji.reading.statements.verdicts import repeated
from hengji.reading.tables.sheet import Line, Sheet, Total

_NAME = pattern(rf"{HAN}.*{HAN}.*{HAN}.*{HAN}")
_SERIAL = pattern("序号|编号|名次|排名")
_YEAR = pattern(r"20\d\d")
_COMMON = 6
"""A name that stands in more tables tells of none."""
_FEWEST = 3
_ODD_IN = 4
_SCALES = (Fraction(1), Fraction(10_000), Fraction(1, 10_000))
_MEASURES = frozenset({Measure.MONEY, Measure.COUNT, Measure.BARE})

_Pair = tuple[Quantity, Quantity]


def twins(sheets: Sequence[Sheet]) -> Iterator[Claim]:
    """The numbers that differ between two tables that otherwise say the same. Time is linear in rows but for tables that share names."""
    named = [_rows(sheet) for sheet in sheets]
    homes: dict[str, list[int]] = defaultdict(list)
    for number, rows in enumerate(named):
        for name in rows:
            homes[name].append(number)
    shared = Counter(pair for each in homes.values() if len(each) <= _COMMON for pair in combinations(each, 2))
    met: set[Span] = set()
    for (one, other), times in shared.items():
        if times >= _FEWEST:
            both = [(named[one][name], named[other][name]) for name in named[one] if name in named[other]]
            found = [claim for claim in _compared(sheets[one], sheets[other], both) if claim.span not in met]
            met.update(claim.span for claim in found)
            yield from found


def _rows(sheet: Sheet) -> dict[str, int]:
    """The rows by the last name in them; none of a name that stands twice."""
    found: dict[str, list[int]] = defaultdict(list)
    for row in sheet.rows:
        name = next((each for each in reversed(row.path) if _NAME.search(each)), "")
        if name and row.total is Total.NONE:
            found[name].append(row.number)
    return {name: rows[0] for name, rows in found.items() if len(rows) == 1}


def _compared(one: Sheet, other: Sheet, rows: Sequence[tuple[int, int]]) -> Iterator[Claim]:
    besides = list(_columns(other, [row for _, row in rows]))
    for column, cells in _columns(one, [row for row, _ in rows]):
        best: tuple[int, list[Claim]] | None = None
        for beside, its in besides:
            found = _pairs(cells, its) if _of_one_year(column, beside) else []
            for scale in _SCALES if len(found) > _FEWEST else ():
                odd = _odd(found, scale)
                if odd is None:
                    continue
                agreeing = {pair[0].value for pair in found if pair not in odd}
                if len(agreeing) >= _FEWEST and (best is None or len(agreeing) > best[0]):
                    told = [pair for pair in odd if _told(pair, scale, column, beside)]
                    best = len(agreeing), [_claim(pair, scale) for pair in told]
        yield from best[1] if best else ()


def _columns(sheet: Sheet, rows: Sequence[int]) -> Iterator[tuple[Line, list[Quantity | None]]]:
    """The columns with enough numbers in these rows, and their numbers."""
    for column in sheet.columns:
        cells = [sheet.cells.get((row, column.number)) for row in rows]
        if not _SERIAL.search(column.name) and sum(each is not None for each in cells) > _FEWEST:
            yield column, cells


def _of_one_year(column: Line, beside: Line) -> bool:
    mine, its = (frozenset(_YEAR.findall(each.name)) for each in (column, beside))
    return not mine or not its or mine == its


def _pairs(cells: Sequence[Quantity | None], its: Sequence[Quantity | None]) -> list[_Pair]:
    """The numbers of two columns in the rows of the same name, where they are of one measure."""
    return [
        (one, other)
        for one, other in zip(cells, its, strict=True)
        if one is not None and other is not None and one.measure is other.measure and one.measure in _MEASURES
    ]


def _odd(pairs: Sequence[_Pair], scale: Fraction) -> list[_Pair] | None:
    """The pairs that differ; None where they are too many for the columns to be one, or differ by one amount: the one has what the other lacks."""
    odd: list[_Pair] = []
    for pair in pairs:
        if not _agree(pair, scale):
            odd.append(pair)
            if len(odd) * _ODD_IN > len(pairs):
                return None
    apart = [mine.value * scale - its.value for mine, its in odd if not _nearly((mine, its), scale)]
    return odd if len(set(apart)) == len(apart) else None


def _agree(pair: _Pair, scale: Fraction) -> bool:
    mine, its = pair
    return mine.low * scale <= its.high and its.low <= mine.high * scale


def _told(pair: _Pair, scale: Fraction, column: Line, beside: Line) -> bool:
    """Whether a difference is one of rounding, or the columns are called the same."""
    return _nearly(pair, scale) or (scale == 1 and column.name == beside.name)


def _nearly(pair: _Pair, scale: Fraction) -> bool:
    """Whether two numbers differ by no more than the last digit of the coarser."""
    mine, its = pair
    return abs(mine.value * scale - its.value) <= max((mine.high - mine.low) * scale, its.high - its.low)


def _claim(pair: _Pair, scale: Fraction) -> Claim:
    """The number with fewer decimals, else the later one, is held to be wrong."""
    mine, its = pair
    coarser = (mine.high - mine.low) * scale > its.high - its.low
    stated, other = (mine, its) if coarser else (its, mine)
    return repeated(stated, other, Verdict.CONTRADICTED, Confidence.LIKELY, "两张表的同一列")
