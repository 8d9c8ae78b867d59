"""Rates of what was done beside what was not (支付 1,850 万元, 未支付 70 万元, 支付率 96.35%), and of what was done beyond the plan; problems
told with those that are put right and those that are not yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengji.model.claim import Claim, Measure, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.reading.han import HAN
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.parts import addable
from hengji.reading.statements.tokens import Kind
from hengji.reading.statements.verdicts import Range, Statement, made_up, quotient_holds, range_of, shown, total

_REST = pattern(rf"未(?P<verb>{HAN}){HAN}{{0,3}}$")
_BEYOND = pattern("超(?:额完成|额|出|过)?(?:年度|年初)?(?:任务|计划|目标)(?:数|任务)?(?:的)?$|超额完成$")
_PLANNED = pattern("任务|计划|目标")
_RAISED = pattern(
    rf"(?:提出|发现|反馈|排查|梳理|收到|受理|移交){HAN}{{0,6}}(?:问题|意见|建议|线索|隐患|投诉|案件|诉求)(?:共|共计|合计)?$"
)
_FINISHED = pattern(r"已(?:经)?(?:全部)?(?:完成)?(?:整改|办结|解决|销号|采纳|处理)(?:到位|完成|完毕)?(?:了)?$")
_UNFINISHED = pattern(r"(?:正在|尚未|仍未|未)(?:完成)?(?:整改|办结|解决|销号|采纳|处理)(?:到位|完成)?(?:的)?(?:有)?$")
_PAIR, _REACH = 2, 6
_VERB = 2
"""So many characters before 率 say what was done: 支付率."""


def undone(passage: Passage) -> Iterator[Claim]:
    """Every such rate whose two amounts stand right before it in the sentence, and no third."""
    for number, rate in enumerate(passage.mentions):
        if rate.unit.measure is not Measure.RATE or number < _PAIR:
            continue
        one, other = passage.mentions[number - _PAIR : number]
        if not (one.like(other) and addable(one) and addable(other) and one.sentence == rate.sentence):
            continue
        earlier = any(each.like(one) for each in passage.mentions[: number - _PAIR])
        statement = None if earlier else _of_both(one, other, rate) or _beyond(one, other, rate)
        if statement is not None:
            yield statement.claim(passage)


def put_right(passage: Passage) -> Iterator[Claim]:
    """So many problems of which some are put right and all others are not yet: 提出问题7项,…已完成整改5项,正在整改2项."""
    for number, whole in enumerate(passage.mentions[:-_PAIR]):
        if not _RAISED.search(whole.before):
            continue
        near = (each for each in passage.mentions[number + 1 : number + _REACH] if each.like(whole))
        parts = [each for each in near if each.sentence == whole.sentence and each.quantity.printed.isdecimal()]
        told = len(parts) == _PAIR and _FINISHED.search(parts[0].before) and _UNFINISHED.search(parts[1].before)
        if told:
            yield made_up(whole, parts).claim(passage)


def _of_both(done: Mention, rest: Mention, rate: Mention) -> Statement | None:
    """What was done over what was and what was not together, all of one verb."""
    left = _REST.search(rest.before)
    if left is None or "未" in done.before or left["verb"] not in done.before:
        return None
    named = rate.before.partition("率")[0][-_VERB:]
    if left["verb"] not in named or "未" in rate.before:
        return None
    computed = range_of(done.quantity).over_by(total((done.quantity, rest.quantity)))
    written = f"{shown(done.quantity)} ÷ ({shown(done.quantity)} + {shown(rest.quantity)})"
    return None if computed is None else _statement(rate, (done, rest), computed, written)


def _beyond(plan: Mention, done: Mention, rate: Mention) -> Statement | None:
    """What was done above the plan over the plan; the rate of all that was done is often called so too."""
    if _BEYOND.search(rate.before) is None or not (plan.role is Kind.BUDGET or _PLANNED.search(plan.before)):
        return None
    if done.role is not Kind.DONE or quotient_holds(done.quantity, plan.quantity, rate.quantity):
        return None
    computed = (range_of(done.quantity) - range_of(plan.quantity)).over_by(range_of(plan.quantity))
    if computed is None or computed.value <= 0:
        return None
    return _statement(
        rate, (done, plan), computed, f"({shown(done.quantity)} - {shown(plan.quantity)}) ÷ {shown(plan.quantity)}"
    )


def _statement(rate: Mention, others: Sequence[Mention], computed: Range, written: str) -> Statement:
    return Statement(Relation.RATIO, rate, others, computed, written, confidence=Confidence.LIKELY)
