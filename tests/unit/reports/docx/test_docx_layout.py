"""The layout of GB/T 9704-2012: sheet, grid, fonts, headings, contents, page numbers."""

from decimal import Decimal

import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Length, Mm, Pt
from tests.unit.reports.docx.opened import found, instructions, of_blocks, opened, parts, text, tree

from hengji.model.document import (
    AnnexStart,
    Break,
    Contents,
    Cover,
    Document,
    Heading,
    Orientation,
    Paragraph,
    ParagraphStyle,
    Row,
    Table,
    Text,
)
from hengji.model.profile import Layout
from hengji.reports.docx import write
from hengji.reports.docx.page import character_spacing, page, points

LAYOUT = Layout("GB/T 9704-2012")
WORDS = Paragraph((Text("正文。"),))
WIDE = Table("宽表", "宽表", (), (Row(()),), (1,), orientation=Orientation.LANDSCAPE)


def near(length: Length | None, wanted: Length) -> bool:
    return length is not None and abs(length - wanted) < Pt(0.05)


def test_the_sheet_is_a4_with_the_margins_of_the_standard(sample: Document) -> None:
    for section in opened(write(sample)).sections:
        upright = section.orientation == WD_ORIENT.PORTRAIT
        assert near(section.page_width, Mm(210) if upright else Mm(297))
        assert near(section.page_height, Mm(297) if upright else Mm(210))
        margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
        wanted = (37, 26, 35, 28) if upright else (28, 37, 26, 35)
        assert all(map(near, margins, map(Mm, wanted)))


def test_a_page_holds_22_lines_of_28_characters() -> None:
    sheet = page(LAYOUT, Orientation.PORTRAIT)
    assert 22 * points(LAYOUT.line_pitch) <= sheet.text_height < 23 * points(LAYOUT.line_pitch)
    character = points(LAYOUT.body_size) + character_spacing(LAYOUT)
    assert 28 * character <= sheet.text_width < 29 * character


def test_each_section_states_the_grid_of_lines_and_characters(sample: Document) -> None:
    sections = found(tree(write(sample)), "//w:sectPr")
    grids = found(tree(write(sample)), "//w:sectPr/w:docGrid[@w:type='linesAndChars' and @w:linePitch='579']")
    assert len(sections) == len(grids) == 5
    spaces = {int(each) for each in found(sections[0], "//w:docGrid/@w:charSpace")}
    assert spaces == {-842}  # 28 characters of 16 pt in 442.25 pt: each gets 0.2054 pt less, in 4096ths


def test_every_style_names_all_four_fonts(sample: Document) -> None:
    styles = tree(write(sample), "word/styles.xml")
    named = found(styles, "//w:style[@w:type='paragraph']/w:rPr/w:rFonts | //w:docDefaults//w:rFonts")
    assert len(named) == len(found(styles, "//w:style[@w:type='paragraph']")) + 1
    for fonts in named:
        assert len(found(fonts, "@w:ascii | @w:hAnsi | @w:eastAsia | @w:cs")) == 4


@pytest.mark.parametrize(
    ("name", "font", "weight"),
    [
        ("Heading 1", "黑体", None),
        ("Heading 2", "楷体_GB2312", None),
        ("Heading 3", "仿宋_GB2312", True),
        ("Heading 4", "仿宋_GB2312", None),
        ("Body Text", "仿宋_GB2312", None),
        ("Title", "方正小标宋简体", None),
    ],
)
def test_fonts_of_the_standard(sample: Document, name: str, font: str, weight: object) -> None:
    style = opened(write(sample)).styles[name]
    assert found(style.element, "w:rPr/w:rFonts/@w:eastAsia") == [font]
    assert style.font.bold is weight


def test_headings_are_real_and_stay_with_what_follows(sample: Document) -> None:
    styles = opened(write(sample)).styles
    for level in range(1, 5):
        style = styles[f"Heading {level}"]
        assert found(style.element, "w:pPr/w:outlineLvl/@w:val") == [str(level - 1)]
        assert style.paragraph_format.keep_with_next
        assert near(style.font.size, Pt(16))


