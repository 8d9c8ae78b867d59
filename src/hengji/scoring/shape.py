"""What each shape of rubric answers: the questions, one function a question, answered per shape by single dispatch.

The families (judged, measured, banded, stepped) register their answers here; ``rubrics`` asks. What is the same for
all shapes is not answered per shape: a score is never below 0 nor above the weight, and is rounded once.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import singledispatch

from hengji.model.band import Operand
from hengji.model.finding import Finding, Place
from hengji.model.indicator import Judgement
from hengji.model.record import record
from hengji.model.score import Attainable
from hengji.scoring.faults import DEDUCTION_TOO_LARGE, IMPOSSIBLE, Fault
from hengji.scoring.operands import Value, percent, points

Findings = tuple[Finding, ...]
Groups = tuple[tuple[Operand, ...], ...]


@record
class Case:
    """What a rubric is applied to: ``values`` answer ``operands`` group by group; ``place`` is the standard's, ``paper`` the judgement's."""

    weight: Decimal
    judgement: Judgement
    values: tuple[tuple[Value, ...], ...]
    place: Place
    paper: Place


@record
class Award:
    """The points before they are held within 0 and the weight and rounded, and how they come about."""

    points: Fraction
    because: str


@record
class Flaw:
    """A fault of a standard itself."""

    fault: Fault
    found: str
    expected: str = ""


@singledispatch
def operands(_rubric: object) -> Groups:
    """The operands to read, those that are compared with each other in one group; none for what is only judged."""
    return ()


@singledispatch
def award(rubric: object, _case: Case) -> Award | Finding:
    """The points for a case, or why the standard gives none."""
    raise TypeError(f"no meaning is defined for {type(rubric).__name__}")


@singledispatch
def reach(_rubric: object, weight: Decimal) -> Attainable:
    """The points that the standard can give; any up to the weight unless the shape says otherwise."""
    return Attainable(spans=((Decimal(0), weight),))


@singledispatch
def most(_rubric: object) -> Decimal | None:
    """The most points that the printed standard adds up to; None when it prints no points."""
    return None


@singledispatch
def flaws(_rubric: object, _weight: Decimal) -> Iterator[Flaw]:
    """What is wrong with the standard whatever it is applied to."""
    return iter(())


def proportional(case: Case, share: Fraction, because: str) -> Award:
    """The weight × ``share``, told as such; a share of 1 or more needs no multiplication to be understood."""
    got = Fraction(case.weight) * share
    if share >= 1:
        return Award(got, because)
    return Award(got, f"{because}，{points(case.weight)}分×{percent(share)}")


def full(case: Case, because: str) -> Award:
    return Award(Fraction(case.weight), because)


def nothing(because: str) -> Award:
    return Award(Fraction(0), because)


def bad_deduction(deduction: Decimal, weight: Decimal) -> Iterator[Flaw]:
    """A deduction of nothing is no standard; one larger than the weight takes more than there is."""
    if deduction <= 0:
        yield Flaw(IMPOSSIBLE, f"每次扣{points(deduction)}分", "大于 0 的分数")
    elif deduction > weight:
        yield Flaw(DEDUCTION_TOO_LARGE, f"每次扣{points(deduction)}分，分值只有{points(weight)}分")
