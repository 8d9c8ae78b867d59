"""How a value came about: the same closures as the calculation, asked node by node, with what each rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from hengji.engines.interpreter import Interpreter
from hengji.engines.reference import Runner, Tables
from hengji.engines.tracing import looked_at
from hengji.engines.values import RowFaultError
from hengji.model.figure import Source, SourceKind, chinese_date
from hengji.model.finding import Finding, Place, Severity, one_of
from hengji.model.identity import hidden
from hengji.model.programme import Tier
from hengji.model.table import Table
from hengji.policies.nodes import (
    Aggregate,
    Between,
    Field,
    FigureRef,
    Joined,
    Literal,
    Lookup,
    Named,
    Node,
    Parameter,
    Shift,
    Span,
)
from hengji.policies.nodes import Step as Move
from hengji.policies.outcome import Step
from hengji.policies.parameters import Dated
from hengji.policies.policy import REST, Amount, Condition, Let, Policy, Split, Statement
from hengji.policies.printing import show, show_value

CODE_ROW = "L224"
CALENDAR = Source(SourceKind.CALENDAR, "国务院办公厅历年节假日安排")


def no_such_row(path: str, table: str, line: int, ends: tuple[int, int] | None) -> Finding:
    """The row that is to be explained is asked for by a line of the file on which none stands; ``ends`` are the first and the last with one."""
    place = Place(path, item=table)
    expected = f"{ends[0]}至{ends[1]}中有数据的行，按文件中的行号" if ends else "至少有一行数据的表"
    return Finding(CODE_ROW, Severity.ERROR, place, f"没有第{line}行数据", expected, "改正行号（--row）")


def no_such_column(path: str, table: str, column: str, there: Iterable[str]) -> Finding:
    """The rows that are to be explained are asked for by a column that the main table does not have."""
    expected = one_of(there)
    return Finding(CODE_ROW, Severity.ERROR, Place(path, item=table), f"没有列「{column}」", expected, "改正列名")


MOST_NEAR = 5
"""Names that are shown to somebody who typed a part of one."""


def nobody(path: str, table: str, column: str, person: str, near: Sequence[str]) -> Finding:
    """No row has ``person`` in ``column``; ``near`` are the first cells there that have it as a part."""
    remedy = "核对写法；身份证号只保留加密值时，加 --plain-numbers 再查，或改用别的列"
    return Finding(
        CODE_ROW,
        Severity.ERROR,
        Place(path, item=table),
        f"「{column}」中没有“{person}”",
        "、".join(f"“{hidden(each)}”" for each in near) or "表中有的值",
        remedy,
    )


def explain(policy: Policy, tables: Tables, row: int) -> tuple[Step, ...]:
    """How the outcome of a row (0-based) came about: a step for each condition and each amount, in the order of the law.

    The tables must fit the policy (``fitting.unfit`` finds nothing).
    """
    (steps,) = derive(Runner(policy, tables), [row])
    return steps


def derive(runner: Runner, rows: Iterable[int]) -> Iterator[tuple[Step, ...]]:
    """The same for rows of a runner that is there already, one after another."""
    policy = runner.policy
    told = [statement for statement in policy.statements if not isinstance(statement, Let)]
    deriver = Deriver(runner.interpreter, policy.rows, policy.named())
    for row in rows:
        deriver.begin()
        yield tuple(step for statement in told for step in _statement(statement, policy, deriver, runner, row))


def _statement(statement: Statement, policy: Policy, deriver: Deriver, runner: Runner, row: int) -> list[Step]:
    clause = statement.clause
    law = Source(SourceKind.CLAUSE, clause.title, policy.file, statement.line, clause.source)
    match statement:
        case Condition():
            step = deriver.step(statement.value, row)
            return [Step(f"条件 {statement.name}", step.value, step.kind, step.fault, (law,), (), (step,))]
        case Amount():
            step = deriver.step(statement.value, row)
            return [Step(f"金额 {statement.tier.value}", step.value, step.kind, step.fault, (law,), (), (step,))]
        case Split():
            return _split(statement, law, deriver, runner, row)
    raise AssertionError(statement)


def _split(statement: Split, law: Source, deriver: Deriver, runner: Runner, row: int) -> list[Step]:
    try:
        parts, fault = runner.pay(statement, row), ""
    except RowFaultError as error:
        parts, fault = {}, error.found
    whole = deriver.step(statement.value, row)
    words = {share.tier: show(share.rate, deriver.main) for share in statement.shares} | {statement.rest: REST}
    rates = {
        share.tier: deriver.step(share.rate, row) for share in statement.shares if not isinstance(share.rate, Literal)
    }
    return [
        Step(f"分担 {tier.value} {word}", parts.get(tier), whole.kind, fault, (law,), (), (whole, *_of(rates, tier)))
        for tier, word in words.items()
    ]


def _of(rates: Mapping[Tier, Step], tier: Tier) -> tuple[Step, ...]:
    return (rates[tier],) if tier in rates else ()


class Deriver:
    """Derives values of one interpreter; a 令 is spelt out where it first occurs in a row and only named afterwards."""

    def __init__(self, interpreter: Interpreter, main: str, named: Mapping[str, Let | Condition]) -> None:
        self.interpreter = interpreter
        self.main = main
        self.named = named
        self._told: set[str] = set()
        self._words: dict[int, tuple[Node, str]] = {}

    def begin(self) -> None:
        """Another row: nothing has been spelt out."""
        self._told.clear()

    def step(self, node: Node, row: int) -> Step:
        """How ``node`` comes out for ``row``."""
        text = self._text(node)
        try:
            value, fault = self.interpreter.run(node)(row, -1), ""
        except RowFaultError as error:
            value, fault = None, error.found
        below = tuple(self.step(part, row) for part in self._below(node, row))
        sources = self._sources(node, row)
        figures = (node.id,) if isinstance(node, FigureRef) else ()
        return Step(text, value, node.kind, fault, sources, figures, below)

    def _text(self, node: Node) -> str:
        """What the node says, which it says in every row."""
        known = self._words.get(id(node))
        if known is None:
            known = self._words[id(node)] = (node, show(node, self.main))
        return known[1]

    def _below(self, node: Node, row: int) -> tuple[Node, ...]:
        """The parts that were looked at, and, the first time, what a 令 stands for."""
        if isinstance(node, Aggregate):
            return ()
        if not isinstance(node, Named):
            return looked_at(node, self.interpreter, row)
        if node.name in self._told:
            return ()
        self._told.add(node.name)
        return (self.named[node.name].value,)

    def _sources(self, node: Node, row: int) -> tuple[Source, ...]:
        match node:
            case Field() if row >= 0:
                return (self._cell(node, row),)
            case Joined():
                try:
                    at = self.interpreter.joined_row(node, "")(row, -1)
                except RowFaultError:
                    return ()
                return () if at is None else (self._cell(node.field, at),)
            case Parameter() | Lookup():
                return self._dated(node, row)
            case Aggregate():
                return self._gathered(node, row)
            case Between(span=Span.WORKING_DAYS) | Shift(step=Move.WORKING_DAYS):
                return (CALENDAR,)
            case _:
                return ()

    def _cell(self, field: Field, at: int) -> Source:
        table = self.interpreter.setting.tables[field.table]
        value = show_value(self.interpreter.column(field.table, field.name)[at], field.kind)
        return Source(SourceKind.ROW, f"{table.name}：{field.name} {value}", table.path, line_of(table, at))

    def _dated(self, node: Parameter | Lookup, row: int) -> tuple[Source, ...]:
        setting = self.interpreter.setting
        name = node.name if isinstance(node, Parameter) else node.table
        series = setting.parameters[name] if isinstance(node, Parameter) else setting.lookups[name]
        try:
            version: Dated | None = series.at(setting.day(row))
        except RowFaultError:
            return ()
        if version is None:
            return ()
        text = f"{name}（自{chinese_date(version.start)}起）"
        return (Source(SourceKind.PARAMETER, text, "parameters.yaml", None, version.source),)

    def _gathered(self, node: Aggregate, row: int) -> tuple[Source, ...]:
        table = self.interpreter.setting.tables[node.table]
        try:
            members = self.interpreter.gatherer(node).members(row)
        except RowFaultError:
            return ()
        fields = [part for part in ([] if node.of is None else _fields(node.of)) if part.table == node.table]
        return tuple(
            Source(SourceKind.ROW, self._row(table, fields, at), table.path, line_of(table, at)) for at in members
        )

    def _row(self, table: Table, fields: list[Field], at: int) -> str:
        cells = [
            f"{each.name} {show_value(self.interpreter.column(each.table, each.name)[at], each.kind)}"
            for each in fields
        ]
        return f"{table.name}：{'，'.join(cells)}" if cells else table.name


def _fields(node: Node) -> list[Field]:
    found = [node] if isinstance(node, Field) else [field for child in node.children for field in _fields(child)]
    return list(dict.fromkeys(found))


def line_of(table: Table, at: int) -> int | None:
    """The 1-based line of a row in its file."""
    return table.lines[at] if at < len(table.lines) else None


def tell(steps: tuple[Step, ...], depth: int = 0) -> str:
    """Steps as indented lines: what is said, what it gives, and where it is from."""
    lines: list[str] = []
    for step in steps:
        outcome = step.fault or show_value(step.value, step.kind)
        origins = "；".join(dict.fromkeys(f"{each.text} {each.reference}".strip() for each in step.sources))
        lines.append("  " * depth + f"{step.text} ＝ {outcome}" + (f"　〔{origins}〕" if origins else ""))
        lines.extend(tell(step.steps, depth + 1).splitlines())
    return "\n".join(lines)
