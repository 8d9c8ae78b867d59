"""Charts as SVG, drawn once from their numbers: crisp, every bar labelled, safe for colour-blind readers.

Coordinates are floats (geometry, never money); the labels are the exact decimals as printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from hengji.model.document import Chart, ChartKind
from hengji.model.figure import MISSING
from hengji.model.record import record
from hengji.reports.markup import NOTHING, Markup, element, joined, text
from hengji.reports.widths import width, wrap


@record
class Colour:
    """A fill and the ink that is read on it."""

    fill: str
    ink: str


@record
class Palette:
    """What differs between the places where a chart stands: fixed colours on paper, the page's variables on screen."""

    ink: str
    quiet: str
    series: tuple[Colour, ...]
    font: str


# Okabe–Ito, in an order in which neighbours differ in lightness too.
_SERIES = (
    Colour("#0072b2", "#ffffff"),
    Colour("#e69f00", "#1a1a1a"),
    Colour("#009e73", "#1a1a1a"),
    Colour("#cc79a7", "#1a1a1a"),
    Colour("#56b4e9", "#1a1a1a"),
    Colour("#d55e00", "#1a1a1a"),
    Colour("#f0e442", "#1a1a1a"),
    Colour("#8c8c8c", "#1a1a1a"),
)
_FAMILIES = "'Noto Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei','SimHei',sans-serif"

PAPER = Palette("#1a1a1a", "#5c5c5c", _SERIES, _FAMILIES)
SCREEN = Palette("var(--ink)", "var(--quiet)", _SERIES, _FAMILIES)

WIDTH = 560
_SIZE = 13  # of all text
_LINE = 18
_PAD = 8
_MANY = 12  # categories, from which on bars are drawn thinner


def svg(chart: Chart, palette: Palette) -> Markup:
    """The chart ``WIDTH`` units wide and as high as it needs, without its caption."""
    top, legend = _legend(chart, palette)
    bottom, body = _DRAWN[chart.kind](chart, palette, top)
    return element(
        "svg",
        element("title", text(chart.caption)),
        element("desc", text(in_words(chart))),
        legend,
        body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {_n(bottom)}",
        width=WIDTH,
        height=_n(bottom),
        role="img",
        font_family=palette.font,
        font_size=_SIZE,
    )


def in_words(chart: Chart) -> str:
    """All numbers of the chart as a sentence, for those who cannot see it."""
    lines = (
        f"{series.name}："
        + "，".join(f"{c} {_said(v, chart.unit)}" for c, v in _pairs(chart.categories, series.values))
        for series in chart.series
    )
    return "；".join(lines)


def _pairs(categories: tuple[str, ...], values: tuple[Decimal | None, ...]) -> Iterable[tuple[str, Decimal | None]]:
    return zip(categories, (*values, *(None for _ in categories)), strict=False)


def _said(value: Decimal | None, unit: str) -> str:
    return MISSING if value is None else f"{value:,}{unit}"


def _value(values: tuple[Decimal | None, ...], at: int) -> Decimal | None:
    return values[at] if at < len(values) else None


def _colour(palette: Palette, at: int) -> Colour:
    return palette.series[at % len(palette.series)]


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _long(words: str) -> float:
    """Units that text takes; digits are a little wider than half a character."""
    return width(words) * _SIZE * 0.53


def _written(x: float, y: float, words: str, fill: str, anchor: str = "start", turn: int = 0) -> Markup:
    rotated = f"rotate({turn} {_n(x)} {_n(y)})" if turn else None
    return element("text", text(words), x=_n(x), y=_n(y), fill=fill, text_anchor=anchor, transform=rotated)


def _bar(x: float, y: float, across: float, down: float, colour: Colour, words: str) -> Markup:
    return element(
        "rect",
        element("title", text(words)),
        x=_n(x),
        y=_n(y),
        width=_n(max(across, 0)),
        height=_n(max(down, 0)),
        fill=colour.fill,
        shape_rendering="crispEdges",
    )


def _rule(x1: float, y1: float, x2: float, y2: float, palette: Palette) -> Markup:
    return element(
        "line", x1=_n(x1), y1=_n(y1), x2=_n(x2), y2=_n(y2), stroke=palette.quiet, shape_rendering="crispEdges"
    )


def _legend(chart: Chart, palette: Palette) -> tuple[float, Markup]:
    """A line of swatches, wrapped; none for a single series, whose name is the caption's."""
    unit = f"单位：{chart.unit}" if chart.unit else ""
    parts = [_written(WIDTH, _LINE - 4, unit, palette.quiet, "end")] if unit else []
    x, y, right = 0.0, 0.0, WIDTH - _long(unit) - _PAD
    names = [series.name for series in chart.series] if len(chart.series) > 1 else []
    for at, name in enumerate(names):
        needed = 18 + _long(name) + 20
        if x and x + needed > right:
            x, y = 0.0, y + _LINE + 2
        parts.append(_bar(x, y + 3, 12, 12, _colour(palette, at), name))
        parts.append(_written(x + 18, y + _LINE - 4, name, palette.ink))
        x += needed
    return (y + _LINE + _PAD if parts else 0.0), joined(*parts)


