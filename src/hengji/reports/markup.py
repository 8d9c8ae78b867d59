"""Markup for HTML and for the SVG inside it: nothing reaches a page without being escaped on the way."""

from __future__ import annotations

from html import escape
from typing import NewType

Markup = NewType("Markup", str)

NOTHING = Markup("")
_UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF])  # not allowed in XML


def text(value: str) -> Markup:
    """Characters as they are, for an element's content or an attribute's value."""
    return Markup(escape(printable(value)))


def printable(value: str) -> str:
    """Without the control characters that no document format can hold."""
    return value.translate(_UNPRINTABLE)


def joined(*parts: Markup) -> Markup:
    return Markup("".join(parts))


def element(name: str, /, *content: Markup, **attributes: str | int | None) -> Markup:
    """``<name attribute="…">content</name>``; class_ is class, aria_label is aria-label, None leaves it out."""
    return Markup(f"{_opened(name, attributes)}{''.join(content)}</{name}>")


def void(name: str, /, **attributes: str | int | None) -> Markup:
    """An HTML element that has no content and no end: meta, br, col, input."""
    return Markup(_opened(name, attributes))


def _opened(name: str, attributes: dict[str, str | int | None]) -> str:
    written = (
        f' {key.rstrip("_").replace("_", "-")}="{text(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{''.join(written)}>"
