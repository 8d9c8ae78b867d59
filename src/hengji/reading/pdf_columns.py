"""Tables on a page of a PDF that no upright lines part (三线表): printed lines whose words stand under each other in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hengji.reading.alignment import Aligned, Piece, aligned
from hengji.reading.pdf_cells import Cells
from hengji.reading.pdf_pages import Page, Stretch
from hengji.reading.pdf_tables import Frame, Framed

_FEWEST_WORDS, _LONGEST_WORD = 2, 20
_GAP = 0.6
_FAR = 3.0
_EDGE = 2.0


def in_columns(page: Page, lines: Sequence[Sequence[Stretch]]) -> Iterator[tuple[range, Cells]]:
    """The tables among the printed lines of a page, each with the numbers of its lines."""
    pieces = [list(_pieces(page, line)) for line in lines]
    first = 0
    for last in range(1, len(lines) + 1):
        if last < len(lines) and not _is_apart(lines[last - 1], lines[last]):
            continue
        for table in aligned(pieces[first:last]):
            numbers = range(first + table.first, first + table.last)
            yield numbers, _cells(table, [lines[number] for number in numbers])
        first = last


def _is_apart(above: Sequence[Stretch], below: Sequence[Stretch]) -> bool:
    high = above[0].box.top - above[0].box.foot
    return above[0].box.middle - below[0].box.middle > _FAR * high


def _pieces(page: Page, line: Sequence[Stretch]) -> Iterator[Piece]:
    """The words of a line that wide gaps keep apart; nothing of a line of running text."""
    words = [word for stretch in line for word in stretch.words.split()]
    if len(words) < _FEWEST_WORDS or any(len(word) > _LONGEST_WORD for word in words):
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


def _cells(table: Aligned, lines: Sequence[Sequence[Stretch]]) -> Cells:
    """The table as if lines stood half way between its columns and rows."""
    columns = [[row[n] for row in table.rows] for n in range(len(table.rows[0]))]
    lefts = [min(piece.left for piece in column if piece) for column in columns]
    rights = [max(piece.right for piece in column if piece) for column in columns]
    between = [(right + left) / 2 for right, left in zip(rights, lefts[1:], strict=False)]
    boxes = [line[0].box for line in lines]
    heights = [(above.foot + below.top) / 2 for above, below in pairwise(boxes)]
    xs = (lefts[0] - _EDGE, *between, rights[-1] + _EDGE)
    ys = (boxes[-1].foot - _EDGE, *reversed(heights), boxes[0].top + _EDGE)
    wide = len(columns)
    cells = tuple(Framed(row, column, 1, 1) for row in range(len(lines)) for column in range(wide))
    owners = tuple(tuple(range(row * wide, row * wide + wide)) for row in range(len(lines)))
    words = tuple(piece.words if piece else "" for row in table.rows for piece in row)
    return Cells(Frame(xs, ys, cells, owners), words)
