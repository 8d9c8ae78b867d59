"""Refresh: a file that users have edited gets new figures and keeps all else."""

from copy import deepcopy
from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.text.run import Run
from tests.unit.reports.docx.opened import found, opened, parts, text, tree

from hengji.model.document import Cell, Document, Emphasis, Inline, Paragraph, Ref, Row, Table, Text
from hengji.model.figure import Figure, FigureKind, display, plain
from hengji.reports.docx import Change, NotWordError, refresh, refs, write

ARRIVED = Figure("资金.到位", "到位资金", FigureKind.MONEY, Fraction(251_280_000), "万元", 2)
RATE = Figure("资金.到位率", "到位率", FigureKind.RATE, Fraction(1, 2), "%", 2)
DUE = Figure("时限.甲.届满日", "届满日", FigureKind.DATE, date(2021, 7, 12))
NOUGHT = Figure("资金.未落实", "未落实资金", FigureKind.MONEY, Fraction(0), "万元", 2)
GONE = Figure("资金.结余", "结余资金", FigureKind.MONEY, None, "万元", 2)
FIGURES = {figure.id: figure for figure in (ARRIVED, RATE, DUE, NOUGHT, GONE)}
MORE = {**FIGURES, ARRIVED.id: replace(ARRIVED, value=Fraction(300_000_050))}


def of(*inlines: Inline, unit: str = "", figures: dict[str, Figure] = FIGURES) -> bytes:
    """A paragraph of the inlines, or a table of one cell when there is a unit."""
    block = Table("表", "", (), (Row((Cell(inlines),)),), (1,), unit) if unit else Paragraph(inlines)
    return write(Document("试写", (block,), figures))


def after(content: bytes, figures: dict[str, Figure]) -> list[str]:
    return [words for _, words in refs(refresh(content, figures)[0])]


def test_every_figure_of_the_document_is_found_by_its_id(sample: Document) -> None:
    listed = refs(write(sample))
    wanted = [
        (inline.figure, inline.text) for block in sample.blocks for inline in _inlines(block) if isinstance(inline, Ref)
    ]
    assert listed == wanted
    assert len(wanted) > 40


def _inlines(block: object) -> list[Inline]:
    if isinstance(block, Table):
        return [inline for row in (*block.head, *block.body) for cell in row.cells for inline in cell.inlines]
    if hasattr(block, "items"):
        return [inline for item in block.items for inline in item]
    return list(getattr(block, "inlines", ()))


def test_a_control_shows_the_figures_name() -> None:
    body = tree(of(Ref(ARRIVED.id, display(ARRIVED))))
    assert found(body, "//w:sdt/w:sdtPr/w:alias/@w:val") == ["到位资金"]
    assert found(body, "//w:sdt/w:sdtPr/w:tag/@w:val") == ["资金.到位"]


def test_without_a_change_the_same_bytes_come_back(sample: Document) -> None:
    content = write(sample)
    assert refresh(content, sample.figures) == (content, [])


def test_a_changed_figure_is_printed_anew_with_its_unit() -> None:
    content = of(Text("到位"), Ref(ARRIVED.id, display(ARRIVED)), Text("。"))
    renewed, changes = refresh(content, MORE)
    assert changes == [Change("资金.到位", "251.28万元", "300.00万元")]
    assert text(found(tree(renewed), "//w:p")[0]) == "到位300.00万元。"


@pytest.mark.parametrize(
    ("printed", "unit", "renewed"),
    [
        (display(ARRIVED, "元"), "", "3,000,000.50元"),
        (plain(ARRIVED), "", "300.00"),
        (plain(ARRIVED), "万元", "300.00"),
        (plain(ARRIVED, "元"), "元", "3,000,000.50"),
        (plain(ARRIVED, "元"), "", "3,000,000.50"),
        (display(ARRIVED, "亿元"), "", "0.03亿元"),
    ],
)
def test_each_print_keeps_its_unit(printed: str, unit: str, renewed: str) -> None:
    assert after(of(Ref(ARRIVED.id, printed), unit=unit), MORE) == [renewed]


def test_nought_in_a_column_of_yuan_stays_in_yuan() -> None:
    content = of(Ref(NOUGHT.id, "0.00"), unit="元")
    assert after(content, {NOUGHT.id: replace(NOUGHT, value=Fraction(1_000_000))}) == ["10,000.00"]


