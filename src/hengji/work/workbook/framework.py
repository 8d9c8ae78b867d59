"""The sheet 指标体系: one row a leaf with the names above it; the weights of the nodes are the sums of their leaves."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, replace
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from hengji.model.band import GradePoints
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, one_of
from hengji.model.indicator import Dimension, Indicator
from hengji.model.record import record
from hengji.model.rubric import Element, Rubric
from hengji.model.table import ColumnType
from hengji.work.workbook.form import LINES, Field, Filled, Findings, Sheet

Path = tuple[str, ...]
_LEVELS = ("level1", "level2", "level3", "level4")


@record
class IndicatorRow:
    """A leaf as it is filled in. ``items``, ``points``, ``actual`` and ``target`` are the usual parts of a standard."""

    id: str
    level1: str
    level2: str
    level3: str
    level4: str
    weight: Decimal
    dimension: Dimension | None
    explanation: str
    criteria: str
    basis: str
    method: str
    items: tuple[str, ...]
    points: Decimal | None
    actual: str
    target: str
    note: str

    @property
    def path(self) -> Path:
        return tuple(name for name in (self.level1, self.level2, self.level3, self.level4) if name)


SHAPES: Mapping[str, type] = MappingProxyType({kind.SHAPE: kind for kind in typing.get_args(Rubric)})
_PARTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "要素得分": {"items": "elements"},
        "要素扣分": {"items": "elements", "points": "deduction"},
        "一票式": {"items": "elements"},
        "部分得分": {"items": "elements", "points": "partial"},
        "等级评判": {"items": "grades"},
        "缺陷扣分": {"points": "deduction"},
        "酌情": {},
        "比例": {"actual": "actual", "target": "target"},
        "正向完成": {"actual": "actual", "target": "target"},
        "反向完成": {"actual": "actual", "target": "target"},
        "满意度": {"actual": "actual"},
        "问卷综合": {"actual": "survey"},
        "及时率": {"actual": "on_time", "target": "total"},
        "按时": {"actual": "late"},
        "准确率": {"actual": "wrong", "target": "checked"},
        "应补尽补率": {"actual": "paid", "target": "entitled"},
    }
)
"""Which column holds which part of a standard; the shapes that are not here are edited in indicators.yaml."""


def leaves(indicators: Sequence[Indicator], above: Path = ()) -> Iterator[tuple[Path, Indicator]]:
    """Each leaf with the names from the top down to its own."""
    for indicator in indicators:
        path = (*above, indicator.name)
        if indicator.children:
            yield from leaves(indicator.children, path)
        else:
            yield path, indicator


def _take(dossier: Dossier) -> tuple[IndicatorRow, ...]:
    tops = {top.name: top.dimension for top in dossier.framework.indicators}
    return tuple(_row(path, leaf, tops[path[0]]) for path, leaf in leaves(dossier.framework.indicators))


def _row(path: Path, leaf: Indicator, dimension: Dimension) -> IndicatorRow:
    rubric = leaf.rubric
    parts = _PARTS.get(rubric.SHAPE, {}) if rubric else {}
    level1, level2, level3, level4 = (*path, "", "", "")[: len(_LEVELS)]
    shown: dict[str, Any] = {column: getattr(rubric, name) for column, name in parts.items()}
    return IndicatorRow(
        leaf.id,
        level1,
        level2,
        level3,
        level4,
        leaf.weight,
        dimension if dimension is not Dimension.NONE else None,
        leaf.explanation,
        leaf.criteria,
        leaf.basis,
        rubric.SHAPE if rubric else "",
        tuple(_item(item) for item in shown.get("items", ())),
        shown.get("points"),
        shown.get("actual", ""),
        shown.get("target", ""),
        leaf.note,
    )


def _item(item: str | Element | GradePoints) -> str:
    match item:
        case Element():
            return f"{item.text}={item.points:f}"
        case GradePoints():
            return f"{item.name}={item.points:f}"
        case _:
            return item


def _give(dossier: Dossier, rows: tuple[Filled[IndicatorRow], ...]) -> tuple[Dossier, Findings]:
    builder = _Builder(dossier)
    made = tuple(builder.node((name,), group) for name, group in _grouped(rows, 0))
    framework = replace(dossier.framework, indicators=made)
    if builder.findings:
        return dossier, tuple(builder.findings)
    return (dossier if framework == dossier.framework else replace(dossier, framework=framework)), ()


Rows = Sequence[Filled[IndicatorRow]]


def _grouped(rows: Rows, level: int) -> Iterator[tuple[str, Rows]]:
    """Rows with the same name at a level, in the order in which each name first comes."""
    groups: dict[str, list[Filled[IndicatorRow]]] = {}
    for row in rows:
        groups.setdefault(row.record.path[level], []).append(row)
    yield from groups.items()


class _Builder:
    """Builds the tree again, keeping of each known node what the sheet does not show."""

    def __init__(self, dossier: Dossier) -> None:
        self.nodes = dict(_nodes(dossier.framework.indicators))
        self.leaves = {leaf.id: leaf for _, leaf in leaves(dossier.framework.indicators)}
        self.findings: list[Finding] = []

    def node(self, path: Path, rows: Rows) -> Indicator:
        ends = [row for row in rows if len(row.record.path) == len(path)]
        if ends:
            for row in rows[1:]:
                found = f"“{path[-1]}”既是末级指标，又有下级或重复的行"
                self.findings.append(row.fault(_LEVELS[len(path) - 1], found, "末级指标只占一行", "改名或合并"))
            return self.leaf(ends[0], path)
        children = tuple(self.node((*path, name), group) for name, group in _grouped(rows, len(path)))
        weight = sum((child.weight for child in children), Decimal(0))
        old = self.nodes.get(path)
        new = replace(old or Indicator(path[-1], path[-1], weight), children=children, rubric=None)
        new = self._top(new, path, rows)
        new = new if new.weight == weight else replace(new, weight=weight)
        return old if old is not None and old == new else new

    def _top(self, node: Indicator, path: Path, rows: Rows) -> Indicator:
        dimensions = {row.record.dimension for row in rows} - {None}
        if len(path) > 1 or not dimensions:
            return node
        if len(dimensions) > 1:
            self.findings.append(rows[0].fault("dimension", f"“{path[0]}”下各行的类别不同", "同一类别", "改为一致"))
        dimension = rows[0].record.dimension or node.dimension
        return node if node.dimension is dimension else replace(node, dimension=dimension)

    def leaf(self, row: Filled[IndicatorRow], path: Path) -> Indicator:
        record = row.record
        name = record.id or path[-1]
        old = self.leaves.get(name)
        start = old or Indicator(name, path[-1], record.weight)
        new = replace(
            start,
            name=path[-1],
            weight=record.weight,
            explanation=record.explanation,
            criteria=record.criteria,
            basis=record.basis,
            note=record.note,
            rubric=self._rubric(row, start.rubric),
            children=(),
        )
        new = self._top(new, path, (row,))
        return old if old is not None and _row(path, old, Dimension.NONE) == _row(path, new, Dimension.NONE) else new

    def _rubric(self, row: Filled[IndicatorRow], old: Rubric | None) -> Rubric | None:
        method = row.record.method
        kind = SHAPES[method]
        parts = _PARTS.get(method)
        same = old if isinstance(old, kind) else None
        if parts is None:
            if same is None:
                found = f"评分方法“{method}”的参数在本表中填不下"
                self.findings.append(
                    row.fault("method", found, one_of(_PARTS), "先选别的方法，或在 indicators.yaml 中写")
                )
            return same
        given: dict[str, Any] = {}
        for column, name in parts.items():
            value = self._part(row, column, kind, name)
            if value in (None, "", ()) and _needed(kind, name):
                header = next(field.header for field in FRAMEWORK.columns if field.field == column)
                found = f"评分方法“{method}”缺少“{header}”"
                self.findings.append(row.fault(column, found, "必填", f"填写{header}"))
                return same
            given[name] = value if value not in (None, "") else _default(kind, name)
        return typing.cast("Rubric", replace(same, **given) if same else kind(**given))

    def _part(self, row: Filled[IndicatorRow], column: str, kind: type, name: str) -> Any:
        value = getattr(row.record, column)
        item = typing.get_args(typing.get_type_hints(kind)[name])[:1]
        if item not in ((Element,), (GradePoints,)):
            return value
        made = []
        for line in value:
            text, _, number = line.rpartition("=")
            try:
                made.append(item[0](text.strip(), Decimal(number.strip())))
            except InvalidOperation:
                found = f"“{line}”没有写分值"
                self.findings.append(row.fault(column, found, "每行“内容=分值”，如“依据充分=1.5”", "补上等号和分值"))
        return tuple(made)


def _needed(kind: type, name: str) -> bool:
    return _default(kind, name) is MISSING


def _default(kind: type, name: str) -> Any:
    """What a part is where its cell is empty."""
    return next(field.default for field in fields(kind) if field.name == name)


def _nodes(indicators: Sequence[Indicator], above: Path = ()) -> Iterator[tuple[Path, Indicator]]:
    for indicator in indicators:
        path = (*above, indicator.name)
        if indicator.children:
            yield path, indicator
            yield from _nodes(indicator.children, path)


FRAMEWORK = Sheet(
    "指标体系",
    "一行一个末级指标；上级指标的分值由下级相加，一级合计应为100",
    IndicatorRow,
    (
        Field("id", "编号", width=18, example="立项依据充分性"),
        Field("level1", "一级指标", width=12, required=True, example="决策"),
        Field("level2", "二级指标", width=14, example="项目立项"),
        Field("level3", "三级指标", width=18, example="立项依据充分性"),
        Field("level4", "四级指标", width=18),
        Field("weight", "分值", ColumnType.RATE, 8, required=True, example="3"),
        Field("dimension", "类别", ColumnType.ENUM, 8, choices=tuple(each.value for each in Dimension if each.value)),
        Field("explanation", "指标解释", width=36),
        Field("criteria", "评分标准", width=60, example="写明要点和扣分办法"),
        Field("basis", "评分依据", width=30, example="立项批复文件"),
        Field("method", "评分方法", ColumnType.ENUM, 12, required=True, choices=tuple(SHAPES)),
        Field("items", "要素或等次", width=44, separator=LINES, example="每行一项；要素得分、等级评判写“内容=分值”"),
        Field("points", "每项扣分或部分得分", ColumnType.RATE, 20, example="1"),
        Field("actual", "实际值", width=20, example="资金.预算执行率"),
        Field("target", "目标值", width=20, example="100%"),
        Field("note", "备注", width=30),
    ),
    ("id",),
    _take,
    _give,
)
