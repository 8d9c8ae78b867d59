"""The styles part: every format of the document has a name that users see and can change in one place."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

from hengji.model.document import Orientation
from hengji.model.profile import Layout
from hengji.model.record import record
from hengji.reports.docx.measure import (
    CAPTION,
    CAPTION_PITCH,
    CONTENTS_PITCH,
    ENDS,
    FIGURE,
    GAP,
    NOTE,
    SIDES,
    UNIT,
    Space,
    tight,
)
from hengji.reports.docx.page import character_spacing, half_points, page, points
from hengji.reports.docx.xml import W, escape, root


class Style(Enum):
    """Ids of styles, as paragraphs name them."""

    NORMAL = "Normal"
    BODY = "BodyText"
    LEAD = "HengjiLead"
    CENTRED = "HengjiCentred"
    NOTE = "HengjiNote"
    SIGNATURE = "HengjiSignature"
    HEADING1 = "Heading1"
    HEADING2 = "Heading2"
    HEADING3 = "Heading3"
    HEADING4 = "Heading4"
    CAPTION = "Caption"
    UNIT = "HengjiUnit"
    FIGURE = "HengjiFigure"
    TABLE_TEXT = "HengjiTableText"
    TABLE_HEAD = "HengjiTableHead"
    TABLE = "HengjiTable"
    CONTENTS_TITLE = "TOCHeading"
    CONTENTS1 = "TOC1"
    CONTENTS2 = "TOC2"
    CONTENTS3 = "TOC3"
    CONTENTS4 = "TOC4"
    HEADER = "Header"
    FOOTER_ODD = "Footer"
    FOOTER_EVEN = "HengjiFooterEven"
    COVER_KICKER = "HengjiCoverKicker"
    COVER_TITLE = "Title"
    COVER_LABEL = "HengjiCoverLabel"
    COVER_VALUE = "HengjiCoverValue"
    COVER_DATE = "Date"
    ANNEX_LABEL = "HengjiAnnexLabel"
    ANNEX_TITLE = "HengjiAnnexTitle"
    GAP = "HengjiGap"
    SEAM = "HengjiSeam"


HEADINGS = (Style.HEADING1, Style.HEADING2, Style.HEADING3, Style.HEADING4)
CONTENTS = (Style.CONTENTS1, Style.CONTENTS2, Style.CONTENTS3, Style.CONTENTS4)


class Weight(Enum):
    REGULAR = ""
    BOLD = "<w:b/><w:bCs/>"


class Jc(Enum):
    """Word's words for alignment."""

    BOTH = "both"
    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"
    DISTRIBUTE = "distribute"


@record
class _Paragraph:
    """A paragraph style. ``pitch`` is the exact line height in points (None: as high as the line needs)."""

    id: Style
    name: str
    font: str
    size: Decimal
    pitch: Decimal | None
    jc: Jc = Jc.LEFT
    weight: Weight = Weight.REGULAR
    space: Space = Space(0, 0)
    paging: str = ""
    extra: str = ""
    indent: str = ""
    level: int | None = None
    next: Style | None = None
    latin: str = ""


_KEEP = "<w:keepNext/><w:keepLines/>"
# The grid stands in the sections. Text does not lean on it but has the same pitches of its own, because LibreOffice
# gives two places of a grid to a character that is wider than one (16 pt on 15.79 pt), and tables are denser.
_OFF_GRID = '<w:snapToGrid w:val="0"/>'


def styles(layout: Layout) -> bytes:
    """word/styles.xml."""
    every = (*_text(layout), *_tables(layout), *_contents(layout), *_cover(layout), *_frame(layout))
    content = _defaults(layout) + _latent() + "".join(_paragraph(style, layout) for style in every) + _table_style()
    return root("w:styles", content, w=W)


def _fonts(latin: str, chinese: str) -> str:
    """All four slots: Word picks the slot by character, and an unnamed one falls back to the reader's own default."""
    return (
        f'<w:rFonts w:ascii="{escape(latin)}" w:hAnsi="{escape(latin)}"'
        f' w:eastAsia="{escape(chinese)}" w:cs="{escape(latin)}"/>'
    )


def _indent_first(characters: int, size: Decimal) -> str:
    return f'<w:ind w:firstLineChars="{characters * 100}" w:firstLine="{characters * points(size)}"/>'


