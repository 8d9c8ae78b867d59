"""Rosters of resident-months as they arrive: month after month, residents in no order, two in a hundred of whom move house;
two in a thousand stand twice in one month, which comes late, at the end.

The 2021 operating award (zb-3) over them: ``入住人月.parquet`` and ``机构信息.parquet`` in a folder. Whole numbers stand for
institutions and residents, words for abilities and stars. Every figure comes of a hash, so that a size has one roster.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

RESIDENTS_PER_HOME = 50
MONTHS = 12
_PRESENT = 0.855
"""How many of the twelve months a resident is there, over all residents."""


def write(folder: Path, rows: int) -> tuple[Path, Path]:
    """The roster of about so many rows, and its institutions; what is there already is kept.

    Rows are written as they are made, so that memory does not grow with them; 100 million take two minutes or three, and 1.2 GB.
    """
    roster, homes = folder / f"入住人月-{rows}.parquet", folder / f"机构信息-{rows}.parquet"
    if not (roster.exists() and homes.exists()):
        folder.mkdir(parents=True, exist_ok=True)
        residents = round(rows / (MONTHS * _PRESENT))
        count = max(1, residents // RESIDENTS_PER_HOME)
        connection = duckdb.connect()
        connection.execute("SET enable_progress_bar = false")  # it would stand among what is printed
        for path, statement in ((homes, _HOMES), (roster, _ROSTER)):
            part = path.with_suffix(".part")
            asked = statement.format(residents=residents, count=count)
            connection.execute(f"COPY ({asked}) TO '{part}' (FORMAT parquet)")
            part.replace(path)
    return roster, homes


_HOMES = """
  SELECT CAST(range AS INTEGER) AS 机构,
    h % 100 < 90 AS 列入名单,
    ['未评定', '一星', '二星', '三星', '四星', '五星'][CAST(CASE WHEN h // 7 % 12 = 0 THEN 1 ELSE 2 + h // 7 % 5 END AS INTEGER)] AS 星级,
    ['民办', '公办委托运营', '合资合作', '公办公营'][CAST(CASE WHEN h // 11 % 20 = 0 THEN 4 ELSE 1 + h // 11 % 3 END AS INTEGER)] AS 运营方式,
    CASE WHEN h // 13 % 50 = 0 THEN '会员制' ELSE '普通' END AS 经营形态,
    DATE '2015-01-01' + CAST(h // 17 % 2300 AS INTEGER) AS 投运日期,
    DATE '2021-12-31' AS 申请日期,
    CASE WHEN h // 19 % 10 = 0 THEN DATE '2020-01-01' + CAST(h // 23 % 700 AS INTEGER) END AS 上次省级奖补日期,
    h // 29 % 20 > 0 AS 省级复核,
    TRUE AS 法人登记,
    h // 31 % 50 > 0 AS 备案或许可,
    h // 37 % 40 > 0 AS 平台信息及时更新,
    CAST(CASE WHEN h // 41 % 30 > 0 THEN 890000 + h // 43 % 110 * 1000 END AS INTEGER) AS 满意率
  FROM (SELECT range, hash(range * 7919 + 1) // 1024 AS h FROM range({count}))
"""

_ROSTER = """
  WITH months AS (
    SELECT i // {residents} + 1 AS month, hash(i % {residents} * 104729 + 3) // 1024 AS h,
      CAST(hash(i % {residents}) % 9000000000000 AS BIGINT) AS id
    FROM range({residents} * 12) AS r(i)
    UNION ALL
    SELECT 6, h, CAST(hash(i) % 9000000000000 AS BIGINT)
    FROM (SELECT i, hash(i * 104729 + 3) // 1024 AS h FROM range({residents}) AS r(i)) WHERE h // 31 % 500 = 0
  )
  SELECT CAST(CASE WHEN h // 5 % 50 = 0 AND month > 1 + h // 7 % 12 THEN h // 13 % {count} ELSE h // 11 % {count} END AS INTEGER)
      AS 机构,
    id AS 人员编号,
    make_date(2021, CAST(month AS INTEGER), 1) AS 月份,
    ['能力完好', '轻度', '中度', '重度'][CAST(1 + h // 3 % 4 AS INTEGER)] AS 失能等级,
    CAST(1 AS TINYINT) AS 人数, CAST(1 AS TINYINT) AS 人月
  FROM months
  WHERE month >= CASE WHEN h // 17 % 4 = 0 THEN 1 + h // 19 % 12 ELSE 1 END
    AND month <= CASE WHEN h // 17 % 4 = 1 AND h // 23 % 4 = 0 THEN 1 + h // 29 % 12 ELSE 12 END
"""
