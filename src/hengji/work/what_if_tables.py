"""whatif over tables of one's own: a policy as it is beside another version of it, or beside other parameters, over the same files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from hengji.engines import reference
from hengji.engines.columnar import Grain, Result, run_sets
from hengji.engines.columnar.store import connect
from hengji.engines.columnar.survey import UnfitError
from hengji.engines.outcomes.answers import Answers
from hengji.engines.outcomes.changes import Beside, RowChanges, between
from hengji.engines.outcomes.stored import as_words, words_only
from hengji.model.finding import Finding, Place, Severity
from hengji.model.money import Money
from hengji.model.record import record
from hengji.model.table import Table
from hengji.policies.outcome import Outcome
from hengji.policies.policy import Policy
from hengji.policies.settings import Changed, Setting, with_settings
from hengji.work.calculated import CODE_BROKEN
from hengji.work.calculating import Engine, Request, at_home, engine_of, files_of, may_write, runner, with_names
from hengji.work.handing_out import hand_out, room_for
from hengji.work.policy_by_name import open_policy
from hengji.work.policy_tables import as_files, in_memory, misnamed
from hengji.work.proposals import ONLY, Proposal, applied, read_proposals
from hengji.work.shared_tables import shared
from hengji.work.trial import MOST_LINES, Side, Trial, compare
from hengji.work.trial_tables import trial_relation
from hengji.work.watch import Watch

Findings = tuple[Finding, ...]
Given = Mapping[str, Table | Path]
CODE_SAME = "W103"


@record
class Asked:
    """试算要求: what is calculated now, the other policy (empty: the same), and the parameters that are typed or kept in a file."""

    calculation: Request
    other: str = ""
    settings: tuple[Setting, ...] = ()
    sets: Path | None = None


@record
class Tried:
    """各方案的试算: one trial for each proposal; none where nothing could be computed."""

    policy: Policy | None
    engine: Engine
    trials: tuple[Trial, ...]
    findings: Findings
    written: Path | None = None


@record
class _Variant:
    """A proposal put into a policy."""

    name: str
    policy: Policy
    changes: tuple[Changed, ...] = ()


@record
class _Cast:
    """Who takes part: the policy as it is, the other one (or the same), and its variants."""

    now: Policy
    other: Policy
    variants: tuple[_Variant, ...]


@record
class _Read:
    """The tables of either policy, and whether the rows of both are the same."""

    now: Given
    other: Given
    same_rows: bool


@record
class _Ran:
    """What a policy gave, and its rows where they were kept."""

    side: Side
    rows: Outcome | Path | None


class _StoppedError(Exception):
    """Nothing can be computed; ``findings`` say why."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        super().__init__(str(findings))


def what_if_tables(asked: Asked, watch: Watch = Watch()) -> Tried:  # noqa: B008  it is frozen
    """Compute as it is and as proposed, and write what was asked for: whole, or not at all."""
    watch.step("读取政策")
    request, told = with_names(asked.calculation, *filter(None, (asked.calculation.policy, asked.other)))
    asked, engine = replace(asked, calculation=request), engine_of(request)
    if any(each.severity is Severity.ERROR for each in told):
        return Tried(None, engine, (), told)
    cast, findings = _cast(asked)
    findings += told
    if cast is None:
        return Tried(None, engine, (), findings)
    with tempfile.TemporaryDirectory(dir=room_for(request.out), prefix=".hengji-") as made:
        read, faults = _read(request, cast, Path(made), watch)
        findings += faults
        if read is None:
            return Tried(cast.now, engine, (), findings)
        try:
            return _Trying(asked, cast, read, Path(made), watch).tried(findings)
        except _StoppedError as error:
            return Tried(cast.now, engine, (), tuple(dict.fromkeys(findings + error.findings)))
        except UnfitError as error:
            return Tried(cast.now, engine, (), findings + error.findings)


# -- what is asked


def _cast(asked: Asked) -> tuple[_Cast | None, Findings]:
    """The policies, read and varied; None with all that is wrong with what was given."""
    now, findings = open_policy(asked.calculation.policy)
    other, more = open_policy(asked.other) if asked.other else (now, ())
    proposals, faults = read_proposals(asked.sets) if asked.sets is not None else ((), ())
    if asked.settings or not (proposals or faults):
        proposals = (Proposal(ONLY, asked.settings), *proposals)
    findings += (*more, *faults)
    variants = []
    for proposal in proposals if other is not None else ():
        assert other is not None
        tried, changes, wrong = applied(other, proposal)
        variants.append(_Variant(proposal.name, tried, changes))
        findings += wrong
    if now is not None and other is not None:
        findings += misnamed(replace(now, tables={**other.tables, **now.tables}), asked.calculation.incoming)
    if now is None or other is None or any(each.severity is Severity.ERROR for each in findings):
        return None, findings
    return _Cast(now, other, tuple(variants)), findings


