"""Pictures of numbers, as SVG that follows the page's colours: the score dial, the money on its way.

Sizes are whole units of the drawing; nothing in a picture is measured by the reader, the numbers stand beside it in words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import cos, pi, sin

from hengji.model.money import FEN_PER_WAN, divide
from hengji.model.record import record
from hengji.model.score import ScoreSheet
from hengji.reports.markup import Markup, element, text
from hengji.web.flows import Flow

_RADIUS = 84
_CENTRE = 100
_HEIGHT = 260
_NODE = 12
_GAP = 18
_COLUMN = 250
_LEAST = 4


def dial(sheet: ScoreSheet) -> Markup:
    """A half circle from 0 to 100 with the declared grades on it and the total as its hand."""
    bands = sorted(sheet.bands, key=lambda band: band.low)
    ends = [*(band.low for band in bands[1:]), Decimal(100)]
    arcs = [
        element("path", d=_arc(float(band.low), float(end)), class_=f"arc arc{position}")
        for position, (band, end) in enumerate(zip(bands, ends, strict=True))
    ]
    hand = element(
        "line", x1=_CENTRE, y1=_CENTRE, **_tip(float(min(max(sheet.total, Decimal(0)), Decimal(100)))), class_="hand"
    )
    total = element("text", text(f"{sheet.total:.2f}"), x=_CENTRE, y=_CENTRE + 34, class_="total")
    label = f"总分 {sheet.total:.2f} 分，等级{sheet.grade}"
    return element("svg", *arcs, hand, total, viewBox="0 0 200 140", role="img", aria_label=label, class_="dial")


def _at(score: float, radius: float) -> tuple[float, float]:
    angle = pi * (1 - score / 100)
    return _CENTRE + radius * cos(angle), _CENTRE - radius * sin(angle)


def _tip(score: float) -> dict[str, str]:
    x, y = _at(score, _RADIUS - 16)
    return {"x2": f"{x:.1f}", "y2": f"{y:.1f}"}


def _arc(low: float, high: float) -> str:
    (x1, y1), (x2, y2) = _at(low, _RADIUS), _at(high, _RADIUS)
    return f"M{x1:.1f} {y1:.1f} A{_RADIUS} {_RADIUS} 0 0 1 {x2:.1f} {y2:.1f}"


@record
class _Node:
    name: str
    column: int
    fen: int
    top: float
    height: float
    stuck: bool


def sankey(flows: Sequence[Flow]) -> Markup:
    """The flows from left to right, each as thick as its share; empty where there is no money."""
    if not flows:
        return Markup("")
    nodes = _nodes(flows)
    left: dict[str, float] = defaultdict(float)
    right: dict[str, float] = defaultdict(float)
    ribbons = [_ribbon(flow, nodes, left, right) for flow in flows]
    width = max(node.column for node in nodes.values()) * _COLUMN + 190
    bottom = max(node.top + node.height for node in nodes.values())
    drawn = [*ribbons, *(part for node in nodes.values() for part in _box(node))]
    said = "；".join(f"{flow.source}到{flow.target} {_wan(flow.fen)}" for flow in flows)
    return element(
        "svg", *drawn, viewBox=f"0 0 {width} {bottom + 10:.0f}", role="img", aria_label=said, class_="sankey"
    )


def _nodes(flows: Sequence[Flow]) -> dict[str, _Node]:
    columns: dict[str, int] = {}
    for flow in flows:
        columns.setdefault(flow.source, 0)
        columns[flow.target] = max(columns.get(flow.target, 0), columns[flow.source] + 1)
    amounts = {name: max(_sum(flows, source=name), _sum(flows, target=name)) for name in columns}
    whole = max(sum(amounts[name] for name in columns if columns[name] == column) for column in set(columns.values()))
    tops: dict[int, float] = defaultdict(lambda: 10.0)
    nodes = {}
    stuck = {flow.target for flow in flows if flow.stuck}
    for name, column in columns.items():
        height = max(amounts[name] / whole * (_HEIGHT - 60), _LEAST)
        nodes[name] = _Node(name, column, amounts[name], tops[column], height, name in stuck)
        tops[column] += height + _GAP + 8
    return nodes


def _sum(flows: Iterable[Flow], *, source: str = "", target: str = "") -> int:
    return sum(flow.fen for flow in flows if (source and flow.source == source) or (target and flow.target == target))


def _ribbon(flow: Flow, nodes: dict[str, _Node], left: dict[str, float], right: dict[str, float]) -> Markup:
    source, target = nodes[flow.source], nodes[flow.target]
    thick = flow.fen / source.fen * source.height if source.fen else _LEAST
    x1, x2 = source.column * _COLUMN + _NODE, target.column * _COLUMN
    y1, y2 = source.top + right[flow.source], target.top + left[flow.target]
    right[flow.source] += thick
    left[flow.target] += flow.fen / target.fen * target.height if target.fen else 0
    middle = (x1 + x2) / 2
    path = (
        f"M{x1} {y1:.1f} C{middle:.0f} {y1:.1f} {middle:.0f} {y2:.1f} {x2} {y2:.1f} V{y2 + thick:.1f} "
        f"C{middle:.0f} {y2 + thick:.1f} {middle:.0f} {y1 + thick:.1f} {x1} {y1 + thick:.1f} Z"
    )
    return element("path", d=path, class_="ribbon stuck" if flow.stuck else "ribbon")


def _box(node: _Node) -> tuple[Markup, Markup]:
    x = node.column * _COLUMN
    box = element(
        "rect",
        x=x,
        y=f"{node.top:.1f}",
        width=_NODE,
        height=f"{node.height:.1f}",
        class_="stuck" if node.stuck else None,
    )
    said = element("tspan", text(node.name)), element("tspan", text(f"　{_wan(node.fen)}"), class_="amount")
    return box, element("text", *said, x=x + _NODE + 6, y=f"{node.top + max(node.height / 2, 6) + 5:.1f}")


def _wan(fen: int) -> str:
    return f"{Decimal(divide(fen * 100, FEN_PER_WAN)).scaleb(-2):,.2f}万元"
