"""汇总表把不同级别的指标并列。

## 查什么
同一张表中并列在一个上级之下的指标，在另一张表里是不是同一级。

## 为什么
级别混在一起，读者以为都是二级指标，与正文的小计对不上。

## 怎么改
汇总表只列同一级指标。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import Entry, Places, called, listing
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import Record, Scorecard, Where

CODE = "s281"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Tables that list side by side what another table has at different depths; told once a parent."""
    places = Places(scorecard)
    for node, record in places.entries():
        children = places.below(record)
        depths = {_depth(each) for each in children}
        if record.where is not Where.TABLE or len(children) < 2 or len(depths) == 1:  # noqa: PLR2004  one stands beside nothing
            continue
        names = "、".join(f"{child.name}（另表为第{_depth((child, each))}级）" for child, each in children)
        fault = Fault(
            CODE,
            Severity.NOTE,
            f"{called(node)}之下并列了不同级别的指标：{names}",
            "同一级指标",
            "汇总表只列同一级指标",
            "",
            Confidence.LIKELY,
        )
        yield remark(reading, fault, children[0][1].span, *(each.span for _, each in children[1:]), *listing(node))


def _depth(entry: Entry) -> int:
    """The level that another table gives it; its own where there is no other."""
    node, own = entry
    return next((record.level for record in node.records if _is_other(record, own)), own.level)


def _is_other(record: Record, own: Record) -> bool:
    return record.where in (Where.TABLE, Where.STANDARDS) and record.place != own.place and record.level > 0
