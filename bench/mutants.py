"""Reports that hold, and what becomes of them when one number, unit, date, name, number of a document, score or grade is changed.

What stands in which relation is told beside the report: ``NAME.sums`` has one equation a line, in the printed words (“95.40% =
1,774.44万元 / 1,860.00万元”, worked off from left to right), and each table whose total row, rates or products hold all through says it
itself. Nothing here reads with the product's own grammar. A change within the printed intervals is no fault and is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property
from itertools import permutations
from pathlib import Path
from random import Random

HOME = Path(__file__).parents[1] / "tests" / "reports"
_NUMBER = re.compile(r"(?<![\d.,/〔（A-Za-z-])(?<!〔)\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\d.,])\d+(?:\.\d+)?(?![\d,]*\d)")
_UNIT = re.compile(r"[一-龥%/]{0,6}")
_NO_FACT = re.compile(
    r"\d{4}学?年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?|〔\d{4}〕\d+号|(?m:^#*\s*\d{1,2}[.．、]|^[表附件图]+\s*\d+)|[表附件]\d+"
)
_OPERATOR = re.compile(r"\s+([+*/-])\s+")
_MEAN = "均"
_SCALES: Mapping[str, int | Fraction] = {"万元": 10_000, "亿元": 100_000_000, "%": Fraction(1, 100), _MEAN: 1}
"""What a number in one of these is worth; in these a whole number may have been rounded, and so may a mean of anything (299.8 is printed 300)."""

_SCORED = re.compile(r"(?:得|得分|扣|分值|权重|满分[为]?|决策|过程|产出|效益)$")
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_DOCUMENT = re.compile(r"〔\d{4}〕(\d+)号")
_GRADE = re.compile(r"(?:等级为?[“]?)([优良中差])")
_AMOUNT = re.compile(r"\d(万元|公里|人)")
_DIGITS = 3
_FEWEST = 2


class Kind(Enum):
    """What is changed."""

    SUM = "合计和各部分"
    DIFFERENCE = "差额"
    RATIO = "比率、分子和分母"
    PRODUCT = "乘积和因数"
    SCORE = "分值和得分"
    REPEAT = "前后重复的数"
    ALONE = "只说一次的数"
    UNIT = "单位"
    DATE = "日期"
    DOCUMENT = "文号"
    NAME = "名称"
    GRADE = "等级"


BOUND = (Kind.SUM, Kind.DIFFERENCE, Kind.RATIO, Kind.PRODUCT, Kind.SCORE, Kind.REPEAT)
"""The kinds of which the review must catch nearly all."""

_OF = {"+": Kind.SUM, "-": Kind.DIFFERENCE, "/": Kind.RATIO, "*": Kind.PRODUCT}


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed with the unit it counts in."""

    text: str
    unit: str = ""

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """The least and the most that it may stand for."""
        plain = self.text.replace(",", "")
        half = (
            Fraction(1, 2 * 10 ** len(plain.partition(".")[2])) if "." in plain or self.unit in _SCALES else Fraction(0)
        )
        scale = _SCALES.get(self.unit, 1)
        return (Fraction(plain) - half) * scale, (Fraction(plain) + half) * scale


@dataclass(frozen=True, slots=True)
class Equation:
    """A stated result and how it comes of other printed numbers; ``places`` are where these may stand."""

    kind: Kind
    numbers: tuple[Printed, ...]
    signs: tuple[str, ...]
    places: tuple[tuple[int, ...], ...]

    def holds(self, numbers: Sequence[Printed]) -> bool:
        """Whether it can be true of numbers in the places of its own."""
        low, high = numbers[1].ends
        for sign, number in zip(self.signs, numbers[2:], strict=True):
            low, high = _worked(sign, (low, high), number.ends)
        least, most = numbers[0].ends
        return low <= most and least <= high

    def broken(self, place: int, text: str) -> bool:
        """Whether it cannot be true when the number at ``place`` reads ``text``."""
        for index, places in enumerate(self.places):
            if place in places:
                numbers = list(self.numbers)
                numbers[index] = Printed(text, numbers[index].unit)
                return not self.holds(numbers)
        return False


