"""Files to readings, whatever their format: by what is in them, not by what they are called."""

from __future__ import annotations

from hengji.model.finding import Finding
from hengji.model.reading import Reading
from hengji.reading.docx import read_docx
from hengji.reading.text import read_text


def read_report(file: str, content: bytes) -> tuple[Reading | None, tuple[Finding, ...]]:
    """The report in a file, called ``file`` by its user; None, and findings that say why, where it cannot be read."""
    if content.startswith(b"PK"):
        return read_docx(file, content), ()
    return read_text(file, content.decode("utf-8-sig").replace("\r\n", "\n")), ()
