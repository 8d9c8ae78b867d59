"""The steps of a standard: an interval of a rate, and what a value within it gets or loses."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from hengji.model.patterns import pattern
from hengji.model.scorecard import Step
from hengji.reading.folding import Folded
from hengji.reading.scores.intervals import Found, completed, intervals

_NUMBER = r"\d+(?:\.\d+)?"
_GIVEN = pattern(
    rf"(?P<full>满分)|(?P<nothing>不得分|得0分|(?<![\d.])0分|零分)|(?:扣除|扣减|扣)(?:指标)?(?:该项)?(?:分值|分数)?(?:(?P<minus>{_NUMBER})分|(?:的)?(?P<share_off>{_NUMBER})%)|(?:得|计|为|:)?(?P<plus>{_NUMBER})分(?!钟)|得?(?:权重|分值|权重分|指标分值|该项分值)(?:分)?(?:的)?(?P<share>{_NUMBER})%|得(?P<share_of>{_NUMBER})%(?:的)?(?:分值|权重|权重分|指标分)"
)
_RATE = pattern(r"%|率|度|比例|得分|[<>≤≥]")
_RANKED = {"名", "位"}
"""Signs behind the places of a list (6-10名), which are no values of a rate."""
_PER = pattern(r"每[^;。]{0,12}$")


def steps_in(text: Folded, weight: Decimal | None) -> tuple[Step, ...]:
    """The steps in order; intervals that nothing is given for are none."""
    if not _RATE.search(text.text):
        return ()
    found = list(intervals(text.text))
    steps = []
    for each, following in pairwise([*found, None]):
        assert each is not None
        step = _step(text, each, following.start if following else len(text.text), weight)
        if step is not None:
            steps.append(step)
    closed = completed(tuple(step.interval for step in steps))
    return tuple(replace(step, interval=interval) for step, interval in zip(steps, closed, strict=True))


def _step(text: Folded, each: Found, limit: int, weight: Decimal | None) -> Step | None:
    if _PER.search(text.text[max(0, each.start - 14) : each.start]) or text.text[each.end : each.end + 1] in _RANKED:
        return None
    if text.text[each.end - 1 : each.end] == "分" and "%" not in text.text[each.start : each.end]:
        return None
    match = _GIVEN.search(text.text, max(each.start, each.end - 12), limit)
    if match is None:
        return None
    if match.end() > each.end and re.search(r"[。]", text.text[each.end : match.start()]):
        return None
    span = text.span(each.start, max(match.end(), each.end))
    if match["full"]:
        return Step(span, each.interval, points=weight)
    if match["nothing"]:
        return Step(span, each.interval, points=Decimal(0))
    if match["minus"]:
        return Step(span, each.interval, deduction=Decimal(match["minus"]))
    if match["share_off"]:
        return Step(span, each.interval, deduction=weight and weight * Decimal(match["share_off"]) / 100)
    if share := match["share"] or match["share_of"]:
        return Step(span, each.interval, points=weight and weight * Decimal(share) / 100)
    return Step(span, each.interval, points=Decimal(match["plus"]))
