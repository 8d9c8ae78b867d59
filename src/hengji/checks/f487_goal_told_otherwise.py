"""同一目标前后不一，或者与完成情况对不上。

## 查什么
绩效目标表和绩效目标一节中的目标值，与别处写的“低于90%的目标”“比目标低2个百分点”“计划改造220户”是否相同；目标表中的实际完成值与正文写明的同名比率是否相同；
“是否完成”一栏、“达到目标”“未达到目标”的说法与目标值、实际值是否相合；“比目标少10张”与目标数、实际数之差是否相同。同名目标有几个值的不查。

## 为什么
目标是评判产出和效益的尺子，前后两个数，完成与否就没有定论。

## 怎么改
以批复的绩效目标为准改成一致；目标调整过的，写明调整前后的数和依据。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.record import record
from hengji.reading.aims import NUMBER, UNIT, Aim, aims_of, number_of
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript, Passage, Role

CODE = "f487"
_RATE_END = pattern(r"[率度]$")
_END = 3
"""So many last characters of the name of a rate stand for it: 知晓率."""
_RATE = r"(?P<rate>\d{1,3}(?:\.\d+)?)%"
_AIMED = pattern(
    r"(?:低于|未达到|没有达到|未达|达到|达|高于|超过|比|不及|距离?)(?P<value>\d{1,3}(?:\.\d+)?)%的?(?:年度|年初|绩效|预期)*(?:目标|指标值)"
    r"|(?:目标值?|指标值|预期值)(?:为|是)?(?:≥|不低于|达到)?(?P<other>\d{1,3}(?:\.\d+)?)%"
)
_POINTS = pattern(
    rf"{_RATE}[,，]?比(?:年度|年初|绩效)*(?:目标值?|指标值|(?P<named>\d{{1,3}}(?:\.\d+)?)%的目标值?)(?P<side>低|高)(?P<points>\d{{1,3}}(?:\.\d+)?)个百分点"
)
_PLANNED = pattern(
    rf"(?:计划|目标)(?:新增|新建|改造|服务|发放|补贴|补助|完成|培训|建设|覆盖)?[^\d,;。]{{0,8}}?(?P<value>{NUMBER})(?P<unit>{UNIT}),(?:[^\d,;。]{{0,6}})?实际[^\d,;。]{{0,10}}?(?P<done>{NUMBER})(?P=unit)"
)
_SHORT = pattern(
    rf"比(?:年度|年初)?(?:目标|计划)(?:任务)?(?P<side>少|多|低|高)[^\d,;。]{{0,6}}?(?P<points>{NUMBER})(?P<unit>{UNIT})(?!百分点)"
)
_NOT_REACHED = pattern(
    rf"{_RATE},(?P<all>均|都)?(?P<not>未|没有|不)?(?:能)?(?:达到|完成|实现)(?:了)?(?:年度|年初|绩效|预期)*(?:目标|指标值)"
)
_NAMED_RATE = r"{name}(?:仅|为|是|达|达到|只有|约|:)*(?P<rate>\d{{1,3}}(?:\.\d+)?)%(?!及?以上|的目标|-|~)"
_COST = pattern(r"成本|费用|时间|时限|事故|投诉|差错|死亡|发生率|失败|次品|天数|超")
_LEFT_OUT = {Role.ADVICE, Role.WORK}
_PAIR = 2
_MOST = 150
"""A report with more goals is not asked, so that time stays linear."""
_HAN = pattern(HAN)
_LINK = pattern(r"(?:的|其|中|了|综合|总体|整体|平均)$")
_WORD = pattern(r"[一-鿿]{2}")


@record
class _Said:
    """A target that a sentence tells, of which goal, and what it would have to be."""

    aim: Aim
    value: Decimal
    span: Span


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Goals told otherwise elsewhere, and words about them that their numbers belie."""
    aims = aims_of(reading, manuscript)
    if not 0 < len(aims) <= _MOST:
        return
    for aim in aims:
        yield from _belied(reading, aim)
    rates = [aim for aim in aims if aim.unit == "%" and _RATE_END.search(aim.name)]
    passages = [each for each in manuscript.told() if each.role not in _LEFT_OUT]
    given = [aim.span for aim in aims]
    for passage in passages:
        if "目标" not in passage.text and "计划" not in passage.text and "指标值" not in passage.text:
            continue
        whole = passage.span()
        if any(whole.holds(span) for span in given):
            continue
        yield from _rates(reading, passage, rates)
        yield from _reached(reading, passage, rates)
    yield from _counts(reading, passages, aims)
    yield from _done(reading, passages, rates)


