"""Running a plan: over files or tables in memory, to a Parquet file with bounded memory, or to records."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from hengji.engines.columnar.days import CALENDAR, WORKING_DAYS
from hengji.engines.columnar.dialect import DUCKDB
from hengji.engines.columnar.plan import BROKEN, PAID, ROWS, Grain, Plan, compile_policy, due_name
from hengji.engines.columnar.store import add_calendar, connect
from hengji.engines.columnar.survey import CODE, Given, UnfitError, survey
from hengji.model.finding import Finding, Place, Severity
from hengji.model.money import Money
from hengji.model.programme import Tier
from hengji.policies.policy import Policy

Record = tuple[Any, ...]
_EXACT = {"BIGINT", "DECIMAL(38,0)"}


@dataclass(frozen=True, slots=True)
class Result:
    """运行结果: what is due by tier, how many rows there are, are paid, and cannot be computed.

    ``records`` are those of the grain, under ``columns``, unless they were written to a file. With ``findings`` there is nothing.
    """

    grain: Grain
    columns: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()
    totals: Mapping[Tier, Money] = field(default_factory=dict)
    rows: int = 0
    paid: int = 0
    broken: int = 0
    findings: tuple[Finding, ...] = ()


def prepare(policy: Policy, tables: Given) -> Plan | tuple[Finding, ...]:
    """The plan of a policy over these very tables: their files are looked at, for types and bounds."""
    connection = connect()
    try:
        return compile_policy(policy, survey(connection, policy, tables))
    except UnfitError as error:
        return error.findings
    finally:
        connection.close()


def run(plan: Plan | Policy, tables: Given, grain: Grain, out: Path | None = None, memory: str | None = None) -> Result:
    """Run a plan, or a policy, over tables (Parquet files by path, or tables in memory). ``out`` gets the grain as Parquet.

    ``memory`` such as 4GB bounds what the database takes; what is larger goes to files. The file under ``out`` is replaced
    only by a whole one.
    """
    with tempfile.TemporaryDirectory(dir=out.parent if out else None, prefix=".hengji-") as folder:
        connection = connect(memory, folder)
        try:
            made = _made(connection, plan, tables)
            if not isinstance(made, Plan):
                return Result(grain, findings=made)
            return _run(connection, made, grain, out, Path(folder))
        except UnfitError as error:
            return Result(grain, findings=error.findings)
        except (duckdb.IOException, duckdb.OutOfMemoryException, OSError) as error:
            return Result(grain, findings=(_stopped(out, error),))
        finally:
            connection.close()


def _made(connection: duckdb.DuckDBPyConnection, plan: Plan | Policy, tables: Given) -> Plan | tuple[Finding, ...]:
    """The plan, made anew where the bounds of these tables are not those that it was made for."""
    policy = plan.policy if isinstance(plan, Plan) else plan
    found = survey(connection, policy, tables)
    return plan if isinstance(plan, Plan) and plan.schema == found else compile_policy(policy, found)


def _run(connection: duckdb.DuckDBPyConnection, plan: Plan, grain: Grain, out: Path | None, folder: Path) -> Result:
    statement = plan.statement(grain)
    if CALENDAR in statement or WORKING_DAYS in statement:
        add_calendar(connection)
    tiers = plan.policy.tiers()
    records: tuple[Record, ...] = ()
    if out is None:
        answer = connection.execute(statement)
        columns = _columns(answer.description, tiers)
        records = tuple(answer.fetchall())
        whole = grain is Grain.TOTAL
        summary = records[0] if whole else connection.execute(plan.statement(Grain.TOTAL)).fetchone()
    else:
        part = folder / out.name
        connection.execute(
            f"COPY ({statement}) TO {DUCKDB.word(str(part))} (FORMAT parquet, PARQUET_VERSION v2{_said(plan)})"
        )
        written = f"read_parquet({DUCKDB.word(str(part))})"
        columns = _columns(connection.execute(f"SELECT * FROM {written} LIMIT 0").description, tiers)
        summary = connection.execute(_summary(plan, grain, written)).fetchone()
        part.replace(out)
    assert summary is not None
    totals = {tier: Money(amount) for tier, amount in zip(tiers, summary, strict=False)}
    rows, paid, broken = (int(number) for number in summary[len(tiers) :])
    return Result(grain, columns, records, totals, rows, paid, broken)


def _columns(description: Sequence[Sequence[Any]] | None, tiers: tuple[Tier, ...]) -> tuple[str, ...]:
    """The names of the columns; amounts are whole numbers, which no writer may have turned into floating ones."""
    kinds = {str(name): str(kind) for name, kind, *_ in description or ()}
    assert all(kinds[due_name(tier)] in _EXACT for tier in tiers), kinds
    return tuple(kinds)


def _summary(plan: Plan, grain: Grain, written: str) -> str:
    """The totals of a file that was just written."""
    sums = [f'CAST(coalesce(sum("{due_name(tier)}"), 0) AS DECIMAL(38, 0))' for tier in plan.policy.tiers()]
    if grain is Grain.ROW:
        numbers = ["count(*)", "count(*) FILTER (原因 = 0 AND 问题 IS NULL)", "count(*) FILTER (问题 IS NOT NULL)"]
    else:
        numbers = [f'coalesce(sum("{name}"), 0)' for name in (ROWS, PAID, BROKEN)]
    return f"SELECT {', '.join([*sums, *numbers])} FROM {written}"


def _said(plan: Plan) -> str:
    return f", KV_METADATA {{政策: {DUCKDB.word(plan.policy.title)}, 金额单位: '分'}}"


def _stopped(out: Path | None, error: Exception) -> Finding:
    place = Place(str(out or ""))
    full = "磁盘写满或文件打不开" if isinstance(error, OSError | duckdb.IOException) else "内存不够"
    remedy = "换一个有空间的位置，或调大 memory；原来的结果没有改动"
    return Finding(CODE, Severity.ERROR, place, f"计算中断：{full}", "", remedy)
