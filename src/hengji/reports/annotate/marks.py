"""Where the findings of a review stand in its text: pieces of text, each with the findings that quote it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hengji.model.finding import Finding
from hengji.model.reading import Span
from hengji.model.record import record


@record
class Piece:
    """文字片段: characters that the same findings quote; ``findings`` are their 0-based numbers, in order."""

    span: Span
    findings: tuple[int, ...]


class Marks:
    """The findings of a review by place, looked up span by span in the order of the text."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self._quotes = sorted(
            (quote.start, quote.end, number)
            for number, finding in enumerate(findings)
            for quote in finding.quotes
            if quote.end > quote.start
        )
        self._next = 0
        self._open: list[tuple[int, int, int]] = []

    def within(self, span: Span) -> Iterator[Piece]:
        """``span`` cut wherever a quotation begins or ends, from left to right; spans must come in the order of the text."""
        while self._next < len(self._quotes) and self._quotes[self._next][0] < span.end:
            self._open.append(self._quotes[self._next])
            self._next += 1
        self._open = [each for each in self._open if each[1] > span.start]
        held = [each for each in self._open if each[0] < span.end]
        edges = {span.start, span.end}
        for start, end, _ in held:
            edges |= {max(start, span.start), min(end, span.end)}
        for left, right in pairwise(sorted(edges)):
            yield Piece(
                Span(left, right), tuple(sorted({n for start, end, n in held if start <= left and end >= right}))
            )
