"""The money from the tier that gives it to the institutions, and what got stuck on the way."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hengji.model.evaluation import Evaluation
from hengji.model.figure import Figure
from hengji.model.ledger import FundStage
from hengji.model.programme import Tier
from hengji.model.record import record

TRACK = (FundStage.ARRIVED, FundStage.DISBURSED, FundStage.LANDED)
"""The stages that a tier's money goes through, in order."""


@record
class Flow:
    """资金流: so many fen from one place to another; ``stuck`` flows end where they should not."""

    source: str
    target: str
    fen: int
    stuck: str = ""


def flows(evaluation: Evaluation) -> tuple[Flow, ...]:
    """Tier → arrived → disbursed → landed; what is missing between two stages is a flow of its own."""
    return tuple(_flows(evaluation))


def _flows(evaluation: Evaluation) -> Iterator[Flow]:
    figures = evaluation.figures
    stages = [stage for stage in TRACK if f"资金.{stage.value}" in figures]
    if not stages:
        return
    first = stages[0]
    for tier in Tier:
        amount = _fen(figures.get(f"资金.{first.value}.{tier.value}"))
        if amount > 0:
            yield Flow(tier.value, first.value, amount)
    totals = [_fen(figures.get(f"资金.{stage.value}")) for stage in stages]
    for at in range(1, len(stages)):
        passed = min(totals[at - 1], totals[at])
        if passed > 0:
            yield Flow(stages[at - 1].value, stages[at].value, passed)
        missing = totals[at - 1] - totals[at]
        if missing > 0:
            yield Flow(stages[at - 1].value, f"未{stages[at].value}", missing, stuck=stages[at].value)


def _fen(figure: Figure | None) -> int:
    return int(figure.value) if figure is not None and isinstance(figure.value, Fraction) else 0
