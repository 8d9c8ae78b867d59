"""The file as LibreOffice shows it: the pages that the contents promise. Word is not at hand in tests."""

import shutil
import subprocess
from pathlib import Path

import pytest
from tests.unit.reports.docx.opened import found, text, tree

from hengji.model.document import Document
from hengji.reports.docx import write

OFFICE = shutil.which("libreoffice") or shutil.which("soffice")
READER = shutil.which("pdftotext")


@pytest.mark.skipif(OFFICE is None or READER is None, reason="needs LibreOffice and pdftotext to render pages")
def test_the_contents_name_the_pages_on_which_headings_stand(sample: Document, tmp_path: Path) -> None:
    content = write(sample)
    file = tmp_path / "sample.docx"
    file.write_bytes(content)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    subprocess.run([str(READER), str(file.with_suffix(".pdf"))], check=True, timeout=60)
    pages = [bare(page) for page in file.with_suffix(".txt").read_text("utf-8").split("\f")]
    front = 2  # cover and contents
    for line in found(tree(content), "//w:p[w:pPr/w:pStyle[starts-with(@w:val, 'TOC') and @w:val != 'TOCHeading']]"):
        *words, number = found(line, ".//w:t")
        heading = bare("".join(text(word) or word.text for word in words))
        assert heading in pages[front + int(number.text) - 1]


def bare(words: str) -> str:
    return "".join(words.split())
