"""A table as numbers: each cell's quantity with the unit that its column, its row or the table gives it, and what lines are called.

A line is a column or a row; most relations between columns stand between rows in other tables, so that both are looked at alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property, lru_cache

from hengji.model.cell_state import CellState
from hengji.model.choice import Choice
from hengji.model.claim import Measure, Quantity
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Slot, Span
from hengji.model.record import Remembering, record
from hengji.reading.folding import fold
from hengji.reading.han import HAN
from hengji.reading.quantities import quantities_said
from hengji.reading.units import unit_named
from hengji.reading.unmarking import unmarked

_THOUSANDS = pattern(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d,])")
_NUMBER = pattern(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_CELL = pattern(rf"(?P<number>{_NUMBER.pattern})(?P<unit>[^\d,.()]*)")
_UNIT = pattern(r"[(:/单位]*?[(:](?:单位:)?(?P<unit>[^()\d]{1,8})\)?$|(?<!\d)(?P<percent>%)\)?$")
_MONEY = pattern(
    r"金额|资金|经费|预算|支出|收入|拨付|到位|结余|结转|总价|补助|补贴|奖补|合计|小计|投入|成本|费|款|余额|下达|支付"
)
_SHARE = pattern(r"占比|比重|比例|构成")
_PERHAPS_SHARE = pattern(r"(?:比例|构成)[^/]*$")
_NEARLY_ALL = range(50, 151)
_FEWEST_COUNTED = 2
_TOTAL = pattern(
    r"(?:年度资金总额|金额合计|总?合计|总计|共计|总和|总数|总额|累计|全部|汇总|总体)(?:数|金额|资金|人数)?(?:\(.*\))?|.{2,16}汇总"
)
_SUBTOTAL = pattern(rf"全年|小计(?:\(.*\))?|.{{1,12}}小计|{HAN}{{0,8}}(?:收入|支出)合计")
_WHOLE_PLACE = pattern("全[国省市州盟县区旗镇乡街校]")
"""A column that adds up those of its parts, where its numbers say so."""
_COUNTED = pattern(
    r"(?:[份人户次个家件台张座处套辆所名头票月])数$|数量$|(?:有效|回收|总)问卷$|(?:分值|权重|满分|标准分)$|满意$|(?:^|/)一般$|编制$|[空缺超]编$|[在离]职$|(?:^|[/:])[男女]$"
)
_BRACKET = pattern(r"[(（][^()（）]*[)）]$")
_SUMMED = pattern("[合小]计$")
"""What a row is called that adds up things of any kind."""
_ALL = pattern(".{2,8}(?:经费|资产|费用|投资)合计(?:[(].*[)])?")
"""A column that adds up others by its name (三公经费合计); a row of that name may stand among rows that it does not add up."""
_WITHIN = pattern("其中:?")
_CODE = pattern("编码|代码|编号|序号")
_NO_SUM = pattern(
    r"进度(?!款)|序号|编号|代码|年份|(?<!\d)年度$|(?<![一二三四五1-5])星级|等级|档次|单价|标准(?!化)|比例|率(?!先)|名次|排名|日期|时间|平均|(?:[人园校户村床亩家班生师月日年次]|单位)均|均价|系数|价格|型号|规格|电话|%"
    r"|分值|权重|得分|满意度|同比|增幅|指标值|目标值|上限|下限|年龄|面积标准"
)
_PERCENT = pattern(r"(?<![利税费汇频倍功效速斜曲])(?<!死亡)(?<!出生)(?<!患病)率$|占比$|比重$|[增降]幅$")
"""Columns of rates, which are percentages where no cell and no head says so."""


class Total(Choice):
    """合计种类: what a line adds up."""

    NONE = "明细"
    SUB = "小计"
    GRAND = "合计"


@record
class Line:
    """表的一行或一列: its number, what it is called (all its header cells, outermost first), and what it adds up."""

    number: int
    name: str
    path: tuple[str, ...] = ()
    total: Total = Total.NONE

    @property
    def addable(self) -> bool:
        """Whether its numbers may be added, by its name; shares may, rates may not."""
        return _addable(self.name)


def named(row: Line, column: Line) -> str:
    """What a cell is called: “石桥的合计”; by its row alone, or its column, where the other has no name."""
    return "的".join(filter(None, (row.name, column.name)))


@record
class Sheet(Remembering):
    """表中的数: quantities by row and column (0-based), the body rows and the columns.

    ``may_go_on`` is whether its first rows may stand on the page before: it begins a page without a caption.
    """

    grid: Grid
    cells: Mapping[tuple[int, int], Quantity]
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    words: Mapping[tuple[int, int], str] = field(default_factory=dict)
    may_go_on: bool = False

    def row(self, number: int) -> Line:
        """The body row of a number."""
        return self.rows[number - self.rows[0].number]

    def down(self, column: int) -> Mapping[int, Quantity]:
        """The quantities of a column by row."""
        return self._columns.get(column, {})

    @cached_property
    def _columns(self) -> dict[int, dict[int, Quantity]]:
        found: dict[int, dict[int, Quantity]] = {}
        for row in self.rows:
            for column in self.columns:
                quantity = self.cells.get((row.number, column.number))
                if quantity is not None:
                    found.setdefault(column.number, {})[row.number] = quantity
        return found

    def adds(self, line: Line) -> bool:
        """Whether the numbers of a column may be added: by its name, and because they are not 1, 2, 3, …"""
        return line.addable and line.number not in self._counting and not self._rates(line)

    def _rates(self, line: Line) -> bool:
        """Whether what is called a proportion (支付比例) are rates of their own: shares come to about a hundred percent."""
        if not _PERHAPS_SHARE.search(line.name):
            return False
        found = [self.cells.get((row.number, line.number)) for row in self.rows if row.total is Total.NONE]
        shares = [each.value for each in found if each is not None and each.measure is Measure.RATE]
        return bool(shares) and round(sum(shares) * 100) not in _NEARLY_ALL

    @cached_property
    def _counting(self) -> frozenset[int]:
        """The columns whose numbers are 1, 2, 3, … but perhaps for the last."""
        values = {column: [each.value for each in cells.values()] for column, cells in self._columns.items()}
        return frozenset(
            column
            for column, each in values.items()
            if len(each) > _FEWEST_COUNTED and each[:-1] == list(range(1, len(each)))
        )

    def turned(self) -> Sheet:
        """Rows for columns and columns for rows."""
        cells = {(column, row): quantity for (row, column), quantity in self.cells.items()}
        words = {(column, row): text for (row, column), text in self.words.items()}
        return replace(self, cells=cells, rows=self.columns, columns=self.rows, words=words)


def sheet_of(reading: Reading, grid: Grid) -> Sheet:
    """The numbers of a table. Time is linear in its cells."""
    at = {place: slot for slot in grid.slots if slot.row < grid.head for place in _places(slot)}
    words = {(slot.row, slot.column): unmarked(fold(reading.text, slot.span)).text for slot in grid.slots}
    columns = tuple(_column(grid, at, words, number) for number in range(grid.width))
    rows = tuple(_row(words, number, columns) for number in range(grid.head, grid.height))
    named = {row.number: row.name for row in rows}
    money = _in_hundredths(grid, columns, words)
    counted = {column.number for column in columns if _counts(grid, column)}
    cells: dict[tuple[int, int], Quantity] = {}
    for slot in grid.slots:
        if slot.row < grid.head or slot.state is not CellState.FILLED:
            continue
        text = words[slot.row, slot.column]
        match = _CELL.fullmatch(text if " " not in text else _THOUSANDS.sub(_closed, text))
        if match is None:
            continue
        column = columns[slot.column].name
        unit = match["unit"].lstrip("/") or _unit(grid, column, named.get(slot.row, ""))
        found = _quantity(
            match["number"], slot.span, unit or (_folded(grid.unit or "") if slot.column in money else "")
        )
        if found is not None:
            whole = found.measure is Measure.BARE and slot.column in counted
            cells[slot.row, slot.column] = _exact(found) if whole else found
    start = grid.span.start
    page = reading.page(start)
    return Sheet(grid, cells, rows, columns, words, not grid.caption and page != reading.page(max(start - 1, 0)))


def _closed(match: re.Match[str]) -> str:
    """Thousands that stand apart by blanks, without them: 1 040.00."""
    return match[0].replace(" ", "")


def _in_hundredths(grid: Grid, columns: Sequence[Line], words: Mapping[tuple[int, int], str]) -> frozenset[int]:
    """Columns of amounts by how they are printed (1,204.66), where the table says its unit and their names tell nothing (概算数)."""
    told = unit_named(_folded(grid.unit)) if grid.unit else None
    if told is None or told.measure is not Measure.MONEY:
        return frozenset()
    found: dict[int, list[bool]] = {}
    for (row, column), text in words.items():
        if row >= grid.head and _NUMBER.fullmatch(text):
            found.setdefault(column, []).append(text[-3:-2] == ".")
    return frozenset(
        number
        for number, each in found.items()
        if sum(each) * 2 > len(each) and not _NO_SUM.search(columns[number].name)
    )


def _counts(grid: Grid, column: Line) -> bool:
    """Whether a column counts things: by what it is called, or because nothing says that it has amounts, shares or rates."""
    if any(_COUNTED.search(_BRACKET.sub("", text)) for text in column.path):
        return True
    other = grid.unit or _MONEY.search(_SUMMED.sub("", column.name)) or _SHARE.search(column.name)
    return bool(column.name) and not other and column.addable


def _places(slot: Slot) -> Iterator[tuple[int, int]]:
    for row in range(slot.row, slot.row + slot.rows):
        for column in range(slot.column, slot.column + slot.columns):
            yield row, column


def _column(grid: Grid, at: Mapping[tuple[int, int], Slot], words: Mapping[tuple[int, int], str], number: int) -> Line:
    path: list[str] = []
    for row in range(grid.head):
        text = _headed(at, words, row, number) or (_spanned(at, words, row, number) if row + 1 < grid.head else "")
        if text and (not path or path[-1] != text):
            path.append(text)
    path = [text for text in path if not _WITHIN.fullmatch(text)]
    last = path[-1] if path else ""
    total = Total.GRAND if _WHOLE_PLACE.fullmatch(last) else _total(last)
    return Line(number, "/".join(path), tuple(path), Total.SUB if _ALL.fullmatch(last) else total)


def _headed(at: Mapping[tuple[int, int], Slot], words: Mapping[tuple[int, int], str], row: int, number: int) -> str:
    slot = at.get((row, number))
    return words[slot.row, slot.column] if slot is not None else ""


def _spanned(at: Mapping[tuple[int, int], Slot], words: Mapping[tuple[int, int], str], row: int, number: int) -> str:
    """The heading that stands to the left over blanks, where this column and those up to it have headings of their own below."""
    while number >= 0 and _headed(at, words, row + 1, number):
        if text := _headed(at, words, row, number):
            return text
        number -= 1
    return ""


def _row(words: Mapping[tuple[int, int], str], number: int, columns: tuple[Line, ...]) -> Line:
    """Its name is the words before its first number."""
    name: list[str] = []
    for column in columns:
        text = words.get((number, column.number), "")
        if not text:
            continue
        if _CELL.fullmatch(text) and not (name == [] and column.number == 0):
            break
        if not _NUMBER.fullmatch(text):
            name.append(text)
    total = next((kind for text in name if (kind := _total(text)) is not Total.NONE), Total.NONE)
    return Line(number, "/".join(name), tuple(name), total)


@lru_cache(maxsize=4096)
def _addable(name: str) -> bool:
    return not _NO_SUM.search(name) or bool(_SHARE.search(name))


def _total(text: str) -> Total:
    if _SUBTOTAL.fullmatch(text):
        return Total.SUB
    return Total.GRAND if _TOTAL.fullmatch(text) else Total.NONE


def _unit(grid: Grid, column: str, row: str) -> str:
    if _CODE.search(column):
        return ""
    for name in (column.rpartition("/")[2], row.rpartition("/")[2], column, row):
        told = _told(name)
        if told is not None and _is_unit(told):
            return told
    if _PERCENT.search(column):
        return "%"
    money = _MONEY.search(column) or _MONEY.search(_SUMMED.sub("", row)) or not column
    return _folded(grid.unit) if grid.unit and money else ""


@lru_cache(maxsize=64)
def _folded(unit: str) -> str:
    return fold(unit, Span(0, len(unit))).text


@lru_cache(maxsize=4096)
def _is_unit(words: str) -> bool:
    """Whether what a name ends with in brackets is a unit, and no other word (DSA)."""
    found = _printed("1", words)
    return found is not None and found.measure is not Measure.BARE


@lru_cache(maxsize=4096)
def _told(name: str) -> str | None:
    """The unit that a name ends with."""
    match = _UNIT.search(name)
    if match is None or (name.startswith("其中:") and unit_named(match["unit"] or "") is None):
        return None
    return match["percent"] or match["unit"].rstrip(")")


def _quantity(number: str, span: Span, unit: str) -> Quantity | None:
    """The quantity of a cell that holds a number in a unit."""
    found = _printed(number.lstrip("-"), unit)
    if found is None:
        return None
    one = found.at(span)
    return _negated(one) if number.startswith("-") else one


def _exact(quantity: Quantity) -> Quantity:
    """A whole number of things or points as it is meant, not rounded."""
    whole = "." not in quantity.printed
    return replace(quantity, low=quantity.value, high=quantity.value) if whole else quantity


@lru_cache(maxsize=4096)
def _printed(number: str, unit: str) -> Quantity | None:
    """The quantity of a number and what may be its unit; its span means nothing."""
    found = quantities_said(f"{number}{unit}")
    if len(found) == 1 and found[0].printed.replace(",", "") == number.replace(",", ""):
        return found[0]
    found = quantities_said(f"计{number}项")
    return replace(found[0], unit="", measure=Measure.BARE) if len(found) == 1 else None


def _negated(quantity: Quantity) -> Quantity:
    return replace(
        quantity,
        printed=f"-{quantity.printed}",
        number=-quantity.number,
        value=-quantity.value,
        low=-quantity.high,
        high=-quantity.low,
    )
