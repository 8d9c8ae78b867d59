"""A county's roster, 6 000 resident-months: the whole process from the shell, ours beside OpenFisca's.

Run: python -m bench.county [--rows N] [--rounds N] [--folder PATH] [--json]. Both read the same two Parquet files, write the
recipients and must give the same total to the fen. OpenFisca runs as lean as it can be: pandas is hidden from it, because Arrow
imports it wherever it is installed; ``openfisca_with_pandas`` is the same with it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from time import perf_counter

from bench import rosters
from bench.contenders import Home
from bench.contest import ROOT, Files, interpreter
from bench.entitlements import FOLDER

ROWS, ROUNDS = 6_000, 9
_RUN = """
import sys
from pathlib import Path
{hide}
from bench.contenders import CONTENDERS
roster, homes, folder = map(Path, sys.argv[2:])
print(int(CONTENDERS[sys.argv[1]].work(roster, homes, folder)))
"""
_HIDE = """
class Hidden:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "pandas":
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Hidden)
"""


def commands(files: Files) -> Mapping[str, list[str]]:
    """What is typed, by contender."""
    roster, homes = map(str, files)
    folder = str(files[0].parent)
    theirs = interpreter(Home.THEIRS)
    tables = ["--table", f"入住人月={roster}", "--table", f"机构信息={homes}"]
    out = ["--grain", "institution", "--out", f"{folder}/county.parquet"]
    ours = [sys.executable, "-m", "hengji.cli.main", "calculate", "zb-3", *tables, "--engine", "duckdb", *out]
    return {
        "county": [*ours, "--format", "json"],
        "engine": [sys.executable, "-c", _RUN.format(hide=""), "institution", roster, homes, folder],
        "openfisca": [theirs, "-c", _RUN.format(hide=_HIDE), "openfisca", roster, homes, folder],
        "openfisca_with_pandas": [theirs, "-c", _RUN.format(hide=""), "openfisca", roster, homes, folder],
        "python": [sys.executable, "-c", "import duckdb; duckdb.connect()"],
    }


def measure(rows: int, rounds: int, folder: Path) -> dict[str, object]:
    """Seconds of whole processes, after one round that is not counted."""
    taken: dict[str, list[float]] = {}
    for turn in range(rounds + 1):
        totals = set()
        for name, command in commands(rosters.write(folder, rows)).items():
            started = perf_counter()
            done = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
            if turn:
                taken.setdefault(name, []).append(perf_counter() - started)
            totals.add(_total(name, done.stdout))
        if len(totals - {None}) > 1:
            raise ValueError(f"totals differ: {totals}")

    def ratio(other: str) -> float:
        return median(ours / theirs for ours, theirs in zip(taken["county"], taken[other], strict=True))

    return {
        "rows": rows,
        "rounds": rounds,
        "seconds": {name: median(seconds) for name, seconds in taken.items()},
        "ratios": {
            "county_vs_openfisca": ratio("openfisca"),
            "county_vs_openfisca_with_pandas": ratio("openfisca_with_pandas"),
        },
    }


def _total(name: str, said: str) -> int | None:
    """What a process says, in fen."""
    match name:
        case "county":
            return round(float(json.loads(said)["total"]) * 100)
        case "python":
            return None
        case _:
            return int(said)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = measure(given.rows, given.rounds, given.folder)
    print(
        json.dumps(found, ensure_ascii=False, indent=2)
        if given.json
        else "\n".join(f"{k} {v}" for k, v in found.items())
    )


if __name__ == "__main__":
    main()
