"""标题下面没有内容。

## 查什么
一个标题之后紧接同级或上级标题，或者到了全文末尾，中间没有文字和表。连着几个都没有内容的，多半是逐条列举，不报。
一节只有一句话、又以冒号结束，后面没有所说的内容（多半是图没有插入），也指出。

## 为什么
空着的一节不是漏写，就是删了内容没有删标题。

## 怎么改
补写，或删去标题；确实没有的写“无”。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Part, Prose, Reading, Title
from hengji.reading.manuscript import Role, role_of

CODE = "w952"
_LONGEST = 30
_ROW = pattern(r"\S {3,}\S+(?: {3,}|$)")
"""A row of a table that blanks align."""


def find(reading: Reading) -> Iterator[Finding]:
    """Headings whose section is empty."""
    parts = [part for part in reading.parts if not (isinstance(part, Title) and part.listed)]
    empty = [_is_empty(reading, part, following) for part, following in zip_longest(parts, parts[1:])]
    asking = reading.text.find("您")  # a questionnaire says 您, and its questions stand alone
    for number, part in enumerate(parts):
        if not empty[number] or not isinstance(part, Title) or 0 <= asking < part.span.end:
            continue
        listing = (number and empty[number - 1]) or (number + 1 < len(parts) and empty[number + 1])
        name = "".join(part.text.split())
        mark = part.mark.strip()
        if (
            listing
            or "①" in name
            or name.endswith(("（略）", "(略)"))
            or _ROW.search(part.text)
            or not mark
            or mark.startswith("附")
            or len(name) > _LONGEST
            or role_of(name) is Role.ANNEX
        ):
            continue
        yield remark(reading, _last(part, name) if number + 1 == len(parts) else _within(part, name), part.span)
    yield from _announced(reading, parts)


def _within(title: Title, name: str) -> Fault:
    return Fault(
        CODE,
        Severity.WARNING,
        f"“{title.mark}{name}”下面没有内容",
        "有内容，或没有这个标题",
        "补写，或删去标题",
        confidence=Confidence.POSSIBLE,
    )


def _last(title: Title, name: str) -> Fault:
    """The last words of the whole text may be no title at all, but where what was handed in ends."""
    return Fault(
        CODE,
        Severity.WARNING,
        f"全文到“{title.mark}{name}”为止，下面没有内容",
        "完整的报告",
        "核对后面的内容有没有录全；没有内容的，补写，或删去标题",
        confidence=Confidence.POSSIBLE,
    )


def _announced(reading: Reading, parts: list[Part]) -> Iterator[Finding]:
    """Sections of one paragraph that ends with a colon."""
    for title, part, following in zip(parts, parts[1:], parts[2:], strict=False):
        if not (isinstance(title, Title) and isinstance(part, Prose) and isinstance(following, Title)):
            continue
        ends = reading.quote(part.span).rstrip().endswith(("：", ":"))
        if ends and title.mark and following.level <= title.level:
            fault = Fault(
                CODE,
                Severity.NOTE,
                "写到冒号为止，后面没有所说的内容",
                "冒号后面有内容",
                "补上内容或图表，或删去这一句",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, part.span)


def _is_empty(reading: Reading, part: Part, following: Part | None) -> bool:
    if not isinstance(part, Title):
        return False
    if following is None:
        return True
    told = reading.text[part.span.end : following.span.start].strip()
    return not told and isinstance(following, Title) and following.level <= part.level