def _belied(reading: Reading, aim: Aim) -> Iterator[Finding]:
    """The word for reached or not in a row of the table of goals, against its two numbers."""
    if aim.done is None or aim.reached is None or aim.done_span is None or aim.reached_span is None:
        return
    if not aim.bounded and _COST.search(aim.name):
        return
    reached = aim.done <= aim.value if aim.at_most else aim.done >= aim.value
    if reached is not aim.reached:
        said = reading.quote(aim.reached_span).strip()
        right = "达到了目标" if reached else "没有达到目标"
        found = f"“{aim.name}”写“{said}”，而目标{_shown(aim.value, aim)}、实际{_shown(aim.done, aim)}，{right}"
        fault = Fault(CODE, Severity.WARNING, found, right, "核对目标值、实际值和完成情况", "", Confidence.LIKELY)
        yield remark(reading, fault, aim.reached_span, aim.span, aim.done_span)


def _shown(value: Decimal, aim: Aim) -> str:
    return f"{value:f}{aim.unit}"


def _rates(reading: Reading, passage: Passage, aims: list[Aim]) -> Iterator[Finding]:
    """“低于90%的目标”, “比目标低2个百分点”: of the goal whose last words stand in the same clause or sentence."""
    for match in _AIMED.finditer(passage.text):
        aim = _of_sentence(passage, match.start(), aims)
        value = Decimal(match["value"] or match["other"])
        if aim is not None and value != aim.value:
            yield _otherwise(reading, aim, value, passage.span(*match.span()))
    for match in _POINTS.finditer(passage.text):
        aim = _of_sentence(passage, match.start("rate"), aims)
        points = Decimal(match["points"]) * (1 if match["side"] == "低" else -1)
        if aim is None or (match["named"] and Decimal(match["named"]) != aim.value):
            continue
        away = aim.value - Decimal(match["rate"])
        if abs(away - points) >= _unit(match["points"]):
            span = passage.span(*match.span())
            found = f"“{aim.name}”写比目标{match['side']}{match['points']}个百分点，按目标{aim.value:f}%、实际{match['rate']}%应为{abs(away).normalize():f}个百分点"
            sums = f"{aim.value:f}% − {match['rate']}% = {away.normalize():f}个百分点"
            fault = Fault(
                CODE,
                Severity.WARNING,
                found,
                f"{abs(away).normalize():f}个百分点",
                "核对目标值、实际值和差距",
                sums,
                Confidence.LIKELY,
            )
            yield remark(reading, fault, span, aim.span)


def _unit(printed: str) -> Decimal:
    """One of the last digit of a number."""
    return Decimal(1).scaleb(-len(printed.partition(".")[2]))


def _of_sentence(passage: Passage, at: int, aims: list[Aim]) -> Aim | None:
    """The one goal whose last words stand last before a place of its sentence; of several with the same the one whose name is all there."""
    start, end = passage.sentence(at)
    before = passage.text[start:at]
    found: list[tuple[int, Aim]] = []
    for aim in aims:
        place = before.rfind(aim.name[-_END:])
        if place >= 0 and _is_its(aim, before[:place], aim.name[-_END:]):
            found.append((place, aim))
    if not found:
        return None
    last = max(place for place, _ in found)
    near = [aim for place, aim in found if place == last]
    if len({aim.value for aim in near}) > 1:
        near = [aim for aim in near if aim.name in passage.text[start:end]]
    return near[0] if len({aim.value for aim in near}) == 1 else None


def _otherwise(reading: Reading, aim: Aim, value: Decimal, span: Span) -> Finding:
    found = f"“{aim.name}”的目标这里是{_shown(value, aim)}，绩效目标中是{_shown(aim.value, aim)}"
    fault = Fault(
        CODE, Severity.WARNING, found, "各处目标值相同", "以批复的绩效目标为准改成一致", "", Confidence.LIKELY
    )
    return remark(reading, fault, span, aim.span)


def _reached(reading: Reading, passage: Passage, aims: list[Aim]) -> Iterator[Finding]:
    """“满意度92.00%，未达到目标” against the goal; with 均 for every rate of the sentence."""
    for match in _NOT_REACHED.finditer(passage.text):
        start, _ = passage.sentence(match.start())
        begin = start if match["all"] else match.start()
        for rate in re.finditer(_RATE, passage.text[begin : match.end("rate") + 1]):
            at = begin + rate.start()
            aim = _right_before(passage.text[start:at], aims)
            value = Decimal(rate["rate"])
            if aim is None or aim.at_most:
                continue
            if (value >= aim.value) is bool(match["not"]):
                said = "没有达到目标" if match["not"] else "达到目标"
                found = f"“{aim.name}”{value:f}%写{said}，而绩效目标中是{_shown(aim.value, aim)}"
                fault = Fault(
                    CODE, Severity.WARNING, found, "说法与两个数相合", "核对目标值和实际值", "", Confidence.LIKELY
                )
                yield remark(reading, fault, passage.span(at, match.end()), aim.span)


