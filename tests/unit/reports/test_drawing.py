from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.reports import hostile

from hengji.model.document import Chart, ChartKind, Document, Series
from hengji.reports.drawing import PAPER, SCREEN, in_words, svg

KINDS = tuple(ChartKind)
TIERS = ("省级", "市级", "县级")


def chart(kind: ChartKind, *values: tuple[str | None, ...], categories: tuple[str, ...] = ("预算", "到位")) -> Chart:
    series = tuple(
        Series(name, tuple(None if value is None else Decimal(value) for value in row))
        for name, row in zip(TIERS, values, strict=False)
    )
    return Chart("c", "各级资金", kind, categories, series, "万元")


def labels(drawn: str) -> list[str]:
    return [each.text or "" for each in ET.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]


def rects(drawn: str) -> list[dict[str, str]]:
    return [each.attrib for each in ET.fromstring(drawn).iter("{http://www.w3.org/2000/svg}rect")]


@pytest.mark.parametrize("kind", KINDS)
def test_every_bar_bears_its_number_as_printed(kind: ChartKind) -> None:
    drawn = labels(svg(chart(kind, ("306.00", "1567.50"), ("167.00", "940.00")), PAPER))
    assert {"306.00", "1,567.50", "167.00", "940.00", "预算", "到位", "单位：万元"} <= set(drawn)


def test_a_stack_bears_its_total() -> None:
    assert "626.00" in labels(svg(chart(ChartKind.STACKED_COLUMNS, ("306.00",), ("167.00",), ("153.00",)), PAPER))


def test_bars_are_as_long_as_their_numbers() -> None:
    first, second = rects(svg(chart(ChartKind.BARS, ("100", "50")), PAPER))
    assert float(first["width"]) == 2 * float(second["width"])
    assert first["x"] == second["x"]


def test_parts_of_a_hundred_per_cent_bar_fill_it() -> None:
    drawn = rects(svg(chart(ChartKind.STACKED_BARS, ("35",), ("12",), ("3",), categories=("伙食",)), PAPER))[3:]
    ends = [float(each["x"]) + float(each["width"]) for each in drawn]
    assert abs(ends[-1] - 560) < 0.2
    assert abs(float(drawn[1]["x"]) - ends[0]) < 0.2


def test_a_column_below_zero_hangs_from_the_line() -> None:
    up, down = rects(svg(chart(ChartKind.COLUMNS, ("100", "-50")), PAPER))
    assert abs(float(up["y"]) + float(up["height"]) - float(down["y"])) < 0.2


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_missing_is_no_bar_of_nought(kind: ChartKind) -> None:
    drawn = chart(kind, ("100", None))
    assert "到位 —" in in_words(drawn)
    assert "0" not in labels(svg(drawn, PAPER))


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_without_numbers_is_still_a_picture(kind: ChartKind) -> None:
    assert ET.fromstring(svg(chart(kind, categories=()), PAPER)).tag.endswith("svg")
    assert ET.fromstring(svg(chart(kind, ("0", "0")), PAPER)).tag.endswith("svg")


def test_on_screen_the_ink_follows_the_page_on_paper_it_does_not(sample: Document) -> None:
    for block in sample.blocks:
        if isinstance(block, Chart):
            assert "var(--ink)" in svg(block, SCREEN)
            assert "var(" not in svg(block, PAPER)


@given(st.text(), st.sampled_from(KINDS))
def test_any_text_gives_well_formed_xml(text: str, kind: ChartKind) -> None:
    ET.fromstring(svg(Chart("c", text, kind, (text,), (Series(text, (Decimal(1),)),) * 2, text), PAPER))


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_hostile_names_stay_names(text: str) -> None:
    drawn = svg(Chart("c", text, ChartKind.BARS, (text,), (Series(text, (Decimal(1),)),)), SCREEN)
    tags = {each.tag.rpartition("}")[2] for each in ET.fromstring(drawn).iter()}
    assert tags == {"svg", "title", "desc", "rect", "text", "line"}
