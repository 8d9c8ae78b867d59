"""同一指标列在两个上级之下。

## 查什么
表格之间、表格与正文之间，同一指标的上级指标是否相同。一级指标在表中整个缺着的，见 s253。

## 为什么
归属不同，两处的小计必有一处不平；也可能是表格跨页时错了行。

## 怎么改
以评价方案为准，把指标放回同一上级之下。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import Entry, Places, called, listing, where
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard, Scored

CODE = "s277"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Records that stand under a node which is nowhere above the indicator in the place that is believed first."""
    places = Places(scorecard)
    above = {id(child): node for node in scorecard.walk() for child in node.children}
    for node in scorecard.walk():
        if id(node) not in above:
            continue
        for record in node.records:
            parent = places.above(record)
            if parent is None or parent[0] is above[id(node)] or _is_above(above, node, parent[0]):
                continue
            if places.unlisted_top(node, record) is not None:
                continue
            yield _finding(reading, (node, above[id(node)]), (parent[0], record), places)


def _is_above(above: dict[int, Scored], node: Scored, other: Scored) -> bool:
    """Whether a node stands anywhere above; a summary may leave levels out."""
    up: Scored | None = above.get(id(node))
    while up is not None and up is not other:
        up = above.get(id(up))
    return up is other or any(each is node for each in other.walk())


def _finding(reading: Reading, own: tuple[Scored, Scored], there: Entry, places: Places) -> Finding:
    node, parent = own
    other, record = there
    first = next((each for each in node.records if (up := places.above(each)) is not None and up[0] is parent), None)
    place = f"在{where(first)}中" if first else "别处"
    found = f"{called(node)}在{where(record)}中列在{called(other)}之下，{place}列在{called(parent)}之下"
    fault = Fault(CODE, Severity.WARNING, found, "各处上级相同", "以评价方案为准", "", Confidence.LIKELY)
    return remark(reading, fault, record.span, *((first.span,) if first else ()), *listing(other))
