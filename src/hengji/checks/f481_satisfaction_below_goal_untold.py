"""满意度没有达到目标，报告没有说。

## 查什么
绩效目标表和绩效目标一节中满意度的目标值，与正文写明的满意度：每一次调查的满意度都低于目标，而全文没有一句话把两者放在一起，也没有说未达到目标。

## 为什么
评价要回答目标实现了没有；没有达到的目标不说，得分和结论都少了依据。

## 怎么改
写明目标值、实际值和差距，分析原因，列入存在的问题。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengji.checks.goals import among_goals
from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Span
from hengji.reading.manuscript import Kind, Manuscript, Passage, Role

CODE = "f481"
_VALUE_HEAD = pattern(r"(?:年度|绩效|目标|计划)?(?:指标|目标)值(?:\(.*\))?|年度指标值|预期值")
_ACTUAL_HEAD = pattern(r"实际|完成值|得分|评分|评价")
_VALUE = pattern(r"(?:[≥>=]|不低于|大于等于|大于|达到?)*(?P<value>\d{2,3}(?:\.\d+)?)%(?:及?以上)?")
_MEASURED = pattern(r"满意[度率](?:为|达到?|是|仅为|仅)(?P<value>\d{1,3}(?:\.\d+)?)%(?!及?以上)")
_TOLD = pattern(
    r"(?:未|没有)(?:能)?(?:达到|实现|完成)[^。;]{0,12}(?:目标|指标值|预期)|低于[^。;]{0,10}(?:目标|指标值|预期)|满意[度率][^。;]{0,8}(?:未|没有|不)达标"
)
_AIMED = pattern(r"目标|力争|确保|不低于|指标值|条件")
_REACH = 20
_AIM = pattern(r"满意[度率](?:指标)?:?(?:达到?|不低于|[≥>=]|大于|高于|在|为)*(?P<value>\d{2,3}(?:\.\d+)?)%")
_SATISFACTION = "满意"


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The first goal for satisfaction that no survey reached and no sentence compares."""
    passages = [each for each in manuscript.holding("满意度", "满意率") if each.role not in {Role.WORK, Role.ADVICE}]
    aims: list[Passage] = []
    told: list[Passage] = []
    for each in passages:
        (aims if each.kind is Kind.PROSE and among_goals(reading, each.span()) else told).append(each)
    measured = [
        (passage, match)
        for passage in told
        for match in _MEASURED.finditer(passage.text)
        if not _AIMED.search(passage.text, max(0, match.start() - _REACH), match.start())
    ]
    if not measured or _TOLD.search(manuscript.plain):
        return
    best = max(Decimal(match["value"]) for _, match in measured)
    for value, span in (*_aims(aims), *_goals(reading, manuscript)):
        compared = any(f"{value:f}%" in each.text for each in told if each.kind is Kind.PROSE)
        if best < value and not compared:
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"满意度的目标是{value:f}%，调查的满意度最高{best:f}%，报告没有说目标没有达到",
                "写明目标值、实际值和差距",
                "比较两者，列入存在的问题",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, span, *(each.span(*match.span()) for each, match in measured))
            return


def _aims(passages: list[Passage]) -> Iterator[tuple[Decimal, Span]]:
    """The values that the section on goals sets."""
    for passage in passages:
        for match in _AIM.finditer(passage.text):
            yield Decimal(match["value"]), passage.span(*match.span())


def _goals(reading: Reading, manuscript: Manuscript) -> Iterator[tuple[Decimal, Span]]:
    """The values that tables of goals set for satisfaction, in tables that tell no scores."""
    cells = [each for each in manuscript.holding("指标值", "目标值", "预期值") if each.kind is Kind.CELL]
    for number in sorted({each.part for each in cells}):
        grid = reading.parts[number]
        assert isinstance(grid, Grid)
        told = [(slot, manuscript.cell(slot)) for slot in grid.slots]
        heads = {slot.column for slot, text in told if _VALUE_HEAD.fullmatch(text)}
        if not heads or any(_ACTUAL_HEAD.search(text) for slot, text in told if slot.row < max(grid.head, 1)):
            continue
        rows = {slot.row for slot, text in told if _SATISFACTION in text}
        for slot, text in told:
            match = _VALUE.fullmatch(text) if slot.row in rows and slot.column in heads else None
            if match is not None:
                yield Decimal(match["value"]), slot.span
