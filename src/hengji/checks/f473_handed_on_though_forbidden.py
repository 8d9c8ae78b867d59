"""规定不得转让转包，又写明转交他人，没有评判。

## 查什么
政策内容写明“不得转包”“不得转让”的，别处写明原由一家运营、后来“交由”“转给”另一家的，那一段有没有说到是否符合规定、是否重新选定。

## 为什么
中途换人正是规定禁止或者要审批的事；只当经过来写，读者不知道违没违反规定，补助该不该收回。

## 怎么改
写明是否经过批准、怎样选定；违反规定的，写入问题并提出处理建议。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark, words
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.manuscript import Manuscript, Role

CODE = "f473"
_FORBIDDEN = pattern(r"不得(?:擅自|随意)?(?:转让|转包|分包|转租|转交)[^,。;]{0,8}")
_HANDED_ON = pattern(
    r"由[^,。;]{2,24}(?:运营|经营|管理|承包|实施)[^。;]{0,40}?(?P<fact>(?:交由|转交|转给|转由|转包|移交)[^,。;]{2,30})"
)
_JUDGED = pattern(
    r"违反|违规|不符合|符合|经[^,。;]{0,10}(?:批准|同意|审批|备案)|重新(?:招标|选定|遴选)|公开(?:招标|遴选)"
)
_LEFT_OUT = {Role.ADVICE, Role.WORK, Role.ANNEX}


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """What was handed on to another in a sentence that does not judge it, though it was forbidden."""
    rules = [
        passage.span(*match.span())
        for passage in manuscript.holding("不得")
        if (match := _FORBIDDEN.search(passage.text))
    ]
    if not rules:
        return
    for passage in manuscript.told():
        match = None if passage.role in _LEFT_OUT else _HANDED_ON.search(passage.text)
        if match is None or _JUDGED.search(passage.text, *passage.sentence(match.start())):
            continue
        fault = Fault(
            CODE,
            Severity.NOTE,
            f"规定“{words(reading, rules[0])}”，这里写“{match['fact']}”，没有评判是否符合规定",
            "是否经过批准、怎样选定",
            "写明是否符合规定，违反的写入问题",
            confidence=Confidence.LIKELY,
        )
        yield remark(reading, fault, passage.span(match.start("fact"), match.end("fact")), rules[0])
        return
