"""The pages of the policy language: each test is a paragraph of docs/manual/policy-language.md, with its example in it.

A table is written as text: ``列:种类 | 列:种类 || 结果``; the columns after ‖ are what must come out: a tier, a 令, 原因 (the
conditions that fail) or 问题 (what is wrong with the row). ``—`` is a cell that is not filled in.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import pytest

from hengji.engines import columnar, reference
from hengji.engines.columnar import spark
from hengji.engines.scalar import Environment, evaluate
from hengji.engines.trials import run_cases
from hengji.model.cells import ReadCell, read_cell
from hengji.model.figure import Figure, FigureKind
from hengji.model.finding import Finding
from hengji.model.money import Money
from hengji.model.policy_source import PolicySource
from hengji.model.table import Column, ColumnType, Table, Value
from hengji.policies.loading import read_policy
from hengji.policies.outcome import Outcome
from hengji.policies.policy import Policy
from hengji.policies.printing import show_value

MAIN = "明细"
_FRONT = """---
name: 例
title: 例
jurisdiction: 某县
documents: [{{number: 某发〔2020〕1号, title: 某办法}}]
effective: {{start: 2020-01-01}}
rows: 明细
recipient: 行
{as_of}tables:
{tables}
---

## 标准

出处：某发〔2020〕1号 第一条

```rule
{rule}
```
"""
_HEADER = re.compile(r"(?P<name>[^:]+):(?P<kind>[^（(]+)(?:[（(](?P<choices>.+)[)）])?")

Engine = Callable[[Policy, Mapping[str, Table]], tuple[Outcome, tuple[Finding, ...]]]


@dataclass(frozen=True)
class Page:
    """A table as written: typed columns and rows, and the texts that must come out."""

    table: Table
    wanted: list[dict[str, str]]
    key: tuple[str, ...] = ()


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def page(name: str, text: str) -> Page:
    first, *rest = textwrap.dedent(text).strip().splitlines()
    left, _, right = first.partition("||")
    columns = [Column("行", ColumnType.TEXT)] if name == MAIN else []
    columns += [column(cell) for cell in cells(left)]
    rows: list[tuple[Value, ...]] = []
    wanted: list[dict[str, str]] = []
    for number, line in enumerate(rest, start=1):
        given, _, results = line.partition("||")
        typed = [typed_cell(cell, each) for cell, each in zip(cells(given), columns[-len(cells(left)) :], strict=True)]
        rows.append((f"第{number}行", *typed) if name == MAIN else tuple(typed))
        wanted.append(dict(zip(cells(right), cells(results), strict=True)) if right else {})
    return Page(Table(name, tuple(columns), tuple(rows), tuple(range(2, len(rows) + 2)), f"{name}.csv"), wanted)


def column(header: str) -> Column:
    match = _HEADER.fullmatch(header)
    assert match, header
    choices = tuple(match["choices"].split("、")) if match["choices"] else ()
    return Column(match["name"], ColumnType(match["kind"].strip()), choices=choices)


def typed_cell(text: str, column: Column) -> Value:
    if text == "—":
        return None
    if column.type is ColumnType.ENUM:
        return text  # what is not a choice is for the engine to find
    unit = next((each for each in ("万元", "元") if text.endswith(each)), "")
    read = read_cell(text.removesuffix(unit), Column(column.name, column.type), unit)
    assert isinstance(read, ReadCell), read
    return read.value


def declared(pages: Mapping[str, Page], keys: Mapping[str, str]) -> str:
    lines: list[str] = []
    for name, each in pages.items():
        lines.append(f"  {name}:")
        lines += [f"    key: {keys[name]}"] if name in keys else []
        lines.append("    columns:")
        for one in each.table.columns:
            choices = f", choices: [{', '.join(one.choices)}]" if one.choices else ""
            lines.append(f"      - {{name: {one.name}, type: {one.type.value}{choices}}}")
    return "\n".join(lines)


def law(rule: str, pages: Mapping[str, Page], keys: Mapping[str, str], as_of: str) -> str:
    dated = f"as_of: {as_of}\n" if as_of else ""
    return _FRONT.format(as_of=dated, tables=declared(pages, keys), rule=textwrap.dedent(rule).strip())


@pytest.fixture(
    params=[
        pytest.param(reference.calculate, id="reference"),
        pytest.param(columnar.calculate, id="columnar"),
        pytest.param(spark.calculate, id="spark", marks=pytest.mark.spark),
    ]
)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Every engine must agree with these pages."""
    chosen: Engine = request.param
    return chosen


