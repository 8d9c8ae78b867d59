"""附件: the scored indicator table, a working paper per indicator, overrides, evidence, differences from what was published."""

from __future__ import annotations

from collections.abc import Iterator

from hengji.model.document import Align, Block, Cell, Orientation, Row, Table
from hengji.model.figure import MISSING, chinese_date
from hengji.model.indicator import Judgement, SigningStep, Verdict, WorkingPaper
from hengji.model.precision import could_be
from hengji.model.score import Score
from hengji.reports.chapters.parts import Report, header, joined, lead, left, note, words
from hengji.scoring.score import leaves

DIFFERENCE = "t701"
"""The check that compares what was published with what the materials give."""


def scored_indicators(report: Report) -> tuple[Block, ...]:
    """Every leaf with its printed standard, score and the reason for lost points, on landscape pages."""
    rows: list[Row] = []
    for top in report.evaluation.sheet.scores:
        below = list(_scored_rows(report, top, ()))
        rows.extend(below)
    head = header("指标", "上级指标", "分值", "评分标准", "得分", "扣分原因及评分依据")
    table = Table(
        "指标评分表",
        "绩效评价指标体系及评分表",
        (head,),
        tuple(rows),
        (13, 12, 5, 34, 5, 31),
        orientation=Orientation.LANDSCAPE,
    )
    return (table,)


def _scored_rows(report: Report, score: Score, above: tuple[str, ...]) -> Iterator[Row]:
    if score.children:
        for child in score.children:
            yield from _scored_rows(report, child, (*above, score.indicator.name))
        return
    indicator = score.indicator
    yield Row(
        (
            words(indicator.name, align=Align.LEFT),
            words("／".join(above), align=Align.LEFT),
            report.scope.cell(f"分值.{indicator.id}", "分"),
            words(indicator.criteria, align=Align.LEFT),
            report.scope.cell(f"得分.{indicator.id}", "分"),
            words(score.reason, align=Align.LEFT),
        )
    )


def working_papers(report: Report) -> tuple[Block, ...]:
    """One form per leaf, with the analysis below it."""
    return tuple(block for score in leaves(report.evaluation.sheet.scores) for block in _paper(report, score))


def _paper(report: Report, score: Score) -> Iterator[Block]:
    indicator, paper = score.indicator, report.paper(score.indicator)
    yield lead(f"“{indicator.name}”工作底稿")
    cells: list[tuple[str, Cell]] = [
        ("索引号", words(paper.index_no if paper else "", align=Align.LEFT)),
        ("指标解释", left(indicator.explanation)),
        ("指标分值", Cell((report.scope.ref(f"分值.{indicator.id}"),), align=Align.LEFT)),
        ("评价标准", left(indicator.criteria)),
        ("评价依据", left(indicator.basis)),
    ]
    if paper and paper.judgement:
        cells.append(("评判", left("\n".join(_judged(score, paper.judgement)))))
    cells.append(("评分依据", left(score.reason)))
    if score.override is not None:
        text = f"{score.override.by}确定为{{{{ 得分.{indicator.id} }}}}：{score.override.reason}"
        cells.append(("人工改分", left(report.scope.inlines(text))))
    cells.append(("评价得分", Cell((report.scope.ref(f"得分.{indicator.id}"),), align=Align.LEFT)))
    if paper and paper.evidence:
        cells.append(("佐证材料", left(joined([f"〔{key}〕{_evidence_title(report, key)}" for key in paper.evidence]))))
    if paper:
        cells.append(("编制与复核", left(_signatures(paper))))
    rows = tuple(Row((words(name, align=Align.CENTRE), cell)) for name, cell in cells)
    yield Table(f"底稿{indicator.id}", "", (), rows, (10, 46))
    if paper and paper.analysis.strip():
        yield lead("评价分析")
        yield from report.scope.blocks(paper.analysis)


def _judged(score: Score, judgement: Judgement) -> Iterator[str]:
    elements = getattr(score.indicator.rubric, "elements", ())
    texts = [element if isinstance(element, str) else element.text for element in elements]
    for index, verdict in enumerate(judgement.elements):
        mark = "√" if verdict.verdict is Verdict.MET else "×"
        text = texts[index] if index < len(texts) else ""
        yield f"{mark} {text}{'：' if text and verdict.reason else ''}{verdict.reason}"
    if judgement.grade:
        yield f"评定：{judgement.grade}"
    for defect in judgement.defects:
        yield f"× {defect.text}"
    if judgement.reason:
        yield f"{judgement.by}：{judgement.reason}"


