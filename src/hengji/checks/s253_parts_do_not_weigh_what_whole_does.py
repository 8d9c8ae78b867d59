"""下级指标分值之和不等于上级分值。

## 查什么
每张指标表和正文中，上级指标印有分值、下级指标也都印有分值的，下级之和是否等于上级。某个下级在别处列在另一个上级之下的，只作警告：可能是表格跨页、合并单元格丢失所致。一张表里整个缺着一级指标、它的下级接到了上一个之下的，说明缺的是哪一个。

## 为什么
分值不平，总分就不是 100 分，各级得分率也都不对。

## 怎么改
核对指标体系：改分值，补漏列的指标，或把放错位置的指标移回去。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import Entry, Places, added, called, leaves_of, spans_of, total, where
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import Points, Record, Scorecard, Scored, Where
from hengji.scoring.operands import points

CODE = "s253"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Nodes of one place whose children there weigh more or less than they do."""
    places = Places(scorecard)
    for node, record in places.entries():
        children = places.below(record)
        weights = _weights(places, record)
        if record.weight is None or not weights:
            continue
        if total(weights) == record.weight.value or (record.where is Where.TEXT and not _complete(node, children)):
            continue
        if strays := _strays(places, record):
            top = places.unlisted_top(*strays[0])
            assert top is not None
            yield _left_out(reading, (node, record), strays, top)
            continue
        elsewhere = any(_moved(places, node, each) for each in children) or _has_more(places, node, children)
        sure = record.where is not Where.TEXT and not elsewhere
        found = (
            f"{where(record)}中{called(node)}分值{points(record.weight.value)}分，下级合计{points(total(weights))}分"
        )
        fault = Fault(
            CODE,
            Severity.ERROR if sure else Severity.WARNING,
            found,
            f"{points(record.weight.value)}分",
            "核对各下级指标的分值和归属",
            f"{added(weights)} ≠ {points(record.weight.value)}分",
            Confidence.CERTAIN if sure else Confidence.LIKELY,
        )
        yield remark(reading, fault, record.weight.span, *spans_of(weights))


def _strays(places: Places, record: Record) -> list[Entry]:
    """The children here of one indicator that the table has no row for, where the others weigh what the record does; else nothing."""
    children = places.below(record)
    strays = [(child, told) for child, told in children if places.unlisted_top(child, told) is not None]
    tops = {id(places.unlisted_top(child, told)) for child, told in strays}
    own = [told.weight for child, told in children if places.unlisted_top(child, told) is None]
    known = [weight for weight in own if weight is not None]
    fits = record.weight is not None and len(known) == len(own) and total(known) == record.weight.value
    return strays if len(tops) == 1 and fits else []


def _left_out(reading: Reading, entry: Entry, strays: list[Entry], top: Scored) -> Finding:
    node, record = entry
    names = "、".join(called(child) for child, _ in strays)
    fault = Fault(
        CODE,
        Severity.NOTE,
        f"{where(record)}中没有一级指标{called(top)}，它的{names}接在{called(node)}之下",
        f"写有{called(top)}和它的分值",
        "补上这一格，核对合并的单元格",
        confidence=Confidence.LIKELY,
    )
    return remark(reading, fault, *(told.span for _, told in strays), record.span)


def _weights(places: Places, record: Record) -> list[Points]:
    """The weights right below a record, those of the next level where one has none itself; nothing where one is missing."""
    found: list[Points] = []
    for _, child in places.below(record):
        below = [child.weight] if child.weight else _weights(places, child)
        if not below:
            return []
        found.extend(below)
    return found


def _complete(node: Scored, children: list[Entry]) -> bool:
    """Whether a body that need not discuss every indicator discusses all that stand below one."""
    told = {id(leaf) for child, _ in children for leaf in leaves_of(child)}
    return {id(leaf) for leaf in leaves_of(node)} <= told


def _moved(places: Places, node: Scored, entry: Entry) -> bool:
    """Whether another place lists a child under someone else."""
    child, own = entry
    return any(
        above is not None and above[0] is not node and not any(above[0] is each for each in node.walk())
        for above in (places.above(record) for record in _others(child, own))
    )


def _has_more(places: Places, node: Scored, children: list[Entry]) -> bool:
    """Whether another place lists a child that this one does not."""
    listed = {id(each) for child, _ in children for each in child.walk()}
    return any(id(other) not in listed for other in places.under(node))


def _others(child: Scored, own: Record) -> list[Record]:
    return [record for record in child.records if record.place != own.place]
