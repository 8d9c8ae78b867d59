"""Shapes of elements that are each met or not (M01–M04)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from hengji.model.finding import Finding
from hengji.model.indicator import ElementVerdict, Verdict
from hengji.model.rubric import AllOrNothing, Checklist, MissDeductions, PartialCredit
from hengji.model.score import Attainable
from hengji.scoring.faults import IMPOSSIBLE, JUDGEMENT_MISFIT, NOT_JUDGED, NOT_OPERABLE, POINTS_DIFFER
from hengji.scoring.operands import points
from hengji.scoring.shape import Award, Case, Flaw, award, bad_deduction, flaws, full, most, nothing, reach


def verdicts(case: Case, count: int) -> Finding | tuple[ElementVerdict, ...]:
    """One verdict per element of the standard; a finding when there are more or fewer."""
    given = case.judgement.elements
    if len(given) == count:
        return given
    fault = JUDGEMENT_MISFIT if given else NOT_JUDGED
    return fault.at(case.paper, f"评判了{len(given)}项要素，标准有{count}项", f"{count}项要素逐项评判")


def _missed(elements: Sequence[str], judged: Sequence[ElementVerdict]) -> list[tuple[str, str]]:
    """The elements not met: quoted, with the reason given."""
    return [
        (f"“{text.rstrip('；;。')}”不符合", f"（{verdict.reason.rstrip('；;。')}）" if verdict.reason else "")
        for text, verdict in zip(elements, judged, strict=True)
        if verdict.verdict is Verdict.MISSED
    ]


def _met(count: int) -> str:
    return f"{count}项要素全部符合"


@award.register(Checklist)
def _(rubric: Checklist, case: Case) -> Award | Finding:
    judged = verdicts(case, len(rubric.elements))
    if isinstance(judged, Finding):
        return judged
    pairs = list(zip(rubric.elements, judged, strict=True))
    got = sum((element.points for element, given in pairs if given.verdict is Verdict.MET), Decimal(0))
    lost = [element.points for element, given in pairs if given.verdict is Verdict.MISSED]
    missed = _missed([element.text for element in rubric.elements], judged)
    told = [f"{what}，扣{points(less)}分{why}" for (what, why), less in zip(missed, lost, strict=True)]
    held = f"{len(judged) - len(lost)}项要素符合" if lost else _met(len(judged))
    listed = most(rubric)
    printed = f"（标准共列{points(listed)}分）" if listed is not None and listed != case.weight else ""
    return Award(Fraction(got), "；".join([*told, held + printed]))


@reach.register(Checklist)
def _(rubric: Checklist, weight: Decimal) -> Attainable:
    sums = {Decimal(0)}
    for element in rubric.elements:
        sums |= {min(weight, total + element.points) for total in sums}
    return Attainable(tuple(sums))


@most.register(Checklist)
def _(rubric: Checklist) -> Decimal | None:
    return sum((element.points for element in rubric.elements), Decimal(0))


@flaws.register(Checklist)
def _(rubric: Checklist, _weight: Decimal) -> Iterator[Flaw]:
    if not rubric.elements:
        yield Flaw(IMPOSSIBLE, "标准没有列出要素", "至少一项要素")
    for element in rubric.elements:
        if element.points <= 0:
            yield Flaw(IMPOSSIBLE, f"要素“{element.text}”的分数是{points(element.points)}", "大于 0 的分数")


@award.register(MissDeductions)
def _(rubric: MissDeductions, case: Case) -> Award | Finding:
    judged = verdicts(case, len(rubric.elements))
    if isinstance(judged, Finding):
        return judged
    missed = _missed(rubric.elements, judged)
    if not missed:
        return full(case, _met(len(judged)))
    told = [f"{what}，扣{points(rubric.deduction)}分{why}" for what, why in missed]
    return Award(Fraction(case.weight - rubric.deduction * len(missed)), "；".join(told))


@reach.register(MissDeductions)
def _(rubric: MissDeductions, weight: Decimal) -> Attainable:
    return Attainable(tuple(weight - rubric.deduction * missed for missed in range(len(rubric.elements) + 1)))


@flaws.register(MissDeductions)
def _(rubric: MissDeductions, weight: Decimal) -> Iterator[Flaw]:
    yield from no_elements(rubric.elements)
    yield from bad_deduction(rubric.deduction, weight)
    left = weight - rubric.deduction * len(rubric.elements)
    if rubric.elements and 0 < left < weight:
        yield Flaw(POINTS_DIFFER, f"要素全部不符合仍得{points(left)}分", f"各项扣分合计不少于{points(weight)}分")


@award.register(AllOrNothing)
def _(rubric: AllOrNothing, case: Case) -> Award | Finding:
    judged = verdicts(case, len(rubric.elements))
    if isinstance(judged, Finding):
        return judged
    missed = _missed(rubric.elements, judged)
    if not missed:
        return full(case, _met(len(judged)))
    return nothing("；".join(what + why for what, why in missed) + "，有一项不符合即不得分")


@reach.register(AllOrNothing)
def _(_rubric: AllOrNothing, weight: Decimal) -> Attainable:
    return Attainable((Decimal(0), weight))


@flaws.register(AllOrNothing)
def _(rubric: AllOrNothing, _weight: Decimal) -> Iterator[Flaw]:
    yield from no_elements(rubric.elements)


@award.register(PartialCredit)
def _(rubric: PartialCredit, case: Case) -> Award | Finding:
    judged = verdicts(case, len(rubric.elements))
    if isinstance(judged, Finding):
        return judged
    missed = _missed(rubric.elements, judged)
    told = "；".join(what + why for what, why in missed)
    if not missed:
        return full(case, _met(len(judged)))
    if len(missed) == len(judged):
        return nothing(f"{told}，要素全部不符合")
    return Award(Fraction(rubric.partial), f"{told}，要素部分符合")


@reach.register(PartialCredit)
def _(rubric: PartialCredit, weight: Decimal) -> Attainable:
    partly = (rubric.partial,) if len(rubric.elements) > 1 else ()
    return Attainable((Decimal(0), *partly, weight))


@flaws.register(PartialCredit)
def _(rubric: PartialCredit, weight: Decimal) -> Iterator[Flaw]:
    yield from no_elements(rubric.elements)
    if len(rubric.elements) == 1:
        yield Flaw(NOT_OPERABLE, "只有一项要素，不存在“部分符合”", "两项以上要素")
    if not 0 < rubric.partial < weight:
        yield Flaw(POINTS_DIFFER, f"部分符合得{points(rubric.partial)}分", f"大于 0、小于{points(weight)}分")


def no_elements(elements: Sequence[str]) -> Iterator[Flaw]:
    if not elements:
        yield Flaw(IMPOSSIBLE, "标准没有列出要素", "至少一项要素")
