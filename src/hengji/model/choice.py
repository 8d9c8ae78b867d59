"""Choices: enumerations whose members are looked up at once.

``Enum`` of Python 3.11 hashes a member by its name, in Python, each time that it is looked for in a set or a table, and goes through
two hooks each time that it is named (``Kind.TITLE``). Reading a report does either two hundred thousand times. A member is one object,
so that it can be hashed as such, and stands in its class, so that it can be taken from there.
"""

from __future__ import annotations

from enum import Enum, EnumType
from typing import Any


class _Choices(EnumType):
    """The class of choices: what stands in one of them is found as in any other object, what it inherits as in any other class.

    So a class method of a choice would be found without its class: there are none.
    """

    __getattribute__ = object.__getattribute__  # a class is an object as well

    def __getattr__(cls, name: str) -> Any:
        return type.__getattribute__(cls, name)


class Choice(Enum, metaclass=_Choices):
    """选项: one of a few things, as with ``Enum`` but for the time that it takes."""

    __hash__ = object.__hash__
