"""绩效评价指标分析: level by level, each leaf with its analysis from the working paper and how its score came about."""

from __future__ import annotations

from collections.abc import Iterator

from hengji.model.document import Block, Emphasis, Paragraph, Text
from hengji.model.score import Score
from hengji.reports.chapters.parts import Report, lead

_DEEPEST = 4


def analysis(report: Report, level: int) -> tuple[Block, ...]:
    """All level-1 indicators, each under its own heading of ``level``."""
    blocks: list[Block] = []
    for score in report.evaluation.sheet.scores:
        title = f"{score.indicator.name}（{score.weight.normalize():f}分）"
        blocks.append(report.numberer.heading(level, title))
        blocks.extend(_node(report, score, level + 1))
        blocks.extend(report.chapter(score.indicator.id))
    return tuple(blocks)


def _node(report: Report, score: Score, level: int) -> Iterator[Block]:
    name, key = score.indicator.name, score.indicator.id
    if not score.children:
        yield from _leaf(report, score)
        return
    yield report.sentence(
        f"{name}分值{{{{ 分值.{key} | 数 }}}}分，得{{{{ 得分.{key} | 数 }}}}分，得分率{{{{ 得分率.{key} }}}}。"
    )
    for child in score.children:
        title = f"{child.indicator.name}（{child.weight.normalize():f}分）"
        if level <= _DEEPEST:
            yield report.numberer.heading(level, title)
        else:
            yield lead(title)
        yield from _node(report, child, level + 1)


def _leaf(report: Report, score: Score) -> Iterator[Block]:
    paper = report.paper(score.indicator)
    if paper is not None:
        yield from report.scope.blocks(paper.analysis)
    key = score.indicator.id
    verdict = f"本项分值{{{{ 分值.{key} | 数 }}}}分，得{{{{ 得分.{key} | 数 }}}}分。"
    reason = score.reason.rstrip("。") + "。" if score.reason else ""
    yield Paragraph((*report.scope.inlines(verdict, Emphasis.STRONG), *_reason(reason)))
    if score.override is not None:
        literal = "" if score.literal is None else f"按评分标准应得{{{{ 标准分.{key} | 数 }}}}分。"
        override = score.override
        text = f"人工改分：{literal}{override.by}确定为{{{{ 得分.{key} | 数 }}}}分，理由：{override.reason}"
        yield report.sentence(text.rstrip("。") + "。")


def _reason(reason: str) -> tuple[Text, ...]:
    return (Text(f"评分依据：{reason}"),) if reason else ()
