"""这里说有，那里说没有。

## 查什么
“未见到评审报告”“未提供验收资料”等说没有的材料，别处是否又说已经出具、编制、提供。引用的条文、“应当”的要求不算。

## 为什么
一份材料要么有、要么没有；一处据此给满分，另一处据此扣分，至少有一处错。

## 怎么改
核实材料是否存在，改正其中一处和相应的得分。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript, Role

CODE = "f458"
_MISSING = pattern(
    rf"(?:未(?:能)?(?:见到?|提供|取得|出具|发现|编制|签订|形成)|缺少|没有)[^,。;]{{0,36}}?(?P<thing>{HAN}{{2}}(?:报告|合同|协议|台账|会议纪要|验收单|凭证|方案|记录|申请表|备案表|鉴定书|意见书))"
)
_DONE = r"(?:出具|编制|提供|取得|签订|形成|提交|附有)(?:了|有)?[^,。;]{{0,12}}{thing}"
_RULE = pattern(r"第[一二三四五六七八九十百\d]+条|应|须|要求|规定的?|是否|未|没有|缺少|建议|申请.{0,4}材料|得\d|\d分")
_BEFORE = 40
_SOME = pattern(rf"\d[个家户所村处份项人名台座条](?:{HAN}{{0,6}}[,中])?{HAN}{{0,8}}$")
"""So many that lack a paper, or have it, where the others may not: 14个村签订了协议,9个村未签订协议."""


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Papers that are missing in one place and issued in another; each paper once."""
    missing: dict[str, Span] = {}
    for passage in manuscript.told():
        if passage.role is Role.ADVICE:
            continue
        for match in _MISSING.finditer(passage.text):
            if _SOME.search(passage.text, max(0, match.start() - _BEFORE), match.start()):
                continue
            missing.setdefault(match["thing"], passage.span(match.start(), match.end()))
    for thing, where in missing.items():
        done = re.compile(_DONE.format(thing=re.escape(thing)))
        yield from _done(reading, manuscript, done, thing, where)


def _done(
    reading: Reading, manuscript: Manuscript, done: re.Pattern[str], thing: str, where: Span
) -> Iterator[Finding]:
    for passage in manuscript.told(Role.OVERVIEW, Role.ANALYSIS, Role.SUMMARY, Role.CONCLUSION, Role.OTHER):
        for match in done.finditer(passage.text):
            first, _ = passage.sentence(match.start())
            before = passage.text[max(first, match.start() - _BEFORE) : match.end()]
            quoted = passage.text.rfind("“", 0, match.start()) > passage.text.rfind("”", 0, match.start())
            if quoted or _RULE.search(before):
                continue
            found = f"这里说已经“{match[0]}”，别处说没有{thing}"
            fault = Fault(
                CODE,
                Severity.WARNING,
                found,
                "前后一致",
                "核实材料是否存在，改正一处和得分",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, passage.span(match.start(), match.end()), where)
            return
