"""What the parser gives: a tree of what was written, with places, before names are known and kinds are checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from hengji.model.record import record
from hengji.model.table import ColumnType, Value
from hengji.policies.faults import Spot


@record
class Syntax:
    """写法: a piece of an expression; ``spot`` is where its name or sign stands."""

    spot: Spot


@record
class Constant(Syntax):
    value: Value
    kind: ColumnType


@record
class Missing(Syntax):
    """空."""


@record
class Name(Syntax):
    text: str


@record
class Prefix(Syntax):
    """- or 非 before ``of``."""

    sign: str
    of: Syntax


@record
class Infix(Syntax):
    sign: str
    left: Syntax
    right: Syntax


@record
class Membership(Syntax):
    of: Syntax
    options: tuple[Syntax, ...]


@record
class Choice(Syntax):
    """若 … 则 … 否则 …."""

    test: Syntax
    then: Syntax
    otherwise: Syntax


@record
class Option(Syntax):
    """名=值 in a call: 按, 当, 到, 方式. ``values`` are one or, in brackets, several."""

    name: str
    values: tuple[Syntax, ...]


@record
class Call(Syntax):
    name: str
    arguments: tuple[Syntax, ...]
    options: tuple[Option, ...]


def names(tree: Syntax) -> Iterator[Name]:
    """Every name in the tree, in reading order."""
    if isinstance(tree, Name):
        yield tree
    for field in fields(tree):
        held = getattr(tree, field.name)
        for part in held if isinstance(held, tuple) else (held,):
            if isinstance(part, Syntax):
                yield from names(part)
