"""项目名称在封面、附件和底稿中不一致。

## 查什么
封面标题“……绩效评价报告”中的项目名称，与附表、底稿标题中“……绩效评价指标表”“项目名称：……”所写的是否一致。省去地区、单位、年份和“项目”“专项资金”
等字的不算；少了几个字的是提示，用字不同的是警告。

## 为什么
附表、底稿的项目名称与封面不同，说明是从别的报告改来的，或者不是同一个项目。

## 怎么改
按预算批复的名称统一。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark, words
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
_MOST = 3
_LONGEST = 70


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Titles that call the project otherwise than the cover does; each other name once."""
    cover: tuple[str, Span] | None = None
    said: set[str] = set()
    for passage in manuscript.of(Kind.TITLE, Kind.PROSE, Kind.CAPTION):
        span = _name(passage)
        if span is None:
            continue
        core = _core(passage.text[slice(*span)])
        place = passage.span(*span)
        if cover is None:
            if passage.role is not Role.FRONT or len(core) < _MOST:
                return
            cover = core, place
        elif core not in said and len(core) >= _MOST and core not in cover[0] and cover[0] not in core:
            said.add(core)
            yield _finding(reading, cover, core, place)


def _finding(reading: Reading, cover: tuple[str, Span], core: str, place: Span) -> Finding:
    short, long = sorted((core, cover[0]), key=len)
    signs = iter(long)
    shorter = all(sign in signs for sign in short)
    severity = Severity.NOTE if shorter else Severity.WARNING
    found = f"这里把项目叫“{words(reading, place)}”，封面叫“{words(reading, cover[1])}”"
    fault = Fault(CODE, severity, found, "同一项目只有一个名称", "按预算批复的名称统一", confidence=Confidence.LIKELY)
    return remark(reading, fault, place, cover[1])


def _name(passage: Passage) -> tuple[int, int] | None:
    if len(passage.text) > _LONGEST:
        return None
    match = _TITLE.match(passage.text) or _NAMED.match(passage.text)
    return match.span("name") if match else None


def _core(name: str) -> str:
    """What is left of a name without place, department, year and the words that all projects share."""
    return _LEFT_OUT.sub("", _LEFT_OUT.sub("", name))
