"""说资金全部拨付，又写明有未拨付的。

## 查什么
“补助资金已全部拨付”“资金足额到位”一类的说法，与别处写明的“尚有若干万元未拨付”是否矛盾。写明哪一级、哪一年的，只与同一级、同一年的比较。

## 为什么
未拨付的金额决定执行率和产出得分；“全部”两个字把问题盖住了。

## 怎么改
写明已拨多少、未拨多少和原因。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.manuscript import Manuscript, Passage, Role

CODE = "f464"
_ALL = pattern(
    r"(?:资金|补助|补贴|经费)[^,。;]{0,6}(?:全部|全额|足额|均已?)(?:及时|按时)?(?P<act>拨付|发放|支付|到位|落实|兑现)"
)
_SOME = pattern(
    r"\d+(?:\.\d+)?(?:亿|万)?元(?:资金|补助)?(?:尚|仍|还)?未(?:能)?(?:及时|足额)?(?P<act>拨付|发放|支付|到位|落实|兑现)"
)
_BUT = pattern("但|其余|尚有|仅")
_SCOPE = pattern(r"中央|省级|市级|区级|县级|县区|镇级|街道|乡镇|20\d\d年|第[一二三四]批|到位资金")
_UNSURE = pattern(r"是否|确保|应|要求|建议|得\d|如果|标准|未|但|除|保证|不|应当|须")
_LEFT_OUT = {Role.ADVICE, Role.WORK, Role.FRONT}


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """“All” against an amount that was not paid."""
    open_ = [
        (match["act"], _scope(passage, match), passage.span(match.start(), match.end()), match[0])
        for passage in manuscript.told()
        if passage.role not in _LEFT_OUT and "未" in passage.text
        for match in _SOME.finditer(passage.text)
    ]
    for passage in manuscript.told() if open_ else ():
        if passage.role in _LEFT_OUT:
            continue
        for match in _ALL.finditer(passage.text):
            start = max(passage.text.rfind(sign, 0, match.start()) for sign in ",。;") + 1
            if _UNSURE.search(passage.text, start, match.end()) or _taken_back(passage, match):
                continue
            scope = _scope(passage, match)
            other = next((each for each in open_ if each[0] == match["act"] and each[1] == scope), None)
            if other is not None:
                found = f"说“{match[0]}”，别处写明“{other[3]}”"
                fault = Fault(
                    CODE,
                    Severity.WARNING,
                    found,
                    "写明已付和未付的金额",
                    "改正说法，写明未付的原因",
                    confidence=Confidence.LIKELY,
                )
                yield remark(reading, fault, passage.span(match.start(), match.end()), other[2])


def _scope(passage: Passage, match: re.Match[str]) -> frozenset[str]:
    """The level of government and the year that the sentence names before it."""
    first, _ = passage.sentence(match.start())
    return frozenset(_SCOPE.findall(passage.text, first, match.end()))


def _taken_back(passage: Passage, match: re.Match[str]) -> bool:
    """Whether the rest of the sentence says what is not."""
    _, last = passage.sentence(match.start())
    return bool(_BUT.search(passage.text, match.end(), last))
