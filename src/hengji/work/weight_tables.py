"""Tables that weights come out of, as people keep them in a spreadsheet: numbers with their places, every fault at once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from unicodedata import normalize

from hengji.engines.grids import Grid, read_grid
from hengji.model.cells import Raw
from hengji.model.finding import Finding, Place, Severity
from hengji.model.indicator import WeightMethod
from hengji.model.money import round_to
from hengji.model.record import record
from hengji.scoring.delphi import FEWEST
from hengji.scoring.faults import MATRIX_REFUSED
from hengji.storage.refusals import content_of

Findings = tuple[Finding, ...]
Row = tuple[Fraction | None, ...]
ROUND, EXPERT, AUTHORITY = "轮次", "专家", "权威系数"
"""Columns of scores that are no indicators; none of them must be there."""
_BESIDE = frozenset({ROUND, EXPERT, AUTHORITY, "专家编号", "专家姓名", "姓名", "编号", "序号"})
_WEIGHED = frozenset({WeightMethod.DIRECT, WeightMethod.DELPHI})
"""What experts give straight: none of it is less than nothing."""
_SUMMED = frozenset({"合计", "总计", "小计", "平均", "平均值", "平均数", "平均分", "均值"})
"""What a spreadsheet has below or beside its numbers, and what nobody weighs."""
_NUMBER = re.compile(
    r"(?P<over>[+-]?(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.\d{1,20})?)(?:/(?P<under>0*[1-9]\d{0,14})|(?P<percent>%))?",
    re.ASCII,
)
_ROUND = re.compile(r"第?(?P<number>[一二三四五六七八九]|[1-9])轮?", re.ASCII)
_DIGITS = "一二三四五六七八九"
_SURE = 12
"""So many decimals of 1 ÷ 3 a spreadsheet keeps."""
_MOST = 200
"""Rows, and columns: nobody weighs more."""


@record
class Opinions:
    """权重材料: a row of numbers per expert, unit or indicator, with where each stands; ``names`` are those of the indicators, at ``heads``.

    None stands where a cell is blank, which only a comparison matrix may have. ``rounds`` and ``authorities`` are the row's;
    where the table does not tell rounds, all is one.
    """

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    places: tuple[tuple[Place, ...], ...]
    heads: tuple[Place, ...]
    rounds: tuple[int, ...] = ()
    authorities: tuple[Fraction, ...] = ()

    @property
    def place(self) -> Place:
        """The table as a whole."""
        return Place(self.heads[0].file, sheet=self.heads[0].sheet)


def read_opinions(method: WeightMethod, path: Path) -> tuple[Opinions | None, Findings]:
    """The table at ``path`` as that method wants it; None with every fault where it is not so."""
    content = content_of(path, "可读的 csv、xlsx 或 xls")
    if isinstance(content, Finding):
        return None, (content,)
    grid, findings = read_grid(str(path), content)
    if grid is None:
        return None, findings
    lines = [at for at, row in enumerate(grid.rows) if any(map(text_of, row))]
    lines = lines[next((at for at, line in enumerate(lines) if not _is_title(grid.rows[line])), 0) :]
    width = max((len(_trimmed(grid.rows[at])) for at in lines), default=0)
    if not 1 < len(lines) <= _MOST or not 1 < width <= _MOST:
        place, found = Place(str(path), sheet=grid.sheet), f"表里有{len(lines)}行{width}列"
        return None, (*findings, MATRIX_REFUSED.at(place, found, f"一行表头、一列以上的数，各不超过{_MOST}"))
    reader = _Reader(grid, method, lines, width)
    findings += tuple(reader.faults())
    faulty = any(finding.severity is Severity.ERROR for finding in findings)
    return None if faulty else reader.opinions(), findings


def comparisons(opinions: Opinions) -> tuple[list[list[Fraction]], Findings]:
    """A comparison matrix. Of two cells that mirror each other the one from 1 on counts; the other may be blank or its rounded inverse."""
    order = len(opinions.names)
    matrix = [[Fraction(1)] * order for _ in range(order)]
    findings = []
    for row in range(order):
        for column in range(row + 1):
            one, other = opinions.rows[column][row], opinions.rows[row][column]
            whole = _agreed(one, other)
            if whole is None or (row == column and whole != 1):
                findings.append(_at_odds(opinions, row, column))
            elif row != column:
                matrix[column][row], matrix[row][column] = whole, 1 / whole
    return matrix, tuple(findings)


def _agreed(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    """What ``one`` is by both cells; None where they say different things or nothing."""
    if one is None or other is None:
        said = one if one is not None else None if not other or other < 0 else 1 / other
        return said if said and said > 0 else None
    if one <= 0 or other <= 0:
        return None
    if one < other:
        agreed = _agreed(other, one)
        return agreed and 1 / agreed
    decimals = next((each for each in range(_SURE) if (other * 10**each).denominator == 1), _SURE)
    return one if one * other == 1 or round_to(1 / one, decimals) == round_to(other, decimals) else None


def _at_odds(opinions: Opinions, row: int, column: int) -> Finding:
    one, other = opinions.names[row], opinions.names[column]
    place = opinions.places[row][column]
    if row == column:
        return MATRIX_REFUSED.at(place, f"“{one}”与自己相比为{_told(opinions.rows[row][column])}", "1")
    here, there = opinions.rows[row][column], opinions.rows[column][row]
    if here is None and there is None:
        return MATRIX_REFUSED.at(place, f"“{one}”与“{other}”没有相比", "大于 0 的数，如 3 或 1/3")
    found = f"“{one}”比“{other}”为{_told(here)}，“{other}”比“{one}”为{_told(there)}"
    return MATRIX_REFUSED.at(place, found, "大于 0 且互为倒数")


@record
class _Reader:
    """阅读: a grid of which ``lines`` are not blank, the first being the header, ``width`` columns wide."""

    grid: Grid
    method: WeightMethod
    lines: Sequence[int]
    width: int

    def faults(self) -> Iterator[Finding]:
        """All that keeps the table from being read."""
        names = self._heads(self._columns())
        yield from self._names(names, [(self.lines[0], each) for each in self._columns()])
        if self.method is not WeightMethod.DELPHI:
            yield from self._names(self._labels(), [(line, 0) for line in self.lines[1:]])
        yield from self._asked()
        if self.method is WeightMethod.AHP and self._labels() != names:
            found = f"各行是{'、'.join(self._labels())}，各列是{'、'.join(names)}"
            yield MATRIX_REFUSED.at(self._place(self.lines[0], 0), found, "行和列是同样的指标，次序相同")
        for line in self.lines[1:]:
            for column in (*self._columns(), *self._at(AUTHORITY)):
                yield from self._numbers(line, column)

    def _numbers(self, line: int, column: int) -> Iterator[Finding]:
        cell = self._cell(line, column)
        number = _number(cell)
        if number is not None and number < 0 and self.method in _WEIGHED:
            yield MATRIX_REFUSED.at(self._place(line, column), f"“{text_of(cell)}”小于 0", "不小于 0 的数")
        elif text_of(cell) and number is None:
            yield self._strange(line, column, cell)
        elif not text_of(cell) and self.method is not WeightMethod.AHP:
            yield MATRIX_REFUSED.at(self._place(line, column), "没有填写", "一个数；确实为零的填 0")

    def opinions(self) -> Opinions:
        """What stands in a table without faults."""
        body, columns = self.lines[1:], self._columns()
        down = self.method is WeightMethod.DIRECT
        heads = [(line, 0) for line in body] if down else [(self.lines[0], each) for each in columns]
        return Opinions(
            self._labels() if down else self._heads(columns),
            tuple(tuple(_number(self._cell(line, each)) for each in columns) for line in body),
            tuple(tuple(self._place(line, each) for each in columns) for line in body),
            tuple(self._place(*spot) for spot in heads),
            tuple(_round(self._cell(line, each)) or 0 for line in body for each in self._at(ROUND)) or (1,) * len(body),
            tuple(_number(self._cell(line, each)) or Fraction(0) for line in body for each in self._at(AUTHORITY)),
        )

    def _columns(self) -> list[int]:
        """Where the numbers stand."""
        if self.method is not WeightMethod.DELPHI:
            return list(range(1, self.width))
        return [at for at, name in enumerate(self._heads(range(self.width))) if name not in _BESIDE]

    def _at(self, name: str) -> list[int]:
        """The column of that name, where there is one and the method knows it."""
        heads = self._heads(range(self.width))
        return [heads.index(name)] if self.method is WeightMethod.DELPHI and name in heads else []

    def _heads(self, columns: Sequence[int]) -> tuple[str, ...]:
        return tuple(text_of(self._cell(self.lines[0], each)) for each in columns)

    def _labels(self) -> tuple[str, ...]:
        return tuple(text_of(self._cell(line, 0)) for line in self.lines[1:])

    def _names(self, names: Sequence[str], spots: Sequence[tuple[int, int]]) -> Iterator[Finding]:
        for at, (name, spot) in enumerate(zip(names, spots, strict=True)):
            if not name:
                yield MATRIX_REFUSED.at(self._place(*spot), "没有名称", "指标或单位的名称")
            elif name in names[:at]:
                yield MATRIX_REFUSED.at(self._place(*spot), f"“{name}”写了两次", "名称各不相同")
            elif name in _SUMMED:
                yield MATRIX_REFUSED.at(
                    self._place(*spot), f"有“{name}”", "只有各指标、各单位自己的数；这一行或列先删去"
                )

    def _asked(self) -> Iterator[Finding]:
        """Experts who are no experts, rounds of which one cannot say which they are, and what is too little to agree on."""
        yield from self._too_few() if self.method is WeightMethod.DELPHI else ()
        for line in self.lines[1:]:
            for column in self._at(EXPERT):
                if (name := text_of(self._cell(line, column))) in _SUMMED:
                    yield MATRIX_REFUSED.at(
                        self._place(line, column), f"有“{name}”", "只有各位专家自己的分；这一行先删去"
                    )
            for column in self._at(ROUND):
                if _round(cell := self._cell(line, column)) is None:
                    found = f"轮次写作“{text_of(cell)}”" if text_of(cell) else "没有填写轮次"
                    yield MATRIX_REFUSED.at(self._place(line, column), found, "1、2、3 或第一轮、第二轮，每行都写")

    def _too_few(self) -> Iterator[Finding]:
        if len(self._columns()) < FEWEST:
            yield MATRIX_REFUSED.at(self._place(self.lines[0], 0), "只有一项指标", "两项以上指标")
        rounds = [_round(self._cell(line, each)) for line in self.lines[1:] for each in self._at(ROUND)]
        rounds = rounds or [1] * len(self.lines[1:])
        for line, number in zip(self.lines[1:], rounds, strict=True):
            if number is not None and rounds.count(number) < FEWEST:
                yield MATRIX_REFUSED.at(self._place(line, 0), f"第{number}轮只有一位专家", "每轮两位以上专家")

    def _strange(self, line: int, column: int, cell: Raw) -> Finding:
        expected = "一个数，如 3、0.5 或 1/3"
        if isinstance(cell, dt.date):
            expected = "一个数；表格软件把 1/3 当成了日期，先把这一格设为文本格式再写"
        elif self.method is WeightMethod.DELPHI:
            expected = f"一个数；谁打的分写在“{EXPERT}”一列"
        return MATRIX_REFUSED.at(self._place(line, column), f"“{text_of(cell)}”不是数", expected)

    def _cell(self, line: int, column: int) -> Raw:
        row = self.grid.rows[line]
        return row[column] if column < len(row) else None

    def _place(self, line: int, column: int) -> Place:
        return self.grid.place(line, column)


def _trimmed(row: Sequence[Raw]) -> Sequence[Raw]:
    """Without the blank cells at its end."""
    return row[: max((at + 1 for at, cell in enumerate(row) if text_of(cell)), default=0)]


def _is_title(row: Sequence[Raw]) -> bool:
    """One cell alone, as people write above a table what it is."""
    return sum(map(bool, map(text_of, row))) == 1


def text_of(cell: Raw) -> str:
    """What a cell says, with half-width signs."""
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    return "" if cell is None else normalize("NFKC", str(cell)).strip()


def _number(cell: Raw) -> Fraction | None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Fraction(str(cell))  # 1e+16 is as good as any
    read = None if isinstance(cell, bool | dt.date) else _NUMBER.fullmatch(text_of(cell))
    if read is None:
        return None
    return Fraction(read["over"].replace(",", "")) / (100 if read["percent"] else Fraction(read["under"] or 1))


def _round(cell: Raw) -> int | None:
    """Which round it is; 2.0 is how some workbooks keep 2."""
    read = _ROUND.fullmatch(text_of(cell).removesuffix(".0"))
    return read and (_DIGITS.find(read["number"]) + 1 or int(read["number"]))


def _told(number: Fraction | None) -> str:
    """A number of a matrix as people write it: 3, 1/3, 0.67."""
    if number is None:
        return "空白"
    if 1 in {number.numerator, number.denominator}:
        return str(number)
    return f"{Decimal(number.numerator) / Decimal(number.denominator):.4f}".rstrip("0")
