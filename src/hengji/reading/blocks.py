"""What every format is first read into: lines and tables in reading order, with their places in one text.

``structure`` makes the parts of a reading from them, so that the same report gives the same parts in every format.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from hengji.model.cell_state import CellState
from hengji.model.reading import Slot, Span
from hengji.model.record import record


@record
class Line:
    """行: a line of a text or a paragraph of a document, trimmed and not empty.

    ``level`` is the level of a heading style, 0 without one.
    """

    span: Span
    level: int = 0


class Stand(Enum):
    """表的位置: a table that stands in a cell never goes on in the next."""

    PAGE = "正文中"
    CELL = "单元格中"


@record
class Draft:
    """初读的表: slots laid on the grid, before pieces on several pages are joined; ``head`` where the format says it."""

    span: Span
    slots: tuple[Slot, ...]
    height: int
    width: int
    head: int | None = None
    stand: Stand = Stand.PAGE


Block = Line | Draft


@record
class Area:
    """表格内容: of a cell on its way to the grid: the content's place and how many rows and columns it covers.

    ``state`` is given where the format knows it, else it is FILLED or EMPTY by the content.
    """

    span: Span
    rows: int = 1
    columns: int = 1
    state: CellState | None = None


WIDEST = 20_000
"""Grid places that one row may cover: a cell that says it covers more is taken at its first place."""


def lay(span: Span, rows: Sequence[Sequence[Area]], head: int | None = None, stand: Stand = Stand.PAGE) -> Draft:
    """The grid of rows of cells from left to right; places that a cell above covers are left out of later rows."""
    slots: list[Slot] = []
    covered: dict[int, int] = {}
    width = 0
    for number, row in enumerate(rows):
        column = 0
        for area in row:
            while covered and covered.get(column, 0) > number:
                column += 1
            columns = area.columns if 1 <= area.columns <= WIDEST else 1
            deep = 1 if area.rows <= 1 else min(area.rows, len(rows) - number)
            state = area.state or (CellState.FILLED if area.span.start < area.span.end else CellState.EMPTY)
            slots.append(Slot(area.span, number, column, deep, columns, state))
            if deep > 1:
                covered.update(dict.fromkeys(range(column, column + columns), number + deep))
            column += columns
        width = max(width, column)
    return Draft(span, tuple(slots), len(rows), width, head, stand)
