"""A number is changed in a csv, and is changed everywhere: in the figures and in the report in all four formats."""

import html
import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from hengji.model.evaluation import Evaluation
from hengji.model.figure import display
from hengji.reports import docx, pdf, xlsx
from hengji.reports import html as html_report
from hengji.work.evaluate import document_of, evaluate
from tests.unit.work.broken import Copy, copy_of


def shown(evaluation: Evaluation, *ids: str) -> list[str]:
    return [display(evaluation.figures[key]) for key in ids]


def evaluated(copy: Copy) -> Evaluation:
    outcome = evaluate(copy.root)
    assert outcome.evaluation is not None
    return outcome.evaluation


def texts_of(evaluation: Evaluation) -> Mapping[str, str]:
    """What a reader finds in each format, without blanks and separators of thousands."""
    document = document_of(evaluation)
    return {
        "docx": _plain(_docx(docx.write(document))),
        "html": _plain(html.unescape(re.sub(r"<[^>]+>", "", html_report.write(document).decode()))),
        "pdf": _plain(_pdf(pdf.write(document))),
        "xlsx": _plain(_xlsx(xlsx.write(document))),
    }


def _plain(text: str) -> str:
    return re.sub(r"[\s,]", "", text)


def _docx(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return re.sub(r"<[^>]+>", "", package.read("word/document.xml").decode())


def _pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return "".join(page.get_textpage().get_text_range() for page in document)


def _xlsx(content: bytes) -> str:
    book = load_workbook(BytesIO(content))
    cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
    return "|".join(f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in cells)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return copy_of("boshan-2021", tmp_path)


def test_a_payment_changed_in_the_ledger_is_changed_everywhere(copy: Copy) -> None:
    before = evaluated(copy)
    line = next(row for row in copy.text("funds.csv").splitlines() if ",落实,运营奖补2021," in row)
    cells = line.split(",")
    cells[4] = str(int(cells[4]) - 100_000)
    copy.replace("funds.csv", line, ",".join(cells))
    after = evaluated(copy)
    ids = ("资金.落实", "资金.预算执行率", "资金.落实.运营奖补2021")
    old, new = shown(before, *ids), shown(after, *ids)
    assert all(one != other for one, other in zip(old, new, strict=True))
    assert after.sheet.total < before.sheet.total
    was, now = texts_of(before), texts_of(after)
    total = f"{after.sheet.total:f}"
    for form in was:
        numbers = [re.sub(r"[^\d.]", "", each) for each in (*new, total)]
        for number in numbers:
            assert now[form].count(number) > was[form].count(number), (form, number)


def test_a_tally_changed_is_changed_in_the_score_and_in_every_report(copy: Copy) -> None:
    before = evaluated(copy)
    copy.replace("surveys/机构满意度.csv", "题5,非常满意,5", "题5,非常满意,3")
    copy.replace("surveys/机构满意度.csv", "题5,满意,2", "题5,满意,4")
    after = evaluated(copy)
    assert shown(before, "问卷.机构满意度.综合满意率", "得分.机构满意度") == ["67.86%", "3.39分"]
    assert shown(after, "问卷.机构满意度.综合满意率", "得分.机构满意度") == ["64.29%", "3.21分"]
    for form, text in texts_of(after).items():
        assert "64.29" in text, form
        assert "3.21" in text, form
        assert "85.60" in text, form


def test_a_resident_changed_in_a_roster_is_changed_in_what_is_due(copy: Copy) -> None:
    before = evaluated(copy)
    copy.replace("data/入住人员.csv", "完全不能自理", "半自理")
    after = evaluated(copy)
    assert shown(before, "补助.运营补助2020.应补") == ["108,100.00元"]
    assert shown(after, "补助.运营补助2020.应补") == ["105,950.00元"]
    for form, text in texts_of(after).items():
        assert "105950" in text, form
