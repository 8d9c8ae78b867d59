"""效益指标满分，分析里没有一个数。

## 查什么
正文有分析的效益类末级指标（社会、经济、生态效益，可持续影响），分值不小于5分、得了满分，分析中有没有任何数量、金额、比率。

## 为什么
效益占三成分数；只有套话没有数据的满分，评审无从核对，换一个项目也能照抄。

## 怎么改
写出能说明效益的数据和出处，与目标值或上年比较；没有数据的，按档给分并说明理由。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called, full_marks
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard
from hengji.reading.han import HAN
from hengji.scoring.operands import points

CODE = "s290"
_BENEFIT = pattern(r"(?:社会|经济|生态|环境)效益|可持续影响|可持续性")
_NUMBER = pattern(rf"\d(?:%|(?![年月日号级分条款章节]){HAN})|百分之|[一二三四五六七八九十]成")
_SCORE = pattern(r"(?:得|分值|满分|计|赋)\D{0,4}\d+(?:\.\d+)?分|\(\d+(?:\.\d+)?分\)")
_OF_ANY_FAMILY = pattern(
    r"(?:每个?家庭|一个家庭|双独|夫妻|夫妇|年轻人|子女)[^。;]{0,12}(?:照顾|赡养|照料|抚养|负担)[^。;]{0,6}\d{1,2}[个位名][^,。;]{0,4}(?:老人|老年人|长辈)|4-?2-?1"
)
"""What is said of families anywhere is no figure of this project."""
_LEAST = 5
_SHORTEST = 60


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Benefits with full marks of which nothing but words is told."""
    for leaf in scorecard.leaves():
        full = full_marks(leaf)
        if full is None or full.value < _LEAST:
            continue
        told = [each for each in leaf.analyses if len(each.text) >= _SHORTEST]
        if not told or not _BENEFIT.search(leaf.name):
            continue
        if not any(_NUMBER.search(_OF_ANY_FAMILY.sub("", _SCORE.sub("", each.text))) for each in leaf.analyses):
            found = f"{called(leaf)}得满分{points(full.value)}分，分析中没有一个数"
            fault = Fault(
                CODE,
                Severity.NOTE,
                found,
                "说明效益的数据和出处",
                "补充数据，或按档给分",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, full.span, *told[0].spans)
