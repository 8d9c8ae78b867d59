"""How long the 2021 operating award takes on Spark: ours beside Spark SQL by hand, in one JVM on two cores, in turns.

Run: python -m bench.spark --rows N [--rounds N] [--folder PATH] [--json]. Both read the same two Parquet files, write a folder
of recipients and must give the same total to the fen. The ratio is the median of the ratios of the turns. ``hand`` is a
contender as those of bench/contenders.py.
"""

from __future__ import annotations

import argparse
import json
from functools import cache
from pathlib import Path
from statistics import median
from tempfile import gettempdir
from typing import Any

from bench.timing import seconds

LIMIT = 1.2
MONTHS, LEAST = 12, 900_000
FOLDER = Path(gettempdir()) / "hengji-bench"
_SETTINGS = {
    "spark.driver.memory": "4g",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "2",
}


@cache
def warm() -> Any:
    """The one Spark that everybody here uses."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]")
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def hand(roster: Path, homes: Path, folder: Path) -> int:
    """By hand: conditions before the join, who is there for more than a year left out."""
    spark, out = warm(), folder / "spark-sql.parquet"
    frame = spark.sql(_HAND.format(roster=roster, homes=homes, least=LEAST, months=MONTHS))
    frame.write.mode("overwrite").parquet(str(out))
    return int(spark.read.parquet(str(out)).selectExpr("sum(fen)").collect()[0][0])


_HAND = """
SELECT /*+ BROADCAST(good) */ `机构`, sum((CASE `失能等级` WHEN '中度' THEN 20000 ELSE 30000 END) * CAST(`人月` AS BIGINT) * tenths div 10) AS fen,
  count(*) AS n
FROM parquet.`{roster}` JOIN (
  SELECT `机构`, CASE `星级` WHEN '一星' THEN 8 WHEN '二星' THEN 9 WHEN '三星' THEN 10 WHEN '四星' THEN 11 ELSE 12 END AS tenths
  FROM parquet.`{homes}`
  WHERE `运营方式` <> '公办公营' AND `经营形态` = '普通' AND `申请日期` >= add_months(`投运日期`, 12) AND `星级` <> '未评定'
    AND `法人登记` AND `备案或许可` AND `平台信息及时更新` AND (`满意率` >= {least} OR (`满意率` IS NULL AND `列入名单`))
    AND (`上次省级奖补日期` IS NULL OR `申请日期` >= add_months(`上次省级奖补日期`, 12))
    AND (`星级` NOT IN ('四星', '五星') OR `省级复核`)
) AS good USING (`机构`)
LEFT ANTI JOIN (
  SELECT `人员编号` FROM parquet.`{roster}` GROUP BY `人员编号` HAVING sum(`人月`) > {months}
) AS too_long USING (`人员编号`)
WHERE `失能等级` IN ('中度', '重度') AND `人月` <= `人数` * {months}
GROUP BY `机构`
"""


def ours(roster: Path, homes: Path, folder: Path) -> int:
    """Ours, by recipient."""
    from bench.contenders import policy

    from hengji.engines.columnar import Grain, spark

    warm()
    tables = {"入住人月": roster, "机构信息": homes}
    result = spark.run(policy(), tables, Grain.INSTITUTION, folder / "spark-ours.parquet")
    assert not result.findings, result.findings
    return sum(result.totals.values())


def measure(rows: int, rounds: int, folder: Path) -> dict[str, object]:
    """Seconds of both and the ratio, after one turn that is not counted."""
    from bench import rosters

    folder.mkdir(parents=True, exist_ok=True)
    files = rosters.write(folder, rows)
    totals = {"hand": hand(*files, folder), "ours": ours(*files, folder)}
    if len(set(totals.values())) > 1:
        raise ValueError(f"totals differ: {totals}")
    turns = [(seconds(lambda: ours(*files, folder)), seconds(lambda: hand(*files, folder))) for _ in range(rounds)]
    return {
        "rows": rows,
        "rounds": rounds,
        "total_fen": totals["ours"],
        "seconds": {"ours": median(one for one, _ in turns), "hand": median(other for _, other in turns)},
        "ratios": {"spark_vs_hand": median(one / other for one, other in turns)},
        "limit": LIMIT,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = measure(given.rows, given.rounds, given.folder)
    print(json.dumps(found, ensure_ascii=False) if given.json else told(found))


def told(found: dict[str, Any]) -> str:
    """In words."""
    times, ratio = found["seconds"], found["ratios"]["spark_vs_hand"]
    verdict = "yes" if ratio <= LIMIT else "NO"
    return f"{found['rows']} rows: ours {times['ours']:.2f} s, by hand {times['hand']:.2f} s, ratio {ratio:.2f} (at most {LIMIT}: {verdict})"


if __name__ == "__main__":
    main()