def _extent(chart: Chart) -> tuple[float, float]:
    """The lowest and highest value, 0 always between them; never an empty span."""
    values = [float(value) for series in chart.series for value in series.values if value is not None]
    low, high = min([0.0, *values]), max([0.0, *values])
    return (low, high) if high > low else (0.0, 1.0)


def _margin(chart: Chart) -> tuple[float, list[tuple[str, ...]]]:
    """The column of category names to the left of bars, and each name's lines."""
    places = int(WIDTH * 0.34 / (_SIZE * 0.53))
    lines = [wrap(category, places) for category in chart.categories]
    return max([0.0, *(_long(line) for each in lines for line in each)]) + 10, lines


def _names(lines: tuple[str, ...], right: float, middle: float, palette: Palette) -> Markup:
    first = middle - (len(lines) - 1) * _LINE / 2 + 5
    return joined(*(_written(right, first + at * _LINE, line, palette.ink, "end") for at, line in enumerate(lines)))


def _bars(chart: Chart, palette: Palette, top: float) -> tuple[float, Markup]:
    """Bars from left to right, the series of a category below each other."""
    left, names = _margin(chart)
    low, high = _extent(chart)
    labels = max([0.0, *(_long(_said(v, "")) for s in chart.series for v in s.values)]) + 8
    room = WIDTH - left - labels - (labels if low < 0 else 0)
    scale = room / (high - low)
    zero = left + (labels if low < 0 else 0) - low * scale
    count = max(len(chart.series), 1)
    thick, apart = _density(len(chart.categories), count)
    parts: list[Markup] = []
    y = top
    for at, category in enumerate(chart.categories):
        block = max(count * (thick + 3), len(names[at]) * _LINE)
        parts.append(_names(names[at], left - 10, y + block / 2, palette))
        inner = y + (block - count * (thick + 3)) / 2 + 1.5
        for index, series in enumerate(chart.series):
            value = _value(series.values, at)
            long = float(value or 0) * scale
            words = f"{category} {series.name}：{_said(value, chart.unit)}"
            parts.append(_bar(zero + min(long, 0), inner, abs(long), thick, _colour(palette, index), words))
            x, anchor = (zero + long - 6, "end") if long < 0 else (zero + long + 6, "start")
            parts.append(_written(x, inner + thick / 2 + 5, _said(value, ""), palette.ink, anchor))
            inner += thick + 3
        y += block + apart
    parts.append(_rule(zero, top - 4, zero, y - apart + 4, palette))
    return y, joined(*parts)


def _density(categories: int, series: int) -> tuple[int, int]:
    """The thickness of a bar and the space between categories: a long list still has to fit a page."""
    if categories > _MANY:
        return (14, 6) if series == 1 else (10, 6)
    return (20, 12) if series == 1 else (16, 12)


def _columns(chart: Chart, palette: Palette, top: float) -> tuple[float, Markup]:
    """Columns from the foot up, the series of a category side by side."""
    low, high = _extent(chart)
    slot = WIDTH / max(len(chart.categories), 1)
    count = max(len(chart.series), 1)
    pitch = min(slot * 0.92 / count, 76)
    longest = max([0.0, *(_long(_said(v, "")) for s in chart.series for v in s.values)])
    turn = -90 if longest > (pitch if count > 1 else slot) else 0
    above = longest + 8 if turn else _LINE + 4
    tall, scale = 220.0, 220.0 / (high - low)
    zero = top + above + high * scale
    foot = top + above + tall + (above if low < 0 else 0)
    parts = [_rule(0, zero, WIDTH, zero, palette)]
    for at, category in enumerate(chart.categories):
        x = slot * (at + 0.5) - pitch * count / 2
        for index, series in enumerate(chart.series):
            value = _value(series.values, at)
            long = float(value or 0) * scale
            words = f"{category} {series.name}：{_said(value, chart.unit)}"
            parts.append(_bar(x + 2, zero - max(long, 0), pitch - 4, abs(long), _colour(palette, index), words))
            parts.append(_at_end(x + pitch / 2, zero - long, long, turn, _said(value, ""), palette))
            x += pitch
    deep, names = _below(chart, palette, slot, foot)
    return deep, joined(*parts, names)


