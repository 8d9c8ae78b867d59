"""产出指标中没有成本指标。

## 查什么
“产出”之下的各级指标中，有没有成本、节约、造价、补贴标准控制一类的指标（按人按件补贴的，标准就是单位成本）；名称之外，评分标准提到成本的也算有。部门整体支出、政策评价不查。

## 为什么
共性指标体系的产出有数量、质量、时效、成本四类；没有成本，就看不出花钱值不值。

## 怎么改
增设成本指标；确不适用的，在指标体系说明中写明。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from hengji.checks.field import evaluates_project
from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import listing
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard, Scored

CODE = "o854"


_COST = pattern(r"成本|节约|造价|单价|控制数|预算控制|标准控制|^人?均?补[助贴]标准$")
_OUTPUT = "产出"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Outputs none of which is about cost."""
    if not evaluates_project(reading):
        return
    for node in scorecard.indicators:
        if (
            _OUTPUT not in node.name
            or not node.children
            or _has_cost(node)
            or any(_COST.search(each.name) for each in scorecard.indicators)
        ):
            continue
        names = "、".join(leaf.name for leaf in node.walk() if not leaf.children)
        found = f"“{node.name}”之下的指标是{names}，没有成本指标"
        fault = Fault(
            CODE,
            Severity.WARNING,
            found,
            "数量、质量、时效、成本指标",
            "增设成本指标，或说明不适用",
            "",
            Confidence.LIKELY,
        )
        first = (record.span for each in node.walk() for record in each.records)
        yield from (remark(reading, fault, span, *listing(node)) for span in islice(first, 1))


def _has_cost(node: Scored) -> bool:
    return any(
        _COST.search(each.name) or any(_COST.search(one.wording.text) for one in each.standards) for each in node.walk()
    )
