"""目标要求全部发放，钱没有发完，报告没有说。

## 查什么
绩效目标定了补贴发放率、拨付到位率100%，别处写明还有若干万元没有拨付，而全文没有说这个目标没有达到；目标表的完成值写着100%的，是前后矛盾。
指标点了某一种补贴的，只看这一种补贴的欠款。

## 为什么
评价要回答目标实现了没有；钱没有发完，这个目标就没有实现，得分和结论都要说到。

## 怎么改
写明目标值、实际发放率和未发放的金额，列入存在的问题。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from hengji.checks.remarks import Fault, remark, words
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.aims import Aim, aims_of
from hengji.reading.manuscript import Manuscript, Role

CODE = "f488"
_WHOLE = 100
_NOT = ("未", "没有")
_PAID = pattern(
    r"(?P<of>.*?)(?:资金|经费|补助|补贴|奖补|奖励|津贴|款)*(?:足额|按时|及时)*(?:发放|拨付|支付|兑现|兑付)(?:到位|完成|足额|及时)*率"
)
_GENERAL = pattern(r"专项|财政|项目|各[类级项]|养老|服务|机构|资金|经费|补助|补贴")
_OPEN = pattern(
    r"\d+(?:\.\d+)?(?:亿|万)?元(?:的?(?:资金|补助|补贴|款项?))?(?:尚|仍|还)?(?:未能?|没有)(?:及时|足额|按时)?(?:拨付|发放|支付|兑现|兑付)(?:到位)?"
    r"|(?:尚|仍|还)未(?:拨付|发放|支付|兑现|兑付)(?:的?(?:资金|补助|补贴))?\d+(?:\.\d+)?(?:亿|万)?元"
)
_SETTLED = pattern(r"(?:现已|后已|已于|目前已|均已)[^。;]{0,16}(?:拨付|发放|支付|补发|到位)")
_TOLD = pattern(
    r"(?:未|没有)(?:能)?(?:达到|实现|完成)[^。;]{0,12}(?:目标|指标值|预期)|低于[^。;]{0,10}(?:目标|指标值|预期)|(?:发放|拨付|支付|兑现|到位)[^。;]{0,6}率[^。;]{0,8}(?:未|没有|不)达标"
)
_LEFT_OUT = {Role.ADVICE, Role.WORK, Role.FRONT, Role.ANNEX}
_SHOWN = 3


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The first goal of paying everything that some amount was not paid for."""
    owed = [
        (passage, passage.span(*match.span()))
        for passage in manuscript.told()
        if passage.role not in _LEFT_OUT
        and any(sign in passage.text for sign in _NOT)
        and not _SETTLED.search(passage.text)
        for match in _OPEN.finditer(passage.text)
    ]
    if not owed:
        return
    for aim in aims_of(reading, manuscript):
        match = _PAID.fullmatch(aim.name)
        if match is None or aim.unit != "%" or aim.value != _WHOLE or (aim.done is not None and aim.done < _WHOLE):
            continue
        named = _GENERAL.sub("", match["of"])
        places = [span for passage, span in owed if named in passage.text]
        if places and (aim.done is not None or not _TOLD.search(manuscript.plain)):
            yield _finding(reading, aim, places)
            return


def _finding(reading: Reading, aim: Aim, places: list[Span]) -> Finding:
    left = words(reading, places[0])
    if aim.done is None:
        found = f"“{aim.name}”的目标是100%，而“{left}”，报告没有说目标没有达到"
        severity, expected = Severity.NOTE, "写明目标值、实际值和差距"
    else:
        found = f"“{aim.name}”的完成值写着100%，而“{left}”"
        severity, expected = Severity.WARNING, "完成值与未付的金额一致"
    fault = Fault(CODE, severity, found, expected, "算出实际发放率，列入存在的问题", confidence=Confidence.LIKELY)
    return remark(reading, fault, aim.done_span or aim.span, *islice(places, _SHOWN))
