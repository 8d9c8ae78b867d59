"""Score tables to records with their places in a tree: spans left blank, weights in the cell or beside it, rows cut or shifted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from operator import attrgetter

from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Slot, Span
from hengji.model.scorecard import Points
from hengji.reading.folding import Folded
from hengji.reading.marks import serial_kind
from hengji.reading.scores.columns import Column, Layout, Role, layout_of, scored_across
from hengji.reading.scores.sentences import Fact, statements
from hengji.reading.scores.wording import bare, folded, inline, inline_points, key, of_full

_TOTAL = pattern(
    r"^(?:合计|总计|总分|共计|总得分|综合得分|分值总计|得分合计|最终得分|合计得分|综合评分|总体得分|总分值|评价总分)(?:分值|得分|\(.*\))?$"
)
_SUBTOTAL = pattern(r"^.{0,6}(?:小计|合计)$")
_SUM = pattern(r"(?:小计|合计)$")
_NUMBER = pattern(r"^(?P<number>-?\d+(?:\.\d+)?)(?P<unit>分|%)?$")
_SCRAP = pattern(r"^[\d().分%]*$")
_RULED = pattern(r"得分|扣\d|得\d|满分|要点|不得分|酌情")


@dataclass(slots=True)
class Line:
    """One indicator in one table, being read: its pieces may grow where a page cuts it."""

    level: int
    name: list[Span]
    title: str
    spans: list[Span]
    weight: Points | None = None
    awarded: Points | None = None
    deducted: Points | None = None
    rate: Points | None = None
    standard: list[Span] = field(default_factory=list)
    reason: list[Span] = field(default_factory=list)
    analysis: list[Span] = field(default_factory=list)
    explanation: list[Span] = field(default_factory=list)
    parent: Line | None = None
    """The line above it in the tree."""


@dataclass(slots=True)
class Table:
    """A score table that was read: its lines in order, the roles it has, and its row of totals."""

    grid: Grid
    roles: frozenset[Role]
    lines: list[Line] = field(default_factory=list)
    weight: Points | None = None
    totals: list[Points] = field(default_factory=list)


def rows_of(grid: Grid) -> list[list[Slot]]:
    """The slots row by row, each from left to right."""
    rows: list[list[Slot]] = [[] for _ in range(grid.height)]
    for slot in grid.slots:
        rows[slot.row].append(slot)
    for row in rows:
        row.sort(key=attrgetter("column"))
    return rows


def tables_of(reading: Reading) -> Iterator[Table]:
    """The score tables of a report in reading order."""
    for grid in reading.grids():
        rows = rows_of(grid)
        layout = None if scored_across(reading, grid) else layout_of(reading, rows)
        if layout is not None:
            table = _Reader(reading, grid, layout).read(rows)
            if table.lines:
                yield table


def tables_across(reading: Reading) -> Iterator[Table]:
    """The same of those that have their indicators in columns."""
    for grid in reading.grids():
        if scored_across(reading, grid):
            rows = rows_of(_turned(grid))
            layout = layout_of(reading, rows)
            if layout is not None:
                yield _Reader(reading, grid, layout).read(rows)


def _turned(grid: Grid) -> Grid:
    """The table with its columns as rows."""
    slots = [
        replace(slot, row=slot.column, column=slot.row, rows=slot.columns, columns=slot.rows) for slot in grid.slots
    ]
    return replace(grid, slots=tuple(slots), height=grid.width, width=grid.height)


def whole_totals(tables: Sequence[Table], printed: Sequence[Points]) -> Iterator[Points]:
    """The totals of tables that are not of a part only: of those whose weight no total of the report, there or ``printed``, exceeds."""
    most = max((each.value for each in (*(each for table in tables for each in table.totals), *printed)), default=0)
    for table in tables:
        if table.weight is None or table.weight.value >= most:
            yield from table.totals


class _Reader:
    """Reads one table from top to bottom; what a row leaves blank, the row above still says."""

    def __init__(self, reading: Reading, grid: Grid, layout: Layout) -> None:
        self.reading = reading
        self.layout = layout
        self.names = _outermost_first([column for column in layout.columns if column.role is Role.NAME])
        self.table = Table(grid, frozenset(column.role for column in layout.columns))
        self.path: list[Line] = []
        self.cut = False
        self.inline = False
        self.kinds: list[str] = []
        self.rank = 0

    def read(self, rows: list[list[Slot]]) -> Table:
        for row in rows[self.layout.head :]:
            cells = self._aligned([(slot, self._text(slot)) for slot in row])
            if self._repeats_head(cells):
                self.cut = True
                continue
            self.rank = self._rank(cells)
            self._row(cells)
            self.cut = False
        return self.table

    def _text(self, slot: Slot) -> Folded:
        if slot.span.end == slot.span.start:
            return Folded("", ())
        return folded(self.reading, [slot.span])

    def _repeats_head(self, cells: dict[int, tuple[Slot, Folded]]) -> bool:
        words = [cells[index][1].text for index in sorted(cells) if cells[index][1].text]
        return bool(words) and len(words) > 1 and all(word in self.layout.words for word in words)

    def _aligned(self, cells: list[tuple[Slot, Folded]]) -> dict[int, tuple[Slot, Folded]]:
        """Cells by column; a row that lost its first blank cells is moved back to where its words belong."""
        placed = {slot.column: (slot, text) for slot, text in cells}
        said = [column for column, (_, text) in placed.items() if text.text]
        if not said or self._fit(placed, 0) >= 0 or min(said) >= self.layout.first_other:
            return placed
        room = range(1, len(self.layout.columns) - max(said))
        shift = max(room, key=lambda each: self._fit(placed, each), default=0)
        return self._moved(placed, shift) if self._fit(placed, shift) > 0 else placed

    def _moved(self, placed: dict[int, tuple[Slot, Folded]], shift: int) -> dict[int, tuple[Slot, Folded]]:
        first = self.layout.first_other
        names = [column.index for column in self.names if column.index < first]
        named = [placed[column] for column in sorted(placed) if column + shift < first and placed[column][1].text]
        moved = dict(zip(reversed(names), reversed(named), strict=False))
        moved.update({column + shift: cell for column, cell in placed.items() if column + shift >= first})
        return moved

    def _fit(self, placed: dict[int, tuple[Slot, Folded]], shift: int) -> int:
        roles = {column.index: column.role for column in self.layout.columns}
        points = 0
        for column, (_, text) in placed.items():
            role = roles.get(column + shift)
            if not text.text or role is None:
                continue
            number = bool(_NUMBER.match(text.text))
            if role in (Role.WEIGHT, Role.AWARDED, Role.RATE, Role.DEDUCTED):
                points += 3 if number else -3
            elif role is Role.STANDARD:
                points += 2 if _RULED.search(text.text) else -1
            elif number:
                points -= 2
        return points

    def _named(self, cells: dict[int, tuple[Slot, Folded]]) -> list[tuple[Column, Slot, Folded]]:
        said = (column for column in self.names if column.index in cells and cells[column.index][1].text)
        return [(column, *cells[column.index]) for column in said]

    def _once(self, cells: dict[int, tuple[Slot, Folded]]) -> dict[int, tuple[Slot, Folded]]:
        """A row without the names that it only says again, and their numbers, as where merged cells were filled in."""
        named = self._named(cells)
        for (column, _, text), (deeper, _, _) in pairwise(named):
            if column.index > deeper.index:
                break
            level = self._level(column)
            line = next((each for each in self.path if each.level == level), None)
            if line is None or key(_title(text)[0]) != key(line.title):
                break
            cells = {index: cell for index, cell in cells.items() if not column.index <= index < deeper.index}
        return cells

    def _row(self, cells: dict[int, tuple[Slot, Folded]]) -> None:
        cells = self._once(cells)
        named = self._named(cells)
        if (named and _TOTAL.match(key(named[0][2].text))) or (not named and self._total_beside(cells)):
            self._total(cells)
            return
        if named and any(_SUBTOTAL.match(key(text.text)) for _, _, text in named):
            self._subtotal(cells, named)
            return
        if self._continues(named, cells):
            self._append(named, cells)
            return
        for column, slot, text in named:
            if _SCRAP.match(text.text):
                self._rejoin(column, slot)
            else:
                self._open(column, slot, text)
        if self.path:
            self._fill(cells, [column for column, _, _ in named])

    def _subtotal(self, cells: dict[int, tuple[Slot, Folded]], named: list[tuple[Column, Slot, Folded]]) -> None:
        """A subtotal behind the name of what it adds up, in the first row of that: 决策 | 小计 | 20; or behind the last of its parts."""
        column, slot, text = named[0]
        if not _SUBTOTAL.match(key(text.text)) and len(named) > 1 and _SUBTOTAL.match(key(named[1][2].text)):
            self._open(column, slot, text)
            self._fill(cells, [column])
            return
        line = self._summed(column, text.text)
        if line is not None and line.awarded is None:
            line.weight = line.weight or self._number(cells, Role.WEIGHT)
            line.awarded = self._number(cells, Role.AWARDED)

    def _summed(self, column: Column, subtotal: str) -> Line | None:
        """What a subtotal behind the last of its parts adds up: the line that it names (决策小计, B小计), else the one to its left."""
        label = _SUM.sub("", subtotal)
        if not label:
            return next((line for line in self.path if line.level == self._level(column) - 1), None)
        called = ((line, folded(self.reading, line.name).text) for line in self.path)
        return next((line for line, name in called if name.startswith(label) or key(name).startswith(key(label))), None)

    def _total_beside(self, cells: dict[int, tuple[Slot, Folded]]) -> bool:
        first = next((cells[index][1].text for index in sorted(cells) if cells[index][1].text), "")
        return bool(_TOTAL.match(key(first)))

    def _continues(self, named: list[tuple[Column, Slot, Folded]], cells: dict[int, tuple[Slot, Folded]]) -> bool:
        """Whether a row only goes on with what a page has cut."""
        if not self.path:
            return False
        if not named:
            return not any(self._number(cells, role) for role in (Role.WEIGHT, Role.AWARDED))
        column, _, text = named[-1]
        last = self.path[-1]
        if len(named) > 1 or column.index != self.names[-1].index or last.level != self._level(column):
            return False
        if self.inline:
            return last.weight is None and bool(inline(text.text)[1])
        blank = not any(self._number(cells, role) for role in (Role.WEIGHT, Role.AWARDED))
        return self.cut and blank and last.weight is not None

    def _append(self, named: list[tuple[Column, Slot, Folded]], cells: dict[int, tuple[Slot, Folded]]) -> None:
        last = self.path[-1]
        for _, slot, _ in named:
            last.name.append(slot.span)
            last.spans.append(slot.span)
            whole = folded(self.reading, last.name)
            last.title, last.weight = _title(whole)
        self._words(last, cells)

    def _rejoin(self, column: Column, slot: Slot) -> None:
        """The rest of a name that was cut in the middle of its weight."""
        line = next((each for each in self.path if each.level == self._level(column)), None)
        if line is not None and line.weight is None:
            line.name.append(slot.span)
            line.title, line.weight = _title(folded(self.reading, line.name))

    def _open(self, column: Column, slot: Slot, text: Folded) -> None:
        level = self._level(column)
        title, weight = _title(text)
        while self.path and self.path[-1].level >= level:
            self.path.pop()
        line = Line(level, [slot.span], title, [slot.span], weight, parent=self.path[-1] if self.path else None)
        if (told := of_full(text)) is not None:
            line.awarded = told[0]
        self.inline = self.inline or weight is not None
        self.path.append(line)
        self.table.lines.append(line)

    def _level(self, column: Column) -> int:
        levels = [each.level for each in self.names]
        if column.level and len(set(levels)) == len(levels):
            return column.level
        return 1 + self.names.index(column) + self.rank

    def _rank(self, cells: dict[int, tuple[Slot, Folded]]) -> int:
        """How deep a row stands by its number where one column names all levels: 1, 1.1; 一、, （一）; a new kind of number is a level deeper."""
        if len(self.names) > 1:
            return 0
        before = (cells[index][1].text for index in (0, self.names[0].index) if index in cells)
        kind = next(filter(None, map(serial_kind, before)), "")
        if kind and kind not in self.kinds:
            self.kinds.append(kind)
        return self.kinds.index(kind) if kind else 0

    def _fill(self, cells: dict[int, tuple[Slot, Folded]], opened: list[Column]) -> None:
        """Numbers belong to the name nearest to their left that this row opens; words to the deepest."""
        deepest = self.path[-1]
        by_level = {line.level: line for line in self.path}
        for column in self.layout.columns:
            if column.role is Role.NAME or column.index not in cells or not cells[column.index][1].text:
                continue
            slot, text = cells[column.index]
            owner = self._owner(column, opened, by_level) or deepest
            self._number_into(owner, column.role, slot, text)
        self._words(deepest, cells)

    def _owner(self, column: Column, opened: list[Column], by_level: dict[int, Line]) -> Line | None:
        left = [name for name in self.names if name.index < column.index]
        if not left:
            return None
        right = [name for name in self.names if name.index > column.index]
        if right:
            return by_level.get(self._level(left[-1])) if left[-1] in opened else None
        return by_level.get(self._level(opened[-1])) if opened else None

    def _number_into(self, line: Line, role: Role, slot: Slot, text: Folded) -> None:
        points = number_in(text)
        if points is None:
            if role is Role.AWARDED and (said := _said(text)):
                line.awarded = line.awarded or said
            return
        if role is Role.WEIGHT:
            line.weight = line.weight if line.weight is not None and line.weight.value == points.value else points
        elif role is Role.AWARDED:
            line.awarded = line.awarded or points
        elif role is Role.DEDUCTED:
            line.deducted = Points(points.span, abs(points.value))
        elif role is Role.RATE:
            line.rate = points
        else:
            return
        line.spans.append(slot.span)

    def _words(self, line: Line, cells: dict[int, tuple[Slot, Folded]]) -> None:
        for column in self.layout.columns:
            if column.index not in cells or not cells[column.index][1].text:
                continue
            slot = cells[column.index][0]
            into = {
                Role.STANDARD: line.standard,
                Role.REASON: line.reason,
                Role.EXPLANATION: line.explanation,
                Role.ANALYSIS: line.analysis,
            }.get(column.role)
            if into is not None and into[-1:] != [slot.span]:
                into.append(slot.span)

    def _number(self, cells: dict[int, tuple[Slot, Folded]], role: Role) -> Points | None:
        for column in self.layout.of(role):
            if column.index in cells and (points := number_in(cells[column.index][1])):
                return points
        return None

    def _total(self, cells: dict[int, tuple[Slot, Folded]]) -> None:
        self.table.weight = self.table.weight or self._number(cells, Role.WEIGHT)
        printed = (
            number_in(cells[column.index][1]) for column in self.layout.of(Role.AWARDED) if column.index in cells
        )
        self.table.totals.extend(points for points in printed if points)


def _outermost_first(names: list[Column]) -> list[Column]:
    """The columns of names by the levels that all their heads tell, also where the deepest stands first; else as they stand."""
    levels = {column.level for column in names}
    return sorted(names, key=lambda column: column.level) if 0 not in levels and len(levels) == len(names) else names


def number_in(text: Folded) -> Points | None:
    """The number that a cell is; None where it holds words."""
    match = _NUMBER.match(text.text)
    if match is None:
        return None
    try:
        return Points(text.span(match.start("number"), match.end("number")), Decimal(match["number"]))
    except InvalidOperation:
        return None


def _said(text: Folded) -> Points | None:
    for statement in statements(text):
        if Fact.AWARDED in statement.facts:
            return statement.facts[Fact.AWARDED]
    return None


def _title(text: Folded) -> tuple[str, Points | None]:
    """The name in a cell, and the weight in brackets behind it."""
    name, words = inline(text.text)
    number = inline_points(words)
    if (told := of_full(text)) is not None:
        return bare(name), told[1]
    if not number:
        return bare(text.text), None
    at = text.text.rindex(number)
    return bare(name), Points(text.span(at, at + len(number)), Decimal(number))
