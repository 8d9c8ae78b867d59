"""Numbers written otherwise in one place: those that stand once and differ from another by a digit, by two that changed places, or by
the unit, where the words around both tell of the same thing.

A number of a table is told by the names of its row and column and by the table's caption, one of the prose by its sentence. A number
that another statement fixes to the last digit is no slip.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from hengji.model.claim import Claim, Hedge, Measure, Quantity, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.record import Remembering, record
from hengji.reading.folding import fold
from hengji.reading.han import HAN
from hengji.reading.rated import is_rated, rated_in
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.respective import in_row
from hengji.reading.statements.tokens import Kind
from hengji.reading.statements.verdicts import repeated
from hengji.reading.tables.sheet import Sheet
from hengji.reading.tables.surveys import is_tally
from hengji.reading.units import unit_named

_MEASURED = frozenset({Measure.MONEY, Measure.COUNT, Measure.RATE, Measure.DAYS})
_CHANGE = frozenset({Kind.RISE, Kind.FALL})
_SUMS = frozenset({Relation.SUM, Relation.TABLE_SUM})
_DIFFERENCES = frozenset({Relation.DIFFERENCE, Relation.CHANGE, Relation.TABLE_DIFFERENCE})
_FIXING = _SUMS | _DIFFERENCES | {Relation.PRODUCT, Relation.FORMULA, Relation.TABLE_PRODUCT, Relation.SURVEY}
"""Relations that fix each of their numbers; a rate only fixes itself."""

_RATES = frozenset({Relation.RATIO, Relation.SHARE, Relation.GROWTH, Relation.TABLE_RATIO, Relation.AVERAGE})
_FEWEST = 3
_MANY = 4
_REACH, _BEHIND = 36, 10
_OFTEN = 2
_FEN = 100
_MOST = 40
_NAME_BEFORE, _NAME_BEHIND = 4, 6
_END_BEFORE = pattern(f"{HAN}{{5}}$")
_RATE_NAMED = pattern(
    rf"(?P<sort>{HAN}{{2}})[率度](?:仅|只|约|达|为|是|到|有|\(%\))*$|(?P<share>占)比?(?:到|了|约|由|从|为)?$"
)
_OF_POINTS = "得分"
_STAGE = pattern(
    "(?P<sort>发放|发出|收回|回收|有效)(?:(?:调查)?(?:问卷|样本|答卷)(?:数|量)?)?(?:共|合|计|[为是有了])*$"
)
_END_OF_REST = pattern(f"{HAN}{{4}}$")
_END_BEHIND = pattern(f"{HAN}{{6}}$")
_REST = pattern("(?:结余|剩余|结转|余额|缺口|差额|欠付)(?=(?:资金|金额|数|额)?$)")
_TIMES = ("年", "月", "天", "日", "周", "小时")
_HAN = pattern(HAN)
_STOP = pattern("[。;]")
_WORDS = pattern(f"(?=({HAN}{{2}}))")
_PLACE = pattern(f"{HAN}{{2,3}}[县区乡镇村]")
_YEAR = pattern(r"(?:19|20)\d\d")
_LEVEL = pattern("中央|省级|[市州]级|[区县]级|乡镇级|自筹|债券")
_PLANNED_AND_DONE = ({Kind.BUDGET, Kind.DONE}, {Kind.BUDGET, Kind.SPENT})
_PART_OF_YEAR = frozenset({"上半年", "下半年", "春季", "秋季"})
_PERIOD = pattern(r"[上下]半年|[一二三四1-4]季度|(?<!\d)\d{1,2}月(?!\d)|当月|本月|每月|春季|秋季|[一二三]期|上年|去年")
_SAYS_NOTHING = frozenset(
    pattern("..").findall(
        "项目资金实际情况其中合计共计年度截至完成进行分别以及达到单位本次绩效评价元的万元计划任务金额"
    )
)


@record
class _Told(Remembering):
    """A number with what is told of it; ``home`` is its sentence or its table.

    ``names`` are what it is called: the words right before it, or those right behind it with its unit. By ``loose`` names, the ends of
    those words, it is only known to be another written with one digit otherwise. ``role`` is what its words say that an amount is,
    ``sort`` of what kind a rate is (完成率), or at which stage forms of a survey were counted (发放, 收回, 有效); empty where that is not said.
    """

    quantity: Quantity
    digits: str
    home: tuple[str, int, int]
    text: str
    names: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    role: Kind | None = None
    sort: str = ""

    @cached_property
    def words(self) -> frozenset[str]:
        """The pairs of neighbouring characters around it, which stand for words."""
        return frozenset(_WORDS.findall(self.text)) - _SAYS_NOTHING

    @cached_property
    def years(self) -> frozenset[str]:
        """The years that are named around it."""
        return frozenset(_YEAR.findall(self.text))

    @cached_property
    def levels(self) -> frozenset[str]:
        """The levels of government whose money is named before it, where it is a rate."""
        rate = self.quantity.measure is Measure.RATE
        return frozenset(_LEVEL.findall(self.text.partition("|")[0]) if rate else ())

    @cached_property
    def periods(self) -> frozenset[str]:
        """The parts of a year that are named around it, and the year before."""
        return frozenset(_PERIOD.findall(self.text))

    @cached_property
    def fen(self) -> str:
        """The digits of an amount of money in fen, whatever unit it is printed in; none of anything else."""
        fen = self.quantity.value * _FEN
        return str(fen.numerator) if self.quantity.measure is Measure.MONEY and fen.denominator == 1 else ""

    @cached_property
    def marks(self) -> tuple[tuple[str, str], ...]:
        """What it has in common with those that nearly are it: in its unit, in another with the same digits, and in another that is
        as much money; none of a short one."""
        if not _is_long(self):
            return ()
        amount = self.fen if len(self.fen.rstrip("0")) >= _MANY else ""
        own = ((self.quantity.unit, masked) for masked in _patterns(self.digits))
        return (*own, ("", self.digits), *(("分", masked) for masked in _patterns(amount)))

    def like(self, other: _Told) -> bool:
        """Whether they are in one unit, or in two of a kind that are taken for each other (元 and 万元, 人 and 人次)."""
        mine, its = self.quantity, other.quantity
        if mine.measure is not its.measure:
            return False
        if mine.unit == its.unit:
            return mine.value != its.value
        if mine.low <= its.high and its.low <= mine.high:
            return False
        taken = mine.unit[-1:] == its.unit[-1:] or mine.unit[:1] == its.unit[:1]
        return mine.value != its.value if _kind(mine) == _kind(its) else taken

    def is_other(self, other: _Told) -> bool:
        """Whether they are rates of two kinds, rates of points that no name joins, or forms at two stages."""
        if self.sort == other.sort == _OF_POINTS:
            return set(self.names).isdisjoint(other.names)
        return bool(self.sort and other.sort) and self.sort != other.sort

    def _plays_other(self, other: _Told) -> bool:
        """Whether one was planned and the other done, or only one is what is left; or one is a rate of what one level gave."""
        roles = {self.role, other.role}
        left = Kind.LEFT in roles and len(roles) > 1 and None not in roles
        return roles in _PLANNED_AND_DONE or left or self.levels != other.levels

    def same_as(self, other: _Told) -> int:
        """How many words both are told with; none where they stand together, are of different years or parts of one, or of plan and deed."""
        if self.home[:2] == other.home[:2] or self.is_other(other) or self._plays_other(other):
            return 0
        if (self.years and other.years and not self.years & other.years) or _PART_OF_YEAR & (
            self.periods ^ other.periods
        ):
            return 0
        shared = self.words & other.words
        places = () if self.home[0] or other.home[0] else _PLACE.findall(self.text)
        if len(places) > 1:  # a sentence that goes from one county to the next
            shared -= frozenset(_WORDS.findall("|".join(places)))
        return len(shared)


def slips(
    reading: Reading, passages: Sequence[Passage], sheets: Sequence[Sheet], claims: Sequence[Claim]
) -> Iterator[Claim]:
    """Numbers that stand once beside nearly the same one. Time is linear but for the few that nearly agree."""
    fixed, rated = _fixed(claims), rated_in(claims)
    every: dict[tuple[str, str], list[_Told]] = defaultdict(list)
    for each in (*_in_prose(passages), *_in_tables(reading, sheets)):
        every[each.quantity.unit, each.digits].append(each)
    near: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    called: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for (unit, digits), group in every.items():
        for name in {name for each in group for name in (*each.names, *each.loose)}:
            called[name].add((unit, digits))
        for mark in group[0].marks:
            near[mark].append((unit, digits))
    fen = Counter(group[0].fen for group in every.values())
    met = {
        frozenset((each.unit, _digits(each)) for each in claim.quantities)
        for claim in claims
        if claim.relation is Relation.REPEAT
    }
    for key, told in every.items():
        amount = told[0].fen
        if len(told) > 1 or told[0].quantity.span in fixed or (amount and fen[amount] > 1):
            continue
        others = dict.fromkeys(other for mark in told[0].marks for other in near[mark][:_MOST] if other != key)
        found = _nearest(told[0], others, every, fixed) or _namesake(told[0], called, every, fixed)
        if found is None or is_rated(told[0].quantity, found[1].quantity, rated):
            continue
        if frozenset((key, (found[1].quantity.unit, found[1].digits))) not in met:
            met.add(frozenset((key, (found[1].quantity.unit, found[1].digits))))
            yield repeated(told[0].quantity, found[1].quantity, Verdict.CONTRADICTED, found[0])


def _nearest(
    told: _Told,
    others: Iterable[tuple[str, str]],
    every: Mapping[tuple[str, str], Sequence[_Told]],
    fixed: AbstractSet[Span],
) -> tuple[Confidence, _Told] | None:
    """The number that is told with the most of the same words (one that is fixed is as good as told twice), and how likely the two are one."""
    best: tuple[int, int, _Told] | None = None
    for key in others:
        for other in every[key][:_MOST]:
            same = told.same_as(other) if told.like(other) else 0
            if same and (best is None or (same, len(every[key])) > best[:2]):
                best = same, len(every[key]), other
    if best is None:
        return None
    same, times, other = best
    long = len(told.digits.replace(".", "").strip("0")) >= _MANY
    short = any(len(each.digits.replace(".", "").strip("0")) < _FEWEST for each in (told, other))
    times += not short and _is_fixed(every[other.quantity.unit, other.digits], fixed)
    if (same < _OFTEN and times < (_OFTEN if long else _FEWEST)) or (short and (same < _OFTEN or times < _OFTEN)):
        return None
    in_table = other.home[0] or (told.home[0] and told.quantity.measure is Measure.RATE)
    if (not long or told.quantity.measure is Measure.RATE) and in_table and same < _MANY:
        return None
    likely = long and (times >= _OFTEN or same >= _MANY)
    return (Confidence.LIKELY if likely else Confidence.POSSIBLE), other


def _namesake(
    told: _Told,
    called: Mapping[str, AbstractSet[tuple[str, str]]],
    every: Mapping[tuple[str, str], Sequence[_Told]],
    fixed: AbstractSet[Span],
) -> tuple[Confidence, _Told] | None:
    """The one other number that is called the same, and is in all its places; of things counted only where it is so several times,
    or another statement fixes it."""
    counted = told.quantity.measure not in {Measure.MONEY, Measure.RATE}
    if told.quantity.unit.endswith(_TIMES):
        return None
    for name in (*told.names, *told.loose):
        for key in called[name] if len(called[name]) == _OFTEN else ():
            others = [each for each in every[key] if name in (*each.names, *each.loose) and each.home != told.home]
            if not others or key[0] != told.quantity.unit or others[0].quantity.value == told.quantity.value:
                continue
            if not all(_may_be(told, each) for each in others):
                continue
            often = len(others) >= _OFTEN and len(told.digits) >= _OFTEN
            sure = name in told.names and often
            if sure or (_one_off(told, others[0]) and (often or not counted or _is_fixed(others, fixed))):
                return (Confidence.LIKELY if len(others) >= _OFTEN else Confidence.POSSIBLE), others[0]
    return None


def _one_off(told: _Told, other: _Told) -> bool:
    return not frozenset(_patterns(told.digits)).isdisjoint(_patterns(other.digits))


def _may_be(told: _Told, other: _Told) -> bool:
    """Whether two numbers may be one: what was planned is not what was done, nor that of June that of the half year."""
    roles = {told.role, other.role} - {None}
    if told.is_other(other) or len(roles) > 1 or told.levels != other.levels:
        return False
    return told.periods == other.periods and not (told.years and other.years and not told.years & other.years)


def _is_fixed(group: Iterable[_Told], fixed: AbstractSet[Span]) -> bool:
    return any(each.quantity.span in fixed for each in group)


def _fixed(claims: Iterable[Claim]) -> frozenset[Span]:
    found: set[Span] = set()
    for claim in claims:
        if claim.verdict is Verdict.HELD and claim.relation in _FIXING and _exact(claim):
            found.update(each.span for each in claim.quantities)
        elif claim.verdict is Verdict.HELD and claim.relation in _RATES:
            found.add(claim.quantities[0].span)
    return frozenset(found)


def _exact(claim: Claim) -> bool:
    """Whether a sum or difference comes out to the last digit, and not only within what its decimals leave open."""
    stated, *others = (each.value for each in claim.quantities)
    if claim.relation in _DIFFERENCES and len(others) == _OFTEN:
        return stated == abs(others[0] - others[1])
    return claim.relation not in _SUMS or stated == sum(others)


def _in_prose(passages: Sequence[Passage]) -> Iterator[_Told]:
    for number, passage in enumerate(passages):
        for mention in passage.mentions:
            short = len(_digits(mention.quantity)) < _MANY
            if _is_told(mention.quantity) and not _grown(mention) and not (short and in_row(passage, mention)):
                around = _around(passage, mention)
                home = ("", number, mention.sentence)
                names, loose = tuple(_names(mention)), tuple(_loose(mention))
                sort = _sort(mention)
                yield _Told(mention.quantity, _digits(mention.quantity), home, around, names, loose, mention.role, sort)


def _sort(mention: Mention) -> str:
    """Of what kind a rate is, or at which stage forms were counted."""
    if mention.quantity.measure is Measure.RATE:
        return _rate_named(mention.before)
    match = _STAGE.search(mention.before)
    return match["sort"] if match else ""


def _rate_named(words: str) -> str:
    """Of what kind the rate is with which words end: 完成 of 完成率, 占 of a share; empty where they do not say."""
    match = _RATE_NAMED.search(words)
    return match["sort"] or match["share"] if match else ""


def _grown(mention: Mention) -> bool:
    """Whether a number says how much something grew: such numbers are like each other by chance."""
    rate = mention.quantity.measure is Measure.RATE
    return Kind.VERSUS in mention.words or (rate and bool(mention.words & _CHANGE))


def _names(mention: Mention) -> Iterator[str]:
    """What a number is called, where that is said in enough words."""
    before = mention.before.rstrip("为是达到约共仅有了数")
    if len(_HAN.findall(before)) >= _NAME_BEFORE:
        yield before
    behind = mention.after[:_BEHIND]
    if len(_HAN.findall(behind)) >= _NAME_BEHIND:
        yield f"{mention.quantity.unit}|{behind}"


def _loose(mention: Mention) -> Iterator[str]:
    """The ends of what a number is called: the last words before it, the word for what is left of an amount, the last of its clause."""
    unit = mention.quantity.unit
    before = mention.before.rstrip("为是达到约共仅有了数的")
    left = mention.role is Kind.LEFT
    if match := (_END_OF_REST if left else _END_BEFORE).search(before):
        yield f"…{match[0]}|{unit}"
    if left and (match := _REST.search(before)):
        yield f"{match[0]}|{unit}"
    if left and mention.quantity.measure is Measure.COUNT:
        yield f"余|{unit}"
    if match := _END_BEHIND.search(mention.after):
        yield f"{unit}|…{match[0]}"


def _around(passage: Passage, mention: Mention) -> str:
    begin = max(0, mention.token.start - _REACH, passage.text.rfind("。", 0, mention.token.start) + 1)
    before = passage.text[begin : mention.token.start]
    behind = _STOP.split(passage.text[mention.token.end : mention.token.end + _BEHIND], 1)[0]
    return f"{before}|{behind}"


def _in_tables(reading: Reading, sheets: Sequence[Sheet]) -> Iterator[_Told]:
    """The numbers of tables, but for the shares of options: those of one question are like those of another by chance."""
    for number, sheet in enumerate(sheets):
        caption = fold(reading.text, sheet.grid.caption).text if sheet.grid.caption else ""
        names = {row.number: row.name for row in sheet.rows}
        heads = {column.number: column.name for column in sheet.columns}
        tally = is_tally(sheet)
        for (row, column), quantity in sheet.cells.items():
            share = tally and quantity.measure is Measure.RATE
            if _is_told(quantity) and not share:
                text = f"{names.get(row, '')}|{heads.get(column, '')}|{caption}"
                sort = _rate_named(heads.get(column, "")) if quantity.measure is Measure.RATE else ""
                yield _Told(quantity, _digits(quantity), ("table", number, 0), text, sort=sort)


def _is_told(quantity: Quantity) -> bool:
    return quantity.measure in _MEASURED and quantity.hedge is Hedge.NONE


def _kind(quantity: Quantity) -> str:
    """What a quantity counts, where that is known."""
    unit = unit_named(quantity.unit)
    return unit.kind if unit else quantity.unit


def _is_long(told: _Told) -> bool:
    """Whether a number has enough digits of its own to be known by them: three, and not a round number."""
    digits = told.digits.replace(".", "").lstrip("0")
    whole = told.digits.removesuffix(".00").replace(".", "")
    own = len(digits.rstrip("0"))
    return len(digits) >= _FEWEST and own > 1 and own >= min(_FEWEST, len(whole) - 1)


def _digits(quantity: Quantity) -> str:
    return quantity.printed.replace(",", "")


def _patterns(digits: str) -> Iterator[str]:
    """The number with one digit blotted out, and with two neighbours in their order by size."""
    for at, sign in enumerate(digits):
        if sign.isdigit():
            yield f"{digits[:at]}?{digits[at + 1 :]}"
        if sign.isdigit() and digits[at + 1 : at + 2].isdigit():
            pair = "".join(sorted(digits[at : at + 2]))
            yield f"{digits[:at]}<{pair}>{digits[at + 2 :]}"
        if sign.isdigit() and digits[at + 1 : at + 2] == "." and digits[at + 2 : at + 3].isdigit():
            pair = "".join(sorted((sign, digits[at + 2])))
            yield f"{digits[:at]}<{pair}.>{digits[at + 3 :]}"
