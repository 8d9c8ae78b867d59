"""已公布数值与按材料计算的结果不一致。

## 查什么
published.yaml 中每个已公布数值，与同一数值按材料计算的结果比较。印出的小数按其精度视为一个区间：末位半个单位以内都算一致，
可能为真的不判为假。

## 为什么
同一个数在报告与材料中不同，要么报告抄错、算错，要么材料不全；评审时应并列说明，不得迁就任何一方。

## 怎么改
核对公布处的原文与材料；确为公布差错的，在 note 中写明原因，差异会列入报告附件。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.model.evaluation import Evaluation
from hengji.model.figure import display
from hengji.model.finding import Finding, Place, Severity
from hengji.model.precision import could_be

CODE = "t701"
FILE = "published.yaml"


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """Published values that cannot be what the materials give."""
    for published in evaluation.dossier.published:
        figure = evaluation.figures.get(published.figure)
        place = Place(FILE, item=published.figure)
        if figure is None:
            remedy = "改正编号；用 hengji trace 可查相近的编号"
            yield Finding(
                CODE, Severity.ERROR, place, f"没有编号为“{published.figure}”的数值", "已有的数值编号", remedy
            )
        elif not could_be(published.value, published.unit, figure):
            note = f"（{published.note}）" if published.note else ""
            found = f"{published.where}载{figure.label}为{published.value}{published.unit}{note}"
            expected = f"{figure.label}{display(figure, published.unit)}"
            yield Finding(CODE, Severity.WARNING, place, found, expected, "核对公布处与材料，两者并列说明")
