"""综合评价情况及评价结论: total, grade, the score table, and the literal re-score beside the awarded one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengji.model.document import (
    Align,
    Block,
    Cell,
    Chart,
    ChartKind,
    RatioOf,
    Row,
    RowKind,
    Series,
    SumOf,
    Table,
    Text,
)
from hengji.model.figure import number
from hengji.model.score import Score
from hengji.reports.chapters.parts import Report, joined, words
from hengji.scoring.score import leaves

_WIDTHS = {2: (16, 40), 3: (14, 17, 28)}  # of the columns of names, so that 项目立项（4分） stands on one line


def conclusion(report: Report) -> tuple[Block, ...]:
    """The verdict in sentences, the table of all levels, and the chart of level 1."""
    sheet = report.evaluation.sheet
    parts = [f"{each.indicator.name}{{{{ 得分.{each.indicator.id} | 数 }}}}分" for each in sheet.scores]
    verdict = f"综合评价得分为{{{{ 得分.合计 | 数 }}}}分，评价等级为“{sheet.grade}”。其中" + "，".join(parts) + "。"
    return (report.sentence(verdict), *_literal(report), _table(report), _chart(report), *_bands(report))


def _literal(report: Report) -> Iterator[Block]:
    sheet = report.evaluation.sheet
    if sheet.literal_total is None:
        which = "各项" if all(leaf.literal is None for leaf in leaves(sheet.scores)) else "部分"
        yield report.sentence(f"{which}指标只有已公布得分而没有评分标准，标准分无从复算。")
    elif sheet.flips:
        names = joined([flip.indicator.name for flip in sheet.flips])
        same = "等级不变" if sheet.literal_grade == sheet.grade else f"等级相应为“{sheet.literal_grade}”"
        yield report.sentence(
            f"{names}的得分由评价人员另行确定，不是评分标准给出的分值；"
            f"完全按评分标准计算，合计为{{{{ 得分.标准分合计 | 数 }}}}分，{same}。逐项情况见所附人工改分清单。"
        )


def _depth(scores: tuple[Score, ...]) -> int:
    return max((1 + _depth(score.children) for score in scores), default=0)


def _table(report: Report) -> Table:
    """One row per leaf; nodes span their leaves."""
    sheet = report.evaluation.sheet
    depth = _depth(sheet.scores)
    rows: list[Row] = []
    for score in sheet.scores:
        rows.extend(_rows(report, score, depth, 1))
    names = [f"{level}级指标" for level in "一二三四五"[:depth]]
    head = Row(tuple(words(name, align=Align.CENTRE) for name in (*names, "分值", "得分", "得分率")))
    leaf_rows = tuple(range(len(rows)))
    totals = (
        Cell((Text("合计"),), columns=depth, align=Align.CENTRE),
        _sum(report, "分值.合计", leaf_rows),
        _sum(report, "得分.合计", leaf_rows),
        _rate(report, "得分率.合计", depth),
    )
    widths = (*_WIDTHS.get(depth, (12,) * (depth - 1) + (28,)), 8, 8, 9)
    return Table("得分表", "绩效评价得分表", (head,), (*rows, Row(totals, RowKind.TOTAL)), widths, note=_note(report))


def _note(report: Report) -> str:
    flips = report.evaluation.sheet.flips
    return "带＊的得分为人工确定，与评分标准给出的分值不同。" if flips else ""


def _sum(report: Report, figure: str, rows: tuple[int, ...]) -> Cell:
    cell = report.scope.cell(figure, "分")
    return Cell(cell.inlines, align=Align.RIGHT, number=cell.number, calculation=SumOf(rows))


def _rate(report: Report, figure: str, depth: int) -> Cell:
    cell = report.scope.cell(figure)
    if cell.number is None:
        return cell
    shown = (*cell.inlines, Text("%"))
    return Cell(shown, align=Align.RIGHT, number=cell.number, calculation=RatioOf(depth + 1, depth))


def _rows(report: Report, score: Score, depth: int, level: int) -> Iterator[Row]:
    if not score.children:
        flipped = any(flip is score for flip in report.evaluation.sheet.flips)
        name = words(score.indicator.name, columns=depth - level + 1, align=Align.LEFT)
        awarded = report.scope.cell(f"得分.{score.indicator.id}", "分")
        marked = (Text("＊"), *awarded.inlines) if flipped else awarded.inlines
        yield Row(
            (
                name,
                report.scope.cell(f"分值.{score.indicator.id}", "分"),
                Cell(marked, align=Align.RIGHT, number=awarded.number),
                _rate(report, f"得分率.{score.indicator.id}", depth),
            )
        )
        return
    below = [row for child in score.children for row in _rows(report, child, depth, level + 1)]
    title = f"{score.indicator.name}（{_plain(score.weight)}分）"
    first = Row((words(title, rows=len(below), align=Align.CENTRE), *below[0].cells), below[0].kind)
    yield first
    yield from below[1:]


def _plain(points: Decimal) -> str:
    return f"{points.normalize():f}"


def _chart(report: Report) -> Chart:
    scores = report.evaluation.sheet.scores
    weights = tuple(f"分值.{score.indicator.id}" for score in scores)
    awarded = tuple(f"得分.{score.indicator.id}" for score in scores)
    series = (Series("分值", _values(report, weights), weights), Series("得分", _values(report, awarded), awarded))
    names = tuple(score.indicator.name for score in scores)
    return Chart("得分图", "一级指标得分与分值", ChartKind.COLUMNS, names, series, "分")


def _values(report: Report, names: tuple[str, ...]) -> tuple[Decimal | None, ...]:
    found = (report.scope.figures.get(name) for name in names)
    return tuple(number(figure) if figure else None for figure in found)


def _bands(report: Report) -> Iterator[Block]:
    bands = sorted(report.evaluation.profile.bands, key=lambda band: -band.low)
    if bands:
        shown = [f"{_plain(band.low)}分（含）以上为“{band.name}”" for band in bands[:-1]] + [
            f"其余为“{bands[-1].name}”"
        ]
        origin = report.evaluation.origins.get("bands", "")
        yield report.sentence(f"评价等级按{origin}的规定划分：" + "，".join(shown) + "。")
