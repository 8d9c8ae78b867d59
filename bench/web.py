"""The workbench over loopback: how fast answers to a questionnaire are taken in, and how long its screens take among many.

Run: python -m bench.web [--seconds N] [--rounds N] [--dossiers N] [--json]. Everything is on SQLite (WAL, synchronous=FULL), the server
a process of its own (waitress, sixteen threads), the users threads of this one.

Intake: sixteen people hand in sheets without a pause. The floor is a bare Django view in such a server, without any middleware, that does
nothing but ``SurveyAnswer.objects.create`` in the same kind of database; both run in turns, and the ratio is the median of each turn's.
``insert`` is the same create in a loop, with neither a server nor anybody else.

Without a pause, how long one waits only says how many there are and how many answers the machine gives (16 people, 400 a second: 40 ms each).
So there is a second look: sheets come at random moments, six tenths as many a second as were just taken in, whether earlier ones are
answered or not (``calm``); and ``disk`` is how long this disk takes to keep four pages, with nobody else's database in the way.

Screens: twenty members of all dossiers of Boshan's size open the home or the scoring queue of one or another; between an answer and the next
request each thinks a second on average (0.5 to 1.5). What a screen shows of each revision has been computed before.

``cpu_ms`` is what the server's process computes for one answer, whatever else the machine does.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from socket import create_connection, socket
from statistics import median
from typing import Any
from urllib.parse import urlencode

from bench.contest import ROOT
from bench.load import Arrivals, Ask, Load, Taken, arrive, drive, request

SECONDS, ROUNDS, DOSSIERS = 5.0, 3, 200
PEOPLE, USERS, THINK = 16, 20, 1.0
CALM = 0.6
PAGES, SYNCS = 4 * 4096, 400
LINK = "k" * 32
ANSWERS = {"q-题1": "非常了解", "q-题3": "及时", "q-题4": "满意", "q-题5": "非常满意", "q-题6": "再早一点发"}
SERVE = "import sys; from bench.web_server import run; run(*sys.argv[1:])"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--dossiers", type=int, default=DOSSIERS)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        figures = intake(Path(home), given.seconds, given.rounds)
    if given.dossiers:
        with tempfile.TemporaryDirectory() as home:
            figures |= screens(Path(home), given.dossiers, max(given.seconds * given.rounds, 20))
    print(json.dumps(figures, ensure_ascii=False, indent=2) if given.json else _told(figures))


def _told(figures: dict[str, Any]) -> str:
    return "\n".join(f"{name:28} {value:,.2f}" for name, value in figures.items())


@dataclass(frozen=True, slots=True)
class Served:
    """A server at work."""

    port: int
    pid: int

    def cpu_ms(self) -> float:
        """Milliseconds for which it has computed so far, as the system counts them."""
        counted = Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return sum(map(int, counted[11:13])) * 1000 / os.sysconf("SC_CLK_TCK")


@contextmanager
def server(home: Path, kind: str) -> Iterator[Served]:
    """A server of that kind with its database in ``home``."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    environment = {**os.environ, "HENGJI_PROXY": "1", "HENGJI_LONE": "0", "HENGJI_HOME": str(home)}
    command = [sys.executable, "-c", SERVE, kind, str(home), str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        _await(port, process)
        yield Served(port, process.pid)
    finally:
        process.kill()
        process.wait()


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


def prepared(home: Path, *what: str) -> str:
    """Fill a database; what was printed about it."""
    environment = {**os.environ, "HENGJI_HOME": str(home), "HENGJI_LONE": "0"}
    command = [sys.executable, "-m", "bench.web_server", str(home), *what]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout


def intake(home: Path, seconds: float, rounds: int) -> dict[str, float]:
    """Answers a second, ours and the floor's, and how long one waits."""
    homes = {kind: home / kind for kind in ("ours", "bare")}
    for each in homes.values():
        prepared(each, "link", LINK)
    taken: dict[str, list[Taken]] = {"ours": [], "bare": []}
    load = Load(PEOPLE, seconds)
    with server(homes["ours"], "ours") as ours, server(homes["bare"], "bare") as bare:
        both = (("ours", ours, _sheets(f"/s/{LINK}/")), ("bare", bare, _sheets("/")))
        for _, one, asks in both:
            drive(one.port, Load(PEOPLE, 1.0), asks)
        before = {kind: one.cpu_ms() for kind, one, _ in both}
        for _ in range(rounds):
            for kind, one, asks in both:
                taken[kind].append(drive(one.port, load, asks))
        cpu = {kind: (one.cpu_ms() - before[kind]) / _answers(taken[kind]) for kind, one, _ in both}
        calm = [_calm(one, taken[kind], seconds * rounds, asks) for kind, one, asks in both]
    for run in (*taken["ours"], *taken["bare"], *calm):
        assert set(run.statuses) == {302}, run.statuses
    named = tuple(zip(("intake", "bare_view"), calm, strict=True))
    speed = {kind: median(each.a_second for each in runs) for kind, runs in taken.items()}
    disk = _disk(home)
    alone = median(float(prepared(homes["bare"], "insert")) for _ in range(rounds))
    return {
        "intake_a_second": speed["ours"],
        "bare_view_a_second": speed["bare"],
        "ratio_to_bare_view": median(
            ours.a_second / bare.a_second for ours, bare in zip(taken["ours"], taken["bare"], strict=True)
        ),
        "insert_a_second": alone,
        "ratio_to_insert": speed["ours"] / alone,
        "intake_p50_ms": median(each.ms(0.5) for each in taken["ours"]),
        "intake_p99_ms": median(each.ms(0.99) for each in taken["ours"]),
        "bare_view_p99_ms": median(each.ms(0.99) for each in taken["bare"]),
        "intake_cpu_ms": cpu["ours"],
        "bare_view_cpu_ms": cpu["bare"],
        **{f"{name}_calm_p{share:02.0f}_ms": one.ms(share / 100) for name, one in named for share in (50, 99)},
        "intake_calm_a_second": calm[0].a_second,
        "disk_p50_ms": disk[len(disk) // 2],
        "disk_p99_ms": disk[len(disk) * 99 // 100],
    }


def _calm(one: Served, runs: list[Taken], seconds: float, asks: Any) -> Taken:
    """The same server when fewer come than it could take in."""
    return arrive(one.port, Arrivals(CALM * median(each.a_second for each in runs), seconds), asks)


def _disk(home: Path) -> list[float]:
    """How many milliseconds it takes until some pages are on the disk, sorted."""
    found = []
    with (home / "pages").open("wb", buffering=0) as file:
        for _ in range(SYNCS):
            file.write(os.urandom(PAGES))
            begin = time.perf_counter()
            os.fdatasync(file.fileno())
            found.append((time.perf_counter() - begin) * 1000)
    return sorted(found)


def _answers(runs: list[Taken]) -> int:
    return sum(len(each.latencies) for each in runs)


def _sheets(path: str) -> Any:
    """Each sheet from an address of its own, as phones have; the limit of one address is not what is measured."""

    def of(user: int) -> Ask:
        random = Random(f"{user} {time.time()}")

        def ask(_: int) -> bytes:
            body = urlencode(ANSWERS | {"sheet": f"{random.getrandbits(128):032x}"}).encode()
            address = ".".join(str(random.randrange(1, 255)) for _ in range(4))
            return request("POST", path, {"X-Forwarded-For": address}, body)

        return ask

    return of


def screens(home: Path, dossiers: int, seconds: float) -> dict[str, float]:
    """Latencies of the home and of the scoring queue, in ms, as twenty people see them."""
    filled = json.loads(prepared(home, "dossiers", str(dossiers), str(USERS)))
    found: dict[str, float] = {"dossiers": dossiers, "users": USERS, "think_seconds": THINK}
    with server(home, "ours") as ours:
        for name, tail in (("home", ""), ("scoring", "scoring/")):
            first = _opening(filled, tail, "first")
            drive(ours.port, Load(USERS, 3.0, THINK), first)
            before = ours.cpu_ms()
            taken = drive(ours.port, Load(USERS, seconds, THINK), _opening(filled, tail, "then"))
            assert set(taken.statuses) == {200}, taken.statuses
            found |= {
                f"{name}_p50_ms": taken.ms(0.5),
                f"{name}_p99_ms": taken.ms(0.99),
                f"{name}_a_second": taken.a_second,
                f"{name}_cpu_ms": (ours.cpu_ms() - before) / len(taken.latencies),
            }
    return found


def _opening(filled: dict[str, list[str]], tail: str, seed: str) -> Any:
    def of(user: int) -> Ask:
        random = Random(f"{user} {seed}")
        cookie = {"Cookie": f"sessionid={filled['sessions'][user]}"}
        return lambda _: request("GET", f"/d/{random.choice(filled['dossiers'])}/{tail}", cookie)

    return of


if __name__ == "__main__":
    main()