def _signatures(paper: WorkingPaper) -> str:
    """Who prepared and who checked, always; who approved, where somebody did. A signature counts before what is filled in by hand."""
    signed = {each.step: f"{each.by}，{chinese_date(each.on)}" for each in paper.signatures}
    prepared = signed.get(SigningStep.PREPARED) or paper.prepared_by
    approved = signed.get(SigningStep.APPROVED) or paper.approved_by
    names = [
        f"编制：{prepared or MISSING}",
        f"复核：{signed.get(SigningStep.CHECKED) or paper.checked_by or MISSING}",
        *([f"审定：{approved}"] if approved else []),
    ]
    dated = f"（{chinese_date(paper.prepared_on)}）" if paper.prepared_on and not signed else ""
    return "；".join(names) + dated


def _evidence_title(report: Report, key: str) -> str:
    return next((piece.title for piece in report.evaluation.dossier.evidence if piece.id == key), key)


def overrides(report: Report) -> tuple[Block, ...]:
    """Scores that persons set against the printed standard."""
    rows = tuple(
        Row(
            (
                words(flip.indicator.name, align=Align.LEFT),
                report.scope.cell(f"分值.{flip.indicator.id}", "分"),
                report.scope.cell(f"标准分.{flip.indicator.id}", "分"),
                report.scope.cell(f"得分.{flip.indicator.id}", "分"),
                words(str(flip.attainable) if flip.attainable else "", align=Align.LEFT),
                words(flip.override.by if flip.override else "", align=Align.CENTRE),
                left(report.scope.inlines(flip.override.reason) if flip.override else ""),
            )
        )
        for flip in report.evaluation.sheet.flips
    )
    if not rows:
        return ()
    head = header("指标", "分值", "标准分", "认定得分", "标准可得分", "确定人", "理由")
    return (Table("改分清单", "人工改分清单", (head,), rows, (14, 7, 7, 9, 9, 8, 21)),)


def evidence(report: Report) -> tuple[Block, ...]:
    """The evidence list with document numbers, dates and digests."""
    rows = tuple(
        Row(
            (
                words(piece.id, align=Align.CENTRE),
                words(piece.title, align=Align.LEFT),
                words(piece.document, align=Align.LEFT),
                words(piece.kind, align=Align.CENTRE),
                words(chinese_date(piece.effective) if piece.effective else "", align=Align.CENTRE),
                words(piece.sha256[:12], align=Align.LEFT),
            )
        )
        for piece in report.evaluation.dossier.evidence
    )
    if not rows:
        return ()
    head = header("编号", "名称", "文号", "类别", "生效或形成日期", "校验值（前12位）")
    return (Table("佐证清单", "佐证材料清单", (head,), rows, (6, 24, 16, 10, 13, 17)),)


def differences(report: Report) -> tuple[Block, ...]:
    """Where a published report prints something else than the materials give."""
    differing = {finding.place.item for finding in report.evaluation.findings if finding.code == DIFFERENCE}
    figures = report.evaluation.figures
    found = [
        each
        for each in report.evaluation.dossier.published
        if each.figure in differing
        and each.figure in figures
        and not could_be(each.value, each.unit, figures[each.figure])
    ]
    rows = tuple(
        Row(
            (
                words(str(index), align=Align.CENTRE),
                left(figures[each.figure].label),
                left(f"{each.value}{each.unit}（{each.where}）"),
                Cell((report.scope.ref(each.figure, each.unit),), align=Align.RIGHT),
                left(each.note),
            )
        )
        for index, each in enumerate(found, 1)
    )
    if not rows:
        return ()
    head = header("序号", "数值", "已公布报告所载", "按材料计算", "说明")
    text = "以下为已公布报告所载数值与按材料计算结果不一致之处，两者并列，未作任何调整。"
    return (note(text), Table("差异清单", "与已公布报告的差异", (head,), rows, (5, 16, 18, 13, 20)))
