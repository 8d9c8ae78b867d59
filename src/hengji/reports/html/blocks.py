"""Blocks of a document as HTML."""

from __future__ import annotations

from collections.abc import Iterable

from hengji.model.document import (
    AnnexStart,
    Block,
    Break,
    Chart,
    Contents,
    Cover,
    Heading,
    Items,
    Paragraph,
    ParagraphStyle,
    Table,
)
from hengji.reports.drawing import SCREEN, svg
from hengji.reports.html.links import Page, inlines
from hengji.reports.html.tables import chart_data, table
from hengji.reports.markup import NOTHING, Markup, element, text, void
from hengji.reports.numbering import caption

_CLASSES = {
    ParagraphStyle.BODY: None,
    ParagraphStyle.LEAD: "lead",
    ParagraphStyle.CENTRED: "centred",
    ParagraphStyle.NOTE: "note",
    ParagraphStyle.SIGNATURE: "signature",
}


def blocks(all_blocks: Iterable[Block], page: Page) -> tuple[Markup, ...]:
    return tuple(_block(block, page) for block in all_blocks)


def _block(block: Block, page: Page) -> Markup:
    match block:
        case Heading(level=level, text=words, anchor=anchor):
            return element(f"h{min(level + 1, 6)}", text(words), id=anchor)
        case Paragraph(inlines=runs, style=style):
            return element("p", inlines(runs, page), class_=_CLASSES[style])
        case Items(items=items):
            return element("ul", *(element("li", inlines(runs, page)) for runs in items), class_="items", role="list")
        case Table():
            return table(block, page)
        case Chart():
            return _chart(block, page)
        case Cover():
            return _cover(block)
        case AnnexStart(label=label, title=title, anchor=anchor):
            mark = element("span", text(label), class_="annex")
            return element("h2", mark, text(" "), text(title), id=anchor, class_="starts")
        case Break():
            return void("hr", class_="break", aria_hidden="true")
        case Contents():
            return NOTHING  # they stand at the side


def _cover(cover: Cover) -> Markup:
    title = Markup(void("br").join(text(line) for line in cover.title))
    lines = (element("div", element("dt", text(label)), element("dd", text(value))) for label, value in cover.lines)
    return element(
        "header",
        element("p", text(cover.kicker), class_="kicker") if cover.kicker else NOTHING,
        element("h1", title),
        element("dl", *lines) if cover.lines else NOTHING,
        element("p", text(cover.date), class_="date") if cover.date else NOTHING,
        class_="cover",
    )


def _chart(chart: Chart, page: Page) -> Markup:
    return element(
        "figure",
        element("div", svg(chart, SCREEN), class_="scroll", tabindex=0, role="group", aria_label=chart.caption),
        element("figcaption", text(caption(chart, page.numbered))),
        element("p", text(chart.note), class_="note") if chart.note else NOTHING,
        element("details", element("summary", text("数据")), chart_data(chart, page), class_="data"),
        class_="chart",
        id=f"chart:{chart.id}",
    )
