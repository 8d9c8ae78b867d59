"""check: everything that is wrong with a dossier, and with the report that it makes, by the same checks as anybody's report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding
from hengji.reading.composed import read_document
from hengji.work.evaluate import NAME, STEPS, Outcome, document_of, evaluate
from hengji.work.review import review_reading

Tick = Callable[[str], None]
ALL_STEPS = STEPS + 1


def check(folder: Path, tick: Tick) -> Outcome:
    """Evaluate the dossier in ``folder`` and review its report before it is written."""
    outcome = evaluate(folder, tick)
    if outcome.evaluation is None:
        return outcome
    tick("审核报告")
    return replace(outcome, findings=(*outcome.findings, *reviewed(outcome.evaluation)))


def reviewed(evaluation: Evaluation) -> tuple[Finding, ...]:
    """What the review finds in the report of an evaluation."""
    reading = read_document(NAME, document_of(evaluation))
    return review_reading(reading, evaluation.profile).findings
