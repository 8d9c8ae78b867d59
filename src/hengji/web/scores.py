"""What the scoring queue and its pages show of an evaluation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hengji.model.evaluation import Evaluation
from hengji.model.evidence import Evidence
from hengji.model.figure import MISSING, display
from hengji.model.finding import Finding, Severity
from hengji.model.indicator import Applicability, WorkingPaper
from hengji.model.rubric import Stated
from hengji.model.score import Score
from hengji.scoring.framework import FILE
from hengji.scoring.score import leaf_rounding, leaves
from hengji.storage.text import paper_path
from hengji.web.judging import Asked, as_given, asked, form_of
from hengji.web.standards import Described, described
from hengji.work import signing
from hengji.work.blank_papers import unjudged
from hengji.work.workbook.framework import leaves as paths

UNJUDGED, JUDGED, COMPUTED, UNKNOWN, ASIDE = "未评判", "已评判", "自动计算", "算不出", "不适用"
"""How a leaf stands: nobody judged; judged; decided by figures; figures missing; not applicable."""


def project(evaluation: Evaluation) -> dict[str, Any]:
    """Every leaf: a row of the queue, and all that its page shows."""
    found = [_leaf(evaluation, score) for score in leaves(evaluation.sheet.scores)]
    return {"leaves": {each["id"]: each for each in found}, "total": f"{evaluation.sheet.total:f}"}


def state(score: Score) -> str:
    """How a leaf stands."""
    indicator = score.indicator
    if indicator.applicability is Applicability.NOT_APPLICABLE:
        return ASIDE
    if asked(indicator.rubric) is not Asked.NOTHING:
        return UNJUDGED if unjudged(score.judgement) else JUDGED
    known = score.literal is not None or isinstance(indicator.rubric, Stated)
    return COMPUTED if known else UNKNOWN


def _leaf(evaluation: Evaluation, score: Score) -> dict[str, Any]:
    indicator = score.indicator
    dossier = evaluation.dossier
    paper = next((each for each in dossier.papers if each.indicator == indicator.id), None)
    names = next(path for path, leaf in paths(dossier.framework.indicators) if leaf.id == indicator.id)
    rounding = leaf_rounding(evaluation.profile)
    rubric = indicator.rubric
    standard = described(rubric, indicator.weight, rounding) if rubric else None
    given = as_given(indicator, paper)
    return {
        "id": indicator.id,
        "name": indicator.name,
        "path": list(names[:-1]),
        "weight": f"{score.weight:f}",
        "awarded": f"{score.awarded:f}",
        "literal": None if score.literal is None else f"{score.literal:f}",
        "state": state(score),
        "overridden": score.override is not None,
        "reason": score.reason,
        "explanation": indicator.explanation,
        "criteria": indicator.criteria,
        "basis": indicator.basis,
        "note": indicator.note,
        "standard": standard and _standard(standard),
        "figures": [_figure(evaluation, name) for name in score.inputs],
        "evidence": [_evidence(dossier.evidence, name) for name in _cited(paper)],
        "findings": [_finding(each) for each in _about(evaluation, indicator.id)],
        "given": given,
        "form": form_of(indicator, given),
        "index": paper.index_no if paper else "",
        "analysis": bool(paper and paper.analysis.strip()),
        "signed": _signed(paper),
        "locked": signing.refusal(paper),
    }


def _standard(standard: Described) -> dict[str, Any]:
    return {
        "shape": standard.shape,
        "formula": standard.formula,
        "parts": list(standard.parts),
        "attainable": standard.attainable,
        "faults": [_finding(each) for each in standard.faults],
    }


def _signed(paper: WorkingPaper | None) -> list[str]:
    return [] if paper is None else [each.step.value for each in signing.holding(paper)]


def _figure(evaluation: Evaluation, name: str) -> dict[str, str]:
    figure = evaluation.figures.get(name)
    return {
        "id": name,
        "label": figure.label if figure else name,
        "display": display(figure) if figure else MISSING,
        "formula": figure.formula if figure else "",
    }


def _cited(paper: WorkingPaper | None) -> tuple[str, ...]:
    """The evidence of a paper, of its elements and of its defects, each once."""
    if paper is None:
        return ()
    cited = list(paper.evidence)
    if paper.judgement is not None:
        cited += [name for part in paper.judgement.elements for name in part.evidence]
        cited += [name for part in paper.judgement.defects for name in part.evidence]
    return tuple(dict.fromkeys(cited))


def _evidence(known: tuple[Evidence, ...], name: str) -> dict[str, str]:
    piece = next((each for each in known if each.id == name), None)
    if piece is None:
        return {"id": name, "title": "佐证清单里没有这一件", "document": "", "kind": "", "path": ""}
    return {"id": name, "title": piece.title, "document": piece.document, "kind": piece.kind, "path": piece.path}


def _about(evaluation: Evaluation, name: str) -> Iterator[Finding]:
    """The findings about a leaf: its standard, its paper, its score."""
    path = paper_path(name)
    for each in evaluation.findings:
        if each.place.file == path or (each.place.item == name and each.place.file in ("", FILE)):
            yield each


def _finding(finding: Finding) -> dict[str, str]:
    return {"severity": finding.severity.value, "code": finding.code, "found": finding.found, "do": finding.remedy}


def gravest(leaf: Mapping[str, Any]) -> str:
    """The gravest severity among the findings of a leaf; empty without findings."""
    words = {each["severity"] for each in leaf["findings"]}
    return next((severity.value for severity in Severity if severity.value in words), "")