def _worked(sign: str, one: tuple[Fraction, Fraction], other: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    if sign == "+":
        return one[0] + other[0], one[1] + other[1]
    if sign == "-":
        return one[0] - other[1], one[1] - other[0]
    if sign == "*":
        return one[0] * other[0], one[1] * other[1]
    return (one[0] / other[1], one[1] / other[0]) if other[0] > 0 else (Fraction(0), Fraction(10**18))


@dataclass(frozen=True, slots=True)
class Mutant:
    """A report with one thing changed: characters ``start`` up to ``end`` read ``text``; ``beside`` are places it is at odds with."""

    report: str
    kind: Kind
    start: int
    end: int
    text: str
    beside: frozenset[tuple[int, int]]

    def of(self, original: str) -> str:
        """The changed text."""
        return original[: self.start] + self.text + original[self.end :]


@dataclass(frozen=True)
class Holding:
    """A report that holds, and its equations as printed."""

    name: str
    text: str
    sums: tuple[str, ...]

    @cached_property
    def numbers(self) -> Mapping[int, tuple[str, str]]:
        """Where a number of a fact begins: the number and the word behind it."""
        taken = {at for match in _NO_FACT.finditer(self.text) for at in range(*match.span())}
        return {
            match.start(): (match.group(), (unit.group() if (unit := _UNIT.match(self.text, match.end())) else ""))
            for match in _NUMBER.finditer(self.text)
            if match.start() not in taken
        }

    @cached_property
    def cells(self) -> tuple[tuple[tuple[int, str], ...], ...]:
        """The rows of the tables, each cell with its place; an empty row between two tables."""
        rows, at = [], 0
        for line in self.text.splitlines(keepends=True):
            sign = "|" if line.startswith("|") else "\t"
            cells, place = [], at
            for cell in line.rstrip("\n").split(sign):
                cells.append((place + len(cell) - len(cell.lstrip()), cell.strip()))
                place += len(cell) + 1
            if sign not in line:
                rows.append(())
            elif not set(line) <= set("|- \n"):
                rows.append(tuple(cells[1:-1] if sign == "|" else cells))
            at += len(line)
        return tuple(rows)

    @cached_property
    def tables(self) -> tuple[tuple[tuple[tuple[int, str], ...], ...], ...]:
        """The tables: runs of rows, the names of the columns first."""
        found: list[list[tuple[tuple[int, str], ...]]] = [[]]
        for row in self.cells:
            if row:
                found[-1].append(row)
            elif found[-1]:
                found.append([])
        return tuple(tuple(table) for table in found if len(table) > _FEWEST)

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        """All that must hold."""
        return (
            *(self._equation(line) for line in self.sums),
            *(each for table in self.tables for each in relations(table)),
        )

    def _equation(self, line: str) -> Equation:
        """An equation, at each place of its result with the numbers that stand next to it."""
        result, _, right = line.partition(" = ")
        first, *others = _OPERATOR.split(right)
        signs, printed = tuple(others[::2]), (result, first, *others[1::2])
        numbers = tuple(_printed(each) for each in printed)
        kinds = [_OF[sign] for sign in signs]
        kind = Kind.RATIO if Kind.RATIO in kinds else kinds[0]
        results, *rest = (self.places(each) for each in numbers)
        near = [tuple({min(places, key=lambda at: abs(at - here)) for here in results}) for places in rest]
        return Equation(kind, numbers, signs, (results, *near))

    def places(self, number: Printed) -> tuple[int, ...]:
        """Where it is printed, with its unit, or as an amount of its own in a table."""
        return tuple(
            at
            for at, (text, unit) in self.numbers.items()
            if text == number.text and (unit.startswith(number.unit) or (not unit and len(_digits(text)) > _DIGITS))
        )

    @cached_property
    def scores(self) -> frozenset[int]:
        """Where points stand: in the columns of score tables, and in sentences behind the words for them."""
        found = set()
        for table in self.tables:
            names = [name for _, name in table[0]]
            if "得分" in names and names[0] != "问题":
                columns = [n for n, name in enumerate(names) if name in {"分值", "权重", "得分", "扣分"}]
                found |= {row[n][0] for row in table[1:] for n in columns if n < len(row) and row[n][0] in self.numbers}
        inside = {at for row in self.cells for at, _ in row}
        lines = {self.text.count("\n", 0, at) for at in inside}
        for at, (_, unit) in self.numbers.items():
            if (
                unit.startswith("分")
                and _SCORED.search(self.text[max(0, at - 4) : at])
                and self.text.count("\n", 0, at) not in lines
            ):
                found.add(at)
        return frozenset(found)

    @cached_property
    def repeated(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of enough digits that are printed more than once."""
        times = Counter(_digits(text) for text, _ in self.numbers.values())
        found: dict[str, list[int]] = {}
        for at, (text, _) in self.numbers.items():
            digits = _digits(text)
            if times[digits] > 1 and len(digits.replace(".", "").strip("0")) >= _DIGITS:
                found.setdefault(digits, []).append(at)
        return {digits: tuple(places) for digits, places in found.items()}


def _printed(words: str) -> Printed:
    match = re.fullmatch(r"([\d,.]+)(.*)", words)
    if match is None:
        raise ValueError(words)
    return Printed(match[1], match[2])


def _digits(text: str) -> str:
    return text.replace(",", "")


def relations(table: Sequence[Sequence[tuple[int, str]]]) -> Iterator[Equation]:
    """The totals, rates and products that hold in all rows of a table."""
    names = [name for _, name in table[0]]
    rows = [row for row in table[1:] if len(row) == len(names)]
    for column in range(1, len(names)):
        yield from _total(rows, column)
    details = [row for row in rows if not row[0][1].endswith("计")]
    for result, one, other in permutations(range(1, len(names)), 3):
        for sign in "/*-":
            found = [each for row in details if (each := _across(row, (result, one, other), names, sign)) is not None]
            if len(found) >= _FEWEST and all(each.holds(each.numbers) for each in found):
                yield from found


def _total(rows: Sequence[Sequence[tuple[int, str]]], column: int) -> Iterator[Equation]:
    cells = [(row[0][1], *row[column]) for row in rows if re.fullmatch(r"[\d,.]+", row[column][1])]
    *parts, last = cells or [("", 0, "")]
    if last[0] != "合计" or len(parts) < _FEWEST:
        return
    printed = tuple(Printed(text) for _, _, text in (last, *parts))
    places = tuple((at,) for _, at, _ in (last, *parts))
    equation = Equation(Kind.SUM, printed, ("+",) * (len(parts) - 1), places)
    if equation.holds(printed):
        yield equation


def _across(row: Sequence[tuple[int, str]], columns: Sequence[int], names: Sequence[str], sign: str) -> Equation | None:
    cells = [row[column] for column in columns]
    if not all(re.fullmatch(r"[\d,.]+%?", text) for _, text in cells):
        return None
    rated = [text.endswith("%") for _, text in cells]
    if rated[1] or rated[2] or rated[0] != (sign == "/"):
        return None
    scale = "万元" if sign == "*" and "万元" in names[columns[0]] else ""
    units = ("%" if sign == "/" else scale, *(_MEAN if _MEAN in names[column] else "" for column in columns[1:]))
    numbers = tuple(Printed(text.rstrip("%"), unit) for (_, text), unit in zip(cells, units, strict=True))
    return Equation(_OF[sign], numbers, (sign,), tuple((at,) for at, _ in cells))


def holdings() -> tuple[Holding, ...]:
    """The reports that hold."""
    paths = sorted(path for path in HOME.iterdir() if path.suffix in {".md", ".txt"})
    return tuple(
        Holding(path.name, path.read_text("utf-8"), tuple(path.with_suffix(".sums").read_text("utf-8").splitlines()))
        for path in paths
    )


def mutants(report: Holding, random: Random) -> Iterator[Mutant]:
    """Every place of a report changed once, in an order and manner of chance."""
    found = [*_numbers(report, random), *_words(report, random)]
    random.shuffle(found)
    yield from found


def _numbers(report: Holding, random: Random) -> Iterator[Mutant]:
    for at, (text, _) in report.numbers.items():
        changed = _changed(text, random)
        mine = [each for each in report.equations if any(at in places for places in each.places)]
        broken = [each for each in mine if each.broken(at, changed)]
        repeats = next((places for places in report.repeated.values() if at in places), ())
        if at in report.scores:
            kind = Kind.SCORE
        elif broken:
            kind = broken[0].kind
        elif repeats:
            kind = Kind.REPEAT
        elif mine:
            continue
        else:
            kind = Kind.ALONE
        beside = {place for each in broken for places in each.places for place in places} | set(repeats)
        beside |= report.scores if kind is Kind.SCORE else set()
        spans = frozenset((place, place + len(report.numbers[place][0])) for place in beside if place in report.numbers)
        yield Mutant(report.name, kind, at, at + len(text), changed, spans)


def _changed(text: str, random: Random) -> str:
    """A number with one digit otherwise, of the same length."""
    at = random.choice([n for n, sign in enumerate(text) if sign.isdigit()])
    others = [sign for sign in "123456789" if sign != text[at]]
    return f"{text[:at]}{random.choice(others)}{text[at + 1 :]}"


def _words(report: Holding, random: Random) -> Iterator[Mutant]:
    text = report.text
    for match in _DATE.finditer(text):
        part = random.choice((1, 2, 3))
        value = int(match[part]) + random.choice((-1, 1))
        yield _mutant(report, Kind.DATE, match.span(part), str(value))
    for match in _DOCUMENT.finditer(text):
        yield _mutant(report, Kind.DOCUMENT, match.span(1), str(int(match[1]) + random.choice((1, 2, 10))))
    for match in _GRADE.finditer(text):
        yield _mutant(
            report, Kind.GRADE, match.span(1), random.choice([each for each in "优良中差" if each != match[1]])
        )
    for match in _AMOUNT.finditer(text):
        others = {"万元": ("元", "亿元"), "公里": ("米",), "人": ("人次",)}[match[1]]
        yield _mutant(report, Kind.UNIT, match.span(1), random.choice(others))
    title = re.search(r"(\w{2,4}[县区市])", text)
    names = re.finditer(title[1], text) if title else ()
    for match in list(names)[1:]:
        at = match.start() + random.randrange(2)
        yield _mutant(report, Kind.NAME, (at, at + 1), random.choice("江河山林丰安"))


def _mutant(report: Holding, kind: Kind, span: tuple[int, int], text: str) -> Mutant:
    return Mutant(report.name, kind, *span, text, frozenset())
