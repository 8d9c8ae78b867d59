"""What a report tells of an indicator that its standard asks for: a rate, or a number done and a number planned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hengji.model.patterns import pattern
from hengji.model.precision import half_unit
from hengji.model.reading import Reading, Span
from hengji.model.record import record
from hengji.model.scorecard import Scored, Standard, Wording
from hengji.reading.scores.wording import folded

_GAP = r"(?:[^。;!\d=×*/(<>≥≤、]{0,12}?)(?:=|:)?"
_ALONE = pattern(r"(?P<number>\d+(?:\.\d+)?)%")
"""What stands alone in the cell 完成值: of nothing else than the indicator."""
_DONE = pattern(
    r"(?<!未)(?:实际)?(?:完成|补贴|补助|发放|建成|建设|新建|改造|培训|开展|实施)(?:了|数量?|数为?|为)?(?P<number>\d+(?:\.\d+)?)(?P<unit>家|个|张|处|户|场|次|套|台|项|人次|人|公里|亩|所|座|平方米)"
)
_MISSED = pattern(
    r"未(?:能)?(?:完成|补贴|发放|建成|实施)(?:了|数量?|数为?|为)?(?P<number>\d+(?:\.\d+)?)(?P<unit>家|个|张|处|户|场|次|套|台|项|人次|人|公里|亩|所|座|平方米)"
)
_PLANNED = pattern(
    r"(?:计划|目标|任务|年初(?:目标|计划))(?:[^。;,\d]{0,12}?)(?P<number>\d+(?:\.\d+)?)(?P<unit>家|个|张|处|户|场|次|套|台|项|人次|人|公里|亩|所|座|平方米|万元)"
)
_ACTUAL = pattern(
    r"(?<!未)实际(?:[^。;,\d]{0,12}?)(?P<number>\d+(?:\.\d+)?)(?P<unit>家|个|张|处|户|场|次|套|台|项|人次|人|公里|亩|所|座|平方米|万元)"
)


@record
class Input:
    """取值: the rate, exact where counts give it, with what it may be where it is printed rounded; and its words."""

    low: Fraction
    rate: Fraction
    high: Fraction
    shown: str
    spans: tuple[Span, ...]


def inputs_of(reading: Reading, leaf: Scored, standard: Standard) -> tuple[Input, ...]:
    """Every value that the report gives for what a standard asks; the first mention first."""
    found: list[Input] = []
    reasons = (record.reason for record in leaf.records if record.reason)
    for wording in (*leaf.analyses, *reasons):
        if "/" in standard.subject or "÷" in standard.subject:
            found.extend(_counted(reading, wording))
        else:
            found.extend(_rates(reading, wording, _subjects(leaf, standard)))
        if found:
            break
    return tuple(found)


def _subjects(leaf: Scored, standard: Standard) -> tuple[str, ...]:
    names = [standard.subject] if standard.subject else []
    if leaf.name.endswith(("率", "满意度", "知晓度", "覆盖面")):
        names.append(leaf.name)
    return tuple(name for name in names if len(name) > 1)


def _rates(reading: Reading, wording: Wording, subjects: tuple[str, ...]) -> Iterator[Input]:
    if not subjects:
        return
    sought = re.compile("(?:" + "|".join(map(re.escape, subjects)) + ")" + _GAP + r"(?P<number>\d+(?:\.\d+)?)%")
    for span in wording.spans:
        if "%" not in reading.quote(span) and "％" not in reading.quote(span):
            continue
        text = folded(reading, [span])
        alone = _ALONE.fullmatch(text.text)
        for match in [alone] if alone else sought.finditer(text.text):
            printed = Decimal(match["number"])
            value, half = Fraction(printed) / 100, half_unit(printed) / 100
            yield Input(value - half, value, value + half, f"{printed}%", (text.span(match.start(), match.end()),))


def _counted(reading: Reading, wording: Wording) -> Iterator[Input]:
    done: list[tuple[Decimal, str, Span]] = []
    missed: list[tuple[Decimal, str, Span]] = []
    planned: list[tuple[Decimal, str, Span]] = []
    actual: list[tuple[Decimal, str, Span]] = []
    for span in wording.spans:
        text = folded(reading, [span])
        for sought, into in ((_DONE, done), (_MISSED, missed), (_PLANNED, planned), (_ACTUAL, actual)):
            into.extend(
                (Decimal(match["number"]), match["unit"], text.span(match.start(), match.end()))
                for match in sought.finditer(text.text)
            )
    if len(planned) == len(actual) == 1 and planned[0][1] == actual[0][1] and planned[0][0]:
        yield _ratio(actual, planned[0][0], (*actual, *planned))
    elif missed and done and len({unit for _, unit, _ in (*done, *missed)}) == 1:
        whole = sum((number for number, _, _ in (*done, *missed)), Decimal(0))
        yield _ratio(done, whole, (*done, *missed))


def _ratio(done: list[tuple[Decimal, str, Span]], whole: Decimal, seen: tuple[tuple[Decimal, str, Span], ...]) -> Input:
    total = sum((number for number, _, _ in done), Decimal(0))
    rate = Fraction(total) / Fraction(whole)
    return Input(rate, rate, rate, f"{total:f}÷{whole:f}", tuple(span for _, _, span in seen))
