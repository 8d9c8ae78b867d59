"""形容词与数字不符。

## 查什么
“执行率高”“到位率高”“完成率高”而所写的率不到90%；“满意度高、良好”而满意度不到80%；“满意度一般、较低”而满意度在90%以上。先看同一句里的数，
再看全文对同一率所写的最低一个数。

## 为什么
形容词要由数字支持；照抄上一段的评语而数字已经变了，是最常见的一种。

## 怎么改
按数字改写评语；只有一部分高的，写明是哪一部分。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.record import record
from hengji.reading.manuscript import Kind, Manuscript, Passage, Role

CODE = "f455"
_NAME = r"(?=[预资目任执到完支使满])(?P<name>(?:预算|资金|目标|任务)?(?:执行率|到位率|完成率|支付率|使用率|支出率|满意度|满意率))"
_RATE = pattern(_NAME + r"(?:为|达到?|仅为?|是|约|合计|均值|平均){0,2}(?P<value>\d{1,3}(?:\.\d+)?)%")
_HIGH = pattern(_NAME + r"(?P<word>较高|很高|高|良好|优秀|优良|较好)(?!于|达|效|质|校)")
_LOW = pattern(r"(?P<name>满意度|满意率)(?P<word>一般|较低|偏低|不高|低)(?!于)")
_CHECKED = pattern(r"是否|得\d|提高|应|确保|分别|如果|有待|超过|不低于")
_GOAL = pattern(r"到20\d\d年底|力争|确保")
"""Words of a rate that is aimed at."""
_WHOSE = pattern(r"老年人|老人|机构|学生|家长|教师|群众|居民|村民|企业|患者|职工|学校|公众|残疾人|农户")
_REACH = 300
"""So far before a rate its sentence says whose it is."""
_SATISFIED, _OTHER_RATES, _CONTENT = Decimal(80), Decimal(90), Decimal(90)


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Words for a rate that the rate itself does not bear out."""
    rates = list(_rates(manuscript))
    for passage in manuscript.of(Kind.PROSE):
        if passage.role is Role.ADVICE:
            continue
        for sought in (_HIGH, _LOW):
            for match in sought.finditer(passage.text):
                start = max(passage.text.rfind(sign, 0, match.start()) for sign in ",。;") + 1
                if not _CHECKED.search(passage.text, start, match.end()):
                    yield from _judge(reading, passage, match, rates)


@record
class _Rate:
    """A rate that the text gives: of what, whose (the last people named before it, empty without), and where."""

    name: str
    whose: str
    value: Decimal
    span: Span
    sentence: tuple[int, int, int]


def _rates(manuscript: Manuscript) -> Iterator[_Rate]:
    for passage in manuscript.told(
        Role.ANALYSIS, Role.CONCLUSION, Role.OVERVIEW, Role.PROBLEMS, Role.SUMMARY, Role.OTHER
    ):
        for match in _RATE.finditer(passage.text):
            first, last = passage.sentence(match.start())
            begin = max(first, match.start() - _REACH)
            if _GOAL.search(passage.text, begin, match.start()):
                continue
            whose = _last(_WHOSE.findall(passage.text, begin, match.start()))
            span = passage.span(match.start(), match.end())
            yield _Rate(_kind(match["name"]), whose, Decimal(match["value"]), span, (passage.part, first, last))


def _last(names: list[str]) -> str:
    return names[-1] if names else ""


def _kind(name: str) -> str:
    return "满意度" if name.startswith("满意") else name


def _about(passage: Passage, match: re.Match[str], rates: list[_Rate]) -> _Rate | None:
    """The rate that is meant: that of the same sentence, else the lowest of the same name and the same people."""
    name = _kind(match["name"])
    first, last = passage.sentence(match.start())
    whose = _last(_WHOSE.findall(passage.text, max(first, match.start() - _REACH), match.start()))
    near = [rate for rate in rates if rate.name == name and rate.sentence == (passage.part, first, last)]
    far = [rate for rate in rates if rate.name.endswith(name) and (not whose or not rate.whose or whose == rate.whose)]
    told = [rate for rate in far if rate.whose] if whose else far
    return min(near or told or ([] if whose and len(far) > 1 else far), key=lambda rate: rate.value, default=None)


def _judge(reading: Reading, passage: Passage, match: re.Match[str], rates: list[_Rate]) -> Iterator[Finding]:
    rate = _about(passage, match, rates)
    if rate is None:
        return
    floor = _SATISFIED if rate.name == "满意度" else _OTHER_RATES
    if rate.value < floor if match.re is _HIGH else rate.value >= _CONTENT:
        found = f"说“{match[0]}”，而{match['name']}为{rate.value}%"
        fault = Fault(CODE, Severity.WARNING, found, "与数字相称的说法", "按数字改写评语", confidence=Confidence.LIKELY)
        yield remark(reading, fault, passage.span(match.start(), match.end()), rate.span)
