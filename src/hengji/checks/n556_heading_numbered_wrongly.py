"""标题编号跳号、重号或倒退。

## 查什么
同一级、同一上级标题之下的编号是否逐一递增：（一）之后是（二），不是（三）；没有两个（二）；（3）之后不回到（2）。编号也可能写在段落开头，
一并计算；从1重新编起的算另一组。一段之内句首的“1.”“（1）”“一是”同样逐一递增。

## 为什么
跳号说明删漏了一节，重号、倒退说明拼接没有改号；目录和引用随之出错。

## 怎么改
改正编号；缺的一节确已删去的，后面的编号往前移。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading, Span
from hengji.reading.inner_numbers import Odd, odd_numbers
from hengji.reading.manuscript import Manuscript
from hengji.reading.ordinals import Ordinal, Style, ordinals

CODE = "n556"


@dataclass(slots=True)
class _Run:
    """The last number of a style under one heading, where it stands, and where each stood last since the first."""

    number: int
    span: Span
    seen: dict[int, Span]


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Numbers that do not follow from the one before at their level."""
    runs: dict[Style, _Run] = {}
    for ordinal in ordinals(manuscript):
        for style in [style for style in runs if style > ordinal.style]:
            del runs[style]
        before = runs.get(ordinal.style)
        if before is not None and ordinal.number not in (1, before.number + 1) and _certain(ordinal, before):
            yield _finding(reading, ordinal, before)
        seen = before.seen if before is not None and ordinal.number != 1 else {}
        seen[ordinal.number] = ordinal.span
        runs[ordinal.style] = _Run(ordinal.number, ordinal.span, seen)
    yield from (_inner(reading, odd) for odd in odd_numbers(manuscript))


def _certain(ordinal: Ordinal, before: _Run) -> bool:
    """A gap among marks that may also stand inside paragraphs says nothing."""
    return ordinal.heading and (ordinal.number <= before.number or ordinal.style <= Style.HAN_BRACKETS)


def _inner(reading: Reading, odd: Odd) -> Finding:
    passage = odd.passage
    mark, before = passage.text[slice(*odd.mark)], passage.text[slice(*odd.before)]
    what = "与前一项重号" if odd.repeated else f"与前一项“{before}”之间有跳号"
    fault = Fault(
        CODE,
        Severity.NOTE,
        f"一段之内的编号“{mark}”{what}",
        f"第{odd.number + 1}项",
        "改正编号，并检查有无缺漏的一项",
        confidence=Confidence.LIKELY,
    )
    return remark(reading, fault, passage.span(*odd.mark), passage.span(*odd.before))


def _finding(reading: Reading, ordinal: Ordinal, before: _Run) -> Finding:
    if ordinal.number == before.number:
        what = "与前一个标题重号"
    elif ordinal.number < before.number:
        what = "比前一个标题的编号还小"
    else:
        what = "与前一个标题之间有跳号"
    printed = ordinal.style.printed(ordinal.number)
    expected = ordinal.style.printed(before.number + 1)
    fault = Fault(
        CODE,
        Severity.WARNING,
        f"标题编号“{printed}”{what}",
        f"“{expected}”",
        "改正编号，并检查有无缺漏的一节",
        confidence=Confidence.LIKELY,
    )
    same = before.seen.get(ordinal.number) if ordinal.number < before.number else None
    return remark(reading, fault, ordinal.span, before.span, *([same] if same is not None else []))