def _text(layout: Layout) -> tuple[_Paragraph, ...]:
    body, size, pitch = layout.body_font, layout.body_size, layout.line_pitch
    two = _indent_first(2, size)
    flat = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
    signature = f'<w:ind w:rightChars="400" w:right="{4 * points(size)}"/>'
    small = layout.table_size
    heading = (layout.heading1_font, layout.heading2_font, body, body)
    weights = (Weight.REGULAR, Weight.REGULAR, Weight.BOLD, Weight.REGULAR)
    return (
        _Paragraph(Style.NORMAL, "Normal", body, size, pitch, Jc.BOTH),
        _Paragraph(Style.BODY, "Body Text", body, size, pitch, Jc.BOTH, indent=two),
        *(
            _Paragraph(
                style, f"heading {level + 1}", font, size, pitch, weight=weight,
                paging=_KEEP, indent=two, level=level, next=Style.BODY,
            )
            for level, (style, font, weight) in enumerate(zip(HEADINGS, heading, weights, strict=True))
        ),
        _Paragraph(
            Style.LEAD, "小标题段", body, size, pitch, Jc.BOTH, Weight.BOLD, paging=_KEEP, indent=two, next=Style.BODY
        ),
        _Paragraph(Style.CENTRED, "居中段", body, size, pitch, Jc.CENTRE, indent=flat),
        _Paragraph(Style.SIGNATURE, "落款", body, size, pitch, Jc.RIGHT, indent=signature),
        _Paragraph(Style.NOTE, "表注", layout.table_font, small, tight(small), Jc.BOTH, space=NOTE),
        _Paragraph(
            Style.ANNEX_LABEL, "附件编号", layout.heading1_font, size, pitch,
            paging="<w:keepNext/><w:pageBreakBefore/>", next=Style.ANNEX_TITLE,
        ),
        _Paragraph(
            Style.ANNEX_TITLE, "附件标题", layout.title_font, layout.title_size, layout.title_size * Decimal("1.5"),
            Jc.CENTRE, space=Space(points(pitch), points(pitch)), paging=_KEEP, level=0, next=Style.BODY,
        ),
    )  # fmt: skip


def _tables(layout: Layout) -> tuple[_Paragraph, ...]:
    size, font = layout.table_size, layout.table_font
    pitch = tight(size)
    heading = layout.heading1_font
    return (
        _Paragraph(
            Style.CAPTION, "caption", heading, Decimal(12), CAPTION_PITCH, Jc.CENTRE,
            space=CAPTION, paging="<w:keepLines/>",
        ),
        _Paragraph(Style.UNIT, "表格单位", font, size, pitch, Jc.RIGHT, space=UNIT, paging=_KEEP),
        _Paragraph(Style.FIGURE, "图", font, size, None, Jc.CENTRE, space=FIGURE, paging="<w:keepNext/>"),
        _Paragraph(Style.TABLE_TEXT, "表格文字", font, size, pitch),
        _Paragraph(Style.TABLE_HEAD, "表头文字", heading, size, pitch, Jc.CENTRE, paging="<w:keepNext/>"),
        _Paragraph(Style.GAP, "表后间隔", font, Decimal(5), GAP),
        # Carries section and page breaks; so low that it never makes a page of its own.
        _Paragraph(Style.SEAM, "分隔", font, Decimal(1), Decimal("0.5")),
    )  # fmt: skip


def _contents(layout: Layout) -> tuple[_Paragraph, ...]:
    right = page(layout, Orientation.PORTRAIT).text_width
    leader = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{right}"/></w:tabs>'
    size = Decimal(14)
    fonts_by_level = (layout.heading1_font, layout.body_font, layout.body_font, layout.body_font)
    return (
        _Paragraph(
            Style.CONTENTS_TITLE, "TOC Heading", layout.title_font, layout.title_size, layout.title_size * Decimal("1.5"),
            Jc.CENTRE, space=Space(0, points(layout.line_pitch)), paging=_KEEP,
        ),
        *(
            _Paragraph(
                style, f"toc {level + 1}", font, size, CONTENTS_PITCH, extra=leader,
                indent=f'<w:ind w:leftChars="{level * 100}" w:left="{level * points(size)}"/>',
            )
            for level, (style, font) in enumerate(zip(CONTENTS, fonts_by_level, strict=True))
        ),
    )  # fmt: skip


