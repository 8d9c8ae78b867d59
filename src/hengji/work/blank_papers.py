"""Working papers that say that nobody has judged yet: the lowest that each standard can give."""

from __future__ import annotations

from hengji.model.indicator import ElementVerdict, Indicator, Judgement, Verdict, WorkingPaper
from hengji.model.rubric import (
    AllOrNothing,
    Checklist,
    GradedJudgement,
    MissDeductions,
    PartialCredit,
    QualitativeTiers,
    Rubric,
)
from hengji.model.template import NOT_JUDGED, to_fill

_NOBODY = to_fill("评判人")
_UNJUDGED = f"{NOT_JUDGED}，待核实"
_TO_WRITE = to_fill("核查了哪些材料、看到了什么、为什么这样评分。") + "\n"


def blank_paper(leaf: Indicator, index_no: str) -> WorkingPaper:
    """A working paper that says that nobody has judged the indicator yet: the lowest that its standard can give."""
    return WorkingPaper(leaf.id, index_no, judgement=_unjudged(leaf.rubric), analysis=_TO_WRITE)


def unjudged(judgement: Judgement | None) -> bool:
    """Whether nobody has judged: there is no judgement, or one that only says so."""
    return judgement is None or judgement.by == _NOBODY


def _unjudged(rubric: Rubric | None) -> Judgement | None:
    match rubric:
        case Checklist(elements=elements) | MissDeductions(elements=elements):
            return _missed(len(elements))
        case AllOrNothing(elements=elements) | PartialCredit(elements=elements):
            return _missed(len(elements))
        case GradedJudgement(grades=grades):
            lowest = min(grades, key=lambda grade: grade.points)
            return Judgement(_NOBODY, _UNJUDGED, grade=lowest.name)
        case QualitativeTiers(tiers=tiers):
            worst = min(tiers, key=lambda tier: tier.low)
            return Judgement(_NOBODY, _UNJUDGED, grade=worst.name, coefficient=worst.low)
        case _:
            return None


def _missed(count: int) -> Judgement:
    return Judgement(_NOBODY, _UNJUDGED, elements=(ElementVerdict(Verdict.MISSED, _UNJUDGED),) * count)
