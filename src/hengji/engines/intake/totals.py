"""Rows of totals that somebody wrote under their rows: they are left out, and held against what the rows add up to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hengji.engines.intake import faults
from hengji.model.finding import Finding, Place
from hengji.model.record import record
from hengji.model.table import Column, ColumnType

SUMMED = (ColumnType.MONEY, ColumnType.COUNT)
Sums = Mapping[str, int]
"""By column: fen, or a whole number."""


@record
class Total:
    """合计行: what it says, with the place of each cell."""

    line: int
    says: Sums
    places: Mapping[str, Place]


def summed(columns: Sequence[Column]) -> list[Column]:
    """The columns in which a total can be held against its rows."""
    return [column for column in columns if column.type in SUMMED]


def unlike(totals: Sequence[Total], between: Sequence[Sums], columns: Sequence[Column]) -> Iterator[Finding]:
    """Totals that are neither the sum of all rows above, nor of those since the total before, nor, on top, of those below.

    ``between`` are the sums of the rows before each total since the one before it, and at last of those after the last.
    """
    kinds = {column.name: column.type for column in summed(columns)}
    for at, total in enumerate(totals):
        for name, says in total.says.items():
            above = sum(sums.get(name, 0) for sums in between[: at + 1])
            nearest = between[at].get(name, 0)
            if at == 0 and not between[0]:
                above = sum(sums.get(name, 0) for sums in between)
                nearest = between[1].get(name, 0)
            if says not in (above, nearest):
                yield faults.unlike_total(total.places[name], says, above, nearest, kinds[name])
