"""A table on a screen as a file that others can open: Word, Excel or CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from io import StringIO

from django.http import HttpResponse

from hengji.model.document import Align, AnnexStart, Cell, Document, Orientation, Row, Table, Text
from hengji.model.profile import Layout
from hengji.reports import docx, xlsx
from hengji.web.attachments import DOCX, XLSX, attachment
from hengji.web.neutral import neutral

_LAYOUT = Layout("GB/T 9704-2012")


def handed_out(
    title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], widths: tuple[int, ...], suffix: str
) -> HttpResponse | None:
    """The file; None when there is no such kind. Numbers stay numbers; in spreadsheets nothing typed by somebody is ever computed."""
    match suffix:
        case "docx":
            return attachment(docx.write(_document(title, heads, rows, widths)), f"{title}.docx", DOCX)
        case "xlsx":
            safe = [[cell if _number(cell) is not None else neutral(cell) for cell in row] for row in rows]
            return attachment(xlsx.write(_document(title, heads, safe, widths)), f"{title}.xlsx", XLSX)
        case "csv":
            return attachment(_csv(heads, rows), f"{title}.csv", "text/csv; charset=utf-8")
        case _:
            return None


def _document(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], widths: tuple[int, ...]) -> Document:
    head = Row(tuple(Cell((Text(name),), align=Align.CENTRE) for name in heads))
    body = tuple(Row(tuple(_cell(cell) for cell in row)) for row in rows)
    table = Table(title, "", (head,), body, widths, orientation=Orientation.LANDSCAPE)
    return Document(title, (AnnexStart("", title, "表"), table), layout=_LAYOUT)


def _cell(words: str) -> Cell:
    number = _number(words)
    return Cell((Text(words),), align=Align.LEFT if number is None else Align.RIGHT, number=number)


def _number(words: str) -> Decimal | None:
    try:
        number = Decimal(words.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([cell if _number(cell) is not None else neutral(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
