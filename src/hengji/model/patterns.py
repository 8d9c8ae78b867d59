"""Patterns: what ``re.compile`` makes, kept from one start to the next beside Python's own compiled code.

A review starts with five hundred regular expressions, and compiling them, which Python does in Python, took a fifth of its time
(docs/decisions/0017). What comes of one depends on nothing but the expression and the interpreter, so it is kept. Where it cannot be,
expressions are compiled at each start, as they always are.
"""

from __future__ import annotations

import re
import sys
from array import array

from hengji.model.kept import Kept, kept_beside

_TESTED = (3, 14)
"""The latest Python whose insides of ``re`` these are; a later one compiles at each start."""

Key = tuple[str, int]
"""An expression and its flags."""
Plan = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Flags, words of code, groups, names of groups, name of each group: what the matcher is made of."""


def pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` makes of an expression of the house; one that is made of somebody's text is not for keeping."""
    if sys.version_info[:2] > _TESTED:
        return re.compile(expression, flags)
    return planned(expression, flags, kept_beside(__file__, "patterns"))


def planned(expression: str, flags: int, plans: Kept) -> re.Pattern[str]:
    """The same by the plans that are kept; raises re.error as ``re.compile`` does."""
    key: Key = (expression, int(flags))
    kept = plans.get(key)
    if kept is not None:
        try:
            return _made(expression, kept)
        except (TypeError, ValueError, RuntimeError):
            pass  # damaged, or written by another version of this file: made anew
    plan = _plan(*key)
    plans.put(key, plan)
    return _made(expression, plan)


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
