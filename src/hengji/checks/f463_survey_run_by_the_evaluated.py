"""满意度调查由被评价单位自己做。

## 查什么
满意度一节中，问卷、回访是否由被评价的主管部门、项目单位组织发放，评价组只是从中抽取分析。

## 为什么
被评价单位向受它补助的对象发问卷，结果不独立，满分没有依据（财预〔2020〕10号：评价应客观、公正）。

## 怎么改
由评价组独立抽样、发放和回收，写明总体、样本和回收数。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript, Role

CODE = "f463"
_SURVEY = pattern(
    rf"(?P<who>{HAN}{{2,12}}?(?:局|委|厅|管理处|街道办|镇政府|项目单位|主管部门))(?:自行)?(?:对|向)[^,。;]{{2,30}}?(?:进行|开展|组织|发放)[^,。;]{{0,8}}(?:问卷|满意度调查|回访)"
)
_WORD = pattern(r"问卷|满意度调查|回访")
_INDEPENDENT = pattern(r"财政局|评价组|第三方|我们|我公司|委托|邀请|配合")
_RULE = pattern(r"应|须|是否|建议|要求|今后|定期")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Surveys whose subject is a bureau."""
    for passage in manuscript.told(Role.ANALYSIS, Role.CONCLUSION, Role.OTHER, Role.OVERVIEW, Role.WORK):
        for match in _SURVEY.finditer(passage.text) if _WORD.search(passage.text) else ():
            before = passage.text[max(0, match.start() - 8) : match.end()]
            if _INDEPENDENT.search(before) or _RULE.search(before):
                continue
            found = f"“{match[0]}”，满意度调查由被评价单位自己做"
            fault = Fault(
                CODE,
                Severity.WARNING,
                found,
                "评价组独立调查",
                "由评价组抽样发放，写明总体、样本和回收数",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, passage.span(match.start(), match.end()))
