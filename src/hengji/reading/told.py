"""What the words around a number tell of it: in the prose those of its sentence, in a table the names of its row and column and the
caption.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from hengji.model.claim import Hedge, Measure, Quantity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.record import Remembering, record
from hengji.reading.folding import fold
from hengji.reading.han import HAN
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.respective import in_row
from hengji.reading.statements.tokens import CHANGES, Kind
from hengji.reading.statements.verdicts import agree
from hengji.reading.tables.sheet import Sheet
from hengji.reading.tables.surveys import is_tally
from hengji.reading.units import unit_named

LONG, SHORT = 4, 3
"""A number of so many digits is known by them; one of fewer than SHORT is like others by chance."""
_MEASURED = frozenset({Measure.MONEY, Measure.COUNT, Measure.RATE, Measure.DAYS})
_REACH, _BEHIND = 36, 10
"""How many characters before and behind a number tell of it."""
_FEN = 100
_NAME_BEFORE, _NAME_BEHIND = 4, 6
"""How many characters name a number."""
_END_BEFORE = pattern(f"{HAN}{{5}}$")
_RATE_NAMED = pattern(
    rf"(?P<sort>{HAN}{{2}})[率度](?:仅|只|约|达|为|是|到|有|\(%\))*$|(?P<share>占)比?(?:到|了|约|由|从|为)?$"
)
_OF_POINTS = "得分"
_STAGE = pattern(
    "(?P<sort>发放|发出|收回|回收|有效)(?:(?:调查)?(?:问卷|样本|答卷)(?:数|量)?)?(?:共|合|计|[为是有了])*$"
)
_VALID = "有效"
_END_OF_REST = pattern(f"{HAN}{{4}}$")
_END_BEHIND = pattern(f"{HAN}{{6}}$")
_NOUN = pattern(f"{HAN}{{5,}}?(?=[的全均都已共]|占)")
"""What is counted, up to what is said of all of it: 79所普惠性幼儿园全部….."""
_REST = pattern("(?:结余|剩余|结转|余额|缺口|差额|欠付)(?=(?:资金|金额|数|额)?$)")
_HAN = pattern(HAN)
_STOP = pattern("[。;]")
_THING = pattern(rf"({HAN}{{2}})(?:项目|工程)(?:资金|经费)?$")
"""By the word before them two projects are told apart: 服务提升项目 is not 服务中心项目."""
_WORDS = pattern(f"(?=({HAN}{{2}}))")
_PLACE = pattern(f"{HAN}{{2,3}}[县区乡镇村]")
_YEAR = pattern(r"(?:19|20)\d\d")
_YEARS = pattern(r"(20\d\d)年?(?:至|到|[-—~])(20\d\d)年")
_LEVEL = pattern("中央|省级|[市州]级|[区县]级|乡镇级|自筹|债券")
_PLANNED_AND_DONE = ({Kind.BUDGET, Kind.DONE}, {Kind.BUDGET, Kind.SPENT})
_DENIED = pattern("^[^,;。]*?(?:未(?!成年|来)|没有|尚无|不(?!低|少|足|超|高|同|等|断|动产))")
_PLAN = pattern("计划|目标|预期|拟|任务")
_PART_OF_YEAR = frozenset({"上半年", "下半年", "春季", "秋季"})
_PERIOD = pattern(r"[上下]半年|[一二三四1-4]季度|(?<!\d)\d{1,2}月(?!\d)|当月|本月|每月|春季|秋季|[一二三]期|上年|去年")
_SAYS_NOTHING = frozenset(
    pattern("..").findall(
        "项目资金实际情况其中合计共计年度截至完成进行分别以及达到单位本次绩效评价元的万元计划任务金额"
    )
)


@record
class Told(Remembering):
    """A number with what is told of it; ``home`` is whether it stands in a table, which table or passage that is, and which sentence.

    ``names`` are what it is called: the words right before it, or those right behind it with its unit. By ``loose`` names, the ends of
    those words, it is only known to be another written with one digit otherwise. ``role`` is what its words say that an amount is,
    ``sort`` of what kind a rate is (完成率), or at which stage forms of a survey were counted (发放, 收回, 有效); empty where that is not said.
    ``whole`` is the number that it is a part of, where its sentence says so by 其中 or a bracket.
    """

    quantity: Quantity
    digits: str
    home: tuple[bool, int, int]
    text: str
    names: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    role: Kind | None = None
    sort: str = ""
    whole: Quantity | None = None

    @property
    def in_table(self) -> bool:
        """Whether it stands in a table."""
        return self.home[0]

    def is_called(self, name: str) -> bool:
        """Whether this is what it is called, or the end of that."""
        return name in self.names or name in self.loose

    @cached_property
    def words(self) -> frozenset[str]:
        """The pairs of neighbouring characters around it, which stand for words."""
        return frozenset(_WORDS.findall(self.text)) - _SAYS_NOTHING

    def is_of_row_in(self, other: Told) -> bool:
        """Whether, where it stands in a table, the other is told with a word of the name of its row; a total stands for all."""
        row = self.text.partition("|")[0]
        words = set(_WORDS.findall(row)) - _SAYS_NOTHING
        return not self.in_table or (bool(row) and not words) or not words.isdisjoint(other.words)

    @cached_property
    def years(self) -> frozenset[str]:
        """The years that are named around it, and those between the first and the last of several."""
        spans = (range(int(match[1]), int(match[2]) + 1) for match in _YEARS.finditer(self.text))
        return frozenset((*_YEAR.findall(self.text), *(str(year) for span in spans for year in span)))

    @cached_property
    def levels(self) -> frozenset[str]:
        """The levels of government whose money is named before it, where it is a rate."""
        rate = self.quantity.measure is Measure.RATE
        return frozenset(_LEVEL.findall(self.text.partition("|")[0]) if rate else ())

    @cached_property
    def thing(self) -> str:
        """The word that tells apart the project it is the money of, where it stands right behind the name of one."""
        match = _THING.search(self.text.partition("|")[0]) if self.quantity.measure is Measure.MONEY else None
        return match[1] if match else ""

    @cached_property
    def planned(self) -> bool:
        """Whether a plan or goal is named before it in its sentence."""
        return bool(_PLAN.search(self.text.partition("|")[0]))

    @cached_property
    def denied(self) -> bool:
        """Whether what stands behind it says that something is not so: 1家未建档, beside 5家建档."""
        return bool(_DENIED.search(self.text.partition("|")[2])) and not self.in_table

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
        amount = self.fen if len(self.fen.rstrip("0")) >= LONG else ""
        own = ((self.quantity.unit, masked) for masked in blotted(self.digits))
        return (*own, ("", self.digits), *(("分", masked) for masked in blotted(amount)))

    def like(self, other: Told) -> bool:
        """Whether they are in one unit, or in two of a kind that are taken for each other (元 and 万元, 人 and 人次)."""
        mine, its = self.quantity, other.quantity
        if mine.measure is not its.measure:
            return False
        if mine.unit == its.unit:
            return mine.value != its.value
        if agree((mine, its)):
            return False
        taken = mine.unit[-1:] == its.unit[-1:] or mine.unit[:1] == its.unit[:1]
        return mine.value != its.value if _kind(mine) == _kind(its) else taken

    def is_other(self, other: Told) -> bool:
        """Whether they are rates of two kinds (of points and of anything else, say), rates of points that no name joins, or forms at two stages."""
        if _OF_POINTS in {self.sort, other.sort}:
            return self.sort != other.sort or set(self.names).isdisjoint(other.names)
        return bool(self.sort and other.sort) and self.sort != other.sort

    def _of_other_year(self, other: Told) -> bool:
        return bool(self.years and other.years) and self.years.isdisjoint(other.years)

    def _plays_other(self, other: Told) -> bool:
        """Whether one was planned and the other done, or only one is what is left; or one is a rate of what one level gave."""
        roles = {self.role, other.role}
        left = Kind.LEFT in roles and len(roles) > 1 and None not in roles
        return roles in _PLANNED_AND_DONE or left or self.levels != other.levels

    def same_as(self, other: Told) -> int:
        """How many words both are told with; none where they stand together, are of different years or parts of one, or of plan and deed."""
        if self.home[:2] == other.home[:2] or self.is_other(other) or self._plays_other(other):
            return 0
        if self.thing and other.thing and self.thing != other.thing:
            return 0
        if self._is_of_other(other):
            return 0
        if self._of_other_year(other) or _PART_OF_YEAR & (self.periods ^ other.periods):
            return 0
        shared = self.words & other.words
        places = () if self.in_table or other.in_table else _PLACE.findall(self.text)
        if len(places) > 1:  # a sentence that goes from one county to the next
            shared -= frozenset(_WORDS.findall("|".join(places)))
        return len(shared)

    def _is_of_other(self, other: Told) -> bool:
        """Whether both are parts of two totals, or one is a part of the other."""
        wholes = [each.whole.value for each in (self, other) if each.whole]
        return len(set(wholes)) > 1 or self.quantity.value in wholes or other.quantity.value in wholes

    def may_be(self, other: Told) -> bool:
        """Whether two numbers may be one: what was planned is not what was done, nor that of June that of the half year."""
        roles = {self.role, other.role} - {None}
        if self.denied is not other.denied:
            return False
        if self.is_other(other) or self._is_of_other(other) or len(roles) > 1 or self.levels != other.levels:
            return False
        return self.periods == other.periods and not self._of_other_year(other)


def told_in_prose(passages: Sequence[Passage]) -> Iterator[Told]:
    """The numbers of the prose, but for changes and for short ones in a row behind 分别: these are like others by chance."""
    for number, passage in enumerate(passages):
        wholes = _wholes(passage)
        for mention in passage.mentions:
            short = len(digits_of(mention.quantity)) < LONG
            if _is_told(mention.quantity) and not _grown(mention) and not (short and in_row(passage, mention)):
                around = _around(passage, mention)
                home = (False, number, mention.sentence)
                names, loose = tuple(_names(mention)), tuple(_loose(mention))
                sort = _sort(mention)
                digits, whole = digits_of(mention.quantity), wholes.get(mention.at)
                yield Told(mention.quantity, digits, home, around, names, loose, mention.role, sort, whole)


def _wholes(passage: Passage) -> Mapping[int, Quantity]:
    """What each number is a part of, by its place: behind 其中 the last number of its kind before that, in a bracket that before it."""
    found: dict[int, Quantity] = {}
    whole: Mention | None = None
    for before, mention in pairwise(passage.mentions):
        between = passage.tokens[before.at + 1 : mention.at]
        if any(token.kind is Kind.PARTS for token in between) or mention.depth > before.depth:
            whole = before
        elif mention.sentence != before.sentence or mention.depth < before.depth:
            whole = None
        if whole is not None and mention.like(whole):
            found[mention.at] = whole.quantity
    return found


def _sort(mention: Mention) -> str:
    """Of what kind a rate is, or at which stage forms were counted."""
    if mention.quantity.measure is Measure.RATE:
        return _rate_named(mention.before)
    match = _STAGE.search(mention.before)
    return match["sort"] if match else _VALID if mention.after.startswith(_VALID) else ""


def _rate_named(words: str) -> str:
    """Of what kind the rate is with which words end: 完成 of 完成率, 占 of a share; empty where they do not say."""
    match = _RATE_NAMED.search(words)
    return match["sort"] or match["share"] if match else ""


def _grown(mention: Mention) -> bool:
    """Whether a number says how much something grew: such numbers are like each other by chance."""
    rate = mention.quantity.measure is Measure.RATE
    return Kind.VERSUS in mention.words or (rate and bool(mention.words & CHANGES))


def _names(mention: Mention) -> Iterator[str]:
    """What a number is called, where that is said in enough words."""
    before = mention.before.rstrip("为是达到约共仅有了数")
    if len(_HAN.findall(before)) >= _NAME_BEFORE:
        yield before
    behind = mention.after[:_BEHIND]
    if len(_HAN.findall(behind)) >= _NAME_BEHIND:
        yield f"{mention.quantity.unit}|{behind}"
    noun = _NOUN.match(behind)
    if noun is not None:
        yield f"{mention.quantity.unit}|{noun[0]}"


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
    reach = max(0, mention.token.start - _REACH)
    begin = max(reach, passage.text.rfind("。", reach, mention.token.start) + 1)
    before = passage.text[begin : mention.token.start]
    behind = _STOP.split(passage.text[mention.token.end : mention.token.end + _BEHIND], 1)[0]
    return f"{before}|{behind}"


def told_in_tables(reading: Reading, sheets: Sequence[Sheet]) -> Iterator[Told]:
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
                yield Told(quantity, digits_of(quantity), (True, number, 0), text, sort=sort)


def _is_told(quantity: Quantity) -> bool:
    return quantity.measure in _MEASURED and quantity.hedge is Hedge.NONE


def _kind(quantity: Quantity) -> str:
    """What a quantity counts, where that is known."""
    unit = unit_named(quantity.unit)
    return unit.kind if unit else quantity.unit


def _is_long(told: Told) -> bool:
    """Whether a number has enough digits of its own to be known by them: three, and not a round number."""
    digits = told.digits.replace(".", "").lstrip("0")
    whole = told.digits.removesuffix(".00").replace(".", "")
    own = len(digits.rstrip("0"))
    return len(digits) >= SHORT and own > 1 and own >= min(SHORT, len(whole) - 1)


def digits_of(quantity: Quantity) -> str:
    return quantity.printed.replace(",", "")


def blotted(digits: str) -> Iterator[str]:
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
