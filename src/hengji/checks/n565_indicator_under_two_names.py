"""同一指标在各处名称不同。

## 查什么
评分表、指标体系表、正文标题和工作底稿中同一个二级以下指标的名称是否一致。编号、分值、标点、“情况”“指标”、开头的“项目”和上一级指标的名称（“产出数量”在“产出”之下叫“数量”）不比较。

## 为什么
名称不同，读者对不上得分与分析；多半是改了一处没有改全。

## 怎么改
以指标体系表为准，统一名称。
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.scorecard import Record, Scorecard, Scored, Where
from hengji.reading.manuscript import Manuscript

CODE = "n565"
_WHERES = (Where.STANDARDS, Where.TABLE, Where.TEXT, Where.HEADING, Where.PAPER)
_SKIPPED = pattern(
    r"^[A-Z]\d{1,4}(?=[^\x00-\x7f])|^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、]|[①-⑳])+|\((?:分值|权重|满分|得分|共|计)?\d[^()]*\)$|\d+(?:\.\d+)?(?:%$|分(?:,.*)?$)|[^\w]|情况|指标|工作底稿|方面$|年度?"
)
_NUMBER = pattern(r"^(?:[①-⑳]|\(?[一二三四五六七八九十\d]+[)、.])+")
_WEIGHTY = 2
_SHOWN = 3
"""So many more places with the other name are pointed to."""


def find(reading: Reading, manuscript: Manuscript, scorecard: Scorecard) -> Iterator[Finding]:
    """Names of an indicator that are not the one of the table, each once."""
    for parent in scorecard.walk():
        for indicator in parent.children:
            yield from _judge(reading, manuscript, indicator, _SKIPPED.sub("", parent.name))


def _judge(reading: Reading, manuscript: Manuscript, indicator: Scored, parent: str) -> Iterator[Finding]:
    records = [record for record in indicator.of(*_WHERES) if record.name.text]
    said: set[str] = set()
    for record in records[1:]:
        first, name = _plain(records[0], parent), _plain(record, parent)
        if name == first or name in said or not first or not name:
            continue
        said.add(name)
        found = (
            f"指标“{record.name.text}”（{record.where.value}）在{records[0].where.value}中叫“{records[0].name.text}”"
        )
        severity = Severity.WARNING if _replaced(first, name) >= _WEIGHTY else Severity.NOTE
        fault = Fault(
            CODE, severity, found, "同一指标只有一个名称", "以指标体系表为准统一", confidence=Confidence.LIKELY
        )
        called = _NUMBER.sub("", record.name.text).partition("(")[0]
        again = (
            each
            for each in (manuscript.places(called) if called else ())
            if not each.start <= record.name.span.end <= each.end
        )
        yield remark(reading, fault, record.name.span, records[0].name.span, *islice(again, _SHOWN))


def _plain(record: Record, parent: str) -> str:
    return _SKIPPED.sub("", record.name.text).removeprefix("项目").removeprefix(parent).removesuffix(parent)


def _replaced(one: str, other: str) -> int:
    """How many characters one name has in the place of others."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return max((min(b - a, d - c) for tag, a, b, c, d in blocks if tag == "replace"), default=0)
