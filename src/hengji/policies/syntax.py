"""What the parser gives: a tree of what was written, with places, before names are known and kinds are checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from hengji.model.table import ColumnType, Value
from hengji.policies.faults import Spot


@dataclass(frozen=True, slots=True)
class Syntax:
    """写法: a piece of an expression; ``spot`` is where its name or sign stands."""

    spot: Spot


@dataclass(frozen=True, slots=True)
class Constant(Syntax):
    value: Value
    kind: ColumnType


@dataclass(frozen=True, slots=True)
class Missing(Syntax):
    """空."""


@dataclass(frozen=True, slots=True)
class Name(Syntax):
    text: str


@dataclass(frozen=True, slots=True)
class Prefix(Syntax):
    """- or 非 before ``of``."""

    sign: str
    of: Syntax


@dataclass(frozen=True, slots=True)
class Infix(Syntax):
    sign: str
    left: Syntax
    right: Syntax


@dataclass(frozen=True, slots=True)
class Membership(Syntax):
    of: Syntax
    options: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class Choice(Syntax):
    """若 … 则 … 否则 …."""

    test: Syntax
    then: Syntax
    otherwise: Syntax


@dataclass(frozen=True, slots=True)
class Option(Syntax):
    """名=值 in a call: 按, 当, 到, 方式. ``values`` are one or, in brackets, several."""

    name: str
    values: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
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
