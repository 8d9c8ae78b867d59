"""The words in the cells of a table on a page of a PDF, character by character."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hengji.model.record import record
from hengji.reading.blocks import Area
from hengji.reading.building import Builder
from hengji.reading.heads import is_value
from hengji.reading.lines import ended, width
from hengji.reading.pdf_pages import Box, Page, Stretch
from hengji.reading.pdf_tables import Frame

_SAME_LINE = 0.5
_SHORT_OF_EDGE = 1.3
_SAME_EDGE = 4.0
_FEWEST_ROWS = 2


@dataclass(slots=True)
class _Chunk:
    """Characters of one stretch in one cell."""

    words: list[str]
    box: Box

    @property
    def text(self) -> str:
        return "".join(self.words).strip()


@record
class Cells:
    """表: its frame and the words of each cell."""

    frame: Frame
    words: tuple[str, ...]

    @property
    def box(self) -> Box:
        return self.frame.box

    def write(self, out: Builder) -> None:
        """A line a row, TABs between cells; places that a cell covers stay blank."""
        start = out.at
        columns = len(self.frame.xs) - 1
        by_row: list[list[Area]] = []
        for row, owners in enumerate(self.frame.owners):
            areas: list[Area] = []
            for column, number in enumerate(owners):
                cell = self.frame.cells[number]
                if (cell.row, cell.column) == (row, column):
                    out.write(self.words[number])
                    areas.append(Area(out.take(), cell.rows, cell.columns))
                out.sign("\t" if column < columns - 1 else "\n")
            by_row.append(areas)
        out.table(start, by_row, None)

    def row(self, number: int) -> list[str]:
        """The words at each place of a row, where a cell of this row alone stands."""
        found: list[str] = []
        for column, owner in enumerate(self.frame.owners[number]):
            cell = self.frame.cells[owner]
            found.append(self.words[owner] if cell.column == column and cell.rows == 1 else "")
        return found


def joined(first: Cells, upper: Cells, lower: Cells) -> tuple[Cells, Cells] | None:
    """A table's pieces on two pages, the row that the page break cut put together in the upper one; None where it cut none.

    ``first`` is the table's first piece, whose header rows the lower one may repeat.
    """
    wide = len(upper.frame.xs)
    if wide == len(lower.frame.xs) and (parted := _behind_head(first, upper, lower)) is not None:
        return parted
    if wide != len(lower.frame.xs) or any(
        abs(one - other) > _SAME_EDGE for one, other in zip(upper.frame.xs, lower.frame.xs, strict=True)
    ):
        return None
    at = 0
    while at < min(len(first.frame.owners), len(lower.frame.owners)) - 1 and first.row(at) == lower.row(at):
        at += 1
    above, row = upper.row(len(upper.frame.owners) - 1), lower.row(at)
    if len(lower.frame.owners) < _FEWEST_ROWS or not _is_cut(above, row):
        return None
    words = list(upper.words)
    for column, rest in enumerate(row):
        if rest:
            owner = upper.frame.owners[-1][column]
            words[owner] = words[owner] + rest
    return replace(upper, words=tuple(words)), Cells(lower.frame.without_row(at), lower.words)


def _behind_head(first: Cells, upper: Cells, lower: Cells) -> tuple[Cells, Cells] | None:
    """The same where the rest of the row was taken for more of the header that the lower piece repeats (指标 | 标准 for 指标 | 标准规范性)."""
    head, told, above = first.row(0), lower.row(0), upper.row(len(upper.frame.owners) - 1)
    if len(head) != len(told) or head == told or not all(map(str.startswith, told, head)):
        return None
    rests = [words[len(name) :] for name, words in zip(head, told, strict=True)]
    if not all(head) or not _is_cut(above, rests):
        return None
    uppers, lowers = list(upper.words), list(lower.words)
    for column, rest in enumerate(rests):
        uppers[upper.frame.owners[-1][column]] += rest
        lowers[lower.frame.owners[0][column]] = head[column]
    return replace(upper, words=tuple(uppers)), replace(lower, words=tuple(lowers))


def _is_cut(above: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a row is the rest of the one above it: words where that has words, none of its amounts."""
    pairs = [("".join(one.split()), "".join(other.split())) for one, other in zip(above, row, strict=True)]
    rests = [(one, other) for one, other in pairs if other]
    if not rests or len(rests) == len([one for one, _ in pairs if one]):
        return False
    if any(not one or is_value(one) or is_value(other) for one, other in rests):
        return False
    return any(is_value(one) for one, _ in pairs) or not any(ended(one) for one, _ in rests)


def filled(page: Page, frame: Frame, stretches: Sequence[Stretch]) -> Cells | None:
    """The table with its words; None where it holds none."""
    chunks: list[list[_Chunk]] = [[] for _ in frame.cells]
    for stretch in stretches:
        _share(page, frame, stretch, chunks)
    words = tuple(_lines(held, frame, number) for number, held in enumerate(chunks))
    return Cells(frame, words) if any(words) else None


def _share(page: Page, frame: Frame, stretch: Stretch, chunks: list[list[_Chunk]]) -> None:
    """Each character to the cell in which its middle lies."""
    own = {frame.cell(x, stretch.box.middle) for x in (stretch.box.left + 1, stretch.box.right - 1)}
    if len(own) == 1:
        chunks[own.pop()].append(_Chunk([stretch.words], stretch.box))
        return
    last = -1
    for offset, sign in enumerate(stretch.words):
        if sign.isspace():
            if last >= 0:
                chunks[last][-1].words.append(" ")
            continue
        box = page.box(stretch.first + offset)
        cell = frame.cell((box.left + box.right) / 2, box.middle)
        if cell == last:
            chunk = chunks[cell][-1]
            chunk.words.append(sign)
            chunk.box = chunk.box.around(box)
        else:
            chunks[cell].append(_Chunk([sign], box))
            last = cell


def _lines(chunks: list[_Chunk], frame: Frame, number: int) -> str:
    """The words of a cell: lines from the top, joined where one fills the cell and so goes on in the next."""
    rows: list[list[_Chunk]] = []
    for chunk in sorted(chunks, key=lambda chunk: -chunk.box.middle):
        if rows and rows[-1][0].box.middle - chunk.box.middle <= _SAME_LINE * (chunk.box.top - chunk.box.foot):
            rows[-1].append(chunk)
        else:
            rows.append([chunk])
    cell = frame.cells[number]
    right = frame.xs[cell.column + cell.columns]
    text, full, ending = "", False, ""
    for row in rows:
        row.sort(key=lambda chunk: chunk.box.left)
        line = " ".join(chunk.text for chunk in row)
        if text:
            text += "" if full and not ending.endswith(" ") else " "
        text += line
        ending = "".join(row[-1].words)
        room = right - row[-1].box.right
        size = (row[-1].box.right - row[0].box.left) / max(width(line), 1)
        full = room < _SHORT_OF_EDGE * size + _padding(frame, cell.column, row[0].box.left)
    return text


def _padding(frame: Frame, column: int, left: float) -> float:
    """The room that a cell leaves at its left, which it leaves at its right too."""
    return max(left - frame.xs[column], 0.0)
