"""What a report asserts in numbers: quantities as printed, and statements about them that hold or do not.

A printed decimal is an interval: it may be off by half a unit of its last digit, more where words make it vague. A statement that
could be true of any numbers within the intervals holds.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hengji.model.choice import Choice
from hengji.model.finding import Confidence
from hengji.model.reading import Span
from hengji.model.record import record


class Measure(Choice):
    """计量种类: what may be added and compared with what."""

    MONEY = "金额"
    RATE = "比率"
    POINTS = "分数"
    PERCENTAGE_POINTS = "百分点"
    COUNT = "数量"
    DAYS = "天数"
    BARE = "无单位"


class Hedge(Choice):
    """约数: how a word makes a number vague."""

    NONE = "确数"
    ABOUT = "约"
    MORE = "余"
    LESS = "近"


@record
class Quantity:
    """数量: a number as printed, with its unit.

    ``printed`` is the number's text, ``unit`` the unit's (folded: 万元, %, 人次, 元/人次; empty without one). ``value``, ``low`` and
    ``high`` are exact, in the base unit of the measure (元, 1 for a rate: 85.41% is 0.8541 exactly, 分, the counted thing itself).
    """

    span: Span
    printed: str
    number: Decimal
    unit: str
    measure: Measure
    value: Fraction
    low: Fraction
    high: Fraction
    hedge: Hedge = Hedge.NONE

    def at(self, span: Span) -> Quantity:
        """The same at another place."""
        return Quantity(
            span, self.printed, self.number, self.unit, self.measure, self.value, self.low, self.high, self.hedge
        )


class Relation(Choice):
    """数量关系: the kinds of statement that can be checked."""

    SUM = "合计"
    PART = "部分与总额"
    SHARE = "占比"
    COMPOSITION = "构成比例"
    RATIO = "比率"
    BOUND = "比率上限"
    DIFFERENCE = "差额"
    CHANGE = "增减额"
    GROWTH = "增减率"
    PERCENT = "百分点与百分比"
    DIRECTION = "增减方向"
    PRODUCT = "标准乘数量"
    STANDARD = "所述标准"
    UNIT = "表的单位"
    FORMULA = "算式"
    AVERAGE = "平均"
    COUNTED = "列举个数"
    PERIOD = "时间跨度"
    POINTS = "赋分扣分得分"
    ROLL_UP = "得分汇总"
    SURVEY = "问卷统计"
    REPEAT = "前后一致"
    DISTANT = "别处合计"
    SPLIT = "分担比例"
    PARTITION = "两种分法"
    RANK = "名次"
    TABLE_SUM = "表内合计"
    TABLE_PRODUCT = "表内乘积"
    TABLE_RATIO = "表内比率"
    TABLE_DIFFERENCE = "表内差额"


class Verdict(Choice):
    """判定."""

    HELD = "成立"
    CONTRADICTED = "不成立"


@record
class Claim:
    """数量陈述: what was stated (``span``, the words that state it), of which quantities, and whether it holds.

    ``computation`` is the sum in printed numbers, “172张 + 498张 = 670张”; ``expected`` what would hold, “670张”, empty where several
    things would. ``quantities`` begin with the stated result. ``about`` names what is asserted in few words.
    """

    relation: Relation
    span: Span
    quantities: tuple[Quantity, ...]
    verdict: Verdict
    computation: str
    expected: str = ""
    about: str = ""
    confidence: Confidence = Confidence.CERTAIN


@record
class Claims:
    """全部数量陈述: those that were understood, and the numeric statements (a sentence, a table) that were not."""

    claims: tuple[Claim, ...] = ()
    unread: tuple[Span, ...] = ()

    def of(self, *relations: Relation) -> tuple[Claim, ...]:
        """The contradicted claims of these kinds."""
        return tuple(
            claim for claim in self.claims if claim.relation in relations and claim.verdict is Verdict.CONTRADICTED
        )

    def __len__(self) -> int:
        return len(self.claims)
