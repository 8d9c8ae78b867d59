"""On which page each heading will stand, for a table of contents that reads well before Word has counted itself.

Every line has an exact height, so pages can be filled by adding up. Where lines break is an estimate: fonts differ
between machines, and Word, which counts anew when it opens the file, has the last word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from hengji.model.document import (
    AnnexStart,
    Block,
    Break,
    Chart,
    Contents,
    Cover,
    Heading,
    Inline,
    Items,
    Orientation,
    Paragraph,
    ParagraphStyle,
    Table,
    plain_text,
)
from hengji.model.profile import Layout
from hengji.reports.docx.charts import height
from hengji.reports.docx.measure import ENDS, WHOLE_ROW, WHOLE_TABLE, lines_of, measure, tight
from hengji.reports.docx.page import page, points
from hengji.reports.docx.sections import Section, Zone

_CAPTION = 120 + points(Decimal(20)) + 40  # as the styles have them: before, line, after
_PICTURE = 120 + points(Decimal(2))
_NOTE, _UNIT = 60 + 240, 40
_GAP = points(Decimal(12))
_RULE = 10  # a table's line between rows
_CONTENTS_LINE = points(Decimal(26))
_TENS = ("", "X", "XX", "XXX")
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Something that is not parted: its height in twips, and how it sits on the page."""

    height: int
    tied: bool = False  # to the next piece
    turns: bool = False  # begins a page
    listed: bool = False  # in the table of contents
    head: int = 0  # height of a table's head that stands above it again when it begins a page


def pages(cut: tuple[Section, ...], layout: Layout) -> tuple[str, ...]:
    """The page number, as printed, of each heading and annex in reading order."""
    listed = sum(isinstance(block, Heading | AnnexStart) for section in cut for block in section.blocks)
    found: list[str] = []
    number = 0
    for section in cut:
        room = page(layout, section.orientation).text_height
        number = 1 if section.first else number + 1
        pieces = (piece for block in section.blocks for piece in _pieces(block, layout, listed))
        used = 0
        for chain in _chains(pieces):
            total = sum(piece.height for piece in chain)
            if used and (chain[0].turns or used + total > room):
                number, used = number + 1, chain[0].head
            used += total
            found += [_printed(number, section.zone) for piece in chain if piece.listed]
            turned, used = divmod(used, room) if used > room else (0, used)
            number += turned
    return tuple(found)


def _printed(number: int, zone: Zone) -> str:
    if zone is not Zone.FRONT:
        return str(number)
    tens, ones = divmod(number, 10)
    return _TENS[tens] + _ONES[ones]


def _chains(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces that stay on one page."""
    chain: list[_Piece] = []
    for piece in pieces:
        chain.append(piece)
        if not piece.tied:
            yield chain
            chain = []
    if chain:
        yield chain


def _pieces(block: Block, layout: Layout, listed: int) -> Iterator[_Piece]:
    pitch = points(layout.line_pitch)
    match block:
        case Heading(text=text):
            yield _Piece(pitch * _body_lines(text, layout), tied=True, listed=True)
        case Paragraph(inlines=inlines, style=style):
            yield from _paragraph(inlines, style, layout)
        case Items(items=items):
            for item in items:
                yield from _paragraph(item, ParagraphStyle.BODY, layout)
        case Table():
            yield from _table(block, layout)
        case Chart(caption=caption, note=note, unit=unit):
            tail = (_CAPTION if caption else 0) + _note(note, layout)
            yield _Piece(_unit(unit, layout) + _PICTURE + height(block) + tail)
        case Contents():
            yield _Piece(points(layout.title_size) * 3 // 2 + pitch)
            yield from [_Piece(_CONTENTS_LINE)] * listed
        case Break() | AnnexStart() | Cover():
            yield _opening(block, layout)


def _opening(block: Break | AnnexStart | Cover, layout: Layout) -> _Piece:
    """What begins a page."""
    if not isinstance(block, AnnexStart):
        return _Piece(0, tied=True, turns=True)
    half = points(layout.title_size) // 2
    title = lines_of(block.title, _line(layout), half) * half * 3
    return _Piece(3 * points(layout.line_pitch) + title, tied=True, turns=True, listed=True)


def _paragraph(inlines: tuple[Inline, ...], style: ParagraphStyle, layout: Layout) -> Iterator[_Piece]:
    text = plain_text(inlines)
    if style is ParagraphStyle.NOTE:
        yield _Piece(_note(text, layout))
        return
    pitch = points(layout.line_pitch)
    tied = style is ParagraphStyle.LEAD
    yield from (_Piece(pitch, tied=tied) for _ in range(_body_lines(text, layout)))


def _table(table: Table, layout: Layout) -> Iterator[_Piece]:
    measured = measure(table, layout)
    line = points(tight(layout.table_size))
    head = sum(line * lines + 2 * ENDS + _RULE for lines in measured.head)
    above = (_CAPTION if table.caption else 0) + _unit(table.unit, layout) + head
    if above:
        yield _Piece(above, tied=True)
    together = sum((*measured.head, *measured.body)) <= WHOLE_TABLE
    for index, lines in enumerate(measured.body, start=1):
        ends = 2 * ENDS + _RULE
        if lines > WHOLE_ROW:
            yield from (_Piece(line, head=head) for _ in range(lines))
            yield _Piece(ends)
        else:
            yield _Piece(line * lines + ends, tied=together and index < len(measured.body), head=head)
    yield _Piece(_note(table.note, layout) or _GAP)


def _note(text: str, layout: Layout) -> int:
    if not text:
        return 0
    lines = lines_of(text, _line(layout), points(layout.table_size) // 2)
    return _NOTE + lines * points(tight(layout.table_size))


def _unit(unit: str, layout: Layout) -> int:
    return points(tight(layout.table_size)) + _UNIT if unit else 0


def _body_lines(text: str, layout: Layout) -> int:
    """With the two characters that the first line is set in."""
    return lines_of(f"　　{text}", 2 * layout.characters_per_line, 1)


def _line(layout: Layout) -> int:
    return page(layout, Orientation.PORTRAIT).text_width
