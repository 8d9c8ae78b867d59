"""The functions of the language: for each name, how many arguments it takes and which node it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from hengji.model.record import record
from hengji.policies.nodes import (
    Between,
    Extreme,
    Gathering,
    IsMissing,
    Node,
    Part,
    PartOf,
    Pick,
    Shift,
    Span,
    Step,
    WholeDivide,
)

Arguments = tuple[Node, ...]


@record
class Function:
    """函数: ``form`` is how it is written, for messages; ``most`` None means any number."""

    form: str
    least: int
    most: int | None
    build: Callable[[Arguments], Node]


def _pick(extreme: Extreme) -> Callable[[Arguments], Node]:
    return lambda given: Pick(extreme, given)


def _between(span: Span) -> Callable[[Arguments], Node]:
    return lambda given: Between(span, *given)


def _shift(step: Step) -> Callable[[Arguments], Node]:
    return lambda given: Shift(step, *given)


def _part(part: Part) -> Callable[[Arguments], Node]:
    return lambda given: PartOf(part, *given)


FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        "最小": Function("最小(甲, 乙, …)", 1, None, _pick(Extreme.LEAST)),
        "最大": Function("最大(甲, 乙, …)", 1, None, _pick(Extreme.GREATEST)),
        "封顶": Function("封顶(值, 上限)", 2, 2, _pick(Extreme.LEAST)),
        "保底": Function("保底(值, 下限)", 2, 2, _pick(Extreme.GREATEST)),
        "整除": Function("整除(甲, 乙)", 2, 2, lambda given: WholeDivide(*given)),
        "缺": Function("缺(值)", 1, 1, lambda given: IsMissing(*given)),
        **{span.value: Function(f"{span.value}(起, 止)", 2, 2, _between(span)) for span in Span},
        **{step.value: Function(f"{step.value}(日期, 数)", 2, 2, _shift(step)) for step in Step},
        **{part.value: Function(f"{part.value}(日期)", 1, 1, _part(part)) for part in Part},
    }
)

GATHERINGS: Mapping[str, Gathering] = MappingProxyType({gathering.value: gathering for gathering in Gathering})
ROUND = "取整"
LOOKUP = "查"
NAMES = (*FUNCTIONS, *GATHERINGS, ROUND, LOOKUP)
