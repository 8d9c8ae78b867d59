"""Patterns: what ``re.compile`` makes, kept from one start to the next beside Python's own compiled code.

A review starts with five hundred regular expressions, and compiling them, which Python does in Python, took a fifth of its time
(docs/decisions/0017). What comes of one depends on nothing but the expression and the interpreter, so it is kept in
``__pycache__``, as Python keeps what it makes of a module. Where nothing can be written there, expressions are compiled at each
start, as they always are.
"""

from __future__ import annotations

import atexit
import marshal
import os
import re
import sys
from array import array
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path

_TESTED = (3, 14)
"""The latest Python whose insides of ``re`` these are; a later one compiles at each start."""
_MOST = 4000
"""Plans that are kept; of so many, most are of expressions that are no longer in the house."""

Key = tuple[str, int]
"""An expression and its flags."""
Plan = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Flags, words of code, groups, names of groups, name of each group: what the matcher is made of."""


class Plans:
    """编好的式样: the plans in a file, and those that were made since it was read."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._known = _read(file)
        self._new: dict[Key, Plan] = {}

    def pattern(self, expression: str, flags: int) -> re.Pattern[str]:
        """What ``re.compile`` makes of an expression; raises re.error as it does."""
        key = (expression, int(flags))
        kept = self._new.get(key) or self._known.get(key)
        if kept is not None:
            try:
                return _made(expression, kept)
            except (TypeError, ValueError, RuntimeError):
                pass  # damaged, or written by another version of this file: made anew
        self._new[key] = _plan(*key)
        return _made(expression, self._new[key])

    def keep(self) -> None:
        """Write the new ones too; nothing where there are none, or where it is not allowed or not wanted."""
        if not self._new or sys.dont_write_bytecode or not os.access(self.file.parent, os.W_OK):
            return
        kept = self._new if len(self._known) + len(self._new) > _MOST else self._known | self._new
        written = self.file.with_suffix(f".{os.getpid()}")
        try:
            written.write_bytes(marshal.dumps(kept))
            written.replace(self.file)
        except OSError:
            written.unlink(missing_ok=True)


def pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` makes of an expression of the house; one that is made of somebody's text is not for keeping."""
    if sys.version_info[:2] > _TESTED:
        return re.compile(expression, flags)
    return _plans().pattern(expression, flags)


@cache
def _plans() -> Plans:
    plans = Plans(Path(cache_from_source(__file__)).with_suffix(f".{sys.hexversion:x}.patterns"))
    atexit.register(plans.keep)
    return plans


def _read(file: Path) -> dict[Key, Plan]:
    try:
        kept = marshal.loads(file.read_bytes())  # noqa: S302  as trusted as the byte code beside it
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _plan(expression: str, flags: int) -> Plan:
    """The first half of ``re.compile``: what it hands to the matcher."""
    from re import _compiler, _parser  # type: ignore[attr-defined]  # not told to type checkers

    parsed = _parser.parse(expression, flags)
    state = parsed.state
    code = array("I", _compiler._code(parsed, flags))  # noqa: SLF001  there is no other way to it
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    return flags | state.flags, code.tobytes(), state.groups - 1, state.groupdict, tuple(names)


def _made(expression: str, plan: Plan) -> re.Pattern[str]:
    """The second half, which proves the code; raises TypeError, ValueError or RuntimeError where it is none."""
    import _sre  # type: ignore[import-not-found]  # nor is this

    flags, code, groups, numbers, names = plan
    made: re.Pattern[str] = _sre.compile(expression, flags, memoryview(code).cast("I").tolist(), groups, numbers, names)
    return made
