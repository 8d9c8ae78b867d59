"""Composing: an evaluation becomes a document in the outline of its profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import MappingProxyType

from hengji.model.document import (
    AnnexStart,
    Block,
    Break,
    Chart,
    Contents,
    Cover,
    Document,
    Paragraph,
    ParagraphStyle,
    Table,
    Text,
)
from hengji.model.evaluation import Evaluation
from hengji.model.profile import ChapterPlan, Layout
from hengji.reports.chapters import annexes, conclusion, funds, method, problems, reconciliation, subsidies, surveys
from hengji.reports.chapters.analysis import analysis
from hengji.reports.chapters.parts import Report
from hengji.reports.headings import Numberer
from hengji.reports.prose import Scope
from hengji.reports.titles import title_lines

_COVER = 34  # half-width places of a line of the cover's title

Chapter = Callable[[Report, int], tuple[Block, ...]]


def _flat(compose: Callable[[Report], tuple[Block, ...]]) -> Chapter:
    """A chapter without headings of its own."""
    return lambda report, _level: compose(report)


CHAPTERS: MappingProxyType[str, Chapter] = MappingProxyType(
    {
        "funds": lambda report, _: (*funds.funds(report), *subsidies.subsidies(report)),
        "goals": _flat(method.goals),
        "framework": _flat(method.framework),
        "team": _flat(method.team),
        "conclusion": _flat(conclusion.conclusion),
        "analysis": lambda report, level: (*analysis(report, level), *surveys.surveys(report, level)),
        "problems": problems.problems,
        "recommendations": problems.recommendations,
    }
)
"""What a chapter of an outline holds besides the words that the author wrote for it."""

ANNEXES: tuple[tuple[str, Callable[[Report], tuple[Block, ...]]], ...] = (
    ("绩效评价指标体系及评分表", annexes.scored_indicators),
    ("工作底稿", annexes.working_papers),
    ("人工改分清单", annexes.overrides),
    ("调查问卷", surveys.questionnaires),
    ("绩效目标申报表", method.goal_form),
    ("问题整改清单", problems.rectifications),
    ("佐证材料清单", annexes.evidence),
    ("与已公布报告的差异", annexes.differences),
    ("应补、应付、已付对账表", reconciliation.reconciliation),
)


def compose(evaluation: Evaluation) -> Document:
    """The whole report: cover, summary, contents, chapters, signature, annexes."""
    report = Report(evaluation, Scope(evaluation.figures), Numberer())
    head = evaluation.dossier.head
    title = f"{head.name}绩效评价报告"
    body = (
        *_front(report, title),
        *_chapters(report),
        *_signature(report),
        *_annexes(report),
    )
    blocks = tuple(_unique(body))
    layout = evaluation.profile.layout or Layout("GB/T 9704-2012")
    return Document(title, blocks, evaluation.figures, layout, subject=head.principal, author=head.evaluator)


def _front(report: Report, title: str) -> Iterator[Block]:
    head = report.evaluation.dossier.head
    lines = (("委托单位", head.principal), ("主管部门", head.department), ("评价机构", head.evaluator))
    yield Cover((*title_lines(head.name, _COVER), "绩效评价报告"), lines, head.report_date, head.report_no)
    summary = report.chapter("summary")
    if summary:
        yield AnnexStart("", "摘　要", "摘要")
        yield from summary
    yield Break()
    yield Contents(depth=2)
    yield AnnexStart("", title, "正文")


def _chapters(report: Report) -> Iterator[Block]:
    for plan in report.evaluation.profile.outline:
        yield report.numberer.heading(plan.level, plan.title)
        yield from report.chapter(plan.id)
        if plan.id in CHAPTERS:
            yield from CHAPTERS[plan.id](report, plan.level + 1)
        elif not report.chapter(plan.id) and not _has_parts(report, plan):
            yield Paragraph((Text("（本节无内容。）"),), ParagraphStyle.NOTE)


def _has_parts(report: Report, plan: ChapterPlan) -> bool:
    outline = report.evaluation.profile.outline
    following = outline[outline.index(plan) + 1 :]
    return bool(following) and following[0].level > plan.level


def _signature(report: Report) -> Iterator[Block]:
    head = report.evaluation.dossier.head
    for line in (head.evaluator, "主评人（签章）：", head.report_date):
        if line:
            yield Paragraph((Text(line),), ParagraphStyle.SIGNATURE)


def _annexes(report: Report) -> Iterator[Block]:
    number = 0
    for title, build in ANNEXES:
        blocks = build(report)
        if blocks:
            number += 1
            yield AnnexStart(f"附件{number}", title, f"附件{number}")
            yield from blocks


def _unique(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Tables and charts get ids of their own where the same text is printed twice (analysis and working paper)."""
    seen: Counter[str] = Counter()
    for block in blocks:
        if isinstance(block, Table | Chart):
            seen[block.id] += 1
            times = seen[block.id]
            yield block if times == 1 else replace(block, id=f"{block.id}·{times}")
        else:
            yield block
