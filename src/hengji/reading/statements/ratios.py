"""Rates with what they are rates of: 预算执行率, 资金到位率, 完成率, 合格率, and shares (占 …的 …%).

What may stand above and below the line is a table by the rate's name. A rate holds when any legal pair of quantities in reach gives
it. It is contradicted only where a legal pair stands close by, and no pair of the paragraph at all gives it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from fractions import Fraction

from hengji.model.claim import Claim, Hedge, Measure, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.han import HAN
from hengji.reading.statements.adjustments import adjusted
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.parts import addable
from hengji.reading.statements.tokens import CHANGES, Kind
from hengji.reading.statements.verdicts import Statement, comparable, exactly, quotient_holds, range_of, rated, shown


@record
class _Rule:
    """比率口径: roles that may be above and below; ``None`` is an amount whose words say no role; words in place of roles."""

    above: frozenset[Kind | None]
    below: frozenset[Kind | None]
    above_words: tuple[str, ...] = ()
    below_words: tuple[str, ...] = ()


_SPENDING = _Rule(frozenset({Kind.SPENT, Kind.DONE}), frozenset({Kind.BUDGET, Kind.ARRIVED, None}))
_ARRIVAL = _Rule(frozenset({Kind.ARRIVED}), frozenset({Kind.BUDGET, None}))
_DONE = _Rule(
    frozenset({Kind.DONE, Kind.SPENT}), frozenset({Kind.BUDGET, None}), (), ("计划", "任务", "目标", "应", "需", "下达")
)
_RETURNED = _Rule(frozenset(), frozenset(), ("收回", "回收", "有效"), ("发放", "发出", "问卷"))
_VALID = _Rule(frozenset(), frozenset(), ("有效",), ("发放", "发出", "收回", "回收"))
_COLLECTED = _Rule(frozenset(), frozenset(), ("实收", "实缴", "已收", "收缴", "征收"), ("应收", "应缴", "应征"))
_STAFF = _Rule(frozenset(), frozenset(), ("在职", "实有"), ("编制",))
_RULES = (
    (("预算的", "预算数的", "执行率", "支出率", "使用率", "支付率", "拨付率", "发放率", "支出进度"), _SPENDING),
    (("回收率", "收回率"), _RETURNED),
    (("有效率",), _VALID),
    (("收缴率", "征收率"), _COLLECTED),
    (("在职人员控制率",), _STAFF),
    (("控制率",), _SPENDING),
    (("到位率", "落实率", "下达率"), _ARRIVAL),
    (
        ("完成", "完成的", "任务的", "计划的", "目标的", "完成率", "开工率", "竣工率", "覆盖率", "建成率"),
        _DONE,
    ),
)
_NAMED = _Rule(frozenset(), frozenset({None, Kind.DONE, Kind.BUDGET}))
_NO_RULE = ("增长率", "增速", "年均", "利率", "税率", "失业率", "得分率", "负担率", "折现率", "贴现率", "权重")
_PLAIN = pattern(
    "资金|预算|项目|专项|财政|本|该|其|年度|全年|当年|任务|计划|目标|问卷|调查|问|实际|年|工程|投资|支出|使用|执行|支付|拨付|发放"
    "|到位|落实|完成|回收|收回|有效|的|数|了|率|进度|调整后|年初|初"
)
"""What a rate's name is made of when it is that of the sentence's own amounts; 省级 or 甲镇 make it one of others."""

_OF_ITS_OWN = pattern(rf"(?P<whole>{HAN}{{2}})(?<![其当年集])中(?:共?有)?$")
"""A part that names in its own words what it is out of."""

_ONE_OF_SEVERAL = pattern("中央|省|市|区|县|镇|乡|村|级|期")
_NO_RATE = CHANGES | {Kind.VERSUS, Kind.UP_TO, Kind.FROM, Kind.STANDARD}
_BOUNDS = frozenset({Hedge.MORE, Hedge.LESS})
_FULFILLED = frozenset({Kind.DONE, Kind.SPENT})
_MOST, _NEAR, _SHORT, _APART, _NAMED_IN = 24, 2, 6, 4, 12
_OF_MONEY = pattern("预算.*率|资金.*率|支出率|拨付率|支付率")
_TERM = pattern("工期|期限|时间|历时|周期|工作$|逾期|提前|延")
_SATISFIED = pattern("满意[率度]$")
"""A rate of several answers (非常满意, 满意), which may be weighed."""
_ONE_ANSWER = pattern("^[^和及与]*(?:“?(?:非常|很|十分|比较|较|基本)满意”?|“满意”)(?:的|选项)?[共有为]*$")
_BEYOND = pattern("超额(?:完成)?$|超(?:计划|任务|目标)(?:完成)?$|多完成$")
"""Words of what was done beyond the plan, which is neither what was done nor what was planned."""
_NEGATED = pattern("[不未][一-龥]{2}$")
_OVERALL = pattern("总体|综合|整体|平均|合计|累计|总")
"""Words of a rate over several amounts that were told one by one."""


def ratios(passage: Passage) -> Iterator[Claim]:
    """Every rate whose quantities stand in its paragraph."""
    used: set[tuple[int, int]] = set()
    shared: set[int] = set()
    whole: Mention | None = None
    for number, rate in enumerate(passage.mentions):
        if rate.unit.measure is not Measure.RATE or rate.words & _NO_RATE or rate.quantity.hedge in _BOUNDS:
            continue
        name = _name(rate)
        if rate.before in {"的", "之"} or _of_what_is_counted(passage, number):
            statement = _of_the_last(rate, passage.mentions[:number])
            if statement is not None and (before := _said_before(passage, number, statement)) is not None:
                yield before.claim(passage)
        elif Kind.SHARE in rate.words:
            statement = _share(rate, passage.mentions[:number], shared, whole)
            whole = statement.others[-1] if statement is not None else whole
            shared.add(passage.mentions[number - 1].at if number else -1)
        elif name.endswith("调整率"):
            statement = adjusted(passage, number)
        elif name and not name.endswith(_NO_RULE):
            statement = _ratio(passage, name, number, used)
        else:
            continue
        if statement is not None:
            used.add((statement.others[0].at, statement.others[1].at))
            yield statement.claim(passage)


_OUT_OF = pattern(r"占(?:当年|同期|年末|本年|全[县市区省年部])?$")


def _of_what_is_counted(passage: Passage, number: int) -> bool:
    """Whether a rate is told of things with their number before them: 占9类设备的77.8%."""
    rate, before = passage.mentions[number], passage.mentions[max(0, number - 1) : number]
    named = rate.before.endswith("的") and len(rate.before) <= _NAMED_IN
    return named and any(_OUT_OF.search(each.before) and each.clause == rate.clause for each in before)


_COMPLETED = pattern(r"完成(?:了)?(?:(?:年初|全年|年度|调整|调整后)?(?:预算|计划|任务|目标)(?:数|任务|值)?)?的?$")


def _name(rate: Mention) -> str:
    """The rate's name at the end of the words before it: 资金支出率仅为 32%."""
    if match := _COMPLETED.search(rate.before):
        return match[0]
    best = ""
    for end in ("率", "满意度", "知晓度", "支出进度"):
        at = rate.before.rfind(end)
        if at >= 0:
            best = max(best, rate.before[: at + len(end)], key=len)
    return best


