"""同一指标前后两个得分。

## 查什么
同一指标在各张表、正文标题、正文句子、工作底稿、结论中写明的得分是否相同。

## 为什么
得分不同，总分按哪个算说不清；多为改稿时只改了一处。

## 怎么改
核对后把各处的得分改成一致。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import believed, called, where
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.scorecard import Record, Scorecard, Scored
from hengji.reading.scores.wording import folded
from hengji.scoring.operands import points

CODE = "s258"
_BY_THE_STANDARD = pattern(
    r"(?:按|根据)(?:照)?(?:评分标准|标准|比例|公式|[^,;。得分]{1,20}?(?:率|比例|度|[×*]\d+(?:\.\d+)?))(?:计算|折算)?,?得(?P<points>\d+(?:\.\d+)?)分。?$"
)
_GIVEN = pattern(r"得分?\d")
_IN_FRONT_TOO = 2
"""The score in front, and the same at the end; with more the last may be of a part."""


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Records that stand alone against what most others, or the one believed first, say."""
    for node in scorecard.walk():
        yield from _told_at_the_end(reading, node)
        said = [
            (record, record.awarded)
            for record in node.records
            if record.awarded is not None and not _above_weight(record)
        ]
        most = believed(said, node.awarded)
        if most is None:
            continue
        for record, value in said:
            if value.value != most.value:
                found = f"{where(record)}中{called(node)}的得分是{points(value.value)}分，别处是{points(most.value)}分"
                fault = Fault(CODE, Severity.ERROR, found, "各处得分相同", "核对后改成一致")
                yield remark(reading, fault, value.span, most.span)


def _told_at_the_end(reading: Reading, leaf: Scored) -> Iterator[Finding]:
    """“…，按完成率得5.81分。” at the end of what is told of an indicator that got another score in front of it."""
    if leaf.awarded is None or leaf.children:
        return
    known = {record.awarded.span for record in leaf.records if record.awarded}
    for span in dict.fromkeys(span for wording in leaf.analyses for span in wording.spans):
        text = folded(reading, [span])
        given = _BY_THE_STANDARD.search(text.text)
        if given is None or text.span(*given.span("points")) in known or len(_GIVEN.findall(text.text)) > _IN_FRONT_TOO:
            continue
        value = Decimal(given["points"])
        if value != leaf.awarded.value and not (leaf.weight and value > leaf.weight.value):
            found = f"{called(leaf)}的分析末尾说得{points(value)}分，别处是{points(leaf.awarded.value)}分"
            fault = Fault(CODE, Severity.WARNING, found, "各处得分相同", "核对后改成一致", "", Confidence.LIKELY)
            yield remark(reading, fault, text.span(*given.span("points")), leaf.awarded.span)


def _above_weight(record: Record) -> bool:
    """Whether a score is impossible as it stands, which is told by itself."""
    return record.awarded is not None and record.weight is not None and record.awarded.value > record.weight.value
