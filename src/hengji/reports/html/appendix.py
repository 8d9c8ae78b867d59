"""The appendix of traces: every figure of the report, folded, for readers without script and for the record."""

from __future__ import annotations

from hengji.model.figure import Figure, Figures, display
from hengji.reports.html.links import link, target
from hengji.reports.markup import NOTHING, Markup, element, joined, text
from hengji.reports.traces import exact, listed


def appendix(figures: Figures) -> Markup:
    if not figures:
        return NOTHING
    return element(
        "section",
        element("h2", text("数值追溯")),
        element("p", text(f"本报告的{len(figures)}个数值，各附算式、所依据的数值与来源。"), class_="note"),
        *(_entry(figure, figures) for figure in figures.values()),
        id="page-all-figures",
        class_="appendix",
        aria_label="数值追溯",
    )


def _entry(figure: Figure, figures: Figures) -> Markup:
    before = exact(figure)
    return element(
        "details",
        element("summary", element("span", text(figure.label)), text(" "), element("b", text(display(figure)))),
        element(
            "div",
            element("p", element("code", text(figure.id))),
            element("p", text(f"算式：{figure.formula}")) if figure.formula else NOTHING,
            element("p", text(f"未舍入：{before}")) if before else NOTHING,
            element("ul", *(_input(each, figures) for each in figure.inputs)) if figure.inputs else NOTHING,
            element("ul", *(element("li", text(line)) for line in listed(figure.sources)), class_="sources")
            if figure.sources
            else NOTHING,
            id=target(figure.id),
        ),
    )


def _input(figure_id: str, figures: Figures) -> Markup:
    figure = figures.get(figure_id)
    if figure is None:
        return element("li", text(f"{figure_id}（没有这个数值）"))
    words = joined(text(figure.label), text(" "), element("b", text(display(figure))))
    return element("li", element("a", words, href=link(target(figure_id))))
