"""A policy over tables of one's own, row by row, and how one of the rows came out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hengji.engines.derivation import MOST_NEAR, explain, no_such_column, no_such_row, nobody, tell
from hengji.engines.reference import calculate
from hengji.model.finding import Finding
from hengji.model.money import Money
from hengji.model.record import record
from hengji.model.table import ColumnType, Table
from hengji.policies.outcome import Outcome, RowOutcome, Step
from hengji.policies.policy import Policy
from hengji.policies.printing import show_value
from hengji.work.policy_tables import Incoming, in_memory
from hengji.work.row_in_words import in_words, number
from hengji.work.watch import Watch

Findings = tuple[Finding, ...]
_MOST = 60
"""More rows of one person or home are not told one by one."""


@record
class Calculation:
    """What came of it: ``outcome`` is None when a table could not be read."""

    policy: Policy
    tables: Mapping[str, Table]
    outcome: Outcome | None
    findings: Findings

    @property
    def main(self) -> Table:
        """The table whose rows are paid; only where there is an outcome."""
        return self.tables[self.policy.rows]


def calculate_rows(policy: Policy, given: Incoming, findings: Findings, watch: Watch) -> Calculation:
    """The policy over the files that were ``given``, of which none is missing; ``findings`` are those of reading it."""
    tables, faults = in_memory(policy, given, watch)
    findings += faults
    if len(tables) < len(policy.tables):
        return Calculation(policy, tables, None, findings)
    watch.step("逐行计算")
    outcome, faults = calculate(policy, tables, watch.count)
    return Calculation(policy, tables, outcome, tuple(dict.fromkeys(findings + faults)))


def derivation(done: Calculation, line: int) -> tuple[str, Findings]:
    """How the row on ``line`` of the main file came out: in words first, then step by step."""
    assert done.outcome is not None
    row = next((each for each in done.outcome.rows if number(each) == line), None)
    if row is None:
        lines = [number(each) for each in done.outcome.rows]
        ends = (min(lines), max(lines)) if lines else None
        return "", (no_such_row(done.main.path, done.main.name, line, ends),)
    return row_told(row, explain(done.policy, done.tables, row.row)), ()


def of_person(done: Calculation, column: str, person: str) -> tuple[str, Findings]:
    """How all rows came out that have ``person`` in ``column``."""
    assert done.outcome is not None
    main = done.main
    if column not in main.positions:
        return "", (no_such_column(main.path, main.name, column, main.positions),)
    at = main.positions[column]
    rows = [each for each in done.outcome.rows if str(main.rows[each.row][at]) == person]
    if not rows:
        near = sorted({cell for row in main.rows if isinstance(cell := row[at], str) and person in cell})[:MOST_NEAR]
        return "", (nobody(main.path, main.name, column, person, near),)
    return person_told(column, person, [(row, explain(done.policy, done.tables, row.row)) for row in rows]), ()


def row_told(row: RowOutcome, steps: tuple[Step, ...]) -> str:
    """One row in words and in steps. What a row that gets nothing would have been paid is left out."""
    words = "\n".join(in_words(row, steps))
    shown = tuple(step for step in steps if step.text.startswith("条件")) if row.reasons else steps
    return f"{words}\n\n推导\n{tell(shown)}"


def person_told(column: str, person: str, rows: Sequence[tuple[RowOutcome, tuple[Step, ...]]]) -> str:
    """What all rows of one person or home come to, and each of them in words; the first ones, where there are many."""
    due = show_value(Money(sum(row.total for row, _ in rows)), ColumnType.MONEY)
    broken = sum(bool(row.faults) for row, _ in rows)
    tail = f"，另有{broken}行算不出" if broken else ""
    told = [
        f"{column}“{person}”：{len(rows):,}行，应补{due}{tail}",
        *("\n".join(in_words(*each)) for each in rows[:_MOST]),
    ]
    if len(rows) > _MOST:
        told.append(f"另有{len(rows) - _MOST:,}行没有列出；用 --row 看其中一行，或用 --grain row --out 逐行写出。")
    return "\n\n".join(told)
