"""Text folded for matching: one form for full and half width, no spaces but between Latin words, and the way back to the original.

Each character of the folded text knows the character of the original that it came from, so that what is matched can be quoted
exactly. Line breaks inside the given span are dropped like spaces, and so are tags that a converter left in a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from hengji.model.reading import Span

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]{0,400})?/?>")

ENCLOSED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
"""Marks of a list, which are no digits: “②职责” must not become “2职责”."""


@dataclass(frozen=True, slots=True)
class Folded:
    """折叠文字: ``origins[i]`` is the offset in the original of the folded character i."""

    text: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The original of folded characters ``start`` up to ``end``; they are at least one."""
        return Span(self.origins[start], self.origins[end - 1] + 1)


def fold(text: str, span: Span) -> Folded:
    """NFKC but for enclosed numbers, characters one by one, without white space but a single blank between two Latin letters or two digits."""
    signs: list[str] = []
    origins: list[int] = []
    blank = False
    after = span.start
    for offset in _words(text, span):
        blank = blank or offset > after
        after = offset + 1
        sign = text[offset]
        if sign.isspace():
            blank = True
            continue
        for part in sign if sign.isascii() or sign in ENCLOSED else normalize("NFKC", sign):
            if blank and signs and _apart(signs[-1], part):
                signs.append(" ")
                origins.append(offset - 1)
            blank = False
            if not part.isspace():
                signs.append(part)
                origins.append(offset)
    return Folded("".join(signs), tuple(origins))


def _enclosed(sign: str) -> bool:
    """Whether a character is the mark of an item (①, ⑴, ㈠): before “2020年” its digit would make another number."""
    return "①" <= sign <= "⓿" or "㈀" <= sign <= "㋿"


def _words(text: str, span: Span) -> Iterator[int]:
    """The offsets of what is no tag."""
    at = span.start
    for tag in _TAG.finditer(text, span.start, span.end):
        yield from range(at, tag.start())
        at = tag.end()
    yield from range(at, span.end)


def _apart(before: str, after: str) -> bool:
    """Whether a blank between two characters keeps two words or two numbers apart."""
    return before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
