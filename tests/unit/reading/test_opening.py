"""Files from anybody: what they are, whatever they are called, and what is said of those that cannot be read."""

import io
import random
import zipfile

import pytest
from tests.unit.reading.pdf_files import LOCKED, PICTURE, typeset, written
from tests.unit.reading.word_files import paragraph, table, word_file

from hengji.model.finding import Severity
from hengji.model.reading import Reading
from hengji.reading.opening import read_report

REPORT = "一、项目概况\n\n本项目支出 12 万元。\n"
WORD = word_file(paragraph("本项目支出12万元。"))


def zipped(**parts: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return held.getvalue()


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + stream.encode("utf-16-le") + b"\0" * 500


def read(file: str, content: bytes) -> Reading:
    reading, findings = read_report(file, content)
    assert reading is not None, findings
    assert findings == ()
    return reading


def refusal(file: str, content: bytes) -> tuple[str, str]:
    """The code and the message of the one finding."""
    reading, findings = read_report(file, content)
    assert reading is None
    (finding,) = findings
    assert finding.severity is Severity.ERROR
    assert finding.place.file == file
    return finding.code, finding.message


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_any_coding_of_china(coding: str) -> None:
    reading = read("报告.txt", REPORT.replace("\n", "\r\n").encode(coding))
    assert reading.text == REPORT
    assert [title.text for title in reading.titles] == ["项目概况"]


def test_a_few_broken_characters_are_said() -> None:
    reading, (note,) = read_report("报告.txt", (REPORT * 40).encode() + b"\xe4\xb8")
    assert reading is not None
    assert (note.code, note.severity) == ("v012", Severity.NOTE)


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("报告.pdf", WORD, "文件名以 .pdf 结尾，内容却是Word 文件（docx）"),
        ("报告.docx", typeset("本项目支出 12 万元。"), "内容却是PDF 文件"),
        ("报告.docx", REPORT.encode(), "内容却是文本文件"),
        ("报告.doc", REPORT.encode(), "文件名以 .doc 结尾，内容却是文本文件"),
        ("报告.RTF", REPORT.encode("gb18030"), "文件名以 .rtf 结尾，内容却是文本文件"),
        ("报告.rtf", WORD, "内容却是Word 文件（docx）"),
        ("报告.doc", f"<html><body><p>{REPORT}</p></body></html>".encode(), "内容却是网页文件"),
    ],
    ids=["docx as pdf", "pdf as docx", "text as docx", "text as doc", "text as rtf", "docx as rtf", "html as doc"],
)
def test_a_wrong_suffix_is_noted_and_the_file_read(file: str, content: bytes, said: str) -> None:
    reading, (note,) = read_report(file, content)
    assert reading is not None
    assert "支出" in reading.text
    assert (note.code, note.severity) == ("v007", Severity.NOTE)
    assert said in note.message


