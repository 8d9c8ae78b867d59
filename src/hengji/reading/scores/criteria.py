"""The points to check of a standard: numbered or marked items, each with the points printed for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.model.patterns import pattern
from hengji.model.scorecard import Criterion
from hengji.reading.folding import Folded

_MARK = pattern(
    r"[①-⑳]|(?:^|(?<=[;。:,分]))\(?(?:[1-9]|1\d)(?:[)、]|\.(?!\d))|(?:^|(?<=[;。:]))\([一二三四五六七八九十]\)"
)
_POINTS = pattern(
    r"(?:[,:]|的)?(?:得|计|给)(?P<got>\d+(?:\.\d+)?)分|\((?:分值|满分|权重)?[:]?(?P<bracketed>\d+(?:\.\d+)?)分\)|[:,](?P<bare>\d+(?:\.\d+)?)分(?=[;。,]|$)"
)
_OWN_RULE = pattern(r"(?:每|发现|出现|任[一1]|有[一1])[^;。]{0,20}扣")
_END = pattern(
    r"(?<=[;。])(?=(?:以上|上述|[两三四五六七八\d]点|每项|每一项|各项|全部|预算全部|部分|满足|符合|具备|组织完备|“|评分|计分|得分|[^①-⑳;。]{0,12}每))|(?<=,)(?=(?:全部|均|都)?(?:满足|符合|具备|做到)(?:的|要求)?得|每|[一1]项)"
)
_FEWEST = 2


def criteria_in(text: Folded) -> tuple[Criterion, ...]:
    """The marked points of a standard in order; empty where it is one sentence."""
    marks = list(_MARK.finditer(text.text))
    if len(marks) < _FEWEST:
        return ()
    return tuple(_items(text, marks))


def _items(text: Folded, marks: list[re.Match[str]]) -> Iterator[Criterion]:
    ends = [*(mark.start() for mark in marks[1:]), len(text.text)]
    for mark, limit in zip(marks, ends, strict=True):
        start = mark.end()
        tail = _END.search(text.text, start) if limit == len(text.text) else None
        end = tail.start() if tail else limit
        words = text.text[start:end].strip()
        if not words:
            continue
        yield Criterion(text.span(start, max(end, start + 1)), _without_points(words), _points(words))


def _points(words: str) -> Decimal | None:
    """The points printed for an item; None where there are none, or where it deducts instead."""
    if _OWN_RULE.search(words):
        return None
    found = [next(filter(None, match.groups())) for match in _POINTS.finditer(words)]
    positive = [number for number in found if Decimal(number)]
    return Decimal(positive[0]) if len(positive) == 1 else None


def _without_points(words: str) -> str:
    first = _POINTS.search(words)
    return (words[: first.start()] if first and first.start() else words).strip(",;。: ")
