"""A kept pattern is the pattern that ``re.compile`` makes, word by word of its code: that is what patterns are compared by."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import hengji.checks
import hengji.reading
from hengji.model.patterns import Plans, pattern

EXPRESSIONS = [
    (r"其中|包括|分别为", 0),
    (r"(?P<amount>\d+(?:\.\d+)?)(?P<unit>万元|元)(?![^,。;])", 0),
    (r"^[一二三四五六七八九十]+、|(?i:xx)+", re.MULTILINE),
    (r"(?P<sign>[“”])[^“”]*(?P=sign)(?#说明)", re.IGNORECASE | re.DOTALL),
    ("", 0),
]


@pytest.mark.parametrize(("expression", "flags"), EXPRESSIONS)
def test_the_first_time_and_every_other_time(tmp_path: Path, expression: str, flags: int) -> None:
    made = re.compile(expression, flags)
    first = Plans(tmp_path / "patterns")
    assert first.pattern(expression, flags) == made
    first.keep()
    again = Plans(tmp_path / "patterns").pattern(expression, flags)
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
        plans = Plans(file)
        plans.pattern(expression, 0)
        plans.keep()
    written = file.read_bytes()
    both = Plans(file)
    both.pattern("合计", 0)
    both.pattern("共计", 0)
    both.keep()
    assert file.read_bytes() == written
    assert "合计".encode() in written
    assert [each.name for each in tmp_path.iterdir()] == ["patterns"]


@pytest.mark.parametrize("content", [b"", b"not kept by us", b"{", b"N"])
def test_a_file_that_is_damaged_is_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "patterns").write_bytes(content)
    assert Plans(tmp_path / "patterns").pattern("合计", 0) == re.compile("合计")


def test_nowhere_to_write(tmp_path: Path) -> None:
    plans = Plans(tmp_path / "absent" / "patterns")
    assert plans.pattern("合计", 0) == re.compile("合计")
    plans.keep()
    assert not list(tmp_path.iterdir())


def test_a_faulty_expression_is_refused_as_ever(tmp_path: Path) -> None:
    with pytest.raises(re.error, match="unterminated"):
        Plans(tmp_path / "patterns").pattern("(合计", 0)
    assert pattern("合计") == re.compile("合计")
