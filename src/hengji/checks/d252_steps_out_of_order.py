"""各步骤的日期前后颠倒。

## 查什么
同一句话里依次写到的步骤（申请、受理、审核、公示、审批、拨付；招标、签约、开工、竣工、验收；评价组进场、完成现场、提交报告），后一步的日期是否早于前一步。
只写到月的，按可能的最早、最晚一天比较。表中同一行的各步、逐行写各步的进度表和大事记，以及讲同一件事的两处文字，同样比较。检查、审计发现的问题，整改、追回的日期是否早于检查。

## 为什么
步骤倒置，不是日期抄错，就是先办后批。

## 怎么改
对照凭证改正日期；确系先办后批的，写入存在的问题。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hengji.checks.remarks import Fault, remark, words
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.record import record
from hengji.reading.dates import Dated, Grain
from hengji.reading.manuscript import Manuscript, Passage
from hengji.reading.steps import called, steps_of
from hengji.reading.steps_in_order import out_of_order

CODE = "d252"
_STEPS: tuple[tuple[str, ...], ...] = (
    ("提交申请", "提出申请", "申报", "申请"),
    ("受理",),
    ("初审", "完成审核", "审核通过", "完成项目审核", "评审通过"),
    ("公示",),
    ("审批通过", "完成审批", "批复"),
    ("拨付", "支付", "发放"),
)
_WORKS: tuple[tuple[str, ...], ...] = (
    ("发布招标", "招标公告", "公开招标"),
    ("开标",),
    ("中标通知", "中标公示"),
    ("签订合同", "签订施工合同", "签订了施工合同", "签订采购合同"),
    ("开工",),
    ("竣工", "完工"),
    ("验收",),
)
_EVALUATION: tuple[tuple[str, ...], ...] = (
    ("成立评价组", "成立评价工作组", "进场", "进驻"),
    ("完成现场", "结束现场", "撤场", "离场"),
    ("提交初稿", "提交报告", "提交评价报告", "出具报告", "出具评价报告", "报送报告"),
)
_BREAK = pattern(r"[;。]")
_ACCEPTED = pattern("[竣完]工(?=验收)")
"""What is accepted, and not done on that day."""


@record
class _Step:
    line: int
    rank: int
    word: str
    dated: Dated


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Steps that a sentence tells of in order and dates the other way round."""
    met: set[Span] = set()
    for passage in manuscript.dated:
        if len(passage.dates) > 1:
            for start, end in passage.sentences():
                for before, after in _judge(passage, start, end):
                    spans = [passage.span(each.dated.start, each.dated.end) for each in (before, after)]
                    met.update(spans)
                    yield _remark(reading, (before.word, spans[0]), (after.word, spans[1]))
    for first, second in out_of_order(steps_of(reading, manuscript)):
        if met.isdisjoint((first.span, second.span)):
            yield _remark(reading, (called(first), first.span), (called(second), second.span))


def _remark(reading: Reading, before: tuple[str, Span], after: tuple[str, Span]) -> Finding:
    """That what comes after has the earlier day."""
    days = [words(reading, span) for _, span in (before, after)]
    found = f"“{after[0]}”的日期（{days[1]}）早于“{before[0]}”的日期（{days[0]}）"
    fault = Fault(
        CODE,
        Severity.WARNING,
        found,
        f"先{before[0]}，后{after[0]}",
        "对照凭证改正日期；顺序确实如此的，写明原因",
        confidence=Confidence.LIKELY,
    )
    return remark(reading, fault, after[1], before[1])


def _judge(passage: Passage, start: int, end: int) -> Iterator[tuple[_Step, _Step]]:
    """Neighbours in a sentence whose days are the other way round."""
    days = [dated for dated in passage.dates if start <= dated.start < end and dated.grain is not Grain.YEAR]
    steps = [
        step
        for dated, until in zip(days, [*(day.start for day in days[1:]), end], strict=False)
        if (step := _step(passage, dated, until))
    ]
    for before, after in pairwise(steps):
        if (
            before.line == after.line
            and before.rank < after.rank
            and after.dated.last < before.dated.first
            and not _BREAK.search(passage.text, before.dated.end, after.dated.start)
        ):
            yield before, after


def _step(passage: Passage, dated: Dated, until: int) -> _Step | None:
    """The first step told behind a date and before the next."""
    told = _ACCEPTED.sub("□□", passage.text[dated.end : until])
    found = [
        (told.find(word), line, rank, word)
        for line, steps in enumerate((_STEPS, _WORKS, _EVALUATION))
        for rank, words in enumerate(steps)
        for word in words
        if word in told
    ]
    if not found:
        return None
    _, line, rank, word = min(found)
    return _Step(line, rank, word, dated)
