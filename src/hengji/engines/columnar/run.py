"""Running a plan: over files or tables in memory, to a Parquet file with bounded memory, or to records."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from hengji.engines.columnar.dialect import DUCKDB
from hengji.engines.columnar.plan import BROKEN, PAID, ROWS, Grain, Plan, compile_policy, due_name
from hengji.engines.columnar.store import add_calendar, connect
from hengji.engines.columnar.survey import CODE, Given, UnfitError, survey
from hengji.engines.columnar.watching import Tick, Watch
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


def run(
    plan: Plan | Policy,
    tables: Given,
    grain: Grain,
    out: Path | None = None,
    memory: str | None = None,
    tick: Tick | None = None,
) -> Result:
    """One grain, as ``run_grains`` gives it; ``out`` gets it as Parquet."""
    return run_grains(plan, tables, {grain: out}, memory, tick)[grain]


def run_grains(
    plan: Plan | Policy,
    tables: Given,
    wanted: Mapping[Grain, Path | None],
    memory: str | None = None,
    tick: Tick | None = None,
) -> Mapping[Grain, Result]:
    """Run a plan, or a policy, once over tables (Parquet files by path, or tables in memory), for all grains that are wanted.

    A grain with a path is written there as Parquet; the others come as records. Rows always need a path (ValueError).
    ``memory`` such as 4GB bounds what the database takes; what is larger goes to files. A file is replaced only by a whole
    one, and none is where not all could be made. ``tick`` is told the rows done and the rows there are, a few times a second.
    """
    if Grain.ROW in wanted and wanted[Grain.ROW] is None:
        raise ValueError("rows are written to a file")
    with tempfile.TemporaryDirectory(dir=_beside(wanted), prefix=".hengji-") as folder:
        connection = connect(memory, folder)
        try:
            made = _made(connection, plan, tables)
            if not isinstance(made, Plan):
                return {grain: Result(grain, findings=made) for grain in wanted}
            return _run(Watch(connection, tick), made, wanted, Path(folder))
        except UnfitError as error:
            return {grain: Result(grain, findings=error.findings) for grain in wanted}
        except (duckdb.IOException, duckdb.OutOfMemoryException, OSError) as error:
            return {grain: Result(grain, findings=(_stopped(out, error),)) for grain, out in wanted.items()}
        finally:
            connection.close()


def _beside(wanted: Mapping[Grain, Path | None]) -> Path | None:
    """The folder of the files that are wanted; what is only for the time of the run stands there too."""
    return next((out.parent for out in wanted.values() if out is not None), None)


def _made(connection: duckdb.DuckDBPyConnection, plan: Plan | Policy, tables: Given) -> Plan | tuple[Finding, ...]:
    """The plan, made anew where the bounds of these tables are not those that it was made for."""
    policy = plan.policy if isinstance(plan, Plan) else plan
    found = survey(connection, policy, tables)
    return plan if isinstance(plan, Plan) and plan.schema == found else compile_policy(policy, found)


def _run(watch: Watch, plan: Plan, wanted: Mapping[Grain, Path | None], folder: Path) -> Mapping[Grain, Result]:
    watch.rows, watch.steps = plan.schema[plan.policy.rows].rows, len(wanted)
    if plan.by_calendar():
        add_calendar(watch.connection)
    results = {grain: _grain(watch, plan, grain, _part(folder, out)) for grain, out in wanted.items()}
    for out in wanted.values():
        part = _part(folder, out)
        if part is not None and out is not None:
            part.replace(out)
    return results


def _part(folder: Path, out: Path | None) -> Path | None:
    return None if out is None else folder / out.name


def _grain(watch: Watch, plan: Plan, grain: Grain, out: Path | None) -> Result:
    statement, connection = plan.statement(grain), watch.connection
    tiers = plan.policy.tiers()
    records: tuple[Record, ...] = ()
    if out is None:
        answer = watch.execute(statement)
        columns = _columns(answer.description, tiers)
        records = tuple(answer.fetchall())
        summary = records[0] if grain is Grain.TOTAL else connection.execute(plan.statement(Grain.TOTAL)).fetchone()
    else:
        watch.execute(
            f"COPY ({statement}) TO {DUCKDB.word(str(out))} (FORMAT parquet, PARQUET_VERSION v2{_said(plan)})"
        )
        written = f"read_parquet({DUCKDB.word(str(out))})"
        columns = _columns(connection.execute(f"SELECT * FROM {written} LIMIT 0").description, tiers)
        summary = connection.execute(_summary(plan, grain, written)).fetchone()
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
