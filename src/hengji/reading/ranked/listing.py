"""Tables as lists of named things, and where the prose names them.

Rows are known by their name, by that without what names of a kind end with (省级 for 省级资金), and by a long beginning or end of it that
no other row of the table has (适老化改造 for 家庭适老化改造). What is told of rows may stand between columns: each table is looked at both ways.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property, lru_cache

from hengji.model.claim import Measure, Quantity
from hengji.model.money import round_to
from hengji.model.patterns import pattern
from hengji.model.record import Remembering, record
from hengji.reading.han import HAN
from hengji.reading.numerals import NUMERAL, whole_number
from hengji.reading.tables.sheet import Line, Sheet, Total
from hengji.reading.units import Unit, unit_named

_BRACKET = pattern(r"[(\[][^()\[\]]*[)\]]|[:“”\"]")
_END = pattern("(?:资金|类指标|指标|项目|类|补助|补贴|情况)$")
_NAMED = pattern(rf"{HAN}|20\d\d年")
_MEASURE = pattern("(?:数量|人数|金额|情况|总数|数|量|额)$")
_NO_NAME = pattern(
    "(?:率|比|度|额|数|量|值|分|资金|预算|支出|拨付|到位|结余|金额|合计|单价|标准|人数|户数|面积|时间|日期|序号|编号|备注|发放|收回|有效|完成|计划|实际)$"
)
"""Heads of columns that measure rows, and are no things of one kind beside each other."""

_ASKED = pattern(
    "(?:请问)?您?(?:是否|认为|觉得)?对?(?P<what>.{2,20}?)(?:是否满意|的?(?:总体)?(?:评价|满意(?:度|程度|情况)?|看法)|怎么样|如何)[??]?"
)
"""A question of a survey, and what it asks about."""

_ANSWER = pattern("(?:非常|很|比较|较|基本|不太?|很不|非常不)?满意|一般|说不清|不清楚")
_SATISFIED, _LARGELY = pattern("(?:非常|很|比较|较)?满意"), pattern("(?:非常|很|比较|较|基本)?满意")
_COUNTS = frozenset({Measure.BARE, Measure.COUNT})
_FEWEST_ANSWERS = 3
_SERIAL = pattern("序号|编号|代码|名次|排名|年份")
_FILLER = pattern(
    "^(?:全年|全市|全县|全区|当年|实际|累计|总|共有|共|合计|有|的|其|所|辖|为|达|均|都|也|略|则|平均|各|各自|拥有|设有|设|"
    "覆盖|享受|开展|提供|完成|发放|支出|投入|领取|获得|获)+"
)
_GROUP = pattern(rf"(?P<number>\d{{1,3}}|{NUMERAL}{{1,3}})[个家所处名]?(?=(?P<noun>{HAN}{{1,6}}))")
_SHORTEST, _LONGEST, _PIECE, _MOST_ALIASES = 2, 24, 4, 40
_FEWEST_ROWS, _MOST_ROWS, _MOST_TABLES = 2, 400, 16
_AROUND = 24
_SUFFIXES = (3, 2, 1)
_GOES_ON = ("率", "度", "性")
"""What makes another word of a name: 满意率 names no answer."""

_Cells = Mapping[str, Quantity]


@record
class Column:
    """列: numbers of named rows; ``head`` is the last of its names without a unit, ``total`` what its total row says."""

    head: str
    unit: Unit | None
    measure: Measure
    cells: _Cells
    total: Quantity | None = None
    adds: bool = True

    def fits(self, quantity: Quantity, unit: Unit) -> bool:
        """Whether a number told in the prose may be one of the column, as far as units go."""
        if self.measure is Measure.BARE:
            return quantity.measure is Measure.COUNT or (quantity.measure is Measure.POINTS and not self.unit)
        if self.measure is not quantity.measure:
            return False
        return self.unit is None or (self.unit.kind, self.unit.per) == (unit.kind, unit.per)


@record
class Table(Remembering):
    """列表: its rows in order, the names that the prose may call them by, its columns, and where it begins."""

    names: tuple[str, ...]
    aliases: Mapping[str, str]
    columns: tuple[Column, ...]
    start: int = 0

    def group(self, text: str) -> Collection[str]:
        """The rows that the last of the words 四个街道, 3家敬老院 mean: as many as there are of that end; all where none are said."""
        for number, noun in _groups(text):
            for size in _SUFFIXES:
                rows = self._by_end.get(noun[:size], ())
                if len(noun) >= size and number == len(rows) >= _FEWEST_ROWS and len(rows) < len(self.names):
                    return rows
        return self.names

    def without_group(self, words: str) -> str:
        """Words without the ends of names that they begin with: 敬老院使用率 is 使用率."""
        return next((words[size:] for size in _SUFFIXES if words[:size] in self._by_end), words)

    @cached_property
    def _by_end(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.names:
            for size in _SUFFIXES:
                if len(name) > size:
                    found[name[-size:]].append(name)
        return found


@record
class Named:
    """提到的一行: where the prose names a row, by what words, and whether these are its ``whole`` name."""

    start: int
    end: int
    alias: str
    whole: bool


@record
class Listing(Remembering):
    """全文的列表: tables by the names of their rows."""

    tables: tuple[Table, ...]

    @cached_property
    def _by_alias(self) -> Mapping[str, Sequence[Table]]:
        found: dict[str, list[Table]] = defaultdict(list)
        for table in self.tables:
            for alias in table.aliases:
                if len(found[alias]) < _MOST_TABLES:
                    found[alias].append(table)
        return found

    def near(self, offset: int) -> Sequence[Table]:
        """The tables around a place: as many as most reports have, so that time stays linear."""
        at = bisect_left(self._starts, offset)
        return self.tables[max(0, at - _AROUND) : at + _AROUND]

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [table.start for table in self.tables]

    def tables_of(self, alias: str) -> Sequence[Table]:
        """The tables that have a row of that name."""
        return self._by_alias.get(alias, ())

    def named_in(self, text: str, start: int, end: int) -> list[Named]:
        """The rows named in a part of a text, the longest names first from left to right."""
        found: list[Named] = []
        at = start
        while at < end:
            known = self._longest(text, at, end)
            if known:
                found.append(self._named(text, at, at + known))
            at += known or 1
        return found

    def begins_with(self, text: str, at: int) -> Named | None:
        """The row that is named right here."""
        known = self._longest(text, at, len(text))
        return self._named(text, at, at + known) if known else None

    def _named(self, text: str, start: int, end: int) -> Named:
        alias = text[start:end]
        return Named(start, end, alias, any(alias in table.names for table in self.tables_of(alias)))

    def _longest(self, text: str, at: int, end: int) -> int:
        longest = min(self._sizes.get(text[at : at + _SHORTEST], 0), end - at)
        sizes = range(longest, _SHORTEST - 1, -1)
        return next(
            (n for n in sizes if text[at : at + n] in self._by_alias and text[at + n : at + n + 1] not in _GOES_ON), 0
        )

    @cached_property
    def _sizes(self) -> Mapping[str, int]:
        found: dict[str, int] = defaultdict(int)
        for alias in self._by_alias:
            found[alias[:_SHORTEST]] = max(found[alias[:_SHORTEST]], len(alias))
        return found


def listing_of(sheets: Sequence[Sheet]) -> Listing:
    """The tables of a report. Time is linear in their cells."""
    ways = ((each, turned) for sheet in sheets for each, turned in ((sheet, False), (sheet.turned(), True)))
    return Listing(tuple(table for each, turned in ways if (table := _table(each, turned=turned)) is not None))


def _table(sheet: Sheet, *, turned: bool) -> Table | None:
    rows = {row.number: name for row in sheet.rows if row.total is Total.NONE and (name := _name(row, turned=turned))}
    if not _FEWEST_ROWS <= len(rows) <= _MOST_ROWS or len(set(rows.values())) < len(rows):
        return None
    totals = [row.number for row in sheet.rows if row.total is Total.GRAND]
    columns = tuple(_columns(sheet, rows, totals))
    names = tuple(rows.values())
    return Table(names, _aliases(names), (*columns, *_satisfied(columns)), sheet.grid.span.start) if columns else None


def _satisfied(columns: Sequence[Column]) -> Iterator[Column]:
    """The rates of those satisfied that a table of answers gives: with those who are by and large, and without."""
    answers = [each for each in columns if _ANSWER.fullmatch(each.head) and each.measure in _COUNTS]
    heads = {each.head for each in answers}
    if len(answers) < _FEWEST_ANSWERS or not any(_SATISFIED.fullmatch(each) for each in heads):
        return
    rows = [name for name in answers[0].cells if all(name in each.cells for each in answers)]
    for among in (_SATISFIED, _LARGELY):
        rates = {
            name: _rate(
                [each.cells[name] for each in answers if among.fullmatch(each.head)], [e.cells[name] for e in answers]
            )
            for name in rows
        }
        yield Column("满意率", None, Measure.RATE, rates, adds=False)


def _rate(some: Sequence[Quantity], every: Sequence[Quantity]) -> Quantity:
    """The share of some answers, printed to the hundredth of a percent, at the first of them."""
    share = Fraction(sum(each.value for each in some)) / max(1, sum(each.value for each in every))
    number = round_to(share * 100, 2)
    value, half = Fraction(number) / 100, Fraction(1, 20_000)
    return replace(
        some[0],
        printed=str(number),
        number=number,
        unit="%",
        measure=Measure.RATE,
        value=value,
        low=value - half,
        high=value + half,
    )


def _name(row: Line, *, turned: bool) -> str:
    last = _BRACKET.sub("", row.path[-1]) if row.path else ""
    if turned and _NO_NAME.search(last):
        return ""
    return last if _SHORTEST <= len(last) <= _LONGEST and _NAMED.search(last) else ""


def _columns(sheet: Sheet, rows: Mapping[int, str], totals: Sequence[int]) -> Iterator[Column]:
    for column in sheet.columns:
        cells = {rows[row]: each for row, each in sheet.down(column.number).items() if row in rows}
        if (
            len(cells) < _FEWEST_ROWS
            or _SERIAL.search(column.name)
            or len({(each.measure, each.unit) for each in cells.values()}) > 1
        ):
            continue
        first = next(iter(cells.values()))
        total = next((sheet.cells[row, column.number] for row in totals if (row, column.number) in sheet.cells), None)
        head = _BRACKET.sub("", column.path[-1]) if column.path else ""
        unit = unit_named(first.unit) if first.unit else None
        yield Column(head, unit, first.measure, cells, total, sheet.adds(column))


def _aliases(names: Sequence[str]) -> Mapping[str, str]:
    meant: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for alias in _ways(name):
            meant[alias].add(name)
    own = {name: name for name in names}
    return {alias: next(iter(each)) for alias, each in meant.items() if len(each) == 1} | own


def _ways(name: str) -> Iterable[str]:
    asked = _ASKED.fullmatch(name)
    bare = asked["what"] if asked else name
    ways = {each for each in (_END.sub("", bare), bare, bare.replace("的", "")) if len(each) >= _SHORTEST}
    if len(bare) <= _MOST_ALIASES:
        ways |= {bare[:n] for n in range(_PIECE, len(bare))} | {bare[-n:] for n in range(_PIECE, len(bare))}
    return ways


@lru_cache(maxsize=256)
def _groups(text: str) -> tuple[tuple[int | None, str], ...]:
    """The numbers with what they count, the last first."""
    return tuple((whole_number(each["number"]), each["noun"]) for each in reversed(list(_GROUP.finditer(text))))


@lru_cache(maxsize=4096)
def core(words: str) -> str:
    """What is measured, without what any measure is told with: 共有床位 and 床位数 are 床位."""
    told = _BRACKET.sub("", words)
    bare = _FILLER.sub("", told)
    bare = told if len(bare) < _SHORTEST or _MEASURE.fullmatch(bare) else bare
    without = _MEASURE.sub("", bare)
    return without if len(without) >= _SHORTEST else bare


def called(column: Column, words: str) -> bool:
    """Whether words name what a column measures: its head stands at their end, or they at its own beginning or end."""
    head, words = core(column.head), core(words)
    if len(head) < _SHORTEST:
        return False
    return words.endswith(head) or (len(words) >= _SHORTEST and (head.endswith(words) or head.startswith(words)))
