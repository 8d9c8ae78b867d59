"""Whether time grows like the rows: aggregates and every row's reasons over 1, 10, 100 and 540 million resident-months.

Run: python -m bench.scale [--rows N …] [--rounds N] [--memory 5GB] [--folder PATH] [--json]. Each round is a process of its own.
The exponent is the slope of the line through the logarithms of rows and seconds. It is told twice: of all seconds, and of those beyond
what a roster of ten thousand rows takes in the same process, which is the same for every size.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean, median
from time import perf_counter
from typing import TYPE_CHECKING

from bench import rosters
from bench.contest import ROOT, WARM_UP, most_memory
from bench.entitlements import FOLDER, MANY

if TYPE_CHECKING:
    from hengji.engines.columnar.results import Result

ROWS = (1_000_000, 10_000_000, 100_000_000, 540_000_000)
ROUNDS, MEMORY = 3, "5GB"
NAMES = ("institution", "both")
ROWS_FILE = "scale-rows.parquet"


def alone(roster: Path, homes: Path, folder: Path, memory: str) -> None:
    """The recipients alone, and with every row, at most ``memory`` for the database; before that the same of a small roster, twice."""
    small = rosters.write(folder, WARM_UP)
    _seconds(*small, folder, memory)
    start, _ = _seconds(*small, folder, memory)
    seconds, results = _seconds(roster, homes, folder, memory)
    totals = {int(sum(result.totals.values())) for result in results}
    assert len(totals) == 1, totals
    answer = {"start": start, "seconds": seconds, "rss_mb": most_memory(), "total_fen": totals.pop()}
    print(json.dumps(answer | {"rows": results[0].rows}))


def _seconds(roster: Path, homes: Path, folder: Path, memory: str) -> tuple[dict[str, float], list[Result]]:
    from bench.contenders import policy

    from hengji.engines import columnar
    from hengji.engines.columnar import Grain

    read = policy()
    homes_alone = {Grain.INSTITUTION: folder / "scale.parquet"}
    seconds: dict[str, float] = {}
    found = []
    for name, wanted in zip(NAMES, (homes_alone, homes_alone | {Grain.ROW: folder / ROWS_FILE}), strict=True):
        started = perf_counter()
        results = columnar.run_grains(read, {"入住人月": roster, "机构信息": homes}, wanted, memory)
        seconds[name] = perf_counter() - started
        found += results.values()
    return seconds, found


def exponent(rows: Sequence[int], seconds: Sequence[float]) -> float:
    """The slope of log seconds over log rows, by least squares."""
    x, y = [math.log(each) for each in rows], [math.log(each) for each in seconds]
    middle, level = fmean(x), fmean(y)
    return sum((a - middle) * (b - level) for a, b in zip(x, y, strict=True)) / sum((a - middle) ** 2 for a in x)


def measure(sizes: Sequence[int], rounds: int, folder: Path, memory: str) -> dict[str, object]:
    """Seconds, memory and bytes by size, and the exponents."""
    runs = []
    for size in sizes:
        files = rosters.write(folder, size)
        command = [sys.executable, "-m", "bench.scale", "--alone", *map(str, (*files, folder)), "--memory", memory]
        answers = []
        for _ in range(rounds if size >= MANY else rounds + 1):
            done = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
            answers.append(json.loads(done.stdout))
        counted = answers[-rounds:]  # the first of a small roster brings the file into memory
        seconds, start = (
            {name: median(each[part][name] for each in counted) for name in NAMES} for part in ("seconds", "start")
        )
        runs.append(
            {
                "rows": answers[0]["rows"],
                "total_fen": answers[0]["total_fen"],
                "seconds": seconds,
                "start": start,
                "rss_mb": max(each["rss_mb"] for each in answers),
                "roster_bytes_per_row": files[0].stat().st_size / answers[0]["rows"],
                "outcome_bytes_per_row": (folder / ROWS_FILE).stat().st_size / answers[0]["rows"],
            }
        )
    rows = [run["rows"] for run in runs]
    return {
        "rounds": rounds,
        "memory": memory,
        "runs": runs,
        "exponents": {name: exponent(rows, [run["seconds"][name] for run in runs]) for name in NAMES},
        "exponents_beyond_start": {
            name: exponent(rows, [run["seconds"][name] - run["start"][name] for run in runs]) for name in NAMES
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=list(ROWS))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--memory", default=MEMORY)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--alone", nargs=3, type=Path, metavar=("ROSTER", "HOMES", "FOLDER"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.alone:
        alone(*given.alone, given.memory)
        return
    found = measure(given.rows, given.rounds, given.folder, given.memory)
    print(
        json.dumps(found, ensure_ascii=False, indent=2)
        if given.json
        else "\n".join(f"{k} {v}" for k, v in found.items())
    )


if __name__ == "__main__":
    main()
