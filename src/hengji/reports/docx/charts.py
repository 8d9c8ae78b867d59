"""Charts as native DrawingML: a user can change colours and numbers in Word itself."""

from __future__ import annotations

from decimal import Decimal

from hengji.model.document import Chart, ChartKind, Series
from hengji.model.profile import Layout
from hengji.reports.docx.page import EMU_PER_TWIP, points
from hengji.reports.docx.workbook import categories_at, name_at, values_at
from hengji.reports.docx.xml import WP, A, C, R, escape, root
from hengji.reports.drawing import PAPER

_HORIZONTAL = frozenset({ChartKind.BARS, ChartKind.STACKED_BARS})
_GROUPING = {
    ChartKind.BARS: "clustered",
    ChartKind.COLUMNS: "clustered",
    ChartKind.STACKED_COLUMNS: "stacked",
    ChartKind.STACKED_BARS: "percentStacked",
}
_STACKED = frozenset({ChartKind.STACKED_COLUMNS, ChartKind.STACKED_BARS})
_INK, _QUIET, _RULE = "262626", "595959", "D9D9D9"
_SIZE = Decimal(9)
_FEW_LABELS = 40  # more labels than that cover each other
_NARROW = Decimal("0.06")  # a part of a stack below that share has no room for its label
_UPRIGHT = '<a:bodyPr rot="0" vert="horz"/>'  # long Chinese names break into lines instead of being turned
_AXES = '<c:axId val="1"/><c:axId val="2"/>'


def chart_space(chart: Chart, layout: Layout, workbook: str) -> bytes:
    """The chart part; ``workbook`` is the id of the relation to its numbers."""
    legend = _legend() if len(chart.series) > 1 else ""
    content = (
        '<c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{_bars(chart)}{_categories(chart)}{_values(chart)}'
        f'</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_type(layout)}"
        f'<c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData>'
    )
    return root("c:chartSpace", content, c=C, a=A, r=R)


def drawing(chart: Chart, relation: str, serial: int, width: int) -> str:
    """The chart in a line of text, ``width`` twips wide, with its numbers as alternative text."""
    across, high = width * EMU_PER_TWIP, height(chart) * EMU_PER_TWIP
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{across}" cy="{high}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{serial}" name="{escape(chart.id)}" descr="{escape(spoken(chart))}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{A}"><a:graphicData uri="{C}"><c:chart xmlns:c="{C}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def spoken(chart: Chart) -> str:
    """The chart in words, for those who cannot see it."""
    lines = (
        f"{series.name}："
        + "，".join(
            f"{category} {'—' if value is None else value}{'' if value is None else chart.unit}"
            for category, value in zip(chart.categories, series.values, strict=True)
        )
        for series in chart.series
    )
    return f"{chart.kind.value}《{chart.caption}》。" + "；".join(lines) + "。"


def height(chart: Chart) -> int:
    """Twips: columns in a fixed frame, bars as high as their number asks for."""
    legend = 24 if len(chart.series) > 1 else 0
    if chart.kind not in _HORIZONTAL:
        return points(Decimal(190 + legend))
    bars = 1 if chart.kind in _STACKED else len(chart.series)
    return points(min(Decimal(50 + legend + len(chart.categories) * (14 + 14 * bars)), Decimal(560)))


def _bars(chart: Chart) -> str:
    direction = "bar" if chart.kind in _HORIZONTAL else "col"
    overlap = '<c:overlap val="100"/>' if chart.kind in _STACKED else ""
    gap = 60 if len(chart.series) == 1 or chart.kind in _STACKED else 50
    series = "".join(_series(chart, index, each) for index, each in enumerate(chart.series))
    return (
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="{_GROUPING[chart.kind]}"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="{gap}"/>{overlap}{_AXES}</c:barChart>'
    )


def _series(chart: Chart, index: int, series: Series) -> str:
    colour = PAPER.series[index % len(PAPER.series)]
    fill = _solid(colour.fill)
    edge = f'<a:ln w="6350">{_solid("FFFFFF")}</a:ln>' if chart.kind in _STACKED else ""
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>'
        f"<c:tx><c:strRef><c:f>{name_at(index)}</c:f>{_strings('c:strCache', (series.name,))}</c:strRef></c:tx>"
        f'<c:spPr>{fill}{edge}</c:spPr><c:invertIfNegative val="0"/>{_labels(chart, series, colour.ink)}'
        f"<c:cat><c:strRef><c:f>{categories_at(chart)}</c:f>{_strings('c:strCache', chart.categories)}</c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{values_at(chart, index)}</c:f>{_numbers(series.values)}</c:numRef></c:val></c:ser>"
    )


