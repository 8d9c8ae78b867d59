"""评分等级没有界定。

## 查什么
评分标准按“优秀、良好、一般、差”或“有效、一般、差”给分的末级指标，有没有写明怎样算优秀、怎样算一般。整份报告只报一次，列出这些指标。

## 为什么
没有界定的等级全凭印象，同样的事实可以打出两个分；满分和扣分都无法复核。

## 怎么改
为每一档写出可以核对的条件，如数量、比率、有无。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.rubric import GradedJudgement
from hengji.model.scorecard import Scorecard, Standard

CODE = "s291"
_BARE = pattern(
    r"(?:优秀|良好|较好|一般|较差|差|有效|符合|显著|明显|长远)(?:”|的)?,?得(?:满分|\d+(?:\.\d+)?分)[,;、]?“?(?:优秀|良好|较好|一般|较差|差|无|不符合)"
)
_FEWEST = 2
_SHOWN = 6


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """The first standard of bare grades, where there are several."""
    bare = [
        (leaf.name, standard)
        for leaf in scorecard.leaves()
        if (standard := next(iter(leaf.standards), None)) is not None and _is_bare(standard)
    ]
    if len(bare) < _FEWEST:
        return
    names = "、".join(f"“{name}”" for name, _ in bare[:_SHOWN]) + ("等" if len(bare) > _SHOWN else "")
    found = f"{names}{len(bare)}个指标按等级给分，没有写怎样算哪一等"
    fault = Fault(
        CODE,
        Severity.NOTE,
        found,
        "每一等可以核对的条件",
        "为每一档写明条件",
        confidence=Confidence.LIKELY,
    )
    yield remark(reading, fault, bare[0][1].wording.span, *(each.wording.span for _, each in bare[1:]))


def _is_bare(standard: Standard) -> bool:
    return isinstance(standard.rubric, GradedJudgement) and _BARE.search(standard.wording.text) is not None
