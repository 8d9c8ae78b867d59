"""Whole numbers as forms send them and as people type them."""

from __future__ import annotations

from unicodedata import normalize


def digits(sent: str, most: int) -> int | None:
    """The number from 0 to ``most`` that plain digits say, as a form sends it of itself; None where anything else was sent."""
    if not (sent.isascii() and sent.isdigit() and len(sent) <= len(str(most))):
        return None
    return number if (number := int(sent)) <= most else None


def whole(typed: str, most: int) -> int | None:
    """The number from 0 to ``most`` that a field says, in wide digits too; None where it says anything else."""
    return digits(normalize("NFKC", typed).strip(), most)