def test_rates_and_dates_are_renewed() -> None:
    content = of(Ref(RATE.id, display(RATE)), Ref(RATE.id, plain(RATE)), Ref(DUE.id, display(DUE)))
    renewed = {RATE.id: replace(RATE, value=Fraction(1, 4)), DUE.id: replace(DUE, value=date(2021, 8, 6))}
    assert after(content, renewed) == ["25.00%", "25.00", "2021年8月6日"]


def test_a_figure_that_was_missing_gets_its_unit_in_a_sentence_and_not_in_a_cell() -> None:
    found_now = {GONE.id: replace(GONE, value=Fraction(1_000_000))}
    assert after(of(Ref(GONE.id, "—")), found_now) == ["1.00万元"]
    assert after(of(Ref(GONE.id, "—"), unit="万元"), found_now) == ["1.00"]


def test_a_figure_that_nobody_knows_is_left_alone() -> None:
    content = of(Ref("资金.到位", "251.28万元"))
    assert refresh(content, {}) == (content, [])


def test_a_long_id_is_found_again() -> None:
    figure = replace(ARRIVED, id="补助.某某社区居家养老服务中心." * 6 + "应补")
    content = of(Ref(figure.id, display(figure, "元")), figures={figure.id: figure})
    assert max(map(len, found(tree(content), "//w:tag/@w:val"))) <= 64
    renewed, changes = refresh(content, {figure.id: replace(figure, value=Fraction(100))})
    assert [change.figure for change in changes] == [figure.id]
    assert refs(renewed)[0][1] == "1.00元"


def test_what_users_wrote_and_how_they_set_it_stays() -> None:
    document = opened(of(Text("到位"), Ref(ARRIVED.id, display(ARRIVED), Emphasis.STRONG)))
    document.paragraphs[0].insert_paragraph_before("领导要求补充一段。")
    document.sections[0].top_margin = 1_000_000
    Run(found(document.element, "//w:sdt//w:r")[0], document.paragraphs[0]).italic = True
    edited = BytesIO()
    document.save(edited)

    renewed, changes = refresh(edited.getvalue(), MORE)
    assert len(changes) == 1
    assert opened(renewed).paragraphs[0].text == "领导要求补充一段。"
    assert found(tree(renewed), "//w:sdt//w:r[w:rPr/w:b and w:rPr/w:i]/w:t/text()") == ["300.00万元"]
    before, now = parts(edited.getvalue()), parts(renewed)
    assert list(before) == list(now)
    assert [name for name in before if before[name] != now[name]] == ["word/document.xml"]


def test_a_figure_that_a_user_typed_over_is_set_right() -> None:
    document = opened(of(Ref(ARRIVED.id, display(ARRIVED))))
    run = found(document.element, "//w:sdt//w:r")[0]
    run.addnext(deepcopy(run))
    found(run, "w:t")[0].text = "约250"
    edited = BytesIO()
    document.save(edited)
    renewed, changes = refresh(edited.getvalue(), FIGURES)
    assert changes == [Change("资金.到位", "约250251.28万元", "251.28万元")]
    assert refs(renewed) == [("资金.到位", "251.28万元")]


def test_a_control_that_a_user_emptied_is_filled() -> None:
    content = of(Ref(ARRIVED.id, display(ARRIVED)))
    prompt = (
        parts(content)["word/document.xml"]
        .replace(b"</w:sdtPr>", b"<w:showingPlcHdr/></w:sdtPr>")
        .replace("251.28万元".encode(), "单击输入文字".encode())
    )
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, part in parts(content).items():
            archive.writestr(name, prompt if name == "word/document.xml" else part)
    renewed, _ = refresh(stream.getvalue(), FIGURES)
    assert refs(renewed) == [("资金.到位", "251.28万元")]
    assert not found(tree(renewed), "//w:showingPlcHdr")


@pytest.mark.parametrize("content", [b"", b"PK", b"%PDF-1.7"])
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    with pytest.raises(NotWordError, match="不是可以读取的 Word 文件"):
        refs(content)


def test_a_zip_that_is_no_word_file_is_refused() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(NotWordError):
        refresh(stream.getvalue(), FIGURES)
