"""说全部按标准发放，标准却不明确。

## 查什么
摘要、结论、分析中“补助资金均按照补助标准发放”“均能按标准做到应补尽补”一类的话，与“存在的问题”中“补助标准不明确”“补助额度的确定依据不明确”是否矛盾。
同一句话已经写明例外的不算。

## 为什么
标准不明确的那一项，就谈不上按标准发放；“均”字把问题盖住了，产出的得分也站不住。

## 怎么改
写明哪几项按标准发放、哪一项没有标准，后一项的得分另行说明。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark, words
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.manuscript import Manuscript, Role

CODE = "f491"
_ROLES = (Role.SUMMARY, Role.CONCLUSION, Role.ANALYSIS)
_BY_STANDARD = pattern(
    r"(?:资金|补助|补贴|奖补|经费|津贴)[^,。;]{0,4}(?:均|都|全部)(?:能够?|已|严格)*按照?(?:[^,。;]{0,4}规定的?|政策)?(?:补助|补贴|奖补|发放)?标准"
    r"[^,。;]{0,12}(?:应补尽补”?|发放|拨付|支付|兑现|落实|到位|执行)"
)
_UNCLEAR = pattern(
    r"(?:补助|补贴|奖补|发放)(?:标准|额度|金额)[^,。;]{0,20}(?:不够?|未)明确|(?:补助|补贴|奖补)(?:标准|额度|金额)[^,。;]{0,14}(?:没有|缺乏|缺少)依据|(?:补助|补贴|奖补)(?:没有|缺少|未制定)(?:[统明][一确]的?|具体的?)*标准"
)
_RESERVED = pattern(r"除[^,。;]{0,20}外|个别|部分|(?:不够?|未)明确|是否|应当?按|建议|得\d")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Every place that says so, against the first problem."""
    blamed = next(
        (
            passage.span(*match.span())
            for passage in manuscript.told(Role.PROBLEMS)
            if (match := _UNCLEAR.search(passage.text)) is not None
        ),
        None,
    )
    if blamed is None:
        return
    for passage in manuscript.told(*_ROLES):
        match = _BY_STANDARD.search(passage.text) if "标准" in passage.text else None
        if match is not None and not _RESERVED.search(passage.text, *passage.sentence(match.start())):
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"说“{match[0]}”，存在的问题却说“{words(reading, blamed)}”",
                "标准不明确的一项另行说明",
                "写明哪几项按标准、哪一项没有标准",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, passage.span(*match.span()), blamed)
