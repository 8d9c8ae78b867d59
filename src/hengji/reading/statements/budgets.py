"""Rates of execution and rests whose budget is told in another paragraph: 项目支出1,087.50万元,预算执行率87.00%, of the 1,250万元 a page before.

Only the project's own money is looked at (项目支出, not 甲镇支出), and only where no amount of the report at all gives what is stated:
then it is the one budget that the report tells, or, of several, that from which a single digit, or two that changed places, lead astray.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction

from hengji.model.claim import Claim, Hedge, Measure, Relation
from hengji.model.patterns import pattern
from hengji.model.reading import Span
from hengji.reading.statements.amounts import Amounts
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.parts import addable
from hengji.reading.statements.tokens import Kind
from hengji.reading.statements.verdicts import Range, Statement, differing, range_of, rated, written_otherwise

_OWN = (
    r"(?:20\d\d年度?|截至.{0,8}?[底末日]|项目|资金|专项|财政|本级|全年|当年|本年度?|年度|累计|实际|已经?|共|总|合计)*"
)
_BUDGET = pattern(
    rf"{_OWN}(?:安排)?(?:年初|调整后|全年|批复|下达)?预算(?:安排|资金|总额|总数|数|金额|批复)*(?:共计?|合计|总计|[为是达])*"
)
_SPENT = pattern(rf"{_OWN}(?:支出|支付|执行|使用)(?:预算|资金|金额|总额|数)*(?:共计?|合计|总计|[为是达了])*")
_RATE = pattern(r"(?:项目|资金|年度|全年)*(?:预算)?(?:执行率|支出率|使用率|完成率)[仅只为是达到约]*")
_REST = pattern(r"(?:资金|年末|年底|尚)*(?:结余|剩余|余额|结转|未支付)(?:资金|金额)?[共为是有]*")
_NEAR = Fraction(1, 4)
"""How far a budget that is meant is from what the statement gives, at most."""


def of_budgets(passages: Sequence[Passage], amounts: Amounts, stated: AbstractSet[Span]) -> Iterator[Claim]:
    """Rates and rests right behind what was spent that are in no claim yet (``stated``). Time is linear in the text."""
    budgets = _budgets(passages)
    for passage in passages if budgets else ():
        for spent, told in zip(passage.mentions, passage.mentions[1:], strict=False):
            whole = None if told.quantity.span in stated else _whole(spent, told)
            if whole is not None and not amounts.has_money(whole, spent.quantity):
                statement = _statement(told, spent, budgets, whole)
                if statement is not None:
                    yield statement.claim(passage)


def _budgets(passages: Sequence[Passage]) -> dict[Fraction, Mention]:
    """The project's budgets, the first mention of each amount."""
    found: dict[Fraction, Mention] = {}
    for passage in passages:
        for mention in passage.mentions:
            if mention.role is Kind.BUDGET and _is_money(mention) and _BUDGET.fullmatch(mention.before):
                found.setdefault(mention.quantity.value, mention)
    return found


def _is_money(mention: Mention) -> bool:
    return mention.unit.measure is Measure.MONEY and addable(mention) and mention.quantity.hedge is Hedge.NONE


def _whole(spent: Mention, told: Mention) -> Range | None:
    """What the budget must be for a rate, or a rest, of what was spent right before it; None where it is neither."""
    if told.sentence != spent.sentence or told.clause - spent.clause != 1 or told.quantity.hedge is not Hedge.NONE:
        return None
    if not (_is_money(spent) and _SPENT.fullmatch(spent.before)):
        return None
    if told.unit.measure is Measure.RATE and _RATE.fullmatch(told.before):
        return range_of(spent.quantity).over_by(range_of(told.quantity))
    if _is_money(told) and _REST.fullmatch(told.before):
        return range_of(spent.quantity) + range_of(told.quantity)
    return None


def _statement(told: Mention, spent: Mention, budgets: dict[Fraction, Mention], whole: Range) -> Statement | None:
    """The one budget that may be meant."""
    near = [
        each
        for value, each in budgets.items()
        if value >= spent.quantity.value and abs(value - whole.value) <= _NEAR * whole.value
    ]
    ways = [way for each in near if (way := _of(told, spent, each)) is not None]
    slipped = [way for way in ways if written_otherwise(told.quantity, way.computed)]
    chosen = slipped if len(budgets) > 1 else ways
    return chosen[0] if len(chosen) == 1 else None


def _of(told: Mention, spent: Mention, budget: Mention) -> Statement | None:
    """What is told as the rate of a budget, or as what is left of it."""
    if told.unit.measure is Measure.RATE:
        return rated(told, spent, budget)
    return differing(Relation.DIFFERENCE, told, budget, spent)
