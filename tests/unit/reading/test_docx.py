"""Word files: what a reader of Word sees, and where each piece of it stands in the file."""

import io
import zipfile

import pytest
from lxml import etree
from tests.unit.reading.word_files import W, cell, paragraph, run, table, word_file

from hengji.model.reading import Grid, Reading
from hengji.reading.docx import docx_runs, read_docx
from hengji.reading.word_numbers import formatted


def read(body: str, **parts: str) -> Reading:
    return read_docx("报告.docx", word_file(body, **parts))


def prose(reading: Reading) -> list[str]:
    return [reading.quote(part.span) for part in reading.prose()]


def titles(reading: Reading) -> list[tuple[int, str, str]]:
    return [(title.level, title.mark, title.text) for title in reading.titles]


def rows(reading: Reading, grid: Grid) -> list[list[str]]:
    return [[reading.quote(slot.span) for slot in grid.row(row)] for row in range(grid.height)]


STYLES = (
    '<w:style w:type="paragraph" w:styleId="a1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="章"/><w:basedOn w:val="a1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="节"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
)


def test_headings_by_style_and_its_inheritance() -> None:
    body = (
        paragraph("项目概况", '<w:pStyle w:val="b"/>')
        + paragraph("背景", '<w:pStyle w:val="c"/>')
        + paragraph("正文。")
    )
    assert titles(read(body, styles=STYLES)) == [(1, "", "项目概况"), (2, "", "背景")]


NUMBERS = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="4"/></w:lvlOverride></w:num>'
)


def numbered(text: str, level: int, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbers_stand_in_the_text() -> None:
    body = "".join(
        [
            numbered("概况", 0),
            numbered("背景", 1),
            numbered("内容", 1),
            numbered("结论", 0),
            numbered("得分", 1),
            numbered("复核", 2),
            numbered("另起", 2, 2),
            numbered("", 0),
        ]
    )
    reading = read(body, numbering=NUMBERS)
    assert titles(reading) == [
        (1, "一、", "概况"),
        (2, "（一）", "背景"),
        (2, "（二）", "内容"),
        (1, "二、", "结论"),
        (2, "（一）", "得分"),
        (3, "1.", "复核"),
        (3, "4.", "另起"),
    ]
    assert reading.text.startswith("一、概况\n（一）背景\n")


def test_numbers_of_levels_above_may_be_printed_in_digits() -> None:
    numbers = (
        '<w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:start w:val="2"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1章"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    reading = read(numbered("概况", 0) + numbered("背景", 1), numbering=numbers)
    assert titles(reading) == [(1, "第二章", "概况"), (2, "2.1", "背景")]


@pytest.mark.parametrize(
    ("number", "form", "printed"),
    [
        (12, "chineseCounting", "十二"),
        (20, "chineseCountingThousand", "二十"),
        (105, "chineseCounting", "一百〇五"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (28, "lowerLetter", "bb"),
        (14, "upperRoman", "XIV"),
        (7, "decimalZero", "07"),
    ],
)
def test_number_forms(number: int, form: str, printed: str) -> None:
    assert formatted(number, form) == printed


def test_a_table_with_merged_cells() -> None:
    body = table(
        cell("单位", '<w:vMerge w:val="restart"/>') + cell("补助", '<w:gridSpan w:val="2"/>'),
        cell("", "<w:vMerge/>") + cell("省级") + cell("市级"),
        cell("甲站") + cell("12") + cell(paragraph("第一段") + paragraph("第二段")),
    )
    reading = read(body)
    (grid,) = reading.grids()
    assert rows(reading, grid) == [["单位", "补助"], ["省级", "市级"], ["甲站", "12", "第一段 第二段"]]
    assert (grid.height, grid.width, grid.head) == (3, 3, 2)
    assert [(slot.rows, slot.columns) for slot in grid.row(0)] == [(2, 1), (1, 2)]
    assert reading.text == "单位\t补助\t\n\t省级\t市级\n甲站\t12\t第一段 第二段\n"


def test_a_table_within_a_cell_follows_its_table() -> None:
    inner = table(cell("甲") + cell("1"), cell("乙") + cell("2"))
    body = table(cell("分析") + cell(paragraph("见下表") + inner + paragraph("以上")), cell("得分") + cell("5"))
    reading = read(body)
    outer, nested = reading.grids()
    assert rows(reading, outer) == [["分析", "见下表 以上"], ["得分", "5"]]
    assert rows(reading, nested) == [["甲", "1"], ["乙", "2"]]


def test_a_table_of_one_cell_is_a_frame() -> None:
    assert prose(read(table(cell("填报说明。")))) == ["填报说明。"]


def test_tracked_changes_fields_and_hidden_text() -> None:
    inside = (
        run("支出")
        + f"<w:ins>{run('12')}</w:ins><w:del><w:r><w:delText>10</w:delText></w:r></w:del>"
        + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>'
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("万元")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>"
        + f"<w:sdt><w:sdtPr/><w:sdtContent>{run('。')}</w:sdtContent></w:sdt>"
    )
    assert prose(read(paragraph(inside))) == ["支出12万元。"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('框内文字。')}</w:txbxContent>"
    inside = (
        run("正文。")
        + f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        + f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert prose(read(paragraph(inside))) == ["正文。", "框内文字。"]


def test_notes_come_last_and_headers_are_left_out() -> None:
    note = f'<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r>{run("脚注文字。")}</w:p></w:footnote>'
    line = '<w:footnote w:id="0" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    body = paragraph(run("正文") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + run("。")) + paragraph("后文。")
    reading = read(body, footnotes=line + note, header1=paragraph("页眉"))
    assert prose(reading) == ["正文。", "后文。", "脚注文字。"]


def test_line_breaks_part_lines_and_boxes_are_signs() -> None:
    inside = run("第一行。") + "<w:r><w:br/></w:r>" + '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run("是")
    assert prose(read(paragraph(inside))) == ["第一行。", "☑是"]


def test_each_run_points_at_its_words() -> None:
    body = (
        paragraph(run("甲") + "<w:r><w:tab/><w:t>乙\u2028丙</w:t></w:r>")
        + paragraph(run("   "))
        + table(cell("单位") + cell("金\t额"), cell(paragraph(run("甲") + run("站"))) + cell("12"))
        + numbered("结论", 0)
    )
    content = word_file(body, numbering=NUMBERS)
    text = read_docx("报告.docx", content).text
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        elements = list(etree.fromstring(archive.read("word/document.xml")).iter("*"))
    runs = docx_runs(content)
    for each in runs:
        element = elements[each.element]
        said = text[each.start : each.end]
        if element.tag == f"{{{W}}}t":
            assert said == element.text.replace("\u2028", " ").replace("\t", " ")
        else:
            assert len(said) == 1
    assert "".join(text[each.start : each.end] for each in runs) == "甲\t乙 丙单位金 额甲站12结论"
    assert [each.start for each in runs] == sorted(each.start for each in runs)
