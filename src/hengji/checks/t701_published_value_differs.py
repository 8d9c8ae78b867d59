"""已公布数值与按材料计算的结果不一致。

## 查什么
published.yaml 中每个已公布数值，与同一数值按材料计算的结果比较。印出的小数按其精度视为一个区间：末位半个单位以内都算一致，
可能为真的不判为假；确切值恰在进位边界上、印出的又不是四舍五入所得的，列为提示。

## 为什么
同一个数在报告与材料中不同，要么报告抄错、算错，要么材料不全；评审时应并列说明，不得迁就任何一方。

## 怎么改
核对公布处的原文与材料；确为公布差错的，在 note 中写明原因，差异会列入报告附件。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.model.dossier import Published
from hengji.model.evaluation import Evaluation
from hengji.model.figure import Figure, display, scaled
from hengji.model.finding import Finding, Place, Severity
from hengji.model.money import round_to
from hengji.model.precision import could_be, places_of, printed_number

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
        else:
            yield from _on_the_edge(published, figure, place)


def _on_the_edge(published: Published, figure: Figure, place: Place) -> Iterator[Finding]:
    """Exactly between two printed values, and not the one that rounding half-up gives: both can be defended."""
    printed, exact = printed_number(published.value), scaled(figure, published.unit)
    if printed is None or exact is None:
        return
    rounded = round_to(exact, places_of(printed))
    if rounded != printed:
        other = "舍去" if abs(printed) < abs(rounded) else "进一"
        unit = published.unit
        found = f"{published.where}载{figure.label}为{published.value}{unit}，而确切值恰在进位的边界上"
        expected = f"四舍五入为{rounded:,f}{unit}，{other}为{published.value}{unit}"
        yield Finding(CODE, Severity.NOTE, place, found, expected, "在报告中写明舍入办法")
