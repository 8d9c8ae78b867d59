"""Bound text as HTML for a screen: figures filled in and linked to their trace, evidence named, nothing in it executed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from hengji.model.binding import Binding, Citation, pieces
from hengji.model.evidence import Evidence
from hengji.model.figure import Figures
from hengji.model.record import record
from hengji.reports.prose import Scope

_TAGS = {
    *("p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "hr", "a"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_MARKS = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~&])")


@record
class Rendered:
    """预览: the text as HTML, and what it refers to that does not exist, a sentence each."""

    html: SafeString
    troubles: tuple[str, ...]


def rendered(text: str, figures: Figures, evidence: tuple[Evidence, ...], link: Callable[[str], str]) -> Rendered:
    """Markdown with figures and evidence; ``link`` gives the address of a figure's trace ("": no link)."""
    known = {piece.id for piece in evidence}
    written = "".join(_written(text, figures, known, link))
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(written)
    clean = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https"}, link_rel="noopener")
    return Rendered(mark_safe(clean), tuple(_troubles(text, figures, known)))  # noqa: S308  nh3 has just cleaned it


def _written(text: str, figures: Figures, evidence: set[str], link: Callable[[str], str]) -> Iterator[str]:
    """The text as Markdown with everything that is bound written out."""
    scope = Scope(figures)
    for piece in pieces(text):
        match piece:
            case Binding(figure=figure, unit=unit) if figure in figures:
                address = link(figure)
                shown = _literal(scope.ref(figure, unit).text)
                yield f"[{shown}](<{address}>)" if address else shown
            case Binding(figure=figure):
                yield f"**〔没有数值 {_literal(figure)}〕**"
            case Citation(evidence=name):
                yield f"〔佐证{_literal(name)}〕" if name in evidence else f"**〔没有佐证 {_literal(name)}〕**"
            case _:
                yield piece.text


def _literal(text: str) -> str:
    """A text in which no character marks anything up."""
    return _MARKS.sub(r"\\\1", text)


def _troubles(text: str, figures: Figures, evidence: set[str]) -> Iterator[str]:
    told: set[str] = set()
    for piece in pieces(text):
        match piece:
            case Binding(figure=name) if name not in figures:
                sentence = f"没有编号为“{name}”的数值。"
            case Citation(evidence=name) if name not in evidence:
                sentence = f"佐证清单里没有“{name}”。"
            case _:
                continue
        if sentence not in told:
            told.add(sentence)
            yield sentence
