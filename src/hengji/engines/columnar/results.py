"""What comes of a run: the records or the files of its grains, and their totals, whichever engine made them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from hengji.engines import duck
from hengji.engines.columnar.dialect import DUCKDB
from hengji.engines.columnar.grains import BROKEN, PAID, ROWS, Grain, due_name
from hengji.engines.columnar.plan import Plan
from hengji.model.finding import Finding, Place, Severity
from hengji.model.money import Money
from hengji.model.programme import Tier
from hengji.model.record import record

Record = tuple[Any, ...]
STOPPED = "P212"
EXACT = frozenset({"BIGINT", "DECIMAL(38,0)"})
"""The types of amounts and numbers of rows."""


@record
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


def gathered(
    plan: Plan, grain: Grain, kinds: Mapping[str, str], records: Sequence[Record], summary: Sequence[Any] | None
) -> Result:
    """The result whose columns have these types, and whose totals are ``summary``: amounts by tier, rows, paid, broken.

    Amounts are whole numbers, which no writer may have turned into floating ones.
    """
    tiers = plan.policy.tiers()
    assert all(kinds[due_name(tier)] in EXACT for tier in tiers), kinds
    assert summary is not None
    totals = {tier: Money(amount) for tier, amount in zip(tiers, summary, strict=False)}
    rows, paid, broken = (int(number) for number in summary[len(tiers) :])
    return Result(grain, tuple(kinds), tuple(records), totals, rows, paid, broken)


def written(plan: Plan, grain: Grain, connection: duck.Connection, path: str) -> Result:
    """The result that was just written to one or more Parquet files."""
    files = f"read_parquet({DUCKDB.word(path)})"
    kinds = kinds_of(connection.execute(f"SELECT * FROM {files} LIMIT 0").description)
    return gathered(plan, grain, kinds, (), connection.execute(_summary(plan, grain, files)).fetchone())


def kinds_of(description: Sequence[Sequence[Any]] | None) -> Mapping[str, str]:
    """The types of the columns of an answer, by name."""
    return {str(name): str(kind) for name, kind, *_ in description or ()}


def _summary(plan: Plan, grain: Grain, files: str) -> str:
    sums = [f'CAST(coalesce(sum("{due_name(tier)}"), 0) AS DECIMAL(38, 0))' for tier in plan.policy.tiers()]
    if grain is Grain.ROW:
        numbers = ["count(*)", "count(*) FILTER (原因 = 0 AND 问题 IS NULL)", "count(*) FILTER (问题 IS NOT NULL)"]
    else:
        numbers = [f'coalesce(sum("{name}"), 0)' for name in (ROWS, PAID, BROKEN)]
    return f"SELECT {', '.join([*sums, *numbers])} FROM {files}"


def beside(wanted: Mapping[Grain, Path | None]) -> Path | None:
    """The folder of the files that are wanted; what is only for the time of the run stands there too."""
    return next((out.parent for out in wanted.values() if out is not None), None)


def part_of(folder: Path, out: Path | None) -> Path | None:
    """Where a file stands until it is whole."""
    return None if out is None else folder / out.name


def stopped(out: Path | None, why: str) -> Finding:
    """The run broke off."""
    remedy = _REMEDIES.get(why, "换一个有空间的位置，或调大 memory")
    return Finding(
        STOPPED, Severity.ERROR, Place(str(out or "")), f"计算中断：{why}", "", f"{remedy}；原来的结果没有改动"
    )


FULL, SHORT, FALSE_BOUNDS = "磁盘写满或文件打不开", "内存不够", "文件里记的最小、最大值与各行不符"
_REMEDIES = {FALSE_BOUNDS: "用写出它的程序重新写出这个文件"}
