"""All that a reading asserts in numbers."""

from __future__ import annotations

from hengji.model.claim import Claims
from hengji.model.reading import Reading


def claims_of(reading: Reading) -> Claims:
    """The numeric statements of a report: understood ones with their verdict, and those that were not understood."""
    del reading
    return Claims()
