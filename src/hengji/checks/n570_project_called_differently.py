"""项目名称在封面、正文、附件和底稿中不一致。

## 查什么
封面标题“……绩效评价报告”中的项目名称，与附表、底稿标题中“……绩效评价指标表”“项目名称：……”所写的是否一致。省去地区、单位、年份和“项目”“专项资金”
等字的不算；少了几个字的是提示，用字不同的是警告。正文反复写对、个别处错一个字、漏一个字、多一个字或者前后两个词颠倒的，也指出。

## 为什么
附表、底稿的项目名称与封面不同，说明是从别的报告改来的，或者不是同一个项目；正文写错，按名称就查不到。

## 怎么改
按预算批复的名称统一。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengji.checks.remarks import Fault, how_often, remark, words
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript, Passage, Role

CODE = "n570"
_TITLE = pattern(
    r"^#*(?:附件\d*[::]?)?《?(?P<name>[^《》。;,:]{6,60}?)(?:支出|政策|重点)?(?:财政)?(?:支出)?绩效评价(?:报告|(?:体系)?指标(?:体系表?|表|评分表)|得分表|评分表)》?$"
)
_NAMED = pattern(r"^项目名称[::](?P<name>[^。;,]{6,60})$")
_LEFT_OUT = pattern(
    rf"^.*?(?:[省市区县旗]|局|委|厅|办公室)(?={HAN}{{4}})|20\d\d年?度?|[—\-]{{1,2}}|项目|专项|资金|经费|政策|补助款|[^\w]"
)
_OWN = pattern(rf"^(?:.*?(?:[省市区县旗]|局|委|厅|办公室)(?={HAN}{{4}})|20\d\d年?度?)*|[\W\d]")
_SHARED = pattern(r"(?:补助|补贴|奖补|奖励|资金|专项|项目|经费|政策|建设|运营|财政|整体|部门|重点|支出|年|年度)+$")
"""What a name begins and ends with that the names of other projects have too."""
_OTHER = "和与及的第等或级期批类个一二三四五六七八九十两东南西北中上下前后左右大小新老甲乙丙丁省市县区镇乡村"
"""A name with one of these more, less or instead may be meant so."""
_MOST = 3
_LONGEST = 70
_SHORTEST_OWN = 6
_OFTEN = 3


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Titles that call the project otherwise than the cover does; each other name once."""
    cover: tuple[str, Span] | None = None
    name = ""
    said: set[str] = set()
    for passage in manuscript.of(Kind.TITLE, Kind.PROSE, Kind.CAPTION):
        span = _name(passage)
        if span is None:
            continue
        core = _core(passage.text[slice(*span)])
        place = passage.span(*span)
        name = name or passage.text[slice(*span)]
        if cover is None:
            if passage.role is not Role.FRONT or len(core) < _MOST:
                return
            cover = core, place
        elif core not in said and len(core) >= _MOST and core not in cover[0] and cover[0] not in core:
            if f"简称“{passage.text[slice(*span)]}”" in manuscript.plain:
                continue
            said.add(core)
            yield _finding(reading, cover, core, place)
    yield from _miswritten(reading, manuscript, _SHARED.sub("", _OWN.sub("", name)))


def _finding(reading: Reading, cover: tuple[str, Span], core: str, place: Span) -> Finding:
    short, long = sorted((core, cover[0]), key=len)
    signs = iter(long)
    shorter = all(sign in signs for sign in short)
    severity = Severity.NOTE if shorter else Severity.WARNING
    found = f"这里把项目叫“{words(reading, place)}”，封面叫“{words(reading, cover[1])}”"
    fault = Fault(CODE, severity, found, "同一项目只有一个名称", "按预算批复的名称统一", confidence=Confidence.LIKELY)
    return remark(reading, fault, place, cover[1])


def _miswritten(reading: Reading, manuscript: Manuscript, name: str) -> Iterator[Finding]:
    """The few places that write a part of the name with one character wrong, where many write it right; each wrong way once."""
    for at in range(2, len(name) - 1 if len(name) >= _SHORTEST_OWN else 0):
        before, after = name[max(0, at - _MOST) : at], name[at + 1 : at + 1 + _MOST]
        right = before + name[at] + after
        if manuscript.plain.count(before) == manuscript.plain.count(before + name[at]):
            continue
        wrong = re.compile(f"{before}(?:{'|'.join(_slips(name, at))})")
        places = [(each, match) for each in manuscript.matching(wrong) for match in wrong.finditer(each.text)]
        if not places or manuscript.plain.count(right) < _OFTEN * len(places):
            continue
        passage, match = places[0]
        fault = Fault(
            CODE,
            Severity.NOTE,
            f"项目名称中的“{right}”在这里写作“{match[0]}”{how_often(places)}",
            f"“{right}”",
            "改正名称",
            confidence=Confidence.LIKELY,
        )
        yield remark(reading, fault, passage.span(*match.span()))


def _slips(name: str, at: int) -> Iterator[str]:
    """Patterns of what may stand in the place of a name from a character on: another one, none, one more, two words the other way round."""
    other = f"(?![{_OTHER}{name[at]}]){HAN}"
    here, after = name[at : at + _MOST], name[at + 1 : at + 1 + _MOST]
    if name[at] not in _OTHER and len(after) > 1:
        yield other + after
    if name[at] not in _OTHER and len(after) == _MOST and at >= _MOST:
        yield f"(?!{name[at]}){after}"
    if len(here) == _MOST:
        yield other + here
    if name[at : at + 2] != name[at + 2 : at + 4] and len(name) >= at + 4:
        yield name[at + 2 : at + 4] + name[at : at + 2]


def _name(passage: Passage) -> tuple[int, int] | None:
    if len(passage.text) > _LONGEST:
        return None
    match = _TITLE.match(passage.text) or _NAMED.match(passage.text)
    return match.span("name") if match else None


def _core(name: str) -> str:
    """What is left of a name without place, department, year and the words that all projects share."""
    return _LEFT_OUT.sub("", _LEFT_OUT.sub("", name))
