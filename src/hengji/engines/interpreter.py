"""Nodes to what they mean: each becomes a closure over the cells of the tables, once, and is then asked row by row.

A closure takes two row numbers: ``row`` of the main table, which is being paid, and ``member``, the row of the group that
an aggregate is looking at. It gives the value, or None when something is not filled in, or raises RowFaultError.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from hengji.engines.fault_codes import FaultCode
from hengji.engines.gathering import Gatherer, Run
from hengji.engines.joining import FindRow, finder, index, once
from hengji.engines.values import (
    RowFaultError,
    between,
    bounded,
    operation,
    round_to_multiple,
    shift,
    whole_divide,
)
from hengji.model.finding import one_of
from hengji.model.record import record
from hengji.model.table import Table, Value
from hengji.policies.kinds import DATE
from hengji.policies.nodes import (
    Aggregate,
    Arithmetic,
    Between,
    Compare,
    Comparison,
    Connective,
    Extreme,
    Field,
    FigureRef,
    If,
    IsMissing,
    Joined,
    Literal,
    Logic,
    Lookup,
    Named,
    Negate,
    Node,
    Not,
    Outer,
    Parameter,
    Part,
    PartOf,
    Pick,
    Round,
    Shift,
    WholeDivide,
    Within,
)
from hengji.policies.parameters import D, ParameterSeries, ParameterTable, Series
from hengji.policies.printing import show_value

Cell = Value | RowFaultError
Days = Callable[[int], date]


class At(Enum):
    """Which of the two rows of a closure a column is read from."""

    ROW = "本行"
    MEMBER = "组内行"


@record
class Setting:
    """What there is to compute with. ``rows`` is the main table; ``day`` gives the day whose parameters hold for a row.

    ``named`` holds the values of 令 and 条件, row by row, and is filled in their order.
    """

    rows: str
    tables: Mapping[str, Table]
    day: Days
    dated_by: str = ""
    parameters: Mapping[str, ParameterSeries] = field(default_factory=dict)
    lookups: Mapping[str, ParameterTable] = field(default_factory=dict)
    figures: Mapping[str, Value] = field(default_factory=dict)
    named: dict[str, list[Cell]] = field(default_factory=dict)


_COMPARISONS: Mapping[Comparison, Callable[[Any, Any], bool]] = {
    Comparison.EQUAL: lambda a, b: bool(a == b),
    Comparison.UNEQUAL: lambda a, b: bool(a != b),
    Comparison.LESS: lambda a, b: bool(a < b),
    Comparison.AT_MOST: lambda a, b: bool(a <= b),
    Comparison.MORE: lambda a, b: bool(a > b),
    Comparison.AT_LEAST: lambda a, b: bool(a >= b),
}


class Interpreter:
    """Makes closures for the nodes of one setting, and keeps them."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self._runs: dict[tuple[Node, str], Run] = {}
        self._gatherers: dict[Aggregate, Gatherer] = {}
        self._columns: dict[tuple[str, str], list[Value]] = {}
        self._joins: dict[tuple[str, tuple[Node, ...], str], FindRow] = {}
        self._met: dict[tuple[int, str], tuple[Node, Run]] = {}

    def run(self, node: Node, over: str = "") -> Run:
        """The closure of ``node``, inside an aggregate over the table ``over``."""
        met = self._met.get((id(node), over))  # a node met before is found without comparing all that is in it
        if met is not None:
            return met[1]
        known = self._runs.get((node, over))
        if known is None:
            known = self._runs[node, over] = self._compile(node, over)
        self._met[id(node), over] = (node, known)
        return known

    def gatherer(self, node: Aggregate) -> Gatherer:
        """What gathers the rows of an aggregate."""
        known = self._gatherers.get(node)
        if known is None:
            known = self._gatherers[node] = self._gather(node)
        return known

    def _compile(self, node: Node, over: str) -> Run:  # noqa: C901 one case per node
        match node:
            case Literal() | FigureRef():
                value = node.value if isinstance(node, Literal) else self.setting.figures[node.id]
                return lambda _row, _member: value
            case Field():
                return _cell(self._words(node), At.MEMBER if node.table == over else At.ROW)
            case Named():
                inside = over and over == self.setting.rows
                return _cell(self.setting.named[node.name], At.MEMBER if inside else At.ROW)
            case Outer():
                return self.run(node.of)
            case Joined():
                return self._joined(node, over)
            case Parameter():
                return self._parameter(node, over)
            case Lookup():
                return self._lookup(node, over)
            case Aggregate():
                return self.gatherer(node).value
            case If():
                return self._if(node, over)
            case Logic():
                return self._logic(node, over)
            case IsMissing():
                of = self.run(node.of, over)
                return lambda row, member: of(row, member) is None
            case _:
                return self._plain(node, over)

    def _plain(self, node: Node, over: str) -> Run:  # noqa: C901 one case per node
        """Nodes that are missing when one of their parts is, and otherwise a function of them."""
        match node:
            case Arithmetic():
                compute = operation(node.operator, node.left.kind, node.right.kind)
                return self._two(node.left, node.right, over, compute)
            case Compare():
                return self._two(node.left, node.right, over, _COMPARISONS[node.comparison])
            case WholeDivide():
                return self._two(node.left, node.right, over, whole_divide)
            case Between():
                return self._two(node.start, node.end, over, lambda start, end: between(node.span, start, end))
            case Shift():
                return self._two(node.day, node.count, over, lambda day, count: shift(node.step, day, count))
            case Negate():
                return self._one(node.of, over, lambda value: bounded(-value))
            case Not():
                return self._one(node.of, over, lambda value: not value)
            case PartOf():
                return self._one(node.day, over, lambda day: day.year if node.part is Part.YEAR else day.month)
            case Round():
                unit, rounding = Fraction(str(node.unit.value)), node.rounding
                return self._one(node.of, over, lambda value: round_to_multiple(value, unit, rounding))
            case Pick():
                pick = min if node.extreme is Extreme.LEAST else max
                return self._all(node.of, over, pick)
            case Within():
                return self._all((node.of, *node.options), over, lambda values: values[0] in values[1:])
            case _:
                raise AssertionError(f"no meaning for {type(node).__name__}")

    def _one(self, node: Node, over: str, compute: Callable[[Any], Any]) -> Run:
        of = self.run(node, over)

        def run(row: int, member: int) -> Value:
            value = of(row, member)
            return None if value is None else compute(value)

        return run

    def _two(self, first: Node, second: Node, over: str, compute: Callable[[Any, Any], Any]) -> Run:
        left, right = self.run(first, over), self.run(second, over)

        def run(row: int, member: int) -> Value:
            a, b = left(row, member), right(row, member)
            return None if a is None or b is None else compute(a, b)

        return run

    def _all(self, nodes: tuple[Node, ...], over: str, compute: Callable[[list[Any]], Any]) -> Run:
        runs = [self.run(node, over) for node in nodes]

        def run(row: int, member: int) -> Value:
            values = [each(row, member) for each in runs]
            return None if any(value is None for value in values) else compute(values)

        return run

    def _if(self, node: If, over: str) -> Run:
        test, then, otherwise = (self.run(part, over) for part in (node.test, node.then, node.otherwise))

        def run(row: int, member: int) -> Value:
            chosen = test(row, member)
            return None if chosen is None else (then if chosen else otherwise)(row, member)

        return run

    def _logic(self, node: Logic, over: str) -> Run:
        left, right = self.run(node.left, over), self.run(node.right, over)
        deciding = node.connective is Connective.OR

        def run(row: int, member: int) -> Value:
            first = left(row, member)
            if first is deciding:
                return deciding
            second = right(row, member)
            if second is deciding or first is not None:
                return second
            return None

        return run

    def column(self, table: str, name: str) -> list[Value]:
        """The cells of a column, top down."""
        known = self._columns.get((table, name))
        if known is None:
            known = self._columns[table, name] = _cells(self.setting.tables[table], name)
        return known

    def _words(self, field: Field) -> list[Cell]:
        """The cells of a column, where a word that the policy does not know is a fault of the row that reads it."""
        cells = self.column(field.table, field.name)
        if not field.choices:
            return list(cells)
        known = {None, *field.choices}
        return [cell if cell in known else _strange(field, cell) for cell in cells]

    def _joined(self, node: Joined, over: str) -> Run:
        cell = _cell(self._words(node.field), At.ROW)
        joined_row = self.joined_row(node, over)

        def run(row: int, member: int) -> Value:
            at = joined_row(row, member)
            return None if at is None else cell(at, at)

        return run

    def joined_row(self, node: Joined, over: str) -> FindRow:
        """What finds the row of the other table."""
        case = (node.field.table, node.key, over)
        known = self._joins.get(case)
        if known is None:
            table, names = node.field.table, [key.name for key in node.key]
            rows = index([self.column(table, name) for name in names])
            find = finder(table, names, [self.run(key, over) for key in node.key], rows)
            known = self._joins[case] = find if over else once(find)
        return known

    def _parameter(self, node: Parameter, over: str) -> Run:
        version = _versions(self.setting.parameters[node.name])
        day = self._day(over)
        return lambda row, member: version(day(row, member)).value

    def _lookup(self, node: Lookup, over: str) -> Run:
        version = _versions(self.setting.lookups[node.table])
        day = self._day(over)
        keys = [self.run(key, over) for key in node.keys]

        def run(row: int, member: int) -> Value:
            key = tuple(each(row, member) for each in keys)
            if None in key:
                return None
            rows = version(day(row, member)).rows
            if key not in rows:
                words = "、".join(show_value(value, kind.kind) for value, kind in zip(key, node.keys, strict=True))
                remedy = "核对这一行的值，或在 parameters.yaml 的这张表里补上这一组"
                raise RowFaultError(FaultCode.LOOKUP, f"参数表「{node.table}」没有{words}这一组", remedy)
            return rows[key]

        return run

    def _day(self, over: str) -> Callable[[int, int], date]:
        """The day whose parameters hold: that of the row looked at where the main table is gathered."""
        day = self.setting.day
        if over and over == self.setting.rows:
            return lambda _row, member: day(member)
        return lambda row, _member: day(row)

    def _gather(self, node: Aggregate) -> Gatherer:
        setting = self.setting
        own = node.table == setting.rows
        table = setting.tables[node.table]
        group = [self.run(part) for part in node.by]
        columns = [self.column(node.table, part.name) for part in node.by] if not own else None
        inside = [part for part in (node.of, node.when) if part is not None]
        outside = [self.run(part) for part in _outside(inside, node.table, setting)]
        of = self.run(node.of, node.table) if node.of is not None else None
        when = self.run(node.when, node.table) if node.when is not None else None
        return Gatherer(node.gathering, len(table.rows), group, columns, outside, of, when)


