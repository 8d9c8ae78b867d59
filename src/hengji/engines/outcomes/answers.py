"""The outcome of a policy as a database asks it: sums and reasons for the screen, and files to hand on.

Whatever engine made them, the rows become one relation, so that all engines write the same file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from hengji.engines import duck
from hengji.engines.columnar.clustered import FIRST_LINE, LINE, SHEET
from hengji.engines.columnar.dialect import DUCKDB
from hengji.engines.columnar.facts import TableFacts
from hengji.engines.columnar.grains import BROKEN, FAULTS, PAID, PERIOD, REASONS, ROW, ROWS, Grain, due_name, legend
from hengji.engines.columnar.store import create
from hengji.engines.columnar.survey import survey
from hengji.engines.outcomes.cells import cell, header, masked, yuan
from hengji.model.money import Money
from hengji.model.programme import Tier
from hengji.model.record import record
from hengji.model.table import Keeping, Table
from hengji.policies.outcome import Outcome, Reason
from hengji.policies.policy import Policy

_OUTCOME, _RECIPIENTS = "逐行结果", "收款方结果"
NUMBER, _LINE, NAME, _MONTH, BITS, _FAULTS, WORDS, _DUE = (
    '"=行"',
    '"=行号"',
    '"=收款方"',
    '"=月份"',
    '"=原因"',
    '"=问题"',
    '"=说明"',
    '"={}"',
)
"""Columns of the outcome; no column of a policy can be called so."""
_BETWEEN = "；"


@record
class Group:
    """同因的行: ``key`` is the bit of a reason, or the code and the statement of a fault; ``lines`` are the first."""

    key: int | str
    count: int
    lines: tuple[int, ...]


@record
class Sum:
    """收款方合计: what is due by tier, for how many rows, of which so many are paid and so many cannot be computed.

    ``month`` is written 2021-03; empty where months were not kept apart, or a row has no day.
    """

    name: str
    due: Mapping[Tier, Money]
    rows: int
    paid: int
    broken: int
    month: str = ""


@record
class Relation:
    """一张结果表: headers, each with its SQL, and where the rows come from, in which order."""

    columns: tuple[tuple[str, str], ...]
    source: str

    @property
    def select(self) -> str:
        picked = ", ".join(f"{text} AS {DUCKDB.name(name)}" for name, text in self.columns)
        return f"SELECT {picked} FROM {self.source}"


class Answers:
    """Made for the tables of a policy (in memory, or Parquet files) on a connection, then given what came out.

    Where the tables do not fit the policy, ``main`` raises UnfitError.
    """

    def __init__(self, policy: Policy, tables: Mapping[str, Table | Path], connection: duck.Connection) -> None:
        self.policy = policy
        self.connection = connection
        self._tables = tables
        self._dues = [due for _, due in by_tier(policy)]

    @cached_property
    def main(self) -> TableFacts:
        """The main table, looked at when a row is asked for and not before."""
        return survey(self.connection, self.policy, self._tables)[self.policy.rows]

    @cached_property
    def _stored(self) -> set[str]:
        described = self.connection.execute(f"DESCRIBE SELECT * FROM {self.main.source}").fetchall()
        return {name for name, *_ in described}

    def take_files(self, rows: Path | None, recipients: Path | None, by: Grain = Grain.INSTITUTION) -> None:
        """What the columnar engine wrote by row, and by recipient or, as ``by`` says, also by month."""
        if rows is not None:
            self.take_rows(_OUTCOME, self.policy, rows)
        if recipients is not None:
            name = DUCKDB.name(self.policy.recipient)
            month = PERIOD if by is Grain.PERIOD else "NULL::DATE"
            dues = "".join(f"{DUCKDB.name(due_name(tier))} AS {due}, " for tier, due in by_tier(self.policy))
            self.connection.execute(
                f"CREATE VIEW {_RECIPIENTS} AS SELECT CAST({name} AS VARCHAR) AS {NAME}, {month} AS {_MONTH}, "
                f"{dues}{ROWS}, {PAID}, {BROKEN} "
                f"FROM read_parquet({DUCKDB.word(str(recipients))})"
            )

    def take(self, outcome: Outcome, by: Grain = Grain.INSTITUTION) -> None:
        """What an engine gave as values, gathered by recipient or, as ``by`` says, also by month."""
        self.take_rows(_OUTCOME, self.policy, outcome)
        sums = "".join(f"sum({name}) AS {name}, " for name in self._dues)
        month, source = "NULL::DATE", _OUTCOME
        if by is Grain.PERIOD and self.policy.as_of:
            day = self.main.columns[self.policy.as_of].text
            month, source = f"CAST(date_trunc('month', {day}) AS DATE)", self.beside(_OUTCOME)
        self.connection.execute(
            f"CREATE VIEW {_RECIPIENTS} AS SELECT {NAME}, {month} AS {_MONTH}, {sums}count(*) AS {ROWS}, "
            f"count(*) FILTER ({BITS} = 0 AND {_FAULTS} IS NULL) AS {PAID}, count({_FAULTS}) AS {BROKEN} "
            f"FROM {source} GROUP BY 1, 2"
        )

    def take_rows(self, relation: str, policy: Policy, rows: Outcome | Path) -> None:
        """What a policy gives by row, as values or as a file of the columnar engine, under the name of a relation."""
        if isinstance(rows, Outcome):
            create(self.connection, relation, list(_columns(policy, rows)))
            return
        name = DUCKDB.name(policy.recipient)
        dues = "".join(f"{DUCKDB.name(due_name(tier))} AS {due}, " for tier, due in by_tier(policy))
        self.connection.execute(
            f"CREATE VIEW {relation} AS SELECT {ROW} AS {NUMBER}, NULL::BIGINT AS {_LINE}, "
            f"coalesce(CAST({name} AS VARCHAR), '') AS {NAME}, {dues}{REASONS} AS {BITS}, "
            f"{FAULTS} AS {_FAULTS}, NULL::VARCHAR AS {WORDS} FROM read_parquet({DUCKDB.word(str(rows))})"
        )

    # -- for the screen

    def sums(self, most: int) -> tuple[tuple[Sum, ...], int]:
        """The first recipients by name and month, and how many there are in all."""
        tiers = self.policy.tiers()
        picked = ", ".join((NAME, _month(), *self._dues, ROWS, PAID, BROKEN))
        asked = f"SELECT {picked} FROM {_RECIPIENTS} ORDER BY {NAME}, {_MONTH} LIMIT {most}"
        sums = []
        for name, month, *rest in self.connection.execute(asked).fetchall():
            due = dict(zip(tiers, map(Money, rest), strict=False))
            rows, paid, broken = map(int, rest[len(tiers) :])
            sums.append(Sum(str(name or ""), due, rows, paid, broken, month or ""))
        every = len(sums) if len(sums) < most else self._number(f"SELECT count(*) FROM {_RECIPIENTS}")
        return tuple(sums), every

    def reasons(self, most: int) -> Iterator[Group]:
        """For each reason that a row has, how many rows have it and the lines of the first."""
        for bit in legend(self.policy):
            yield from self._group(bit, f"{BITS} & {bit} <> 0", most)

    def faults(self, most: int) -> Iterator[Group]:
        """The same for what cannot be computed."""
        split = f"string_split({_FAULTS}, '{_BETWEEN}')"
        each = f"SELECT DISTINCT unnest({split}) AS fault FROM {_OUTCOME} WHERE {_FAULTS} IS NOT NULL ORDER BY 1"
        for (fault,) in self.connection.execute(each).fetchall():
            yield from self._group(str(fault), f"list_contains({split}, {DUCKDB.word(fault)})", most)

    def _group(self, key: int | str, where: str, most: int) -> Iterator[Group]:
        count = self._number(f"SELECT count(*) FROM {_OUTCOME} WHERE {where}")
        if count:
            first = f"(SELECT * FROM {_OUTCOME} WHERE {where} ORDER BY {NUMBER} LIMIT {most})"
            found = self.connection.execute(f"SELECT {self.line()} FROM {self.beside(first)} ORDER BY 1").fetchall()
            yield Group(key, count, tuple(int(line) for (line,) in found))

    def _number(self, question: str) -> int:
        answer = self.connection.execute(question).fetchone()
        assert answer is not None
        return int(answer[0])

    # -- to hand on

    def rows(self, keeping: Keeping) -> Relation:
        """One row for each row: its line, its own cells in the units of their headers, amounts in yuan, why not."""
        columns = (
            *self.own(keeping),
            *self._amounts(self._dues),
            ("不予补助的原因", reasons_told(self.policy)),
            ("原因编号", _coded({bit: code for bit, (code, _) in legend(self.policy).items()})),
            ("算不出的原因", _FAULTS),
        )
        return Relation(columns, f"{self.beside(_OUTCOME)} ORDER BY {NUMBER}")

    def own(self, keeping: Keeping) -> Iterator[tuple[str, str]]:
        """Where a row stands and its own cells, for a relation that ``beside`` made."""
        facts = self.main.columns
        if SHEET in self._stored:
            yield "工作表", f"m.{DUCKDB.name(SHEET)}"
        yield "行号", self.line()
        for each in self.policy.tables[self.policy.rows].columns:
            if each.name in facts:
                yield header(each), cell(each, facts[each.name].text, keeping)

    def recipients(self, keeping: Keeping) -> Relation:
        """One row for each recipient."""
        name = (self.policy.recipient, masked(NAME, keeping))
        return Relation((name, *self._summed(self._dues, (ROWS, PAID, BROKEN))), f"{_RECIPIENTS} ORDER BY {NAME}")

    def periods(self, keeping: Keeping) -> Relation:
        """One row for each recipient and month, with the policy, so that the rows of several can stand in one table."""
        keys = (
            (self.policy.recipient, masked(NAME, keeping)),
            ("政策", DUCKDB.word(self.policy.name)),
            ("月份", _month()),
        )
        summed = self._summed(self._dues, (ROWS, PAID, BROKEN))
        return Relation((*keys, *summed), f"{_RECIPIENTS} ORDER BY {NAME}, {_MONTH}")

    def total(self) -> Relation:
        """One row for all."""
        dues, numbers = (
            [f"coalesce(sum({each}), 0)" for each in names] for names in (self._dues, (ROWS, PAID, BROKEN))
        )
        return Relation(tuple(self._summed(dues, numbers)), _RECIPIENTS)

    def _summed(self, dues: Sequence[str], numbers: Sequence[str]) -> Iterator[tuple[str, str]]:
        yield from self._amounts(dues)
        for title, number in zip(("行数", "予补行数", "算不出行数"), numbers, strict=True):
            yield title, f"CAST({number} AS BIGINT)"

    def _amounts(self, dues: Sequence[str]) -> Iterator[tuple[str, str]]:
        for tier, due in zip(self.policy.tiers(), dues, strict=True):
            yield f"应补{tier.value}（元）", yuan(due)
        yield "应补合计（元）", yuan(" + ".join(f"CAST({due} AS HUGEINT)" for due in dues) or "0")

    def beside(self, outcome: str) -> str:
        """Each row of the outcome with its row of the main table: by its place, which no join may change."""
        return f"{outcome} AS o JOIN {self.main.source} AS m ON m.{self.main.number} = o.{NUMBER}"

    def line(self) -> str:
        """The line of a row in the file that somebody sent, for a relation that ``beside`` made."""
        own = f"m.{DUCKDB.name(LINE)}, " if LINE in self._stored else ""
        return f"coalesce(o.{_LINE}, {own}o.{NUMBER} + {FIRST_LINE})"


def _month() -> str:
    return f"strftime({_MONTH}, '%Y-%m')"


def by_tier(policy: Policy) -> Iterator[tuple[Tier, str]]:
    """The column of each tier in a relation of rows."""
    return ((tier, _DUE.format(at)) for at, tier in enumerate(policy.tiers()))


def _columns(policy: Policy, outcome: Outcome) -> Iterator[tuple[str, str, Sequence[Any]]]:
    """Name, type and cells."""
    bits = {code: bit for bit, (code, _) in legend(policy).items()}
    rows = outcome.rows
    yield "=行", "BIGINT", [row.row for row in rows]
    yield "=行号", "BIGINT", [row.line for row in rows]
    yield "=收款方", "VARCHAR", [row.recipient for row in rows]
    for tier, name in by_tier(policy):
        yield name.strip('"'), "BIGINT", [int(row.due[tier]) for row in rows]
    yield "=原因", "BIGINT", [sum(bits[each.code] for each in row.reasons) for row in rows]
    yield "=问题", "VARCHAR", [_BETWEEN.join(each.found for each in row.faults) or None for row in rows]
    yield "=说明", "VARCHAR", [_BETWEEN.join(map(_sourced, row.reasons)) or None for row in rows]


def reasons_told(policy: Policy, bits: str = BITS, words: str = WORDS) -> str:
    """Why a row gets nothing, in words: those that are there, else what its bits stand for."""
    said = {bit: _said(code, source) for bit, (code, source) in legend(policy).items()}
    return f"coalesce({words}, {_coded(said, bits)})"


def _coded(words: Mapping[int, str], bits: str = BITS) -> str:
    """The words of the bits that a row has."""
    told = [f"CASE WHEN {bits} & {bit} <> 0 THEN {DUCKDB.word(text)} END" for bit, text in words.items()]
    return f"nullif(concat_ws('{_BETWEEN}', {', '.join(told)}), '')" if told else "NULL::VARCHAR"


def _said(code: str, source: str) -> str:
    name = f"不满足条件“{code.rpartition('.')[2]}”"
    return f"{name}（{source}）" if source else name


def _sourced(reason: Reason) -> str:
    return f"{reason.text}（{reason.source}）" if reason.source else reason.text