def _labels(chart: Chart, series: Series, ink: str) -> str:
    if len(chart.series) * len(chart.categories) > _FEW_LABELS:
        return ""
    stacked = chart.kind in _STACKED
    hidden = "".join(
        f'<c:dLbl><c:idx val="{index}"/><c:delete val="1"/></c:dLbl>'
        for index in range(len(series.values))
        if stacked and _is_narrow(chart, series, index)
    )
    return (
        f'<c:dLbls>{hidden}<c:numFmt formatCode="{_format(series.values)}" sourceLinked="0"/>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_ink(ink if stacked else _INK)}"
        f'<c:dLblPos val="{"ctr" if stacked else "outEnd"}"/><c:showLegendKey val="0"/><c:showVal val="1"/>'
        '<c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )


def _is_narrow(chart: Chart, series: Series, index: int) -> bool:
    value = series.values[index]
    if not value:
        return True
    nothing = Decimal()
    stacks = [
        sum((abs(each.values[at] or nothing) for each in chart.series), nothing) for at in range(len(chart.categories))
    ]
    whole = stacks[index] if chart.kind is ChartKind.STACKED_BARS else max(stacks)
    return abs(value) < whole * _NARROW


def _categories(chart: Chart) -> str:
    """Bars read from the top, in the order of the table."""
    flat = chart.kind in _HORIZONTAL
    return (
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{"maxMin" if flat else "minMax"}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{"l" if flat else "b"}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:spPr><a:ln w="9525">{_solid("7F7F7F")}</a:ln></c:spPr>{_ink(_INK, _UPRIGHT)}'
        '<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _values(chart: Chart) -> str:
    """Starts at nought unless something is below: a cut axis lies."""
    flat = chart.kind in _HORIZONTAL
    negative = any(value is not None and value < 0 for series in chart.series for value in series.values)
    least = "" if negative else '<c:min val="0"/>'
    percent = chart.kind is ChartKind.STACKED_BARS
    shown = "0%" if percent else "General"
    return (
        f'<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>{least}</c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{"b" if flat else "l"}"/><c:majorGridlines><c:spPr><a:ln w="6350">{_solid(_RULE)}</a:ln></c:spPr>'
        f'</c:majorGridlines><c:numFmt formatCode="{shown}" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>'
        f'{_ink(_QUIET)}<c:crossAx val="1"/><c:crosses val="{"max" if flat else "autoZero"}"/>'
        '<c:crossBetween val="between"/></c:valAx>'
    )


def _legend() -> str:
    return f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_ink(_INK)}</c:legend>'


def _strings(name: str, values: tuple[str, ...]) -> str:
    texts = "".join(f'<c:pt idx="{index}"><c:v>{escape(value)}</c:v></c:pt>' for index, value in enumerate(values))
    return f'<{name}><c:ptCount val="{len(values)}"/>{texts}</{name}>'


def _numbers(values: tuple[Decimal | None, ...]) -> str:
    known = "".join(
        f'<c:pt idx="{index}"><c:v>{value:f}</c:v></c:pt>' for index, value in enumerate(values) if value is not None
    )
    return f'<c:numCache><c:formatCode>{_format(values)}</c:formatCode><c:ptCount val="{len(values)}"/>{known}</c:numCache>'


def _format(values: tuple[Decimal | None, ...]) -> str:
    """As many decimals as the numbers are printed with."""
    exponents = (value.as_tuple().exponent for value in values if value is not None)
    places = max((-each for each in exponents if isinstance(each, int)), default=0)
    return "#,##0" + (f".{'0' * places}" if places > 0 else "")


def _solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#").upper()}"/></a:solidFill>'


def _ink(colour: str, body: str = "<a:bodyPr/>") -> str:
    return f"<c:txPr>{body}<a:p><a:pPr><a:defRPr>{_solid(colour)}</a:defRPr></a:pPr><a:endParaRPr/></a:p></c:txPr>"


def _type(layout: Layout) -> str:
    """The type of all text in the chart; sizes in hundredths of a point."""
    chinese, latin = escape(layout.table_font), escape(layout.latin_font)
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{int(_SIZE * 100)}" lang="zh-CN">{_solid(_INK)}'
        f'<a:latin typeface="{latin}"/><a:ea typeface="{chinese}"/><a:cs typeface="{latin}"/></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )
