"""Workbooks for tests, as people make them."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet


def xlsx(rows: Sequence[Sequence[Any]], name: str = "Sheet1", then: Callable[[Worksheet], None] | None = None) -> bytes:
    """A workbook with one sheet; ``then`` does to it what people do to sheets."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    if then is not None:
        then(sheet)
    file = BytesIO()
    book.save(file)
    return file.getvalue()
