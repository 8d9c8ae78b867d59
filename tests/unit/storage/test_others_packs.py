"""Packs of others: a package that is installed and names itself in our group."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hengji.storage.policy_packs import text_of

ASK = "from hengji.storage.policy_packs import policy_names; print('\\n'.join(policy_names()))"
READ = "from hengji.storage.packs import lexicon; print(*[fault.found for fault in lexicon()[1]], sep='\\n')"
POLICY = "lake-cleaning-2024"


def _answer(folder: Path, question: str) -> list[str]:
    path = os.pathsep.join([str(folder), *filter(None, sys.path)])
    done = subprocess.run(
        [sys.executable, "-c", question], env={**os.environ, "PYTHONPATH": path}, check=True, capture_output=True
    )
    return done.stdout.decode().split()


def _policies(folder: Path) -> list[str]:
    return _answer(folder, ASK)


def _packed(home: Path) -> None:
    (home / "policies" / POLICY).mkdir(parents=True)
    (home / "policies" / POLICY / "law.md").write_text("# 湖泊清淤补助\n", "utf-8")


def _installed(folder: Path, package: str) -> None:
    told = folder / "theirs-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: theirs\nVersion: 1.0\n")
    (told / "entry_points.txt").write_text(f"[hengji.packs]\ntheirs = {package}\n")


def test_its_policies_stand_beside_our_own(tmp_path: Path) -> None:
    ours = _policies(tmp_path)
    _packed(tmp_path / "theirs")
    assert _policies(tmp_path) == ours
    _installed(tmp_path, "theirs")
    assert _policies(tmp_path) == sorted([*ours, POLICY])


@pytest.mark.parametrize("package", ["theirs", "theirs.of.water"])
def test_nothing_of_it_is_executed(tmp_path: Path, package: str) -> None:
    home = tmp_path.joinpath(*package.split("."))
    _packed(home)
    for folder in {home, tmp_path / "theirs"}:
        (folder / "__init__.py").write_text("raise SystemExit('executed')\n")
    _installed(tmp_path, package)
    assert POLICY in _policies(tmp_path)


def test_one_that_is_gone_keeps_nobody_from_the_others(tmp_path: Path) -> None:
    ours = _policies(tmp_path)
    _installed(tmp_path, "theirs")
    assert _policies(tmp_path) == ours


def test_a_text_in_another_encoding_is_read_as_far_as_it_can_be(tmp_path: Path) -> None:
    """Its reader then says what is wrong with it; whoever asks for another policy does not hear of it."""
    (tmp_path / "law.md").write_bytes("title: 补助".encode("gb18030"))
    assert text_of(tmp_path / "law.md").startswith("title: �")


def test_a_document_whose_number_is_none_is_told(tmp_path: Path) -> None:
    _installed(tmp_path, "theirs")
    (tmp_path / "theirs").mkdir()
    known = "{title: 湖泊管理办法, number: 清湖办〔2012〕3号, now: 第三号, year: 2021}"
    (tmp_path / "theirs" / "lexicon.yaml").write_text(f"documents:\n- {known}\n", "utf-8")
    assert _answer(tmp_path, READ) == ["“第三号”不是文号"]
