"""按标准复算，总分或等级不同。

## 查什么
对每个末级指标照印出的标准复算：公式用报告中的数代入，一票式没有给满分的算 0 分，超过标准最高分的算最高分，其余照得分；合计后与总分、等级比较。有一个指标决定不了就不比。

## 为什么
标准是事先定的；照标准打的分不同，等级甚至因此改变，是报告最要紧的毛病。

## 怎么改
逐个核对列出的指标：改得分，或改标准并报委托方确认。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard, Scored
from hengji.reading.scores.literal import rescored
from hengji.scoring.operands import points

CODE = "s273"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """A total that the standards do not give, with every leaf that makes the difference."""
    done = rescored(scorecard)
    if done is None or done.literal is None or done.awarded is None:
        return
    changed = [leaf for leaf in scorecard.leaves() if _differs(leaf)]
    if not changed or done.literal == done.awarded:
        return
    told = "；".join(_told(leaf) for leaf in changed)
    flip = (
        f"，等级由“{done.grade_awarded}”变为“{done.grade_literal}”"
        if _flips(done.grade_awarded, done.grade_literal)
        else ""
    )
    found = f"总分{points(done.awarded)}分，照印出的评分标准复算是{points(done.literal)}分{flip}（{told}）"
    expected = f"{points(done.literal)}分" + (f"，“{done.grade_literal}”" if flip else "")
    fault = Fault(
        CODE, Severity.WARNING, found, expected, "逐个核对列出的指标，改得分或改标准", told, Confidence.LIKELY
    )
    bands = [band.span for band in scorecard.bands if band.name == done.grade_literal]
    awarded = [leaf.awarded.span for leaf in changed if leaf.awarded]
    yield remark(reading, fault, scorecard.totals[0].span, *bands, *awarded)


def _differs(leaf: Scored) -> bool:
    return leaf.literal is not None and leaf.awarded is not None and leaf.literal.score != leaf.awarded.value


def _flips(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def _told(leaf: Scored) -> str:
    assert leaf.literal is not None
    assert leaf.awarded is not None
    assert leaf.literal.score is not None
    return f"“{leaf.name}”{points(leaf.awarded.value)}分→{points(leaf.literal.score.normalize())}分"
