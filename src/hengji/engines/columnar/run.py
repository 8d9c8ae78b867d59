"""Running a plan: over files or tables in memory, to a Parquet file with bounded memory, or to records."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

from hengji.engines import duck
from hengji.engines.columnar.dialect import DUCKDB, Dialect
from hengji.engines.columnar.facts import Schema
from hengji.engines.columnar.grains import Grain, from_rows
from hengji.engines.columnar.lowered import Lowered
from hengji.engines.columnar.plan import Plan, compile_policy
from hengji.engines.columnar.proving import proved
from hengji.engines.columnar.results import (
    EXACT,
    FALSE_BOUNDS,
    FULL,
    SHORT,
    Record,
    Result,
    beside,
    gathered,
    kinds_of,
    part_of,
    stopped,
    written,
)
from hengji.engines.columnar.script import Script
from hengji.engines.columnar.sieve import WORTH
from hengji.engines.columnar.store import UNBOUNDED, add_calendar, connect, has_tally, opened, room, threads
from hengji.engines.columnar.survey import Given, UnfitError, survey
from hengji.engines.columnar.watching import Tick, Watch
from hengji.model.finding import Finding
from hengji.policies.policy import Policy

AT_ONCE = 16
"""Sets of parameters whose results stand in memory together before they are told apart."""
Column = tuple[Any, ...]
_KEYS = {Grain.TOTAL: 0, Grain.INSTITUTION: 1, Grain.PERIOD: 2}
"""How many columns tell the records of a grain apart."""
_COUNTING = 4
"""So many statements count rows, as a rule."""
FEW = 4096
"""Whole numbers of which there are more are not worth a dictionary in a file."""


class Counting(Enum):
    """计数方式: whether rows are counted by the database alone, or by the tally beside it (native/tally.c) where they can be.

    计数器 asks for it whatever the rows and the room, and is a ValueError where it cannot be loaded.
    """

    SUITED = "行多时用计数器"
    DATABASE = "数据库"
    TALLY = "计数器"


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
    connection: duck.Connection | None = None,
    counting: Counting = Counting.SUITED,
) -> Mapping[Grain, Result]:
    """Run a plan, or a policy, once over tables (Parquet files by path, or tables in memory), for all grains that are wanted.

    A grain with a path is written there as Parquet; the others come as records. Rows always need a path (ValueError).
    ``memory`` such as 4GB bounds what the database takes; what is larger goes to files. A file is replaced only by a whole
    one, and none is where not all could be made. ``tick`` is told the rows done and the rows there are, a few times a second.
    A ``connection`` of the caller's is used instead of one of its own, and left open. ``counting`` changes nothing that comes out.
    """
    if Grain.ROW in wanted and wanted[Grain.ROW] is None:
        raise ValueError("rows are written to a file")
    with (
        tempfile.TemporaryDirectory(dir=beside(wanted), prefix=".hengji-") as folder,
        opened(connection, memory, folder) as database,
    ):
        try:
            made = planned(database, plan, tables)
            if not isinstance(made, Plan):
                return {grain: Result(grain, findings=made) for grain in wanted}
            script = _script(database, made.schema[made.policy.rows].rows, counting) if made.groups else Script()
            return _run(Watch(database, tick), made, wanted, Path(folder), script)
        except UnfitError as error:
            return {grain: Result(grain, findings=error.findings) for grain in wanted}
        except duck.OutOfMemoryException:
            return {grain: Result(grain, findings=(stopped(out, SHORT),)) for grain, out in wanted.items()}
        except duck.FalseBoundsError:
            return {grain: Result(grain, findings=(stopped(out, FALSE_BOUNDS),)) for grain, out in wanted.items()}
        except (duck.IOException, OSError):
            return {grain: Result(grain, findings=(stopped(out, FULL),)) for grain, out in wanted.items()}


def run_sets(
    policies: Sequence[Policy],
    tables: Given,
    grain: Grain,
    memory: str | None = None,
    tick: Tick | None = None,
    counting: Counting = Counting.SUITED,
) -> tuple[Result, ...]:
    """What each of several policies gives over the same tables; they differ in their parameters only (else ValueError).

    Rows that are alike are counted once for all of them, unless a parameter decides which groups of rows break a limit.
    ``grain`` is not that of rows (ValueError).
    """
    if grain is Grain.ROW or any(policy.tables != policies[0].tables for policy in policies):
        raise ValueError("sets of parameters have one set of tables, and are gathered")
    with tempfile.TemporaryDirectory(prefix="hengji-") as folder, closing(connect(memory, folder)) as connection:
        try:
            schema = survey(connection, policies[0], tables)
            script = _script(connection, schema[policies[0].rows].rows, counting)
            return tuple(_sets(Watch(connection, tick), policies, schema, grain, script))
        except UnfitError as error:
            return tuple(Result(grain, findings=error.findings) for _ in policies)
        except duck.OutOfMemoryException:
            return tuple(Result(grain, findings=(stopped(None, SHORT),)) for _ in policies)
        except duck.FalseBoundsError:
            return tuple(Result(grain, findings=(stopped(None, FALSE_BOUNDS),)) for _ in policies)
        except (duck.IOException, OSError):
            return tuple(Result(grain, findings=(stopped(None, FULL),)) for _ in policies)


def _script(connection: duck.Connection, rows: int, counting: Counting) -> Script:
    """A script that may count by the tally, which is loaded then."""
    if counting is Counting.DATABASE or (counting is Counting.SUITED and rows < WORTH):
        return Script()
    if has_tally(connection):
        asked = counting is Counting.TALLY
        return Script(UNBOUNDED if asked else room(connection), threads(connection))
    if counting is Counting.TALLY:
        raise ValueError("the tally cannot be loaded")
    return Script()


def _sets(watch: Watch, policies: Sequence[Policy], schema: Schema, grain: Grain, script: Script) -> Iterator[Result]:
    plans = [compile_policy(policy, schema) for policy in policies]
    watch.rows, watch.steps = schema[policies[0].rows].rows, _COUNTING + -(-len(plans) // AT_ONCE)
    if any(isinstance(plan, Plan) and plan.by_calendar() for plan in plans):
        add_calendar(watch.connection)
    alike: list[tuple[Plan, str]] = []
    for plan in plans:
        lowered = _groups(plan, grain)
        anew = list(script.counted(lowered)) if lowered else []
        if anew or lowered is None or len(alike) == AT_ONCE:
            yield from _at_once(watch, alike, grain)
            alike.clear()
        for statement in anew:
            watch.execute(statement)
        if not isinstance(plan, Plan):
            yield Result(grain, findings=plan)
        elif lowered is None:
            yield _gather(watch, plan, grain, plan.statement(grain), None)
        else:
            alike.append((plan, script.grain(lowered, grain)))
    yield from _at_once(watch, alike, grain)


def _groups(plan: Plan | tuple[Finding, ...], grain: Grain) -> Lowered | None:
    """What is gathered of rows that are counted together, where they are."""
    if not isinstance(plan, Plan) or plan.groups is None:
        return None
    return plan.periods if grain is Grain.PERIOD and plan.periods else plan.groups


def _at_once(watch: Watch, plans: Sequence[tuple[Plan, str]], grain: Grain) -> Iterator[Result]:
    """The results of statements over the same kinds of rows, which are few: one statement, so that all threads have work.

    Whatever is paid, all recipients come out, each statement's in their order: so many records are those of one plan.
    """
    if not plans:
        return
    answer = watch.execute("\nUNION ALL ".join(f"SELECT * FROM (\n{text}\n)" for _, text in plans))
    kinds = kinds_of(answer.description)
    records = duck.records(answer)
    each, rest = divmod(len(records), len(plans))
    assert not rest
    first: list[Column] = []
    for at, (plan, _) in enumerate(plans):
        part = records[at * each : (at + 1) * each]
        columns = _columns(kinds, part)
        first = first or columns[: _KEYS[grain]]
        assert columns[: _KEYS[grain]] == first
        yield gathered(plan, grain, kinds, part, _added(kinds, columns))


def planned(
    connection: duck.Connection, plan: Plan | Policy, tables: Given, dialect: Dialect = DUCKDB
) -> Plan | tuple[Finding, ...]:
    """The plan, made anew where the bounds of these tables are not those that it was made for. Raises UnfitError."""
    policy = plan.policy if isinstance(plan, Plan) else plan
    found = survey(connection, policy, tables, dialect)
    if isinstance(plan, Plan) and plan.schema == found:
        return plan
    return compile_policy(policy, found, dialect, partial(proved, connection, policy))


def _run(
    watch: Watch, plan: Plan, wanted: Mapping[Grain, Path | None], folder: Path, script: Script
) -> Mapping[Grain, Result]:
    watch.rows = plan.schema[plan.policy.rows].rows
    if plan.by_calendar():
        add_calendar(watch.connection)
    parts = {grain: part_of(folder, out) for grain, out in wanted.items()}
    results = _by_kind(watch, plan, parts, script) if plan.groups else _one_by_one(watch, plan, parts)
    for grain, part in parts.items():
        out = wanted[grain]
        if part is not None and out is not None:
            part.replace(out)
    return {grain: results[grain] for grain in wanted}


def _one_by_one(watch: Watch, plan: Plan, parts: Mapping[Grain, Path | None]) -> dict[Grain, Result]:
    """Each row is priced by itself; where rows are written, the others are gathered from them."""
    watch.steps = len(parts)
    results = {}
    rows = parts.get(Grain.ROW)
    if rows is not None:
        _copy(watch, plan, plan.statement(Grain.ROW), rows)
        results[Grain.ROW] = written(plan, Grain.ROW, watch.connection, str(rows))
    for grain in parts.keys() - results.keys():
        statement = plan.statement(grain)
        if rows is not None and grain is not Grain.PERIOD:  # months do not stand in the file of the rows
            statement = from_rows(plan.rows, grain, f"read_parquet({DUCKDB.word(str(rows))})")
        results[grain] = _gather(watch, plan, grain, statement, parts[grain])
    return results


def _by_kind(watch: Watch, plan: Plan, parts: Mapping[Grain, Path | None], script: Script) -> dict[Grain, Result]:
    """Each kind of rows is priced once, recipients and totals are gathered from the kinds, and rows find theirs."""
    lowered = _groups(plan, Grain.PERIOD if Grain.PERIOD in parts else Grain.TOTAL)
    assert lowered is not None
    rows = parts.get(Grain.ROW)
    grains = [grain for grain in parts if grain is not Grain.ROW] or [Grain.TOTAL]
    if rows is None and len(grains) == 1 and script.sifted(lowered) is None:
        return {grain: _gather(watch, plan, grain, plan.statement(grain), parts[grain]) for grain in grains}
    before = list(script.counted(lowered))
    watch.steps = len(before) + len(grains) + 2 * (rows is not None)
    for statement in before:
        watch.execute(statement)
    results: dict[Grain, Result] = {
        grain: _gather(watch, plan, grain, script.grain(lowered, grain), parts.get(grain)) for grain in grains
    }
    if rows is not None:
        kinds, statement = script.rows(lowered, results[grains[0]].broken)
        watch.execute(kinds)
        _copy(watch, plan, statement, rows)
        columns = kinds_of(watch.connection.execute(f"SELECT * FROM {DUCKDB.word(str(rows))} LIMIT 0").description)
        results[Grain.ROW] = replace(results[grains[0]], grain=Grain.ROW, columns=tuple(columns), records=())
    return results


def _gather(watch: Watch, plan: Plan, grain: Grain, statement: str, out: Path | None) -> Result:
    if out is None:
        answer = watch.execute(statement)
        kinds, records = kinds_of(answer.description), duck.records(answer)
        return gathered(plan, grain, kinds, records, _added(kinds, _columns(kinds, records)))
    _copy(watch, plan, statement, out)
    return written(plan, grain, watch.connection, str(out))


def _copy(watch: Watch, plan: Plan, statement: str, out: Path) -> None:
    numbered = plan.lowered.rows.numbered(plan.policy.recipient)
    narrow = f", DICTIONARY_SIZE_LIMIT {FEW}" if numbered else ""
    told = f"KV_METADATA {{政策: {DUCKDB.word(plan.policy.title)}, 金额单位: '分'}}"
    watch.execute(f"COPY ({statement}) TO {DUCKDB.word(str(out))} (FORMAT parquet, PARQUET_VERSION v2{narrow}, {told})")


def _columns(kinds: Mapping[str, str], records: Sequence[Record]) -> list[Column]:
    return list(zip(*records, strict=True)) if records else [()] * len(kinds)


def _added(kinds: Mapping[str, str], columns: Sequence[Column]) -> list[int]:
    """The totals of the columns of numbers; in front of them stands the recipient, where there is one."""
    return [int(sum(column)) for kind, column in zip(kinds.values(), columns, strict=True) if kind in EXACT]
