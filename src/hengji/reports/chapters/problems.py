"""存在的问题、建议、整改清单."""

from __future__ import annotations

from hengji.model.document import Align, Block, Row, Table
from hengji.model.figure import chinese_date
from hengji.reports.chapters.parts import Report, header, joined, words


def problems(report: Report, level: int) -> tuple[Block, ...]:
    """Experience first where there is some, then each problem with cause and the indicators that lost points for it."""
    blocks: list[Block] = []
    names = _indicator_names(report)
    experience = report.chapter("experience")
    if experience:
        blocks += [report.numberer.heading(level, "主要经验及做法"), *experience]
        blocks.append(report.numberer.heading(level, "存在的问题及原因"))
        level += 1
    for problem in report.evaluation.dossier.problem_book.problems:
        blocks.append(report.numberer.heading(level, problem.title))
        blocks.extend(report.scope.blocks(problem.detail))
        if problem.cause:
            blocks.append(report.sentence(f"原因：{problem.cause}"))
        if problem.deductions:
            lost = joined([names.get(key, key) for key in problem.deductions])
            blocks.append(report.sentence(f"涉及扣分指标：{lost}。"))
    return tuple(blocks)


def recommendations(report: Report, level: int) -> tuple[Block, ...]:
    """Each recommendation under its own heading, and the problems it answers."""
    book = report.evaluation.dossier.problem_book
    blocks: list[Block] = []
    for recommendation in book.recommendations:
        blocks.append(report.numberer.heading(level, recommendation.title))
        blocks.extend(report.scope.blocks(recommendation.detail))
        answered = [problem.title for problem in book.problems if recommendation.id in problem.recommendations]
        if answered:
            blocks.append(report.sentence("对应问题：" + "".join(f"“{title}”" for title in answered) + "。"))
    return tuple(blocks)


def rectifications(report: Report) -> tuple[Block, ...]:
    """The rectification list: problem, measure, unit, deadline, status, proof."""
    book = report.evaluation.dossier.problem_book
    if not book.rectifications:
        return ()
    titles = {problem.id: problem.title for problem in book.problems}
    rows = tuple(
        Row(
            (
                words(str(index), align=Align.CENTRE),
                words(titles.get(item.problem, item.problem), align=Align.LEFT),
                words(item.measure, align=Align.LEFT),
                words(item.responsible, align=Align.CENTRE),
                words(chinese_date(item.deadline) if item.deadline else "", align=Align.CENTRE),
                words(item.status.value, align=Align.CENTRE),
            )
        )
        for index, item in enumerate(book.rectifications, 1)
    )
    head = header("序号", "问题", "整改措施", "责任单位", "期限", "状态")
    return (Table("整改清单", "问题整改清单", (head,), rows, (5, 16, 22, 11, 8, 7)),)


def _indicator_names(report: Report) -> dict[str, str]:
    names: dict[str, str] = {}
    pending = list(report.evaluation.dossier.framework.indicators)
    while pending:
        node = pending.pop()
        names[node.id] = node.name
        pending.extend(node.children)
    return names
