"""评分标准的满分不是指标的分值。

## 查什么
评分标准只写了一个起点分的（“健全得6分，每缺一项扣2分”“达到90%得6分，每低1个百分点扣1分”），这个分是否等于指标的分值；按公式计分的
（“得分=执行率×8”“最高8分”），公式里的分是否等于分值。列出几个要点或几档分数的，见 s261。

## 为什么
照标准打不出满分，或者会超过满分，得分就说不清。

## 怎么改
改正分值或标准，使满分等于分值。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called, disclosed
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.rubric import DefectDeductions, Ratio, Satisfaction, StepDeductions, ThresholdRatio
from hengji.model.scorecard import Scorecard, Scored, Standard
from hengji.scoring.operands import points

CODE = "s288"

_NUMBER = r"(?P<points>\d+(?:\.\d+)?)"
_GIVEN = pattern(rf"(?<![扣每各])(?:得|计|给|记){_NUMBER}分")
_HIGHEST = pattern(
    rf"(?:^|[。;:]|(?<![加扣减]\d分)(?<![加扣减]\d\.\d分),)[^,。;:加扣减]{{0,20}}?(?:最高|不超过|满分为?|以内?){_NUMBER}分(?!钟)"
)
"""The most that a standard gives, not the most that it takes off or adds (每次扣1分,不超过3分)."""
_TIMES = pattern(rf"(?:率|度|比例|比重|占比)\)?[×*](?:100%[×*])?{_NUMBER}分?(?![\d.%])")
_TIMED = pattern(rf"(?:得分|评分)=(?:标准分)?{_NUMBER}分?[×*]")
_SEVERAL = pattern(r"[①②]|每(?:符合|满足|具备|做到)[一1]|\(1\)|(?:^|;)1[.、)]")
_OFF = (DefectDeductions, StepDeductions)
_FORMULAS = (Ratio, Satisfaction, ThresholdRatio)


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Standards whose full marks are told and are not the weight; one that stands in several places is told once."""
    for leaf in scorecard.leaves():
        told: set[str] = set()
        for each in leaf.records:
            weight, standard = each.weight or leaf.weight, each.standard
            if standard is None or weight is None or standard.wording.text in told:
                continue
            full = _full(standard)
            if full is not None and full != weight.value:
                told.add(standard.wording.text)
                yield remark(reading, _fault(leaf, full, weight.value), standard.wording.span, weight.span)


def _full(standard: Standard) -> Decimal | None:
    """The full marks that the words of a standard tell; None where they tell none, or several."""
    text = standard.wording.text
    given = _GIVEN.findall(text) if isinstance(standard.rubric, _OFF) else []
    if _SEVERAL.search(text) or len(given) > 1 or len(_TIMES.findall(text)) > 1:
        return None
    patterns = [_HIGHEST]
    if given:
        patterns.append(_GIVEN)
    elif isinstance(standard.rubric, _FORMULAS):
        patterns += [_TIMES, _TIMED]
    told = {Decimal(match["points"]) for each in patterns for match in each.finditer(text)} - {Decimal(0)}
    return told.pop() if len(told) == 1 else None


def _fault(leaf: Scored, full: Decimal, weight: Decimal) -> Fault:
    return Fault(
        CODE,
        Severity.NOTE if disclosed(leaf) else Severity.WARNING,
        f"{called(leaf)}分值{points(weight)}分，评分标准的满分是{points(full)}分",
        f"{points(weight)}分",
        "使评分标准的满分与分值一致",
        f"{points(full)}分 ≠ {points(weight)}分",
        Confidence.LIKELY,
    )
