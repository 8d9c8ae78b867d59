"""满意度指标不是满意度。

## 查什么
绩效目标申报表列在满意度类别下的指标，名称是不是对某事的满意程度，指标值是不是比率。

## 为什么
幸福指数、受益人数之类不是满意度，没有统计口径，年终无法取值。

## 怎么改
这是申报表的毛病，评价档案照录；在问题台账中写明，并建议改为服务对象对补助或服务的满意率，写明调查办法。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.subjects import TARGETS
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity

CODE = "o805"
CATEGORY = "满意"
NAMES = ("满意", "认可度", "好评率", "投诉率")
RATES = ("%", "％", "‰", "满意率")


def find(dossier: Dossier) -> Iterator[Finding]:
    """Indicators that stand where satisfaction should and are something else."""
    for each in dossier.goal_form.indicators if dossier.goal_form else ():
        if CATEGORY not in f"{each.level1}{each.level2}{each.level3}":
            continue
        faults = []
        if not any(word in each.name for word in NAMES):
            faults.append("不是对某事的满意程度")
        if each.unit not in RATES and not each.value.endswith(RATES):
            faults.append(f"指标值“{each.value}{each.unit}”不是比率")
        if faults:
            found = f"满意度指标“{each.name}”{'，'.join(faults)}"
            remedy = "列为绩效目标方面的问题，建议改正并写明调查办法"
            place = Place(TARGETS, item=each.name)
            yield Finding(CODE, Severity.WARNING, place, found, "服务对象的满意率", remedy)