def _rule(name: str) -> _Rule:
    for names, rule in _RULES:
        if name.endswith(names):
            return rule
    stem = name.removesuffix("率").removesuffix("度")[-2:]
    return _Rule(frozenset(), _NAMED.below, (stem,)) if stem else _NAMED


def _ratio(passage: Passage, name: str, number: int, used: AbstractSet[tuple[int, int]]) -> Statement | None:
    rule, rate = _rule(name), passage.mentions[number]
    if told := _told(passage, number):
        return _statement(Relation.RATIO, rate, *told)
    near = [
        each for each in _reach(passage, number) if not _OF_MONEY.search(name) or each.unit.measure is Measure.MONEY
    ]
    above = [each for each in near if _may(each, rule.above, rule.above_words)]
    below = [each for each in near if _may(each, rule.below, rule.below_words)]
    pairs = [(a, b) for b in reversed(below) for a in reversed(above) if a is not b and a.like(b)]
    apart = _MOST if rate.quantity.number.as_tuple().exponent == -_NEAR else _APART
    every = [(a, b) for a in reversed(near) for b in reversed(near) if _beside(a, b, apart)]
    held = next((pair for pair in (*pairs, *every) if _holds(rate, *pair)), None)
    if held:
        return _statement(Relation.RATIO, rate, *held)
    if mixed := next((pair for pair in pairs if _in_other_units(rate, *pair)), None):
        statement = _statement(Relation.RATIO, rate, *mixed)
        return statement and replace(statement, instead=f"两个数用同一个单位时是{shown(rate.quantity)}")
    if (
        _OVERALL.search(rate.before)
        or Kind.EACH in rate.words
        or _of_a_goal(rate)
        or (_SATISFIED.search(name) and _of_answers(above))
    ):
        return None
    unused = [
        (a, b) for a, b in pairs if (a.at, b.at) not in used and (b.at < a.at < rate.at or _beside_it(a, b, rate))
    ]
    if _COMPLETED.search(rate.before) and (last := _right_before(rate, near)) is not None:
        unused = [(a, b) for a, b in unused if a.like(last)]
    close = [(a, b) for a, b in unused if a.sentence == b.sentence == rate.sentence]
    whose = _PLAIN.sub("", name)
    far = [
        (a, b)
        for a, b in unused
        if rate.sentence - min(a.sentence, b.sentence) == 1 and _far_alike(a, b) and _is_of(whose, rate, (a, b))
    ]
    if not (close or far):
        return None
    chosen = min(
        close or far,
        key=lambda pair: (
            _exceeds(rate, *pair),
            rate.at - pair[0].at,
            "预算" in name and pair[1].role is not Kind.BUDGET,
        ),
    )
    one = len({a.quantity.value for a, _ in close}) == 1
    if _exceeds(rate, *chosen) and not (_are_of(name, rate, *chosen) or _outdone(rate, *chosen)):
        return None
    if _ONE_OF_SEVERAL.search(whose) and not any(whose in each.before for each in chosen):
        return None
    plain = not whose and len(rate.before.partition(name)[0]) <= _SHORT and Kind.PARTS not in rate.words
    confidence = Confidence.CERTAIN if one and plain and rate.clause - chosen[0].clause <= _NEAR else Confidence.LIKELY
    return _statement(Relation.RATIO, rate, *chosen, confidence)


