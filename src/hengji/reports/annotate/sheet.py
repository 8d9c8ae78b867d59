"""The reviewer's sheet: what was checked, both scores, what the quality sheet takes off, and the gravest findings, on a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from hengji.model.document import (
    Align,
    AnnexStart,
    Block,
    Cell,
    Document,
    Row,
    RowKind,
    Table,
    Text,
)
from hengji.model.finding import Finding, Severity, counted
from hengji.model.profile import Layout
from hengji.model.quality import QualityMark, QualitySheet
from hengji.model.review import Review
from hengji.reports.annotate.words import points, scores, statements, where

_GRAVEST = 5
_LONGEST = 60
_PAGE = Layout(
    "审核表",
    top=Decimal(20),
    bottom=Decimal(18),
    left=Decimal(20),
    right=Decimal(20),
    line_pitch=Decimal(18),
    title_size=Decimal(18),
    table_size=Decimal(10),
)
"""One page must hold it: narrower margins, lower lines and smaller tables than an official document has."""


def sheet(review: Review, names: Mapping[str, str], quality: QualitySheet, marks: tuple[QualityMark, ...]) -> Document:
    """The sheet of one report, for any writer."""
    blocks: list[Block] = [AnnexStart("", "绩效评价报告审核表", "审核表"), _overview(review)]
    blocks += [_quality(quality, marks), *_gravest(review, names)]
    return Document("绩效评价报告审核表", tuple(blocks), layout=_PAGE)


def _cell(words: str, align: Align = Align.LEFT) -> Cell:
    return Cell((Text(words),), align=align)


def _head(*names: str) -> tuple[Row, ...]:
    return (Row(tuple(_cell(name, Align.CENTRE) for name in names)),)


def _overview(review: Review) -> Table:
    rows = [
        ("被审报告", review.file.replace("\\", "/").rpartition("/")[2]),
        ("审核发现", counted(review.findings)),
        ("数量陈述", statements(review)),
        *scores(review),
    ]
    body = tuple(Row((_cell(name, Align.CENTRE), _cell(value))) for name, value in rows)
    return Table("审核-概况", "审核概况", _head("项目", "结果"), body, (1, 4))


def _quality(quality: QualitySheet, marks: tuple[QualityMark, ...]) -> Table:
    body = [
        Row(
            (
                _cell(mark.item.name),
                *(_cell(points(value), Align.RIGHT) for value in (mark.item.points, mark.item.each)),
                _cell(str(mark.count), Align.RIGHT),
                _cell(points(mark.lost), Align.RIGHT),
            )
        )
        for mark in marks
    ]
    whole = sum((mark.item.points for mark in marks), Decimal(0))
    lost = sum((mark.lost for mark in marks), Decimal(0))
    totals = (points(whole), "", str(sum(mark.count for mark in marks)), points(lost))
    total = (_cell("合计", Align.CENTRE), *(_cell(each, Align.RIGHT) for each in totals))
    head = _head("考核项", "分值（分）", "每处扣（分）", "发现（处）", "扣分（分）")
    source = f"依据：{quality.source}。本表由程序核对得出，供评审人参考。{quality.beyond}"
    return Table("审核-质量", quality.title, head, (*body, Row(total, RowKind.TOTAL)), (5, 2, 2, 2, 2), note=source)


def _gravest(review: Review, names: Mapping[str, str]) -> Iterator[Table]:
    """The first errors; where there are none, the first warnings."""
    for severity in (Severity.ERROR, Severity.WARNING):
        gravest = [finding for finding in review.findings if finding.severity is severity]
        if gravest:
            body = tuple(_row(at, finding, names) for at, finding in enumerate(gravest[:_GRAVEST], 1))
            some = f"（共 {len(gravest)} 条，列出前 {_GRAVEST} 条）" if len(gravest) > _GRAVEST else ""
            yield Table("审核-发现", f"主要{severity.value}{some}", _head("序号", "位置", "发现"), body, (1, 4, 9))
            return


def _row(at: int, finding: Finding, names: Mapping[str, str]) -> Row:
    name = names.get(finding.code, finding.code)
    words = f"{name}：{_found(finding)}"
    place = _short(where(finding), _LONGEST // 2)
    return Row((_cell(str(at), Align.CENTRE), _cell(place), _cell(_short(words, _LONGEST))))


def _short(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1] + "…"


def _found(finding: Finding) -> str:
    """What was found, with the result of a sum instead of all its numbers."""
    brief = finding.found.removesuffix(f"：{finding.computation}")
    return brief if brief == finding.found else f"{brief}，应为{finding.expected}"
