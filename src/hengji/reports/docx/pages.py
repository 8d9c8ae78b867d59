"""On which page each heading will stand, for a table of contents that reads well before Word has counted itself.

Every line has an exact height, so pages can be filled by adding up. Where lines break is an estimate: fonts differ
between machines, and Word, which counts anew when it opens the file, has the last word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
from hengji.model.record import record
from hengji.reports.docx.charts import height
from hengji.reports.docx.fields import level_of
from hengji.reports.docx.measure import (
    CAPTION,
    CAPTION_PITCH,
    CONTENTS_PITCH,
    ENDS,
    FIGURE,
    GAP,
    NOTE,
    UNIT,
    WHOLE_ROW,
    Measures,
    flowed,
    lines_of,
    tight,
)
from hengji.reports.docx.page import page, points, title_places
from hengji.reports.docx.sections import Section, Zone
from hengji.reports.titles import title_lines
from hengji.reports.widths import wrap

_CAPTION = CAPTION.both + points(CAPTION_PITCH)
_PICTURE = FIGURE.both + points(Decimal(2))
_RULE = 10  # a table's line between rows, twips
_TENS = ("", "X", "XX", "XXX")
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


@record
class _Piece:
    """Something that is not parted: its height in twips, and how it sits on the page."""

    height: int
    tied: bool = False  # to the next piece
    turns: bool = False  # begins a page
    listed: bool = False  # in the table of contents
    head: int = 0  # height of a table's head that stands above it again when it begins a page


def pages(cut: tuple[Section, ...], layout: Layout, measures: Measures) -> tuple[str, ...]:
    """The page number, as printed, of each heading and annex in reading order."""
    blocks = [block for section in cut for block in section.blocks]
    levels = tuple(level_of(block) for block in blocks if isinstance(block, Heading | AnnexStart))
    parting = _Parting(layout, measures, levels)
    found: list[str] = []
    number = 0
    for section in cut:
        room = page(layout, section.orientation).text_height
        number = 1 if section.first else number + 1
        used = 0
        for chain in _chains(piece for block in section.blocks for piece in parting.pieces(block)):
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


@record
class _Parting:
    """Blocks as pieces that a page break may fall between. ``levels`` are those of all headings and annexes."""

    layout: Layout
    measures: Measures
    levels: tuple[int, ...]

    def pieces(self, block: Block) -> Iterator[_Piece]:
        match block:
            case Heading(text=text):
                yield _Piece(self._pitch * self._body_lines((text,)), tied=True, listed=True)
            case Paragraph(inlines=inlines, style=style):
                yield from self._paragraph(inlines, style)
            case Items(items=items):
                for item in items:
                    yield from self._paragraph(item, ParagraphStyle.BODY)
            case Table():
                yield from self._table(block)
            case Chart(caption=caption, note=note, unit=unit):
                tail = (_CAPTION if caption else 0) + self._note(note)
                yield _Piece(self._unit(unit) + _PICTURE + height(block) + tail)
            case Contents(depth=depth):
                yield _Piece(points(self.layout.title_size) * 3 // 2 + self._pitch)
                yield from [_Piece(points(CONTENTS_PITCH))] * sum(level <= depth for level in self.levels)
            case Break() | AnnexStart() | Cover():
                yield self._opening(block)

    @property
    def _pitch(self) -> int:
        return points(self.layout.line_pitch)

    @property
    def _small(self) -> int:
        """The height of a line in tables and notes."""
        return points(tight(self.layout.table_size))

    def _opening(self, block: Break | AnnexStart | Cover) -> _Piece:
        """What begins a page."""
        if not isinstance(block, AnnexStart):
            return _Piece(0, tied=True, turns=True)
        places = title_places(self.layout)
        lines = sum(len(wrap(line, places)) for line in title_lines(block.title, places))
        title = lines * points(self.layout.title_size) * 3 // 2
        around = (3 if block.label else 2) * self._pitch
        return _Piece(around + title, tied=True, turns=True, listed=True)

    def _paragraph(self, inlines: tuple[Inline, ...], style: ParagraphStyle) -> Iterator[_Piece]:
        text = plain_text(inlines)
        if style is ParagraphStyle.NOTE:
            yield _Piece(self._note(text))
        else:
            line = _Piece(self._pitch, tied=style is ParagraphStyle.LEAD)
            yield from [line] * self._body_lines(tuple(inline.text for inline in inlines))

    def _table(self, table: Table) -> Iterator[_Piece]:
        measured = self.measures[id(table)]
        line, ends = self._small, 2 * ENDS + _RULE
        head = sum(line * lines + ends for lines in measured.head)
        above = (_CAPTION if table.caption else 0) + self._unit(table.unit)
        yield _Piece((above or points(GAP)) + head, tied=True)
        for lines, tied in zip(measured.body, measured.tied, strict=True):
            if lines > WHOLE_ROW:
                yield from [_Piece(line, head=head)] * lines
                yield _Piece(ends)
            else:
                yield _Piece(line * lines + ends, tied=tied, head=head)
        yield _Piece(self._note(table.note) or points(GAP))

    def _note(self, text: str) -> int:
        lines = lines_of(text, self._line, points(self.layout.table_size) // 2)
        return NOTE.both + lines * self._small if text else 0

    def _unit(self, unit: str) -> int:
        return self._small + UNIT.both if unit else 0

    def _body_lines(self, parts: tuple[str, ...]) -> int:
        lines: list[list[str]] = [[]]
        for part in parts:
            first, *rest = part.split("\n")
            lines[-1].append(first)
            lines.extend([piece] for piece in rest)
        return sum(flowed(line, self.layout.characters_per_line) for line in lines)

    @property
    def _line(self) -> int:
        return page(self.layout, Orientation.PORTRAIT).text_width
