"""The same award by each contender: from the same two Parquet files to a Parquet file of recipients; gives the total in fen.

Each imports what it needs when it runs, because some run in an interpreter that has not the libraries of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hengji.engines.columnar import Grain
    from hengji.policies.policy import Policy

MONTHS, LEAST = 12, 900_000
SETS = 10
MODERATE, SEVERE = 20_000, 30_000
TENTHS = {"一星": 8, "二星": 9, "三星": 10, "四星": 11, "五星": 12}


@cache
def policy() -> Policy:
    """The award (zb-3) out of the packs."""
    from hengji.policies.loading import read_policy
    from hengji.storage.policy_packs import policy_source

    source = policy_source("zb-3")
    assert source is not None
    read, findings = read_policy(source)
    assert read is not None, findings
    return read


def institution(roster: Path, homes: Path, folder: Path) -> int:
    """Ours, by recipient."""
    from hengji.engines.columnar import Grain

    return _ours(roster, homes, {Grain.INSTITUTION: folder / "ours.parquet"})


def provenance(roster: Path, homes: Path, folder: Path) -> int:
    """Ours, by recipient, and every row with its amount, reasons and faults, of one plan."""
    from hengji.engines.columnar import Grain

    return _ours(roster, homes, {Grain.INSTITUTION: folder / "ours-2.parquet", Grain.ROW: folder / "ours-rows.parquet"})


def sets(roster: Path, homes: Path, folder: Path) -> int:  # noqa: ARG001 contenders are called alike
    """Ours, by recipient, under ten sets of parameters, of which the first is that of the policy."""
    from hengji.engines import columnar
    from hengji.engines.columnar import Grain

    sets = [_asking(policy(), at) for at in range(SETS)]
    results = columnar.run_sets(sets, {"入住人月": roster, "机构信息": homes}, Grain.INSTITUTION)
    return int(sum(results[0].totals.values()))


def _asking(read: Policy, more: int) -> Policy:
    """The policy that asks for so many percent more of content residents."""
    from dataclasses import replace
    from fractions import Fraction

    series = read.parameters["最低满意率"]
    asked = [Fraction(str(version.value)) + Fraction(more, 100) for version in series.versions]
    versions = tuple(replace(version, value=value) for version, value in zip(series.versions, asked, strict=True))
    return replace(read, parameters={**read.parameters, series.name: replace(series, versions=versions)})


def _ours(roster: Path, homes: Path, wanted: Mapping[Grain, Path | None]) -> int:
    from hengji.engines import columnar

    results = columnar.run_grains(policy(), {"入住人月": roster, "机构信息": homes}, wanted)
    totals = {int(sum(result.totals.values())) for result in results.values()}
    assert len(totals) == 1, results
    return totals.pop()


def sql(roster: Path, homes: Path, folder: Path) -> int:
    """By hand, in two statements: who is there for more than a year, and what is due; conditions before the join."""
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET disabled_optimizers = 'partitioned_execution'")
    connection.execute("SET enable_progress_bar = false")
    connection.execute(
        f"CREATE TEMP TABLE too_long AS SELECT 人员编号 FROM '{roster}' GROUP BY 人员编号 HAVING sum(人月) > {MONTHS}"
    )
    out = folder / "sql.parquet"
    connection.execute(_HAND.format(roster=roster, homes=homes, out=out, least=LEAST, months=MONTHS))
    answer = connection.execute(f"SELECT CAST(sum(fen) AS BIGINT) FROM '{out}'").fetchone()
    assert answer is not None
    return int(answer[0])


_HAND = """
COPY (
  SELECT 机构, CAST(sum((CASE 失能等级 WHEN '中度' THEN 20000 ELSE 30000 END) * 人月 * tenths // 10) AS BIGINT) AS fen, count(*) AS n
  FROM '{roster}' JOIN (
    SELECT 机构, CASE 星级 WHEN '一星' THEN 8 WHEN '二星' THEN 9 WHEN '三星' THEN 10 WHEN '四星' THEN 11 ELSE 12 END AS tenths
    FROM '{homes}'
    WHERE 运营方式 <> '公办公营' AND 经营形态 = '普通' AND 申请日期 >= 投运日期 + INTERVAL 12 MONTH AND 星级 <> '未评定'
      AND 法人登记 AND 备案或许可 AND 平台信息及时更新 AND (满意率 >= {least} OR (满意率 IS NULL AND 列入名单))
      AND (上次省级奖补日期 IS NULL OR 申请日期 >= 上次省级奖补日期 + INTERVAL 12 MONTH)
      AND (星级 NOT IN ('四星', '五星') OR 省级复核)
  ) USING (机构)
  WHERE 失能等级 IN ('中度', '重度') AND 人月 <= 人数 * {months} AND 人员编号 NOT IN (FROM too_long)
  GROUP BY 机构
) TO '{out}' (FORMAT parquet)
"""


def scan(roster: Path, homes: Path, folder: Path) -> None:  # noqa: ARG001 contenders are called alike
    """The needed columns, read and added up, and nothing else."""
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    connection.execute(
        f"SELECT sum(机构), sum(人员编号), min(失能等级), sum(人数), sum(人月) FROM '{roster}'"
    ).fetchall()


def polars(roster: Path, homes: Path, folder: Path) -> int:
    """Polars, lazy, filters first."""
    import polars as pl

    col = pl.col
    year = f"{MONTHS}mo"
    good = (
        pl.scan_parquet(homes)
        .filter(
            col("运营方式") != "公办公营",
            col("经营形态") == "普通",
            col("申请日期") >= col("投运日期").dt.offset_by(year),
            col("星级") != "未评定",
            col("法人登记") & col("备案或许可") & col("平台信息及时更新"),
            (col("满意率") >= LEAST) | (col("满意率").is_null() & col("列入名单")),
            col("上次省级奖补日期").is_null() | (col("申请日期") >= col("上次省级奖补日期").dt.offset_by(year)),
            ~col("星级").is_in(["四星", "五星"]) | col("省级复核"),
        )
        .select("机构", tenths=col("星级").replace_strict(TENTHS, return_dtype=pl.Int64))
    )
    rows = pl.scan_parquet(roster)
    months = col("人月").cast(pl.Int64)
    too_long = rows.group_by("人员编号").agg(months.sum()).filter(col("人月") > MONTHS).select("人员编号")
    fen = (
        pl.when(col("失能等级") == "中度").then(MODERATE).otherwise(SEVERE).cast(pl.Int64)
        * months
        * col("tenths")
        // 10
    )
    due = (
        rows.filter(col("失能等级").is_in(["中度", "重度"]), months <= col("人数").cast(pl.Int64) * MONTHS)
        .join(good, on="机构")
        .join(too_long, on="人员编号", how="anti")
        .group_by("机构")
        .agg(fen=fen.sum(), n=pl.len())
        .collect(engine="streaming")
    )
    due.write_parquet(folder / "polars.parquet")
    return int(due["fen"].sum())


def pandas(roster: Path, homes: Path, folder: Path) -> int:
    """pandas: filter, merge, group."""
    import pandas as pd

    at = pd.read_parquet(homes)
    year = pd.DateOffset(months=MONTHS)
    for name in ("投运日期", "申请日期", "上次省级奖补日期"):
        at[name] = pd.to_datetime(at[name])
    at = at[
        (at["运营方式"] != "公办公营")
        & (at["经营形态"] == "普通")
        & (at["申请日期"] >= at["投运日期"] + year)
        & (at["星级"] != "未评定")
        & at["法人登记"]
        & at["备案或许可"]
        & at["平台信息及时更新"]
        & ((at["满意率"] >= LEAST) | (at["满意率"].isna() & at["列入名单"]))
        & (at["上次省级奖补日期"].isna() | (at["申请日期"] >= at["上次省级奖补日期"] + year))
        & (~at["星级"].isin(["四星", "五星"]) | at["省级复核"])
    ]
    at = at.assign(tenths=at["星级"].map(TENTHS).astype("int64"))[["机构", "tenths"]]
    rows = pd.read_parquet(roster, columns=["机构", "人员编号", "失能等级", "人数", "人月"])
    months = rows.groupby("人员编号")["人月"].sum()
    rows = rows[rows["失能等级"].isin(["中度", "重度"]) & (rows["人月"] <= rows["人数"] * MONTHS)]
    rows = rows[~rows["人员编号"].isin(months[months > MONTHS].index)].merge(at, on="机构")
    price = (rows["失能等级"] == "中度").map({True: MODERATE, False: SEVERE}).astype("int64")
    rows["fen"] = price * rows["人月"].astype("int64") * rows["tenths"] // 10
    due = rows.groupby("机构").agg(fen=("fen", "sum"), n=("fen", "size")).reset_index()
    due.to_parquet(folder / "pandas.parquet")
    return int(due["fen"].sum())


def openfisca(roster: Path, homes: Path, folder: Path) -> int:
    """OpenFisca-core: the award as its formulas."""
    from bench import microsimulation

    return microsimulation.award("openfisca_core", roster, homes, folder / "openfisca.parquet")


def policyengine(roster: Path, homes: Path, folder: Path) -> int:
    """policyengine-core: the same formulas."""
    from bench import microsimulation

    return microsimulation.award("policyengine_core", roster, homes, folder / "policyengine.parquet")


def spark(roster: Path, homes: Path, folder: Path) -> int:
    """Spark SQL by hand, on two cores."""
    from bench.spark import hand

    return hand(roster, homes, folder)


class Home(Enum):
    """Whose interpreter a contender runs in: that of the project, or the one that only the benchmark has."""

    OURS = ".venv"
    THEIRS = ".venv-bench"


@dataclass(frozen=True, slots=True)
class Contender:
    """What is run, and where its libraries are."""

    work: Callable[[Path, Path, Path], int | None]
    home: Home


CONTENDERS: Mapping[str, Contender] = {
    "institution": Contender(institution, Home.OURS),
    "provenance": Contender(provenance, Home.OURS),
    "sets": Contender(sets, Home.OURS),
    "sql": Contender(sql, Home.OURS),
    "scan": Contender(scan, Home.OURS),
    "polars": Contender(polars, Home.THEIRS),
    "pandas": Contender(pandas, Home.THEIRS),
    "openfisca": Contender(openfisca, Home.THEIRS),
    "policyengine": Contender(policyengine, Home.THEIRS),
    "spark": Contender(spark, Home.THEIRS),
}
