"""Inlines as runs, and figures as content controls that a refresh finds again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from itertools import count

from hengji.model.document import Emphasis, Inline, Ref, Text
from hengji.model.figure import Figures
from hengji.model.record import record
from hengji.reports.docx.printing import LONGEST, tag_of
from hengji.reports.docx.styles import Jc, Style
from hengji.reports.docx.xml import escape

# Quotes, dashes and signs that Latin and Chinese fonts both have: Word takes the Latin one unless told.
_AMBIGUOUS = re.compile("[\u00a1-\u00ff\u2010-\u2bff]")
_FORMATS = {
    Emphasis.PLAIN: "",
    Emphasis.STRONG: "<w:b/><w:bCs/>",
    Emphasis.QUIET: '<w:color w:val="595959"/>',
}
_HINT = '<w:rFonts w:hint="eastAsia"/>'


@record
class Serials:
    """Numbers that must be unique in a file, counted from 1 in each."""

    controls: Iterator[int] = field(default_factory=lambda: count(1))
    bookmarks: Iterator[int] = field(default_factory=lambda: count(1))
    drawings: Iterator[int] = field(default_factory=lambda: count(1))


def paragraph(style: Style, content: str, jc: Jc | None = None, paging: str = "") -> str:
    """A paragraph of ``style``; ``jc`` and ``paging`` (keepNext …) where it differs from its style."""
    aligned = f'<w:jc w:val="{jc.value}"/>' if jc else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style.value}"/>{paging}{aligned}</w:pPr>{content}</w:p>'


def run(text: str, emphasis: Emphasis = Emphasis.PLAIN) -> str:
    """Characters in one format; line ends and tabs become Word's own."""
    hint = _HINT if _AMBIGUOUS.search(text) else ""
    chosen = hint + _FORMATS[emphasis]
    properties = f"<w:rPr>{chosen}</w:rPr>" if chosen else ""
    if "\n" not in text and "\t" not in text:
        return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    lines = "<w:br/>".join("<w:tab/>".join(map(_piece, line.split("\t"))) for line in text.split("\n"))
    return f"<w:r>{properties}{lines}</w:r>"


def _piece(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""


@record
class Inlines:
    """Writes inlines; ``figures`` give a control the name that users see on it."""

    figures: Figures
    serials: Serials

    def write(self, inlines: tuple[Inline, ...], floor: Emphasis = Emphasis.PLAIN, unit: str = "") -> str:
        """Runs and controls; ``floor`` is the emphasis of plain ones (a total is bold), ``unit`` that of the table around."""
        return "".join(self._inline(inline, floor, unit) for inline in inlines)

    def _inline(self, inline: Inline, floor: Emphasis, unit: str) -> str:
        emphasis = floor if inline.emphasis is Emphasis.PLAIN else inline.emphasis
        match inline:
            case Text(text=text):
                return run(text, emphasis)
            case Ref():
                return self._control(inline, emphasis, unit)

    def _control(self, ref: Ref, emphasis: Emphasis, unit: str) -> str:
        figure = self.figures.get(ref.figure)
        label = figure.label if figure else ref.figure
        tag = str(tag_of(ref, figure, unit))
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="{escape(label[:LONGEST])}"/><w:tag w:val="{escape(tag)}"/>'
            f'<w:id w:val="{next(self.serials.controls)}"/></w:sdtPr>'
            f"<w:sdtContent>{run(ref.text, emphasis)}</w:sdtContent></w:sdt>"
        )
