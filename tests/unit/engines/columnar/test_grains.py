"""Several grains of one run, sets of parameters, and months: all the same as the reference, row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest
from tests.unit.engines.columnar.tallied import needs_tally
from tests.unit.engines.columnar.test_packs_agree import pack
from tests.unit.engines.columnar.test_run import HOMES, read

from hengji.engines import columnar, reference
from hengji.engines.columnar import Grain
from hengji.engines.columnar.grains import legend
from hengji.engines.columnar.run import AT_ONCE, Counting
from hengji.model.policy_source import PolicySource
from hengji.model.programme import Tier
from hengji.model.table import Table
from hengji.policies.loading import read_policy
from hengji.policies.outcome import Outcome
from hengji.policies.policy import Policy

ROSTER = """
COPY (
  SELECT {home} AS 机构, {person} AS 人员编号, ['能力完好', '轻度', '中度', '重度', {fifth}][1 + i % 5] AS 失能等级, 1 AS 人数,
    CAST(1 + i % 3 AS TINYINT) AS 人月
  FROM range(3000) AS r(i)
) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 500)
"""
NUMBERS = {
    "home": "CAST(i * 7 % 13 AS INTEGER)",
    "person": "CAST(i * 31 % 497 AS INTEGER)",
    "fifth": "'中度'",
    "apart": "1",
}
FAR = NUMBERS | {"home": "CAST(i * 7 % 13 * 4000 AS INTEGER)", "apart": "4000"}
SIXTEEN_BITS = NUMBERS | {"home": "CAST(i * 7 % 13 * 150 AS INTEGER)", "apart": "150"}
LESS_FAR = NUMBERS | {"home": "CAST(i * 7 % 13 * 10 AS INTEGER)", "apart": "10"}
SHAPES = {
    "all are numbers": NUMBERS,
    "persons are not always told": NUMBERS | {"person": "CASE WHEN i % 5 > 0 THEN i * 31 % 497 END"},
    "an ability is not known": NUMBERS | {"fifth": "'甲级'"},
    "an ability is missing": NUMBERS | {"fifth": "NULL"},
    "homes are words": NUMBERS | {"home": "'院' || (i * 7 % 13)"},
    "homes are far apart": FAR,
    "sixteen bits hold what rows are counted by": SIXTEEN_BITS,
    "homes are apart, and persons not always told": LESS_FAR | {"person": "CASE WHEN i % 5 > 0 THEN i * 31 % 497 END"},
    "below zero": NUMBERS | {"home": "CAST(i * 7 % 13 - 6 AS INTEGER)"},
}


@pytest.fixture(scope="module")
def policy() -> Policy:
    return pack("zb-3")


@pytest.fixture(
    params=[
        pytest.param(Counting.SUITED, id="by the database"),
        pytest.param(Counting.TALLY, id="by the tally", marks=needs_tally),
    ]
)
def counting(request: pytest.FixtureRequest) -> Counting:
    """The tables here are too small to be tallied unless that is asked for."""
    given: Counting = request.param
    return given


@pytest.fixture(params=list(SHAPES.values()), ids=list(SHAPES))
def files(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, Path]:
    return written(tmp_path, request.param)


def written(folder: Path, shape: Mapping[str, str]) -> dict[str, Path]:
    paths = {"入住人月": folder / "roster.parquet", "机构信息": folder / "homes.parquet"}
    duckdb.execute(ROSTER.format(path=paths["入住人月"], **shape))
    homes = HOMES.format(path=paths["机构信息"], count=12)
    duckdb.execute(
        homes if "院" in shape["home"] else homes.replace("'院' || i AS", f"CAST(i * {shape['apart']} AS INTEGER) AS")
    )
    return paths


def same_rows(policy: Policy, outcome: Outcome, out: Path) -> None:
    words = legend(policy)
    rows = duckdb.execute(
        f"SELECT 行, CAST(机构 AS VARCHAR), \"省级（分）\", 原因, 问题 FROM '{out}' ORDER BY 行"
    ).fetchall()
    assert len(rows) == len(outcome.rows)
    for row, (number, recipient, due, mask, faults) in zip(outcome.rows, rows, strict=True):
        assert (number, recipient, due) == (row.row, row.recipient, row.due[Tier.PROVINCE])
        assert {code for bit, (code, _) in words.items() if mask & bit} == {reason.code for reason in row.reasons}
        found = [each.split()[0] for each in faults.split("；")] if faults else []
        assert set(found) == {fault.code for fault in row.faults}


def test_rows_recipients_and_totals_of_one_run(
    policy: Policy, files: dict[str, Path], tmp_path: Path, counting: Counting
) -> None:
    outcome, _ = reference.calculate(policy, read(policy, files))
    wanted = {
        Grain.ROW: tmp_path / "rows.parquet",
        Grain.INSTITUTION: tmp_path / "homes-due.parquet",
        Grain.TOTAL: None,
    }
    results = columnar.run_grains(policy, files, wanted, counting=counting)
    assert list(results) == list(wanted)
    for result in results.values():
        assert result.findings == ()
        assert (result.totals, result.rows) == (outcome.totals, len(outcome.rows))
        assert result.broken == sum(bool(row.faults) for row in outcome.rows)
    same_rows(policy, outcome, tmp_path / "rows.parquet")
    due = duckdb.execute(f"SELECT 机构, \"省级（分）\" FROM '{tmp_path / 'homes-due.parquet'}'").fetchall()
    assert dict(due) == {name: due[Tier.PROVINCE] for name, due in outcome.recipients.items()}


def test_rows_one_by_one_where_counting_does_not_pay(policy: Policy, tmp_path: Path) -> None:
    files = written(tmp_path, NUMBERS)
    outcome, _ = reference.calculate(policy, read(policy, files))
    plan = columnar.prepare(policy, files)
    assert isinstance(plan, columnar.Plan)
    wanted = {Grain.INSTITUTION: None, Grain.ROW: tmp_path / "rows.parquet"}
    results = columnar.run_grains(replace(plan, lowered=plan.rows), files, wanted)
    same_rows(policy, outcome, tmp_path / "rows.parquet")
    assert {name: due for name, due, *_ in results[Grain.INSTITUTION].records} == {
        name: due[Tier.PROVINCE] for name, due in outcome.recipients.items()
    }
    assert results[Grain.ROW].totals == results[Grain.INSTITUTION].totals == outcome.totals


def test_rows_always_go_to_a_file(policy: Policy, tmp_path: Path) -> None:
    files = written(tmp_path, NUMBERS)
    with pytest.raises(ValueError, match="file"):
        columnar.run(policy, files, Grain.ROW)


def with_parameter(policy: Policy, name: str, value: int) -> Policy:
    series = policy.parameters[name]
    versions = tuple(replace(version, value=value) for version in series.versions)
    return replace(policy, parameters={**policy.parameters, name: replace(series, versions=versions)})


@pytest.mark.parametrize("grain", [Grain.INSTITUTION, Grain.PERIOD, Grain.TOTAL])
@pytest.mark.parametrize("name", ["全年月数", "最短运营月数"])
def test_sets_of_parameters_are_so_many_runs(
    policy: Policy, tmp_path: Path, name: str, grain: Grain, counting: Counting
) -> None:
    files = written(tmp_path, NUMBERS)
    sets = [with_parameter(policy, name, value) for value in (12, 11, 14, 12, 13)]
    many = sets + sets[:1] * AT_ONCE
    results = columnar.run_sets(many, files, grain, counting=counting)
    alone = [columnar.run(each, files, grain) for each in sets]
    assert results == (*alone, *alone[:1] * AT_ONCE)
    assert len({sum(result.totals.values()) for result in results}) > 1
    with pytest.raises(ValueError, match="sets"):
        columnar.run_sets(sets, files, Grain.ROW)


LAW = """---
name: 例
title: 例
jurisdiction: 某县
documents: [{number: 某发〔2020〕1号, title: 某办法}]
effective: {start: 2020-01-01}
rows: 明细
recipient: 机构
as_of: 日
tables:
  明细:
    columns:
      - {name: 机构, type: 文本}
      - {name: 日, type: 日期}
      - {name: 人数, type: 整数}
