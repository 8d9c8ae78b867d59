"""一个子项目的叙述里写着另一个子项目。

## 查什么
各子项目分节叙述时，某一节中写到另一节的项目名称，而且连同前后文字与那一节一字不差的，视为从那一节抄来没有改。

## 为什么
抄来没有改，本子项目有没有公示、审批就没有写清楚。

## 怎么改
改成本子项目的名称，并核对日期和程序是否也是抄来的。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.manuscript import Kind, Manuscript, Passage, Role

CODE = "w962"
_HEADING = pattern(
    r"^(?:\(?[一二三四五六七八九十\d]{1,3}[)、.]|[①-⑳])(?P<name>[^。;:]{6,40}?(?:项目|工程|补助|奖补|补贴))(?:\(|情况|$)"
)
_BEFORE, _BEHIND = 6, 8


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Passages of one section that name another and are the other's words."""
    sections: dict[tuple[int, str], list[Passage]] = defaultdict(list)
    current: tuple[int, str, int] | None = None
    for number, passage in enumerate(manuscript.body):
        if passage.kind is Kind.TITLE:
            match = _HEADING.match(passage.text)
            if match and passage.role not in {Role.ANNEX, Role.SUMMARY, Role.PROBLEMS, Role.ADVICE}:
                current = number, match["name"], passage.level
            elif current is not None and passage.level <= current[2]:
                current = None
        elif passage.kind is Kind.PROSE and current is not None:
            sections[current[:2]].append(passage)
    texts = {section: "\n".join(passage.text for passage in passages) for section, passages in sections.items()}
    for section, passages in sections.items():
        for passage in passages:
            yield from _judge(reading, section, passage, texts, sections)


def _judge(
    reading: Reading,
    section: tuple[int, str],
    passage: Passage,
    texts: dict[tuple[int, str], str],
    sections: dict[tuple[int, str], list[Passage]],
) -> Iterator[Finding]:
    """The first words of a passage that name a section before its own and stand there too."""
    for (number, name), text in texts.items():
        if number >= section[0]:
            return
        at = -1 if name in section[1] else passage.text.find(name)
        if at < 0:
            continue
        start, end = max(0, at - _BEFORE), at + len(name) + _BEHIND
        words = passage.text[start:end]
        if at >= _BEFORE and end <= len(passage.text) and words in text:
            found = f"“{section[1]}”一节写着“{words}”，与“{name}”一节一字不差"
            fault = Fault(
                CODE,
                Severity.WARNING,
                found,
                f"“{section[1]}”自己的情况",
                "改成本子项目的内容",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, passage.span(start, end), _from(sections[number, name], words))
            return


def _from(passages: list[Passage], words: str) -> Span:
    """Where the section that they were taken from has the words."""
    source = next(each for each in passages if words in each.text)
    return source.span(at := source.text.find(words), at + len(words))
