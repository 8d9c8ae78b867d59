"""Events that happen once, by what is said to have happened to what: an evaluation's base date, a document issued, a body founded,
works begun, completed, accepted and put into use; whether the date stands before the name or behind it."""

from __future__ import annotations

from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.dates import Dated
from hengji.reading.documents import title_key
from hengji.reading.han import HAN
from hengji.reading.manuscript import Passage

_HINT = pattern("基准日|印发|出台|成立|开工|竣工|完工|验收|使用|启用")
_BASE_BEFORE = pattern(r"(?:评价)?基准日期?(?:确定|定)?(?:为|是|:)?$")
_BASE_BEHIND = pattern("(?:确定)?(?:为|作为)(?:本次|此次|绩效)*(?:评价)?基准日")
_ISSUED_BEHIND = pattern(rf",?{HAN}{{0,16}}(?:印发|出台)了?《(?P<name>[^《》]{{4,60}})》")
_ISSUED_BEFORE = pattern(r"《(?P<name>[^《》]{4,60})》(?:\([^()]{1,30}\))?[于在]$")
_ISSUED = pattern("(?:正式)?(?:印发|出台)(?!的)")
_FOUNDED = pattern(rf",?{HAN}{{0,12}}(?<!中华人民共和国)成立了?(?P<name>{HAN}{{5,24}})(?=[,。;(])")
_DONE = rf"(?:正式|全部|全面|顺利|通过了?|完成了?)*(?P<verb>成立|开工|竣工|完工|(?:{HAN}{{2}})?验收|投入使用|启用)(?=建设|投用|并|[,。;(]|$)"
_NAME_BEFORE = pattern(rf"(?:^|[,。;:])(?P<name>{HAN}{{5,24}}?)[于在]$")
_DONE_BEHIND = pattern(_DONE)
_NAME_BEHIND = pattern(rf",?(?P<name>(?!通过|完成|正式|全部|全面|顺利){HAN}{{5,24}}?){_DONE}")
_UNTIL = ("至", "到", "-", "—")
_REACH = 80


@record
class Event:
    """事件: what happened (验收), and to what; ``name`` is empty where a report has only one such event."""

    what: str
    name: str = ""


BASE = Event("评价基准日")
"""评价基准日: of an evaluation there is one, whatever it is told of."""


def event_on(passage: Passage, dated: Dated) -> Event | None:
    """What is said to have happened on a date; None where that is not one of the events that are known."""
    if not _HINT.search(passage.text):
        return None
    start, stop = passage.sentence(dated.start)
    before = passage.text[max(start, dated.start - _REACH) : dated.start]
    behind = passage.text[dated.end : min(stop, dated.end + _REACH)]
    if _BASE_BEFORE.search(before) or _BASE_BEHIND.match(behind):
        return BASE
    issued = _ISSUED_BEHIND.match(behind) or (_ISSUED.match(behind) and _ISSUED_BEFORE.search(before))
    if issued:
        return Event("印发", title_key(issued["name"]))
    if founded := _FOUNDED.match(behind):
        return Event("成立", founded["name"])
    if (named := _NAME_BEFORE.search(before)) and (done := _DONE_BEHIND.match(behind)):
        return Event(done["verb"], named["name"])
    told = None if before.endswith(_UNTIL) else _NAME_BEHIND.match(behind)
    return Event(told["verb"], told["name"]) if told else None