def _in_other_units(rate: Mention, above: Mention, below: Mention) -> bool:
    """Whether the numbers of amounts give a rate, but not with the units behind them: 支出1,127万元,预算1,150元,预算执行率98%."""
    if above.unit.scale == below.unit.scale or not rate.sentence == above.sentence == below.sentence:
        return False
    quotient = range_of(above.quantity).over_by(range_of(below.quantity))
    alike = exactly(Fraction(below.unit.scale, above.unit.scale))
    return quotient is not None and (quotient * alike).holds(rate.quantity)


def _right_before(rate: Mention, near: Sequence[Mention]) -> Mention | None:
    """The amount of the clause before a rate, of which 完成计划的95% is said."""
    return next((each for each in reversed(near) if each.at < rate.at and rate.clause - each.clause <= 1), None)


def _of_a_goal(rate: Mention) -> bool:
    """Whether it is so much of a goal (完成80%的年度目标), whatever the amounts beside it are."""
    return rate.before.endswith("完成") and rate.after.startswith("的")


def _of_answers(above: Sequence[Mention]) -> bool:
    """Whether those satisfied are told answer by answer, or one answer only (非常满意) is."""
    return len(above) > 1 or any(_ONE_ANSWER.search(each.before) for each in above)


def _is_of(whose: str, rate: Mention, pair: tuple[Mention, Mention]) -> bool:
    """Whether a rate's name is that of amounts of another sentence: 质量达标完成率 is not of what was built."""
    return comparable(rate, *pair) and (not whose or any(whose[:_NEAR] in each.before for each in pair))


def _far_alike(above: Mention, below: Mention) -> bool:
    """Whether two amounts, one of a sentence before the rate, may be of one thing: people seldom are, nor what was spent and what came in."""
    opposed = below.before.endswith("收入") and above.before.endswith("支出")
    return above.sentence == below.sentence or (above.unit.measure is Measure.MONEY and not opposed)


def _exceeds(rate: Mention, above: Mention, below: Mention) -> bool:
    """Whether the quotient is above a hundred per cent, as the rate is not: of a part that stands nearer than the whole."""
    return above.quantity.value > below.quantity.value and rate.quantity.value <= 1


