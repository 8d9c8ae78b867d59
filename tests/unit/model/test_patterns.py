"""A kept pattern is the pattern that ``re.compile`` makes, word by word of its code: that is what patterns are compared by."""

import importlib
import marshal
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

import hengji.checks
import hengji.reading
from hengji.model.kept import Kept
from hengji.model.patterns import pattern, planned

EXPRESSIONS = [
    (r"其中|包括|分别为", 0),
    (r"(?P<amount>\d+(?:\.\d+)?)(?P<unit>万元|元)(?![^,。;])", 0),
    (r"^[一二三四五六七八九十]+、|(?i:xx)+", re.MULTILINE),
    (r"(?P<sign>[“”])[^“”]*(?P=sign)(?#说明)", re.IGNORECASE | re.DOTALL),
    ("", 0),
]


@pytest.fixture(autouse=True)
def _byte_code_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is asked of Python where these tests run."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def _told(code: str, environment: Mapping[str, str]) -> str:
    """What a process of its own prints."""
    every = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", **environment}
    return subprocess.run([sys.executable, "-c", code], env=every, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize(("expression", "flags"), EXPRESSIONS)
def test_the_first_time_and_every_other_time(tmp_path: Path, expression: str, flags: int) -> None:
    made = re.compile(expression, flags)
    first = Kept(tmp_path / "patterns")
    assert planned(expression, flags, first) == made
    first.keep()
    again = planned(expression, flags, Kept(tmp_path / "patterns"))
    assert (again, again.groups, dict(again.groupindex)) == (made, made.groups, dict(made.groupindex))
    assert again.sub(r"<\g<0>>", "一、其中“补助”12.50万元。") == made.sub(r"<\g<0>>", "一、其中“补助”12.50万元。")


def test_every_pattern_of_reading_and_checks() -> None:
    packages = (hengji.reading, hengji.checks)
    names = [each.name for home in packages for each in pkgutil.walk_packages(home.__path__, f"{home.__name__}.")]
    modules = map(importlib.import_module, names)
    made = {each for module in modules for each in vars(module).values() if isinstance(each, re.Pattern)}
    assert len(made) > 300
    assert not [each for each in made if each != re.compile(each.pattern, each.flags)]


def test_what_others_keep_is_kept_too(tmp_path: Path) -> None:
    file = tmp_path / "patterns"
    for expression in ("合计", "共计"):
        plans = Kept(file)
        planned(expression, 0, plans)
        plans.keep()
    written = file.read_bytes()
    both = Kept(file)
    planned("合计", 0, both)
    planned("共计", 0, both)
    both.keep()
    assert file.read_bytes() == written
    assert "合计".encode() in written
    assert [each.name for each in tmp_path.iterdir()] == ["patterns"]


@pytest.mark.parametrize("content", [b"", b"not kept by us", b"{", b"N"])
def test_a_file_that_is_damaged_is_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "patterns").write_bytes(content)
    assert planned("合计", 0, Kept(tmp_path / "patterns")) == re.compile("合计")


@pytest.mark.parametrize(
    "plan", [None, (), (32, b"abc", 0, {}, (None,)), (32, b"abcd", 0, {}, (None,)), ("合计",) * 5, b"12345", 7]
)
def test_a_plan_that_is_none_is_made_anew(tmp_path: Path, plan: object) -> None:
    file = tmp_path / "patterns"
    file.write_bytes(marshal.dumps((None, {("合计", 0): plan})))
    plans = Kept(file)
    assert planned("合计", 0, plans) == re.compile("合计")
    plans.keep()
    mended = file.read_bytes()
    again = Kept(file)
    assert planned("合计", 0, again) == re.compile("合计")
    again.keep()
    assert file.read_bytes() == mended


def test_what_is_no_longer_asked_for_is_dropped_in_the_end(tmp_path: Path) -> None:
    file = tmp_path / "patterns"
    file.write_bytes(marshal.dumps((None, {(f"旧{number}", 0): () for number in range(4000)})))
    plans = Kept(file)
    planned("合计", 0, plans)
    plans.keep()
    assert set(marshal.loads(file.read_bytes())[1]) == {("合计", 0)}


def test_nothing_is_kept_where_byte_code_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    plans = Kept(tmp_path / "patterns")
    planned("合计", 0, plans)
    plans.keep()
    assert not list(tmp_path.iterdir())


def test_every_start_asks_for_the_same_expressions(tmp_path: Path) -> None:
    """An expression that is put together in the order of a set is another one at each start, and would be kept each time."""
    kept = []
    for seed in ("1", "2"):
        _told(
            "import hengji.reading.claims, hengji.reading.scorecard, hengji.work.review",
            {"PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONHASHSEED": seed},
        )
        (file,) = tmp_path.rglob("*.patterns")
        kept.append(set(marshal.loads(file.read_bytes())[1]))
    assert len(kept[0]) > 100
    assert kept[0] == kept[1]


def test_a_python_whose_insides_nobody_has_looked_at() -> None:
    """It may have moved what the kept half is made with; here as one that has none of it."""
    later = "import re, sys; sys.modules['_sre'] = None; sys.version_info = (3, 99)"
    asked = "from hengji.model.patterns import pattern; print(pattern('(?P<how>合|共)计').sub('*', '共计3元'))"
    assert _told(f"{later}; {asked}", {"PYTHONIOENCODING": "utf-8"}).split() == ["*3元"]


def test_nowhere_to_write(tmp_path: Path) -> None:
    plans = Kept(tmp_path / "absent" / "patterns")
    assert planned("合计", 0, plans) == re.compile("合计")
    plans.keep()
    assert not list(tmp_path.iterdir())


def test_a_faulty_expression_is_refused_as_ever(tmp_path: Path) -> None:
    with pytest.raises(re.error, match="unterminated"):
        planned("(合计", 0, Kept(tmp_path / "patterns"))
    assert pattern("合计") == re.compile("合计")
