"""The sheet 评判: for each judged indicator a row of its own, then one row an element, defect or expert."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hengji.model.dossier import Dossier
from hengji.model.finding import Finding
from hengji.model.indicator import (
    Defect,
    ElementVerdict,
    ExpertScore,
    Indicator,
    Judgement,
    Verdict,
    WorkingPaper,
)
from hengji.model.record import record
from hengji.model.rubric import (
    AllOrNothing,
    Checklist,
    DefectDeductions,
    Discretionary,
    ExpertPanel,
    GradedJudgement,
    MissDeductions,
    PartialCredit,
    QualitativeTiers,
    Rubric,
)
from hengji.model.table import ColumnType
from hengji.work.blank_papers import blank_paper
from hengji.work.workbook.form import Field, Filled, Findings, Sheet
from hengji.work.workbook.framework import leaves

_JUDGED = (
    Checklist,
    MissDeductions,
    AllOrNothing,
    PartialCredit,
    GradedJudgement,
    QualitativeTiers,
    DefectDeductions,
    Discretionary,
    ExpertPanel,
)
_VERDICTS = tuple(verdict.value for verdict in Verdict)


@record
class JudgementRow:
    """The head row of an indicator (``item`` empty) or one of its elements, defects or experts."""

    indicator: str
    item: str
    verdict: str
    score: Decimal | None
    reason: str
    evidence: tuple[str, ...]
    by: str
    on: date | None


def elements_of(rubric: Rubric | None) -> tuple[str, ...]:
    """The texts that are each met or not."""
    match rubric:
        case Checklist():
            return tuple(element.text for element in rubric.elements)
        case MissDeductions() | AllOrNothing() | PartialCredit():
            return rubric.elements
        case _:
            return ()


def _take(dossier: Dossier) -> tuple[JudgementRow, ...]:
    papers = {paper.indicator: paper for paper in dossier.papers}
    return tuple(
        row
        for _, leaf in leaves(dossier.framework.indicators)
        if isinstance(leaf.rubric, _JUDGED) or _judgement(papers.get(leaf.id)) is not None
        for row in _rows(leaf, papers.get(leaf.id))
    )


def _judgement(paper: WorkingPaper | None) -> Judgement | None:
    return None if paper is None else paper.judgement


def _rows(leaf: Indicator, paper: WorkingPaper | None) -> Iterator[JudgementRow]:
    judged = _judgement(paper) or Judgement("")
    number = judged.coefficient if isinstance(leaf.rubric, QualitativeTiers) else judged.score
    evidence = paper.evidence if paper is not None else ()
    yield JudgementRow(leaf.id, "", judged.grade, number, judged.reason, evidence, judged.by, judged.on)
    texts = elements_of(leaf.rubric)
    given = judged.elements if len(judged.elements) == len(texts) else (None,) * len(texts)
    for text, verdict in zip(texts, given, strict=True):
        said = (verdict.verdict.value, None, verdict.reason, verdict.evidence) if verdict else ("", None, "", ())
        yield JudgementRow(leaf.id, text, *said, "", None)
    for defect in judged.defects:
        yield JudgementRow(leaf.id, defect.text, "", None, "", defect.evidence, "", None)
    for expert in judged.experts:
        yield JudgementRow(leaf.id, expert.expert, "", expert.score, "", (), "", None)


def _choices(dossier: Dossier, row: JudgementRow) -> Mapping[str, tuple[str, ...]]:
    rubric = next((leaf.rubric for _, leaf in leaves(dossier.framework.indicators) if leaf.id == row.indicator), None)
    match rubric:
        case GradedJudgement() if not row.item:
            return {"verdict": tuple(grade.name for grade in rubric.grades)}
        case QualitativeTiers() if not row.item:
            return {"verdict": tuple(tier.name for tier in rubric.tiers)}
        case _ if row.item and elements_of(rubric):
            return {"verdict": _VERDICTS}
        case _:
            return {}


def _give(dossier: Dossier, rows: tuple[Filled[JudgementRow], ...]) -> tuple[Dossier, Findings]:
    groups: dict[str, list[Filled[JudgementRow]]] = {}
    for row in rows:
        groups.setdefault(row.record.indicator, []).append(row)
    tree = [leaf for _, leaf in leaves(dossier.framework.indicators)]
    papers = {paper.indicator: paper for paper in dossier.papers}
    found: list[Finding] = []
    for number, leaf in enumerate(tree, 1):
        paper = papers.get(leaf.id) or blank_paper(leaf, str(number))
        if leaf.id in groups:
            paper = _judged(leaf, paper, groups[leaf.id], found)
        papers[leaf.id] = paper
    made = tuple(sorted(papers.values(), key=lambda paper: paper.indicator))
    kept = tuple(sorted(dossier.papers, key=lambda paper: paper.indicator))
    return (dossier if made == kept else replace(dossier, papers=made)), tuple(found)


def _judged(
    leaf: Indicator, paper: WorkingPaper, rows: Sequence[Filled[JudgementRow]], found: list[Finding]
) -> WorkingPaper:
    """The paper with what the rows say; as it was when they say nothing new."""
    if tuple(row.record for row in rows) == tuple(_cleaned(row) for row in _rows(leaf, paper)):
        return paper
    head = next((row.record for row in rows if not row.record.item), None)
    items = [row for row in rows if row.record.item]
    old = paper.judgement or Judgement("")
    made = replace(old, elements=_elements(leaf, items, found), defects=(), experts=())
    if isinstance(leaf.rubric, DefectDeductions):
        made = replace(made, defects=tuple(Defect(row.record.item, row.record.evidence) for row in items))
    if isinstance(leaf.rubric, ExpertPanel):
        made = replace(made, experts=tuple(_experts(old, items, found)))
    evidence = paper.evidence
    if head is not None:
        tiers = isinstance(leaf.rubric, QualitativeTiers)
        made = replace(made, by=head.by, on=head.on, reason=head.reason, grade=head.verdict)
        made = replace(made, coefficient=head.score) if tiers else replace(made, score=head.score)
        evidence = head.evidence
    empty = made == Judgement("") and not isinstance(leaf.rubric, _JUDGED)
    return replace(paper, evidence=evidence, judgement=None if empty else made)


def _cleaned(row: JudgementRow) -> JudgementRow:
    """As it comes back from a cell: without blanks around texts."""
    return replace(row, item=row.item.strip(), reason=row.reason.strip())


def _elements(
    leaf: Indicator, items: Sequence[Filled[JudgementRow]], found: list[Finding]
) -> tuple[ElementVerdict, ...]:
    """One verdict an element, in the order of the standard."""
    texts = elements_of(leaf.rubric)
    if not texts:
        return ()
    given = {row.record.item: row for row in items}
    for row in items:
        if row.record.item not in texts:
            expected = "评分标准中的要素，一字不差"
            found.append(row.fault("item", f"“{leaf.name}”没有这个要素", expected, "与指标体系表的要素对上"))
        elif row.record.verdict not in _VERDICTS:
            said = f"判断是“{row.record.verdict}”" if row.record.verdict else "没有判断"
            found.append(row.fault("verdict", f"“{leaf.name}”的要素{said}", "符合 或 不符合", "从下拉列表中选"))
    missing = [text for text in texts if text not in given]
    if missing and items:
        text = f"“{leaf.name}”缺少要素“{missing[0]}”的判断"
        found.append(items[0].fault("indicator", text, f"{len(texts)}项要素各一行", "补上缺少的行"))
    if missing or any(given[text].record.verdict not in _VERDICTS for text in texts):
        return ()
    records = [given[text].record for text in texts]
    return tuple(ElementVerdict(Verdict(each.verdict), each.reason, each.evidence) for each in records)


def _experts(old: Judgement, items: Sequence[Filled[JudgementRow]], found: list[Finding]) -> Iterator[ExpertScore]:
    weights = {expert.expert: expert.weight for expert in old.experts}
    for row in items:
        if row.record.score is None:
            found.append(row.fault("score", f"“{row.record.item}”没有打分", "分数", "填写得分"))
        else:
            yield ExpertScore(row.record.item, row.record.score, weights.get(row.record.item, Decimal(1)))


JUDGING = Sheet(
    "评判",
    "每个要人工评判的指标：先一行总的评判，再逐项要素（或缺陷、专家）各一行；底稿的分析写在 papers 文件夹",
    JudgementRow,
    (
        Field("indicator", "指标", width=20, required=True, refers="指标体系"),
        Field("item", "要素、缺陷或专家", width=50),
        Field("verdict", "判断", width=14, example="要素填 符合 或 不符合；等级评判填等次"),
        Field("score", "系数或得分", ColumnType.RATE, 12, example="0.85"),
        Field("reason", "理由", width=50, example="有批复文件，内容相符"),
        Field("evidence", "佐证", width=14, example="E01、E02", refers="佐证"),
        Field("by", "评判人", width=18, example="评价工作组"),
        Field("on", "评判日期", ColumnType.DATE, 14, example="2024-06-15"),
    ),
    ("indicator", "item"),
    _take,
    _give,
    _choices,
)
