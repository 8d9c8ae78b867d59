"""Tables that cannot be used, a disk that is full and a run that is stopped: said in Chinese, and no file is worse for it."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from openpyxl import Workbook
from tests.unit.cli.test_calculate import ENGINES, HEADER, HOMES, POLICY, ROWS, roster, text
from tests.unit.cli.test_commands import BOSHAN, ROSTER, run
from tests.unit.engines.columnar.test_bounds import roster as large

pytestmark = pytest.mark.skipif(os.name == "nt", reason="limits and signals are otherwise")
OLD = "上一次的结果\n"
Made = Callable[[Path], Path]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "试点").mkdir()
    (tmp_path / "试点" / "law.md").write_text(POLICY, "utf-8")
    return tmp_path / "试点"


def workbook(folder: Path, header: list[str], rows: list[list[object]]) -> Path:
    book = Workbook()
    for row in (header, *rows):
        book.active.append(row)
    book.save(folder / "名册.xlsx")
    return folder / "名册.xlsx"


def protected(folder: Path) -> Path:
    (folder / "名册.xlsx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    )
    return folder / "名册.xlsx"


def torn(folder: Path) -> Path:
    whole = workbook(folder, HEADER, ROWS).read_bytes()
    (folder / "名册.xlsx").write_bytes(whole[: len(whole) // 2])
    return folder / "名册.xlsx"


def never_calculated(folder: Path) -> Path:
    return workbook(folder, HEADER, [[*ROWS[0][:5], "=10+21", *ROWS[0][6:]]])


def lacking_a_column(folder: Path) -> Path:
    return workbook(folder, HEADER[:5] + HEADER[6:], [row[:5] + row[6:] for row in ROWS])


def with_a_column_twice(folder: Path) -> Path:
    return workbook(folder, [*HEADER, "天数"], [[*row, 1] for row in ROWS])


def of_another_policy(folder: Path) -> Path:
    return workbook(folder, ["村", "户主", "面积"], [["甲", "乙", 3]])


def with_floating_amounts(folder: Path) -> Path:
    roster(folder, ROWS, ".parquet")
    kept = "SELECT * REPLACE (CAST(已收 AS DOUBLE) AS 已收)"
    duckdb.execute(f"COPY ({kept} FROM '{folder / '名册.parquet'}') TO '{folder / '浮点.parquet'}' (FORMAT parquet)")
    return folder / "浮点.parquet"


def cut_short(folder: Path) -> Path:
    roster(folder, ROWS, ".parquet")
    (folder / "断.parquet").write_bytes((folder / "名册.parquet").read_bytes()[:200])
    return folder / "断.parquet"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("made", "said"),
    [
        (protected, "工作簿有打开密码"),
        (torn, "不是完好的 xlsx"),
        (never_calculated, "公式没有计算结果"),
        (lacking_a_column, "表头缺少列：天数"),
        (with_a_column_twice, "有不止一列可以是“天数”"),
        (of_another_policy, "找不到表头行"),
        (with_floating_amounts, "列「已收」在文件里是 DOUBLE"),
        (cut_short, "读不出 Parquet 文件"),
    ],
)
def test_a_table_that_cannot_be_used(made: Made, said: str, engine: str, own: Path, tmp_path: Path) -> None:
    (tmp_path / "机构信息.csv").write_text(text(HOMES), "utf-8")
    table = made(tmp_path)
    out = tmp_path / "结果" / "结果.csv"
    out.parent.mkdir()
    out.write_text(OLD, "utf-8")
    tables = ("--table", f"名册={table}", "--table", f"机构信息={tmp_path / '机构信息.csv'}")
    result = run("calculate", own, *tables, "--engine", engine, "--out", out)
    assert result.exit_code in {1, 2}
    assert said in result.stdout
    assert table.name in result.stdout
    assert (out.read_text("utf-8"), [path.name for path in out.parent.iterdir()]) == (OLD, ["结果.csv"])


MANY = [["北山", str(number), "", "1950-01-01", "中度", 30, 0, 1] for number in range(120_000)]


def started(own: Path, out: Path, engine: str, *, bytes_at_most: int | None = None) -> subprocess.Popen[str]:
    """The command in a process of its own, with limits of its own."""

    def before() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a runner in the background ignores the signal
        if bytes_at_most is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_at_most, bytes_at_most))

    tables = roster(own.parent, MANY)
    command = [sys.executable, "-m", "hengji.cli.main", "calculate", str(own), *tables]
    return subprocess.Popen(
        [*command, "--engine", engine, "--out", str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=os.environ | {"TMPDIR": str(own.parent / "临时")},
        preexec_fn=before,  # noqa: PLW1509  there are no threads here
    )


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "结果").mkdir()
    (tmp_path / "临时").mkdir()
    (tmp_path / "结果" / "结果.xlsx").write_text(OLD, "utf-8")
    (tmp_path / "结果" / "结果.csv").write_text(OLD, "utf-8")
    (tmp_path / "结果" / "结果.parquet").write_text(OLD, "utf-8")
    return tmp_path / "结果"


def untouched(out: Path) -> bool:
    """Whether the old results are as they were, and nothing stands beside them."""
    left = sorted(path.name for path in [*out.iterdir(), *(out.parent / "临时").iterdir()])
    return left == ["结果.csv", "结果.parquet", "结果.xlsx"] and all(
        path.read_text("utf-8") == OLD for path in out.iterdir()
    )


@pytest.mark.parametrize(
    ("engine", "ending", "most"),
    [
        ("duckdb", ".parquet", 2**20),
        ("duckdb", ".csv", 6 * 2**20),
        ("duckdb", ".xlsx", 6 * 2**20),
        ("reference", ".csv", 2**20),
        ("reference", ".parquet", 2**16),
    ],
)
def test_a_disk_that_is_full(engine: str, ending: str, most: int, own: Path, out: Path) -> None:
    """The system allows no larger file, which fails as a full disk does: while tables are taken in, computed, or written."""
    process = started(own, out / f"结果{ending}", engine, bytes_at_most=most)
    stdout, stderr = process.communicate(timeout=240)
    assert process.returncode in {1, 2}, stdout + stderr
    assert "Traceback" not in stderr
    assert any(word in stdout + stderr for word in ("写不出去", "磁盘写满", "无法读写")), stdout + stderr
    assert untouched(out)


@pytest.mark.parametrize(
    "arguments",
    [
        ("calculate", "zb-2", *ROSTER, "--engine", "duckdb"),
        ("intake", BOSHAN, BOSHAN / "data" / "机构信息.csv", "--table", "机构信息"),
    ],
)
def test_too_little_memory_is_no_defect_of_ours(arguments: tuple[str | Path, ...]) -> None:
    result = run(*arguments, "--memory", "1MB")
    assert (result.exit_code, "内存不够" in result.output) == (2, True), result.output


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("seconds", [0.0, 0.6])
def test_a_run_that_is_stopped(engine: str, seconds: float, own: Path, out: Path) -> None:
    process = started(own, out / "结果.xlsx", engine)
    until = time.monotonic() + 60
    beside = out if engine == "duckdb" else None
    while beside and not list(beside.glob(".hengji-*")) and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(seconds if beside else 1.5 + seconds)
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)
    if process.returncode == 0 and "已写出" in stdout:
        pytest.skip("it had written everything before it could be stopped")
    assert (stdout, stderr.strip()) == ("", "已中断，没有写出结果。")
    assert process.returncode in {130, -signal.SIGINT}  # the latter where a module was just being loaded
    assert untouched(out)


def test_too_little_memory_is_told_of_the_result(tmp_path: Path, out: Path) -> None:
    """And not of the file that was only to become the result."""
    tables = [f"{name}={path}" for name, path in large(tmp_path, 300_000).items()]
    told = ["--grain", "institution", "--engine", "duckdb", "--memory", "3MB", "--out", out / "结果.parquet"]
    result = run("calculate", "zb-3", "--table", tables[0], "--table", tables[1], *told)
    assert result.exit_code != 0
    assert f"错误 P212  {out / '结果.parquet'}\n" in result.output
    assert untouched(out)
