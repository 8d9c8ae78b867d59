"""Commits without end, killed at random points: python -m tests.web.crashing HOME ROUNDS prints what came of it as JSON.

Each round is a process of its own that says a commit's digest only when the commit has returned.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

from hengji.web.serving import open_at, verified


def main(home: Path, rounds: int) -> None:
    open_at(home)
    from django.db import connection

    from hengji.web import store
    from hengji.web.events import record
    from hengji.web.models import Dossier, Event, StoredRevision

    number = store.create({"甲.md": b"0"}, "主评人", "新建").pk
    acknowledged: list[str] = []
    chance = random.Random(20211)
    for _ in range(rounds):
        connection.close()
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            _commit_without_end(Dossier.objects.get(pk=number), writing, store.commit, record)
        os.close(writing)
        with os.fdopen(reading, encoding="ascii") as said:
            acknowledged.append(said.readline().strip())
            time.sleep(chance.uniform(0, 0.15))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            acknowledged += [line.strip() for line in said if line.endswith("\n")]
    revisions, breaks = verified()
    kept = set(StoredRevision.objects.values_list("digest", flat=True))
    lost = [digest for digest in acknowledged if digest not in kept]
    counts = {"acknowledged": len(acknowledged), "revisions": revisions, "events": Event.objects.count()}
    told = counts | {"lost": lost, "breaks": [each.message for each in breaks]}
    sys.stdout.write(json.dumps(told, ensure_ascii=False))


def _commit_without_end(dossier: Any, writing: int, commit: Any, record: Any) -> None:
    content = 0
    while True:
        content += 1
        edits = {
            "甲.md": f"{os.getpid()}-{content}".encode(),
            f"乙{content % 5}.md": b"x" * 5000 + str(content).encode(),
        }
        done = commit(dossier, dossier.head, edits, "评价人员", "编制")
        os.write(writing, f"{done.digest}\n".encode())
        record(None, "编制", done.digest[:12], who="评价人员")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
