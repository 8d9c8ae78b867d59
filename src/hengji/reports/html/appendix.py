"""The appendix of traces: every figure of the report, folded, for readers without script and for the record."""

from __future__ import annotations

from itertools import groupby

from hengji.model.figure import Figure, Figures, Source, display
from hengji.reports.html.links import link, target
from hengji.reports.markup import NOTHING, Markup, element, joined, text
from hengji.reports.traces import exact, in_words

_FULL = 30  # sources of one figure in words; the rest by file and lines


def appendix(figures: Figures) -> Markup:
    if not figures:
        return NOTHING
    return element(
        "section",
        element("h2", text("数值追溯")),
        element("p", text(f"本报告的{len(figures)}个数值，各附算式、所依据的数值与来源。"), class_="note"),
        *(_entry(figure, figures) for figure in figures.values()),
        id="all-figures",
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
            element("ul", *_sources(figure.sources), class_="sources") if figure.sources else NOTHING,
            id=target(figure.id),
        ),
    )


def _input(figure_id: str, figures: Figures) -> Markup:
    figure = figures.get(figure_id)
    if figure is None:
        return element("li", text(f"{figure_id}（没有这个数值）"))
    words = joined(text(figure.label), text(" "), element("b", text(display(figure))))
    return element("li", element("a", words, href=link(target(figure_id))))


def _sources(sources: tuple[Source, ...]) -> list[Markup]:
    """The first ones in words; of a long roster the rest as runs of lines, so that none is lost and none weighs."""
    entries = [element("li", text(in_words(source))) for source in sources[:_FULL]]
    rest = sources[_FULL:]
    if rest:
        entries.append(element("li", text(f"另有{len(rest)}条：{_runs(rest)}")))
    return entries


def _runs(sources: tuple[Source, ...]) -> str:
    """花名册.csv 第32—75、80行；…"""
    by_file: dict[str, list[int]] = {}
    for source in sources:
        by_file.setdefault(source.file or source.kind.value, []).extend([] if source.line is None else [source.line])
    return "；".join(f"{file} 第{_ranges(lines)}行" if lines else file for file, lines in by_file.items())


def _ranges(lines: list[int]) -> str:
    ordered = sorted(set(lines))
    runs = [[line for _, line in run] for _, run in groupby(enumerate(ordered), lambda pair: pair[1] - pair[0])]
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}—{run[-1]}" for run in runs)
