"""Cells of a CSV or XLSX file that a spreadsheet must show and never compute."""

from __future__ import annotations

_STARTS = ("=", "+", "-", "@", "\t", "\r")


def neutral(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_STARTS) else text