def _are_of(name: str, rate: Mention, above: Mention, below: Mention) -> bool:
    """Whether a rate follows right on a whole and what it names of it, which is never more: 立案 43 件,办结 48 件,办结率 95.35%."""
    steps = (above.clause - below.clause, rate.clause - above.clause)
    stem = name.removesuffix("率")[-_NEAR:]
    return steps == (1, 1) and above.before.endswith(stem) and _rule(name) not in (rule for _, rule in _RULES)


def _outdone(rate: Mention, above: Mention, below: Mention) -> bool:
    """Whether a rate follows right on a plan and what was done of it, which may be more: 计划培训 120 人,实际培训 132 人,完成率 96%."""
    of_plan = below.role is Kind.BUDGET and above.role in _FULFILLED and above.quantity.hedge is below.quantity.hedge
    return of_plan and (above.clause - below.clause, rate.clause - above.clause) == (1, 1)


def _beside_it(above: Mention, below: Mention, rate: Mention) -> bool:
    """Whether what is below the line stands right before a rate, and what is above it before that: 支付80万元,预算100万元,预算执行率80%."""
    return above.at < below.at < rate.at and below.role is Kind.BUDGET and rate.clause - above.clause <= _NEAR


def _told(passage: Passage, number: int) -> tuple[Mention, Mention] | None:
    """The two amounts in the bracket right after a rate: 57.35%（359万元/626万元）."""
    rate, following = passage.mentions[number], passage.mentions[number + 1 : number + 3]
    if len(following) < _NEAR or not following[0].like(following[1]):
        return None
    above, below = following
    signs = (passage.text[rate.token.end : above.token.start], passage.text[above.token.end : below.token.start])
    return (above, below) if signs in {("(", "/"), ("(", "÷")} else None


def _beside(above: Mention, below: Mention, apart: int) -> bool:
    """Whether two quantities stand so near each other that a quotient they give is hardly chance."""
    return above is not below and above.like(below) and abs(above.clause - below.clause) <= apart


def _may(mention: Mention, roles: frozenset[Kind | None], words: Sequence[str]) -> bool:
    told = _NEGATED.sub("", mention.before)
    return mention.role in roles if not words else mention.role in roles or any(word in told for word in words)


def _reach(passage: Passage, number: int) -> list[Mention]:
    """Amounts and counts before a rate in its paragraph, and after it in its sentence."""
    rate = passage.mentions[number]
    before = passage.mentions[max(0, number - _MOST) : number]
    near = [each for each in before if (addable(each) or _is_done(each, before)) and not _BEYOND.search(each.before)]
    return near + [
        each for each in passage.mentions[number + 1 : number + 3] if each.sentence == rate.sentence and addable(each)
    ]


def _is_done(days: Mention, near: Sequence[Mention]) -> bool:
    """Whether days are what was to be done and was, not a term: 应供餐200天,实际供餐196天."""
    if days.unit.measure is not Measure.DAYS or days.quantity.hedge is not Hedge.NONE:
        return False
    verbs = [each.before[-_NEAR:] for each in near if each.like(days)]
    return (
        days.role in {Kind.BUDGET, Kind.DONE, None}
        and not _TERM.search(days.before)
        and verbs.count(days.before[-_NEAR:]) == _NEAR
    )


def _holds(rate: Mention, above: Mention, below: Mention) -> bool:
    return quotient_holds(above.quantity, below.quantity, rate.quantity)


