"""Tables on a page of a PDF that no upright lines part (三线表): printed lines whose words stand under each other in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hengji.reading.alignment import Aligned, Piece, aligned
from hengji.reading.heads import is_value
from hengji.reading.lines import is_page_number, open_bracket
from hengji.reading.paragraphs import starts_anew
from hengji.reading.pdf_cells import Cells
from hengji.reading.pdf_pages import Box, Page, Stretch
from hengji.reading.pdf_tables import Frame, Framed

_LONGEST_WORD = 20
_GAP = 0.6
_FAR = 4.0
_TIGHT = 2.0
_EDGE = 2.0
_WIDE = 3


@dataclass(slots=True)
class _Line:
    """Printed lines ``numbers`` that are one row, and its pieces; ``boxes`` holds the first stretch of each."""

    numbers: range
    pieces: list[Piece]
    boxes: list[Box]


def in_columns(page: Page, lines: Sequence[Sequence[Stretch]]) -> Iterator[tuple[range, Cells]]:
    """The tables among the printed lines of a page, each with the numbers of its lines."""
    rows = _rows([_Line(range(n, n + 1), list(_pieces(page, line)), [line[0].box]) for n, line in enumerate(lines)])
    first = 0
    for last in range(1, len(rows) + 1):
        if last < len(rows) and not _is_apart(rows[last - 1], rows[last]):
            continue
        for table in aligned([row.pieces for row in rows[first:last]]):
            held = rows[first + table.first : first + table.last]
            yield range(held[0].numbers.start, held[-1].numbers.stop), _cells(table, held)
        first = last


def _is_apart(above: _Line, below: _Line) -> bool:
    return _between(above, below) > _FAR * _height(above)


def _between(above: _Line, below: _Line) -> float:
    return above.boxes[-1].middle - below.boxes[0].middle


def _height(line: _Line) -> float:
    return line.boxes[0].top - line.boxes[0].foot


def _rows(lines: Sequence[_Line]) -> list[_Line]:
    """The lines, each with those below it that only go on with its cells."""
    rows: list[_Line] = []
    for line, below in zip(lines, [*lines[1:], None], strict=False):
        row = rows[-1] if rows else None
        places = _continued(row, line, below) if row is not None else []
        if row is None or not places:
            rows.append(line)
            continue
        for place, rest in zip(places, line.pieces, strict=True):
            piece = row.pieces[place]
            left, right = min(piece.left, rest.left), max(piece.right, rest.right)
            row.pieces[place] = Piece(piece.words + rest.words, left, right)
        row.numbers = range(row.numbers.start, line.numbers.stop)
        row.boxes += line.boxes
    return rows


def _continued(row: _Line, line: _Line, below: _Line | None) -> list[int]:
    """The pieces of a row that a line goes on with, one for each of its own; none where it is a row itself.

    A line that goes on stands close under its row and under some of its pieces only, with one amount at most; it is the rest of words
    in a row of amounts, or stands closer than the next row stands to it.
    """
    gap = _between(row, line)
    if not 0 < len(line.pieces) < len(row.pieces) >= _WIDE or gap > _TIGHT * _height(row):
        return []
    if _amounts(line) > 1 or is_page_number(" ".join(piece.words for piece in line.pieces)):
        return []
    near = below is None or _between(line, below) >= gap + _EDGE or line.pieces[0].left > row.pieces[0].right
    if not near and (not _amounts(row) or starts_anew(line.pieces[0].words)):
        return []
    places = [
        [n for n, piece in enumerate(row.pieces) if rest.left < piece.right and piece.left < rest.right]
        for rest in line.pieces
    ]
    found = [under[0] for under in places if len(under) == 1]
    goes_on = len(set(found)) == len(places) and (
        near or all(_is_rest(row, place, rest) for place, rest in zip(found, line.pieces, strict=True))
    )
    return found if goes_on else []


def _amounts(line: _Line) -> int:
    return sum(is_value(piece.words) for piece in line.pieces)


def _is_rest(row: _Line, place: int, rest: Piece) -> bool:
    """Whether words may be the rest of those above them, which are no amount and fill their column or do not end (“四)."""
    above, size = row.pieces[place], _height(row)
    within = above.left - size <= rest.left and rest.right <= above.right + size
    return not is_value(above.words) and (within or open_bracket(above.words))


def _pieces(page: Page, line: Sequence[Stretch]) -> Iterator[Piece]:
    """The words of a line that wide gaps keep apart; nothing of a line of running text."""
    if any(len(word) > _LONGEST_WORD for stretch in line for word in stretch.words.split()):
        return
    gathered: list[Piece] = []
    for stretch in sorted(line, key=lambda each: each.box.left):
        gap = _GAP * (stretch.box.top - stretch.box.foot)
        at = 0
        for word in stretch.words.split():
            at = stretch.words.index(word, at)
            left, right = page.box(stretch.first + at).left, page.box(stretch.first + at + len(word) - 1).right
            last = gathered[-1] if gathered else None
            if last is not None and left - last.right <= gap:
                gathered[-1] = Piece(f"{last.words} {word}", last.left, right)
            else:
                gathered.append(Piece(word, left, right))
            at += len(word)
    yield from gathered


def _cells(table: Aligned, lines: Sequence[_Line]) -> Cells:
    """The table as if lines stood half way between its columns and rows."""
    columns = [[row[n] for row in table.rows] for n in range(len(table.rows[0]))]
    lefts = [min(piece.left for piece in column if piece) for column in columns]
    rights = [max(piece.right for piece in column if piece) for column in columns]
    between = [(right + left) / 2 for right, left in zip(rights, lefts[1:], strict=False)]
    heights = [(above.boxes[-1].foot + below.boxes[0].top) / 2 for above, below in pairwise(lines)]
    xs = (lefts[0] - _EDGE, *between, rights[-1] + _EDGE)
    ys = (lines[-1].boxes[-1].foot - _EDGE, *reversed(heights), lines[0].boxes[0].top + _EDGE)
    wide = len(columns)
    cells = tuple(Framed(row, column, 1, 1) for row in range(len(lines)) for column in range(wide))
    owners = tuple(tuple(range(row * wide, row * wide + wide)) for row in range(len(lines)))
    words = tuple(piece.words if piece else "" for row in table.rows for piece in row)
    return Cells(Frame(xs, ys, cells, owners), words)
