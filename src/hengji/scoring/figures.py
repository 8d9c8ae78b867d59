"""Scores as figures, so that a total can be traced down to what was counted and to who judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from hengji.model.figure import Figure, FigureKind, Source, SourceKind
from hengji.model.rubric import Stated
from hengji.model.score import Score, ScoreSheet
from hengji.scoring.framework import FILE, paper_place
from hengji.scoring.operands import points
from hengji.scoring.score import grade_of, percentage


def score_figures(sheet: ScoreSheet) -> dict[str, Figure]:
    """得分, 分值, 得分率 and 标准分 of each indicator, totals and grades, by id (see the figures of a sheet in the manual).

    Ids: 得分.<indicator id>, 分值.<id>, 得分率.<id> (of those that apply), 标准分.<id> (None: cannot be had),
    等级.<id> of level 1 by its percentage; 得分.合计, 得分.标准分合计, 分值.合计, 得分率.合计, 等级, 标准等级.
    """
    figures = [figure for score in _walk(sheet.scores) for figure in _of_score(score)]
    figures += _of_sheet(sheet)
    figures += [_level_grade(score, sheet) for score in sheet.scores if score.weight]
    return {figure.id: figure for figure in figures}


def _walk(scores: Sequence[Score]) -> Iterator[Score]:
    for score in scores:
        yield score
        yield from _walk(score.children)


def _points(
    name: str,
    label: str,
    value: Decimal | None,
    formula: str,
    inputs: tuple[str, ...],
    sources: tuple[Source, ...] = (),
) -> Figure:
    exact = None if value is None else Fraction(value)
    return Figure(name, label, FigureKind.SCORE, exact, "分", 2, formula, inputs, sources)


def _of_score(score: Score) -> Iterator[Figure]:
    indicator = score.indicator
    below = [child.indicator.id for child in score.children]
    yield _points(
        f"得分.{indicator.id}",
        f"{indicator.name}得分",
        score.awarded,
        formula=_how(score),
        inputs=tuple(f"得分.{name}" for name in below) if below else (*score.inputs, f"分值.{indicator.id}"),
        sources=() if below else tuple(_sources(score)),
    )
    yield _points(
        f"标准分.{indicator.id}",
        f"{indicator.name}标准得分",
        score.literal,
        formula=score.reason,
        inputs=tuple(f"标准分.{name}" for name in below) if below else (*score.inputs, f"分值.{indicator.id}"),
        sources=() if below else tuple(_standard(score)),
    )
    yield _points(
        f"分值.{indicator.id}",
        f"{indicator.name}分值",
        score.weight,
        formula="适用的下级指标分值之和" if below else "",
        inputs=tuple(f"分值.{name}" for name in below),
        sources=() if below else (Source(SourceKind.STANDARD, "指标体系规定的分值", FILE, reference=indicator.id),),
    )
    if percentage(score) is not None:
        yield Figure(
            f"得分率.{indicator.id}",
            f"{indicator.name}得分率",
            FigureKind.RATE,
            Fraction(score.awarded) / Fraction(score.weight),
            "%",
            2,
            "得分 ÷ 分值",
            (f"得分.{indicator.id}", f"分值.{indicator.id}"),
        )


def _how(score: Score) -> str:
    if score.override is None:
        return score.reason
    return f"人工改分，评定{points(score.override.score)}分；按评分标准：{score.reason}"


def _standard(score: Score) -> Iterator[Source]:
    """The printed standard, and the judgement that it was applied to."""
    indicator = score.indicator
    if isinstance(indicator.rubric, Stated):
        yield Source(
            SourceKind.PUBLISHED, f"已公布得分{points(indicator.rubric.score)}分", reference=indicator.rubric.source
        )
        return
    shape = indicator.rubric.SHAPE if indicator.rubric else "没有标准"
    yield Source(SourceKind.STANDARD, indicator.criteria or f"评分标准：{shape}", FILE, reference=indicator.id)
    if score.judgement is not None:
        text = f"{score.judgement.by}评判" + (f"：{score.judgement.reason}" if score.judgement.reason else "")
        yield Source(SourceKind.JUDGEMENT, text, paper_place(indicator.id).file, reference=score.judgement.by)


def _sources(score: Score) -> Iterator[Source]:
    yield from _standard(score)
    if score.override is not None:
        text = f"{score.override.by}人工改分为{points(score.override.score)}分：{score.override.reason}"
        yield Source(SourceKind.JUDGEMENT, text, paper_place(score.indicator.id).file, reference=score.override.by)


def _of_sheet(sheet: ScoreSheet) -> Iterator[Figure]:
    top = [score.indicator.id for score in sheet.scores]
    adjusted = tuple(
        Source(
            SourceKind.JUDGEMENT, f"{each.kind.value}{points(each.points)}分：{each.reason}", FILE, reference=each.by
        )
        for each in sheet.adjustments
    )
    how = "一级指标得分之和"
    if any(score.weight != score.indicator.weight for score in sheet.scores):
        how += f" ÷ 适用分值{points(sheet.base)} × 100"
    if adjusted:
        how += "，再计加减分项"
    bands = "、".join(f"{band.name}≥{points(band.low)}分" for band in sorted(sheet.bands, key=lambda band: -band.low))
    scale = (Source(SourceKind.PROFILE, f"评价等级：{bands}"),)
    yield _points(
        "得分.合计",
        "评价总分",
        sheet.total,
        formula=how,
        inputs=tuple(f"得分.{name}" for name in top),
        sources=adjusted,
    )
    yield _points(
        "得分.标准分合计",
        "按评分标准的总分",
        sheet.literal_total,
        formula=how.replace("得分", "标准分"),
        inputs=tuple(f"标准分.{name}" for name in top),
        sources=adjusted,
    )
    yield _points(
        "分值.合计",
        "适用指标分值合计",
        sheet.base,
        formula="一级指标分值之和",
        inputs=tuple(f"分值.{name}" for name in top),
    )
    yield Figure(
        "得分率.合计", "总得分率", FigureKind.RATE, Fraction(sheet.total) / 100, "%", 2, "总分 ÷ 100", ("得分.合计",)
    )
    yield Figure("等级", "评价等级", FigureKind.TEXT, sheet.grade or None, inputs=("得分.合计",), sources=scale)
    yield Figure(
        "标准等级",
        "按评分标准的等级",
        FigureKind.TEXT,
        sheet.literal_grade or None,
        inputs=("得分.标准分合计",),
        sources=scale,
    )


def _level_grade(score: Score, sheet: ScoreSheet) -> Figure:
    name = score.indicator.id
    grade = grade_of(percentage(score) or Decimal(0), sheet.bands)
    label = f"{score.indicator.name}等级"
    return Figure(
        f"等级.{name}", label, FigureKind.TEXT, grade or None, formula="按得分率评定", inputs=(f"得分率.{name}",)
    )