@pytest.mark.parametrize(
    ("file", "content", "code", "said"),
    [
        ("报告.txt", b"", "v002", "文件是空的"),
        ("报告.txt", b" \r\n\t\n", "v002", "文件是空的"),
        ("报告.docx", word_file(paragraph("")), "v002", "文件是空的"),
        ("报告.doc", ole("WordDocument"), "v003", "另存为 docx"),
        ("报告.wps", ole("WordDocument"), "v003", "wps"),
        ("报告.docx", ole("EncryptedPackage"), "v004", "密码"),
        ("报告.xls", ole("Workbook"), "v003", "电子表格"),
        ("报告.xlsx", zipped(xl__workbook=b"<a/>"), "v003", "电子表格"),
        ("报告.pptx", zipped(ppt__a=b"<a/>"), "v003", "演示文稿"),
        ("报告.zip", zipped(甲=b"1"), "v003", "压缩包"),
        ("报告.rtf", b"{\\rtf1 abc}", "v003", "RTF"),
        ("报告.doc", b"{\\rtf1 abc}", "v003", "RTF"),
        ("报告.doc", b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", "v003", "另存为 docx"),
        ("报告.doc", b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n<w/>', "v003", "另存为 docx"),
        ("报告.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "v003", "图片"),
        ("报告.txt", bytes(random.Random(4).randbytes(20_000)), "v003", "读不出文字"),
        ("报告.txt", b"\0\1\2\3" * 5000, "v003", "读不出文字"),
        ("报告.pdf", LOCKED, "v004", "密码"),
        ("报告.pdf", PICTURE, "v006", "图片"),
        ("报告.pdf", typeset("文字。")[:3000], "v005", "损坏"),
        ("报告.pdf", b"%PDF-1.7\n" + b"1 0 obj" * 400, "v005", "损坏"),
        ("报告.pdf", written(b"0 0 50 50 re f"), "v006", "没有文字"),
        ("报告.txt", "报告。".encode() * 2_000_000, "v008", "过大"),
    ],
)
def test_what_cannot_be_read_is_said(file: str, content: bytes, code: str, said: str) -> None:
    found, message = refusal(file, content)
    assert found == code
    assert said in message


@pytest.mark.parametrize("file", ["报告2021.12", "报告", "报告.final", "报告.doc"])
def test_a_name_that_promises_nothing_else_is_not_spoken_of(file: str) -> None:
    assert read_report(file, WORD)[1] == ()


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = zipped(word__document=b"")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 40_000_000 + b"</a>")
    code, message = refusal("报告.docx", held.getvalue())
    assert code == "v005"
    assert "过大" in message
    assert refusal("报告.docx", bomb)[0] == "v005"


BILLION = (
    '<!DOCTYPE a [<!ENTITY x0 "ha">'
    + "".join(f'<!ENTITY x{number} "{f"&x{number - 1};" * 10}">' for number in range(1, 12))
    + "]><a>&x11;</a>"
)
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'


@pytest.mark.parametrize("document", [BILLION, OUTSIDE, "<a>", "", "<a></b>", "\0"])
def test_xml_that_cannot_be_trusted_is_refused(document: str) -> None:
    code, message = refusal("报告.docx", zipped(**{"word__document.xml": document.encode()}))
    assert code == "v005"
    assert "Word 文件读不出来" in message


def test_tables_within_tables_without_end_are_refused_or_read() -> None:
    inside = paragraph("底")
    for _ in range(2000):
        inside = table(f"<w:tc>{inside}</w:tc><w:tc>{paragraph('边')}</w:tc>")
    reading, findings = read_report("报告.docx", word_file(inside))
    assert (reading is None) == any(finding.code == "v005" for finding in findings)


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_word_file_is_read_or_refused(seed: int) -> None:
    """Cut short, or with bytes changed: never an exception."""
    chance = random.Random(seed)
    content = bytearray(word_file(paragraph("本项目支出12万元。") * 50 + table("<w:tc><w:p/></w:tc>" * 5)))
    if seed % 2:
        del content[chance.randrange(len(content)) :]
    else:
        for _ in range(20):
            content[chance.randrange(len(content))] = chance.randrange(256)
    reading, findings = read_report("报告.docx", bytes(content))
    assert reading is not None or findings


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_pdf_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(PAGES)
    if seed % 2:
        del content[chance.randrange(len(content)) :]
    else:
        for _ in range(60):
            content[chance.randrange(len(content))] = chance.randrange(256)
    reading, findings = read_report("报告.pdf", bytes(content))
    assert reading is not None or findings


PAGES = typeset("一、概况\n\n本项目支出 12 万元。\n\n#table(columns: 2, [单位], [金额], [甲站], [12])")


@pytest.mark.parametrize("seed", range(40))
def test_any_text_is_read_or_refused(seed: int) -> None:
    """Pieces of everything that a converter leaves, in any order."""
    chance = random.Random(seed)
    pieces = [
        *"一二（）1.、：。；|\t\t\n\n\n-<>&#$\\ ",
        "<table>",
        "</table>",
        "<tr>",
        "<td rowspan=99999>",
        "</td>",
        "<p>",
    ]
    pieces += [
        "表1",
        "单位：万元",
        "12.5",
        "……",
        "---",
        "目录",
        "附件1：",
        "第一章",
        "\f",
        "｜",
        "１２",
        "<br>",
        "\u2028",
    ]
    text = "".join(chance.choice(pieces) for _ in range(2000))
    reading, findings = read_report("报告.txt", text.encode())
    assert reading is not None or findings
    for part in reading.parts if reading else ():
        assert reading is not None
        assert 0 <= part.span.start <= part.span.end <= len(reading.text)
    again, _ = read_report("报告.html", f"<html><body>{text}</body></html>".encode())
    assert again is not None or findings


def test_a_table_of_ten_thousand_columns() -> None:
    row = "\t".join(map(str, range(10_000)))
    (grid,) = read("报告.txt", f"{row}\n{row}\n".encode()).grids()
    assert (grid.width, grid.height) == (10_000, 2)
    cells = "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>" * 10_000
    (grid,) = read("报告.docx", word_file(table(cells, "<w:tc><w:p/></w:tc>"))).grids()
    assert grid.width == 10_000
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p/></w:tc>'
    read("报告.docx", word_file(table(wide * 9 + cells)))