def _cover(layout: Layout) -> tuple[_Paragraph, ...]:
    size, pitch = layout.body_size, layout.line_pitch
    title = layout.title_size + 4
    return (
        _Paragraph(
            Style.COVER_KICKER, "封面上题", layout.heading2_font, size, pitch, Jc.CENTRE, space=Space(2 * points(pitch), 0),

        ),
        _Paragraph(
            Style.COVER_TITLE, "Title", layout.title_font, title, title * Decimal("1.6"), Jc.CENTRE
        ),
        _Paragraph(Style.COVER_LABEL, "封面项目", layout.heading1_font, size, pitch, Jc.DISTRIBUTE),
        _Paragraph(Style.COVER_VALUE, "封面内容", layout.body_font, size, pitch, Jc.LEFT),
        _Paragraph(Style.COVER_DATE, "Date", layout.body_font, size, pitch, Jc.CENTRE),
    )  # fmt: skip


def _frame(layout: Layout) -> tuple[_Paragraph, ...]:
    line = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="7F7F7F"/></w:pBdr>'
    font, number = layout.table_font, Decimal(14)
    aside = points(number)
    return (
        _Paragraph(Style.HEADER, "header", font, Decimal(9), Decimal(12), Jc.CENTRE, extra=line),
        _Paragraph(
            Style.FOOTER_ODD, "footer", font, number, Decimal(18), Jc.RIGHT, latin=font,
            indent=f'<w:ind w:rightChars="100" w:right="{aside}"/>',
        ),
        _Paragraph(
            Style.FOOTER_EVEN, "偶数页页脚", font, number, Decimal(18), Jc.LEFT, latin=font,
            indent=f'<w:ind w:leftChars="100" w:left="{aside}"/>',
        ),
    )  # fmt: skip


def _defaults(layout: Layout) -> str:
    size = half_points(layout.body_size)
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(layout.latin_font, layout.body_font)}"
        f'{_OFF_GRID}<w:kern w:val="2"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_OFF_GRID}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def _latent() -> str:
    """Built-in styles that the document does not use stay out of the user's sight."""
    return (
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1"'
        ' w:defQFormat="0" w:count="376"/>'
    )


def _paragraph(style: _Paragraph, layout: Layout) -> str:
    base = "" if style.id is Style.NORMAL else f'<w:basedOn w:val="{Style.NORMAL.value}"/>'
    default = ' w:default="1"' if style.id is Style.NORMAL else ""
    custom = ' w:customStyle="1"' if style.id.value.startswith("Hengji") else ""
    following = f'<w:next w:val="{style.next.value}"/>' if style.next else ""
    return (
        f'<w:style w:type="paragraph"{default}{custom} w:styleId="{style.id.value}"><w:name w:val="{style.name}"/>'
        f"{base}{following}<w:qFormat/><w:pPr>{_paragraph_format(style)}</w:pPr>"
        f"<w:rPr>{_type(style, layout)}</w:rPr></w:style>"
    )


def _paragraph_format(style: _Paragraph) -> str:
    """In the order that the schema wants: paging, borders and tabs, grid, spacing, indent, alignment, level."""
    line = (
        'w:line="240" w:lineRule="auto"'
        if style.pitch is None
        else f'w:line="{points(style.pitch)}" w:lineRule="exact"'
    )
    spacing = f'<w:spacing w:before="{style.space.above}" w:after="{style.space.below}" {line}/>'
    level = "" if style.level is None else f'<w:outlineLvl w:val="{style.level}"/>'
    # Without widow control a page always holds its 22 lines.
    return (
        f'{style.paging}<w:widowControl w:val="0"/>{style.extra}{spacing}{style.indent}'
        f'<w:jc w:val="{style.jc.value}"/>{level}'
    )


def _type(style: _Paragraph, layout: Layout) -> str:
    size = half_points(style.size)
    spacing = character_spacing(layout) if style.size == layout.body_size else 0  # stated, or it would be inherited
    return (
        f"{_fonts(style.latin or layout.latin_font, style.font)}{style.weight.value}"
        f'<w:spacing w:val="{spacing}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )


def _table_style() -> str:
    outer = '<w:{0} w:val="single" w:sz="8" w:space="0" w:color="auto"/>'
    inner = '<w:{0} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    sides = "".join(outer.format(side) for side in ("top", "left", "bottom", "right"))
    rules = sides + "".join(inner.format(side) for side in ("insideH", "insideV"))
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{Style.TABLE.value}"><w:name w:val="衡绩表格"/>'
        f'<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>{rules}</w:tblBorders>'
        f'<w:tblCellMar><w:top w:w="{ENDS}" w:type="dxa"/><w:left w:w="{SIDES}" w:type="dxa"/>'
        f'<w:bottom w:w="{ENDS}" w:type="dxa"/><w:right w:w="{SIDES}" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
