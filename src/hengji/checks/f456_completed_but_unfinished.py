"""说目标已经完成，又写明有未完成的。

## 查什么
“目标已经完成”“全部完成”“均已完成”一类的总评，与别处写明的“未完成1家”“尚未完工”“指标值不低于180人，实际完成164人”是否矛盾；同一段里说“已全部完工”，
又说“改造不彻底”“部分房间未安装”的，也指出。同一句里已经说明例外的不算；说全部完成的是另一种东西（64公里全部完成，1个未实施）的也不算。

## 为什么
总评决定产出指标的得分；有一家没有完成，就不能说全部完成。

## 怎么改
写明完成几家、未完成几家和原因，得分按比例计算。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from hengji.checks.goals import among_goals
from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.manuscript import Manuscript, Role

CODE = "f456"
_COMPLETE = pattern(
    r"(?:绩效|年度)?(?:目标|任务)[^,。;:]{0,4}(?:已经?|均已?|全部|全面)[^,。;:]{0,6}(?:完成|实现)|(?:全部|均已)(?:按(?:时|期|计划))?(?:完成|建成)[^,。;]{0,6}(?:目标|任务|建设|改造)?|(?:目标|任务)(?:完成|实现)率(?:为|达到?)?100%"
    r"|(?:已经?|均)(?:按照?计划|按[时期]|如期|圆满|全面)(?:完成|实现)[^,。;:]{0,8}(?:目标|任务)"
)
_UNFINISHED = pattern(
    r"未(?:能)?(?:完成|建成|完工|实施)(?:建设|改造|补助)?\d+(?:\.\d+)?(?:家|个|处|所|座|户|项|公里|台|套|张|名|人)|\d+(?:家|个|处|所|座|户|项)[^,。;]{0,8}(?:尚未|没有|未能?)(?:完成|建成|完工|实施)"
)
_BELOW = pattern(
    r"(?:指标值|目标值|年初目标|绩效目标)(?:[为是:]|设定为)*(?:不[低少]于|[≥>]=?|大于等于)(?P<aim>\d+(?:\.\d+)?)(?P<unit>[^\W\d_]{1,2}|%)[,;]"
    r"(?:全年|年度|截至年底)?实际(?:完成|达到)值?[为是:]*(?P<done>\d+(?:\.\d+)?)(?P=unit)(?![以及])"
)
_COUNTED = pattern(r"\d(?:万|亿)?(公里|[^\W\d_万亿年月日])")
"""The first character of the unit of a count."""
_UNSURE = pattern(r"但|除|未(?:能|完|按|全)|是否|应|(?<!按)(?<!按照)计划|预计|要求|力争|将|如|得\d|指标值|到20\d\d年")
"""In the same clause, or right behind it: no statement that all is done."""
_BUILT = pattern(r"(?:已|均)[^,。;]{0,4}全部(?:建设|改造|施工|安装|整治)?(?:完工|完成|竣工|建成)")
_NOT_ALL = pattern(
    r"(?:建设|改造|施工|安装|整治)[^,。;]{0,2}不(?:彻底|完全)|部分[^,。;]{0,10}(?:尚?未|没有)(?:安装|改造|建设|施工|完工|建成)"
)
_SHOWN = 4
"""So many more places that say the same are pointed to."""
_LEFT_OUT = {Role.ADVICE, Role.ANNEX, Role.WORK, Role.FRONT}


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """General praise of completion against what is counted as unfinished, and “all built” against what is not."""
    yield from _built_but_not_all(reading, manuscript)
    unfinished = _unfinished(manuscript)
    if unfinished is None:
        return
    words, where = unfinished
    for passage in manuscript.told():
        if passage.role in _LEFT_OUT:
            continue
        for match in _COMPLETE.finditer(passage.text):
            start = max(passage.text.rfind(sign, 0, match.start()) for sign in ",;。:") + 1
            if _UNSURE.search(passage.text, start, match.end() + 2) or words in passage.text:
                continue
            if _of_other_things(passage.text[start : match.start()], words):
                continue
            if among_goals(reading, passage.span(match.start(), match.end())):
                continue
            found = f"这里说“{match[0]}”，别处写明“{words}”"
            fault = Fault(
                CODE,
                Severity.WARNING,
                found,
                "写明完成几家、未完成几家",
                "改正总评，得分按比例计算",
                confidence=Confidence.LIKELY,
            )
            others = (each for each in manuscript.places(words) if each != where)
            yield remark(reading, fault, passage.span(match.start(), match.end()), where, *islice(others, _SHOWN))


def _of_other_things(complete: str, unfinished: str) -> bool:
    """Whether what is complete is counted, in other units than what is not."""
    units = set(_COUNTED.findall(complete))
    return bool(units) and units.isdisjoint(_COUNTED.findall(unfinished))


def _unfinished(manuscript: Manuscript) -> tuple[str, Span] | None:
    for passage in manuscript.told():
        if passage.role in _LEFT_OUT:
            continue
        below = (match for match in _BELOW.finditer(passage.text) if Decimal(match["done"]) < Decimal(match["aim"]))
        if match := _UNFINISHED.search(passage.text) or next(below, None):
            return match[0], passage.span(match.start(), match.end())
    return None


def _built_but_not_all(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    for passage in manuscript.told():
        built = None if passage.role in _LEFT_OUT else _BUILT.search(passage.text)
        lacking = _NOT_ALL.search(passage.text, built.end()) if built else None
        if built and lacking:
            found = f"说“{built[0]}”，同一段又说“{lacking[0]}”"
            fault = Fault(
                CODE,
                Severity.WARNING,
                found,
                "完工和没有完工的分开写",
                "写明哪些完成、哪些没有，得分按比例计算",
                confidence=Confidence.LIKELY,
            )
            yield remark(
                reading,
                fault,
                passage.span(built.start(), built.end()),
                passage.span(lacking.start(), lacking.end()),
            )
