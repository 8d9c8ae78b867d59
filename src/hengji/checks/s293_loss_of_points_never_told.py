"""各项指标扣了分，分析只报得分。

## 查什么
只写出一级指标得分的报告，分析各节有没有说出扣分的事实。各节都只有分值、得分、得分率的，合成一条，
并指出“存在的问题”中与一级指标同名的各节。

## 为什么
不知道扣在哪里，被评价单位无从整改，审核的人也无法复核。

## 怎么改
逐项写明扣分的指标、标准和事实。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import Loss, added, loss_of, spans_of, total
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.scorecard import Points, Scorecard, Scored, Where
from hengji.reading.manuscript import Kind, Manuscript, Role
from hengji.scoring.operands import points

CODE = "s293"
_AGAINST = pattern(r"扣|但|没|不|未|欠|缺|低|仅|有待|问题|滞后|尚|超|违|逾|晚|迟|漏|一般|较差|部分")
"""A word with which something is said against anything."""
_FEWEST = 2


def find(reading: Reading, scorecard: Scorecard, manuscript: Manuscript) -> Iterator[Finding]:
    """Losses of several indicators of the first level, where their sections say nothing but the scores."""
    if any(record.reason or record.standard for node in scorecard.walk() for record in node.records):
        return
    if any(node.awarded for node in scorecard.walk() if node.level > 1):
        return
    losses = [loss for node in scorecard.indicators if (loss := _loss(node)) is not None]
    if len(losses) < _FEWEST or any(_says_against(reading, manuscript, each.awarded) for each in losses):
        return
    lost = [Points(each.awarded.span, each.value) for each in losses]
    found = f"{len(lost)}项一级指标共扣{points(total(lost))}分，分析中没有写扣在哪里"
    fault = Fault(CODE, Severity.WARNING, found, "扣分的指标和事实", "逐项写明扣分原因", added(lost), Confidence.LIKELY)
    names = [node.name for node in scorecard.indicators]
    problems = (
        each.span()
        for each in manuscript.of(Kind.TITLE)
        if each.role is Role.PROBLEMS and any(name in each.text for name in names)
    )
    yield remark(reading, fault, *spans_of(lost), *problems)


def _loss(node: Scored) -> Loss | None:
    """What an indicator lost by the score that the text says."""
    stated = (record.awarded for record in node.of(Where.TEXT, Where.HEADING) if record.awarded)
    return loss_of(node.weight, next(stated, None))


def _says_against(reading: Reading, manuscript: Manuscript, score: Points) -> bool:
    """Whether the section in which a score stands says anything against what was scored."""
    above = reading.above(score.span.start)
    if not above:
        return True  # it stands in no section
    here = (passage for passage in manuscript.told() if reading.above(passage.span().start)[-1:] == above[-1:])
    return any(_AGAINST.search(passage.text) for passage in here)
