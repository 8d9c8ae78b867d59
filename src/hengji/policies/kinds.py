"""Kinds of value in the policy language, and what may stand together with what.

The kinds are the column types of the model: 金额 (whole fen), 数值 (an exact ratio), 整数, 日期, 是否, 枚举, 文本.
"""

from __future__ import annotations

from collections.abc import Iterable

from hengji.model.table import ColumnType

MONEY = ColumnType.MONEY
RATE = ColumnType.RATE
COUNT = ColumnType.COUNT
DATE = ColumnType.DATE
BOOL = ColumnType.BOOL
ENUM = ColumnType.ENUM
TEXT = ColumnType.TEXT

NUMBERS = frozenset({RATE, COUNT})
QUANTITIES = frozenset({MONEY, RATE, COUNT})
ORDERED = frozenset({MONEY, RATE, COUNT, DATE})
WORDS = frozenset({ENUM, TEXT})


class IllTypedError(TypeError):
    """A node that cannot be built. ``found`` and ``expected`` are Chinese; it never leaves this package."""

    def __init__(self, found: str, expected: str, remedy: str = "") -> None:
        self.found = found
        self.expected = expected
        self.remedy = remedy
        super().__init__(found)


def words(kinds: Iterable[ColumnType]) -> str:
    """金额、数值或整数."""
    names = [kind.value for kind in ColumnType if kind in set(kinds)]
    return names[0] if len(names) == 1 else "、".join(names[:-1]) + "或" + names[-1]


def common(kinds: Iterable[ColumnType]) -> ColumnType | None:
    """The one kind that values of these kinds have together: 整数 is a 数值, 枚举 is a 文本; None when there is none."""
    present = set(kinds)
    if len(present) == 1:
        return present.pop()
    if present <= NUMBERS:
        return RATE
    if present <= WORDS:
        return TEXT
    return None