def test_a_signature_never_stands_on_a_page_of_its_own() -> None:
    said = Paragraph((Text("没有需要说明的问题。"),))
    signed = [Paragraph((Text(words),), ParagraphStyle.SIGNATURE) for words in ("评价组", "2022年5月20日")]
    shown = opened(of_blocks(said, said, *signed)).paragraphs
    assert [bool(found(each._p, "w:pPr/w:keepNext")) for each in shown] == [False, True, True, False]


def test_body_is_size_three_on_exact_lines_set_in_by_two_characters(sample: Document) -> None:
    style = opened(write(sample)).styles["Body Text"]
    assert near(style.font.size, Pt(16))
    assert near(style.paragraph_format.line_spacing, Pt(28.95))
    assert found(style.element, "w:pPr/w:ind/@w:firstLineChars") == ["200"]


def test_the_language_is_chinese_in_settings_styles_and_theme(sample: Document) -> None:
    content = write(sample)
    assert found(tree(content, "word/settings.xml"), "//w:themeFontLang/@w:eastAsia") == ["zh-CN"]
    assert found(tree(content, "word/styles.xml"), "//w:docDefaults//w:lang/@w:eastAsia") == ["zh-CN"]
    theme = tree(content, "word/theme/theme1.xml")
    assert [str(each) for each in found(theme, "//a:fontScheme//a:ea/@typeface")] == ["黑体", "仿宋_GB2312"]


def test_only_type_of_body_size_is_set_closer(sample: Document) -> None:
    styles = opened(write(sample)).styles
    spacing = {
        name: found(styles[name].element, "w:rPr/w:spacing/@w:val") for name in ("Body Text", "表格文字", "Title")
    }
    assert spacing == {"Body Text": ["-5"], "表格文字": ["0"], "Title": ["0"]}


def test_an_annex_without_a_label_begins_with_its_title() -> None:
    document = opened(of_blocks(WORDS, AnnexStart("", "摘\n要", "a"), Contents()))
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "附件编号"] == []
    title = next(paragraph for paragraph in document.paragraphs if paragraph.style.name == "附件标题")
    assert title.text == "摘\n要"
    assert title.paragraph_format.page_break_before
    assert not [words for words in instructions(document.element) if words.startswith("TC ")]


def test_another_layout_is_followed() -> None:
    layout = Layout("本地", top=Decimal(25), body_font="宋体", body_size=Decimal(14), characters_per_line=30)
    content = write(Document("试写", (WORDS,), layout=layout))
    assert near(opened(content).sections[0].top_margin, Mm(25))
    body = opened(content).styles["Body Text"]
    assert near(body.font.size, Pt(14))
    assert found(body.element, "w:pPr/w:ind/@w:firstLine") == ["560"]


def test_quotes_and_dashes_are_chinese() -> None:
    body = tree(of_blocks(Paragraph((Text("等级为“良”——"), Text("得分85.78")))))
    assert [bool(found(run, "w:rPr/w:rFonts[@w:hint='eastAsia']")) for run in found(body, "//w:r")] == [True, False]


def test_the_contents_list_headings_to_their_depth_and_annexes(sample: Document) -> None:
    document = opened(write(sample))
    lines = [paragraph for paragraph in document.paragraphs if paragraph.style.name.startswith("toc")]
    assert [text(line._p) for line in lines] == [
        "摘　要1",
        "一、项目基本情况1",
        "（一）立项背景与政策依据1",
        "（二）项目实施情况1",
        "（三）资金投入和使用情况2",
        "二、综合评价情况及评价结论7",
        "（一）满意度调查10",
        "附件1　绩效评价工作底稿11",
        "附件2　问题整改清单12",
    ]


def test_the_contents_are_a_field_that_word_computes_anew(sample: Document) -> None:
    content = write(sample)
    body = tree(content)
    assert instructions(body)[0] == r'TOC \o "1-2" \f C \h \z'
    assert found(body, "//w:fldChar/@w:dirty") == ["true"]
    assert found(tree(content, "word/settings.xml"), "//w:updateFields/@w:val") == ["true"]
    kinds = found(body, "//w:fldChar/@w:fldCharType")
    assert kinds.count("begin") == kinds.count("end")


