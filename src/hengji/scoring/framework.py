"""The indicator system itself: whether it is a tree whose weights add up and whose leaves have a usable standard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hengji.model.finding import Finding, Place
from hengji.model.indicator import Applicability, Framework, Indicator
from hengji.scoring.faults import INAPPLICABLE_UNFOUNDED, TREE_BROKEN, WEIGHTS_DIFFER
from hengji.scoring.operands import points
from hengji.scoring.rubrics import faults
from hengji.scoring.shape import Findings

FILE = "indicators.yaml"
WHOLE = Decimal(100)
RESERVED = ("合计", "标准分合计")  # 得分.合计 is the total


def standard_place(indicator: str) -> Place:
    """Where the standard of an indicator stands."""
    return Place(FILE, item=indicator)


def paper_place(indicator: str) -> Place:
    """Where an indicator is judged."""
    return Place(f"papers/{indicator}.md", item=indicator)


def walk(indicators: Sequence[Indicator]) -> Iterator[Indicator]:
    """All indicators, each before its children."""
    for indicator in indicators:
        yield indicator
        yield from walk(indicator.children)


def framework_faults(framework: Framework) -> Findings:
    """Everything that is wrong with the tree, the weights and the standards, whatever is judged."""
    return tuple(_tree(framework)) + tuple(_weights(framework)) + tuple(_standards(framework.indicators))


def _tree(framework: Framework) -> Iterator[Finding]:
    if not framework.indicators:
        yield TREE_BROKEN.at(Place(FILE), "没有指标", "至少一个指标")
    every = list(walk(framework.indicators))
    for name, count in Counter(indicator.id for indicator in every).items():
        if count > 1:
            yield TREE_BROKEN.at(standard_place(name), f"指标编号“{name}”用了{count}次", "编号各不相同")
    for indicator in every:
        if indicator.id in RESERVED:
            yield TREE_BROKEN.at(standard_place(indicator.id), f"指标编号“{indicator.id}”已用于总分", "其他编号")
        if indicator.children and indicator.rubric is not None:
            yield TREE_BROKEN.at(
                standard_place(indicator.id), "有下级指标又有评分标准，标准不起作用", "只有末级指标有标准"
            )
        if not indicator.children and indicator.rubric is None:
            yield TREE_BROKEN.at(standard_place(indicator.id), "末级指标没有评分标准，未计分", "一种评分标准（shape）")


def _weights(framework: Framework) -> Iterator[Finding]:
    if framework.indicators:
        whole = sum((indicator.weight for indicator in framework.indicators), Decimal(0))
        if whole != WHOLE:
            found = f"一级指标分值合计{points(whole)}分，相差{points(abs(WHOLE - whole))}分"
            yield WEIGHTS_DIFFER.at(Place(FILE, item="一级指标"), found, "100分")
    for indicator in walk(framework.indicators):
        parts = sum((child.weight for child in indicator.children), Decimal(0))
        if indicator.children and parts != indicator.weight:
            found = f"“{indicator.name}”分值{points(indicator.weight)}分，下级分值合计{points(parts)}分"
            yield WEIGHTS_DIFFER.at(standard_place(indicator.id), found, f"{points(indicator.weight)}分")


def _standards(indicators: Sequence[Indicator]) -> Iterator[Finding]:
    for indicator in indicators:
        place = standard_place(indicator.id)
        if indicator.applicability is Applicability.NOT_APPLICABLE:
            if not indicator.note:
                yield INAPPLICABLE_UNFOUNDED.at(place, f"“{indicator.name}”列为不适用，没有理由")
            continue
        if indicator.rubric is not None and not indicator.children:
            yield from faults(indicator.rubric, indicator.weight, place)
        yield from _standards(indicator.children)
