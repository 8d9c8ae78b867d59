"""A report that somebody wrote, as it was read: its text, and what stands where in it.

Everything points into one text by offsets, so that a quote is exactly a slice of it. The text is what was written; nothing in it
is corrected, joined or normalised (``hengji.reading.folding`` makes a folded copy for matching, with the way back).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from hengji.model.cell_state import CellState
from hengji.model.record import Remembering, record


class Span(NamedTuple):
    """文字范围: characters ``start`` up to but not including ``end`` of the text that was read.

    A tuple, because a review makes and compares tens of thousands of them.
    """

    start: int
    end: int

    def holds(self, other: Span) -> bool:
        """Whether the other lies within this one."""
        return self.start <= other.start and other.end <= self.end


@record
class Title:
    """章节标题: ``level`` from 1; ``mark`` is its number as printed (“（一）”, empty without one), ``text`` what follows it.

    ``listed`` titles stand in a table of contents and begin no section.
    """

    span: Span
    level: int
    mark: str
    text: str
    listed: bool = False


@record
class Prose:
    """文段: one paragraph. A line break that a converter left inside it stands inside its span."""

    span: Span


@record
class Slot:
    """读入的单元格: covers ``rows`` × ``columns`` grid places from ``row`` and ``column`` (0-based) on.

    ``span`` is the cell's trimmed content; an empty cell has an empty span at its place. A blank that a converter left where a cell
    above spans several rows is EMPTY as it stands: what it means is for the reader of the table to say.
    """

    span: Span
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    state: CellState = CellState.FILLED


@record
class Grid:
    """读入的表: slots in reading order, ``head`` rows of which are headers; pieces of one table on several pages are one grid.

    ``caption`` and ``unit`` (“单位：万元”) stand beside the table. A header row that a page break repeated is left out of the slots,
    though it stands within the span.
    """

    span: Span
    slots: tuple[Slot, ...]
    height: int
    width: int
    head: int = 1
    caption: Span | None = None
    unit: str = ""

    def at(self, row: int, column: int) -> Slot | None:
        """The slot that covers a grid place."""
        for slot in self.slots:
            if slot.row <= row < slot.row + slot.rows and slot.column <= column < slot.column + slot.columns:
                return slot
        return None

    def row(self, row: int) -> tuple[Slot, ...]:
        """The slots that begin in a row, from left to right."""
        return tuple(slot for slot in self.slots if slot.row == row)


Part = Title | Prose | Grid


@record
class Reading(Remembering):
    """读入的报告: ``file`` as named by its user, the text, its parts in reading order, and where pages begin.

    ``pages[n]`` is the offset at which page n+1 begins; empty where the format has no pages.
    """

    file: str
    text: str
    parts: tuple[Part, ...]
    pages: tuple[int, ...] = ()

    def quote(self, span: Span) -> str:
        """The characters of a span."""
        return self.text[span.start : span.end]

    def page(self, offset: int) -> int | None:
        """The 1-based page on which a character stands."""
        return bisect_right(self.pages, offset) or None if self.pages else None

    def line(self, offset: int) -> int:
        """The 1-based line of the text on which a character stands."""
        return bisect_right(self._line_starts, offset)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self.text.split("\n")[:-1])]

    @cached_property
    def titles(self) -> tuple[Title, ...]:
        """The titles that begin sections, in order."""
        return tuple(part for part in self.parts if isinstance(part, Title) and not part.listed)

    def above(self, offset: int) -> tuple[Title, ...]:
        """The titles of the sections in which a character stands, outermost first."""
        path: list[Title] = []
        for number in range(bisect_right(self._title_starts, offset) - 1, -1, -1):
            title = self.titles[number]
            if not path or title.level < path[-1].level:
                path.append(title)
                if title.level == 1:
                    break
        return tuple(reversed(path))

    @cached_property
    def _title_starts(self) -> list[int]:
        return [title.span.start for title in self.titles]

    def prose(self) -> Iterator[Prose]:
        """The paragraphs."""
        return (part for part in self.parts if isinstance(part, Prose))

    def grids(self) -> Iterator[Grid]:
        """The tables."""
        return (part for part in self.parts if isinstance(part, Grid))
