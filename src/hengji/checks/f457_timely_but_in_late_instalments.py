"""说资金到位及时，而有一笔迟到半年以上。

## 查什么
“资金到位及时”“及时到位”的说法，与同一笔补助分几次下达、前后相隔半年以上的记载是否相称。

## 为什么
年末才到的一笔当年用不上，不能说到位及时。

## 怎么改
写明各笔到位的日期；迟到的，写明原因，或写入存在的问题。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.dates import Grain
from hengji.reading.manuscript import Manuscript, Role

CODE = "f457"
_TIMELY = pattern(
    r"资金[^,。;]{0,4}(?:到位|下达|拨付)(?:较为?|均)?及时|资金[^,。;]{0,3}及时[^,。;]{0,2}(?:到位|足额到位)|及时足额到位"
)
_CHECKED = pattern(r"是否|确保|不及时|未及时|应|建议|得\d|加强")
_GIVEN = pattern(r"^[^。;]{0,12}(?:下达|拨付|到位|拨入)[^。;]{0,10}\d+(?:\.\d+)?(?:万元|亿元|元)")
_LATE = 180


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """“In time” where one instalment came half a year after the other."""
    late = _late(manuscript)
    if late is None:
        return
    days, span = late
    for passage in manuscript.told(Role.SUMMARY, Role.CONCLUSION, Role.ANALYSIS, Role.OVERVIEW, Role.OTHER):
        for match in _TIMELY.finditer(passage.text):
            start = max(passage.text.rfind(sign, 0, match.start()) for sign in ",。;") + 1
            if _CHECKED.search(passage.text, start, match.end()):
                continue
            found = f"说“{match[0]}”，而同一笔资金的后一次下达晚了{days}天"
            fault = Fault(
                CODE,
                Severity.WARNING,
                found,
                "各笔都及时",
                "写明各笔到位日期和迟到的原因",
                f"前后相隔{days}天",
                Confidence.LIKELY,
            )
            yield remark(reading, fault, passage.span(match.start(), match.end()), span)


def _late(manuscript: Manuscript) -> tuple[int, Span] | None:
    """The instalments of one sum that lie furthest apart."""
    found: list[tuple[int, Span]] = []
    for passage in manuscript.told():
        given = [
            dated
            for dated in passage.dates
            if dated.grain is Grain.DAY and _GIVEN.match(passage.text[dated.end : dated.end + 60])
        ]
        for one, other in pairwise(given):
            _, last = passage.sentence(one.start)
            days = (other.first - one.first).days
            if days >= _LATE and other.start < last and "合计" in passage.text[other.end : last]:
                found.append((days, passage.span(one.start, other.end)))
    return max(found, key=lambda each: each[0], default=None)
