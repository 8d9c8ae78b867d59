"""Limits on groups by the tally: the rows, reasons and amounts of the reference, whether the sieve takes the limit or leaves it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest
from tests.unit.engines.columnar.tallied import needs_tally, sifted
from tests.unit.engines.columnar.test_grains import same_rows
from tests.unit.engines.columnar.test_run import read

from hengji.engines import columnar, reference
from hengji.engines.columnar import Grain
from hengji.engines.columnar.run import Counting
from hengji.model.policy_source import PolicySource
from hengji.model.programme import Tier
from hengji.policies.loading import read_policy
from hengji.policies.policy import Policy

pytestmark = needs_tally
LAW = """---
name: 例
title: 例
jurisdiction: 某县
documents: [{{number: 某发〔2020〕1号, title: 某办法}}]
effective: {{start: 2020-01-01}}
rows: 明细
recipient: 机构
tables:
  明细:
    columns:
      - {{name: 机构, type: 文本}}
      - {{name: 人员, type: 文本, required: false}}
      - {{name: 编号, type: 文本}}
      - {{name: 等级, type: 枚举, choices: [轻, 重], required: false}}
      - {{name: 人月, type: 整数}}
      - {{name: 增减, type: 整数}}
      - {{name: 补, type: 整数, required: false}}
      - {{name: 钱, type: 金额}}
      - {{name: 率, type: 数值}}
      - {{name: 日, type: 日期}}
  机构表:
    key: 机构
    columns: [{{name: 机构, type: 文本}}, {{name: 备案, type: 是否}}, {{name: 床位, type: 整数}}]
---

# 例

## 标准

出处：某发〔2020〕1号第一条

