"""Finding checks and running them: a check says what it needs by naming its parameters.

A check is a module ``<letter><number>_<name of the fault>.py`` with a docstring (title, then 查什么, 为什么, 怎么改) and a
function ``find`` that yields findings. It asks for any of the subjects by parameter name; a check one of whose subjects is
not there is left out. Nothing is registered anywhere.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

import hengji.checks
from hengji.model.finding import Finding
from hengji.model.record import record

_NAME = re.compile(r"(?P<code>[a-z]\d{3})_\w+")


@record
class Check:
    """检查: code, title and page (the docstring), and the function with what it asks for."""

    code: str
    title: str
    page: str
    needs: tuple[str, ...]
    find: Callable[..., Iterable[Finding]]


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check of the house, by code."""
    names = sorted(
        module.name for module in pkgutil.iter_modules(hengji.checks.__path__) if _NAME.fullmatch(module.name)
    )
    return tuple(_load(name) for name in names)


def _load(name: str) -> Check:
    module = importlib.import_module(f"hengji.checks.{name}")
    page = inspect.cleandoc(module.__doc__ or "")
    needs = tuple(inspect.signature(module.find).parameters)
    return Check(name[:4], page.partition("\n")[0], page, needs, module.find)


def run(subjects: Mapping[str, object], silenced: Iterable[str] = ()) -> Iterator[Finding]:
    """Run every check whose subjects are there, but for those whose code starts with one of ``silenced``."""
    left_out = tuple(silenced)
    for check in all_checks():
        if not check.code.startswith(left_out or ("\0",)) and all(need in subjects for need in check.needs):
            yield from check.find(**{need: subjects[need] for need in check.needs})
