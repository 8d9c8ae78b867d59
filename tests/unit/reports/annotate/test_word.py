"""Comments in the author's own Word file: at the very words, and nothing else changed."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from hengji.model.finding import Finding, Place, Quote, Severity
from hengji.reading.docx import read_docx
from hengji.reports.annotate.word import annotate

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def report() -> bytes:
    document = Document()
    document.add_heading("一、基本情况", 1)
    paragraph = document.add_paragraph("本年到位")
    paragraph.add_run("资金30万元").bold = True
    paragraph.add_run("，其中省级10万元、县级19万元。")
    table = document.add_table(2, 2)
    for row, cells in enumerate((("项目", "金额（万元）"), ("甲镇", "10"))):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    document.add_paragraph("资金已全部支出。")
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


REPORT = report()
TEXT = read_docx("报告.docx", REPORT).text


def finding(start: int, end: int, words: str = "各部分之和是29万元") -> Finding:
    quote = Quote(TEXT[start:end], start, end)
    return Finding("a150", Severity.ERROR, Place("报告.docx"), words, "30万元", "核对", quotes=(quote,))


def commented(content: bytes) -> dict[str, str]:
    """The words within each comment's range."""
    with ZipFile(BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    found: dict[str, str] = {}
    open_: set[str] = set()
    for element in root.iter():
        if element.tag == f"{W}commentRangeStart":
            open_.add(element.get(f"{W}id"))
            found[element.get(f"{W}id")] = ""
        elif element.tag == f"{W}commentRangeEnd":
            open_.remove(element.get(f"{W}id"))
        elif element.tag == f"{W}t":
            for number in open_:
                found[number] += element.text or ""
    assert not open_
    return found


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def test_a_comment_stands_at_the_very_words() -> None:
    done = annotate(REPORT, [finding(*at("到位资金30万")), finding(*at("19万元"))], {"a150": "合计不等于各部分之和"})
    assert commented(done) == {"0": "到位资金30万", "1": "19万元"}


def test_word_s_own_library_reads_the_comments() -> None:
    document = Document(BytesIO(annotate(REPORT, [finding(*at("19万元"))], {"a150": "合计不等于各部分之和"})))
    (comment,) = document.comments
    assert comment.author == "衡绩"
    assert "【错误】合计不等于各部分之和（a150，把握：确定）" in comment.text
    assert "应为：30万元" in comment.text


def test_the_author_s_own_comments_stay() -> None:
    document = Document(BytesIO(REPORT))
    document.add_comment(document.paragraphs[1].runs[0], "核对过", "作者")
    stream = BytesIO()
    document.save(stream)
    done = Document(BytesIO(annotate(stream.getvalue(), [finding(*at("19万元"))], {})))
    assert [comment.author for comment in done.comments] == ["作者", "衡绩"]


@pytest.mark.parametrize("inside", ["<!-- by a converter -->", '<w:comment w:id="x"/>', '<w:comment w:id=""/>'])
def test_comments_that_another_program_wrote_oddly_stay(inside: str) -> None:
    stream = BytesIO(REPORT)
    with ZipFile(stream, "a") as archive:
        archive.writestr("word/comments.xml", f'<w:comments xmlns:w="{W[1:-1]}">{inside}</w:comments>')
    done = annotate(stream.getvalue(), [finding(*at("19万元"))], {})
    assert commented(done) == {"0": "19万元"}
    with ZipFile(BytesIO(done)) as archive:
        assert inside.encode()[:11] in archive.read("word/comments.xml")


def test_all_other_parts_are_the_author_s() -> None:
    done = annotate(REPORT, [finding(*at("19万元"))], {})
    with ZipFile(BytesIO(REPORT)) as before, ZipFile(BytesIO(done)) as after:
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
        assert changed == {"word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
        assert set(after.namelist()) - set(before.namelist()) == {"word/comments.xml"}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 12)), min_size=1, max_size=5))
def test_the_text_and_its_form_are_the_same_as_before(quoted: list[tuple[int, int]]) -> None:
    findings = [finding(start, min(start + length, len(TEXT))) for start, length in quoted]
    done = annotate(REPORT, findings, {})
    assert read_docx("报告.docx", done).text == TEXT
    bold = [run.text for paragraph in Document(BytesIO(done)).paragraphs for run in paragraph.runs if run.bold]
    assert "".join(bold) == "资金30万元"
    for number, words in commented(done).items():
        quote = findings[int(number)].quotes[0].text
        between = "".join(quote.split())
        assert "".join(words.split()) == between or not between


@pytest.mark.parametrize("words", ["", "\n"])
def test_words_that_stand_in_no_run_are_commented_on_beside(words: str) -> None:
    start = TEXT.index("\n")
    assert len(commented(annotate(REPORT, [finding(start, start + len(words))], {}))) == 1
