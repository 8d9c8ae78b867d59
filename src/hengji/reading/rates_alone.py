"""Rates of the whole project told by themselves: 预算执行率96.3% in the analysis, its terms, or the rate itself, in a table far away.

A rate is known by its name without what says whose it is (项目, 全县). It is contradicted where no row of any table and no amounts told of
the project as a whole give it, and what the totals of the tables, or these amounts, give is one number or one that a slip leads from.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import chain, product

from hengji.model.choice import Choice
from hengji.model.claim import Claim, Hedge, Measure, Quantity, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.record import Remembering, record
from hengji.reading.statements.amounts import Amounts, amounts_of
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.verdicts import Range, as_printed, exactly, range_of, repeated, shown, written_otherwise
from hengji.reading.tables.sheet import Line, Sheet, Total


class _Term(Choice):
    """资金口径: what an amount of the project's money is."""

    BUDGET = "预算"
    ARRIVED = "到位"
    SPENT = "支出"


_TERMS = (
    (_Term.BUDGET, pattern("应到位|应拨付|应支付")),
    (_Term.ARRIVED, pattern("到位|下达")),
    (_Term.SPENT, pattern("支出|执行|支付|拨付|使用")),
    (_Term.BUDGET, pattern("预算|计划|安排|批复")),
)
_NO_TERM = pattern("[率占增减差]|比[例重]|结余|结转|剩余|未|说明|来源|科目|内容|进度|上年")
_OWN = r"(?:项目|资金|专项|年度|全年|当年|总体|整体|综合|平均|预算|财政|全[县市区省]|本|该|其|实际|\d{4}年度?)*"
_NAME = pattern(
    rf"{_OWN}(?:(?P<spent>(?:执行|支出|支付|拨付|(?<=资金)使用)率)|(?P<name>.{{1,6}}率))(?:\(%\))?[为是达到仅只]*"
)
_SPENDING, _ARRIVAL = "执行率", "到位率"
_OVER = {
    _SPENDING: ((_Term.SPENT, _Term.BUDGET), (_Term.SPENT, _Term.ARRIVED)),
    _ARRIVAL: ((_Term.ARRIVED, _Term.BUDGET),),
}
_RATES = frozenset({Relation.RATIO, Relation.SHARE, Relation.TABLE_RATIO})
_OF_MANY = pattern("(?:完成|合格|覆盖|达标|及时|增长|得分|有效|回收|收回|利用|使用|满意|知晓|控制|结余|结转|比)率")
_AMOUNT = rf"(?:截至.{{0,8}}?[底末日]|{_OWN})"
_TOLD = (
    (
        _Term.BUDGET,
        pattern(
            rf"{_AMOUNT}(?:年初|调整后|批复|安排)?预算(?:安排|资金|总额|总数|数|金额)*(?:共计?|合计|总计|[为是达])*"
        ),
    ),
    (_Term.ARRIVED, pattern(rf"{_AMOUNT}到位(?:资金|金额)*(?:共计?|合计|总计|[为是达])*")),
    (_Term.SPENT, pattern(rf"{_AMOUNT}(?:支出|支付|执行|使用)(?:资金|金额|总额|数)*(?:共计?|合计|总计|[为是达了])*")),
)
_OTHER = pattern(
    "中央|[省市州县区]级|自筹|债券|上年|去年|往年|半年|季度|[1-9]月|目标|要求|标准|应|若|低于|高于|每|其中|计划|预期|规定|如果|得分="
)
_NO_RATE = exactly(-1)
"""What nothing over zero is."""

_WIDE = Fraction(1, 500)
"""How far a quotient of rounded amounts is off, at most."""

_NEAR = Fraction(1, 6)
"""How far a rate is from what it ought to be, at most, where it is no slip: beyond it is of something else."""

_MOST, _MANY = 12, 64
"""Where a rate of the whole has more values than ``_MANY``, nothing says which one is meant."""

_RULE = pattern("^(?:的?,?[得计扣]|时|以[上下]|及以上|[的之]|,?满分)")


