"""Trials as a table to hand on: one row for each recipient, or for each tier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from hengji.engines.columnar import Grain
from hengji.engines.columnar.store import create
from hengji.engines.outcomes.answers import Answers, Relation
from hengji.engines.outcomes.cells import masked
from hengji.engines.outcomes.changes import Fate, compared_amounts, fate_told, tiers_of
from hengji.model.money import Money
from hengji.model.table import Keeping
from hengji.work.trial import Change, Trial

_TABLE, _ORDER = "试算结果", '"=次序"'
_TRIAL, _NAME, _BEFORE, _AFTER = '"=试算"', '"=名称"', '"=现行"', '"=试算额"'


def trial_relation(answers: Answers, trials: Sequence[Trial], grain: Grain, keeping: Keeping) -> Relation:
    """The table of a grain, laid into the database of ``answers``."""
    by_tier = grain is Grain.TOTAL
    pairs = [(trial, change) for trial in trials for change in _changes(trial, grain)]
    tiers = () if by_tier else tiers_of(trials[0].now, trials[0].tried)
    shifts = [(tier, f'"=增减{at}"') for at, tier in enumerate(tiers)]
    fates = [(fate, f'"={fate.value}行"') for fate in Fate] if not by_tier and trials[0].rows is not None else []
    columns: list[tuple[str, str, Sequence[Any]]] = [
        (_ORDER, "BIGINT", range(len(pairs))),
        (_TRIAL, "VARCHAR", [trial.name for trial, _ in pairs]),
        (_NAME, "VARCHAR", [change.name for _, change in pairs]),
        (_BEFORE, "HUGEINT", [int(change.before) for _, change in pairs]),
        (_AFTER, "HUGEINT", [int(change.after) for _, change in pairs]),
        *((name, "HUGEINT", [int(each.shifts.get(tier, Money(0))) for _, each in pairs]) for tier, name in shifts),
        *((name, "BIGINT", [change.fates.get(fate, 0) for _, change in pairs]) for fate, name in fates),
    ]
    create(answers.connection, _TABLE, [(name.strip('"'), kind, cells) for name, kind, cells in columns])
    told = [
        ("方案", _TRIAL),
        ("层级", _NAME) if by_tier else (answers.policy.recipient, masked(_NAME, keeping)),
        *compared_amounts(_BEFORE, _AFTER, shifts),
        ("变动", fate_told(f"{_AFTER} - {_BEFORE}", [name for _, name in shifts])),
        *((f"{fate.value}行数", name) for fate, name in fates),
    ]
    return Relation(tuple(told), f"{_TABLE} ORDER BY {_ORDER}")


def _changes(trial: Trial, grain: Grain) -> Iterator[Change]:
    if grain is Grain.TOTAL:
        yield from (*trial.tiers, trial.total)
    else:
        yield from trial.institutions
