"""What a run may take, what it leaves when it cannot end, and what it tells while it goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from time import sleep

import duckdb
import pytest
from tests.unit.engines.columnar.tallied import needs_tally
from tests.unit.engines.columnar.test_grains import NUMBERS, written
from tests.unit.engines.columnar.test_packs_agree import pack
from tests.unit.engines.columnar.test_run import HOMES

from hengji.engines import columnar
from hengji.engines.columnar import Grain
from hengji.engines.columnar.run import Counting
from hengji.policies.policy import Policy

FAR_BEYOND = 2**50 + 12_345
"""No footer is likely to have the bytes of this number by chance."""

ROSTER = """
COPY (
  SELECT CAST(i % 500 AS INTEGER) AS 机构, hash(i % {persons}) // 1000 AS 人员编号,
    ['能力完好', '轻度', '中度', '重度'][1 + i % 4] AS 失能等级, 1 AS 人数, 1 AS 人月
  FROM range({rows}) AS r(i)
) TO '{path}' (FORMAT parquet)
"""


@pytest.fixture(scope="module")
def policy() -> Policy:
    return pack("zb-3")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return roster(tmp_path_factory.mktemp("roster"), 1_000_000)


def roster(folder: Path, rows: int) -> dict[str, Path]:
    paths = {"入住人月": folder / "roster.parquet", "机构信息": folder / "homes.parquet"}
    duckdb.execute(ROSTER.format(path=paths["入住人月"], rows=rows, persons=rows))
    homes = HOMES.format(path=paths["机构信息"], count=500)
    duckdb.execute(homes.replace("'院' || i AS", "CAST(i AS INTEGER) AS"))
    return paths


def both(folder: Path) -> dict[Grain, Path | None]:
    return {Grain.ROW: folder / "rows.parquet", Grain.INSTITUTION: folder / "homes.parquet"}


def before(folder: Path) -> dict[Grain, Path | None]:
    """The files of an earlier run."""
    wanted = both(folder)
    for out in wanted.values():
        assert out is not None
        out.write_bytes(b"before")
    return wanted


def untouched(folder: Path) -> bool:
    names = {path.name for path in folder.iterdir()}
    return names == {"rows.parquet", "homes.parquet"} and all(p.read_bytes() == b"before" for p in folder.iterdir())


def test_little_memory_is_enough(policy: Policy, files: dict[str, Path], tmp_path: Path) -> None:
    wanted = both(tmp_path)
    results = columnar.run_grains(policy, files, wanted, memory="60MB")
    assert results[Grain.ROW].findings == ()
    assert results[Grain.ROW].totals == columnar.run(policy, files, Grain.TOTAL).totals
    assert {path.name for path in tmp_path.iterdir()} == {"rows.parquet", "homes.parquet"}


def test_too_little_memory_is_a_finding(policy: Policy, files: dict[str, Path], tmp_path: Path) -> None:
    results = columnar.run_grains(policy, files, before(tmp_path), memory="2MB")
    assert {finding.found for result in results.values() for finding in result.findings} == {"计算中断：内存不够"}
    assert untouched(tmp_path)


def test_how_far_it_is(policy: Policy, files: dict[str, Path], tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    columnar.run_grains(policy, files, both(tmp_path), tick=lambda done, rows: told.append((done, rows)))
    assert {rows for _, rows in told} == {1_000_000}
    assert told == sorted(told)
    assert told[-1] == (1_000_000, 1_000_000)


def test_a_run_that_is_stopped_leaves_nothing(policy: Policy, files: dict[str, Path], tmp_path: Path) -> None:
    wanted = before(tmp_path)

    def stop(_done: int, _rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        columnar.run_grains(policy, files, wanted, tick=stop)
    assert untouched(tmp_path)


def test_a_signal_stops_a_run(policy: Policy, files: dict[str, Path], tmp_path: Path) -> None:
    wanted = before(tmp_path)
    old = signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may ignore it
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    try:
        with pytest.raises(KeyboardInterrupt):  # noqa: PT012 the signal comes when it comes
            timer.start()
            while True:
                columnar.run(policy, files, Grain.INSTITUTION)
                columnar.run_grains(policy, files, {Grain.ROW: tmp_path / "again.parquet"})
                (tmp_path / "again.parquet").unlink()
                sleep(0)
    finally:
        timer.cancel()
        signal.signal(signal.SIGINT, old)
    (tmp_path / "again.parquet").unlink(missing_ok=True)
    assert untouched(tmp_path)
    assert wanted


FULL = """
import resource, signal, sys
from pathlib import Path
from hengji.engines import columnar
from tests.unit.engines.columnar.test_packs_agree import pack
folder, *files = map(Path, sys.argv[1:])
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
result = columnar.run(pack("zb-3"), dict(zip(("入住人月", "机构信息"), files)), columnar.Grain.ROW, folder / "rows.parquet")
print(*(f"{each.code} {each.found}" for each in result.findings))
"""


def test_a_full_disk_is_a_finding(files: dict[str, Path], tmp_path: Path) -> None:
    before(tmp_path)
    command = [sys.executable, "-c", FULL, str(tmp_path), *map(str, files.values())]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[4])
    assert done.stdout.startswith("P212 计算中断：磁盘写满"), done
    assert untouched(tmp_path)


@needs_tally
def test_bounds_that_are_false_are_a_finding(policy: Policy, tmp_path: Path) -> None:
    """The number of a person goes beyond what the footer of the file tells as the greatest, and beyond what the tally can hold."""
    files = written(tmp_path, NUMBERS | {"person": f"CASE WHEN i = 5 THEN {FAR_BEYOND} ELSE CAST(i AS BIGINT) END"})
    roster = files["入住人月"].read_bytes()
    footer = len(roster) - 8 - int.from_bytes(roster[-8:-4], "little")
    told = FAR_BEYOND.to_bytes(8, "little")
    assert told in roster[footer:]
    files["入住人月"].write_bytes(roster[:footer] + roster[footer:].replace(told, (99_999).to_bytes(8, "little")))
    out = tmp_path / "due.parquet"
    (finding,) = columnar.run_grains(policy, files, {Grain.INSTITUTION: out}, counting=Counting.TALLY)[
        Grain.INSTITUTION
    ].findings
    assert (finding.code, finding.found) == ("P212", "计算中断：文件里记的最小、最大值与各行不符")
    assert not out.exists()
    (told_again,) = {each.findings for each in columnar.run_sets([policy], files, Grain.TOTAL, counting=Counting.TALLY)}
    assert told_again[0].found == finding.found
