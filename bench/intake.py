"""Reading a workbook beside reading and validating it: ours against fastexcel alone and openpyxl read-only.

``python -m bench.intake [--rows N] [--rounds R] [--json]``; one process per contender and round, in turns; medians and
the median of the ratios taken round by round. The file has ROWS × 12 cells: text, a choice, counts, dates typed and as
text, amounts, a percentage, a citizen's number that is checked.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from hengji.model.table import Column, ColumnType, TableDeclaration

ROWS, ROUNDS = 200_000, 7
SLOW_ROUNDS = 3
_ABILITIES = ("自理", "中度", "重度")
COLUMNS = (
    Column("序号", ColumnType.COUNT),
    Column("机构", ColumnType.TEXT),
    Column("姓名", ColumnType.TEXT),
    Column("身份证号", ColumnType.CITIZEN),
    Column("月份", ColumnType.DATE),
    Column("能力等级", ColumnType.ENUM, choices=_ABILITIES),
    Column("年龄", ColumnType.COUNT),
    Column("床位数", ColumnType.COUNT),
    Column("入住日期", ColumnType.DATE),
    Column("金额", ColumnType.MONEY, "元"),
    Column("满意率", ColumnType.RATE, "%"),
    Column("备注", ColumnType.TEXT, required=False),
)
_WEIGHTS = tuple(pow(2, 17 - at, 11) for at in range(17))


def make(path: Path, rows: int) -> None:
    """A roster without a fault."""
    import xlsxwriter

    chance = random.Random(1)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet, day = book.add_worksheet("名单"), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, [*(column.name for column in COLUMNS[:9]), "金额（元）", "满意率（%）", "备注"])
    for at in range(1, rows + 1):
        texts = {
            1: f"机构{at % 500}",
            2: f"张{at % 9973}",
            3: _citizen(at),
            4: f"2021-{1 + at % 12:02d}",
            5: _ABILITIES[at % 3],
        }
        numbers = {
            0: at,
            6: 60 + at % 40,
            7: at % 300,
            9: round(200 + chance.random() * 800, 2),
            10: 90 + at % 100 / 10,
        }
        for column in range(11):
            if column in texts:
                sheet.write_string(at, column, texts[column])
            elif column in numbers:
                sheet.write_number(at, column, numbers[column])
            else:
                sheet.write_datetime(at, column, datetime(2020, 1, 1) + timedelta(days=at % 700), day)  # noqa: DTZ001
        if at % 50 == 0:
            sheet.write_string(at, 11, "说明文字")
    book.close()


def _citizen(at: int) -> str:
    body = f"370304{1940 + at // 336000 % 20}{1 + at // 28 % 12:02d}{1 + at % 28:02d}{at // 336 % 1000:03d}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def by_intake(path: Path) -> int:
    """Read, validated and typed, with the place of every row."""
    from hengji.engines.intake.bulk import take_in

    with tempfile.TemporaryDirectory() as folder:
        taken = take_in(TableDeclaration("名单", path.name, COLUMNS), path, Path(folder))
        assert not taken.findings, taken.findings[:3]
        return taken.rows


def by_fastexcel(path: Path) -> int:
    """Every column as text into Arrow."""
    import fastexcel

    sheet = fastexcel.read_excel(path).load_sheet(0, dtypes="string")
    sheet.__arrow_c_array__()
    return int(sheet.height)


def by_openpyxl(path: Path) -> int:
    """Every cell once, read-only."""
    from openpyxl import load_workbook

    sheet = load_workbook(path, read_only=True).worksheets[0]
    return sum(1 for _ in sheet.iter_rows(min_row=2, values_only=True))


CONTENDERS: Mapping[str, Callable[[Path], int]] = {
    "intake": by_intake,
    "fastexcel": by_fastexcel,
    "openpyxl": by_openpyxl,
}


def alone(contender: str, path: Path) -> None:
    """One contender in this process: imports are not timed, as a verb has loaded them when it meets the file."""
    import duckdb
    import fastexcel
    import openpyxl

    import hengji.engines.intake.bulk

    assert all((duckdb, fastexcel, openpyxl, hengji.engines.intake.bulk))
    begin = perf_counter()
    rows = CONTENDERS[contender](path)
    seconds = perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"rows": rows, "seconds": seconds, "rss_mb": peak}))


def compete(rows: int, rounds: int) -> dict[str, object]:
    """All contenders in turns over one file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "名单.xlsx"
        make(path, rows)
        taken: dict[str, list[dict[str, float]]] = {name: [] for name in CONTENDERS}
        for turn in range(rounds):
            for name in CONTENDERS:
                if name == "openpyxl" and turn >= SLOW_ROUNDS:
                    continue
                command = [sys.executable, "-m", "bench.intake", "--alone", name, "--file", str(path)]
                answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
                assert answer["rows"] == rows, (name, answer)
                taken[name].append(answer)
    seconds = {name: median(each["seconds"] for each in runs) for name, runs in taken.items()}

    def faster(other: str) -> float:
        """How many times as fast as ``other`` we are: the median of the rounds that both ran."""
        return median(
            theirs["seconds"] / ours["seconds"] for theirs, ours in zip(taken[other], taken["intake"], strict=False)
        )

    return {
        "rows": rows,
        "seconds": {name: round(value, 3) for name, value in seconds.items()},
        "rows_per_second": {name: round(rows / value) for name, value in seconds.items()},
        "rss_mb": {name: max(each["rss_mb"] for each in runs) for name, runs in taken.items()},
        "ratios": {
            "speed_vs_fastexcel": round(faster("fastexcel"), 3),
            "speed_vs_openpyxl": round(faster("openpyxl"), 2),
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--alone", choices=list(CONTENDERS))
    parser.add_argument("--file", type=Path)
    given = parser.parse_args()
    if given.alone:
        alone(given.alone, given.file)
        return
    found = compete(given.rows, given.rounds)
    if given.json:
        print(json.dumps(found, ensure_ascii=False))
        return
    for key, values in found.items():
        print(f"{key}: {values}")


if __name__ == "__main__":
    main()
