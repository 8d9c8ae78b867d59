"""同一事件写了两个日期，说法的先后不同。

## 查什么
评价基准日、文件印发、机构成立、工程开工、竣工、验收、投入使用，两处写到日的日期是否相同。事件按名称认，不论日期写在名称之前还是之后；名称太短的，年、月、日
不止一项不同的，不查。只写到月的与写到日的，月份不同也提示。

## 为什么
评价基准日只有一个，文件只印发一次；日期不同，时限是否逾期、数据截至哪一天就说不清了。

## 怎么改
对照原件改正写错的一处；确是两件事的，写全名称。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.dates import Dated, Grain
from hengji.reading.documents import title_key
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript, Passage

CODE = "n593"
_HINT = pattern("基准日|印发|成立|开工|竣工|完工|验收|使用|启用")
_BASE = "评价基准日"
_BASE_BEFORE = pattern(r"(?:评价)?基准日期?(?:确定|定)?(?:为|是|:)?$")
_BASE_BEHIND = pattern("(?:确定)?(?:为|作为)(?:本次|此次|绩效)*(?:评价)?基准日")
_ISSUED_BEHIND = pattern(rf",?{HAN}{{0,16}}(?:印发|出台)了?《(?P<name>[^《》]{{4,60}})》")
_ISSUED_BEFORE = pattern(r"《(?P<name>[^《》]{4,60})》(?:\([^()]{1,30}\))?[于在]$")
_ISSUED = pattern("(?:正式)?(?:印发|出台)(?!的)")
_FOUNDED = pattern(rf",?{HAN}{{0,12}}(?<!中华人民共和国)成立了?(?P<name>{HAN}{{5,24}})(?=[,。;(])")
_DONE = rf"(?:正式|全部|全面|顺利|通过了?|完成了?)*(?P<verb>成立|开工|竣工|完工|(?:{HAN}{{2}})?验收|投入使用|启用)(?=建设|投用|[,。;(]|$)"
_NAME_BEFORE = pattern(rf"(?:^|[,。;:])(?P<name>{HAN}{{5,24}}?)[于在]$")
_DONE_BEHIND = pattern(_DONE)
_NAME_BEHIND = pattern(rf",?(?P<name>{HAN}{{5,24}}?){_DONE}")
_REACH = 80


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Each event with another day than where it was first told, once for each other day."""
    known: dict[tuple[str, str], list[tuple[Dated, Span]]] = {}
    for passage in manuscript.dated:
        for dated in passage.dates if _HINT.search(passage.text) else ():
            event = _event(passage, dated) if dated.grain is not Grain.YEAR else None
            if event is None:
                continue
            span = passage.span(dated.start, dated.end)
            told = known.setdefault(event, [])
            where = next((place for other, place in told if event[1] == _BASE or _slipped(dated, other)), None)
            if where is not None and not any(_meet(dated, other) for other, _ in told):
                found = f"{event[1]}{event[0]}的日期这里写{reading.quote(span)}，前面写{reading.quote(where)}"
                fault = Fault(
                    CODE,
                    Severity.WARNING,
                    found,
                    "同一件事只有一个日期",
                    "对照原件改正，或写全两件事的名称",
                    confidence=Confidence.LIKELY,
                )
                yield remark(reading, fault, span, where)
            told.append((dated, span))


def _event(passage: Passage, dated: Dated) -> tuple[str, str] | None:
    """What is said to have happened on a date, and to what; None where that is not one of the events looked at."""
    start, stop = passage.sentence(dated.start)
    before = passage.text[max(start, dated.start - _REACH) : dated.start]
    behind = passage.text[dated.end : min(stop, dated.end + _REACH)]
    if _BASE_BEFORE.search(before) or _BASE_BEHIND.match(behind):
        return "", _BASE
    if (document := _ISSUED_BEHIND.match(behind)) or (
        (document := _ISSUED_BEFORE.search(before)) and _ISSUED.match(behind)
    ):
        return "印发", title_key(document["name"])
    if founded := _FOUNDED.match(behind):
        return "成立", founded["name"]
    named, done = _NAME_BEFORE.search(before), _DONE_BEHIND.match(behind)
    if named and done:
        return done["verb"], named["name"]
    told = None if before.endswith(("至", "到", "-", "—")) else _NAME_BEHIND.match(behind)
    return (told["verb"], told["name"]) if told else None


def _slipped(one: Dated, other: Dated) -> bool:
    """Whether only the year, the month or the day differs: what differs in more is rather another event of the name."""
    ours, theirs = one.first, other.first
    days = min(one.grain, other.grain) is Grain.DAY and ours.day != theirs.day
    return (ours.year != theirs.year) + (ours.month != theirs.month) + days == 1


def _meet(one: Dated, other: Dated) -> bool:
    return one.first <= other.last and other.first <= one.last
