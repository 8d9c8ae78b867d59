"""Columns with few different cells as one whole number: rows that are alike are found by it, and the cells come back out of it."""

from __future__ import annotations

from datetime import date
from math import prod

from hengji.engines.columnar.dialect import Dialect
from hengji.engines.columnar.facts import ColumnFacts
from hengji.engines.columnar.whole import NARROW, width
from hengji.model.record import record
from hengji.policies.kinds import BOOL, COUNT, DATE, ENUM

LARGEST = 2**31 - 1
"""A code fits into 32 bits: what is gathered by it is half as wide."""


@record
class Digit:
    """A column as a whole number from 0 and below ``size``; ``cell`` has places for the number and gives the cell back."""

    size: int
    code: str
    cell: str


def digit(facts: ColumnFacts, choices: tuple[str, ...], dialect: Dialect) -> Digit | None:
    """The column as a digit; None where it is not known how many different cells there can be.

    Words that are none of the ``choices`` are 0: whatever they are, their rows have the same fault.
    """
    if facts.kind is BOOL:
        code = f"CASE WHEN {facts.text} THEN 1 WHEN NOT {facts.text} THEN 0 ELSE 2 END"
        return Digit(3, code, "CASE {0} WHEN 1 THEN TRUE WHEN 0 THEN FALSE END")
    if facts.kind is ENUM and choices and not facts.numbered:
        return _word(facts, choices, dialect)
    if (facts.kind in {COUNT, DATE} or facts.numbered) and max(-facts.low, facts.high) <= NARROW:
        return _number(facts, dialect)
    return None


def _word(facts: ColumnFacts, choices: tuple[str, ...], dialect: Dialect) -> Digit:
    words = ["？" * (1 + max(map(len, choices))), *choices]
    every = [*map(dialect.word, choices), *(["NULL"] if facts.missing else [])]
    back = " ".join(f"WHEN {at} THEN {dialect.word(word)}" for at, word in enumerate(words))
    return Digit(len(every) + 1, dialect.place.format(facts.text, ", ".join(every)), f"CASE {{0}} {back} END")


def _number(facts: ColumnFacts, dialect: Dialect) -> Digit:
    span = facts.high - facts.low + 1
    if facts.kind is DATE:
        least = f"DATE '{date.fromordinal(max(1, facts.low)).isoformat()}'"
        code, cell = dialect.days.format(facts.text, least), dialect.add_days.format(least, "{0}")
    elif 0 <= facts.low <= span // 8:  # counting from the least would take longer and save little room
        span, code, cell = facts.high + 1, facts.text, dialect.whole.format("{0}")
    else:
        least = dialect.whole.format(facts.low)
        code = f"({dialect.whole.format(facts.text)} - {least})"
        cell = f"({dialect.whole.format('{0}')} + {least})"
    if not facts.missing:
        return Digit(span, code, cell)
    return Digit(span + 1, f"coalesce({code}, {span})", f"CASE WHEN {{0}} < {span} THEN {cell} END")


class Code:
    """The digits of the rows of a table, as one number."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self._digits: dict[str, tuple[Digit, int]] = {}

    @property
    def size(self) -> int:
        """All codes are below it."""
        return prod(digit.size for digit, _ in self._digits.values())

    def takes(self, name: str, found: Digit | None) -> bool:
        """Whether the column is part of the number, now that it has been asked for."""
        if name not in self._digits and found is not None and self.size * found.size <= LARGEST:
            self._digits[name] = (found, self.size)
        return name in self._digits

    def text(self) -> str:
        """The number, over the columns of the table; 32 bits hold each of its digits, and so whatever is between.

        It is as narrow as its size allows, which tells the database its bounds: what has 16 bits is counted in an array.
        """
        parts = [f"CAST({digit.code} AS INTEGER) * {times}" for digit, times in self._digits.values()]
        return f"CAST({' + '.join(parts) or 0} AS {width(self.size)})"

    def cell(self, name: str) -> str:
        """The cell of a column, with places for the number."""
        found, times = self._digits[name]
        whole = self.dialect.whole.format("{0}")
        over = self.dialect.divide.format(whole, self.dialect.whole.format(times))
        return found.cell.format(self.dialect.rest.format(over, found.size))
