"""A number that the report prints is the same in every format."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from html.parser import HTMLParser
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from openpyxl.cell.cell import Cell
from tests.unit.reports import hostile

from hengji.model.document import Document, Items, Paragraph, Ref, Table
from hengji.model.figure import number, unit_of
from hengji.reports import html, pdf, xlsx
from hengji.reports.grid import text_of


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def html_text(document: Document) -> str:
    words = _Words()
    words.feed(html.write(document).decode().partition("<main>")[2].partition('<section id="page-all-figures"')[0])
    return squeezed("".join(words.said))


def pdf_text(document: Document) -> str:
    book = pypdfium2.PdfDocument(pdf.write(document))
    return squeezed("".join(page.get_textpage().get_text_bounded() for page in book))


@pytest.fixture(scope="module")
def texts(sample: Document) -> dict[str, str]:
    return {"html": html_text(sample), "pdf": pdf_text(sample)}


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_numbers_in_sentences(texts: dict[str, str], sample: Document, form: str) -> None:
    runs = [block.inlines for block in sample.blocks if isinstance(block, Paragraph)]
    runs += [item for block in sample.blocks if isinstance(block, Items) for item in block.items]
    refs = [inline.text for inlines in runs for inline in inlines if isinstance(inline, Ref)]
    assert len(refs) > 5
    assert [text for text in refs if squeezed(text) not in texts[form]] == []


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_numbers_in_tables_row_by_row(texts: dict[str, str], sample: Document, form: str) -> None:
    for table in tables(sample):
        for row in table.body:
            numbers = [text_of(cell) for cell in row.cells if cell.number is not None]
            at = [texts[form].find(squeezed(text)) for text in numbers]
            assert -1 not in at, f"{table.id}: {numbers}"


def test_numbers_in_the_workbook_print_as_in_the_report(sample: Document) -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx.write(sample)), data_only=True)
    sheets = [sheet for sheet in book if sheet.title.startswith(("表", "附件"))]
    for table, sheet in zip(tables(sample), sheets, strict=True):
        written = [
            _printed(cell)
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "n" and cell.value is not None
        ]
        printed = [text_of(cell) for row in table.body for cell in row.cells if cell.number is not None]
        assert written == printed, table.id


def _printed(cell: Cell) -> str:
    """What a spreadsheet shows for the formats that the workbook uses."""
    shape, _, _ = cell.number_format.partition(";")
    places = len(shape.rstrip("%").partition(".")[2])
    value = Decimal(repr(cell.value)) * (100 if shape.endswith("%") else 1)
    return f"{value:,.{places}f}" + ("%" if shape.endswith("%") else "")


def test_every_figure_stands_in_the_workbook_as_it_is_displayed(sample: Document) -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx.write(sample)), data_only=True)
    for row in book["数值"].iter_rows(min_row=4):
        figure = sample.figures[row[0].value]
        shown = number(figure)
        assert _printed(row[2]).rstrip("%") == f"{shown:,}"
        assert row[4].value == f"{shown:,}{unit_of(figure)}"


def test_control_characters_break_no_format() -> None:
    document = hostile.document("甲\x00\x07\x0b\x1f乙\ufffe")
    assert "甲" in html_text(document)
    assert "甲" in pdf_text(document)
    assert openpyxl.load_workbook(BytesIO(xlsx.write(document))).sheetnames[0] == "目录"
