"""Whole numbers as people type them into a field."""

from __future__ import annotations

from unicodedata import normalize


def whole(text: str, most: int) -> int | None:
    """The number from 0 to ``most`` that a field says in digits, wide ones too; None where it says anything else."""
    plain = normalize("NFKC", text).strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) <= len(str(most))):
        return None
    return number if (number := int(plain)) <= most else None
