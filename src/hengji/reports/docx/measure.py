"""How high things will be, near enough to decide what may be parted between pages and where a page ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from hengji.model.document import Block, Table
from hengji.model.profile import Layout
from hengji.reports.docx.page import page, points, shares
from hengji.reports.grid import Grid, Line, lay, text_of
from hengji.reports.widths import wrap

SIDES = 70  # left and right padding of a cell, twips
ENDS = 40  # upper and lower padding
WHOLE_TABLE = 16  # a table of at most so many lines of text is not parted between pages
WHOLE_ROW = 24  # a row of more lines than that may be parted: kept whole it would leave most of a page empty
CAPTION_PITCH, CONTENTS_PITCH, GAP = Decimal(20), Decimal(26), Decimal(8)  # exact lines, points
_TIGHT = Decimal("1.45")


@dataclass(frozen=True, slots=True)
class Space:
    """White above and below a paragraph, in twips."""

    above: int
    below: int

    @property
    def both(self) -> int:
        return self.above + self.below


CAPTION, UNIT, NOTE, FIGURE = Space(120, 40), Space(0, 40), Space(60, 240), Space(120, 0)


@dataclass(frozen=True, slots=True)
class Measured:
    """A table on its grid: widths of columns in twips, and how many lines of text each row has."""

    grid: Grid
    columns: tuple[int, ...]
    head: tuple[int, ...]
    body: tuple[int, ...]


Measures = Mapping[int, Measured]
"""By the id() of the table: laying a table takes as long as writing it, and is done once."""


def measures(blocks: Iterable[Block], layout: Layout) -> Measures:
    return {id(block): _measure(block, layout) for block in blocks if isinstance(block, Table)}


def _measure(table: Table, layout: Layout) -> Measured:
    grid = lay(table)
    columns = shares(page(layout, table.orientation).text_width, grid.widths)
    half = points(layout.table_size) // 2
    return Measured(
        grid,
        columns,
        tuple(_lines(line, columns, half) for line in grid.head),
        tuple(_lines(line, columns, half) for line in grid.body),
    )


def tight(size: Decimal) -> Decimal:
    """The exact line pitch, in points, of small type in tables, notes and units."""
    return size * _TIGHT


def lines_of(text: str, room: int, half: int) -> int:
    """Lines that the text takes in ``room`` twips when a half-width place is ``half`` twips."""
    places = max(room // half, 1)
    if (1 if text.isascii() else 2) * len(text) <= places and "\n" not in text:
        return 1  # most cells: even if every character were as wide as it can be
    return sum(len(wrap(piece, places)) for piece in text.split("\n"))


def _lines(line: Line, columns: tuple[int, ...], half: int) -> int:
    most = 1
    for cell in line.cells:
        room = sum(columns[cell.column : cell.column + cell.columns]) - 2 * SIDES
        most = max(most, -(-lines_of(text_of(cell.cell), room, half) // cell.rows))
    return most
