"""Dossiers beside each other: the same indicator, the same figure, and what one unit of something cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hengji.model.evaluation import Evaluation
from hengji.model.figure import Figure, FigureKind, display, unit_of
from hengji.model.money import FEN_PER_YUAN, round_to
from hengji.model.record import record
from hengji.model.score import Score
from hengji.web.heads import UNREADABLE
from hengji.web.jobs import Progress
from hengji.web.models import Dossier, Job
from hengji.web.projections import held, projected

NAME = "compare"
_COMPARED = frozenset({FigureKind.MONEY, FigureKind.RATE, FigureKind.COUNT, FigureKind.DAYS})
_DEEPEST = 2
_LISTED = 200
_PLACES = 2


def project(evaluation: Evaluation) -> dict[str, Any]:
    """Every indicator's score by name, and the figures of a whole dossier or of one of its programmes; rows and recipients are left out."""
    return {
        "indicators": dict(_indicators(evaluation.sheet.scores)),
        "figures": {
            key: _told(figure)
            for key, figure in evaluation.figures.items()
            if figure.kind in _COMPARED and isinstance(figure.value, Fraction) and key.count(".") < _DEEPEST
        },
    }


def _indicators(scores: Iterable[Score]) -> Iterator[tuple[str, list[str]]]:
    for each in scores:
        leaf = "" if each.children else each.indicator.id
        yield each.indicator.name, [f"{each.awarded:f}", f"{each.weight:f}", leaf]
        yield from _indicators(each.children)


def _told(figure: Figure) -> list[str]:
    return [figure.label, figure.kind.value, str(figure.value), unit_of(figure), display(figure)]


def compare(job: Job, progress: Progress) -> dict[str, Any]:
    """Work out what is not worked out yet, so that the comparison need not wait for it."""
    dossiers = list(Dossier.objects.filter(members__person=job.person))
    known = held((each.head for each in dossiers), NAME)
    for number, dossier in enumerate(dossiers):
        progress(f"计算 {dossier.name}", number, len(dossiers))
        if dossier.head not in known and dossier.name != UNREADABLE:
            projected(dossier, NAME, project)
    return {"compared": len(dossiers)}


@record
class Asked:
    """所比: the name of an indicator, the id of a figure, and the id of the figure by which that is divided; empty for none."""

    indicator: str = ""
    figure: str = ""
    per: str = ""


@record
class Compared:
    """比较行: one dossier. Rates in percent, the cost in yuan (or the figure's own unit) for each unit; None where there is none."""

    dossier: Dossier
    leaf: str = ""
    awarded: Decimal | None = None
    weight: Decimal | None = None
    rate: Decimal | None = None
    value: Fraction | None = None
    shown: str = ""
    cost: Decimal | None = None
    unit: str = ""


def compared(dossier: Dossier, data: Mapping[str, Any], asked: Asked) -> Compared:
    """The row of a dossier; rates and costs are rounded half-up to two decimals."""
    awarded, weight, leaf = data["indicators"].get(asked.indicator, ("", "", ""))
    points, whole = (Decimal(each) if each else None for each in (awarded, weight))
    rate = round_to(Fraction(points) * 100 / Fraction(whole), _PLACES) if points is not None and whole else None
    figure, per = (data["figures"].get(each) for each in (asked.figure, asked.per))
    value = Fraction(figure[2]) if figure else None
    cost, unit = _cost(figure, per) if figure and per else (None, "")
    return Compared(dossier, leaf, points, whole, rate, value, figure[4] if figure else "", cost, unit)


def _cost(figure: Sequence[str], per: Sequence[str]) -> tuple[Decimal | None, str]:
    divisor = _plain(per)
    if not divisor:
        return None, ""
    unit = "元" if figure[1] == FigureKind.MONEY.value else figure[3]
    by = "元" if per[1] == FigureKind.MONEY.value else per[3]
    return round_to(_plain(figure) / divisor, _PLACES), f"{unit}/{by}" if by else unit


def _plain(figure: Sequence[str]) -> Fraction:
    """The value in yuan, where it is money."""
    return Fraction(figure[2]) / (FEN_PER_YUAN if figure[1] == FigureKind.MONEY.value else 1)


def shared(data: Iterable[Mapping[str, Any]]) -> dict[str, list[tuple[str, str]]]:
    """What can be compared, what most dossiers have first: the names of indicators, and the ids of figures with their labels."""
    every = list(data)
    indicators = Counter(name for each in every for name in each["indicators"])
    figures = Counter(key for each in every for key in each["figures"])
    labels = {key: figure[0] for each in every for key, figure in each["figures"].items()}
    return {
        "indicators": [(name, f"{count} 份") for name, count in indicators.most_common(_LISTED)],
        "figures": [(key, labels[key]) for key, _ in figures.most_common(_LISTED)],
    }