_Numbers = tuple[Quantity, ...]
"""A rate as printed, or the two amounts it is of."""


@record
class _Known(Remembering):
    """已知的率: what a rate of one name is of the whole, and all that it is anywhere, by value."""

    whole: dict[Fraction, _Numbers]
    every: dict[Fraction, _Numbers]

    @cached_property
    def _values(self) -> list[Fraction]:
        return sorted(self.every)

    def held_by(self, rate: Quantity) -> _Numbers | None:
        """What gives a rate, as far as the numbers are rounded."""
        first = bisect_left(self._values, rate.low - _WIDE)
        near = (self.every[each] for each in self._values[first : bisect_right(self._values, rate.high + _WIDE)])
        return next((each for each in near if _range(each).holds(rate)), None)


def rates_alone(passages: Sequence[Passage], sheets: Sequence[Sheet], claims: Sequence[Claim]) -> Iterator[Claim]:
    """The rates that are in no claim yet, beside those of tables and of amounts told elsewhere. Time is linear in the text."""
    stated = {claim.quantities[0].span for claim in claims}
    settled = {claim.quantities[0].value for claim in claims if claim.relation in _RATES}
    alone = [
        (mention, name)
        for passage in passages
        for mention in passage.mentions
        if mention.unit.measure is Measure.RATE and mention.quantity.span not in stated
        if (name := _alone(passage, mention))
    ]
    if not alone:
        return
    known = _known(passages, sheets)
    found = [each for mention, name in alone if name in known if (each := _claim(mention.quantity, known[name], name))]
    yield from (each for each in found if each.verdict is Verdict.HELD)
    wrong = [each for each in found if each.verdict is not Verdict.HELD and each.quantities[0].value not in settled]
    if wrong:
        amounts = amounts_of(passages, (cell for sheet in sheets for cell in sheet.cells.values()))
        yield from (each for each in wrong if not _of_another(each, amounts))


def _alone(passage: Passage, mention: Mention) -> str:
    """The name of a rate of the whole project; empty where it is of a part of it, of another time, a goal or a rule."""
    if mention.quantity.hedge is not Hedge.NONE or not mention.before or _RULE.search(mention.after):
        return ""
    name = _named(mention.before)
    begin = passage.text.rfind("。", 0, mention.token.start) + 1
    return "" if not name or _OTHER.search(passage.text, begin, mention.token.end) else name


def _named(words: str) -> str:
    """What a rate is called whose words these are; empty where they are more than its name, or the name is that of many."""
    match = _NAME.fullmatch(words)
    if match is None or (match["name"] and _OF_MANY.fullmatch(match["name"])):
        return ""
    return match["name"] or _SPENDING


def _known(passages: Sequence[Passage], sheets: Sequence[Sheet]) -> dict[str, _Known]:
    """The rates of tables, of rows and of totals, and those that amounts of the whole give, whichever table or paragraph tells them."""
    turned = (each.turned() for each in sheets if any(_term(row.name) for row in each.rows))
    rows = [_in_row(sheet, row) for sheet in chain(sheets, turned) for row in sheet.rows]
    amounts = {term: list(each.values())[:_MOST] for term, each in _amounts(passages, rows).items()}
    alone = {term: each for term, each in amounts.items() if len(each) == 1}
    whole = chain.from_iterable(row.known for row in rows if row.of_whole)
    found: dict[str, _Known] = defaultdict(lambda: _Known({}, {}))
    for name, numbers in chain(whole, _quotients(alone)):
        found[name].whole.setdefault(_range(numbers).value, numbers)
    for name, numbers in chain(chain.from_iterable(row.known for row in rows), _quotients(amounts)):
        found[name].every.setdefault(_range(numbers).value, numbers)
    return found


