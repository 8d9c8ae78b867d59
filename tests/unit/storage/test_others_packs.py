"""Packs of others: a package that is installed and names itself in our group."""

import os
import subprocess
import sys
from pathlib import Path

ASK = "from hengji.storage.policy_packs import policy_names; print('\\n'.join(policy_names()))"


def _policies(folder: Path) -> list[str]:
    path = os.pathsep.join([str(folder), *filter(None, sys.path)])
    done = subprocess.run(
        [sys.executable, "-c", ASK], env={**os.environ, "PYTHONPATH": path}, check=True, capture_output=True
    )
    return done.stdout.decode().split()


def test_its_policies_stand_beside_our_own(tmp_path: Path) -> None:
    ours = _policies(tmp_path)
    policy = tmp_path / "theirs" / "policies" / "lake-cleaning-2024"
    policy.mkdir(parents=True)
    (policy / "law.md").write_text("# 湖泊清淤补助\n", "utf-8")
    (tmp_path / "theirs" / "__init__.py").touch()
    assert _policies(tmp_path) == ours
    told = tmp_path / "theirs-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: theirs\nVersion: 1.0\n")
    (told / "entry_points.txt").write_text("[hengji.packs]\ntheirs = theirs\n")
    assert _policies(tmp_path) == sorted([*ours, "lake-cleaning-2024"])
