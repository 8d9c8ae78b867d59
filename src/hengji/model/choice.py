"""Choices: enumerations whose members are looked up at once.

``Enum`` of Python 3.11 hashes a member by its name, in Python, each time that it is looked for in a set or a table; reading a report
does that a hundred thousand times. A member is one object, so that it can be hashed as such.
"""

from __future__ import annotations

from enum import Enum


class Choice(Enum):
    """选项: one of a few things, as with ``Enum`` but for the hash."""

    __hash__ = object.__hash__
