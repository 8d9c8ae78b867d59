"""The unit that a table says its amounts are in, against the text and other tables that print the same amounts in another: 720.00 under “单位：元”
beside 720.00万元."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from hengji.model.claim import Claim, Measure, Quantity, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.record import record
from hengji.reading.statements.mentions import Passage
from hengji.reading.statements.verdicts import shown
from hengji.reading.tables.sheet import Sheet

_FEWEST, _TOLD = 2, 3
_DIGITS = 2
"""A number with fewer digits, noughts at its ends aside, stands in two units by chance."""
_EVIDENCE = 6
"""So many digits of amounts that are printed alike are no chance."""
_NEAR = 60
_RATE = pattern(r"标准|单价|价格|均价|/")


@record
class _Column:
    """A column of amounts in one unit, by how they are printed."""

    sheet: int
    number: int
    unit: str
    cells: Mapping[str, Quantity]


def table_units(reading: Reading, passages: Sequence[Passage], sheets: Sequence[Sheet]) -> Iterator[Claim]:
    """Units of tables, or of columns, that no amount elsewhere bears out, while several are printed there in another unit. Time is linear."""
    columns = [each for number, sheet in enumerate(sheets) for each in _columns(number, sheet)]
    told: dict[str, dict[str, Quantity]] = defaultdict(dict)
    for passage in passages:
        for mention in passage.mentions:
            if mention.quantity.measure is Measure.MONEY and not mention.unit.per:
                told[mention.quantity.printed].setdefault(mention.quantity.unit, mention.quantity)
    wrong: dict[tuple[int, str], list[tuple[_Column, list[tuple[Quantity, Quantity]]]]] = defaultdict(list)
    right: set[tuple[int, str]] = set()
    for column in columns:
        own = [printed for printed in column.cells if column.unit in told[printed]]
        other = [
            (cell, next(iter(told[printed].values())))
            for printed, cell in column.cells.items()
            if told[printed] and column.unit not in told[printed]
        ]
        if own:
            right.add((column.sheet, column.unit))
        elif len({one.printed for one, _ in other}) >= _FEWEST:
            wrong[column.sheet, column.unit].append((column, other))
    for (number, unit), found in wrong.items():
        pairs = [pair for _, some in found for pair in some]
        if _is_enough(pairs) and not ((number, unit) in right and len(found) > 1):
            yield _claim(reading, sheets[number], found[0][0], pairs)


def _is_enough(pairs: list[tuple[Quantity, Quantity]]) -> bool:
    """Whether so many amounts are told in one other unit that they are no chance."""
    told_as = {one.printed for one, _ in pairs}
    digits = sum(map(_digits, told_as))
    return len({other.unit for _, other in pairs}) == 1 and digits >= _EVIDENCE + (len(told_as) < _TOLD)


def _columns(number: int, sheet: Sheet) -> Iterator[_Column]:
    for column in sheet.columns:
        if _RATE.search(column.name.partition("(")[0]):
            continue
        cells = [each for each in sheet.down(column.number).values() if each.measure is Measure.MONEY]
        units = {each.unit for each in cells}
        if len(units) == 1 and (unit := units.pop()):
            kept = {each.printed: each for each in cells if _digits(each.printed) >= _DIGITS}
            yield _Column(number, column.number, unit, kept)


def _digits(printed: str) -> int:
    """How many digits a number has, noughts at its ends aside."""
    return len(printed.replace(".", "").replace(",", "").strip("0"))


def _claim(reading: Reading, sheet: Sheet, column: _Column, pairs: list[tuple[Quantity, Quantity]]) -> Claim:
    one, other = pairs[0]
    said = "，".join(f"表中{shown(cell)}，别处{shown(elsewhere)}" for cell, elsewhere in pairs[:_TOLD])
    place = _where(reading, sheet, column) or one.span
    every = tuple(each for pair in pairs[:_TOLD] for each in pair)
    return Claim(Relation.UNIT, place, every, Verdict.CONTRADICTED, said, other.unit, column.unit, Confidence.LIKELY)


def _where(reading: Reading, sheet: Sheet, column: _Column) -> Span | None:
    """Where the unit is written: in the head of the column, else beside the table."""
    grid = sheet.grid
    for slot in grid.slots:
        if slot.row < grid.head and slot.column <= column.number < slot.column + slot.columns:
            at = reading.quote(slot.span).find(column.unit)
            if at >= 0:
                return slot.span
    begin = max(0, grid.span.start - _NEAR)
    at = reading.text.rfind("单位", begin, grid.span.start + _NEAR)
    end = reading.text.find(column.unit, at, at + _NEAR) if at >= 0 else -1
    return Span(at, end + len(column.unit)) if end >= 0 else None
