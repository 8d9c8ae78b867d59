"""最重的问题没有写进结论。

## 查什么
结论、摘要用“存在……等问题”列举了问题，而“存在的问题”一章写明有停运、闲置，有挪用、截留，有虚报、冒领、重复领取的，结论和摘要是否都没有提到。

## 为什么
多数人只看结论；轻的列了、最重的没有列，结论就不能反映实际情况，等级也站不住。

## 怎么改
把最重的问题写进结论和摘要；已经整改的写明整改情况。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark, words
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.manuscript import Manuscript, Role

CODE = "f489"
_LISTED = pattern(r"(?:存在|还有|尚有)[^。;]{4,160}、[^。;]{4,160}(?:等|的)?(?:问题|不足|短板)")
_GRAVE = (
    (
        pattern(r"停运|停用|停业|关停|(?<!土地)闲置|(?:未|没有)(?:能)?投入使用"),
        pattern(
            r"停运|停用|停业|关停|闲置|(?:未|没有)(?:能)?投入(?:使用|运营)|停止(?:运营|使用)|空置|使用率|利用率|入住率|运营(?:情况)?不佳"
        ),
    ),
    (pattern(r"挪用|截留|挤占"), pattern(r"挪用|截留|挤占|违规(?:使用|支出)|(?:使用|支出)不(?:合规|规范)|超范围")),
    (
        pattern(r"虚报|套取|骗取|冒领|重复(?:领取|申领|发放|享受)"),
        pattern(r"虚报|套取|骗取|冒领|重复|多发|错发|不(?:准确|精准|实)|审核不(?:严|到位)|把关不严"),
    ),
)
"""What is grave, and the words by which a conclusion may tell of it, be it in milder ones."""
_DENIED = pattern(r"未|没有|无|不存在|是否|避免|防止|杜绝|严禁|以免|容易|可能|风险|如果")
_REACH = 8


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """What is grave among the problems, where the problems that a conclusion lists leave it out; each kind once."""
    told = list(manuscript.told(Role.SUMMARY, Role.CONCLUSION))
    lists = [passage.span(*match.span()) for passage in told if (match := _LISTED.search(passage.text))]
    if not lists:
        return
    concluded = "\n".join(passage.text for passage in told)
    for grave, ways in _GRAVE:
        span = None if ways.search(concluded) else _first(manuscript, grave)
        if span is not None:
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"结论列举了问题，没有提到“{words(reading, span)}”",
                "最重的问题写进结论",
                "写入结论和摘要，已整改的写明",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, lists[0], span)


def _first(manuscript: Manuscript, grave: re.Pattern[str]) -> Span | None:
    """Where a thing is first told among the problems as a fact."""
    for passage in manuscript.told(Role.PROBLEMS):
        for match in grave.finditer(passage.text):
            if not _DENIED.search(passage.text, max(0, match.start() - _REACH), match.start()):
                return passage.span(*match.span())
    return None
