"""问题没有扣分，相关指标得满分。

## 查什么
“存在的问题”的每一条，是否有说到同一件事的指标扣了分；没有扣分的指标说到它，而说到它的指标得了满分的，指出该指标。

## 为什么
问题不影响得分，说明评分没有反映问题，或问题并不成立；两头对不上是常见的退稿理由。

## 怎么改
按评分标准扣分；确不应扣分的，改写为“其他需要说明的问题”。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import full_marks, lost, tellers, told_of
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard, Scored
from hengji.reading.items import Item, common_pairs, items, numbers, pairs
from hengji.reading.manuscript import Manuscript, Role
from hengji.scoring.operands import points

CODE = "f452"
_NAMED = 0.5
_TOLD = 6
_ADJUSTED, _ADDED = pattern("预算(?:调整|追加|变动)"), pattern("追加|调[整增减剂]")
"""An indicator of how much a budget was changed, and a problem that tells of changes."""
_COST = pattern(r"(?:扣|失)(?:了|掉|去|除)?\d+(?:\.\d+)?分")
"""What a problem says itself that it cost."""


def find(reading: Reading, manuscript: Manuscript, scorecard: Scorecard) -> Iterator[Finding]:
    """Problems told only by indicators that lost nothing."""
    problems = items(manuscript, Role.PROBLEMS)
    short = [leaf for leaf in scorecard.leaves() if lost(leaf)]
    if not problems or not short:
        return
    common = common_pairs(problems)
    above = tellers(scorecard)
    for problem in problems:
        if _COST.search(problem.text) or any(_tells(leaf, above.get(id(leaf)), problem, common) for leaf in short):
            continue
        for leaf in scorecard.leaves():
            full = full_marks(leaf)
            if full is None or not _named(leaf, problem, common):
                continue
            found = f"问题“{problem.name[:40]}”没有扣分，相关指标“{leaf.name}”得满分{points(full.value)}分"
            fault = Fault(
                CODE,
                Severity.WARNING,
                found,
                "有问题的指标扣分",
                "按标准扣分，或移入其他需要说明的问题",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, problem.heading.span(), full.span)
            break


def _named(leaf: Scored, problem: Item, common: frozenset[str]) -> bool:
    """Whether the problem's heading names most of what the indicator is called."""
    named = frozenset(pairs(leaf.name)) - common
    return len(named) > 1 and len(named & problem.named) / len(named) >= _NAMED


def _tells(leaf: Scored, above: Scored | None, problem: Item, common: frozenset[str]) -> bool:
    words = told_of(leaf, above)
    told = frozenset(pairs(words))
    counted = numbers(words) & problem.numbers
    if _ADJUSTED.search(leaf.name) and _ADDED.search(problem.text):
        return True
    return _named(leaf, problem, common) or len((told & problem.words) - common) >= _TOLD or bool(counted)
