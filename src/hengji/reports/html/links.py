"""Inlines as HTML, and where a figure's link leads: its entry in the appendix of traces, which the script opens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote

from hengji.model.document import Emphasis, Inline, Ref
from hengji.model.figure import Figure
from hengji.model.record import record
from hengji.reports.markup import Markup, element, joined, text, void


def target(figure_id: str) -> str:
    """The id of a figure's entry in the appendix of traces."""
    return f"figure:{figure_id}"


def link(anchor: str) -> str:
    """A link to an id of the same page."""
    return f"#{quote(anchor)}"


def below(figure_id: str) -> str:
    """Where a figure's link leads on a page that has the appendix of traces."""
    return link(target(figure_id))


@record
class Page:
    """What a block needs of the page that it stands on: the numbers of tables and charts, the figures, and where a figure's link leads."""

    numbered: Mapping[str, str]
    figures: Mapping[str, Figure]
    address: Callable[[str], str] = below


def inlines(runs: Iterable[Inline], page: Page) -> Markup:
    return joined(*(_inline(run, page) for run in runs))


def _inline(run: Inline, page: Page) -> Markup:
    words = lines(run.text)
    if isinstance(run, Ref):
        words = reference(run.figure, words, page)
    match run.emphasis:
        case Emphasis.STRONG:
            return element("strong", words)
        case Emphasis.QUIET:
            return element("span", words, class_="quiet")
        case Emphasis.PLAIN:
            return words


def reference(figure_id: str, words: Markup, page: Page) -> Markup:
    """A number that opens its trace; plain words where the figure is not known."""
    if figure_id not in page.figures:
        return words
    return element("a", words, class_="ref", href=page.address(figure_id), data_figure=figure_id)


def lines(words: str) -> Markup:
    """Text with its line breaks."""
    return Markup(void("br").join(text(line) for line in words.split("\n")))
