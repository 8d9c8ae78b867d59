"""指出缺少的设施设备，建议没有提到。

## 查什么
“存在的问题”写明“未安装”“未配备”“没有设置”某种设施、设备，“建议”中有没有提到它，或者笼统提到设施、设备、硬件。没有建议章节的不查。

## 为什么
缺什么最容易落实；问题写了，建议不写，被评价单位不会去补。

## 怎么改
补写一条建议，写明由谁、何时补齐。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, chapter_of, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript, Role

CODE = "f471"
_LACKING = pattern(
    rf"(?:尚未|还未|均未|仍未|未|没有)(?:安装|加装|配备|配置|配齐|设置|购置)(?:相应的|必要的|专用的?|专门的?)?(?P<thing>{HAN}{{2,8}}?)(?=[,。;、:(])"
)
_NO_THING = pattern(r"人员|专人|专职|资金|经费|制度|机构|目标|指标|权重|分值|科目|账|到位$|齐全$|完成$")
_IN_GENERAL = pattern(r"设施|设备|硬件|适老|无障碍|装备|器材|安全隐患|缺项")
_ENDING = 2


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Things that a problem says are lacking, of which no recommendation speaks, each once."""
    advice = "\n".join(passage.text for passage in manuscript.told(Role.ADVICE))
    if not advice or _IN_GENERAL.search(advice):
        return
    told: set[str] = set()
    for passage in manuscript.told(Role.PROBLEMS):
        for match in _LACKING.finditer(passage.text):
            thing = match["thing"]
            if thing in told or _NO_THING.search(thing) or thing[:_ENDING] in advice or thing[-_ENDING:] in advice:
                continue
            told.add(thing)
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"问题说“{match[0]}”，建议没有提到{thing}",
                "缺什么，建议补什么",
                "补写由谁、何时补齐",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, passage.span(match.start(), match.end()), *chapter_of(manuscript, Role.ADVICE))