def test_each_line_of_the_contents_leads_to_its_heading(sample: Document) -> None:
    body = tree(write(sample))
    marks = {str(each) for each in found(body, "//w:bookmarkStart/@w:name")}
    anchors = [str(each) for each in found(body, "//w:hyperlink/@w:anchor")]
    pages = [each.split()[1] for each in instructions(body) if each.startswith("PAGEREF")]
    assert anchors == pages
    assert set(anchors) <= marks
    assert len(set(found(body, "//w:bookmarkStart/@w:id"))) == len(found(body, "//w:bookmarkStart"))


def test_an_annex_is_listed_with_its_label() -> None:
    body = tree(of_blocks(Contents(), AnnexStart("附件1", '关于"一老一小"的说明', "a")))
    assert r'TC "附件1　关于\"一老一小\"的说明" \f C \l 1' in instructions(body)


def test_odd_numbers_stand_right_and_even_ones_left(sample: Document) -> None:
    content = write(sample)
    assert found(tree(content, "word/settings.xml"), "//w:evenAndOddHeaders")
    for part, style in (("footerOdd", "Footer"), ("footerEven", "HengjiFooterEven")):
        footer = tree(content, f"word/{part}.xml")
        assert text(footer) == "— 1 —"
        assert instructions(footer) == ["PAGE"]
        assert found(footer, "//w:pStyle/@w:val") == [style]
    styles = tree(content, "word/styles.xml")
    aligned = {
        style: found(styles, f"//w:style[@w:styleId='{style}']/w:pPr/w:jc/@w:val")
        for style in ("Footer", "HengjiFooterEven")
    }
    assert aligned == {"Footer": ["right"], "HengjiFooterEven": ["left"]}


def test_the_cover_has_no_number_and_the_body_begins_at_one(sample: Document) -> None:
    content = write(sample)
    cover, front, *body = found(tree(content), "//w:sectPr")
    assert not found(cover, "w:footerReference | w:headerReference | w:pgNumType")
    assert len(found(front, "w:footerReference | w:headerReference")) == 4
    assert found(front, "w:pgNumType/@w:fmt") == ["upperRoman"]
    assert [found(each, "w:pgNumType/@w:start") for each in body] == [["1"], [], []]
    assert text(tree(content, "word/headerOdd.xml")) == sample.title


def test_a_wide_table_turns_the_sheet_and_its_heading_with_it() -> None:
    document = opened(of_blocks(WORDS, Heading(1, "一、资金", "a"), WIDE, WORDS))
    turned = [section.orientation == WD_ORIENT.LANDSCAPE for section in document.sections]
    assert turned == [False, True, False]
    first = next(iter(document.sections[1].iter_inner_content()))
    assert first.text == "一、资金"


def test_wide_tables_in_a_row_share_a_section() -> None:
    assert len(opened(of_blocks(WIDE, WIDE)).sections) == 1


def test_no_page_break_makes_an_empty_page() -> None:
    cover = Cover(("题",), (), "2022年5月")
    body = tree(of_blocks(cover, Break(), Contents(), Break(), WORDS, Break(), Break(), WORDS, Break(),
                          AnnexStart("附件1", "表", "a"), Break()))  # fmt: skip
    assert len(found(body, "//w:br[@w:type='page']")) == 1


def test_an_annex_starts_a_page_with_its_label_at_the_left(sample: Document) -> None:
    document = opened(write(sample))
    labels = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "附件编号"]
    assert [paragraph.text for paragraph in labels] == ["附件1", "附件2"]
    assert labels[0].style.paragraph_format.page_break_before
    assert found(labels[0].style.element, "w:rPr/w:rFonts/@w:eastAsia") == ["黑体"]
    title = document.styles["附件标题"]
    assert found(title.element, "w:pPr/w:jc/@w:val") == ["center"]


def test_the_cover_shows_all_it_is_given(sample: Document) -> None:
    document = opened(write(sample))
    cover = next(block for block in sample.blocks if isinstance(block, Cover))
    lines = [(row.cells[0].text, row.cells[1].text) for row in document.tables[0].rows]
    assert lines == [(f"{label}：", value) for label, value in cover.lines]
    shown = [paragraph.text for paragraph in document.paragraphs[:5]]
    assert shown[:4] == [cover.date, cover.kicker, *cover.title]


def test_the_parts_are_few_and_named(sample: Document) -> None:
    assert {name for name in parts(write(sample)) if "/" in name and not name.startswith("word/")} == {
        "_rels/.rels",
        "docProps/core.xml",
    }