def _outside(inside: list[Node], table: str, setting: Setting) -> list[Node]:
    """The parts of an aggregate's inside that depend on the row that is being paid and not on the row looked at."""
    found: list[Node] = []
    own = table == setting.rows
    pending = list(inside)
    while pending:
        node = pending.pop()
        if isinstance(node, Outer):
            found.append(node.of)
        elif (not own and isinstance(node, Named | Joined | Parameter)) or (
            not own and isinstance(node, Field) and node.table != table
        ):
            found.append(node)
        else:
            if not own and isinstance(node, Lookup) and setting.dated_by:
                found.append(Field(DATE, setting.rows, setting.dated_by))
            pending.extend(node.children)
    return found


def _cell(cells: list[Cell], at: At) -> Run:
    if any(isinstance(cell, RowFaultError) for cell in cells):

        def careful(row: int, member: int) -> Value:
            cell = cells[row if at is At.ROW else member]
            if isinstance(cell, RowFaultError):
                raise cell
            return cell

        return careful
    sound: list[Any] = cells
    if at is At.ROW:
        return lambda row, _member: sound[row]
    return lambda _row, member: sound[member]


def _cells(table: Table, name: str) -> list[Value]:
    """The cells of a column; all missing where an optional column is not there."""
    at = table.positions.get(name)
    if at is None:
        return [None] * len(table.rows)
    return [row[at] for row in table.rows]


def _versions(series: Series[D]) -> Callable[[date], D]:
    """The version on a day, looked up once per day."""
    known: dict[date, D] = {}

    def version(day: date) -> D:
        found = known.get(day) or series.at(day)
        if found is None:
            remedy = "核对日期，或在 parameters.yaml 补上更早的一版"
            raise RowFaultError(FaultCode.LOOKUP, f"参数「{series.name}」在 {day} 还没有值", remedy)
        known[day] = found
        return found

    return version


def _strange(field: Field, cell: Cell) -> RowFaultError:
    remedy = f"改用{one_of(field.choices)}"
    return RowFaultError(FaultCode.WORD, f"“{cell}”不是「{field.name}」可选的词", remedy)
