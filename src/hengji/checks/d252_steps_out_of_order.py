"""各步骤的日期前后颠倒。

## 查什么
同一句话里依次写到的步骤（申请、受理、审核、公示、审批、拨付；招标、签约、开工、竣工、验收；评价组进场、完成现场、提交报告），后一步的日期是否早于前一步。
只写到月的，按可能的最早、最晚一天比较。

## 为什么
步骤倒置，不是日期抄错，就是先办后批。

## 怎么改
对照凭证改正日期；确系先办后批的，写入存在的问题。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.record import record
from hengji.reading.dates import Dated, Grain
from hengji.reading.manuscript import Manuscript, Passage

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
    for passage in manuscript.dated:
        if len(passage.dates) > 1:
            for start, end in passage.sentences():
                yield from _judge(reading, passage, start, end)


def _judge(reading: Reading, passage: Passage, start: int, end: int) -> Iterator[Finding]:
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
            found = f"“{after.word}”的日期（{passage.text[after.dated.start : after.dated.end]}）早于“{before.word}”的日期（{passage.text[before.dated.start : before.dated.end]}）"
            fault = Fault(
                CODE,
                Severity.WARNING,
                found,
                f"先{before.word}，后{after.word}",
                "对照凭证改正日期；顺序确实如此的，写明原因",
                confidence=Confidence.LIKELY,
            )
            yield remark(
                reading,
                fault,
                passage.span(after.dated.start, after.dated.end),
                passage.span(before.dated.start, before.dated.end),
            )


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
