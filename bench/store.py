"""The clustered store: how many bytes a row takes, and how long it takes to explain one person out of it.

Run: python -m bench.store [--rows N] [--rounds N] [--folder PATH] [--json]. ``explain_ms_above_start``: in a new process for each
person, what the first explanation takes beyond the start: importing the engine, reading the policy, opening the database.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import duckdb
from bench import rosters
from bench.contest import ROOT
from bench.entitlements import FOLDER

from hengji.engines.columnar.clustered import clustered

ROWS, ROUNDS = 10_000_000, 9
ORDER = ("机构", "人员编号", "月份")


@dataclass(frozen=True)
class Moment:
    """Milliseconds: by the clock, and of processor in all threads, which other programs slow far less."""

    clock: float = field(default_factory=lambda: perf_counter() * 1000)
    processor: float = field(default_factory=lambda: process_time() * 1000)


def alone(store: Path, homes: Path, person: str) -> None:
    """One person in this process."""
    begin = Moment()
    from bench.contenders import policy

    from hengji.engines.columnar.person import explain_person
    from hengji.engines.columnar.store import connect

    read = policy()
    connect().close()  # the first of a process takes longer than those after it
    opening = Moment()
    connect().close()
    started = Moment()
    explained = explain_person(read, {"入住人月": store, "机构信息": homes}, "人员编号", person)
    ended = Moment()
    assert not explained.findings, explained.findings
    told = {
        "rows": len(explained.rows),
        "ms": (ended.clock - started.clock) - (started.clock - opening.clock),
        "processor_ms": (ended.processor - started.processor) - (started.processor - opening.processor),
        "start_ms": started.clock - begin.clock,
    }
    print(json.dumps(told))


def measure(rows: int, rounds: int, folder: Path) -> dict[str, object]:
    """The store is written anew; the persons stand evenly over it."""
    roster, homes = rosters.write(folder, rows)
    store = folder / f"clustered-{rows}.parquet"
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")  # it would stand among what is printed
    started = perf_counter()
    connection.execute(clustered(f"SELECT * FROM '{roster}'", ORDER, store))
    written = perf_counter() - started
    count = connection.execute(f"SELECT count(*) FROM '{store}'").fetchone()
    assert count is not None
    places = [count[0] * at // rounds for at in range(rounds)]
    asked = (
        f"SELECT 人员编号 FROM read_parquet('{store}', file_row_number = true) WHERE file_row_number IN {tuple(places)}"
    )
    persons = [str(person) for (person,) in connection.execute(asked).fetchall()]
    answers = []
    for person in persons:
        command = [sys.executable, "-m", "bench.store", "--alone", str(store), str(homes), person]
        done = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
        answers.append(json.loads(done.stdout))
    return {
        "rows": count[0],
        "rounds": rounds,
        "write_seconds": written,
        "bytes_per_row": store.stat().st_size / count[0],
        "month_major_bytes_per_row": roster.stat().st_size / count[0],
        "explain_ms_above_start": median(each["ms"] for each in answers),
        "explain_processor_ms_above_start": median(each["processor_ms"] for each in answers),
        "explain_ms_slowest": max(each["ms"] for each in answers),
        "start_ms": median(each["start_ms"] for each in answers),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--alone", nargs=3, metavar=("STORE", "HOMES", "PERSON"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.alone:
        store, homes, person = given.alone
        alone(Path(store), Path(homes), person)
        return
    found = measure(given.rows, given.rounds, given.folder)
    print(
        json.dumps(found, ensure_ascii=False, indent=2)
        if given.json
        else "\n".join(f"{k} {v}" for k, v in found.items())
    )


if __name__ == "__main__":
    main()
