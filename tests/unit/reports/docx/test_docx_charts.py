"""Charts: native, with their numbers inside, readable without colour and without sight."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.unit.reports.docx.opened import found, of_blocks, parts, tree

from hengji.model.document import Chart, ChartKind, Document, Series
from hengji.reports.docx import write
from hengji.reports.docx.charts import spoken

NAMES = ("甲镇", "乙镇")
PARTS = (Series("到位", (Decimal("65.40"), Decimal("48.60"))), Series("拨付", (Decimal("65.40"), None)))


def chart(kind: ChartKind, *series: Series) -> Chart:
    return Chart("图", "资金", kind, NAMES, series or PARTS, "万元")


def drawn(block: Chart) -> list:
    return tree(of_blocks(block), "word/charts/chart1.xml")


@pytest.mark.parametrize(
    ("kind", "direction", "grouping"),
    [
        (ChartKind.BARS, "bar", "clustered"),
        (ChartKind.COLUMNS, "col", "clustered"),
        (ChartKind.STACKED_COLUMNS, "col", "stacked"),
        (ChartKind.STACKED_BARS, "bar", "percentStacked"),
    ],
)
def test_each_kind_is_drawn_as_itself(kind: ChartKind, direction: str, grouping: str) -> None:
    space = drawn(chart(kind))
    assert found(space, "//c:barDir/@val") == [direction]
    assert found(space, "//c:grouping/@val") == [grouping]


def test_the_drawn_numbers_are_those_of_the_document() -> None:
    space = drawn(chart(ChartKind.COLUMNS))
    assert found(space, "//c:ser[1]/c:val//c:v/text()") == ["65.40", "48.60"]
    assert found(space, "//c:ser[2]/c:val//c:pt/@idx") == ["0"]
    assert found(space, "//c:ser[1]/c:cat//c:v/text()") == list(NAMES)
    assert found(space, "//c:ser[1]//c:numCache/c:formatCode/text()") == ["#,##0.00"]


def test_a_user_who_edits_the_chart_finds_the_same_numbers() -> None:
    content = of_blocks(chart(ChartKind.COLUMNS))
    sheet = load_workbook(BytesIO(parts(content)["word/embeddings/chart1.xlsx"])).active
    assert list(sheet.values) == [(None, "到位", "拨付"), ("甲镇", 65.4, 65.4), ("乙镇", 48.6, None)]
    space = tree(content, "word/charts/chart1.xml")
    assert found(space, "//c:ser[2]//c:f/text()") == ["Sheet1!$C$1", "Sheet1!$A$2:$A$3", "Sheet1!$C$2:$C$3"]


def test_neighbouring_series_differ_and_have_a_legend_only_when_there_are_several() -> None:
    several = drawn(chart(ChartKind.COLUMNS))
    assert len(set(found(several, "//c:ser/c:spPr/a:solidFill/a:srgbClr/@val"))) == 2
    assert found(several, "//c:legendPos/@val") == ["b"]
    assert not found(drawn(chart(ChartKind.COLUMNS, PARTS[0])), "//c:legend")


def test_text_is_in_a_chinese_font() -> None:
    assert found(drawn(chart(ChartKind.BARS)), "/c:chartSpace/c:txPr//a:ea/@typeface") == ["宋体"]


def test_a_part_too_narrow_for_its_label_has_none() -> None:
    thick = Series("满意", (Decimal(97), Decimal(50)))
    thin = Series("不满意", (Decimal(3), Decimal(50)))
    assert found(drawn(chart(ChartKind.STACKED_BARS, thick, thin)), "//c:ser[2]//c:dLbl/c:idx/@val") == ["0"]


def test_the_axis_is_not_cut_and_shows_what_is_below_nought() -> None:
    assert found(drawn(chart(ChartKind.COLUMNS)), "//c:valAx//c:min/@val") == ["0"]
    below = Series("增减", (Decimal(-1), Decimal(2)))
    assert not found(drawn(chart(ChartKind.COLUMNS, below)), "//c:valAx//c:min")


def test_the_chart_is_told_in_words() -> None:
    block = chart(ChartKind.COLUMNS)
    assert spoken(block) == "柱形图《资金》。到位：甲镇 65.40万元，乙镇 48.60万元；拨付：甲镇 65.40万元，乙镇 —。"
    assert found(tree(of_blocks(block)), "//wp:docPr/@descr") == [spoken(block)]


def test_charts_are_as_wide_as_the_text_and_numbered_apart(sample: Document) -> None:
    body = tree(write(sample))
    assert len(set(found(body, "//wp:docPr/@id"))) == 4
    assert {round(int(each) / 36000) for each in found(body, "//wp:extent/@cx")} == {156}
