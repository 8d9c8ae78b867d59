"""Lines to paragraphs: a sentence that a page or a converter broke is one paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hengji.model.patterns import pattern
from hengji.reading.captions import is_numbered
from hengji.reading.lines import ended, open_bracket, width
from hengji.reading.marks import annex_end, mark_of

_PUNCTUATION = pattern(r"[，,。；;、！？]")
_NOTE = pattern(r"(?:注|备注|说明|资料来源|数据来源|来源|图\s*\d)\s*[：:\d]|[-*+•·◆●■➢★☆□○]\s|[（(]\s*备注")
_INSIDE = tuple("，。、；：？！,;)）》」』”’〉】%％‰")
_REST_OF_NUMBER = pattern(r"\d{1,3}(?:[年%％家个人张万亿元处户项]|[,.]\d+(?:[%％万元]|$))")
_UNITS = tuple("家个人张万亿元处户项年月日分次条所座辆台套件批名位份")
_FULL = 20
_SAMPLE = 12
_SLACK = 2
_LONGEST = 60


def wrapped_at(lines: Sequence[str]) -> float | None:
    """The width at which a converter broke every paragraph into lines; None where it left paragraphs whole."""
    prose = [line for line in lines if len(line) > _LONGEST * 2 or width(line) >= _FULL]
    widths = [round(width(line)) for line in prose if len(line) <= _LONGEST * 2 and not ended(line)]
    if len(widths) < _SAMPLE:
        return None
    counts = Counter(widths)
    best = max(counts, key=lambda at: sum(counts[at + step] for step in range(-_SLACK, 1)))
    near = sum(counts[best + step] for step in range(-_SLACK, 1))
    return best - _SLACK if near * 2 >= len(prose) else None


def is_full(line: str, wrapped: float | None) -> bool:
    """Whether a line reaches the width at which lines were broken."""
    return wrapped is not None and len(line) <= _LONGEST * 2 and width(line) >= wrapped


def cut_short(before: str, line: str) -> bool:
    """Whether a line begins with what cannot begin one: punctuation, or the rest of the number that ends the line before it, or its unit."""
    if line.startswith(_INSIDE):
        return True
    if not before[-1:].isdigit() or ended(before):
        return False
    cut = width(before) >= _FULL and _REST_OF_NUMBER.match(line) and _PUNCTUATION.search(before)
    return line.startswith(_UNITS) or bool(cut)


def goes_on(before: str, line: str, wrapped: float | None) -> bool:
    """Whether a line goes on with the sentence of the line before it, which is prose."""
    if line.startswith(_INSIDE):
        return True
    if ended(before) or starts_anew(line):
        return False
    if (
        before.endswith(("，", ",", "、"))
        or cut_short(before, line)
        or open_bracket(before)
        or is_full(before, wrapped)
    ):
        return True
    long = len(before) > _LONGEST or width(before) >= _FULL
    return long and bool(_PUNCTUATION.search(before)) and bool(_PUNCTUATION.search(line)) and annex_end(before) is None


def starts_anew(line: str) -> bool:
    """Whether a line begins with a mark of its own."""
    return bool(
        mark_of(line) or annex_end(line) is not None or is_numbered(line) or _NOTE.match(line) or line.startswith("#")
    )
