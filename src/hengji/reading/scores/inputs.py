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
from hengji.model.scorecard import Record, Scored, Standard, Where, Wording
from hengji.reading.scores.wording import folded, worded

_GAP = r"(?P<gap>[^。;!\d=×*/(<>≥≤、]{0,12}?)(?:=|:)?"
_AIMED = pattern(r"目标|计划|要求|标准|不低于|不少于|比|较|扣")
"""Between a name and a rate these tell what was meant, not what was done."""
_AT_LEAST = pattern(r"及?以上|的?(?:目标|要求|标准)|\(含\)|之间|得\d|-")
_OF_ALL = ("综合", "总体", "整体", "平均")
"""Before the name of a rate it is that of all who were asked, whatever is told of each group."""
_RATED = ("率", "满意度", "知晓度", "覆盖面")
_SHORTEST = 3
_NEXT_SCORE = pattern(r"[^。;；，,：:]{2,20}(?:分值|满分|权重)?\s*\d+(?:\.\d+)?\s*分[，,]\s*(?:扣|得)")
_ALONE = pattern(r"(?P<number>\d+(?:\.\d+)?)%")
"""What stands alone in the cell 完成值: of nothing else than the indicator."""
_OF = r"(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?P<unit>"
_UNIT = "人月|人次|餐次|家|个|张|处|户|场|次|套|台|项|人|公里|亩|所|座|平方米|份|床|例|件|餐|批|期|辆"
_DONE = pattern(
    rf"(?<!未)(?:实际)?(?:完成|补贴|补助|发放|建成|建设|新建|改造|培训|开展|实施)(?:了|数量?|数为?|为)?{_OF}{_UNIT})"
)
_MISSED = pattern(rf"未(?:能)?(?:完成|补贴|发放|建成|实施)(?:了|数量?|数为?|为)?{_OF}{_UNIT})")
_PLANNED = pattern(rf"(?:计划|目标|任务|年初(?:目标|计划))(?:[^。;,\d]{{0,12}}?){_OF}{_UNIT}|万元)")
_ACTUAL = pattern(rf"(?<!未)实际(?:[^。;,\d]{{0,12}}?){_OF}{_UNIT}|万元)")


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
    behind = (_behind(reading, record) for record in leaf.of(Where.CONCLUSION))
    for wording in (*leaf.analyses, *reasons, *filter(None, behind)):
        if "/" in standard.subject or "÷" in standard.subject:
            found.extend(_counted(reading, wording))
        else:
            found.extend(_of_all(reading, wording, leaf) or _rates(reading, wording, _subjects(leaf, standard)))
        if not found:
            found.extend(_for_short(reading, wording, leaf))
        if found:
            break
    return tuple(found)


def _behind(reading: Reading, record: Record) -> Wording | None:
    """What its paragraph goes on to tell of an indicator whose score stands in front: “…得7分。抽查300人，准确率98.00%。”."""
    if record.analysis is None:
        return None
    start = record.analysis.spans[-1].end
    end = reading.text.find("\n", start)
    end = len(reading.text) if end < 0 else end
    another = _NEXT_SCORE.search(reading.text, start, end)
    end = another.start() if another else end
    return worded(reading, Span(start, end)) if reading.text[start:end].strip() else None


def _subjects(leaf: Scored, standard: Standard) -> tuple[str, ...]:
    names = [standard.subject] if standard.subject else []
    if leaf.name.endswith(_RATED):
        names.append(leaf.name)
    return tuple(name for name in names if len(name) > 1)


def _of_all(reading: Reading, wording: Wording, leaf: Scored) -> list[Input]:
    """The rate of all together, where one is told beside those of groups: 综合满意度."""
    if not leaf.name.endswith(_RATED):
        return []
    return list(_rates(reading, wording, tuple(f"{each}{leaf.name[-_SHORTEST:]}" for each in _OF_ALL)))


def _for_short(reading: Reading, wording: Wording, leaf: Scored) -> list[Input]:
    """The one rate by the longest short name of an indicator: 持证上岗率, then 上岗率, of 护理员持证上岗率; none where its whole name is computed."""
    if not leaf.name.endswith(_RATED) or f"{leaf.name}=" in wording.text:
        return []
    names = (leaf.name[at:] for at in range(1, len(leaf.name) - _SHORTEST + 1))
    found = next(filter(None, (list(_rates(reading, wording, (name,))) for name in names)), [])
    return found if len({each.rate for each in found}) == 1 else []


def _rates(reading: Reading, wording: Wording, subjects: tuple[str, ...]) -> Iterator[Input]:
    """Rates behind a name that are not aimed at."""
    if not subjects:
        return
    sought = re.compile("(?:" + "|".join(map(re.escape, subjects)) + ")" + _GAP + r"(?P<number>\d+(?:\.\d+)?)%")
    for span in wording.spans:
        if "%" not in reading.quote(span) and "％" not in reading.quote(span):
            continue
        text = folded(reading, [span])
        alone = _ALONE.fullmatch(text.text)
        matches = [alone] if alone else list(sought.finditer(text.text))
        for match in matches if alone else _done(text.text, matches):
            printed = Decimal(match["number"])
            value, half = Fraction(printed) / 100, half_unit(printed) / 100
            yield Input(value - half, value, value + half, f"{printed}%", (text.span(match.start(), match.end()),))


def _done(text: str, matches: list[re.Match[str]]) -> list[re.Match[str]]:
    """Those that are not aimed at."""
    return [each for each in matches if not (_AIMED.search(each["gap"]) or _AT_LEAST.match(text, each.end()))]


def _counted(reading: Reading, wording: Wording) -> Iterator[Input]:
    done: list[tuple[Decimal, str, Span]] = []
    missed: list[tuple[Decimal, str, Span]] = []
    planned: list[tuple[Decimal, str, Span]] = []
    actual: list[tuple[Decimal, str, Span]] = []
    for span in wording.spans:
        text = folded(reading, [span])
        for sought, into in ((_DONE, done), (_MISSED, missed), (_PLANNED, planned), (_ACTUAL, actual)):
            into.extend(
                (Decimal(match["number"].replace(",", "")), match["unit"], text.span(match.start(), match.end()))
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
