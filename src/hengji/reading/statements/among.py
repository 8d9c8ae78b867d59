"""Rates of some among several, and of what fell short of a plan: 40个项目中有36个按期完工,按期完工率90%; 建成44.2公里,比计划少2.6公里,完成率94.44%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from hengji.model.claim import Claim, Hedge, Measure, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.reading.han import HAN
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.parts import addable
from hengji.reading.statements.tokens import Kind
from hengji.reading.statements.verdicts import Statement, exactly, range_of, rated, shown

_AMONG = pattern(rf"{HAN}{{0,10}}(?:中|里),?(?:{HAN}{{2,20}}的)?(?:仅|只|共|已|就)?(?:有)?")
_NAMED = pattern(rf"{HAN}{{0,10}}(?:中|里),?(?P<name>{HAN}{{2,8}})")
_RATE_OF = pattern(rf"(?P<name>{HAN}{{2,8}})(?:比例|占比|率)[仅只约]?(?:为|是|达到?)?$")
_LONG_NAME = pattern(rf"(?P<name>{HAN}{{4,}})[率度](?:仅|只|约)?(?:为|是|达到?|有)?$")
_FAULTY, _FAULT = pattern("(?:存在)?(?:问题|差错|错误|缺陷|违规|瑕疵)"), pattern("不|未|没|缺|无|超|错|漏|问题|违")
_RATE = pattern(r"(?:率|占比)[仅只约]?(?:为|是|达到?|有)?$|占[仅只约]?$")
_PLAN = pattern(
    r"[比较](?:计划|目标|任务|设计|批复|预期|合同|规定)(?:数|值|量|任务)?(?P<way>少|低|短|多|增加|减少|高)(?:了|建|完成)?$|(?P<over>超额(?:完成)?|超计划(?:完成)?|超出(?:计划|任务))$"
)
_MORE = frozenset({"多", "增加", "高"})
_COMPLETED = pattern(r"(?:完成|开工|竣工)率(?:仅|只|约)?(?:为|是|达到?)?$")
_SPENT = pattern(r"(?:执行|支付|拨付|支出|到位|使用|兑付|发放)率(?:仅|只|约)?(?:为|是|达到?)?$")
_MEASURED = frozenset({Measure.COUNT, Measure.MONEY, Measure.DAYS})
_FORMS, _PEOPLE = "份", "人"
"""Who filled in forms is counted for them: 380份问卷中,326人了解政策,知晓率85.79%."""
_ALL = exactly(1)
_NEAR, _REACH, _PAIR = 3, 6, 2


def among(passage: Passage) -> Iterator[Claim]:
    """Every rate that follows some among several, or a shortfall, in its sentence."""
    for number, rate in enumerate(passage.mentions):
        if rate.unit.measure is not Measure.RATE or rate.quantity.hedge is not Hedge.NONE:
            continue
        around = [each for each in passage.mentions[max(0, number - _REACH) : number] if each.sentence == rate.sentence]
        before = [each for each in around if each.at >= passage.mentions[max(0, number - _NEAR)].at]
        statement = _in_bracket(passage, rate, passage.mentions[number + 1 : number + 1 + _PAIR])
        if statement is None and _COMPLETED.search(rate.before):
            statement = _of_plan(rate, before)
        if statement is None and _RATE.search(rate.before):
            statement = _of_several(passage, rate, before) or _of_several(passage, rate, _without_others(around))
        if statement is None and len(before) >= _PAIR:
            statement = _of_these(passage, rate, *before[-_PAIR:])
        if statement is None and _SPENT.search(rate.before) and before:
            statement = _of_rest(rate, before[-1], passage.mentions[number + 1 : number + 2])
        if statement is None and (named := _RATE_OF.search(rate.before)):
            statement = _of_named(passage, rate, before, named["name"])
        if statement is not None:
            yield statement.claim(passage)


def _of_these(passage: Passage, rate: Mention, whole: Mention, some: Mention) -> Statement | None:
    """The rate of those behind 其中 that it is named after: 完工34个,其中33个验收合格,验收合格率97.06%; 抽查300份,其中6份缺签字,问题率2%."""
    named = _RATE_OF.search(rate.before)
    signs = [token.kind for token in passage.tokens[whole.at + 1 : some.at]]
    faulty = named is not None and _FAULTY.fullmatch(named["name"]) and _FAULT.search(some.after)
    after = named is not None and some.after.endswith(named["name"][-_PAIR:])
    told = (after or faulty) and signs == [Kind.COMMA, Kind.PARTS]
    if not told or not whole.like(some) or not addable(whole) or rate.clause - some.clause != 1:
        return None
    return rated(rate, some, whole)


def _in_bracket(passage: Passage, rate: Mention, inside: Sequence[Mention]) -> Statement | None:
    """The rate of what ought to be done and was, both in the bracket right behind it: 按期办结率96.30%(应办结135件、按期办结130件)."""
    if len(inside) < _PAIR or passage.text[rate.token.end : rate.token.end + 1] != "(":
        return None
    whole, done = inside
    told = whole.like(done) and whole.depth == done.depth == rate.depth + 1 and whole.before.startswith("应")
    if not told or not _RATE.search(rate.before) or done.quantity.value > whole.quantity.value:
        return None
    return rated(rate, done, whole)


def _of_named(passage: Passage, rate: Mention, before: Sequence[Mention], name: str) -> Statement | None:
    """The rate of those that it names, or right behind them with a sign of theirs: 73所学校中,食堂供餐68所,企业供餐5所,
    食堂供餐比例93.15%; 74件案件中,当年办结70件,结案率94.59%."""
    for whole, some in pairwise(before):
        among_ = _NAMED.fullmatch(passage.text[whole.token.end : some.token.start])
        if among_ is None or not whole.like(some) or some.quantity.value > whole.quantity.value:
            continue
        beside = some is before[-1] and rate.clause - some.clause == 1
        if among_["name"] == name or (beside and not set(among_["name"][-2:]).isdisjoint(name)):
            return rated(rate, some, whole)
    return None


def _without_others(around: Sequence[Mention]) -> Sequence[Mention]:
    """The first two of things of one kind where what stands behind them is of another: 85台设备中84台一次合格,一次合格率98.82%."""
    some = around[:2]
    return some if not any(each.like(some[0]) for each in around[2:]) else ()


def _of_several(passage: Passage, rate: Mention, before: Sequence[Mention]) -> Statement | None:
    """The rate of those among all of them, or of the others."""
    for whole, some in pairwise(before):
        between = passage.text[whole.token.end : some.token.start]
        alike = whole.like(some) or (whole.unit.kind == _FORMS and some.unit.kind == _PEOPLE)
        told = alike and _AMONG.fullmatch(between) and whole.unit.measure in _MEASURED
        far = rate.clause - some.clause > _NEAR or ";" in passage.text[some.token.end : rate.token.start]
        far = far or ("的" in between and some is not before[-1])
        if not told or far or some.quantity.value > whole.quantity.value or _is_of_others(rate, some, whole):
            continue
        share = _of_whole_numbers(rate, some, whole)
        if share is not None:
            rest = _ALL - share.computed
            others = rest.holds(rate.quantity)
            return replace(share, computed=rest, sum=f"1 - {share.sum}") if others else share
    return None


def _of_whole_numbers(rate: Mention, some: Mention, whole: Mention) -> Statement | None:
    """The rate of things counted one by one, of which months are some here: 12个月中有10个月按时发放,及时率83.33%."""
    share = rated(rate, some, whole)
    if share is None or some.unit.measure is Measure.MONEY or "." in some.quantity.printed + whole.quantity.printed:
        return share
    return replace(share, computed=exactly(some.quantity.value / whole.quantity.value))


def _is_of_others(rate: Mention, some: Mention, whole: Mention) -> bool:
    """Whether a rate names at length what it is of, in no word of theirs: 130家中心中有125家达标,服务对象满意率87.6%."""
    name = _LONG_NAME.search(rate.before)
    words = f"{whole.before} {whole.after} {some.before} {some.after}"
    return name is not None and not any(one + other in words for one, other in pairwise(name["name"]))


def _of_plan(rate: Mention, before: Sequence[Mention]) -> Statement | None:
    """The rate of completion of what was done and how much that is less, or more, than was planned."""
    if len(before) < _PAIR or not addable(before[-2]):
        return None
    done, off = before[-2:]
    way = _PLAN.search(off.before)
    if way is None or not done.like(off) or off.words & {Kind.UP_TO, Kind.PER}:
        return None
    own, by = range_of(done.quantity), range_of(off.quantity)
    more = way["way"] in _MORE or way["over"] is not None
    share = own.over_by(own - by if more else own + by)
    if share is None:
        return None
    written = f"{shown(done.quantity)} ÷ ({shown(done.quantity)} {'-' if more else '+'} {shown(off.quantity)})"
    return Statement(Relation.RATIO, rate, (done, off), share, written, confidence=Confidence.LIKELY)


def _of_rest(rate: Mention, done: Mention, following: Sequence[Mention]) -> Statement | None:
    """What is left beside what was spent and its rate: 实际拨付2,937.60万元,预算执行率96.00%,未拨付122.40万元."""
    for rest in following:
        told = rest.role is Kind.LEFT and rest.like(done) and addable(rest) and rest.clause - rate.clause == 1
        spent = done.role in {Kind.SPENT, Kind.ARRIVED} and addable(done) and rate.clause - done.clause == 1
        whole = range_of(done.quantity).over_by(range_of(rate.quantity)) if told and spent else None
        if whole is not None:
            written = f"{shown(done.quantity)} ÷ {shown(rate.quantity)} - {shown(done.quantity)}"
            left = whole - exactly(done.quantity.value)
            return Statement(Relation.DIFFERENCE, rest, (done, rate), left, written, confidence=Confidence.LIKELY)
    return None
