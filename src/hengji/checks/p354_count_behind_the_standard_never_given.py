"""有补助标准，没有写数量。

## 查什么
按面积、长度、亩数等每单位多少元补助的标准，全文和各表有没有写出实际的面积、长度、亩数（分档的界限不算）；一处也没有的，指出。按人、户、张计的不查。

## 为什么
补助额是标准乘数量算出来的，不写数量，谁也无法核对给得对不对。

## 怎么改
在资金表中逐项列出核定的数量，写明测量或核定的依据。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.record import record
from hengji.model.subsidy import Subsidies
from hengji.reading.manuscript import Kind, Manuscript
from hengji.reading.statements.verdicts import shown
from hengji.reading.units import unit_named


@record
class _Measured:
    """计量的对象: what it is called, its counts in a sentence, and how a table heads them."""

    name: str
    count: re.Pattern[str]
    head: re.Pattern[str]


def _measured(name: str, units: str, head: str) -> _Measured:
    number = rf"(?<![\d.至到~-])\d[\d.,]*[百千万]?[余多]? ?(?:{units})(?![至到~-]|以上|以下|及以)"
    return _Measured(name, pattern(number), pattern(f"{head}|(?:{units})"))


CODE = "p354"
_KINDS = {
    "平方米": _measured("面积", r"平方米|平米|平方公里|公顷|m\^?2", "面积"),
    "米": _measured("长度", r"公里|千米|延米|米(?!\^)|km", "长度|里程"),
    "立方米": _measured("方量", r"立方米|m\^?3|方(?!米)", "方量|土方|体积"),
    "亩": _measured("亩数", "亩|公顷", "面积|亩数"),
    "吨": _measured("吨数", "吨", "数量|重量|产量"),
}


def find(reading: Reading, manuscript: Manuscript, subsidies: Subsidies) -> Iterator[Finding]:
    """The first standard of each measure of which no count stands anywhere."""
    done: set[str] = set()
    for standard in subsidies.standards:
        unit = unit_named(standard.per)
        kind = _KINDS.get(unit.kind) if unit is not None else None
        if kind is None or kind.name in done:
            continue
        done.add(kind.name)
        if _counted(manuscript, kind):
            continue
        fault = Fault(
            CODE,
            Severity.NOTE,
            f"补助标准按{kind.name}计（{shown(standard.amount)}），全文没有写实际的{kind.name}，补助额无法核对",
            f"各项目的{kind.name}",
            f"逐项列出核定的{kind.name}",
            confidence=Confidence.LIKELY,
        )
        yield remark(reading, fault, _clause(reading, standard.span))


def _counted(manuscript: Manuscript, kind: _Measured) -> bool:
    """Whether a number of that measure stands in the text, or a table has a column of it."""
    return any(
        kind.head.search(passage.text) if passage.kind is Kind.CELL else kind.count.search(passage.text)
        for passage in manuscript.body
    )


def _clause(reading: Reading, span: Span) -> Span:
    """An amount with the words before it in its clause."""
    start = max(reading.text.rfind(sign, 0, span.start) for sign in "，,。；;：\n") + 1
    return Span(start, span.end)
