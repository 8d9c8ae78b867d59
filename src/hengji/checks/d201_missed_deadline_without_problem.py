"""逾期没有列入问题。

## 查什么
逾期的时限，是否有问题在文字中引用它的数值（{{ 时限.编号.… }}）。

## 为什么
算出逾期而报告不提，等于查到了问题又漏掉。

## 怎么改
在有关问题的 detail 中写明逾期多少天并引用该时限；有正当理由不列为问题的，在“其他需要说明的问题”中引用并说明。
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hengji.model.binding import Binding, pieces
from hengji.model.dossier import Dossier
from hengji.model.evaluation import Evaluation
from hengji.model.figure import display
from hengji.model.finding import Finding, Place, Severity

CODE = "d201"
EXPLAINED = "other"
"""The chapter in which a lateness that is no problem is explained."""


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """Terms that were missed and that nobody is told about."""
    told = set(_told(evaluation.dossier))
    for deadline in evaluation.dossier.deadlines:
        late = evaluation.figures.get(f"时限.{deadline.id}.逾期")
        if late is None or not isinstance(late.value, Fraction) or late.value <= 0:
            continue
        if not any(figure.startswith(f"时限.{deadline.id}.") for figure in told):
            found = f"“{deadline.name}”逾期{display(late)}，没有一个问题提到"
            remedy = f"在有关问题中引用 {{{{ 时限.{deadline.id}.逾期 }}}}"
            place = Place("deadlines.yaml", item=deadline.id)
            yield Finding(CODE, Severity.WARNING, place, found, "逾期都列入问题或说明理由", remedy)


def _told(dossier: Dossier) -> Iterator[str]:
    texts = [text for problem in dossier.problem_book.problems for text in (problem.detail, problem.cause)]
    texts += [chapter.text for chapter in dossier.chapters if chapter.chapter == EXPLAINED]
    for text in texts:
        yield from (piece.figure for piece in pieces(text) if isinstance(piece, Binding))
