"""Contenders in processes of their own: started with their interpreter, warmed up, asked in turns, and what each has held.

A contender's process: python -m bench.contest NAME FOLDER ROSTER HOMES. It says that it is ready, or what it lacks; then it runs
once for each line that it is sent. What its libraries print goes to the other stream.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter
from typing import Any

from bench.contenders import CONTENDERS, Home

ROOT = Path(__file__).parents[1]
WARM_UP = 10_000
"""Rows of the roster that a contender runs over before it is timed, so that what it imports and compiles is there."""

Files = tuple[Path, Path]


def interpreter(home: Home) -> str:
    """The interpreter of a home; ours where the other is not installed."""
    theirs = ROOT / Home.THEIRS.value / "bin" / "python"
    return str(theirs) if home is Home.THEIRS and theirs.exists() else sys.executable


class Process:
    """A contender that is running; ``missing`` says what it lacks."""

    def __init__(self, name: str, small: Files, folder: Path) -> None:
        command = [interpreter(CONTENDERS[name].home), "-m", "bench.contest", name, str(folder), *map(str, small)]
        self._said = TemporaryFile("w+")  # noqa: SIM115 open as long as it runs; a pipe that nobody reads would stop it
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said, text=True
        )
        self.missing = str(self._answer().get("missing", ""))

    def run(self, files: Files) -> dict[str, Any]:
        """``seconds``, ``total`` in fen or None, and ``rss_mb``."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps([str(path) for path in files]) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def stop(self) -> None:
        self._process.communicate()
        self._said.close()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            self._process.wait()
            self._said.seek(0)
            raise RuntimeError(self._said.read())
        answer: dict[str, Any] = json.loads(line)
        return answer


def serve(name: str, folder: Path, small: Files) -> None:
    """The contender's side."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    work = CONTENDERS[name].work
    try:
        work(*small, folder)
    except ModuleNotFoundError as error:
        print(json.dumps({"missing": error.name}), file=answers, flush=True)
        return
    print(json.dumps({}), file=answers, flush=True)
    for line in sys.stdin:
        roster, homes = map(Path, json.loads(line))
        started = perf_counter()
        total = work(roster, homes, folder)
        seconds = perf_counter() - started
        answer = {"seconds": seconds, "total": total, "rss_mb": most_memory()}
        print(json.dumps(answer), file=answers, flush=True)


def most_memory(process: str = "self") -> float:
    """The most that a process and those that it started have held, in MB; what its parent held before it does not count."""
    home = Path("/proc") / process
    held = _text(home / "status").partition("VmHWM:")[2].split()
    children = [child for task in (home / "task").glob("*") for child in _text(task / "children").split()]
    return (int(held[0]) / 1024 if held else 0) + sum(most_memory(child) for child in children)


def _text(path: Path) -> str:
    """What the system says of a process or thread; nothing when it has just ended."""
    try:
        return path.read_text("ascii")
    except (FileNotFoundError, ProcessLookupError):
        return ""


if __name__ == "__main__":
    called, where, *files = sys.argv[1:]
    serve(called, Path(where), (Path(files[0]), Path(files[1])))