def _at_end(x: float, y: float, long: float, turn: int, words: str, palette: Palette) -> Markup:
    """The label at the end of a column that is ``long`` units long, below it when that is negative."""
    below = long < 0
    if turn:
        return _written(x + 5, y + 6 if below else y - 6, words, palette.ink, "end" if below else "start", turn)
    return _written(x, y + 16 if below else y - 6, words, palette.ink, "middle")


def _below(chart: Chart, palette: Palette, slot: float, foot: float) -> tuple[float, Markup]:
    """Category names under columns, wrapped to their slots."""
    places = max(int((slot - 6) / (_SIZE * 0.53)), 2)
    lines = [wrap(category, places) for category in chart.categories]
    parts = (
        _written(slot * (at + 0.5), foot + _LINE * (row + 1), line, palette.ink, "middle")
        for at, each in enumerate(lines)
        for row, line in enumerate(each)
    )
    return foot + _LINE * max([1, *map(len, lines)]) + _PAD, joined(*parts)


def _stacked_columns(chart: Chart, palette: Palette, top: float) -> tuple[float, Markup]:
    """Columns of parts, each with its number inside or beside it, and the total above."""
    totals = [_total(chart, at) for at in range(len(chart.categories))]
    tall = 260.0
    scale = tall / (float(max([Decimal(0), *(total or Decimal(0) for total in totals)])) or 1.0)
    count = max(len(chart.categories), 1)
    longest = max([0.0, *(_long(_said(value, "")) for series in chart.series for value in series.values)])
    slot = (WIDTH - max(0.0, longest + 8 - WIDTH / count / 4)) / count  # what stands beside the last column has room
    across = min(slot * 0.5, 96)
    foot = top + _LINE + 4 + tall
    parts: list[Markup] = []
    for at, category in enumerate(chart.categories):
        y, middle = foot, slot * (at + 0.5)
        beside = foot + _LINE - 6  # the highest label beside the column so far
        for index, series in enumerate(chart.series):
            value, colour = _value(series.values, at), _colour(palette, index)
            long = float(max(value or Decimal(0), Decimal(0))) * scale
            y -= long
            said = _said(value, "")
            parts.append(
                _bar(middle - across / 2, y, across, long, colour, f"{category} {series.name}：{said}{chart.unit}")
            )
            if long >= _LINE and _long(said) <= across:
                parts.append(_written(middle, y + long / 2 + 5, said, colour.ink, "middle"))
            elif value and value != totals[at] and _long(said) <= slot - across - 8:
                beside = min(y + long / 2 + 5, beside - _LINE + 3)
                parts.append(_written(middle + across / 2 + 4, beside, said, palette.quiet))
        parts.append(_written(middle, y - 6, _said(totals[at], ""), palette.ink, "middle"))
    parts.append(_rule(0, foot, WIDTH, foot, palette))
    deep, names = _below(chart, palette, slot, foot)
    return deep, joined(*parts, names)


def _total(chart: Chart, at: int) -> Decimal | None:
    values = [value for series in chart.series if (value := _value(series.values, at)) is not None]
    return sum(values, Decimal(0)) if values else None


def _stacked_bars(chart: Chart, palette: Palette, top: float) -> tuple[float, Markup]:
    """Bars of equal length whose parts are shares of the category's total; each part bears its own number."""
    left, names = _margin(chart)
    room, thick = WIDTH - left, 24.0
    parts: list[Markup] = []
    y = top
    for at, category in enumerate(chart.categories):
        values = [max(_value(series.values, at) or Decimal(0), Decimal(0)) for series in chart.series]
        total = sum(values, Decimal(0))
        block = max(thick, len(names[at]) * _LINE)
        parts.append(_names(names[at], left - 10, y + block / 2, palette))
        x, inner = left, y + (block - thick) / 2
        for index, (series, value) in enumerate(zip(chart.series, values, strict=True)):
            long, colour = (room * float(value / total) if total else 0.0), _colour(palette, index)
            said = _said(_value(series.values, at), "")
            parts.append(_bar(x, inner, long, thick, colour, f"{category} {series.name}：{said}{chart.unit}"))
            if value and _long(said) + 4 <= long:
                parts.append(_written(x + long / 2, inner + thick / 2 + 5, said, colour.ink, "middle"))
            x += long
        if not total:
            parts.append(_written(left, inner + thick / 2 + 5, MISSING, palette.quiet))
        y += block + 10
    return y, joined(*parts) or NOTHING


_DRAWN: dict[ChartKind, Callable[[Chart, Palette, float], tuple[float, Markup]]] = {
    ChartKind.BARS: _bars,
    ChartKind.COLUMNS: _columns,
    ChartKind.STACKED_COLUMNS: _stacked_columns,
    ChartKind.STACKED_BARS: _stacked_bars,
}
