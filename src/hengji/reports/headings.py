"""Numbered headings of Chinese official documents: 一、 （一） 1. （1）."""

from __future__ import annotations

from dataclasses import dataclass, field

from hengji.model.document import Heading

_DIGITS = "零一二三四五六七八九"
_TEN = 10


def chinese(number: int) -> str:
    """1 → 一, 10 → 十, 23 → 二十三; for 1 to 99."""
    tens, ones = divmod(number, _TEN)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def mark(level: int, number: int) -> str:
    """The mark of a heading of that level."""
    match level:
        case 1:
            return f"{chinese(number)}、"
        case 2:
            return f"（{chinese(number)}）"
        case 3:
            return f"{number}. "
        case _:
            return f"（{number}）"


@dataclass(slots=True)
class Numberer:
    """Counts headings of one document: a heading starts the deeper levels anew."""

    counts: dict[int, int] = field(default_factory=dict)
    made: int = 0

    def heading(self, level: int, text: str) -> Heading:
        self.counts[level] = self.counts.get(level, 0) + 1
        for deeper in [known for known in self.counts if known > level]:
            del self.counts[deeper]
        self.made += 1
        return Heading(level, mark(level, self.counts[level]) + text, f"节{self.made}")
