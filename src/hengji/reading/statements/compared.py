"""Changes since the year before in a sentence of their own, of amounts that the sentence before ends with; and by how much a final account is
more or less than the budget.

收、支总计均为400万元。与上年相比,收、支总计各减少100万元,下降20%。 In a row each rate is of its own amount: 分别减少100万元、50万元,分别下降20%、10%.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengji.model.claim import Claim, Measure, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.parts import addable
from hengji.reading.statements.tokens import CHANGES, Kind
from hengji.reading.statements.verdicts import Statement, differing, range_of, shown

_AND = frozenset({"", "和", "及", "与"})
_SINCE = pattern(
    r"^(?:与|同|和|较|比)?(?:20\d\d|上|去|上一)年度?(?:同期|决算数?)?(?:相比|比较|对比|相较)?,?(?P<subject>[^,;]{0,14}?)[均各]?(?:分别|各自)?$"
)
_NO_AMOUNT = CHANGES | {Kind.UP_TO, Kind.PER, Kind.MEAN, Kind.SHARE}
_FROM_BUDGET = pattern(r"决算数?(?:比|较)?(?:大于|小于|多于|少于|高于|低于)(?:年初|全年|调整后?)?预算数?$")


def compared(passage: Passage) -> Iterator[Claim]:
    """Rates that the change and the amount of the sentence before do not give; differences that budget and account do not give."""
    for number, mention in enumerate(passage.mentions):
        statements: Iterator[Statement] | tuple[()] = ()
        if mention.words & CHANGES and mention.unit.measure is Measure.RATE and Kind.UP_TO not in mention.words:
            statements = _grown(passage, number)
        elif _FROM_BUDGET.search(mention.before):
            statements = _from_budget(mention, passage.mentions[:number])
        for statement in statements:
            yield statement.claim(passage)


def _grown(passage: Passage, number: int) -> Iterator[Statement]:
    every = passage.mentions
    rates = _row(every, number)
    changes = _row_before(every, number)
    if len(rates) != len(changes) or not changes or not changes[0].words & CHANGES:
        return
    amounts = _row_before(every, number - len(changes))
    if len(amounts) != len(changes) or not _told_of(passage, amounts, changes):
        return
    fell = Kind.FALL in changes[0].words
    for amount, change, rate in zip(amounts, changes, rates, strict=True):
        if not (amount.like(change) and addable(amount)) or amount.words & _NO_AMOUNT:
            return
        changed, after = range_of(change.quantity), range_of(amount.quantity)
        grown = changed.over_by(after + changed if fell else after - changed)
        if grown is None:
            return
        sign = "+" if fell else "-"
        written = f"{shown(change.quantity)} ÷ ({shown(amount.quantity)} {sign} {shown(change.quantity)})"
        yield Statement(Relation.GROWTH, rate, [amount, change], grown, written, confidence=Confidence.LIKELY)


def _row(every: Sequence[Mention], first: int) -> list[Mention]:
    """The quantities in a row that begins with one."""
    row = [every[first]]
    for mention in every[first + 1 :]:
        if mention.before not in _AND or mention.clause != row[-1].clause or not mention.like(row[-1]):
            break
        row.append(mention)
    return row


def _row_before(every: Sequence[Mention], end: int) -> list[Mention]:
    """The quantities in a row that ends before one."""
    first = end - 1
    while first > 0 and every[first].before in _AND and every[first].clause == every[first - 1].clause:
        if not every[first].like(every[first - 1]):
            break
        first -= 1
    return list(every[max(0, first) : end]) if end > 0 else []


def _told_of(passage: Passage, amounts: Sequence[Mention], changes: Sequence[Mention]) -> bool:
    """Whether the sentence of the changes says nothing before them but since when, and of what the sentence before ends with."""
    last, first = amounts[-1], changes[0]
    if first.sentence - last.sentence != 1:
        return False
    begin = passage.text.rfind("。", 0, first.token.start) + 1
    told = passage.text[begin : first.token.start]
    word = next((word for word in ("增加", "减少", "增长", "下降", "增", "减") if told.endswith(word)), "")
    since = _SINCE.match(told.removesuffix(word)) if word else None
    if since is None or passage.text[last.token.end : begin] != "。":
        return False
    subject = since["subject"].strip("、各均总计合共 ")
    start = passage.text.rfind("。", 0, last.token.start) + 1
    return subject in passage.text[start : last.token.end]


def _from_budget(difference: Mention, before: Sequence[Mention]) -> Iterator[Statement]:
    """By how much the account is more or less than the budget, both told before it in its sentence."""
    here = [each for each in before if each.sentence == difference.sentence and each.like(difference)]
    here = [each for each in here if addable(each) and not each.words & _NO_AMOUNT]
    budget = [each for each in here if each.role is Kind.BUDGET]
    spent = [each for each in here if each.role is not Kind.BUDGET]
    if len(budget) == 1 and len(spent) == 1:
        yield differing(Relation.CHANGE, difference, spent[0], budget[0])
