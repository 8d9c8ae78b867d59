"""The columnar engine on Apache Spark: the same policies as the same SQL, for rosters that have outgrown one machine.

Spark reads Parquet files: tables in memory are first written as such. What is to be known of them before (types, bounds, keys)
is found as for DuckDB. Nothing of Spark is loaded before a policy has been lowered, so what cannot be done is said at once.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from hengji.engines.columnar.days import CALENDAR, WORKING_DAYS
from hengji.engines.columnar.dialect import DUCKDB, SPARK
from hengji.engines.columnar.facts import Schema
from hengji.engines.columnar.lowered import Named, lower
from hengji.engines.columnar.outcome import statement, told
from hengji.engines.columnar.spark_session import NoSparkError, session
from hengji.engines.columnar.store import add_calendar, connect
from hengji.engines.columnar.survey import NUMBER, Given, UnfitError, refused, survey
from hengji.engines.columnar.whole import RefusedError
from hengji.engines.reference import Tables
from hengji.model.finding import Finding
from hengji.policies.kinds import RATE
from hengji.policies.outcome import Outcome
from hengji.policies.policy import Policy

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Record = tuple[Any, ...]


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
    return told(lowered, tables, answer)


def records(frame: DataFrame) -> tuple[Record, ...]:
    """All rows; whole numbers of any width are int."""
    return tuple(tuple(map(_whole, row)) for row in frame.collect())


def _whole(cell: object) -> object:
    return int(cell) if isinstance(cell, Decimal) else cell


# -- tables


def lay(
    connection: duckdb.DuckDBPyConnection,
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
            columns = [SPARK.name(column) for column in facts.columns]
            frame = spark.read.parquet(location(path))
            frame.selectExpr(*columns, f"_metadata.row_index AS {facts.number}").createOrReplaceTempView(facts.source)
    if CALENDAR in question or WORKING_DAYS in question:
        add_calendar(connection)
        for name in (CALENDAR, WORKING_DAYS):
            path = _written(connection, schema, name, folder)
            spark.read.parquet(location(path)).createOrReplaceTempView(SPARK.name(name))


def _written(connection: duckdb.DuckDBPyConnection, schema: Schema, name: str, folder: Path) -> Path:
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