---

# 例

## 标准

出处：某发〔2020〕1号第一条

```rule
条件 有人 = 人数 > 0
金额 区级 = 人数 × 10元
```
"""


def test_recipients_by_month(tmp_path: Path, counting: Counting) -> None:
    policy, findings = read_policy(PolicySource("例", LAW))
    assert policy is not None, findings
    days = [date(2020, month, day) for month in (1, 2, 3) for day in (1, 15, 28)] * 40
    rows = tuple((f"院{at % 3}", day, at % 4) for at, day in enumerate(days))
    tables = {"明细": Table("明细", policy.tables["明细"].columns, rows)}
    outcome, _ = reference.calculate(policy, tables)
    due: dict[tuple[str, date], int] = defaultdict(int)
    for row, (home, day, _) in zip(outcome.rows, rows, strict=True):
        due[home, day.replace(day=1)] += row.total
    wanted = {Grain.PERIOD: None, Grain.ROW: tmp_path / "rows.parquet", Grain.TOTAL: None}
    results = columnar.run_grains(policy, tables, wanted, counting=counting)
    assert {(home, month): fen for home, month, fen, *_ in results[Grain.PERIOD].records} == due
    assert results[Grain.PERIOD].totals == results[Grain.TOTAL].totals == outcome.totals


def test_without_days_the_whole_time_is_one_period(policy: Policy, tmp_path: Path) -> None:
    files = written(tmp_path, NUMBERS)
    periods = columnar.run(policy, files, Grain.PERIOD)
    assert [(name, *rest) for name, _, *rest in periods.records] == list(
        columnar.run(policy, files, Grain.INSTITUTION).records
    )
    assert {month for _, month, *_ in periods.records} == {None}
