"""Text folded for matching: one form for full and half width, no spaces but between Latin words, and the way back to the original.

Each character of the folded text knows the character of the original that it came from, so that what is matched can be quoted
exactly. Line breaks inside the given span are dropped like spaces, and so are tags that a converter left in a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from unicodedata import normalize

from hengji.model.patterns import pattern
from hengji.model.reading import Span
from hengji.model.record import record

_RUN = pattern(r"\S+")
_BROKEN = pattern(r"[\s<]")
"""What a text holds that is no single run of signs."""
_FIRM = pattern(r"[\x00-\x7f一-鿿、。“”《》]+")
"""Signs that are folded as they stand, white space aside; nearly all."""
_FULL_LINE, _LONGEST_LINE = 28, 120
_STOPS = frozenset("，。；、：")
_TAG = pattern(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]{0,400})?/?>")

ENCLOSED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
"""Marks of a list, which are no digits: “②职责” must not become “2职责”."""


@record
class Folded:
    """折叠文字: ``origins[i]`` is the offset in the original of the folded character i."""

    text: str
    origins: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """The original of folded characters ``start`` up to ``end``; they are at least one."""
        return Span(self.origins[start], self.origins[end - 1] + 1)


@record
class _Forms:
    """一篇文字的折叠形: ``text`` has each sign in its form where that is one sign, and is as long as the original.

    ``broken`` finds what it takes more than that to fold: white space, tags, and signs whose form is none or several.
    """

    text: str
    broken: re.Pattern[str]


@lru_cache(maxsize=1 << 16)
def fold(text: str, span: Span) -> Folded:
    """NFKC but for enclosed numbers, sign by sign, without white space but a blank between two Latin letters or two digits.

    Each part of a report is asked for by several of those who read it, hence the cache.
    """
    forms = _forms(text)
    if forms.broken.search(text, span.start, span.end):
        return _joined(text, span, forms)
    return Folded(forms.text[span.start : span.end], range(span.start, span.end))


@lru_cache(maxsize=16)
def _forms(text: str) -> _Forms:
    """The forms of all signs of a text, found once for the parts of it."""
    several = []
    formed = text
    for sign in set(_FIRM.sub("", text)):
        form = _form(sign)
        if len(form) != 1:
            several.append(sign)
        elif form != sign:
            formed = formed.replace(sign, form)
    return _Forms(formed, re.compile(rf"[\s<{re.escape(''.join(sorted(several)))}]") if several else _BROKEN)


def _joined(text: str, span: Span, forms: _Forms) -> Folded:
    """The same of runs of signs with white space or tags between them."""
    folded: list[str] = []
    origins: list[int] = []
    last = ""
    for piece in _words(text, span):
        for run in _RUN.finditer(text, piece.start, piece.end):
            start, end = run.span()
            if forms.broken.search(text, start, end):
                signs = [*map(_form, run[0])]
                words = "".join(signs)
                own: Iterable[int] = (offset for offset, form in enumerate(signs, start) for _ in form)
            else:
                words, own = forms.text[start:end], range(start, end)
            if not words:
                continue
            if last and _apart(last, words[0]) and not _is_cut(text, start):
                folded.append(" ")
                origins.append(start - 1)
            origins.extend(own)
            folded.append(words)
            last = words[-1]
    return Folded("".join(folded), tuple(origins))


def _is_cut(text: str, start: int) -> bool:
    """Whether a number goes on at ``start`` that a full line broke: “…配套9⏎70.00万元”."""
    if text[start - 1 : start] != "\n" or not (text[start - 2].isdecimal() and text[start].isdecimal()):
        return False
    line = text[max(0, text.rfind("\n", 0, start - 1) + 1, start - _LONGEST_LINE) : start - 1]
    return len(line) >= _FULL_LINE and not _STOPS.isdisjoint(line)


@cache
def _form(sign: str) -> str:
    """A sign as it is folded; empty for white space."""
    if sign.isspace():
        return ""
    return sign if sign.isascii() or sign in ENCLOSED else "".join(normalize("NFKC", sign).split())


def _words(text: str, span: Span) -> Iterator[Span]:
    """The pieces of a text that are no tags."""
    at = span.start
    for tag in _TAG.finditer(text, span.start, span.end):
        yield Span(at, tag.start())
        at = tag.end()
    yield Span(at, span.end)


def _apart(before: str, after: str) -> bool:
    """Whether a blank between two characters keeps two words or two numbers apart."""
    return before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
