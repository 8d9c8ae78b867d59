"""Sections: the cover without a page number, front pages with Roman ones, the body with its own, wide tables turned."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from itertools import groupby

from hengji.model.document import (
    AnnexStart,
    Block,
    Break,
    Cover,
    Heading,
    Orientation,
    Paragraph,
    ParagraphStyle,
    Table,
)
from hengji.model.profile import Layout
from hengji.model.record import record
from hengji.reports.docx.fields import field
from hengji.reports.docx.page import grid_space, page, points
from hengji.reports.docx.runs import paragraph, run
from hengji.reports.docx.styles import Style
from hengji.reports.docx.xml import R, W, root
from hengji.reports.numbering import front_of


class Zone(Enum):
    """Which part of the document it is, and how its pages are numbered from 1."""

    COVER = ""
    FRONT = "upperRoman"
    BODY = "decimal"


@record
class Section:
    """Blocks that share a sheet; ``first`` of its zone starts the numbering."""

    zone: Zone
    orientation: Orientation
    first: bool
    blocks: tuple[Block, ...]


def sections(blocks: Iterable[Block]) -> tuple[Section, ...]:
    """Blocks in reading order, cut where the sheet or the numbering changes; never empty."""
    cut: list[Section] = []
    for (zone, orientation), run_of in groupby(_zoned(tuple(blocks)), key=lambda each: each[:2]):
        held = _trimmed(tuple(block for _, _, block in run_of))
        if held:
            first = all(section.zone is not zone for section in cut)
            cut.append(Section(zone, orientation, first, held))
    return tuple(cut) or (Section(Zone.BODY, Orientation.PORTRAIT, first=True, blocks=()),)


def _zoned(blocks: tuple[Block, ...]) -> Iterable[tuple[Zone, Orientation, Block]]:
    front = front_of(blocks)
    for at, (block, orientation) in enumerate(zip(blocks, _orientations(blocks), strict=True)):
        if isinstance(block, Cover):
            yield Zone.COVER, orientation, block
        else:
            yield Zone.FRONT if at < front else Zone.BODY, orientation, block


def _orientations(blocks: tuple[Block, ...]) -> tuple[Orientation, ...]:
    """A heading or a note lies on the sheet of the table that it stands above."""
    found: list[Orientation] = []
    below = Orientation.PORTRAIT
    for block in reversed(blocks):
        match block:
            case Table(orientation=orientation):
                below = orientation
            case Heading() | AnnexStart() | Paragraph(style=ParagraphStyle.LEAD | ParagraphStyle.NOTE):
                pass
            case _:
                below = Orientation.PORTRAIT
        found.append(below)
    return tuple(reversed(found))


def _trimmed(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Without the page breaks that would leave an empty page: where one begins anyway."""
    anyway = (Break, AnnexStart)
    return tuple(
        block
        for before, block, after in zip((None, *blocks[:-1]), blocks, (*blocks[1:], None), strict=True)
        if not isinstance(block, Break) or not (before is None or after is None or isinstance(after, anyway))
    )


def properties(section: Section, layout: Layout, numbered: Section | None) -> str:
    """The section's w:sectPr; ``numbered`` is the first that shows header and footer, the later ones take them over."""
    sheet = page(layout, section.orientation)
    orient = ' w:orient="landscape"' if section.orientation is Orientation.LANDSCAPE else ""
    start = ' w:start="1"' if section.first else ""
    number = f'<w:pgNumType w:fmt="{section.zone.value}"{start}/>' if section.zone.value else ""
    return (
        f'<w:sectPr>{_REFERENCES if section is numbered else ""}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{sheet.width}" w:h="{sheet.height}"{orient}/>'
        f'<w:pgMar w:top="{sheet.top}" w:right="{sheet.right}" w:bottom="{sheet.bottom}" w:left="{sheet.left}"'
        f' w:header="{sheet.header}" w:footer="{sheet.footer}" w:gutter="0"/>{number}'
        f'<w:docGrid w:type="linesAndChars" w:linePitch="{points(layout.line_pitch)}"'
        f' w:charSpace="{grid_space(layout)}"/></w:sectPr>'
    )


FRAME = {"header": ("headerOdd", "headerEven"), "footer": ("footerOdd", "footerEven")}
"""Ids of the relations to headers and footers, on odd and on even pages."""

_REFERENCES = "".join(
    f'<w:{kind}Reference w:type="{pages}" r:id="{name}"/>'
    for kind, names in FRAME.items()
    for pages, name in zip(("default", "even"), names, strict=True)
)


def header(title: str) -> bytes:
    return root("w:hdr", paragraph(Style.HEADER, run(title)), w=W, r=R)


def footer(style: Style) -> bytes:
    """— 1 —"""
    return root("w:ftr", paragraph(style, f"{run('— ')}{field('PAGE', '1')}{run(' —')}"), w=W, r=R)
