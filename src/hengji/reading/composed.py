"""Our own document as somebody's report, so that the checks of reports run on what we write, before it is a file."""

from __future__ import annotations

from hengji.model.cell_state import CellState
from hengji.model.document import (
    AnnexStart,
    Block,
    Chart,
    Cover,
    Document,
    Heading,
    Inline,
    Items,
    Paragraph,
    Row,
    Table,
    plain_text,
)
from hengji.model.reading import Reading
from hengji.reading.blocks import Area
from hengji.reading.building import Builder
from hengji.reading.structure import structured

_NOT_APPLICABLE = "/"


def read_document(file: str, document: Document) -> Reading:
    """The reading of a composed document; page breaks, drawings and the table of contents leave no trace in it."""
    out = Builder()
    for block in document.blocks:
        _write(out, block)
    return structured(file, out.text, out.blocks)


def _write(out: Builder, block: Block) -> None:
    match block:
        case Heading():
            _line(out, block.text, block.level)
        case Paragraph():
            _inlines(out, block.inlines)
        case Items():
            for item in block.items:
                _inlines(out, item)
        case Cover():
            lines = (f"{label}：{value}" for label, value in block.lines)
            for words in (block.kicker, *block.title, *lines, block.date):
                _line(out, words)
        case AnnexStart():
            _line(out, block.label, 1 if block.label else 0)
            _line(out, block.title, 1 if block.label else 0)
        case Table():
            _table(out, block)
        case Chart():
            _line(out, block.caption)
            _line(out, block.note)


def _line(out: Builder, words: str, level: int = 0) -> None:
    out.write(" ".join(words.split()))
    out.end_line(level)


def _inlines(out: Builder, inlines: tuple[Inline, ...]) -> None:
    for line in plain_text(inlines).split("\n"):
        _line(out, line)


def _table(out: Builder, table: Table) -> None:
    _line(out, table.caption)
    _line(out, f"单位：{table.unit}" if table.unit else "")
    start = out.at
    rows = [_row(out, row) for row in (*table.head, *table.body)]
    out.table(start, rows, len(table.head) or None)
    _line(out, table.note)


def _row(out: Builder, row: Row) -> list[Area]:
    areas: list[Area] = []
    for number, cell in enumerate(row.cells):
        if number:
            out.sign("\t")
        out.write(" ".join(plain_text(cell.inlines).split()))
        if cell.state is CellState.NOT_APPLICABLE and not cell.inlines:
            out.write(_NOT_APPLICABLE)
        state = None if cell.state is CellState.FILLED else cell.state
        areas.append(Area(out.take(), cell.rows, cell.columns, state))
    out.sign("\n")
    return areas
