"""What is left of an amount: 到位 251.28 万元, 拨付 214.61 万元, 尚有 36.67 万元未拨付."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from hengji.model.claim import Claim, Measure, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.reading.han import HAN
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.parts import addable
from hengji.reading.statements.tokens import Kind
from hengji.reading.statements.verdicts import Statement, range_of, sharpened, shown, total

_FROM = frozenset({Kind.BUDGET, Kind.ARRIVED, None})
_TAKEN = frozenset({Kind.SPENT, Kind.ARRIVED, Kind.DONE})
_CARRIED = pattern("上年结|上年末|年初结|年初财政|以前年度|(?:结余|结转)(?:资金)?收入")
_OWED = pattern("应[收付]|贷款|借款|债务|存款|欠款")
"""Words of a balance that is no rest of money spent."""

_NOT_DONE = pattern(rf"(?:未被?|没有|不)(?P<verb>{HAN}{{2,4}})的?$")
_THEN_NOT_DONE = pattern(rf"(?:因[^,;。]{{2,16}})?未(?:予以?|被)?(?P<verb>{HAN}{{2}})")
_LEFT_OF = (
    (pattern(rf"(?<!未)已{HAN}{{2,6}}$"), pattern(r"(?:目前|现|尚)?(?:剩余|尚余|还剩|余下)(?:的)?$")),
    (
        pattern(rf"(?:剔除|扣除|去掉){HAN}{{0,10}}$"),
        pattern(r"(?:实际|最终|得到|共)?有效(?:问卷|样本|答卷)?(?:为|共)?$"),
    ),
)
"""What was taken away, and what is called left of it, of a number right before both."""
_BOTH = 2
_SETTLED = pattern("^(?:均|都|全部|已)*(?:足额|全额|全部|如数)(?:到位|拨付|支付|下达)")
"""Words behind the last of some amounts of which nothing is left."""
_OF_SEVERAL = pattern(r"[两三四五各]年|[两三四五各]个年度|[两三四五各]项|合计|共计|累计|总计|历年|结转下年支出")
"""Words of what is left of several amounts together; 结转下年支出 stands among the outgoings of a balance."""

_APART = pattern("(?:两者|二者)?(?:相差|差额|差距|价差)(?:为|达|共)?")
_LEVEL = pattern("中央|省级|市级|县级|区级|镇级|乡级|本级")
_MOST = 9
_REACH = 12
_MOST_TAKEN = 2


def balances(passage: Passage) -> Iterator[Claim]:
    """Every rest whose amount and what was taken from it stand before it in the paragraph, or after it in the sentence."""
    for number, rest in enumerate(passage.mentions):
        if (complement := _complement(rest, passage.mentions[max(0, number - _BOTH - 1) : number])) is not None:
            yield complement.claim(passage)
            continue
        if rest.role is not Kind.LEFT or not addable(rest) or _CARRIED.search(rest.before) or _OWED.search(rest.before):
            continue
        before = passage.mentions[max(0, number - _REACH) : number]
        after = passage.mentions[number + 1 : number + 3]
        near = [each for each in before if addable(each) and each.like(rest)][-_MOST:]
        near += [each for each in after if addable(each) and each.like(rest) and each.sentence == rest.sentence]
        statement = _held(rest, near) or _gap(rest, before[-_BOTH:]) or _contradicted(rest, near)
        if statement is not None:
            yield statement.claim(passage)


def _complement(rest: Mention, before: Sequence[Mention]) -> Statement | None:
    """What was not done beside what was, wholly or in part, of a number before both: 收到意见 5 条, 采纳 3 条, 部分采纳 1 条, 未采纳 1 条.

    It may be told behind its number (1 条因证据不足未予采纳) or called what is left (已整改 5 个, 剩余 1 个); sheets that were sorted out
    are left of those that came back (收回 114 份, 剔除 2 份, 有效 112 份).
    """
    if len(before) < _BOTH:
        return None
    not_done = _NOT_DONE.match(rest.before) or _THEN_NOT_DONE.match(rest.after)
    verb = not_done["verb"] if not_done else ""
    partly = [before[-1]] if verb and before[-1].before.endswith(f"部分{verb}") and len(before) > _BOTH else []
    whole, done = before[-2 - len(partly) : len(before) - len(partly)]
    if not_done:
        told = done.before.endswith(verb) and not done.before.endswith(not_done[0]) and not whole.before.endswith(verb)
    else:
        told = any(of.search(done.before) and left.match(rest.before) for of, left in _LEFT_OF)
    if not (told and whole.like(done) and done.like(rest) and whole.sentence == rest.sentence):
        return None
    if not (addable(whole) and addable(done)) or whole.quantity.value < done.quantity.value:
        return None
    return _statement(rest, whole, (done, *partly), Confidence.LIKELY)


def _held(rest: Mention, near: Sequence[Mention]) -> Statement | None:
    """An amount less one or some that stand after it gives the rest."""
    for place in range(len(near) - 1, -1, -1):
        amount, others = near[place], [*near[place + 1 :], *near[:place]]
        for count in range(1, _MOST_TAKEN + 1):
            for taken in combinations(others, count):
                difference = range_of(amount.quantity) - total(each.quantity for each in taken)
                if difference.holds(rest.quantity) and (difference.low > 0 or not rest.quantity.value):
                    return _statement(rest, amount, taken, Confidence.CERTAIN)
    return None


def _gap(rest: Mention, before: Sequence[Mention]) -> Statement | None:
    """How far the two amounts right before it are apart, which nothing else names: 预算288.00万元,中标价268.30万元,差额19.70万元."""
    if len(before) < _BOTH or not _APART.fullmatch(rest.before):
        return None
    first, second = before
    beside = first.sentence == rest.sentence and rest.clause - second.clause == second.clause - first.clause == 1
    if not beside or not all(each.like(rest) and addable(each) for each in before):
        return None
    more, less = sorted(before, key=lambda each: each.quantity.value, reverse=True)
    return _statement(rest, more, (less,), Confidence.LIKELY)


def _contradicted(rest: Mention, near: Sequence[Mention]) -> Statement | None:
    """The nearest amount and the nearest taken from it, in this sentence or the one before."""
    near = [each for each in near if rest.sentence - each.sentence <= 1 and each.at < rest.at]
    taken = [each for each in near if each.role in _TAKEN]
    if not taken or _OF_SEVERAL.search(rest.before):
        return None
    last = taken[-1]
    settled = max((each.at for each in near if each.at < last.at and _SETTLED.search(each.after)), default=-1)
    amounts = [each for each in near if settled < each.at < last.at and each.role in _FROM]
    amounts = [each for each in amounts if each.role is not last.role and each.quantity.value >= last.quantity.value]
    if not amounts or _of_another_level(rest, (last, amounts[-1])):
        return None
    carried = [each for each in near if each.role is Kind.LEFT]
    if any(
        (range_of(amounts[-1].quantity) - range_of(last.quantity)).holds(c.quantity) for c in carried if c.at > last.at
    ):
        return None
    rests = (range_of(a.quantity) + range_of(c.quantity) - range_of(last.quantity) for a in amounts for c in carried)
    if any(each.holds(rest.quantity) for each in rests):
        return None
    clear = (
        rest.unit.measure is Measure.MONEY
        and len(near) == len({last, *amounts})
        and all(each.sentence == rest.sentence for each in near)
    )
    spent = len(taken) == 1 or all(each.role is Kind.ARRIVED for each in taken[:-1])
    confidence = Confidence.CERTAIN if clear and spent else Confidence.LIKELY
    return _statement(rest, amounts[-1], (last,), confidence)


def _of_another_level(rest: Mention, others: Sequence[Mention]) -> bool:
    """Whether what is left is money of a level of which neither amount is: 服务补助预算280,000元,支出222,000元,…,区级资金结余18.27万元."""
    level = _LEVEL.search(rest.before)
    return level is not None and not any(level[0] in each.before for each in others)


def _statement(rest: Mention, amount: Mention, taken: Sequence[Mention], confidence: Confidence) -> Statement:
    computed = range_of(amount.quantity) - total(each.quantity for each in taken)
    written = " - ".join(shown(each.quantity) for each in (amount, *taken))
    sharp = sharpened(amount.quantity, rest.quantity)
    for each in taken:
        sharp = sharp - sharpened(each.quantity, rest.quantity)
    return Statement(Relation.DIFFERENCE, rest, (amount, *taken), computed, written, confidence=confidence, sharp=sharp)
