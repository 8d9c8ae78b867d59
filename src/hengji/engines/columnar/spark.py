"""The columnar engine on Apache Spark: the same policies as the same SQL, for rosters that have outgrown one machine.

Spark reads Parquet files: tables in memory are first written as such. What is to be known of them before (types, bounds, keys)
is found as for DuckDB. Nothing of Spark is loaded before a policy has been lowered, so what cannot be done is said at once.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from hengji.engines import duck
from hengji.engines.columnar.days import CALENDAR, WORKING_DAYS
from hengji.engines.columnar.dialect import DUCKDB, SPARK
from hengji.engines.columnar.facts import Schema
from hengji.engines.columnar.grains import Grain
from hengji.engines.columnar.lowered import Named, lower
from hengji.engines.columnar.outcome import statement, told
from hengji.engines.columnar.plan import Plan
from hengji.engines.columnar.results import FULL, Record, Result, beside, gathered, part_of, stopped, written
from hengji.engines.columnar.run import planned
from hengji.engines.columnar.run import prepare as prepared
from hengji.engines.columnar.spark_session import BrokenOffError, NoSparkError, session
from hengji.engines.columnar.store import add_calendar, connect, opened
from hengji.engines.columnar.survey import CODE, NUMBER, Given, UnfitError, refused, survey
from hengji.engines.columnar.watching import Tick
from hengji.engines.columnar.whole import RefusedError
from hengji.engines.reference import Tables
from hengji.model.finding import Finding, Place, Severity
from hengji.policies.kinds import RATE
from hengji.policies.outcome import Outcome
from hengji.policies.policy import Policy

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_DONE = "_SUCCESS"
"""The file in a folder that says that Spark has written it to its end."""


def calculate(policy: Policy, tables: Tables, master: str | None = None) -> tuple[Outcome, tuple[Finding, ...]]:
    """As ``reference.calculate``. What cannot be done in SQL is refused by name, and then there are no rows."""
    nothing = Outcome(policy.name, policy.tiers())
    with tempfile.TemporaryDirectory(prefix=".hengji-") as folder, closing(connect()) as connection:
        try:
            schema = survey(connection, policy, tables, SPARK)
            lowered = lower(policy, schema, SPARK, named=Named.ALL)
            question = statement(lowered)
            with session(master) as spark:
                lay(connection, spark, question, schema, tables, Path(folder))
                answer = records(spark.sql(question))
        except UnfitError as error:
            return nothing, error.findings
        except RefusedError as error:
            return nothing, (refused(policy, error.found, error.remedy, SPARK),)
        except NoSparkError as error:
            return nothing, (error.finding,)
        except BrokenOffError as error:
            return nothing, (stopped(None, error.why),)
    return told(lowered, tables, answer)


def prepare(policy: Policy, tables: Given) -> Plan | tuple[Finding, ...]:
    """As ``columnar.prepare``, for this engine. Spark need not be there."""
    return prepared(policy, tables, SPARK)


def run(
    plan: Plan | Policy,
    tables: Given,
    grain: Grain,
    out: Path | None = None,
    memory: str | None = None,
    tick: Tick | None = None,
    master: str | None = None,
) -> Result:
    """One grain, as ``run_grains`` gives it; ``out`` gets it as Parquet."""
    return run_grains(plan, tables, {grain: out}, memory, tick, master)[grain]


def run_grains(
    plan: Plan | Policy,
    tables: Given,
    wanted: Mapping[Grain, Path | None],
    memory: str | None = None,
    tick: Tick | None = None,
    master: str | None = None,
    connection: duck.Connection | None = None,
) -> Mapping[Grain, Result]:
    """As ``columnar.run_grains``, but what is written is a folder of Parquet files, in which rows stand in no order.

    A folder is replaced only by a whole one, and only where it is itself of Spark's making; a single file is replaced too.
    ``master`` names the Spark to run on and ``memory`` what its driver takes, where none runs yet (``spark_session.session``);
    other machines must see the tables and ``out`` under the same paths. ``tick`` is told the rows done after each grain.
    """
    if Grain.ROW in wanted and wanted[Grain.ROW] is None:
        raise ValueError("rows are written to a file")
    taken = [out for out in wanted.values() if out is not None and out.is_dir() and not (out / _DONE).exists()]
    if taken:
        return {grain: Result(grain, findings=tuple(map(_taken, taken))) for grain in wanted}
    with tempfile.TemporaryDirectory(dir=beside(wanted), prefix=".hengji-") as folder, opened(connection) as database:
        try:
            made = planned(database, plan, tables, SPARK)
            _single(tables)
            if not isinstance(made, Plan):
                return {grain: Result(grain, findings=made) for grain in wanted}
            with session(master, memory) as spark:
                return _run(database, spark, made, tables, wanted, Path(folder), tick)
        except UnfitError as error:
            return {grain: Result(grain, findings=error.findings) for grain in wanted}
        except NoSparkError as error:
            return {grain: Result(grain, findings=(error.finding,)) for grain in wanted}
        except BrokenOffError as error:
            return {grain: Result(grain, findings=(stopped(out, error.why),)) for grain, out in wanted.items()}
        except OSError:
            return {grain: Result(grain, findings=(stopped(out, FULL),)) for grain, out in wanted.items()}


def _single(tables: Given) -> None:
    """Each table is one file, because rows are numbered by their places in it. Raises UnfitError."""
    several = [path for path in tables.values() if isinstance(path, Path) and not path.is_file()]
    if several:
        found, remedy = "列式引擎（Spark）做不了：一张表有几个文件，行没有唯一的行号", "合并成一个 Parquet 文件"
        raise UnfitError(tuple(Finding(CODE, Severity.ERROR, Place(str(path)), found, "", remedy) for path in several))


def _taken(out: Path) -> Finding:
    found = "已有同名文件夹，里面不是 Spark 写出的结果"
    return Finding(CODE, Severity.ERROR, Place(str(out)), found, "", "换一个名字，或先移走这个文件夹")


def _run(
    connection: duck.Connection,
    spark: SparkSession,
    plan: Plan,
    tables: Given,
    wanted: Mapping[Grain, Path | None],
    folder: Path,
    tick: Tick | None,
) -> Mapping[Grain, Result]:
    statements = {grain: plan.statement(grain) for grain in {**wanted, Grain.TOTAL: None}}
    lay(connection, spark, "".join(statements.values()), plan.schema, tables, folder)
    rows, results = plan.schema[plan.policy.rows].rows, {}
    for grain, out in wanted.items():
        results[grain] = _grain(connection, spark, plan, grain, part_of(folder, out))
        if tick is not None:
            tick(rows * len(results) // len(wanted), rows)
    for out in wanted.values():
        part = part_of(folder, out)
        if part is not None and out is not None:
            _replace(part, out, folder)
    return results


def _grain(connection: duck.Connection, spark: SparkSession, plan: Plan, grain: Grain, out: Path | None) -> Result:
    frame = spark.sql(plan.statement(grain))
    if out is None:
        found = sorted(records(frame))
        kinds = {name: kind.upper() for name, kind in frame.dtypes}
        summary = found[0] if grain is Grain.TOTAL else records(spark.sql(plan.statement(Grain.TOTAL)))[0]
        return gathered(plan, grain, kinds, found, summary)
    frame.write.parquet(location(out))
    return written(plan, grain, connection, str(out / "*.parquet"))


def _replace(part: Path, out: Path, folder: Path) -> None:
    """The new folder in the place of the old one, which stands aside until the new one is there."""
    old = folder / "old"
    if out.exists():
        out.rename(old)
    try:
        part.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)


def records(frame: DataFrame) -> tuple[Record, ...]:
    """All rows; whole numbers of any width are int."""
    return tuple(tuple(map(_whole, row)) for row in frame.collect())


def _whole(cell: object) -> object:
    return int(cell) if isinstance(cell, Decimal) else cell


# -- tables


def lay(
    connection: duck.Connection,
    spark: SparkSession,
    question: str,
    schema: Schema,
    tables: Given,
    folder: Path,
) -> None:
    """The tables that ``question`` reads, under their names, each row with its place in its file."""
    for name, facts in schema.items():
        if facts.source in question:
            given = tables[name]
            path = given if isinstance(given, Path) else _written(connection, schema, name, folder)
            frame = spark.read.parquet(location(path))
            if facts.number in question:
                columns = [SPARK.name(column) for column in facts.columns]
                frame = frame.selectExpr(*columns, f"_metadata.row_index AS {facts.number}")
            frame.createOrReplaceTempView(facts.source)
    if CALENDAR in question or WORKING_DAYS in question:
        add_calendar(connection)
        for name in (CALENDAR, WORKING_DAYS):
            path = _written(connection, schema, name, folder)
            spark.read.parquet(location(path)).createOrReplaceTempView(SPARK.name(name))


def _written(connection: duck.Connection, schema: Schema, name: str, folder: Path) -> Path:
    """A table of the database as a file, its rows in their order."""
    path = folder / f"{len(list(folder.iterdir()))}.parquet"
    picked = ", ".join(_exact(schema, name)) or "*"
    order = f"ORDER BY {DUCKDB.name(NUMBER)}" if name in schema else ""
    connection.execute(
        f"COPY (SELECT {picked} FROM {DUCKDB.name(name)} {order}) TO {DUCKDB.word(str(path))} (FORMAT parquet)"
    )
    return path


def _exact(schema: Schema, name: str) -> Iterator[str]:
    """The columns of a table; 128 bits as decimals, because a Parquet file has floating numbers for them."""
    for column, facts in schema[name].columns.items() if name in schema else ():
        text = DUCKDB.name(column)
        yield f"CAST({text} AS DECIMAL(38, 0)) AS {text}" if facts.kind is RATE else text


def location(path: Path) -> str:
    """Where Spark finds a file of this machine, whatever file system is its first."""
    return f"file://{path.resolve()}"
