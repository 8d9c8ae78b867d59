"""How high things will be, near enough to decide what may be parted between pages and where a page ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from hengji.model.document import Block, RowKind, Table
from hengji.model.profile import Layout
from hengji.model.record import record
from hengji.reports.docx.page import page, points, shares
from hengji.reports.grid import Grid, Line, lay, text_of
from hengji.reports.widths import CLOSING, width

SIDES = 70  # left and right padding of a cell, twips
ENDS = 40  # upper and lower padding
WHOLE_TABLE = 16  # a table of at most so many lines of text is not parted between pages
WHOLE_GROUP = 12  # rows beside one merged cell, of at most so many lines together, are not parted either
WHOLE_ROW = 24  # a row of more lines than that may be parted: kept whole it would leave most of a page empty
CAPTION_PITCH, CONTENTS_PITCH, GAP = Decimal(20), Decimal(26), Decimal(8)  # exact lines, points
_TIGHT = Decimal("1.45")


@record
class Space:
    """White above and below a paragraph, in twips."""

    above: int
    below: int

    @property
    def both(self) -> int:
        return self.above + self.below


CAPTION, UNIT, NOTE, FIGURE = Space(120, 40), Space(0, 40), Space(60, 240), Space(120, 0)


@record
class Measured:
    """A table on its grid: widths of columns in twips, how many lines of text each row has, what stays with the next."""

    grid: Grid
    columns: tuple[int, ...]
    head: tuple[int, ...]
    body: tuple[int, ...]
    tied: tuple[bool, ...]


Measures = Mapping[int, Measured]
"""By the id() of the table: laying a table takes as long as writing it, and is done once."""


def measures(blocks: Iterable[Block], layout: Layout) -> Measures:
    return {id(block): _measure(block, layout) for block in blocks if isinstance(block, Table)}


def _measure(table: Table, layout: Layout) -> Measured:
    grid = lay(table)
    columns = shares(page(layout, table.orientation).text_width, grid.widths)
    half = points(layout.table_size) // 2
    head = tuple(_lines(line, columns, half) for line in grid.head)
    body = tuple(_lines(line, columns, half) for line in grid.body)
    together = sum((*head, *body)) <= WHOLE_TABLE
    return Measured(grid, columns, head, body, tuple(_tied(grid.body, body, whole=together)))


def _tied(lines: tuple[Line, ...], heights: tuple[int, ...], *, whole: bool) -> Iterator[bool]:
    """Whether a row of the body stays on the page of the next one: a sum is never parted from the row above it."""
    until = 0  # the first row below the groups that began so far
    for index, line in enumerate(lines):
        ends = [index + cell.rows for cell in line.cells if cell.rows > 1]
        until = max([until, *(end for end in ends if sum(heights[index:end]) <= WHOLE_GROUP)])
        below = index + 1
        yield below < (len(lines) if whole else until) or (below < len(lines) and lines[below].kind is not RowKind.BODY)


def tight(size: Decimal) -> Decimal:
    """The exact line pitch, in points, of small type in tables, notes and units."""
    return size * _TIGHT


def lines_of(text: str, room: int, half: int) -> int:
    """Lines that the text takes in ``room`` twips when a half-width place is ``half`` twips."""
    places = max(room // half, 1)
    if (1 if text.isascii() else 2) * len(text) <= places and "\n" not in text:
        return 1  # most cells: even if every character were as wide as it can be
    return sum(_filled((piece,), 2 * max(room, half) // half, 0) for piece in text.split("\n"))


_OPENING = frozenset("（“‘《〔【「『")
_BRACKETS = frozenset("）”’》〕】」』")
_WIDE, _NARROW, _BETWEEN = 4, 2, 1  # quarters of a character: white stands between Chinese and Latin
_INDENT = 2 * _WIDE + 1  # two characters, which unlike those of the text are not set closer


def flowed(parts: Iterable[str], characters: int) -> int:
    """Lines of a paragraph at ``characters`` to the line; white is set within a part, not between one and the next.

    Closing punctuation hangs over the end of a line, as Word and LibreOffice let it.
    """
    return _filled(parts, characters * _WIDE, _INDENT)


def _filled(parts: Iterable[str], room: int, taken: int) -> int:
    """Lines of ``room`` quarters of a character, of which the first has some ``taken`` already."""
    lines, hung = 1, False
    for needed, closes in _words(parts):
        if taken + needed <= room or not taken:  # a word longer than a line has one to itself
            taken += needed
        elif closes and not hung:
            hung = True
            continue
        else:
            lines, taken = lines + 1, needed
        hung = False
    return lines


def _words(parts: Iterable[str]) -> Iterator[tuple[int, bool]]:
    """Chinese characters with what opens them, Latin words, closing marks: their quarters, and whether they may hang."""
    held, needed, before = "", 0, ""
    for part in parts:
        before = ""
        for character in part:
            narrow = width(character) == 1
            between = _BETWEEN if before and _apart(before, character) else 0
            joins = bool(held) and _joined(held[-1], character)
            if not joins and held:
                yield needed, held in CLOSING
                held, needed = "", 0
            held += character
            needed += (_NARROW if narrow else _WIDE) + between
            before = character
    if held:
        yield needed, held in CLOSING


def _joined(before: str, after: str) -> bool:
    """Whether no line may end between them; a stop after a bracket does not hang either."""
    latin = before.isascii() and after.isascii() and after != " "
    return before in _OPENING or after in _BRACKETS or (before in _BRACKETS and after in CLOSING) or latin


def _apart(before: str, after: str) -> bool:
    one, other = sorted((before, after))
    return one.isascii() and one.isalnum() and "\u4e00" <= other <= "\u9fff"


def _lines(line: Line, columns: tuple[int, ...], half: int) -> int:
    most = 1
    for cell in line.cells:
        room = sum(columns[cell.column : cell.column + cell.columns]) - 2 * SIDES
        most = max(most, -(-lines_of(text_of(cell.cell), room, half) // cell.rows))
    return most
