"""A text that was decoded before gives the same without the codec; nothing that has changed since is taken for it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hengji.model.kept import Kept
from hengji.model.lexicon import Lexicon, Slip
from hengji.model.profile import Profile
from hengji.storage.codec import decode
from hengji.storage.decoded import read_by
from hengji.storage.policy_packs import OWN, text_of

SLIPS = "slips: [{wrong: 部署工作, right: 布置工作, why: 词不对, form: true}]"
KIND = ("hengji.model.lexicon", "Lexicon", "words.yaml")


@pytest.fixture(autouse=True)
def _byte_code_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is asked of Python where these tests run."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


@pytest.mark.parametrize("path", sorted((OWN / "profiles").iterdir()), ids=lambda path: path.stem)
def test_the_first_time_and_every_other_time(tmp_path: Path, path: Path) -> None:
    made = decode(Profile, text_of(path), path.name)
    first = Kept(tmp_path / "packs")
    assert read_by(first, Profile, text_of(path), path.name) == (made.value, made.findings)
    first.keep()
    again = Kept(tmp_path / "packs")
    assert read_by(again, Profile, text_of(path), path.name) == (made.value, made.findings)
    assert made.value is not None


def test_faults_are_told_every_time(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "packs")
    value, faults = read_by(kept, Lexicon, "slips: 3", "words.yaml")
    assert [fault.code for fault in faults] == ["L103"]
    assert read_by(kept, Lexicon, "slips: 3", "words.yaml") == (value, faults)


def test_another_text_is_another_thing(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "packs")
    read_by(kept, Lexicon, SLIPS, "words.yaml")
    value, _ = read_by(kept, Lexicon, SLIPS.replace("词不对", "用词不当"), "words.yaml")
    assert value == Lexicon((Slip("部署工作", "布置工作", "用词不当", form=True),))


def test_nothing_is_taken_from_another_version_of_the_house(tmp_path: Path) -> None:
    old = Kept(tmp_path / "packs", "yesterday")
    old.put((*KIND, SLIPS), b"what the classes of yesterday would have made")
    old.keep()
    value, _ = read_by(Kept(tmp_path / "packs", "today"), Lexicon, SLIPS, "words.yaml")
    assert value == Lexicon((Slip("部署工作", "布置工作", "词不对", form=True),))


def test_a_second_start_needs_no_yaml(tmp_path: Path) -> None:
    ask = "import sys; from hengji.storage.packs import lexicon, profiles; lexicon(), profiles(); print('yaml' in sys.modules)"
    every = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(tmp_path)}
    told = [subprocess.run([sys.executable, "-c", ask], env=every, check=True, capture_output=True) for _ in range(2)]
    assert [each.stdout.split() for each in told] == [[b"True"], [b"False"]]
