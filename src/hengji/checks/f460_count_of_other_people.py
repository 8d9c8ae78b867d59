"""同一项补助的对象前后不是同一种人。

## 查什么
按“对某某人员每人次几元”补助的，别处写同一件事的人次时，是否又写成另一种人：政策补工作人员，正文却写成服务老年人、学生、居民的人次。

## 为什么
对象不同，人次就不是同一个数，补助的依据和效益都对不上。

## 怎么改
核对名册，写明到底是哪一种人。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.manuscript import Manuscript, Role

CODE = "f460"
_RULE = pattern(r"对(?P<who>[^,。;:]{4,40}?)(?:按照?)?(?:每人次?)?\d+(?:\.\d+)?元(?:/|每)人次?")
_COUNT = pattern(r"\d{2,}人次")
_STAFF = pattern(r"工作人员|职工|员工|医护人员|教职工|护理员|干部|管理人员")
_SERVED = pattern(r"老年人|老人|学生|居民|群众|患者|村民|儿童|残疾人|服务对象")
_SAME = 4


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Counts told of those served where the rule pays for staff, or the other way round."""
    rules: dict[str, Span] = {}
    for passage in manuscript.told():
        for match in _RULE.finditer(passage.text):
            if bool(_STAFF.search(match["who"])) != bool(_SERVED.search(match["who"])):
                rules.setdefault(match["who"], passage.span(match.start(), match.end()))
    for passage in manuscript.told() if rules else ():
        if passage.role is Role.ADVICE:
            continue
        for match in _COUNT.finditer(passage.text):
            first, _ = passage.sentence(match.start())
            first = max(first, passage.text.rfind(";", 0, match.start()) + 1)
            told = passage.text[first : match.end()]
            at = told.rfind(",", 0, max(0, told.rfind(",")))
            yield from _judge(reading, rules, told[at + 1 :], passage.span(first + at + 1, match.end()))


def _judge(reading: Reading, rules: Mapping[str, Span], told: str, span: Span) -> Iterator[Finding]:
    for who, where in rules.items():
        staff = _STAFF.search(who)
        paid, other = (_STAFF, _SERVED) if staff else (_SERVED, _STAFF)
        there = other.search(told)
        if there is None or paid.search(told):
            continue
        plain = paid.sub("", who)
        block = SequenceMatcher(None, plain, told, autojunk=False).find_longest_match()
        if block.size >= _SAME:
            match = paid.search(who)
            found = f"补助对象是{match[0] if match else who}，这里的人次写成了{there[0]}"
            fault = Fault(CODE, Severity.WARNING, found, "同一种人", "核对名册，写明对象", confidence=Confidence.LIKELY)
            yield remark(reading, fault, span, where)
            return
