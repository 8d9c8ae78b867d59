"""Finding checks and running them: a check says what it needs by naming its parameters.

A check is a module ``<letter><number>_<name of the fault>.py`` with a docstring (title, then 查什么, 为什么, 怎么改) and a
function ``find`` that yields findings. It asks for any of the subjects by parameter name; a check one of whose subjects is
not there is left out. Nothing is registered anywhere.

Title and parameters are read off the source, so that a run loads the checks that it runs and no others.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import hengji.checks
from hengji.model.finding import Finding
from hengji.model.kept import kept_beside, stamps
from hengji.model.patterns import pattern
from hengji.model.record import record

_NAME = pattern(r"(?P<name>[a-z]\d{3}_\w+)\.py")
_SOURCE = pattern(r'"""(?P<title>.+?)。?\n.*?^def find\((?P<parameters>[^)]*)\)', re.DOTALL | re.MULTILINE)
_PARAMETER = pattern(r"(\w+):")


@record
class Check:
    """检查: code, title and page (the docstring), and the function with what it asks for."""

    code: str
    title: str
    page: str
    needs: tuple[str, ...]
    find: Callable[..., Iterable[Finding]]


@record
class _Outline:
    """检查提要: what the source of a check says without being run."""

    title: str
    needs: tuple[str, ...]


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check of the house, by code."""
    return tuple(_load(name) for name in _outlines())


def titles() -> dict[str, str]:
    """The titles of all checks by code, without the full stop."""
    return {name[:4]: outline.title for name, outline in _outlines().items()}


def run(subjects: Mapping[str, object], silenced: Iterable[str] = ()) -> Iterator[Finding]:
    """Run every check whose subjects are there, but for those whose code starts with one of ``silenced``."""
    for name in runnable(subjects, silenced):
        yield from run_one(name, subjects)


def runnable(subjects: Iterable[str], silenced: Iterable[str] = ()) -> tuple[str, ...]:
    """The names of the checks that ask for nothing but these subjects, without the silenced ones."""
    there = set(subjects)
    left_out = tuple(silenced) or ("\0",)
    return tuple(
        name
        for name, outline in _outlines().items()
        if there.issuperset(outline.needs) and not name[:4].startswith(left_out)
    )


def run_one(name: str, subjects: Mapping[str, object]) -> Iterable[Finding]:
    """What the check of that name finds."""
    found: Iterable[Finding] = _module(name).find(**{need: subjects[need] for need in _outlines()[name].needs})
    return found


@cache
def _outlines() -> Mapping[str, _Outline]:
    """Of every check, by the name of its module; kept as long as none of them changes (docs/decisions/0017)."""
    home = Path(hengji.checks.__path__[0])
    kept = kept_beside(__file__, "outlines", stamps(home))
    known = kept.get("outlines")
    if known is None:
        sources = {match["name"]: path for path in home.iterdir() if (match := _NAME.fullmatch(path.name))}
        known = [(name, *_outline(sources[name].read_text("utf-8"))) for name in sorted(sources)]
        kept.put("outlines", known)
    return {name: _Outline(title, needs) for name, title, needs in known}


def _outline(source: str) -> tuple[str, tuple[str, ...]]:
    match = _SOURCE.match(source)
    assert match is not None, source[:80]
    return match["title"], tuple(_PARAMETER.findall(match["parameters"]))


def _module(name: str) -> Any:
    return importlib.import_module(f"hengji.checks.{name}")


def _load(name: str) -> Check:
    module = _module(name)
    page = inspect.cleandoc(module.__doc__ or "")
    return Check(name[:4], page.partition("\n")[0], page, _outlines()[name].needs, module.find)
