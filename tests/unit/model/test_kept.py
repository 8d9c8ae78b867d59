"""What was worked out before is found again; nothing that rests on something else is taken for it."""

import sys
from pathlib import Path

import pytest

from hengji.model.kept import Kept, stamps


@pytest.fixture(autouse=True)
def _byte_code_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is asked of Python where these tests run."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def _kept(file: Path, basis: object = None) -> Kept:
    first = Kept(file, basis)
    first.put(("合计", 0), [1, 2])
    first.keep()
    return Kept(file, basis)


def test_found_again(tmp_path: Path) -> None:
    kept = _kept(tmp_path / "kept")
    assert kept.get(("合计", 0)) == [1, 2]
    assert kept.get(("共计", 0)) is None


def test_of_another_basis_there_is_nothing(tmp_path: Path) -> None:
    source = tmp_path / "a.py"
    source.write_text("1\n")
    _kept(tmp_path / "kept", stamps(tmp_path))
    assert Kept(tmp_path / "kept", stamps(tmp_path)).get(("合计", 0)) == [1, 2]
    source.write_text("22\n")
    assert Kept(tmp_path / "kept", stamps(tmp_path)).get(("合计", 0)) is None


def test_a_new_source_is_another_basis(tmp_path: Path) -> None:
    before = stamps(tmp_path)
    (tmp_path / "notes.txt").write_text("no source")
    assert stamps(tmp_path) == before
    (tmp_path / "b.py").write_text("")
    assert stamps(tmp_path) != before
