"""Nodes over days. A span leaves its first day out and counts its last: 天数(7月1日, 7月2日) is 1."""

from __future__ import annotations

from enum import Enum

from hengji.model.record import record
from hengji.model.table import ColumnType
from hengji.policies.kinds import COUNT, DATE
from hengji.policies.nodes.base import Node, expect


class Span(Enum):
    """时间长度 between two days, in whole units; negative when the end is earlier."""

    DAYS = "天数"
    WORKING_DAYS = "工作日数"
    MONTHS = "满月数"
    AGE = "周岁"


@record
class Between(Node):
    """天数、工作日数、满月数、周岁."""

    span: Span
    start: Node
    end: Node

    def __post_init__(self) -> None:
        expect(f"{self.span.value}的第 1 个参数", self.start, {DATE})
        expect(f"{self.span.value}的第 2 个参数", self.end, {DATE})

    @property
    def kind(self) -> ColumnType:
        return COUNT


class Step(Enum):
    """推移单位."""

    DAYS = "加日"
    WORKING_DAYS = "加工作日"
    MONTHS = "加月"


@record
class Shift(Node):
    """加日、加工作日、加月: the day that many steps later (earlier when negative)."""

    step: Step
    day: Node
    count: Node

    def __post_init__(self) -> None:
        expect(f"{self.step.value}的第 1 个参数", self.day, {DATE})
        expect(f"{self.step.value}的第 2 个参数", self.count, {COUNT})

    @property
    def kind(self) -> ColumnType:
        return DATE


class Part(Enum):
    """日期的部分."""

    YEAR = "年"
    MONTH = "月"


@record
class PartOf(Node):
    """年、月: the number of the year or of the month."""

    part: Part
    day: Node

    def __post_init__(self) -> None:
        expect(f"{self.part.value}()的参数", self.day, {DATE})

    @property
    def kind(self) -> ColumnType:
        return COUNT
