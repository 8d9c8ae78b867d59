"""目标数比完成数大，没有说明差多少。

## 查什么
绩效目标中“到某年建成（改造、培训……）若干个某物”的数，与别处写明的截至某时累计建成的同类数；完成数较小，全文又没有说到未完成、完成率的，指出。
目标年份晚于报告年份的，完成数截至目标年份和被评价年份以前的，不查。

## 为什么
评价要回答目标实现了没有；目标和结果各写各的，读者只能自己去减。

## 怎么改
把目标数与完成数放在一起比较，写明差额、原因和能否按期完成；分阶段的，写明本阶段的目标。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengji.checks.goals import among_goals
from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.record import record
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript, Passage, Role
from hengji.reading.occasions import issues

CODE = "f470"
_VERB = "建成|新建|改造|完成|培训|创建|打造|新增|扶持"
_THING = rf"(?P<count>\d+(?:\.\d+)?)(?P<unit>个|家|所|座|处|条|公里|户|名|台|亩)(?P<noun>(?:{HAN}|[A-Za-z]){{2,16}}?)(?=[,。;、(:])"
_GOAL = pattern(rf"到(?P<year>20\d\d)年(?:底|末)?[^。;]{{0,12}}?(?:{_VERB})(?:不少于|至少)?{_THING}")
_DONE = pattern(rf"(?:已|共|先后|累计|实际)[^。;,\d]{{0,6}}(?:{_VERB}){_THING}")
_COMPARED = pattern(r"未(?:能)?(?:全部|全面|按期|如期)?(?:完成|达到|实现|建成)|完成率|实现率|差距|缺口|尚[差缺]|少建")
_SO_FAR = pattern(r"截[至止]|累计|先后|以来|至今|目前")
"""Without one of these a number is that of one year."""
_UP_TO = pattern(r"截[至止](?P<year>20\d\d)年")
_NOT_DONE = {Role.ADVICE, Role.WORK, Role.ANNEX}
_TAIL = 3


@record
class _Told:
    """写明的数: of what, how many, and where; the year up to which, 0 where none is told."""

    noun: str
    unit: str
    count: Decimal
    span: Span
    year: int


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Goals of which the report tells less than was meant, and never compares the two."""
    issued = max((issue.dated.first.year for issue in issues(manuscript)), default=0)
    if not issued or _COMPARED.search(manuscript.plain):
        return
    goals = [goal for goal in _goals(reading, manuscript) if goal.year <= issued]
    done = [each for each in _done(manuscript) if not among_goals(reading, each.span)] if goals else []
    for goal in goals:
        due = min(goal.year, issued - 1)  # a report evaluates the year before it
        same = [each for each in done if _is_of(goal, each) and not 0 < each.year < due]
        most = max(same, key=lambda each: each.count, default=None)
        if most is not None and most.count < goal.count:
            fault = Fault(
                CODE,
                Severity.WARNING if goal.year < issued else Severity.NOTE,
                f"目标是到{goal.year}年{goal.count:f}{goal.unit}，别处写明的完成数是{most.count:f}{most.unit}，没有比较",
                "写明目标完成了多少",
                "比较目标数与完成数，写明差额和原因",
                f"{goal.count:f} − {most.count:f} = {goal.count - most.count:f}",
                Confidence.LIKELY,
            )
            yield remark(reading, fault, goal.span, most.span)


def _goals(reading: Reading, manuscript: Manuscript) -> Iterator[_Told]:
    """Numbers of a section that a title calls goals."""
    for passage in manuscript.told():
        for match in _GOAL.finditer(passage.text):
            span = passage.span(match.start("count"), match.end())
            if passage.role not in _NOT_DONE and among_goals(reading, span):
                yield _Told(match["noun"], match["unit"], Decimal(match["count"]), span, int(match["year"]))


def _done(manuscript: Manuscript) -> Iterator[_Told]:
    for passage in manuscript.told():
        if passage.role not in _NOT_DONE:
            yield from _done_in(passage)


def _done_in(passage: Passage) -> Iterator[_Told]:
    for match in _DONE.finditer(passage.text):
        start, _ = passage.sentence(match.start())
        if _SO_FAR.search(passage.text, start, match.end()):
            until = _UP_TO.search(passage.text, start, match.end())
            span = passage.span(*match.span())
            yield _Told(match["noun"], match["unit"], Decimal(match["count"]), span, int(until["year"]) if until else 0)


def _is_of(goal: _Told, done: _Told) -> bool:
    """Whether what was done is what was meant: the same words, perhaps with more between them."""
    signs = iter(done.noun)
    same_end = goal.unit == done.unit and goal.noun[-_TAIL:] == done.noun[-_TAIL:]
    return same_end and all(sign in signs for sign in goal.noun)
