"""How long the 2021 operating award takes over a roster: ours beside SQL by hand, Polars, pandas, OpenFisca and a bare scan.

Run: python -m bench.entitlements --rows N [--rounds N] [--folder PATH] [--json]. Every contender is a
process of its own; they run in turns, so that a slow minute slows all of them, and each ratio is the median of the ratios of
the turns. All must give the same total to the fen. A contender whose library is not installed is left out, with the reason.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from tempfile import gettempdir
from time import perf_counter

from bench import contenders, rosters

RATIOS = {
    "institution_vs_sql": ("institution", "sql"),
    "provenance_vs_sql": ("provenance", "sql"),
    "vs_scan": ("institution", "scan"),
    "openfisca_vs_ours": ("openfisca", "institution"),
    "pandas_vs_ours": ("pandas", "institution"),
    "polars_vs_ours": ("polars", "institution"),
}
LIBRARIES = {"pandas": ("pandas", "pyarrow"), "polars": ("polars",), "openfisca": ("openfisca_core",)}
Contender = Callable[[Path, Path, Path], int | None]
CONTENDERS: Mapping[str, Contender] = {
    "institution": contenders.institution,
    "provenance": contenders.provenance,
    "sql": contenders.sql,
    "scan": contenders.scan,
    "polars": contenders.polars,
    "pandas": contenders.pandas,
}


def contend(name: str, roster: Path, homes: Path, folder: Path) -> None:
    """A contender's process: runs once for each line that it is sent, and says how long it took, its total and its memory."""
    work = CONTENDERS[name]
    for _ in sys.stdin:
        started = perf_counter()
        total = work(roster, homes, folder)
        seconds = perf_counter() - started
        used = _most_memory()
        print(json.dumps({"seconds": seconds, "total": total, "rss_mb": used}), flush=True)


def _most_memory() -> float:
    """The most that this process has held, in MB; what its parent held before it does not count."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def reason_to_skip(name: str, python: str) -> str:
    """Why a contender cannot run; empty when it can."""
    if name not in CONTENDERS:
        return f"{name}: no contender written"
    missing = [each for each in LIBRARIES.get(name, ()) if importlib.util.find_spec(each) is None]
    return f"{', '.join(missing)} not installed in {Path(python).name}" if missing else ""


def measure(rows: int, rounds: int, folder: Path) -> dict[str, object]:
    """Seconds, memory and ratios of all contenders that can run."""
    folder.mkdir(parents=True, exist_ok=True)
    roster, homes = rosters.write(folder, rows)
    skipped = {name: why for name in (*CONTENDERS, "openfisca") if (why := reason_to_skip(name, sys.executable))}
    running = {name: _start(name, roster, homes, folder) for name in CONTENDERS if name not in skipped}
    taken: dict[str, list[float]] = {name: [] for name in running}
    used: dict[str, float] = {}
    totals: dict[str, int] = {}
    for turn in range(rounds + 1):
        for name, process in running.items():
            answer = _ask(process)
            used[name] = answer["rss_mb"]
            if answer["total"] is not None:
                totals[name] = int(answer["total"])
            if turn:  # the first is to warm up
                taken[name].append(answer["seconds"])
    for process in running.values():
        process.communicate()
    assert len(set(totals.values())) == 1, totals
    ratios: dict[str, float | None] = {
        name: median(a / b for a, b in zip(taken[one], taken[other], strict=True))
        if {one, other} <= taken.keys()
        else None
        for name, (one, other) in RATIOS.items()
    }
    ratios["memory_openfisca_vs_ours"] = used["openfisca"] / used["institution"] if "openfisca" in used else None
    return {
        "rows": rows,
        "total_fen": totals["sql"],
        "seconds": {name: median(seconds) for name, seconds in taken.items()},
        "rss_mb": used,
        "ratios": ratios,
        "skipped": skipped,
    }


def _start(name: str, roster: Path, homes: Path, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench.entitlements", "--contender", name, str(roster), str(homes), str(folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _ask(process: subprocess.Popen[str]) -> dict[str, float]:
    assert process.stdin
    assert process.stdout
    process.stdin.write("go\n")
    process.stdin.flush()
    answer: dict[str, float] = json.loads(process.stdout.readline())
    return answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--folder", type=Path, default=Path(gettempdir()) / "hengji-bench")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--contender", nargs=4, metavar=("NAME", "ROSTER", "HOMES", "FOLDER"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.contender:
        name, *paths = given.contender
        contend(name, *(Path(path) for path in paths))
        return
    found = measure(given.rows, given.rounds, given.folder)
    if given.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for part in ("seconds", "rss_mb", "ratios", "skipped"):
        print(part)
        values = found[part]
        assert isinstance(values, dict)
        for name, value in values.items():
            print(f"  {name:26} {f'{value:.3f}' if isinstance(value, float) else value}")


if __name__ == "__main__":
    main()
