"""A scoring standard in words: what it asks, how it gives points, which scores it can give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import Any

from hengji.model.band import Band, Edge, GradePoints, QualitativeTier
from hengji.model.finding import Finding
from hengji.model.money import Rounding
from hengji.model.record import record
from hengji.model.rubric import Element, Recipient, Rubric
from hengji.scoring.operands import points
from hengji.scoring.rubrics import attainable, faults
from hengji.storage.packs import formulas

LABELS = MappingProxyType(
    {
        "actual": "实际值",
        "target": "目标值",
        "threshold": "门槛",
        "edge": "恰在门槛上",
        "elements": "要素",
        "deduction": "每次扣分",
        "partial": "部分符合得分",
        "bands": "各档",
        "grades": "等次",
        "tiers": "各档",
        "survey": "问卷编号",
        "upper": "上限（到此为 0 分）",
        "tolerance": "容许超出的幅度",
        "slope": "每超出一倍减去的比例",
        "least": "最少保留分值的比例",
        "factor": "偏差的倍数",
        "floor": "得 0 分的值",
        "full": "得满分的值",
        "unit": "计一次的单位",
        "on_time": "按时的件数",
        "total": "总件数",
        "late": "逾期天数",
        "planned": "计划成本",
        "wrong": "有误的数",
        "checked": "抽查的数",
        "paid": "应补且已补",
        "entitled": "应补",
        "method": "汇总方法",
        "recipients": "受益单位",
        "base": "基期数",
        "score": "得分",
        "source": "公布在哪里",
        "text": "要素",
        "points": "分数",
        "low": "下端",
        "low_edge": "含不含下端",
        "high": "上端",
        "high_edge": "含不含上端",
        "name": "名称",
        "money": "资金（权重）",
    }
)
"""What the parts of standards are called on screens."""


@record
class Described:
    """标准说明: the shape's word, its formula, its parts a line each, the scores it can give, and its own faults."""

    shape: str
    formula: str
    parts: tuple[str, ...]
    attainable: str
    faults: tuple[Finding, ...]


def described(rubric: Rubric, weight: Decimal, rounding: Rounding = Rounding.HALF_UP) -> Described:
    """The standard as a judge reads it."""
    return Described(
        rubric.SHAPE,
        formulas()[rubric.SHAPE],
        tuple(_parts(rubric)),
        str(attainable(rubric, weight, rounding)),
        faults(rubric, weight),
    )


def _parts(rubric: Rubric) -> Iterator[str]:
    for field in fields(rubric):
        value = getattr(rubric, field.name)
        if isinstance(value, tuple):
            yield from (part_in_words(each) for each in value)
        elif value is not None:
            yield f"{LABELS[field.name]}：{_plain(value)}"


def part_in_words(part: Any) -> str:
    """One element, band, grade, tier or recipient on a line."""
    match part:
        case Element():
            return f"{part.text}（{points(part.points)}分）"
        case GradePoints():
            return f"{part.name}：{points(part.points)}分"
        case QualitativeTier():
            return f"{part.name}：系数 {part.low}～{part.high}（{part.high_edge.value}{part.high}）"
        case Band():
            return f"{_span(part)}：{points(part.points)}分"
        case Recipient():
            return f"{part.name}：实际 {part.actual}，目标 {part.target}，资金 {part.money}"
        case _:
            return str(part)


def _span(band: Band) -> str:
    low = f"{'≥' if band.low_edge is Edge.INCLUDED else '>'} {band.low}" if band.low is not None else ""
    high = f"{'≤' if band.high_edge is Edge.INCLUDED else '<'} {band.high}" if band.high is not None else ""
    return "，且 ".join(end for end in (low, high) if end) or "任意值"


def _plain(value: Any) -> str:
    match value:
        case Enum():
            return str(value.value)
        case Decimal():
            return f"{points(value)}分"
        case _:
            return str(value)
