"""How long the 2021 operating award takes over a roster: ours beside SQL by hand, Polars, pandas, OpenFisca, Spark and a bare scan.

Run: python -m bench.entitlements --rows N [--rounds N] [--only NAME …] [--folder PATH] [--json]. Every contender is a process of
its own; they run in turns, so that a slow minute slows all of them, and each ratio is the median of the ratios of the turns. All
must give the same total to the fen. A contender whose library is not installed is left out, with the reason: the libraries of
the others are only in .venv-bench (make bench-contenders).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import gettempdir

from bench import rosters
from bench.contenders import CONTENDERS
from bench.contest import WARM_UP, Files, Process

RATIOS = {
    "institution_vs_sql": ("institution", "sql"),
    "provenance_vs_sql": ("provenance", "sql"),
    "sets_vs_one": ("sets", "institution"),
    "vs_scan": ("institution", "scan"),
    "openfisca_vs_ours": ("openfisca", "institution"),
    "policyengine_vs_ours": ("policyengine", "institution"),
    "pandas_vs_ours": ("pandas", "institution"),
    "polars_vs_ours": ("polars", "institution"),
    "spark_vs_ours": ("spark", "institution"),
}
MANY = 50_000_000
"""From so many rows on a contender gets a new process for each turn: what it keeps would leave too little memory to the next."""
ROUNDS, FEW_ROUNDS = 7, 3
FOLDER = Path(gettempdir()) / "hengji-bench"


@dataclass(slots=True)
class Measured:
    """What came of the turns, by contender."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    held: dict[str, float] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)

    def note(self, name: str, answer: Mapping[str, float | None]) -> None:
        """One turn of a contender."""
        seconds, held, total = answer["seconds"], answer["rss_mb"], answer["total"]
        assert seconds is not None
        assert held is not None
        self.seconds.setdefault(name, []).append(seconds)
        self.held[name] = max(held, self.held.get(name, 0))
        if total is not None:
            self.totals[name] = int(total)

    def ratio(self, one: str, other: str) -> float | None:
        """The median of the ratios of the turns; None when one of the two is not there."""
        if not {one, other} <= self.seconds.keys():
            return None
        return median(a / b for a, b in zip(self.seconds[one], self.seconds[other], strict=True))


def measure(rows: int, rounds: int, folder: Path, names: Sequence[str] = tuple(CONTENDERS)) -> dict[str, object]:
    """Seconds, memory and ratios of all contenders that can run."""
    files, small = rosters.write(folder, rows), rosters.write(folder, WARM_UP)
    measured = Measured()
    run = _one_by_one if rows >= MANY else _side_by_side
    run(names, rounds, files, small, measured)
    if len(set(measured.totals.values())) > 1:
        raise ValueError(f"totals differ: {measured.totals}")
    ratios = {name: measured.ratio(*pair) for name, pair in RATIOS.items()}
    held = measured.held
    memory = held["openfisca"] / held["institution"] if {"openfisca", "institution"} <= held.keys() else None
    return {
        "rows": rows,
        "rounds": rounds,
        "total_fen": next(iter(measured.totals.values()), None),
        "seconds": {name: median(seconds) for name, seconds in measured.seconds.items()},
        "rss_mb": held,
        "ratios": ratios | {"memory_openfisca_vs_ours": memory},
        "skipped": measured.skipped,
    }


def _side_by_side(names: Sequence[str], rounds: int, files: Files, small: Files, measured: Measured) -> None:
    """All contenders are there for all turns; the first turn over the whole roster does not count."""
    processes: dict[str, Process] = {}
    try:
        for name in names:
            process = Process(name, small, files[0].parent)
            if process.missing:
                measured.skipped[name] = f"{process.missing} is not installed"
                process.stop()
                continue
            processes[name] = process
            process.run(files)
        for _ in range(rounds):
            for name, process in processes.items():
                measured.note(name, process.run(files))
    finally:
        for process in processes.values():
            process.stop()


def _one_by_one(names: Sequence[str], rounds: int, files: Files, small: Files, measured: Measured) -> None:
    """Each contender alone for each turn."""
    for _ in range(rounds):
        for name in names:
            if name in measured.skipped:
                continue
            process = Process(name, small, files[0].parent)
            if process.missing:
                measured.skipped[name] = f"{process.missing} is not installed"
            else:
                measured.note(name, process.run(files))
            process.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, help=f"{ROUNDS}, or {FEW_ROUNDS} from {MANY} rows on")
    parser.add_argument("--only", nargs="+", choices=list(CONTENDERS), default=list(CONTENDERS), metavar="NAME")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    rounds = given.rounds or (FEW_ROUNDS if given.rows >= MANY else ROUNDS)
    found = measure(given.rows, rounds, given.folder, given.only)
    print(json.dumps(found, ensure_ascii=False, indent=2) if given.json else _as_text(found))


def _as_text(found: Mapping[str, object]) -> str:
    lines = []
    for part, values in found.items():
        if not isinstance(values, dict):
            lines.append(f"{part} {values}")
            continue
        lines.append(part)
        lines += [f"  {name:26} {f'{it:.3f}' if isinstance(it, float) else it}" for name, it in values.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
