"""calculate: a policy over tables of one's own, by the engine that suits their size, with the result shown and written."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from enum import Enum
from pathlib import Path
from types import MappingProxyType

from hengji.engines import columnar
from hengji.engines.columnar import Grain, Plan, Result
from hengji.engines.columnar.store import opened
from hengji.engines.outcomes.answers import Answers, Relation
from hengji.engines.outcomes.stored import as_words, words_only
from hengji.model.finding import Finding, Place, Severity
from hengji.model.identity import hidden
from hengji.model.record import record
from hengji.model.table import Keeping, Table
from hengji.policies.policy import Policy
from hengji.work.calculated import Summary, broken_rows, of_answers, of_outcome, some_broken
from hengji.work.handing_out import hand_out, room_for
from hengji.work.on_fault import OnFault
from hengji.work.policy_by_name import open_policy
from hengji.work.policy_tables import Incoming, Paths, as_files, is_stored, misnamed
from hengji.work.watch import Watch

Findings = tuple[Finding, ...]
Given = Mapping[str, Table | Path]
CODE_MONTHS = "L228"
LARGE = 2**20
"""Bytes of tables (about 25,000 rows of csv) from which on they are computed in SQL unless somebody asks otherwise."""


Asked = int | tuple[str, str]
"""The line of a row, or a column and the cell of it that names a person or a home: how did that come out?"""


class Engine(Enum):
    """计算引擎: row by row in Python, or in SQL on this machine or on many."""

    REFERENCE = "reference"
    DUCKDB = "duckdb"
    SPARK = "spark"


@record
class Request:
    """核算要求: ``engine`` None lets the tables decide; ``asked`` is what is to be explained, if anything.

    Of the ``unnamed`` files the headers tell which tables they hold.
    """

    policy: str
    paths: Paths
    engine: Engine | None = None
    grain: Grain = Grain.ROW
    out: Path | None = None
    asked: Asked | None = None
    memory: str | None = None
    on_fault: OnFault = OnFault.STOP
    keeping: Keeping = Keeping.SEALED
    mappings: Paths = field(default_factory=dict)
    unnamed: tuple[Path, ...] = ()

    @property
    def incoming(self) -> Incoming:
        return Incoming(self.paths, self.mappings, self.keeping)


@record
class Calculated:
    """核算结果: ``summary`` None where nothing could be computed; ``told`` explains a row or the plan, where one was asked for."""

    policy: Policy | None
    engine: Engine
    findings: Findings
    summary: Summary | None = None
    told: str = ""
    written: Path | None = None


def suited(paths: Paths) -> Engine:
    """DuckDB for Parquet and for large files."""
    there = [path for path in paths.values() if path.is_file()]
    large = sum(path.stat().st_size for path in there) >= LARGE
    return Engine.DUCKDB if large or any(map(is_stored, there)) else Engine.REFERENCE


def calculate(request: Request, watch: Watch = Watch()) -> Calculated:  # noqa: B008  it is frozen
    """Compute, and write what was asked for: whole, or not at all."""
    return _opened(request, watch, _computed)


def explain(request: Request, watch: Watch = Watch()) -> Calculated:  # noqa: B008  it is frozen
    """What would be done, without doing it."""
    return _opened(request, watch, _explained)


def engine_of(request: Request) -> Engine:
    """The one that was asked for, else the one that suits the files."""
    return request.engine or suited(request.paths)


def _opened(
    request: Request, watch: Watch, then: Callable[[Request, Policy, Findings, Watch], Calculated]
) -> Calculated:
    watch.step("读取政策")
    request, told = with_names(request, request.policy)
    if any(each.severity is Severity.ERROR for each in told):
        return Calculated(None, engine_of(request), told)
    policy, findings = open_policy(request.policy)
    findings += told
    faults = misnamed(policy, request.incoming) if policy is not None else ()
    if policy is None or faults:
        return Calculated(policy, engine_of(request), findings + faults)
    return then(request, policy, findings, watch)


def with_names(request: Request, *policies: str) -> tuple[Request, Findings]:
    """The request with all its files named, as far as headers tell which tables of the policies they are."""
    if not request.unnamed:
        return request, ()
    from hengji.work.which_table import named  # what looks into files is not loaded where every table is named

    paths, findings = named(policies, request.paths, request.mappings, request.unnamed)
    return replace(request, paths=paths, unnamed=()), findings


def _computed(request: Request, policy: Policy, findings: Findings, watch: Watch) -> Calculated:
    by = _by_rows if engine_of(request) is Engine.REFERENCE else _in_sql
    return by(request, policy, findings, watch)


# -- row by row


def _by_rows(request: Request, policy: Policy, findings: Findings, watch: Watch) -> Calculated:
    from hengji.work.calculate_rows import calculate_rows, derivation, of_person  # the engine that walks row by row

    done = calculate_rows(policy, request.incoming, findings, watch)
    if done.outcome is None:
        return Calculated(policy, Engine.REFERENCE, done.findings)
    if (asked := request.asked) is not None:
        told, faults = derivation(done, asked) if isinstance(asked, int) else of_person(done, *asked)
        return Calculated(policy, Engine.REFERENCE, done.findings + faults, told=_shown(told, request))
    findings = (*done.findings, *_without_months(request, policy))
    summary = of_outcome(policy, done.outcome, request.grain, done.main)
    made = Calculated(policy, Engine.REFERENCE, findings, summary)
    if not may_write(request, made.findings):
        return made
    watch.step("写出结果")
    tables = {name: words_only(table) for name, table in done.tables.items()}
    with (
        tempfile.TemporaryDirectory(dir=room_for(request.out), prefix=".hengji-") as folder,
        opened(memory=request.memory, folder=folder) as connection,
    ):
        answers = Answers(as_words(policy), tables, connection)
        answers.take(done.outcome, request.grain)
        return _written(request, made, answers, Path(folder))


# -- in SQL


def _in_sql(request: Request, policy: Policy, findings: Findings, watch: Watch) -> Calculated:
    engine = engine_of(request)
    plain = as_words(policy)
    with tempfile.TemporaryDirectory(dir=room_for(request.out), prefix=".hengji-") as made:
        folder = Path(made)
        files, faults = as_files(policy, request.incoming, folder, request.memory, watch)
        findings += faults
        if len(files) < len(policy.tables):
            return Calculated(policy, engine, findings)
        if request.asked is not None:
            return _told_in_sql(request.asked, request, plain, files, Calculated(policy, engine, findings))
        watch.step("计算")
        wanted = _wanted(request, folder)
        with opened(memory=request.memory, folder=made) as connection:
            results = runner(engine)(plain, files, wanted, request.memory, watch.rows, connection=connection)
            result = next(iter(results.values()))
            if result.findings:
                passing = {str(path): str(request.out or "") for path in wanted.values() if path}
                return Calculated(policy, engine, findings + at_home(result.findings, files, request.paths, passing))
            watch.step("汇总")
            calculated = Calculated(policy, engine, findings + _without_months(request, policy))
            answers = Answers(plain, files, connection)
            return _gathered(request, calculated, result, answers, wanted)


def _wanted(request: Request, folder: Path) -> dict[Grain, Path | None]:
    """Recipients are shown beside rows, and their sums are the totals; totals alone need no file."""
    if request.grain is Grain.TOTAL and request.out is None:
        return {Grain.TOTAL: None}
    grains = (Grain.ROW, Grain.INSTITUTION) if request.grain is Grain.ROW else (_by(request.grain),)
    return {each: folder / f"{each.name.lower()}.parquet" for each in grains}


def _by(grain: Grain) -> Grain:
    """By what rows are gathered for that grain."""
    return Grain.PERIOD if grain is Grain.PERIOD else Grain.INSTITUTION


def _without_months(request: Request, policy: Policy) -> Findings:
    if request.grain is not Grain.PERIOD or policy.as_of:
        return ()
    place = Place(policy.file, item=policy.title)
    remedy = "要分月，在 law.md 开头写 as_of: 主表的日期列；或改为按机构汇总（--grain institution）"
    return (Finding(CODE_MONTHS, Severity.NOTE, place, "政策没有说按哪一列的日期分月，全部算作一期", "", remedy),)


def _gathered(
    request: Request, made: Calculated, result: Result, answers: Answers, wanted: Mapping[Grain, Path | None]
) -> Calculated:
    """What stands in the files that were ``wanted``, shown and written."""
    assert made.policy is not None
    policy, main = made.policy, str(request.paths[made.policy.rows])
    counted = (result.rows, result.paid, result.broken)
    if result.broken and request.grain is not Grain.ROW:
        made = replace(made, findings=(*made.findings, some_broken(main, result.broken)))
    if Grain.TOTAL in wanted:
        return replace(made, summary=Summary(policy, request.grain, *counted, result.totals))
    by = _by(request.grain)
    recipients = wanted[by]
    assert recipients is not None
    answers.take_files(files_of(wanted.get(Grain.ROW)), files_of(recipients), by)
    if request.grain is Grain.ROW:
        made = replace(made, findings=(*made.findings, *broken_rows(answers, main)))
    done = replace(made, summary=of_answers(policy, answers, request.grain, counted, result.totals))
    return _written(request, done, answers, recipients.parent) if may_write(request, done.findings) else done


def files_of(path: Path | None) -> Path | None:
    """Spark writes a folder of files."""
    return path / "*.parquet" if path is not None and path.is_dir() else path


def runner(engine: Engine) -> Callable[..., Mapping[Grain, Result]]:
    """What computes in SQL, as ``columnar.run_grains``."""
    if engine is Engine.SPARK:
        from hengji.engines.columnar import spark

        return spark.run_grains
    return columnar.run_grains


def at_home(
    findings: Findings, files: Mapping[str, Path], paths: Paths, passing: Mapping[str, str] = MappingProxyType({})
) -> Findings:
    """Findings about a typed file are about the file that it was made of, those about a ``passing`` one about what becomes of it."""
    home = {str(file): str(paths[name]) for name, file in files.items()} | dict(passing)
    return tuple(
        replace(each, place=replace(each.place, file=home.get(each.place.file, each.place.file))) for each in findings
    )


def _told_in_sql(
    asked: Asked, request: Request, policy: Policy, files: Mapping[str, Path], made: Calculated
) -> Calculated:
    from hengji.engines.columnar.person import explain_person, explain_row
    from hengji.work.calculate_rows import person_told, row_told

    found = explain_row(policy, files, asked) if isinstance(asked, int) else explain_person(policy, files, *asked)
    if found.findings:
        return replace(made, findings=made.findings + at_home(found.findings, files, request.paths))
    told = row_told(*found.rows[0]) if isinstance(asked, int) else person_told(*asked, found.rows)
    return replace(made, told=_shown(told, request))


def _shown(text: str, request: Request) -> str:
    return text if request.keeping is Keeping.PLAIN else "\n".join(map(hidden, text.splitlines()))


# -- writing


def may_write(request: Request, findings: Findings) -> bool:
    """Whether a file is wanted, and nothing speaks against it."""
    faulty = any(finding.severity is Severity.ERROR for finding in findings)
    return request.out is not None and (not faulty or request.on_fault is OnFault.KEEP_GOOD)


def _written(request: Request, made: Calculated, answers: Answers, folder: Path) -> Calculated:
    assert request.out is not None
    relation = _relation(request, answers)
    fault = hand_out(answers, relation, request.out, request.grain.value, folder)
    if fault is not None:
        return replace(made, findings=(*made.findings, fault))
    return replace(made, written=request.out)


def _relation(request: Request, answers: Answers) -> Relation:
    match request.grain:
        case Grain.ROW:
            return answers.rows(request.keeping)
        case Grain.INSTITUTION:
            return answers.recipients(request.keeping)
        case Grain.PERIOD:
            return answers.periods(request.keeping)
        case _:
            return answers.total()


# -- the plan


def _explained(request: Request, policy: Policy, findings: Findings, watch: Watch) -> Calculated:
    from hengji.work.plan_in_words import plan_in_words

    engine = engine_of(request)
    with tempfile.TemporaryDirectory(prefix=".hengji-") as folder:
        files, faults = as_files(policy, request.incoming, Path(folder), request.memory, watch)
        findings += faults
        if len(files) < len(policy.tables):
            return Calculated(policy, engine, findings)
        plan = columnar.prepare(as_words(policy), files)
    if not isinstance(plan, Plan):
        return Calculated(policy, engine, findings + at_home(plan, files, request.paths))
    return Calculated(policy, engine, findings, told="\n".join(plan_in_words(plan, request.grain)))
