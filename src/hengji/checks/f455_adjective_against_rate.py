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
from hengji.model.reading import Reading, Span
from hengji.reading.manuscript import Kind, Manuscript, Passage, Role

CODE = "f455"
_NAME = r"(?P<name>(?:预算|资金|目标|任务)?(?:执行率|到位率|完成率|支付率|使用率|支出率|满意度|满意率))"
_RATE = re.compile(_NAME + r"(?:为|达到?|仅为?|是|约|合计|均值|平均){0,2}(?P<value>\d{1,3}(?:\.\d+)?)%")
_HIGH = re.compile(_NAME + r"(?P<word>较高|很高|高|良好|优秀|优良|较好)(?!于|达|效|质|校)")
_LOW = re.compile(r"(?P<name>满意度|满意率)(?P<word>一般|较低|偏低|不高|低)(?!于)")
_CHECKED = re.compile(r"是否|得\d|提高|应|确保|分别|如果|有待|超过|不低于")
_SATISFIED, _OTHER_RATES, _CONTENT = Decimal(80), Decimal(90), Decimal(90)


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Words for a rate that the rate itself does not bear out."""
    rates = _rates(manuscript)
    for passage in manuscript.of(Kind.PROSE):
        if passage.role is Role.ADVICE:
            continue
        for pattern in (_HIGH, _LOW):
            for match in pattern.finditer(passage.text):
                first, last = passage.sentence(match.start())
                clause = passage.text[max(first, passage.text.rfind(",", 0, match.start()) + 1) : match.end()]
                if not _CHECKED.search(clause):
                    yield from _judge(
                        reading, passage, match, _near(passage, match, first, last) or rates.get(_kind(match["name"]))
                    )


def _kind(name: str) -> str:
    return "满意度" if name.startswith("满意") else name


def _rates(manuscript: Manuscript) -> dict[str, tuple[Decimal, Span]]:
    """The lowest value of each rate that the text gives."""
    found: dict[str, tuple[Decimal, Span]] = {}
    for passage in manuscript.told(
        Role.ANALYSIS, Role.CONCLUSION, Role.OVERVIEW, Role.PROBLEMS, Role.SUMMARY, Role.OTHER
    ):
        for match in _RATE.finditer(passage.text):
            value, span = Decimal(match["value"]), passage.span(match.start(), match.end())
            for name in {_kind(match["name"]), _kind(match["name"])[-len("执行率") :]}:
                if name not in found or value < found[name][0]:
                    found[name] = value, span
    return found


def _near(passage: Passage, match: re.Match[str], first: int, last: int) -> tuple[Decimal, Span] | None:
    """The value of the same rate in the same sentence."""
    for other in _RATE.finditer(passage.text, first, last):
        if _kind(other["name"]) == _kind(match["name"]):
            return Decimal(other["value"]), passage.span(other.start(), other.end())
    return None


def _judge(
    reading: Reading, passage: Passage, match: re.Match[str], rate: tuple[Decimal, Span] | None
) -> Iterator[Finding]:
    if rate is None:
        return
    value, span = rate
    satisfied = _kind(match["name"]) == "满意度"
    praised = match.re is _HIGH
    wrong = value < (_SATISFIED if satisfied else _OTHER_RATES) if praised else value >= _CONTENT
    if wrong:
        found = f"说“{match[0]}”，而{match['name']}为{value}%"
        expected = "与数字相称的说法"
        fault = Fault(CODE, Severity.WARNING, found, expected, "按数字改写评语", confidence=Confidence.LIKELY)
        yield remark(reading, fault, passage.span(match.start(), match.end()), span)
