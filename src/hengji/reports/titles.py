"""Titles of more than one line: parted before a word, never inside one, into lines of about one length."""

from __future__ import annotations

import re

from hengji.reports.widths import width

_BEFORE = re.compile("建设|运营|改造|补助|补贴|奖补|专项|政策|项目|绩效评价")
"""Words that may begin the second line of a title."""


def title_lines(text: str, places: int) -> tuple[str, ...]:
    """One line where it fits into that many half-width places, else two; one again where no word allows a break."""
    if width(text) <= places:
        return (text,)
    pairs = [(text[: found.start()], text[found.start() :]) for found in _BEFORE.finditer(text, 1)]
    fitting = [pair for pair in pairs if max(map(width, pair)) <= places]
    return min(fitting, key=lambda pair: abs(width(pair[0]) - width(pair[1])), default=(text,))