def _read(request: Request, cast: _Cast, folder: Path, watch: Watch) -> tuple[_Read | None, Findings]:
    """The files taken in once where both policies declare them alike, else once for each."""
    both = shared(cast.now, cast.other)
    taken: list[Given] = []
    findings: Findings = ()
    for at, policy in enumerate((cast.now, cast.other) if both is None else (both,)):
        room = folder / f"tables-{at}"
        room.mkdir()
        tables: Given
        if engine_of(request) is Engine.REFERENCE:
            tables, faults = in_memory(policy, request.incoming, watch)
        else:
            tables, faults = as_files(policy, request.incoming, room, request.memory, watch)
        taken.append(tables)
        findings += faults
        if len(tables) < len(policy.tables):
            return None, tuple(dict.fromkeys(findings))
    rows = cast.now.rows
    same = rows == cast.other.rows and (both is not None or cast.now.tables[rows] == cast.other.tables[rows])
    now, other = (
        {name: tables[name] for name in policy.tables}
        for policy, tables in ((cast.now, taken[0]), (cast.other, taken[-1]))
    )
    return _Read(now, other, same), tuple(dict.fromkeys(findings))


# -- computing


@record
class _Trying:
    """One run over tables that were read."""

    asked: Asked
    cast: _Cast
    read: _Read
    folder: Path
    watch: Watch

    def tried(self, findings: Findings) -> Tried:
        """Everything, shown and written. Raises _StoppedError and UnfitError."""
        request, cast = self.asked.calculation, self.cast
        self.watch.step("按现行和各方案核算")
        by_rows = request.grain is Grain.ROW and self.read.same_rows
        jobs = [(cast.now, self.read.now), *((each.policy, self.read.other) for each in cast.variants)]
        now, *ran = self._run(jobs, by_rows=by_rows)
        self.watch.step("比较")
        with ExitStack() as stack:
            answers = None
            if by_rows and (engine_of(request) is not Engine.REFERENCE or request.out is not None):
                answers = self._answers(now, stack)
            beside = None if answers is None else self._beside(answers, ran)
            changes = [self._changes(now, each, beside, at) if by_rows else None for at, each in enumerate(ran)]
            trials = self._trials(now, ran, changes)
            findings += tuple(self._said(now, trials, ran))
            done = Tried(cast.now, engine_of(request), trials, findings)
            if not may_write(request, findings):
                return done
            self.watch.step("写出结果")
            answers = answers or self._answers(now, stack)
            return self._written(done, answers, beside)

    def _written(self, done: Tried, answers: Answers, beside: Beside | None) -> Tried:
        request = self.asked.calculation
        assert request.out is not None
        if beside is not None:
            relation = beside.rows(request.keeping)
        else:
            relation = trial_relation(answers, done.trials, request.grain, request.keeping)
        fault = hand_out(answers, relation, request.out, "试算", self.folder)
        if fault is not None:
            return replace(done, findings=(*done.findings, fault))
        return replace(done, written=request.out)

    def _trials(self, now: _Ran, ran: Sequence[_Ran], changes: Sequence[RowChanges | None]) -> tuple[Trial, ...]:
        pairs = zip(self.cast.variants, ran, changes, strict=True)
        trials = [compare(each.name, each.changes, now.side, one.side, rows) for each, one, rows in pairs]
        asked = {
            change.setting: change for each in self.cast.variants if len(each.changes) > 1 for change in each.changes
        }
        same = {setting for setting, change in asked.items() if change.before == (change.after,)}
        idle = same | self._idle(tuple(asked.keys() - same))
        return tuple(
            replace(trial, idle=tuple(each for each in trial.changes if each.setting in idle)) for trial in trials
        )

    def _idle(self, settings: tuple[Setting, ...]) -> frozenset[Setting]:
        """Those that alone would alter what nobody gets."""
        if not settings:
            return frozenset()
        policies = [self.cast.other, *(with_settings(self.cast.other, (each,))[0] for each in settings)]
        plain, *alone = self._run([(policy, self.read.other) for policy in policies], by_rows=False)
        found = zip(settings, alone, strict=True)
        return frozenset(each for each, ran in found if ran.side.recipients == plain.side.recipients)

    def _said(self, now: _Ran, trials: Sequence[Trial], ran: Sequence[_Ran]) -> Iterator[Finding]:
        file = str(self.asked.calculation.paths[self.cast.now.rows])
        if now.side.broken:
            yield _broken(file, "按现行", now.side.broken)
        for trial, each in zip(trials, ran, strict=True):
            if each.side.broken and each.side.broken != now.side.broken:
                yield _broken(file, f"按方案“{trial.name}”", each.side.broken)
            if not trial.differs:
                yield _same(file, trial)

    # the engines

    def _run(self, jobs: Sequence[tuple[Policy, Given]], *, by_rows: bool) -> list[_Ran]:
        engine = engine_of(self.asked.calculation)
        if engine is Engine.REFERENCE:
            return [self._interpreted(policy, tables) for policy, tables in jobs]
        if by_rows or engine is Engine.SPARK:
            return [self._by_statement(*job, at if by_rows else None) for at, job in enumerate(jobs)]
        return [ran for group in groupby(jobs, lambda job: job[0].tables) for ran in self._at_once(list(group[1]))]

    def _interpreted(self, policy: Policy, tables: Given) -> _Ran:
        cells = {name: table for name, table in tables.items() if isinstance(table, Table)}
        outcome, faults = reference.calculate(policy, cells, self.watch.count)
        if faults and not outcome.rows:
            raise _StoppedError(faults)
        return _Ran(Side(policy, outcome.recipients, sum(1 for row in outcome.rows if row.faults)), outcome)

    def _by_statement(self, policy: Policy, tables: Given, at: int | None) -> _Ran:
        """One policy by one run of its own; its rows go to a file where they are numbered."""
        request = self.asked.calculation
        rows = None if at is None else self.folder / f"rows-{at}.parquet"
        wanted: dict[Grain, Path | None] = {Grain.INSTITUTION: None}
        if rows is not None:
            wanted[Grain.ROW] = rows
        results = runner(engine_of(request))(as_words(policy), tables, wanted, request.memory, self.watch.rows)
        return _Ran(self._side(policy, results[Grain.INSTITUTION], tables), files_of(rows))

    def _at_once(self, jobs: Sequence[tuple[Policy, Given]]) -> list[_Ran]:
        """Policies over the same tables: rows that are alike are counted once for all of them."""
        tables = jobs[0][1]
        memory = self.asked.calculation.memory
        results = run_sets([as_words(each) for each, _ in jobs], tables, Grain.INSTITUTION, memory, self.watch.rows)
        return [_Ran(self._side(policy, each, tables), None) for (policy, _), each in zip(jobs, results, strict=True)]

    def _side(self, policy: Policy, result: Result, tables: Given) -> Side:
        if result.findings:
            files = {name: table for name, table in tables.items() if isinstance(table, Path)}
            raise _StoppedError(at_home(result.findings, files, self.asked.calculation.paths))
        tiers = policy.tiers()
        recipients = {
            str(name or ""): {tier: Money(fen) for tier, fen in zip(tiers, rest, strict=False)}
            for name, *rest in result.records
        }
        return Side(policy, recipients, result.broken)

    # rows side by side

    def _answers(self, now: _Ran, stack: ExitStack) -> Answers:
        tables = {name: words_only(each) if isinstance(each, Table) else each for name, each in self.read.now.items()}
        connection = stack.enter_context(closing(connect(self.asked.calculation.memory, str(self.folder))))
        answers = Answers(as_words(self.cast.now), tables, connection)
        if isinstance(now.rows, Outcome):
            answers.take(now.rows)
        else:
            answers.take_files(now.rows, None)
        return answers

    def _beside(self, answers: Answers, ran: Sequence[_Ran]) -> Beside:
        beside = Beside(answers)
        for variant, each in zip(self.cast.variants, ran, strict=True):
            assert each.rows is not None
            beside.take(variant.name, variant.policy, each.rows)
        return beside

    def _changes(self, now: _Ran, tried: _Ran, beside: Beside | None, at: int) -> RowChanges:
        if isinstance(now.rows, Outcome) and isinstance(tried.rows, Outcome):
            return between(now.rows, tried.rows, MOST_LINES)
        assert beside is not None
        return beside.changes(at, MOST_LINES)


# -- what is said


def _broken(file: str, under: str, rows: int) -> Finding:
    found = f"{under}有{rows:,}行算不出，没有计入"
    remedy = "用 hengji calculate 看这些行和原因，补正后重新运行"
    return Finding(CODE_BROKEN, Severity.ERROR, Place(file), found, "每行都算得出", remedy)


def _same(file: str, trial: Trial) -> Finding:
    written = "、".join(each.setting.text for each in trial.changes)
    found = f"方案“{trial.name}”{f'（{written}）' if written else ''}与现行没有差别"
    if trial.changes and all(each.before == (each.after,) for each in trial.changes):
        return Finding(
            CODE_SAME, Severity.WARNING, Place(file), f"{found}：写的就是现行的值", "与现行不同的值", "改写值"
        )
    remedy = "核对改的是不是这份名册用得到的参数，有没有写错年份、档次"
    return Finding(CODE_SAME, Severity.WARNING, Place(file), found, "至少有一笔金额不同", remedy)
