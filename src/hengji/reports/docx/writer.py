"""A document as a Word file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

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
from hengji.model.record import record
from hengji.reports.docx import surround
from hengji.reports.docx.charts import chart_space, drawing
from hengji.reports.docx.cover import cover
from hengji.reports.docx.fields import Entry, bookmarked, contents, contents_mark, entries
from hengji.reports.docx.measure import measures
from hengji.reports.docx.package import Part, Relation, pack
from hengji.reports.docx.page import page, title_places
from hengji.reports.docx.pages import pages
from hengji.reports.docx.runs import Inlines, Serials, paragraph, run
from hengji.reports.docx.sections import FRAME, Section, Zone, footer, header, properties, sections
from hengji.reports.docx.styles import HEADINGS, Style, styles
from hengji.reports.docx.tables import KEEP, Tables, captioned, unit
from hengji.reports.docx.workbook import workbook
from hengji.reports.docx.xml import R, W, root
from hengji.reports.numbering import numbers
from hengji.reports.titles import title_lines

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PARAGRAPHS = {
    ParagraphStyle.BODY: Style.BODY,
    ParagraphStyle.LEAD: Style.LEAD,
    ParagraphStyle.CENTRED: Style.CENTRED,
    ParagraphStyle.NOTE: Style.NOTE,
    ParagraphStyle.SIGNATURE: Style.SIGNATURE,
}


def write(document: Document) -> bytes:
    """The Word file. Each figure stands in a content control whose tag is its id; the same document gives the same bytes."""
    charts = {id(block): f"chart{at}" for at, block in enumerate(_charts(document), start=1)}
    serials = Serials()
    inlines = Inlines(document.figures, serials)
    cut = sections(document.blocks)
    measured = measures(document.blocks, document.layout)
    body = _Body(
        document.layout,
        serials,
        inlines,
        Tables(measured, inlines),
        numbers(document),
        charts,
        entries(document.blocks, pages(cut, document.layout, measured)),
    )
    return pack(_parts(document, body.write(cut)), _PACKAGE)


@record
class _Body:
    layout: Layout
    serials: Serials
    inlines: Inlines
    tables: Tables
    numbers: dict[str, str]
    charts: dict[int, str]  # id() of a chart block → id of its relation
    entries: tuple[Entry, ...]

    def write(self, cut: tuple[Section, ...]) -> bytes:
        marks = iter(self.entries)
        numbered = next((section for section in cut if section.zone is not Zone.COVER), None)
        written = [self._section(section, marks, numbered, last=section is cut[-1]) for section in cut]
        return root("w:document", f"<w:body>{''.join(written)}</w:body>", w=W, r=R)

    def _section(self, section: Section, marks: Iterator[Entry], numbered: Section | None, *, last: bool) -> str:
        followed = zip_longest(section.blocks, section.blocks[1:])
        content = "".join(self._block(block, marks, KEEP if _signs(after) else "") for block, after in followed)
        ending = properties(section, self.layout, numbered)
        return content + (ending if last else paragraph(Style.SEAM, "", paging=ending))

    def _block(self, block: Block, marks: Iterator[Entry], paging: str) -> str:
        match block:
            case Heading():
                mark = self._marked(run(block.text), next(marks))
                return paragraph(HEADINGS[block.level - 1], mark)
            case Paragraph():
                return paragraph(_PARAGRAPHS[block.style], self.inlines.write(block.inlines), paging=paging)
            case Items():
                return "".join(paragraph(Style.BODY, self.inlines.write(item)) for item in block.items)
            case Table():
                return self.tables.write(block, self.numbers.get(block.id, ""))
            case Chart():
                return self._chart(block)
            case Contents():
                return paragraph(Style.CONTENTS_TITLE, run("目　录")) + contents(self.entries, block.depth)
            case Break():
                return paragraph(Style.SEAM, '<w:r><w:br w:type="page"/></w:r>')
            case Cover():
                return cover(block, self.layout)
            case AnnexStart():
                return self._annex(block, next(marks))

    def _annex(self, block: AnnexStart, entry: Entry) -> str:
        """The page begins with the label, or with the title where there is none."""
        title = run("\n".join(title_lines(block.title, title_places(self.layout))))
        if not block.label:
            return paragraph(Style.ANNEX_TITLE, self._marked(title, entry), paging="<w:pageBreakBefore/>")
        label = self._marked(run(block.label) + contents_mark(entry.text), entry)
        return paragraph(Style.ANNEX_LABEL, label) + paragraph(Style.ANNEX_TITLE, title)

    def _marked(self, content: str, entry: Entry) -> str:
        return bookmarked(content, entry.bookmark, next(self.serials.bookmarks))

    def _chart(self, chart: Chart) -> str:
        across = page(self.layout, Orientation.PORTRAIT).text_width
        picture = drawing(chart, self.charts[id(chart)], next(self.serials.drawings), across)
        caption = captioned(chart.caption, self.numbers.get(chart.id, ""))
        below = paragraph(Style.CAPTION, caption, paging=KEEP if chart.note else "") if caption else ""
        note = paragraph(Style.NOTE, run(chart.note)) if chart.note else ""
        return unit(chart.unit) + paragraph(Style.FIGURE, picture) + below + note


def _signs(block: Block | None) -> bool:
    """What stands before it goes with it: a signature on a page of its own belongs to nothing."""
    return isinstance(block, Paragraph) and block.style is ParagraphStyle.SIGNATURE


def _charts(document: Document) -> Iterator[Chart]:
    return (block for block in document.blocks if isinstance(block, Chart))


_PACKAGE = (
    Relation("document", "officeDocument", "word/document.xml"),
    Relation("core", "core-properties", "docProps/core.xml"),
)


def _parts(document: Document, body: bytes) -> Iterator[Part]:
    layout = document.layout
    frame = {
        "headerOdd": header(document.title),
        "headerEven": header(document.title),
        "footerOdd": footer(Style.FOOTER_ODD),
        "footerEven": footer(Style.FOOTER_EVEN),
    }
    charts = tuple(_charts(document))
    relations = (
        Relation("styles", "styles", "styles.xml"),
        Relation("settings", "settings", "settings.xml"),
        Relation("fonts", "fontTable", "fontTable.xml"),
        Relation("theme", "theme", "theme/theme1.xml"),
        *(Relation(name, kind, f"{name}.xml") for kind, names in FRAME.items() for name in names),
        *(Relation(f"chart{at}", "chart", f"charts/chart{at}.xml") for at in range(1, len(charts) + 1)),
    )
    yield Part("word/document.xml", f"{_MAIN}document.main+xml", body, relations)
    yield Part("word/styles.xml", f"{_MAIN}styles+xml", styles(layout))
    yield Part("word/settings.xml", f"{_MAIN}settings+xml", surround.settings())
    yield Part("word/fontTable.xml", f"{_MAIN}fontTable+xml", surround.font_table(layout))
    yield Part(
        "word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml", surround.theme(layout)
    )
    for kind, names in FRAME.items():
        for name in names:
            yield Part(f"word/{name}.xml", f"{_MAIN}{kind}+xml", frame[name])
    for at, chart in enumerate(charts, start=1):
        yield from _chart_parts(chart, layout, at)
    yield Part(
        "docProps/core.xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
        surround.core_properties(document),
    )


def _chart_parts(chart: Chart, layout: Layout, at: int) -> Iterator[Part]:
    data = Relation("data", "package", f"../embeddings/chart{at}.xlsx")
    yield Part(
        f"word/charts/chart{at}.xml",
        "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
        chart_space(chart, layout, data.id),
        (data,),
    )
    yield Part(
        f"word/embeddings/chart{at}.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        workbook(chart),
    )
