"""The numeric statements of a report's paragraphs."""

from __future__ import annotations

from hengji.model.claim import Claims
from hengji.model.reading import Reading


def prose_claims(reading: Reading) -> Claims:
    """What the paragraphs assert in numbers."""
    del reading
    return Claims()
