"""引用了不存在的佐证。

## 查什么
文字中的 [证:编号]，以及底稿、评判、问题、整改、时限和数值所列的佐证编号，是否都在 evidence.yaml 中。

## 为什么
佐证编号断了，结论就没有依据可查；底稿须能支撑每个结论（财监〔2021〕4号关于工作底稿的要求，条号以原文为准）。

## 怎么改
在 evidence.yaml 中登记该佐证，或改正编号。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hengji.checks.subjects import FINDINGS, paper_file, passages
from hengji.model.binding import Citation, pieces
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity
from hengji.model.indicator import WorkingPaper

CODE = "n502"


def find(dossier: Dossier, files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Evidence ids that no piece of evidence has."""
    known = {piece.id for piece in dossier.evidence}
    for place, key in (*_cited(dossier, files), *_listed(dossier)):
        if key not in known:
            found, expected = f"引用了没有登记的佐证“{key}”", "佐证材料清单（evidence.yaml）中的编号"
            yield Finding(CODE, Severity.ERROR, place, found, expected, "登记该佐证，或改正编号")


def _cited(dossier: Dossier, files: Mapping[str, bytes]) -> Iterator[tuple[Place, str]]:
    for passage in passages(dossier, files):
        for piece in pieces(passage.text):
            if isinstance(piece, Citation):
                yield passage.place(piece.offset), piece.evidence


def _listed(dossier: Dossier) -> Iterator[tuple[Place, str]]:
    for paper in dossier.papers:
        yield from ((Place(paper_file(paper)), key) for key in _of_paper(paper))
    book = dossier.problem_book
    for problem in book.problems:
        yield from ((Place(FINDINGS, item=problem.id), key) for key in problem.evidence)
    for item in book.rectifications:
        yield from ((Place(FINDINGS, item=item.problem), key) for key in item.proof)
    for deadline in dossier.deadlines:
        yield from ((Place("deadlines.yaml", item=deadline.id), key) for key in deadline.evidence)
    for rule in dossier.figures:
        yield from ((Place("figures.yaml", item=rule.id), key) for key in rule.evidence)


def _of_paper(paper: WorkingPaper) -> list[str]:
    """Each id once, though the paper and its judgement may both name it."""
    listed = list(paper.evidence)
    if paper.judgement is not None:
        listed += [key for element in paper.judgement.elements for key in element.evidence]
        listed += [key for defect in paper.judgement.defects for key in defect.evidence]
    return list(dict.fromkeys(listed))