def _amounts(passages: Sequence[Passage], rows: Sequence[_Row]) -> dict[_Term, dict[Fraction, Quantity]]:
    """The amounts of the project's money as a whole, by what they are and by value."""
    found: dict[_Term, dict[Fraction, Quantity]] = defaultdict(dict)
    for row in rows:
        for term, cells in row.terms.items() if row.of_whole else ():
            found[term].update((each.value, each) for each in cells)
    for mention in chain.from_iterable(passage.mentions for passage in passages):
        if (told := _term_told(mention)) is not None:
            found[told].setdefault(mention.quantity.value, mention.quantity)
    return found


@record
class _Row(Remembering):
    """表的一行: whether it is of the whole, its amounts of money, and its rates as printed, by their names."""

    of_whole: bool
    terms: Mapping[_Term, Sequence[Quantity]]
    rates: Sequence[tuple[str, _Numbers]]

    @cached_property
    def known(self) -> tuple[tuple[str, _Numbers], ...]:
        """Its rates, printed and computed."""
        return (*self.rates, *_quotients(self.terms))


def _in_row(sheet: Sheet, row: Line) -> _Row:
    terms: dict[_Term, list[Quantity]] = defaultdict(list)
    rates: list[tuple[str, _Numbers]] = []
    for column in sheet.columns:
        cell = sheet.cells.get((row.number, column.number))
        if cell is None:
            continue
        if cell.measure is Measure.RATE and (name := _named(column.name.rpartition("/")[2])):
            rates.append((name, (cell,)))
        elif cell.measure is Measure.MONEY and (term := _term(column.name)) is not None:
            terms[term].append(cell)
    return _Row(row.total is Total.GRAND or len(sheet.rows) == 1, terms, rates)


def _quotients(terms: Mapping[_Term, Sequence[Quantity]]) -> Iterator[tuple[str, _Numbers]]:
    """The rates that amounts of money give, by their names."""
    for name, ways in _OVER.items():
        for above, below in ways:
            yield from ((name, pair) for pair in product(terms.get(above, ()), terms.get(below, ())))


def _term(name: str) -> _Term | None:
    if _NO_TERM.search(name):
        return None
    return next((term for term, words in _TERMS if words.search(name)), None)


def _term_told(mention: Mention) -> _Term | None:
    money = mention.unit.measure is Measure.MONEY and not mention.unit.per
    exact = money and mention.quantity.hedge is Hedge.NONE
    return next((term for term, words in _TOLD if exact and words.fullmatch(mention.before)), None)


def _claim(rate: Quantity, known: _Known, name: str) -> Claim | None:
    """That a rate is one of those known; None where it is not, and nothing says which it ought to be."""
    held = known.held_by(rate)
    if held is not None:
        return _stated(rate, held, name)
    if len(known.whole) > _MANY:
        return None
    slipped = [each for each in known.whole.values() if written_otherwise(rate, _range(each))]
    near = [each for value, each in known.whole.items() if len(known.whole) == 1 and abs(value - rate.value) <= _NEAR]
    meant = slipped or near
    return _stated(rate, meant[0], name) if len(meant) == 1 else None


def _of_another(claim: Claim, amounts: Amounts) -> bool:
    """Whether a rate is that of another amount of the report, or what it ought to be is more than all."""
    rate, above, *below = claim.quantities
    whole = range_of(above).over_by(range_of(rate)) if below else None
    return whole is not None and (amounts.has_money(whole, above) or above.value > below[0].value)


def _range(numbers: _Numbers) -> Range:
    """What a rate could be."""
    first, *below = numbers
    return range_of(first).over_by(range_of(below[0])) or _NO_RATE if below else range_of(first)


def _stated(rate: Quantity, meant: _Numbers, name: str) -> Claim:
    computed = _range(meant)
    verdict = Verdict.HELD if computed.holds(rate) else Verdict.CONTRADICTED
    if len(meant) == 1:
        return repeated(rate, meant[0], verdict, Confidence.LIKELY, name)
    expected = as_printed(computed.value, rate)
    written = f"{' ÷ '.join(map(shown, meant))} = {expected}"
    right = "" if verdict is Verdict.HELD else expected
    return Claim(Relation.RATIO, rate.span, (rate, *meant), verdict, written, right, name, Confidence.LIKELY)
