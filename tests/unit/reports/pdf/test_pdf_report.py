from __future__ import annotations

import re
from decimal import Decimal

import pypdfium2
import pytest
from tests.unit.reports import hostile, samples

from hengji.model.document import (
    Break,
    Cell,
    Chart,
    ChartKind,
    Cover,
    Document,
    Heading,
    Orientation,
    Paragraph,
    ParagraphStyle,
    Row,
    RowKind,
    Series,
    Table,
    Text,
)
from hengji.reports import pdf

POINTS = 72 / 25.4  # in a millimetre


def opened(document: Document) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(pdf.write(document))


def pages(document: Document) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in opened(document)]


def words(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def book(sample: Document) -> pypdfium2.PdfDocument:
    return opened(sample)


@pytest.fixture(scope="module")
def texts(book: pypdfium2.PdfDocument) -> list[str]:
    return [words(page.get_textpage().get_text_bounded()) for page in book]


def line(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def test_metadata_names_title_author_and_subject(book: pypdfium2.PdfDocument) -> None:
    data = book.get_metadata_dict()
    assert (data["Title"], data["Author"], data["Subject"]) == (
        samples.TITLE,
        "清河县绩效评价工作组",
        "财政支出绩效评价",
    )


def test_headings_and_annexes_are_bookmarks(book: pypdfium2.PdfDocument) -> None:
    marks = [(mark.level, mark.get_title()) for mark in book.get_toc()]
    assert (0, "一、项目基本情况") in marks
    assert (1, "（三）资金投入和使用情况") in marks
    assert (3, "（1）不予补助的情形") in marks
    assert marks[-1] == (0, "附件2　问题整改清单")


def test_pages_are_numbered_anew_after_the_cover_and_after_the_contents_as_in_word(
    book: pypdfium2.PdfDocument, texts: list[str]
) -> None:
    """No number on the cover, Roman ones up to the contents, the body from 1; a viewer calls the pages so too."""
    contents = next(at for at, text in enumerate(texts) if "目录" in text)
    assert texts[0].endswith("2022年5月")
    assert "—I—" in texts[1]
    assert "—1—" in texts[contents + 1]
    assert f"—{len(texts) - contents - 1}—" in texts[-1]
    assert [book.get_page_label(at) for at in (contents, contents + 1)] == ["I" * contents, "1"]


def test_the_contents_give_the_pages(texts: list[str]) -> None:
    contents = next(at for at, text in enumerate(texts) if "目录" in text)
    at = next(at for at, text in enumerate(texts) if at > contents and "二、综合评价情况及评价结论" in text)
    assert re.search(rf"二、综合评价情况及评价结论\.+{at - contents}(?!\d)", texts[contents])


def test_the_title_runs_above_every_page_but_the_cover(texts: list[str]) -> None:
    assert all(samples.TITLE in text for text in texts[1:])


def test_the_wide_table_lies_on_a_landscape_page_of_its_own(book: pypdfium2.PdfDocument, texts: list[str]) -> None:
    turned = [index for index, page in enumerate(book) if page.get_width() > page.get_height()]
    assert len(turned) == 1
    assert "表1项目资金预算、到位及拨付情况表" in texts[turned[0]]


def test_the_head_of_a_long_table_is_repeated(texts: list[str]) -> None:
    holding = [text for text in texts if "敬老院" in text and "附件" not in text]
    assert len(holding) > 1
    assert all("护理型床" in text and "补助金额" in text for text in holding)


def test_captions_are_numbered_once(texts: list[str]) -> None:
    whole = "".join(texts)
    for caption in (
        "表1项目资金",
        "表2机构运营",
        "表3绩效评价",
        "图1各子项目",
        "图2各子项目",
        "图3各三级",
        "图4入住老人",
    ):
        assert whole.count(caption) == 1
    assert not re.search(r"[表图]\d[表图]\d", whole)


def test_twenty_eight_characters_fill_a_line_and_twenty_two_lines_a_page() -> None:
    text = "一二三四五六七八九十" * 70
    first = pages(Document("甲", (line(text),)))[0]
    body = [each for each in first.splitlines() if "一二三" in each]
    assert len(body) == 22
    assert {len(each) for each in body[1:]} == {28}
    assert len(body[0]) == 26


def test_the_type_area_is_the_standard_one() -> None:
    page = opened(Document("甲", (line("一二三四五六七八九十" * 70),)))[0]
    text = page.get_textpage()
    at = text.get_text_range().index("一")
    boxes = [text.get_charbox(index) for index in range(at + 30, at + 300)]
    assert min(box[0] for box in boxes) / POINTS == pytest.approx(28, abs=0.7)
    assert (page.get_width() - max(box[2] for box in boxes)) / POINTS == pytest.approx(26, abs=1.5)


def test_a_narrow_column_keeps_its_numbers_whole() -> None:
    amount = Decimal("12345678901.23")
    cells = tuple(Cell((Text(f"{amount + at:,}"),), number=amount + at) for at in range(5))
    (text,) = pages(Document("甲", (Table("t", "", (), (Row((Cell((Text("名称"),)), *cells)),), (20, 1, 1, 1, 1, 1)),)))
    assert all(f"{amount + at:,}" in text for at in range(5))


def test_a_long_title_stands_on_the_cover_without_breaking_inside_words() -> None:
    title = "清河县2021年度城乡养老服务机构综合运营补助资金项目"
    (text,) = pages(Document("甲", (Cover((title,), (), ""), Break())))[:1]
    assert title in text.replace(" ", "")


def test_a_row_higher_than_a_page_is_parted() -> None:
    cell = Cell((Text("核对国库支付凭证与收款回单。" * 300),))
    assert len(opened(Document("甲", (Table("t", "", (), (Row((cell,)),), (1,)),)))) > 2


def test_a_sum_never_stands_on_a_page_without_the_row_above_it() -> None:
    def row(name: str, kind: RowKind = RowKind.BODY) -> Row:
        return Row((Cell((Text(name),)), Cell((Text("1.00"),), number=Decimal(1))), kind)

    def table(rows: int, *sums: Row) -> Document:
        lines = (*(row(f"第{at}家") for at in range(1, rows + 1)), *sums)
        return Document("甲", (Table("t", "表", (row("机构"),), lines, (1, 1)),))

    fits = pages(table(90))[0].count("家")
    first, second = pages(table(fits, row("小计", RowKind.SUBTOTAL), row("合计", RowKind.TOTAL)))
    assert words(second.partition("机构")[2]).startswith(f"1.00第{fits}家1.00小计1.00合计1.00")
    assert f"第{fits - 1}家" in words(first)


def test_headings_right_above_a_wide_table_go_with_it() -> None:
    wide = Table("t", "宽表", (), (Row((Cell((Text("内容"),)),)),), (1,), orientation=Orientation.LANDSCAPE)
    assert len(opened(Document("甲", (Heading(1, "附表", "a"), wide)))) == 1


def test_a_chart_of_many_bars_fits_a_page() -> None:
    names = tuple(f"第{at}项指标" for at in range(1, 61))
    values = tuple(map(Decimal, range(1, 61)))
    chart = Chart("c", "各指标得分", ChartKind.BARS, names, (Series("分值", values), Series("得分", values)))
    (text,) = pages(Document("甲", (chart,)))
    assert "第60项指标" in words(text)
    assert "图1各指标得分" in words(text)


def test_the_lines_of_a_signature_stay_together(texts: list[str]) -> None:
    (page,) = [text for text in texts if "2022年5月20日" in text]
    assert "（以下无正文）清河县绩效评价工作组2022年5月20日" in page


@pytest.mark.parametrize("lines", range(17, 23))
def test_a_signature_never_stands_on_a_page_of_its_own(lines: int) -> None:
    said = (*(line(f"第{number}点。") for number in range(lines)), line("没有别的要说明。"))
    signed = (Paragraph((Text(words),), ParagraphStyle.SIGNATURE) for words in ("评价组", "2022年5月20日"))
    (page,) = [text for text in pages(Document("甲", (*said, *signed))) if "2022年5月20日" in words(text)]
    assert "没有别的要说明。评价组2022年5月20日" in words(page)


def test_an_empty_document_is_a_page() -> None:
    assert len(opened(Document("甲", ()))) == 1


def test_the_same_document_gives_the_same_bytes(sample: Document) -> None:
    assert pdf.write(sample) == pdf.write(samples.document())


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_hostile_text_is_printed_as_it_is(text: str) -> None:
    first, *_ = (each for each in pages(Document("甲", (line(text),))))
    assert words(text) in words(first)
    assert len(opened(hostile.document(text))) >= 3
