"""Nothing is lost by a crash between two writes."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROUNDS = 15


def test_every_acknowledged_commit_survives_kill_9(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in {"DJANGO_SETTINGS_MODULE", "HENGJI_DATABASE_URL"}}
    done = subprocess.run(
        [sys.executable, "-m", "tests.web.crashing", str(tmp_path), str(ROUNDS)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["acknowledged"] > ROUNDS
    assert told["lost"] == []
    assert told["breaks"] == []
    assert told["revisions"] - told["acknowledged"] <= ROUNDS + 1
