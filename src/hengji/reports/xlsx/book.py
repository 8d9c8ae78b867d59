"""Document → workbook: 目录, a sheet for each table and chart in reading order, 数值."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook

from hengji.model.document import AnnexStart, Chart, Document, Heading, Paragraph, ParagraphStyle, Table, plain_text
from hengji.model.profile import Layout
from hengji.reports.markup import printable
from hengji.reports.numbering import caption, numbers
from hengji.reports.xlsx.charts import write_chart
from hengji.reports.xlsx.lists import Entry, write_contents, write_figures
from hengji.reports.xlsx.names import CONTENTS, FIGURES, sheet_names
from hengji.reports.xlsx.paper import Paper
from hengji.reports.xlsx.tables import write_table

_MOMENT = datetime(2020, 1, 1)  # noqa: DTZ001 - XlsxWriter wants a naive time and writes it as UTC


def write(document: Document) -> bytes:
    """The document's tables, charts and figures; the same document gives the same bytes (the time in it is fixed)."""
    file = BytesIO()
    book = Workbook(file, _options(document.layout))
    book.set_properties({
        "title": printable(document.title), "subject": printable(document.subject), "author": printable(document.author),
        "created": _MOMENT,
    })  # fmt: skip
    paper = Paper(book)
    titled = tuple(_titled(document))
    names = sheet_names(title for title, _ in titled)
    entries = [
        Entry(name, title, "图" if isinstance(block, Chart) else "表", block.unit)
        for name, (title, block) in zip(names, titled, strict=True)
    ]
    if document.figures:
        entries.append(Entry(FIGURES, "数值及其来源", "清单", ""))
    write_contents(paper, book.add_worksheet(CONTENTS), document.title, entries)
    for name, (title, block) in zip(names, titled, strict=True):
        sheet = book.add_worksheet(name)
        if isinstance(block, Table):
            write_table(paper, sheet, block, title)
        else:
            write_chart(paper, sheet, block, title)
        if len(entries) == 1:
            sheet.activate()  # a list of one sheet is nothing to open a workbook on
    if document.figures:
        write_figures(paper, book.add_worksheet(FIGURES), document.figures)
    book.close()
    return file.getvalue()


def _options(layout: Layout) -> dict[str, object]:
    """Made anew each time, because XlsxWriter writes into it."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_format_properties": {
            "font_name": layout.table_font,
            "font_size": float(layout.table_size),
            "font_scheme": "none",
        },
    }


def _titled(document: Document) -> Iterator[tuple[str, Table | Chart]]:
    """Tables and charts with their numbered captions; without a caption the heading or lead above speaks for it."""
    numbered = numbers(document)
    above = document.title
    for block in document.blocks:
        match block:
            case Heading(text=words):
                above = words
            case Paragraph(inlines=inlines, style=ParagraphStyle.LEAD):
                above = plain_text(inlines).replace("“", "").replace("”", "")
            case AnnexStart(label=label, title=words):
                above = f"{label}　{words}"
            case Table() | Chart():
                yield caption(block, numbered) or above, block
            case _:
                pass