```rule
令 床 = 机构表.床位
条件 未超 = {limit}
条件 已备案 = 机构表.备案
金额 省级 = 人月 × 10元
```
"""
ROWS = 2500
CELLS = {
    "机构": "CAST(i * 7 % 13 AS INTEGER)",
    "人员": "'人' || (i % 701)",
    "编号": "CAST(i % 401 AS BIGINT)",
    "等级": "['轻', '重'][1 + i % 2]",
    "人月": "CAST(i % 9 AS TINYINT)",
    "增减": "CAST(i % 9 - 2 AS INTEGER)",
    "补": "CASE WHEN i % 3 > 0 THEN 1 END",
    "钱": "CAST(i % 5 AS BIGINT)",
    "率": "CAST(i % 5 * 0.01 AS DECIMAL(11, 6))",
    "日": "DATE '2019-12-22' + CAST(i % 30 AS INTEGER)",
}
FAR = "CAST(CASE i WHEN 7 THEN 10000 ELSE 0 END AS DECIMAL(11, 6))"


def policy_of(limit: str) -> Policy:
    policy, findings = read_policy(PolicySource("例", LAW.format(limit=limit)))
    assert policy is not None, findings
    return policy


def written(folder: Path, cells: Mapping[str, str], rows: int = ROWS) -> dict[str, Path]:
    paths = {"明细": folder / "rows.parquet", "机构表": folder / "homes.parquet"}
    picked = ", ".join(f"{text} AS {name}" for name, text in {**CELLS, **cells}.items())
    duckdb.execute(f"COPY (SELECT {picked} FROM range({rows}) AS r(i)) TO '{paths['明细']}' (ROW_GROUP_SIZE 600)")
    homes = "CAST(i AS INTEGER) AS 机构, i <> 3 AS 备案, CAST(i % 2 AS INTEGER) AS 床位"
    duckdb.execute(f"COPY (SELECT {homes} FROM range(13) AS r(i)) TO '{paths['机构表']}'")
    return paths


def agreed(policy: Policy, files: dict[str, Path], folder: Path) -> None:
    """By the tally all comes out as in the reference, row by row and by recipient."""
    outcome, _ = reference.calculate(policy, read(policy, files))
    wanted: dict[Grain, Path | None] = {Grain.ROW: folder / "out.parquet", Grain.INSTITUTION: None, Grain.TOTAL: None}
    results = columnar.run_grains(policy, files, wanted, counting=Counting.TALLY)
    same_rows(policy, outcome, folder / "out.parquet")
    for result in results.values():
        assert (result.findings, result.totals, result.rows) == ((), outcome.totals, len(outcome.rows))
        assert result.paid == sum(not row.reasons and not row.faults for row in outcome.rows)
        assert result.broken == sum(bool(row.faults) for row in outcome.rows)
    (by_set,) = columnar.run_sets([policy], files, Grain.INSTITUTION, counting=Counting.TALLY)
    assert by_set.records == results[Grain.INSTITUTION].records


TAKEN = {
    "by words": ("合计(人月, 按=(人员)) ≤ {}", 14, {}),
    "by words that are not always told": (
        "合计(人月, 按=(人员)) ≤ {}",
        9,
        {"人员": "CASE WHEN i % 5 > 0 THEN '人' || (i % 701) END"},
    ),
    "by a number": ("合计(人月, 按=(编号)) ≤ {}", 26, {}),
    "by the largest number": (
        "合计(人月, 按=(编号)) ≤ {}",
        26,
        {"编号": "CAST(i % 401 * (2::BIGINT ** 48 - 2) // 400 AS BIGINT)"},
    ),
    "by a number beyond it": ("合计(人月, 按=(编号)) ≤ {}", 26, {"编号": "CAST(i % 401 + 2::BIGINT ** 48 AS BIGINT)"}),
    "by a number below zero": ("合计(人月, 按=(编号)) ≤ {}", 26, {"编号": "CAST(i % 401 - 7 AS BIGINT)"}),
    "by two columns": ("合计(人月, 按=(人员, 机构)) ≤ {}", 11, {"人员": "'人' || (i % 70)"}),
    "by two columns, one of them not always told": (
        "合计(人月, 按=(人员, 编号)) ≤ {}",
        35,
        {"人员": "CASE WHEN i % 5 > 0 THEN '人' || (i % 70) END", "编号": "CAST(i % 8 AS BIGINT)"},
    ),
    "by a number that is counted": ("计数(按=(人月)) ≤ {}", 277, {}),
    "by money": ("计数(按=(钱)) ≤ {}", 312, {"钱": "CAST(i % 8 AS BIGINT) * 100"}),
    "below": ("合计(人月, 按=(人员)) < {}", 15, {}),
    "from the other side": ("{} ≥ 合计(人月, 按=(人员))", 14, {}),
    "above, from the other side": ("{} > 合计(人月, 按=(人员))", 15, {}),
    "not": ("非 (合计(人月, 按=(人员)) ≤ {})", 14, {}),
    "some of its rows": ("合计(人月, 按=(人员), 当=增减 > 0) ≤ {}", 7, {}),
    "some of its rows, of which it is not always told": ("计数(按=(人员), 当=补 = 1) ≤ {}", 2, {}),
    "its number": ("计数(按=(人员)) ≤ {}", 3, {}),
    "nothing": ("合计(人月, 按=(编号)) ≤ {}", 0, {"人月": "CAST(i % 401 < 300 AND i < 500 AS TINYINT)"}),
    "half a month": ("合计(人月, 按=(人员)) ≤ {}.5", 14, {}),
    "rates": ("合计(率, 按=(人员)) ≤ 0.00000{}", 6, {"率": "CAST(i % 5 * 0.000001 AS DECIMAL(11, 6))"}),
    "money": ("合计(人月 × 0.01元, 按=(人员)) ≤ 0.{}元", 14, {}),
    "the farthest": (
        "合计(增减, 按=(编号)) ≤ {}",
        65534,
        {"增减": "[0, 65534, 65535, 70000][1 + i % 4]", "编号": "i % 1601"},
    ),
    "one kind of rows": ("合计(人月, 按=(编号)) ≤ {}", 6, {"人月": "1", "机构": "5"}),
    "a home that is in no list": ("合计(人月, 按=(人员)) ≤ {}", 14, {"机构": "CAST(i * 7 % 14 AS INTEGER)"}),
}
"""Some groups come to just the limit, some to one more."""
LEFT = {
    "too far": ("合计(人月, 按=(人员)) ≤ 65535", {}),
    "at least": ("合计(人月, 按=(人员)) ≥ 14", {}),
    "from the other side at least": ("14 ≤ 合计(人月, 按=(人员))", {}),
    "just so many": ("合计(人月, 按=(人员)) = 14", {}),
    "below nothing": ("合计(人月, 按=(人员)) < 0", {}),
    "amounts below zero": ("合计(增减, 按=(人员)) ≤ 14", {}),
    "amounts that are missing": ("合计(补, 按=(人员)) ≤ 2", {}),
    "of all": ("合计(人月) ≤ 14", {}),
    "different cells": ("种数(人月, 按=(人员)) ≤ 3", {}),
    "by a word that may be unknown": ("合计(人月, 按=(等级)) ≤ 14", {"等级": "['轻', '重', '甲'][1 + i % 3]"}),
    "of words that may be unknown": ("计数(按=(人员), 当=等级 = “轻”) ≤ 1", {"等级": "['轻', '重', '甲'][1 + i % 3]"}),
    "two limits": ("合计(人月, 按=(人员)) ≤ 14 且 计数(按=(编号)) ≤ 5", {}),
    "amounts of more than 64 bits": ("合计(率 × 率, 按=(人员)) ≤ 0", {"率": FAR}),
}


@pytest.mark.parametrize(("limit", "bound", "cells"), list(TAKEN.values()), ids=list(TAKEN))
def test_limits_that_the_sieve_takes(limit: str, bound: int, cells: Mapping[str, str], tmp_path: Path) -> None:
    files = written(tmp_path, cells)
    below, few, fewer = (sifted(policy_of(limit.format(bound + step)), files) for step in (-1, 0, 1))
    assert few
    assert below is None or below > few, "no group comes to the limit, or all go beyond it"
    assert fewer is None or few > fewer, "no group goes just beyond it"
    assert below is not None or fewer is not None
    agreed(policy_of(limit.format(bound)), files, tmp_path)


@pytest.mark.parametrize(
    "limit", ["计数(按=(人员)) ≤ 3", "计数(按=(人员)) < 4", "3 ≥ 计数(按=(人员))", "4 > 计数(按=(人员))"]
)
def test_no_group_is_kept_that_holds_the_limit(limit: str, tmp_path: Path) -> None:
    files = written(tmp_path, {})
    groups = f"SELECT 人员 FROM '{files['明细']}' GROUP BY 1"
    ((beyond,),) = duckdb.execute(f"SELECT count(*) FROM ({groups} HAVING count(*) > 3)").fetchall()
    assert 0 < beyond < len(duckdb.execute(groups).fetchall())
    assert sifted(policy_of(limit), files) == beyond


def test_rows_that_are_nobody_s(tmp_path: Path) -> None:
    policy, files = policy_of("合计(人月, 按=(人员)) ≤ 14"), written(tmp_path, {"人员": "CAST(NULL AS VARCHAR)"})
    assert sifted(policy, files) == 0
    agreed(policy, files, tmp_path)


@pytest.mark.parametrize(("limit", "cells"), list(LEFT.values()), ids=list(LEFT))
def test_limits_that_the_sieve_leaves(limit: str, cells: Mapping[str, str], tmp_path: Path) -> None:
    policy, files = policy_of(limit), written(tmp_path, cells)
    assert sifted(policy, files) is None
    agreed(policy, files, tmp_path)


def test_months_and_rows_out_of_force(tmp_path: Path) -> None:
    policy = replace(policy_of("合计(人月, 按=(人员)) ≤ 3"), as_of="日")
    files = written(tmp_path, {"人月": "1"})
    assert sifted(policy, files)
    agreed(policy, files, tmp_path)
    outcome, _ = reference.calculate(policy, read(policy, files))
    days = [day for (day,) in duckdb.execute(f"SELECT 日 FROM '{files['明细']}'").fetchall()]
    due: Counter[tuple[str, date]] = Counter()
    for row, day in zip(outcome.rows, days, strict=True):
        due[row.recipient, day.replace(day=1)] += row.total
    result = columnar.run_grains(policy, files, {Grain.PERIOD: None}, counting=Counting.TALLY)[Grain.PERIOD]
    assert {(home, month): fen for home, month, fen, *_ in result.records} == due


@pytest.mark.parametrize("rows", [0, 1])
def test_next_to_nothing(rows: int, tmp_path: Path) -> None:
    agreed(policy_of("合计(人月, 按=(人员)) ≤ 14"), written(tmp_path, {}, rows), tmp_path)


def test_sets_with_limits_that_are_taken_and_left(tmp_path: Path) -> None:
    files = written(tmp_path, {})
    limits = ("≤ 14", "≤ 14", "≤ 65535", "≤ 14", "< 9", "≥ 3", "< 9", "≤ 13")
    policies = [policy_of(f"合计(人月, 按=(人员)) {limit}") for limit in limits]
    results = columnar.run_sets(policies, files, Grain.INSTITUTION, counting=Counting.TALLY)
    for policy, result in zip(policies, results, strict=True):
        outcome, _ = reference.calculate(policy, read(policy, files))
        assert result.findings == ()
        assert {name: due for name, due, *_ in result.records} == {
            name: due[Tier.PROVINCE] for name, due in outcome.recipients.items()
        }


def test_groups_that_share_a_hash(tmp_path: Path) -> None:
    persons = ["人3295518", "人64668782"]
    hashes = {duckdb.execute("SELECT hash(?) >> 17", [person]).fetchone() for person in persons}
    assert len(hashes) == 1, "another hash by now: look for two persons who share it, else nothing is tested here"
    shared = f"CASE WHEN i < 18 THEN {persons}[1 + i % 2] ELSE '人' || (i % 701) END"
    files = written(tmp_path, {"人员": shared, "人月": "1"})
    for most in (8, 9, 17, 18):
        policy = policy_of(f"合计(人月, 按=(人员)) ≤ {most}")
        assert sifted(policy, files) == (most < 18)
        agreed(policy, files, tmp_path)
