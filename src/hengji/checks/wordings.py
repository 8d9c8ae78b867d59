"""Two sentences that are the same but for some words."""

from __future__ import annotations

from collections.abc import Sequence

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.alike import Clause, Difference
from hengji.reading.han import HAN

_WORD = pattern(HAN)
_AROUND = 10


def words_of(text: str) -> str:
    """Its characters, without marks, digits and letters."""
    return "".join(_WORD.findall(text))


def worded_otherwise(
    reading: Reading, code: str, place: str, pair: tuple[Clause, Clause], differing: Sequence[Difference]
) -> Finding:
    """That a sentence of the ``place`` has other words than the same sentence of the body."""
    one, other = pair
    told = ((words_of(each.one), words_of(each.other)) for each in differing)
    said = "；".join(f"“{here or '（无）'}”与“{there or '（无）'}”" for here, there in told if here or there)
    found = f"{place}与正文用词不同：{said}"
    fault = Fault(
        code, Severity.NOTE, found, f"{place}与正文一致", "以核对过的一处为准统一", confidence=Confidence.LIKELY
    )
    first, last = differing[0], differing[-1]
    return remark(
        reading,
        fault,
        _around(one, first.at, last.at + len(last.one)),
        _around(other, first.there, last.there + len(last.other)),
    )


def _around(clause: Clause, start: int, end: int) -> Span:
    """Part of a clause, with some words on both sides."""
    return clause.span(max(0, start - _AROUND), min(len(clause.text), end + _AROUND))
