"""The benchmark of the award: what it prints, that all contenders give the same recipients the same, and the roster."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest
from bench import contenders, contest, entitlements, library, rosters, scale
from bench import performance as bench_performance
from docs.pages import performance

ROWS = 10_000
NAMES = [name for name in contenders.CONTENDERS if name != "spark"]
"""A JVM takes longer to start than all the others to run; Spark's figures are compared where Spark is tested."""
AMOUNTS = {
    "ours": "省级（分）",
    "sql": "fen",
    "polars": "fen",
    "pandas": "fen",
    "openfisca": "fen",
    "policyengine": "fen",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench")


@pytest.fixture(scope="module")
def said(folder: Path) -> str:
    command = ["--rows", str(ROWS), "--rounds", "1", "--folder", str(folder), "--only", *NAMES, "--json"]
    run = [sys.executable, "-m", "bench.entitlements", *command]
    return subprocess.run(run, check=True, cwd=contest.ROOT, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def found(said: str) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(said)
    return result


def test_the_output_is_one_object_with_these_keys(found: dict[str, Any]) -> None:
    assert {"rows", "seconds", "rss_mb", "ratios"} <= found.keys()
    assert {
        "institution_vs_sql",
        "provenance_vs_sql",
        "vs_scan",
        "openfisca_vs_ours",
        "pandas_vs_ours",
        "polars_vs_ours",
        "memory_openfisca_vs_ours",
    } <= found["ratios"].keys()
    assert found["rows"] == ROWS
    assert {"institution", "provenance", "sql", "scan"} <= found["seconds"].keys() == found["rss_mb"].keys()


def test_who_cannot_run_is_left_out_with_the_reason_and_has_no_ratio(found: dict[str, Any]) -> None:
    assert sorted([*found["seconds"], *found["skipped"]]) == sorted(NAMES)
    assert all("not installed" in why for why in found["skipped"].values())
    for name, pair in entitlements.RATIOS.items():
        assert (found["ratios"][name] is None) == (not {*pair} <= found["seconds"].keys())


def test_every_recipient_gets_the_same_from_all(found: dict[str, Any], folder: Path) -> None:
    assert found["total_fen"] > 0
    due = {
        name: duckdb.execute(
            f"""SELECT CAST(机构 AS INTEGER), CAST("{column}" AS BIGINT) FROM '{folder}/{name}.parquet'
            WHERE "{column}" > 0 ORDER BY 1"""
        ).fetchall()
        for name, column in AMOUNTS.items()
        if name not in found["skipped"]
    }
    assert all(each == due["sql"] for each in due.values()), due.keys()
    assert sum(fen for _, fen in due["sql"]) == found["total_fen"]


def test_the_roster_comes_month_after_month_with_residents_who_move_and_stand_twice(tmp_path: Path) -> None:
    rows = 10 * ROWS
    roster, homes = rosters.write(tmp_path, rows)
    months = [month for (month,) in duckdb.execute(f"SELECT 月份 FROM '{roster}'").fetchall()]
    twice, moved, strange = duckdb.execute(
        f"""SELECT count(*) FILTER (n > 12), count(*) FILTER (h > 1), count(*) FILTER (NOT known) FROM (
          SELECT 人员编号, count(*) AS n, count(DISTINCT r.机构) AS h, bool_and(m.机构 IS NOT NULL) AS known
          FROM '{roster}' AS r LEFT JOIN '{homes}' AS m ON r.机构 = m.机构 GROUP BY 1)"""
    ).fetchall()[0]
    late = sum(1 for one, other in pairwise(months) if one > other)
    assert len(months) == pytest.approx(rows, rel=0.03)
    assert late == 1
    assert 0 < twice < moved
    assert strange == 0


def test_the_exponent_of_what_grows_like_a_power() -> None:
    rows = (1_000_000, 10_000_000, 540_000_000)
    assert scale.exponent(rows, [each**1.5 / 10**9 for each in rows]) == pytest.approx(1.5)


ABOUT = {
    "date": "2026-01-01",
    "processor": "某处理器",
    "cores": 2,
    "memory_gb": 24,
    "system": "Linux",
    "python": "3.11",
    "versions": {},
}


def part(result: dict[str, Any]) -> dict[str, Any]:
    return {"circumstances": ABOUT, "result": result}


def test_the_page_says_whether_a_target_is_met(found: dict[str, Any]) -> None:
    slow = found | {"ratios": found["ratios"] | {"institution_vs_sql": 0.9, "vs_scan": 4.01}}
    text = performance.page_of({"award_10m": part(slow)})
    assert "不超过 0.9 | 0.90，达到 | 未测 |" in text
    assert "不超过 4 | 4.01，**未达到** | 未测 |" in text
    assert "| 手写 DuckDB SQL（两条语句） |" in text


def test_the_page_tells_many_sets_and_the_library_beside_their_targets(found: dict[str, Any], folder: Path) -> None:
    policies = {name: library.compare(name, ROWS, 1, folder) for name in ("xa-1", "zb-3")}
    told = {"rows": ROWS, "rounds": 1, "limit": library.LIMIT, "policies": policies}
    many = found | {"ratios": {"sets_vs_one": 2.01}}
    text = performance.page_of({"sets": part(many), "library": part(told)})
    assert "| 十个参数方案一起算，是算一个的几倍时间 | 不超过 2 | 2.01，**未达到** |" in text
    assert "| 政策库里最慢的一项，是手写 SQL 的几倍时间 | 不超过 1.15 |" in text
    for name, took in policies.items():
        assert f"| {name} | {took['ours']:.3f} | {took['hand']:.3f} | {took['paid']:.3f} | {took['scan']:.3f} |" in text


def test_a_part_of_the_page_is_refreshed_by_its_command() -> None:
    """The commands of the parts are those that the page has sections for, and can be run."""
    for name in ("sets", "library"):
        module, *arguments = bench_performance.PARTS[name]
        run = [sys.executable, "-m", module, *arguments, "--help"]
        done = subprocess.run(run, check=True, cwd=contest.ROOT, capture_output=True, text=True)
        assert "--json" in done.stdout
