"""Tables on a page of a PDF: cells are what ruling lines enclose, merged where no line parts them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hengji.model.record import record
from hengji.reading.pdf_pages import Box, Rule

_NEAR = 3.0
_JOINED = 4.0
_BEYOND = 10.0
_FEWEST_LINES = 2
_MOST_RULES = 1200
_MOST_PLACES = 60_000


@record
class Framed:
    """单元格位置: covers ``rows`` × ``columns`` places from ``row`` and ``column`` on."""

    row: int
    column: int
    rows: int
    columns: int


@record
class Frame:
    """表格框: ``xs`` from left to right, ``ys`` from the foot up, and which cell covers each place of the grid."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Framed, ...]
    owners: tuple[tuple[int, ...], ...]

    def without_row(self, row: int) -> Frame:
        """The same grid with a row less; a cell that stands in no other row keeps its number and covers nothing."""
        cells = tuple(
            replace(cell, row=cell.row - (cell.row > row), rows=cell.rows - (cell.row <= row < cell.row + cell.rows))
            for cell in self.cells
        )
        up = len(self.ys) - 2 - row
        return Frame(self.xs, self.ys[:up] + self.ys[up + 1 :], cells, self.owners[:row] + self.owners[row + 1 :])

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def holds(self, box: Box) -> bool:
        """Whether the middle of a box lies within."""
        return self.xs[0] <= (box.left + box.right) / 2 <= self.xs[-1] and self.ys[0] <= box.middle <= self.ys[-1]

    def cell(self, x: float, y: float) -> int:
        """The number of the cell at a point, the nearest one for a point outside."""
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        up = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        return self.owners[len(self.ys) - 2 - up][column]


def frames(rules: Sequence[Rule]) -> list[Frame]:
    """The tables that lines enclose, from the top of the page down; a single box is none."""
    flat = _merged([rule for rule in rules if rule.is_flat], flat=True)
    upright = _merged([rule for rule in rules if not rule.is_flat], flat=False)
    if not flat or not upright or len(flat) + len(upright) > _MOST_RULES:
        return []
    found = [frame for group in _groups(flat, upright) if (frame := _frame(*group)) is not None]
    return sorted(found, key=lambda frame: -frame.ys[-1])


def _merged(rules: list[Rule], *, flat: bool) -> list[Rule]:
    """Lines that go on with each other are one."""
    found: list[Rule] = []
    for rule in sorted(rules, key=_flat_order if flat else _upright_order):
        last = found[-1] if found else None
        if last is not None and flat and abs(last.foot - rule.foot) <= _NEAR and rule.left <= last.right + _JOINED:
            found[-1] = Rule(last.left, last.foot, max(last.right, rule.right), last.foot)
        elif last is not None and not flat and abs(last.left - rule.left) <= _NEAR and rule.foot <= last.top + _JOINED:
            found[-1] = Rule(last.left, last.foot, last.left, max(last.top, rule.top))
        else:
            found.append(rule)
    return found


def _flat_order(rule: Rule) -> tuple[int, float]:
    """By height, then from the left."""
    return round(rule.foot / 2), rule.left


def _upright_order(rule: Rule) -> tuple[int, float]:
    """From the left, then from the foot up."""
    return round(rule.left / 2), rule.foot


def _groups(flat: list[Rule], upright: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Lines that cross or touch, together."""
    parents = list(range(len(flat) + len(upright)))

    def root(number: int) -> int:
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    for number, across in enumerate(flat):
        for other, up in enumerate(upright, len(flat)):
            if (
                across.left - _NEAR <= up.left <= across.right + _NEAR
                and up.foot - _NEAR <= across.foot <= up.top + _NEAR
            ):
                parents[root(other)] = root(number)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for number, rule in enumerate((*flat, *upright)):
        groups.setdefault(root(number), ([], []))[number >= len(flat)].append(rule)
    return iter(groups.values())


def _frame(flat: list[Rule], upright: list[Rule]) -> Frame | None:
    xs, ys = _places([rule.left for rule in upright]), _places([rule.foot for rule in flat])
    if not xs or len(ys) < _FEWEST_LINES:
        return None
    left, right = min(rule.left for rule in flat), max(rule.right for rule in flat)
    if left < xs[0] - _BEYOND:
        xs.insert(0, left)
        upright.append(Rule(left, ys[0], left, ys[-1]))
    if right > xs[-1] + _BEYOND:
        xs.append(right)
        upright.append(Rule(right, ys[0], right, ys[-1]))
    rows, columns = len(ys) - 1, len(xs) - 1
    if columns < 1 or rows * columns == 1 or rows * columns > _MOST_PLACES:
        return None
    cells, owners = _cells(_Walls(xs, ys, flat, upright), rows, columns)
    return Frame(tuple(xs), tuple(ys), tuple(cells), owners) if len(cells) > 1 else None


def _places(values: list[float]) -> list[float]:
    """Different coordinates, in order."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


class _Walls:
    """Which places of the grid a line parts; rows count from the top."""

    def __init__(self, xs: list[float], ys: list[float], flat: list[Rule], upright: list[Rule]) -> None:
        self._right: set[tuple[int, int]] = set()
        self._below: set[tuple[int, int]] = set()
        rows = len(ys) - 1
        for rule in upright:
            column = _nearest(xs, rule.left)
            for row in range(rows):
                if rule.foot <= (ys[rows - 1 - row] + ys[rows - row]) / 2 <= rule.top:
                    self._right.add((row, column - 1))
        for rule in flat:
            up = _nearest(ys, rule.foot)
            for column in range(len(xs) - 1):
                if rule.left <= (xs[column] + xs[column + 1]) / 2 <= rule.right:
                    self._below.add((rows - 1 - up, column))

    def right(self, row: int, column: int) -> bool:
        """Whether a line stands at the right of a place."""
        return (row, column) in self._right

    def below(self, row: int, column: int) -> bool:
        """Whether a line stands under a place."""
        return (row, column) in self._below


def _nearest(places: list[float], value: float) -> int:
    at = bisect_right(places, value)
    return min((abs(places[near] - value), near) for near in (at - 1, at) if 0 <= near < len(places))[1]


def _cells(walls: _Walls, rows: int, columns: int) -> tuple[list[Framed], tuple[tuple[int, ...], ...]]:
    """The grid in rectangles without a line inside, from left to right and down."""
    owners = [[-1] * columns for _ in range(rows)]
    cells: list[Framed] = []
    for row in range(rows):
        for column in range(columns):
            if owners[row][column] >= 0:
                continue
            wide = 1
            while (
                column + wide < columns and not walls.right(row, column + wide - 1) and owners[row][column + wide] < 0
            ):
                wide += 1
            deep = 1
            while row + deep < rows and not any(
                walls.below(row + deep - 1, each) or owners[row + deep][each] >= 0
                for each in range(column, column + wide)
            ):
                deep += 1
            for each in range(row, row + deep):
                owners[each][column : column + wide] = [len(cells)] * wide
            cells.append(Framed(row, column, deep, wide))
    return cells, tuple(map(tuple, owners))
