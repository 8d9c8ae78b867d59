"""A document as plain data for the template: nothing but strings, numbers, lists and names of styles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from hengji.model.document import (
    AnnexStart,
    Block,
    Break,
    Chart,
    Contents,
    Cover,
    Document,
    Heading,
    Items,
    Orientation,
    Paragraph,
    ParagraphStyle,
    Table,
)
from hengji.model.profile import Layout
from hengji.reports.drawing import PAPER, in_words, svg
from hengji.reports.numbering import caption, front_of, numbers
from hengji.reports.pdf.tables import runs, table
from hengji.reports.titles import title_lines
from hengji.reports.widths import width

Data = dict[str, object]

_PAPER_WIDTH, _PAPER_HEIGHT = Decimal(210), Decimal(297)  # millimetres
_POINTS = Decimal(72) / Decimal("25.4")  # in a millimetre
_STYLES = {
    ParagraphStyle.BODY: "body",
    ParagraphStyle.LEAD: "lead",
    ParagraphStyle.CENTRED: "centred",
    ParagraphStyle.NOTE: "note",
    ParagraphStyle.SIGNATURE: "signature",
}


def content(document: Document) -> Data:
    numbered = numbers(document)
    front = front_of(document.blocks)
    return {
        "title": document.title,
        "author": document.author,
        "subject": document.subject,
        "layout": _measures(document.layout),
        "front": _part(document.blocks[:front], document.layout, numbered),
        "body": _part(document.blocks[front:], document.layout, numbered),
    }


def _part(blocks: tuple[Block, ...], layout: Layout, numbered: Mapping[str, str]) -> list[Data]:
    return list(_gathered(blocks, [_block(block, layout, numbered) for block in blocks]))


def _measures(layout: Layout) -> Data:
    """Millimetres and points; the pitch of characters makes ``characters_per_line`` of them fill the line."""
    width = (_PAPER_WIDTH - layout.left - layout.right) * _POINTS
    pitch = width / layout.characters_per_line
    return {
        "top": float(layout.top),
        "bottom": float(layout.bottom),
        "left": float(layout.left),
        "right": float(layout.right),
        "line": float(layout.line_pitch),
        "body": float(layout.body_size),
        "heading": float(layout.title_size),
        "table": float(layout.table_size),
        "pitch": float(pitch),
    }


def _gathered(blocks: tuple[Block, ...], written: list[Data]) -> Iterator[Data]:
    """Wide tables that follow each other share landscape pages, with the headings that stand right above them.

    The lines of a signature stay together, and what stands before them stays with them.
    """
    at = 0
    while at < len(blocks):
        first = _end(blocks, at, _heads)
        end = _end(blocks, first, _wide)
        if end > first:
            yield {"kind": "landscape", "blocks": written[at:end]}
        elif (end := _end(blocks, at, _signs)) > at:
            yield {"kind": "signature", "lines": [each["runs"] for each in written[at:end]]}
        else:
            end = first + 1
            *before, last = written[at:end]
            yield from before
            yield last | {"stays": end < len(blocks) and _signs(blocks[end])}
        at = end


def _end(blocks: tuple[Block, ...], at: int, holds: Callable[[Block], bool]) -> int:
    """The place after the blocks from ``at`` on for which it holds."""
    while at < len(blocks) and holds(blocks[at]):
        at += 1
    return at


def _heads(block: Block) -> bool:
    """What lies on the sheet of the wide table below it."""
    note = isinstance(block, Paragraph) and block.style is ParagraphStyle.NOTE
    return note or isinstance(block, Heading | AnnexStart)


def _signs(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style is ParagraphStyle.SIGNATURE


def _wide(block: Block) -> bool:
    return isinstance(block, Table) and block.orientation is Orientation.LANDSCAPE


def _block(block: Block, layout: Layout, numbered: Mapping[str, str]) -> Data:
    match block:
        case Heading(level=level, text=words):
            return {"kind": "heading", "level": level, "text": words}
        case Paragraph(inlines=inlines, style=style):
            return {"kind": "paragraph", "style": _STYLES[style], "runs": runs(inlines)}
        case Items(items=items):
            return {"kind": "items", "items": [runs(item) for item in items]}
        case Table():
            return {
                "kind": "table",
                **table(block, _room(block, layout), float(layout.table_size)),
                **_frame(block, numbered),
            }
        case Chart():
            return {"kind": "chart", "svg": svg(block, PAPER), "alt": in_words(block), **_frame(block, numbered)}
        case Contents(depth=depth):
            return {"kind": "contents", "depth": depth}
        case Break():
            return {"kind": "break"}
        case Cover(title=title, lines=lines, date=date, kicker=kicker):
            size = _title_size(title, layout)
            return {"kind": "cover", "title": title, "size": size, "lines": lines, "date": date, "kicker": kicker}
        case AnnexStart(label=label, title=words):
            return {"kind": "annex", "label": label, "title": "\n".join(title_lines(words, _places(layout)))}


def _places(layout: Layout) -> int:
    """Half-width places of a line in the size of titles."""
    return int((_PAPER_WIDTH - layout.left - layout.right) * _POINTS / layout.title_size * 2)


def _room(block: Table, layout: Layout) -> float:
    """Points across the type area; the landscape page is the portrait page turned, margins and all."""
    if block.orientation is Orientation.LANDSCAPE:
        return float((_PAPER_HEIGHT - layout.top - layout.bottom) * _POINTS)
    return float((_PAPER_WIDTH - layout.left - layout.right) * _POINTS)


def _title_size(lines: tuple[str, ...], layout: Layout) -> float:
    """Points: large, but so that no line of the title breaks, down to the size of the text."""
    longest = max([1, *map(width, lines)])
    room = float((_PAPER_WIDTH - layout.left - layout.right) * _POINTS)
    return max(min(float(layout.title_size) * 1.25, 2 * room / longest * 0.9), float(layout.body_size))


def _frame(block: Table | Chart, numbered: Mapping[str, str]) -> Data:
    return {"caption": caption(block, numbered), "unit": block.unit, "note": block.note}