def _is_its(aim: Aim, before: str, name: str) -> bool:
    """Whether the words before a short name are those of the goal, or none of a name: 预算执行率 is not 标准执行率."""
    rest = aim.name[: len(aim.name) - len(name)]
    return not rest or not before or before[-1] == rest[-1] or not _HAN.match(before[-1]) or bool(_LINK.search(before))


def _right_before(text: str, aims: list[Aim]) -> Aim | None:
    near = [
        aim
        for aim in aims
        if (at := text.rfind(aim.name[-_END:], len(text) - _END - _PAIR)) >= 0
        and _is_its(aim, text[:at], aim.name[-_END:])
    ]
    return near[0] if len({aim.value for aim in near}) == 1 else None


def _counts(reading: Reading, passages: list[Passage], aims: tuple[Aim, ...]) -> Iterator[Finding]:
    """“计划改造220户，实际改造210户”, and “比计划少改造10户” against the same."""
    counted = [aim for aim in aims if aim.unit and aim.unit != "%"]
    done: dict[Aim, Decimal] = {}
    for passage in passages:
        for match in _PLANNED.finditer(passage.text) if "实际" in passage.text else ():
            aim = _of_words(passage.text[: match.end()], match["unit"], counted)
            value = number_of(match["value"])
            if aim is None:
                continue
            if all(value != each.value for each in counted):
                yield _otherwise(reading, aim, value, passage.span(*match.span()))
            elif value == aim.value:
                done[aim] = number_of(match["done"])
    for passage in passages:
        for match in _SHORT.finditer(passage.text):
            start, _ = passage.sentence(match.start())
            aim = _of_words(passage.text[start : match.end()], match["unit"], [*done])
            if aim is None:
                continue
            away = abs(aim.value - done[aim])
            if away != number_of(match["points"]):
                found = f"“{aim.name}”写比目标{match['side']}{match['points']}{aim.unit}，按目标{_shown(aim.value, aim)}、实际{_shown(done[aim], aim)}应为{_shown(away, aim)}"
                sums = f"{aim.value:f} − {done[aim]:f} = {aim.value - done[aim]:f}"
                fault = Fault(
                    CODE,
                    Severity.WARNING,
                    found,
                    _shown(away, aim),
                    "核对目标数、实际数和差额",
                    sums,
                    Confidence.LIKELY,
                )
                yield remark(reading, fault, passage.span(*match.span()), aim.span)


def _of_words(text: str, unit: str, aims: list[Aim]) -> Aim | None:
    """The goal in this unit with most of its words in a text, two at least where there are several goals, and no other goal as many."""
    scores = sorted(
        ((sum(pair in text for pair in _pairs(aim.name)), aim.value, aim) for aim in aims if aim.unit == unit),
        key=lambda each: -each[0],
    )
    if not scores or scores[0][0] < (_PAIR if len(scores) > 1 else 1):
        return None
    tied = {value for score, value, _ in scores if score == scores[0][0]}
    return scores[0][2] if len(tied) == 1 else None


def _pairs(name: str) -> set[str]:
    return {name[at : at + 2] for at in range(len(name) - 1) if _WORD.fullmatch(name[at : at + 2])}


def _done(reading: Reading, passages: list[Passage], aims: list[Aim]) -> Iterator[Finding]:
    """What came of a rate by the table of goals, where the text tells only another rate by its name."""
    for aim in aims:
        if aim.done is None or aim.done_span is None:
            continue
        for name in (aim.name, *(aim.name[at:] for at in range(1, len(aim.name) - _END + 1))):
            sought = re.compile(_NAMED_RATE.format(name=re.escape(name)))
            told = [
                (passage, match)
                for passage in passages
                if passage.kind is Kind.PROSE and name in passage.text
                for match in sought.finditer(passage.text)
                if _is_its(aim, passage.text[: match.start()], name)
            ]
            if told:
                values = {Decimal(match["rate"]) for _, match in told}
                if len(values) == 1 and not values & {aim.done, aim.value} and not _rounded(aim.done, *values):
                    yield _done_otherwise(reading, aim, told)
                break


def _rounded(one: Decimal, other: Decimal) -> bool:
    """Whether a number is another printed with fewer digits."""
    off = abs(one - other)
    return off <= max(_unit(f"{one:f}"), _unit(f"{other:f}")) / 2


def _done_otherwise(reading: Reading, aim: Aim, told: list[tuple[Passage, re.Match[str]]]) -> Finding:
    match = told[0][1]
    assert aim.done is not None
    assert aim.done_span is not None
    found = f"“{aim.name}”的实际完成值是{_shown(aim.done, aim)}，正文写{match['rate']}%"
    fault = Fault(CODE, Severity.WARNING, found, "实际值前后一致", "核对后改成一致", "", Confidence.LIKELY)
    return remark(reading, fault, aim.done_span, *(each.span(*one.span()) for each, one in told))
