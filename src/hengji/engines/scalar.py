"""One value from an expression without rows: the dossier's own figures, and what must hold of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TypeVar

from hengji.engines.derivation import Deriver
from hengji.engines.interpreter import Interpreter, Setting
from hengji.engines.values import RowFaultError, to_fen
from hengji.model.figure import Figure, FigureKind, Source
from hengji.model.finding import Finding, Place, Severity
from hengji.model.record import record
from hengji.model.table import ColumnType, Table, Value
from hengji.policies.faults import FaultError, Faults
from hengji.policies.grammar import parse
from hengji.policies.kinds import BOOL, COUNT, DATE, MONEY, RATE, TEXT
from hengji.policies.nodes import Node
from hengji.policies.outcome import Step
from hengji.policies.resolve import read
from hengji.policies.scope import PolicyTable, Scope
from hengji.policies.syntax import names


@record
class Environment:
    """What an expression may name: figures by id, and tables whose columns it may gather."""

    figures: Mapping[str, Figure] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)


@record
class Answer:
    """What an expression gives. ``value`` None with no findings: something it reads is not filled in.

    Numbers are exact Fractions (金额 in fen, half-up where the expression rounds). ``figures`` are the ids it read and
    ``sources`` the rows, in reading order, each once, of the branches that were looked at.
    """

    value: Fraction | date | str | bool | None
    kind: ColumnType | None
    step: Step | None = None
    figures: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    findings: tuple[Finding, ...] = ()


T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class _Asked(Mapping[str, T]):
    """What an expression sees of each figure, made when it is asked for: it names a few of a thousand."""

    figures: Mapping[str, Figure]
    make: Callable[[Figure], T]

    def __getitem__(self, name: str) -> T:
        return self.make(self.figures[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.figures)

    def __len__(self) -> int:
        return len(self.figures)


_NOWHERE = Place()
_KINDS = {
    FigureKind.MONEY: MONEY,
    FigureKind.RATE: RATE,
    FigureKind.SCORE: RATE,
    FigureKind.COUNT: COUNT,
    FigureKind.DAYS: COUNT,
    FigureKind.DATE: DATE,
    FigureKind.TEXT: TEXT,
}


def kind_of(figure: Figure) -> ColumnType:
    """The kind of a figure in the policy language: a 数量 that is not whole is a 数值."""
    kind = _KINDS[figure.kind]
    broken = isinstance(figure.value, Fraction) and figure.value.denominator != 1
    return RATE if kind is COUNT and broken else kind


def evaluate(text: str, environment: Environment, place: Place = _NOWHERE) -> Answer:
    """The value of an expression that stands at ``place``; faults come back as findings."""
    faults = Faults(place.file)
    tables = {name: PolicyTable(name, table.columns) for name, table in environment.tables.items()}
    node = read(text, Scope(tables=tables, figures=_Asked(environment.figures, kind_of)), faults)
    if node is None:
        return Answer(None, None, findings=tuple(_placed(finding, place) for finding in faults.findings))
    values = _Asked(environment.figures, _value)
    return answer(node, Setting("", environment.tables, _no_day, figures=values), place)


def answer(node: Node, setting: Setting, place: Place) -> Answer:
    """The value of a node without rows."""
    interpreter = Interpreter(setting)
    try:
        value = interpreter.run(node)(-1, -1)
    except RowFaultError as fault:
        finding = Finding(fault.code.value, Severity.ERROR, place, fault.found, "", fault.remedy)
        return Answer(None, node.kind, findings=(finding,))
    step = Deriver(interpreter, "", {}).step(node, -1)
    steps = list(_all(step))
    used = tuple(dict.fromkeys(name for each in steps for name in each.figures))
    sources = tuple(dict.fromkeys(source for each in steps for source in each.sources))
    exact = Fraction(value) if isinstance(value, int) and node.kind is not BOOL else value
    assert not isinstance(exact, int) or isinstance(exact, bool)
    return Answer(exact, node.kind, step, used, sources)


def names_in(text: str) -> tuple[str, ...]:
    """Every name that an expression uses, each once, in reading order; empty when it cannot be read."""
    try:
        return tuple(dict.fromkeys(name.text for name in names(parse(text))))
    except FaultError:
        return ()


def _all(step: Step) -> list[Step]:
    return [step, *(below for each in step.steps for below in _all(each))]


def _value(figure: Figure) -> Value:
    value, kind = figure.value, kind_of(figure)
    if isinstance(value, Fraction):
        return to_fen(value) if kind is MONEY else int(value) if kind is COUNT else value
    return value


def _no_day(_row: int) -> date:
    raise AssertionError("no parameters without a policy")


def _placed(finding: Finding, place: Place) -> Finding:
    """A fault of an expression, at the place of the expression; the column is counted from its first character."""
    column = finding.place.column or 1
    if place.line is not None and (finding.place.line or 1) == 1:
        return replace(finding, place=replace(place, column=(place.column or 1) + column - 1))
    return replace(finding, place=place, found=f"公式第 {column} 个字符处：{finding.found}")
