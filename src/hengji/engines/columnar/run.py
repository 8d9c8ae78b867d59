"""Running a plan: over files or tables in memory, to a Parquet file with bounded memory, or to records."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import duckdb

from hengji.engines.columnar.dialect import DUCKDB, Dialect
from hengji.engines.columnar.plan import Grain, Plan, compile_policy
from hengji.engines.columnar.results import FULL, SHORT, Result, beside, gathered, kinds_of, part_of, stopped, written
from hengji.engines.columnar.store import add_calendar, connect
from hengji.engines.columnar.survey import Given, UnfitError, survey
from hengji.engines.columnar.watching import Tick, Watch
from hengji.model.finding import Finding
from hengji.policies.policy import Policy


def prepare(policy: Policy, tables: Given, dialect: Dialect = DUCKDB) -> Plan | tuple[Finding, ...]:
    """The plan of a policy over these very tables: their files are looked at, for types and bounds."""
    connection = connect()
    try:
        return planned(connection, policy, tables, dialect)
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
    with tempfile.TemporaryDirectory(dir=beside(wanted), prefix=".hengji-") as folder:
        connection = connect(memory, folder)
        try:
            made = planned(connection, plan, tables)
            if not isinstance(made, Plan):
                return {grain: Result(grain, findings=made) for grain in wanted}
            return _run(Watch(connection, tick), made, wanted, Path(folder))
        except UnfitError as error:
            return {grain: Result(grain, findings=error.findings) for grain in wanted}
        except duckdb.OutOfMemoryException:
            return {grain: Result(grain, findings=(stopped(out, SHORT),)) for grain, out in wanted.items()}
        except (duckdb.IOException, OSError):
            return {grain: Result(grain, findings=(stopped(out, FULL),)) for grain, out in wanted.items()}
        finally:
            connection.close()


def planned(
    connection: duckdb.DuckDBPyConnection, plan: Plan | Policy, tables: Given, dialect: Dialect = DUCKDB
) -> Plan | tuple[Finding, ...]:
    """The plan, made anew where the bounds of these tables are not those that it was made for. Raises UnfitError."""
    policy = plan.policy if isinstance(plan, Plan) else plan
    found = survey(connection, policy, tables, dialect)
    return plan if isinstance(plan, Plan) and plan.schema == found else compile_policy(policy, found, dialect)


def _run(watch: Watch, plan: Plan, wanted: Mapping[Grain, Path | None], folder: Path) -> Mapping[Grain, Result]:
    watch.rows, watch.steps = plan.schema[plan.policy.rows].rows, len(wanted)
    if plan.by_calendar():
        add_calendar(watch.connection)
    results = {grain: _grain(watch, plan, grain, part_of(folder, out)) for grain, out in wanted.items()}
    for out in wanted.values():
        part = part_of(folder, out)
        if part is not None and out is not None:
            part.replace(out)
    return results


def _grain(watch: Watch, plan: Plan, grain: Grain, out: Path | None) -> Result:
    statement, connection = plan.statement(grain), watch.connection
    if out is None:
        answer = watch.execute(statement)
        kinds, records = kinds_of(answer.description), answer.fetchall()
        total = grain is Grain.TOTAL
        summary = records[0] if total else connection.execute(plan.statement(Grain.TOTAL)).fetchone()
        return gathered(plan, grain, kinds, records, summary)
    path = str(out)
    watch.execute(f"COPY ({statement}) TO {DUCKDB.word(path)} (FORMAT parquet, PARQUET_VERSION v2{_said(plan)})")
    return written(plan, grain, connection, path)


def _said(plan: Plan) -> str:
    return f", KV_METADATA {{政策: {DUCKDB.word(plan.policy.title)}, 金额单位: '分'}}"