def _share(
    rate: Mention, before: Sequence[Mention], shared: AbstractSet[int], last: Mention | None
) -> Statement | None:
    """A part with its share of a whole: 其中女性 12 人，占 40%.

    What has a share of its own (``shared``) is another part; shares of one sentence are of one whole, that of the ``last``.
    """
    near = [each for each in before[-_MOST:] if addable(each)]
    if not near or near[-1].sentence != rate.sentence or rate.clause - near[-1].clause > 1:
        return None
    part = near[-1]
    if part.quantity.hedge in _BOUNDS and part.after.startswith("的"):
        return None  # 120公里,其中路面不足4.5米的占四成: what the part is like, not how much it is
    wholes = [each for each in near[:-1] if each.like(part) and each.quantity.value >= part.quantity.value]
    wholes = [each for each in wholes if each.at not in shared]
    held = next((whole for whole in reversed(wholes) if _holds(rate, part, whole)), None)
    if held:
        return _statement(Relation.SHARE, rate, part, held)
    others = [each for each in near if each.at not in shared]
    if any(_holds(rate, a, b) for a in others for b in near if a is not b and a.like(b)):
        return None
    close = [whole for whole in wholes if whole.sentence == rate.sentence]
    if last in close and not _names_another(rate):
        return _statement(Relation.SHARE, rate, part, last)
    if (named := _named(rate, close)) is not None:
        return _statement(Relation.SHARE, rate, part, named)
    if last in wholes and any(
        _whole_named(rate) == _whole_named(each) for each in before[-_SHORT:] if each.words & rate.words
    ):
        return _statement(Relation.SHARE, rate, part, last)
    if len({each.quantity.value for each in close}) != 1 or _names_another(rate) or _is_out_of_another(part, close[0]):
        return None
    between = (each for each in before[-_MOST:] if close[0].at < each.at < part.at and each.like(part))
    if any(
        not addable(each) and not each.words & CHANGES and each.quantity.high >= part.quantity.low for each in between
    ):
        return None  # 共900人;护理补贴约600人,其中一级240人,占40%: of what is told nearer by, if not as a sum
    return _statement(Relation.SHARE, rate, part, close[0])


def _is_out_of_another(part: Mention, whole: Mention) -> bool:
    """Whether a part names what it is out of, and not that whole: 共27份申请表缺签字;认定资料中有9份不合格,占2.50%."""
    named = _OF_ITS_OWN.search(part.before)
    return named is not None and named["whole"] not in whole.before + whole.after


def _of_the_last(rate: Mention, before: Sequence[Mention]) -> Statement | None:
    """A share of the amount right before it, brackets aside: 占合同价 1,150 万元的 3%, 抽查12所(公办7所),占79所的15.19%."""
    level = [each for each in before if each.depth <= before[-1].depth]
    if len(level) < _NEAR:
        return None
    *others, part, whole = level
    told = whole.words & {Kind.SHARE, Kind.DONE, Kind.BUDGET} and whole.clause == rate.clause and part.like(whole)
    if not told or rate.clause - part.clause > (1 if part is before[-2] else 1 + _NEAR) or not whole.quantity.low > 0:
        return None
    relation = Relation.SHARE if Kind.SHARE in whole.words else Relation.RATIO
    own = (each for each in reversed(others) if each.sentence == rate.sentence and each.like(whole) and addable(each))
    all_of_them = part if _holds(rate, part, whole) else next((each for each in own if _holds(rate, each, whole)), part)
    return _statement(relation, rate, all_of_them, whole)


def _said_before(passage: Passage, number: int, share: Statement) -> Statement | None:
    """The same share told before its numbers: 比例达到62.5%,即50户…,占80户的62.5%."""
    part, whole = share.others
    first = next((at for at, each in enumerate(passage.mentions[:number]) if each is part), 0)
    rate = passage.mentions[first - 1] if first else part
    told = rate.unit.measure is Measure.RATE and rate.sentence == part.sentence and rate.clause == part.clause - 1
    if not told or not part.before.startswith("即") or rate.quantity.hedge in _BOUNDS:
        return None
    return _statement(Relation.SHARE, rate, part, whole)


def _whole_named(rate: Mention) -> str:
    """What the words say it is a share of (占总投资的); nothing where they do not."""
    return rate.before.partition("占")[2].strip("比为例的约达到全部")


def _names_another(rate: Mention) -> bool:
    """Whether the words say of what it is a share: that may be no quantity of the sentence."""
    return bool(_whole_named(rate).strip("总数"))


def _named(rate: Mention, wholes: Sequence[Mention]) -> Mention | None:
    """The one quantity of the sentence that is called what the words say."""
    name = _whole_named(rate)
    found = [whole for whole in wholes if name and whole.before.endswith(name)]
    return found[0] if len(found) == 1 else None


def _statement(
    relation: Relation, rate: Mention, above: Mention, below: Mention, confidence: Confidence = Confidence.CERTAIN
) -> Statement | None:
    return rated(rate, above, below, relation, confidence, _name(rate))
