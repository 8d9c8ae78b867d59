"""calculate: an opened dossier becomes figures, each with what it comes from."""

from __future__ import annotations

from hengji.deadlines.figures import deadline_figures
from hengji.funds.figures import fund_figures
from hengji.funds.goal_form import goal_figures
from hengji.model.evaluation import Grant
from hengji.model.figure import Figure, Figures
from hengji.model.finding import Finding, Place, Severity
from hengji.model.reconciliation import Reconciliation
from hengji.model.record import record
from hengji.surveys.figures import survey_figures
from hengji.work.claims import reconciled
from hengji.work.entitlements import entitlement_figures
from hengji.work.load import Opened
from hengji.work.own_figures import own_figures

CODE_TWICE = "L205"
SMALL_SAMPLE = "小样本"


@record
class Calculated:
    """All figures but the scores, the entitlements row by row, their payments, and what was wrong on the way."""

    figures: Figures
    grants: tuple[Grant, ...]
    reconciliation: Reconciliation
    findings: tuple[Finding, ...]


def calculate(opened: Opened) -> Calculated:
    """Ledger, deadlines, goal form, questionnaires, entitlements and their payments; then the dossier's own figures over all of them."""
    dossier, profile = opened.dossier, opened.norms.profile
    head = dossier.head
    last = max((cutoff.date for cutoff in head.cutoffs), default=head.period.end)
    figures: dict[str, Figure] = {}
    findings: list[Finding] = []
    assert profile.execution is not None, "the root profile declares one"
    funds, faults = fund_figures(dossier.ledger, head.programmes, head.cutoffs, profile.execution)
    figures |= funds
    findings.extend(faults)
    terms, faults = deadline_figures(dossier.deadlines, head.programmes, last)
    figures |= terms
    findings.extend(faults)
    figures |= goal_figures(dossier.goal_form)
    for survey in dossier.surveys:
        answers, faults = survey_figures(survey, opened.counts.get(survey.id, ()), profile.threshold(SMALL_SAMPLE))
        figures |= answers
        findings.extend(faults)
    due, grants, faults = entitlement_figures(opened)
    figures |= due
    findings.extend(faults)
    reconciliation, owed, faults = reconciled(opened, grants, due)
    figures |= owed
    findings.extend(faults)
    own, faults = own_figures(opened, figures)
    findings.extend(faults)
    findings.extend(_clash(name) for name in own if name in figures)
    return Calculated(figures | own, grants, reconciliation, tuple(findings))


def _clash(name: str) -> Finding:
    place = Place("figures.yaml", item=name)
    found = f"数值编号“{name}”与自动计算的数值重名"
    return Finding(CODE_TWICE, Severity.ERROR, place, found, "不与已有编号相同", "换一个编号，或直接引用已有数值")
