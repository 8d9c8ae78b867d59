"""The cover: what it is above, who asked and who did it in the middle, the date at the foot."""

from __future__ import annotations

from hengji.model.document import Cover, Orientation
from hengji.model.profile import Layout
from hengji.reports.docx.page import page, points
from hengji.reports.docx.runs import paragraph, run
from hengji.reports.docx.styles import Style
from hengji.reports.widths import width

_GAP = 140  # twips between a label and its line
_TITLE_AT, _LINES_AT = 4, 12  # lines of the grid above the title and above the list, on a cover of usual size
_LEAST = 3  # lines between title and list, however long the title
_FRAME = (
    '<w:framePr w:w="{0}" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="center" w:yAlign="bottom"/>'
)


def cover(block: Cover, layout: Layout) -> str:
    """The cover's paragraphs; the section break after it is the writer's."""
    across = page(layout, Orientation.PORTRAIT).text_width
    pitch = points(layout.line_pitch)
    date = paragraph(Style.COVER_DATE, run(block.date), paging=_FRAME.format(across)) if block.date else ""
    kicker = paragraph(Style.COVER_KICKER, run(block.kicker)) if block.kicker else ""
    title = "".join(
        paragraph(Style.COVER_TITLE, run(line), paging=_before(_TITLE_AT * pitch) if at == 0 else "")
        for at, line in enumerate(block.title)
    )
    room = max(_LINES_AT - _TITLE_AT - 2 * len(block.title), _LEAST)
    space = paragraph(Style.COVER_DATE, "", paging=_before(room * pitch)) if block.lines else ""
    return date + kicker + title + space + _list(block.lines, layout, across)


def _before(space: int) -> str:
    return f'<w:spacing w:before="{space}"/>'


def _list(lines: tuple[tuple[str, str], ...], layout: Layout, across: int) -> str:
    """Labels spread to one width, values on a rule; as wide as the longest asks for."""
    if not lines:
        return ""
    half = points(layout.body_size) // 2
    label = (max(width(name) for name, _ in lines) + 2) * half + 2 * _GAP
    value = min(max(max(width(text) for _, text in lines) * half + 3 * _GAP, across // 2), across - label)
    rows = "".join(_row(name, text, label, value) for name, text in lines)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{label + value}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0000"/><w:tblCaption w:val="封面信息"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{label}"/><w:gridCol w:w="{value}"/></w:tblGrid>{rows}</w:tbl>'
    )


def _row(name: str, text: str, label: int, value: int) -> str:
    rule = '<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tcBorders>'
    least = '<w:trHeight w:val="720" w:hRule="atLeast"/>'
    return (
        f"<w:tr><w:trPr><w:cantSplit/>{least}</w:trPr>"
        f'<w:tc><w:tcPr><w:tcW w:w="{label}" w:type="dxa"/><w:vAlign w:val="bottom"/></w:tcPr>'
        f"{paragraph(Style.COVER_LABEL, run(f'{name}：'))}</w:tc>"
        f'<w:tc><w:tcPr><w:tcW w:w="{value}" w:type="dxa"/>{rule}<w:vAlign w:val="bottom"/></w:tcPr>'
        f"{paragraph(Style.COVER_VALUE, run(text))}</w:tc></w:tr>"
    )
