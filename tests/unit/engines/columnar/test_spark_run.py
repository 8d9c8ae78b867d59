"""Spark beside DuckDB over the same files: three grains, exact types, folders that are whole; and its whole numbers."""

from __future__ import annotations

from pathlib import Path
from random import Random

import duckdb
import pytest
from tests.unit.engines.columnar.test_packs_agree import pack
from tests.unit.engines.columnar.test_run import files as files  # noqa: PLC0414 the same fixture
from tests.unit.engines.columnar.test_whole import column

from hengji.engines import columnar
from hengji.engines.columnar import Grain, spark
from hengji.engines.columnar.dialect import SPARK
from hengji.engines.columnar.spark_session import session
from hengji.engines.columnar.whole import RefusedError, Wholes
from hengji.model.money import LARGEST, Rounding, divide
from hengji.policies.policy import Policy

pytestmark = pytest.mark.spark


@pytest.fixture(scope="module")
def policy() -> Policy:
    return pack("zb-3")


def rows(path: Path) -> list[tuple[object, ...]]:
    return duckdb.execute(f"SELECT * FROM read_parquet('{path}') ORDER BY 1").fetchall()


def test_every_grain_is_the_same_as_on_duckdb(policy: Policy, files: dict[str, Path], tmp_path: Path) -> None:
    single = {grain: tmp_path / f"{grain.value}.parquet" for grain in Grain}
    folders = {grain: tmp_path / grain.value for grain in Grain}
    told: list[tuple[int, int]] = []
    by_duckdb = columnar.run_grains(policy, files, single)
    by_spark = spark.run_grains(policy, files, folders, tick=lambda done, of: told.append((done, of)))
    assert by_spark == by_duckdb
    for grain in Grain:
        assert rows(folders[grain] / "*.parquet") == rows(single[grain])
    assert told[-1] == (2000, 2000)
    assert sorted(tmp_path.iterdir()) == sorted([*single.values(), *folders.values(), *files.values()])


def test_records_are_the_same_as_on_duckdb(policy: Policy, files: dict[str, Path]) -> None:
    for grain in (Grain.INSTITUTION, Grain.TOTAL):
        assert spark.run(policy, files, grain) == columnar.run(policy, files, grain)


def test_a_folder_of_its_own_is_replaced_and_a_file_too(policy: Policy, files: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_bytes(b"before")
    for _ in range(2):
        assert spark.run(policy, files, Grain.INSTITUTION, out).findings == ()
        assert (out / "_SUCCESS").exists()
    assert len(rows(out / "*.parquet")) == 13


def test_what_was_there_stays_when_a_table_is_broken(policy: Policy, files: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    spark.run(policy, files, Grain.INSTITUTION, out)
    before = rows(out / "*.parquet")
    with files["入住人月"].open("r+b") as roster:
        roster.seek(60)
        roster.write(b"\xff" * 300)  # pages, not the footer that says what is in them
    (finding,) = spark.run(policy, files, Grain.INSTITUTION, out).findings
    assert finding.found == "计算中断：磁盘写满或文件打不开"
    assert rows(out / "*.parquet") == before


def numbers(random: Random, largest: int) -> int:
    return random.choice([0, 1, -1, LARGEST, random.randint(-1000, 1000), random.randint(-largest, largest)])


def test_division_rounds_as_the_reference_does() -> None:
    """Many at once, because each question costs a second: beyond 64 bits, and into and out of them."""
    random, wholes = Random(1), Wholes(SPARK)
    columns, asked, wanted = [], [], []
    for at in range(150):
        top, bottom = (
            numbers(random, 10 ** random.randint(3, 31)),
            1 + abs(numbers(random, 10 ** random.randint(1, 31))),
        )
        rounding = random.choice(list(Rounding))
        a, b = f"a{at}", f"b{at}"
        columns += [f"{_literal(top)} AS {a}", f"{_literal(bottom)} AS {b}"]
        asked.append(wholes.divide(column(a, top), column(b, bottom), rounding).sql.text)
        wanted.append(divide(top, bottom, rounding))
    with session() as running:
        running.sql(f"SELECT {', '.join(columns)} FROM range(1)").createOrReplaceTempView("numbers")
        (found,) = spark.records(running.sql(f"SELECT {', '.join(asked)} FROM numbers"))
    assert list(found) == wanted


def _literal(value: int) -> str:
    return f"CAST({value} AS {'BIGINT' if abs(value) < 2**63 else SPARK.wide})"


def test_what_could_pass_the_digits_of_a_quotient_is_refused() -> None:
    with pytest.raises(RefusedError, match="Spark 的最大整数，不能保证不溢出"):
        Wholes(SPARK).multiply(column("a", SPARK.widest), column("b", 2))
