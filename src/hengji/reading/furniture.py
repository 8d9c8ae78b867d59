"""Lines that pages repeat: running headers and footers."""

from __future__ import annotations

from collections import Counter

from hengji.model.patterns import pattern
from hengji.reading.lines import STOPS

_DIGITS = pattern(r"\d+")
_FEWEST = 3
_LONGEST = 60
_DEEP = 2


def running_lines(text: str, pages: tuple[int, ...]) -> frozenset[int]:
    """Where the lines begin that stand at the top or foot of at least half of the pages, but for their digits."""
    edges: list[tuple[int, str]] = []
    for number, start in enumerate(pages):
        end = pages[number + 1] if number + 1 < len(pages) else len(text)
        lines = list(_lines(text, start, end))
        edges.extend(dict.fromkeys((*lines[:_DEEP], *lines[-_DEEP:])))
    counts = Counter(_folded(line) for _, line in edges)
    most = max(_FEWEST, len(pages) // 2)
    return frozenset(at for at, line in edges if counts[_folded(line)] >= most and _is_running(line))


def _is_running(line: str) -> bool:
    """Whether a line could be a header: short, and no sentence."""
    return len(line) <= _LONGEST and not line.rstrip().endswith(tuple(STOPS))


def _lines(text: str, start: int, end: int) -> list[tuple[int, str]]:
    found, at = [], start
    for line in text[start:end].split("\n"):
        if line.strip():
            found.append((at, line))
        at += len(line) + 1
    return found


def _folded(line: str) -> str:
    return _DIGITS.sub("0", "".join(line.split()))