@pytest.fixture
def check(engine: Engine) -> Callable[..., None]:
    """The rule, run over the table, gives what stands after ‖."""

    def run(
        rule: str,
        table: str,
        *,
        others: Mapping[str, str] | None = None,
        keys: Mapping[str, str] | None = None,
        parameters: str = "",
        as_of: str = "",
    ) -> None:
        pages = {name: page(name, text) for name, text in {MAIN: table, **(others or {})}.items()}
        source = PolicySource("例", law(rule, pages, keys or {}, as_of), textwrap.dedent(parameters))
        policy, findings = read_policy(source)
        assert policy is not None, [str(each.place) + each.message for each in findings]
        outcome, _ = engine(policy, {name: each.table for name, each in pages.items()})
        shown = [
            {name: said(name, row, policy) for name in want}
            for row, want in zip(outcome.rows, pages[MAIN].wanted, strict=True)
        ]
        assert shown == [
            {name: plain(name, cell, policy) for name, cell in want.items()} for want in pages[MAIN].wanted
        ]

    return run


def said(name: str, row: reference.RowOutcome, policy: Policy) -> str:
    """What came out, as text."""
    if name == "原因":
        return "、".join(reason.condition for reason in row.reasons) or "—"
    if name == "问题":
        return "；".join(fault.found for fault in row.faults) or "—"
    due = {tier.value: amount for tier, amount in row.due.items()}
    if name in due:
        return show_value(due[name], ColumnType.MONEY)
    return show_value(row.values[name], policy.named()[name].value.kind)


def plain(name: str, cell: str, policy: Policy) -> str:
    """What must come out, as text."""
    if name in {"原因", "问题"}:
        return cell
    kind = policy.named()[name].value.kind if name in policy.named() else ColumnType.MONEY
    return show_value(typed_cell(cell, Column(name, kind)), kind)


@pytest.fixture
def refuse() -> Callable[..., None]:
    """The rule is refused, with just these messages."""

    def run(
        rule: str, table: str, *messages: str, parameters: str = "", others: Mapping[str, str] | None = None
    ) -> None:
        pages = {name: page(name, text) for name, text in {MAIN: table, **(others or {})}.items()}
        text = law(rule, pages, {}, "")
        first = text.split("\n").index("```rule") + 1
        _, findings = read_policy(PolicySource("例", text, textwrap.dedent(parameters)))
        assert [said_of(each, first) for each in findings] == [textwrap.dedent(each).strip() for each in messages]

    return run


def said_of(finding: Finding, first: int) -> str:
    line = f"第{finding.place.line - first}行第{finding.place.column}列：" if finding.place.line else ""
    return line + re.sub(r"第(\d+)行", lambda number: f"第{int(number[1]) - first}行", finding.message)


@pytest.fixture
def whole(engine: Engine) -> Callable[[str, str, str], None]:
    """The three texts of a policy folder are sound, and all its cases come out."""

    def run(law: str, parameters: str, cases: str) -> None:
        texts = (textwrap.dedent(text).strip() + "\n" for text in (law, parameters, cases))
        policy, findings = read_policy(PolicySource("例", *texts))
        assert policy is not None, [str(each.place) + each.message for each in findings]
        trials = run_cases(policy)
        assert [each.message for trial in trials for each in (*trial.findings, *findings)] == []
        assert trials

    return run


@pytest.fixture
def figure() -> Callable[..., None]:
    """The formula gives the value, over these figures and this table."""

    def run(formula: str, value: str, figures: Mapping[str, str] | None = None, table: str = "") -> None:
        known = {name: stated(name, text) for name, text in (figures or {}).items()}
        tables = {"发放表": page("发放表", table).table} if table else {}
        answer = evaluate(textwrap.dedent(formula).strip(), Environment(known, tables))
        assert answer.findings == ()
        assert answer.kind is not None
        shown = (
            int(answer.value)
            if isinstance(answer.value, Fraction) and answer.kind is ColumnType.MONEY
            else answer.value
        )
        assert show_value(shown, answer.kind) == value

    return run


def stated(name: str, text: str) -> Figure:
    if text.endswith("元"):
        return Figure(name, name, FigureKind.MONEY, Fraction(Money.yuan(text.removesuffix("元"))))
    if text.endswith("%"):
        return Figure(name, name, FigureKind.RATE, Fraction(text.removesuffix("%")) / 100)
    return Figure(name, name, FigureKind.COUNT, Fraction(text))
