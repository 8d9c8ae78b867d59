"""产出之下的指标叫作“效果”“效益”。

## 查什么
“产出”之下末级以上的指标，名称中有没有“效果”“效益”；反过来，“效益”之下有没有“产出”。一级指标是“产出与效益”的不查。

## 为什么
产出是做成了什么，效益是带来了什么；名称放错，两类分值就分不清。

## 怎么改
改名称，或移到相应的一级指标之下。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called, listing
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard

CODE = "s283"
_OPPOSITES = (("产出", ("效果", "效益")), ("效益", ("产出",)), ("效果", ("产出",)))


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Nodes under one kind of result that are named after the other."""
    for top in scorecard.indicators:
        for own, others in _OPPOSITES:
            if own not in top.name or any(word in top.name for word in others):
                continue
            for node in (each for child in top.children for each in child.walk() if each.children):
                if node.records and any(word in node.name for word in others) and own not in node.name:
                    found = f"{called(node)}列在{called(top)}之下"
                    fault = Fault(
                        CODE,
                        Severity.NOTE,
                        found,
                        "名称与一级指标相符",
                        "改名称，或移到相应的一级指标之下",
                        "",
                        Confidence.LIKELY,
                    )
                    yield remark(
                        reading, fault, node.records[0].span, *(each.span for each in node.records[1:2]), *listing(top)
                    )
