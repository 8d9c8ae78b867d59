"""Intervals as people print them: “90(含)-100分”, “95%-90%(含90%)”, “≥90”, “[80,90)”, “80%以上(含80%)”, “80%≤X<90%”.

One grammar for grade bands and for the steps of a standard. Text is folded. A bound that nobody assigns has no edge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from hengji.model.band import Edge
from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.model.scorecard import Interval

_N = r"(?P<{0}>\d+(?:\.\d+)?)(?:%|分)?"
_IN = r"(?P<{0}>\((?:含|包含|不含)[^()]{{0,8}}\)|(?:含)(?=[-~—至到]))?"
_DASH = r"(?:之?间)?(?:分|%)?(?:-{1,2}|~|—{1,2}|–|至|到|～)"

_FORMS = (
    # [80,90)
    pattern(r"(?P<open>[\[(])" + _N.format("a") + r"[,、;]" + _N.format("b") + r"(?P<close>[\])])"),
    # 80%≤X<90%, 90>得分≥80
    pattern(
        _N.format("a")
        + r"(?P<left><=|>=|<|>|≤|≥|＜|＞|⩽|⩾)(?P<what>[^\d<>≤≥,;。]{1,14}?)(?P<right><=|>=|<|>|≤|≥|⩽|⩾)"
        + _N.format("b")
    ),
    # ≥80且<90, 不低于80分但低于90分
    pattern(
        r"(?P<left>>=|>|≥|⩾|大于等于|大于或等于|不低于|不小于|高于|大于|超过|达到)"
        + _N.format("a")
        + r",?(?:且|并且|而且|但)(?P<right><=|<|≤|⩽|小于等于|小于或等于|低于|小于|不足|不到|未达到|未达|不高于|不超过)"
        + _N.format("b")
    ),
    # 80分及以上90分以下, 80%(含)以上、不足90%
    pattern(
        _N.format("a")
        + r"(?P<before>\((?:含|包含|不含)[^()]{0,8}\))?(?P<word>及以上|或以上|含以上|以上)[,、且至]?(?P<less>不足|低于|不到|小于|未满)?"
        + _N.format("b")
        + r"(?P<after>\((?:含|包含|不含)[^()]{0,8}\))?(?(less)(?:以下)?|以下)"
    ),
    # 90(含)-100(不含)(含90)
    pattern(
        _N.format("a")
        + _IN.format("ain")
        + r"(?:以上)?"
        + _DASH
        + _N.format("b")
        + _IN.format("bin")
        + r"(?:分|%)?(?P<under>以下)?(?:之间|区间)?(?P<tail>(?:的?(?:得[\d.]+分|得满分)?)?\((?:含|不含|包含)[^()]{0,8}\)|[,、]不?含\d+(?:\.\d+)?(?:分|%)?)?"
    ),
    # ≥90, 不低于90, 超过95%
    pattern(
        r"(?P<sign>>=|<=|>|<|≥|≤|=|⩾|⩽|大于等于|大于或等于|小于等于|小于或等于|不低于|不少于|不小于|不高于|不超过|不大于|高于|超过|大于|低于|小于|不足|不到|未达到|未达|达到|达|为)(?:或等于)?"
        + _N.format("a")
        + r"(?P<inside>\((?:含|不含|包含)[^()]{0,8}\))?(?P<word>及以上|\(含\)以上|以上|及以下|以下)?"
    ),
    # 到位率100%得4分
    pattern(r"(?:(?<=率)|(?<=度)|(?<=例)|(?<=[;。,:]))(?P<a>100)%(?=的?,?(?:得|计|给|为满分))"),
    # 95%以上(含95%), 60分以下, 95%(含)以上
    pattern(
        _N.format("a")
        + r"(?P<before>\((?:含|不含|包含)[^()]{0,8}\))?(?P<word>及以上|或以上|含以上|以上|及以下|或以下|以下)(?P<after>\((?:含|不含|包含)[^()]{0,8}\))?"
    ),
)
_AT_LEAST = {">=", "≥", "⩾", "大于等于", "大于或等于", "不低于", "不少于", "不小于", "达到", "达"}
_MORE = {">", "高于", "超过", "大于", "＞"}
_AT_MOST = {"<=", "≤", "⩽", "小于等于", "小于或等于", "不高于", "不超过", "不大于"}
_STACK = 2
_WHOLE = Decimal(100)
_LESS = {"<", "低于", "小于", "不足", "不到", "未达到", "未达", "＜"}


@record
class Found:
    """An interval, and the folded characters that print it."""

    start: int
    end: int
    interval: Interval


def intervals(text: str) -> Iterator[Found]:
    """The intervals of a folded text from left to right; none overlap. Each form looks no farther than its next one."""
    ahead = {form: form.search(text) for form in _FORMS}
    while nearest := min(filter(None, ahead.values()), key=_order, default=None):
        interval = _READERS[_FORMS.index(nearest.re)](nearest)
        if interval is not None:
            yield Found(nearest.start(), nearest.end(), interval)
        for form, match in ahead.items():
            if match is not None and match.start() < nearest.end():
                ahead[form] = form.search(text, nearest.end())


def _order(match: re.Match[str]) -> tuple[int, int]:
    return match.start(), -match.end()


def _bracketed(match: re.Match[str]) -> Interval | None:
    low, high = Decimal(match["a"]), Decimal(match["b"])
    if low > high:
        return None
    return Interval(low, high, _edge(match["open"] == "["), _edge(match["close"] == "]"))


def _around(match: re.Match[str]) -> Interval | None:
    left, right = Decimal(match["a"]), Decimal(match["b"])
    signs = match["left"], match["right"]
    if all(sign in _LESS | _AT_MOST for sign in signs) and left <= right:
        return Interval(left, right, _edge(signs[0] in _AT_MOST), _edge(signs[1] in _AT_MOST))
    if all(sign in _MORE | _AT_LEAST for sign in signs) and left >= right:
        return Interval(right, left, _edge(signs[1] in _AT_LEAST), _edge(signs[0] in _AT_LEAST))
    return None


def _both(match: re.Match[str]) -> Interval | None:
    low, high = Decimal(match["a"]), Decimal(match["b"])
    if low >= high:
        return None
    return Interval(low, high, _edge(match["left"] in _AT_LEAST), _edge(match["right"] in _AT_MOST))


def _between(match: re.Match[str]) -> Interval | None:
    first, second = Decimal(match["a"]), Decimal(match["b"])
    edges = {first: _said(match["ain"]), second: None}
    for bracket in (match["bin"], match["tail"]):
        if bracket:
            said = bracket[max(bracket.find("("), 0) :]
            named = re.search(r"\d+(?:\.\d+)?", said)
            edges[Decimal(named.group()) if named else second] = _said(said)
    low, high = sorted((first, second))
    if match["under"] and high == second and edges[high] is None:
        edges[high], edges[low] = Edge.EXCLUDED, edges[low] or Edge.INCLUDED
    return None if low == high else Interval(low, high, edges[low], edges[high])


def _signed(match: re.Match[str]) -> Interval | None:
    bound, sign, word = Decimal(match["a"]), match["sign"], match["word"] or ""
    inside = _said(match["inside"])
    if sign in {"=", "为"}:
        return _worded(bound, word, inside) if word else Interval(bound, bound, Edge.INCLUDED, Edge.INCLUDED)
    if sign in _AT_LEAST or ("达" in sign and "未" not in sign):
        return Interval(bound, None, inside or Edge.INCLUDED)
    if sign in _MORE:
        return Interval(bound, None, inside or Edge.EXCLUDED)
    if sign in _AT_MOST:
        return Interval(None, bound, None, inside or Edge.INCLUDED)
    return Interval(None, bound, None, inside or Edge.EXCLUDED)


def _exactly(match: re.Match[str]) -> Interval | None:
    return Interval(Decimal(match["a"]), Decimal(match["a"]), Edge.INCLUDED, Edge.INCLUDED)


def _open(match: re.Match[str]) -> Interval | None:
    return _worded(Decimal(match["a"]), match["word"], _said(match["before"]) or _said(match["after"]))


def _worded(bound: Decimal, word: str, said: Edge | None) -> Interval:
    """“90以上”, “90及以上”, “60以下”; plain “以上” does not say whether the bound belongs."""
    edge = said or (Edge.INCLUDED if word[0] in "及或含(" else None)
    return Interval(bound, None, edge) if "上" in word else Interval(None, bound, None, edge)


def _from_to(match: re.Match[str]) -> Interval | None:
    low, high = Decimal(match["a"]), Decimal(match["b"])
    edge = _said(match["after"]) or (Edge.EXCLUDED if match["less"] else None)
    below = _worded(low, match["word"], _said(match["before"]))
    return replace(below, high=high, high_edge=edge) if low < high else None


_READERS = (_bracketed, _around, _both, _from_to, _between, _signed, _exactly, _open)


def _edge(included: bool) -> Edge:  # noqa: FBT001  a truth of the text, not a choice of behaviour
    return Edge.INCLUDED if included else Edge.EXCLUDED


def _said(bracket: str | None) -> Edge | None:
    if not bracket:
        return None
    return Edge.EXCLUDED if "不含" in bracket else Edge.INCLUDED


def completed(steps: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """Intervals of one scale with edges that their neighbours decide.

    A bound that one neighbour includes the other excludes; a bound that one excludes the other includes. Where “80%以上” is printed and
    its neighbour takes 80% expressly, both stay as they were read.
    """
    steps = _stacked(steps)
    return tuple(
        replace(each, low_edge=_closed(each, each.low, each.low_edge, steps), high_edge=_topped(each, steps))
        for each in steps
    )


def _stacked(steps: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """“90以上…，80以上…，60以上…”, “100%…，70%以上…”: each but the first is meant up to the one before it."""
    begun = sorted((each.low for each in steps if each.low is not None and each.high in (None, each.low)), reverse=True)
    if len(set(begun)) < _STACK:
        return steps
    above = dict(zip(begun[1:], begun, strict=False))
    return tuple(
        replace(each, high=above[each.low])
        if each.high is None and each.low is not None and each.low in above
        else each
        for each in steps
    )


def _closed(each: Interval, bound: Decimal | None, edge: Edge | None, steps: tuple[Interval, ...]) -> Edge | None:
    if bound is None or edge is not None:
        return edge
    met = {_edge_at(other, bound) for other in steps if other is not each} - {None}
    if not met:
        return None
    return Edge.EXCLUDED if Edge.INCLUDED in met else Edge.INCLUDED


def _topped(each: Interval, steps: tuple[Interval, ...]) -> Edge | None:
    """The upper edge; the whole of 100 belongs to the highest step, if no other step speaks of it."""
    others = [other for other in steps if other is not each]
    if (
        each.high == _WHOLE
        and each.high_edge is None
        and not any(_WHOLE in (other.low, other.high) for other in others)
    ):
        return Edge.INCLUDED
    return _closed(each, each.high, each.high_edge, steps)


def _edge_at(interval: Interval, value: Decimal) -> Edge | None:
    if interval.low == value:
        return interval.low_edge
    return interval.high_edge if interval.high == value else None
