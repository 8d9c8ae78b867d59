"""The scores of a report that was read: its tree of indicators, and every place that speaks of one of them.

A report says the same thing in several places (a table of standards, a table of scores, headings, sentences, working papers,
the conclusion). Each place is a record of its own, with what stands there and nothing else; a node holds all records of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from functools import cached_property

from hengji.model.band import Edge
from hengji.model.choice import Choice
from hengji.model.finding import Confidence
from hengji.model.reading import Span
from hengji.model.record import Remembering, record
from hengji.model.rubric import Rubric


class Where(Choice):
    """得分出处: the kind of place that a record stands in; declared in the order in which they are believed."""

    TABLE = "得分表"
    STANDARDS = "指标体系表"
    TEXT = "正文"
    HEADING = "标题"
    PAPER = "工作底稿"
    CONCLUSION = "评价结论"


@record
class Points:
    """印出的分数: a number of points, or of percent for a rate of points, as printed."""

    span: Span
    value: Decimal


@record
class Wording:
    """印出的文字: words that may stand in several pieces, as where a page cuts a cell; ``text`` is folded and joined."""

    spans: tuple[Span, ...]
    text: str

    @property
    def span(self) -> Span:
        """The first piece."""
        return self.spans[0]


@record
class Interval:
    """印出的区间: from ``low`` to ``high`` (None: open), in points or in percent as printed; an edge None is not said."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_edge: Edge | None = None
    high_edge: Edge | None = None

    def __contains__(self, value: object) -> bool:
        """Whether a number certainly lies within."""
        if not isinstance(value, Decimal):
            return False
        above = self.low is None or value > self.low or (value == self.low and self.low_edge is Edge.INCLUDED)
        below = self.high is None or value < self.high or (value == self.high and self.high_edge is Edge.INCLUDED)
        return above and below


@record
class Step:
    """标准中的一档: what a value within the interval gets (``points``) or loses (``deduction``)."""

    span: Span
    interval: Interval
    points: Decimal | None = None
    deduction: Decimal | None = None


@record
class Criterion:
    """标准中的一个要点: a thing that is looked at, and the points printed for it."""

    span: Span
    text: str
    points: Decimal | None = None


class Manner(Enum):
    """评分方式: how the words of a standard decide a score, where they do."""

    RUBRIC = "有计分规则"
    DISCRETIONARY = "酌情"
    ONE_SIDED = "只写了满分的情形"
    SILENT = "没有计分规则"
    UNREAD = "未能识别"


@record
class Standard:
    """读入的评分标准: its words, and the shape of the house that says the same.

    ``rubric`` is None unless ``manner`` is RUBRIC; its operand ``actual`` is a placeholder. ``subject`` is what a formula or a
    band is about (“预算执行率”). ``full`` means that points are given as the weight itself (“得满分”).
    """

    wording: Wording
    manner: Manner
    rubric: Rubric | None = None
    subject: str = ""
    criteria: tuple[Criterion, ...] = ()
    steps: tuple[Step, ...] = ()
    full: bool = False
    confidence: Confidence = Confidence.CERTAIN


@record
class Record:
    """指标记录: what one place says of an indicator; None where it does not say it.

    ``span`` is the row, heading or sentence. ``place`` numbers the table, body or paper that it belongs to: records of one place
    were written together; ``number`` is its own within the place, ``above`` that of the indicator it stands under, at ``level``
    from 1 (0: the place shows no levels). ``analysis`` is what is told of the indicator there.
    """

    where: Where
    place: int
    span: Span
    name: Wording
    number: int = 0
    above: int | None = None
    level: int = 0
    weight: Points | None = None
    deducted: Points | None = None
    awarded: Points | None = None
    rate: Points | None = None
    standard: Standard | None = None
    reason: Wording | None = None
    analysis: Wording | None = None


class Decided(Enum):
    """照标准复算的依据: how the score that the standard gives came about."""

    COMPUTED = "用报告中的数代入标准"
    CONCEDED = "报告自认没有全部符合"
    CAPPED = "标准最多给这么多"
    ACCEPTED = "标准给得出这个得分"
    OPEN = "标准决定不了"


@record
class Literal:
    """照标准复算的得分: the score that the printed standard gives, and how; ``inputs`` are the words it was computed from."""

    score: Decimal | None
    decided: Decided
    computation: str = ""
    standard: Standard | None = None
    inputs: tuple[Span, ...] = ()


@record
class Scored(Remembering):
    """读入的指标: its name as first printed, its level from 1, all records of it, and its children."""

    name: str
    level: int
    records: tuple[Record, ...]
    children: tuple[Scored, ...] = ()
    literal: Literal | None = None

    def of(self, *wheres: Where) -> tuple[Record, ...]:
        """The records of these kinds, in the order in which kinds are believed."""
        return tuple(record for where in wheres for record in self.records if record.where is where)

    @cached_property
    def weight(self) -> Points | None:
        """The weight where it is believed first."""
        return next((record.weight for record in self.of(*Where) if record.weight), None)

    @cached_property
    def awarded(self) -> Points | None:
        """The score where it is believed first."""
        return next((record.awarded for record in self.of(*Where) if record.awarded), None)

    @cached_property
    def standards(self) -> tuple[Standard, ...]:
        """Every version of its standard."""
        return tuple(record.standard for record in self.of(*Where) if record.standard)

    @cached_property
    def analyses(self) -> tuple[Wording, ...]:
        """What is told of it, the body first."""
        return tuple(record.analysis for record in self.of(*Where) if record.analysis)

    def walk(self) -> Iterator[Scored]:
        """The node and everything below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@record
class GradeRange:
    """印出的等级区间: a grade and the points it stands for."""

    span: Span
    name: str
    interval: Interval


@record
class GradeGiven:
    """评定的等级: a grade that is said of a number of points, of the whole or of an indicator."""

    span: Span
    name: str
    points: Points | None = None


@record
class Scorecard(Remembering):
    """读入的得分: level-1 indicators, the declared total weight, every mention of the total score, bands and grades.

    No indicators mean that the report prints only a total or bands.
    """

    indicators: tuple[Scored, ...] = ()
    weights: tuple[Points, ...] = ()
    totals: tuple[Points, ...] = ()
    bands: tuple[GradeRange, ...] = ()
    grades: tuple[GradeGiven, ...] = ()

    def walk(self) -> Iterator[Scored]:
        """Every node, parents before children."""
        for each in self.indicators:
            yield from each.walk()

    def leaves(self) -> Iterator[Scored]:
        """The nodes without children."""
        return (each for each in self.walk() if not each.children)
