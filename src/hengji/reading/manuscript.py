"""A report as passages: each paragraph, title and cell once, folded for matching, with the part that its section plays.

What is asked of names, dates and wording is asked of passages; ``Passage.span`` leads back to the words as they were written.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate
from typing import Any

from hengji.model.choice import Choice
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Slot, Span, Title
from hengji.model.record import Remembering, record
from hengji.reading.dates import DATE_HINT, Dated, Impossible, scan
from hengji.reading.documents import Cited, cited_in
from hengji.reading.folding import Folded, fold
from hengji.reading.names import Yearly, yearly_in
from hengji.reading.unmarking import unmarked


class Role(Choice):
    """章节角色: what a section is for, by the words of its title or of the nearest title above that says so."""

    FRONT = "封面和前言"
    SUMMARY = "摘要"
    OVERVIEW = "项目概况"
    WORK = "评价工作"
    CONCLUSION = "评价结论"
    ANALYSIS = "指标分析"
    PROBLEMS = "存在的问题"
    ADVICE = "建议"
    ANNEX = "附件"
    OTHER = "其他"


class Kind(Choice):
    """文字种类: as what a passage stands in the report."""

    PROSE = "文段"
    TITLE = "标题"
    LISTED = "目录条目"
    CAPTION = "表题"
    CELL = "单元格"


@record
class Passage(Remembering):
    """文字段: ``text`` is folded; ``part`` is its place among the parts of the reading; ``level`` that of a title, 0 of others."""

    text: str
    folded: Folded
    kind: Kind
    role: Role
    part: int
    level: int = 0

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The original of folded characters ``start`` up to ``end``; they are at least one."""
        return self.folded.span(start, len(self.text) if end is None else end)

    @property
    def dates(self) -> tuple[Dated, ...]:
        return self._calendar[0]

    @property
    def impossible(self) -> tuple[Impossible, ...]:
        """Dates that the calendar does not have."""
        return self._calendar[1]

    @cached_property
    def _calendar(self) -> tuple[tuple[Dated, ...], tuple[Impossible, ...]]:
        return scan(self.text)

    @cached_property
    def cited(self) -> tuple[Cited, ...]:
        return cited_in(self.text)

    @cached_property
    def _stops(self) -> list[int]:
        return [match.end() for match in _STOP.finditer(self.text)]

    def sentence(self, offset: int) -> tuple[int, int]:
        """Where the sentence (up to a full stop, not a semicolon) around a folded character begins and ends."""
        at = bisect_right(self._stops, offset)
        start = self._stops[at - 1] if at else 0
        return start, self._stops[at] if at < len(self._stops) else len(self.text)

    def sentences(self) -> Iterator[tuple[int, int]]:
        start = 0
        for stop in (*self._stops, len(self.text)):
            if stop > start:
                yield start, stop
            start = stop


@record
class Manuscript(Remembering):
    """全部文字段, in reading order."""

    passages: tuple[Passage, ...]

    def of(self, *kinds: Kind) -> tuple[Passage, ...]:
        """Those of these kinds, in order."""
        return self._of.get(kinds) or self._of.setdefault(
            kinds, tuple(each for each in self.passages if each.kind in kinds)
        )

    @cached_property
    def _of(self) -> dict[tuple[Kind, ...], tuple[Passage, ...]]:
        """What has been asked for: many checks ask for the same."""
        return {}

    def told(self, *roles: Role) -> Iterator[Passage]:
        """The paragraphs of sections with these roles; of all without one."""
        return (passage for passage in self.prose if not roles or passage.role in roles)

    @cached_property
    def prose(self) -> tuple[Passage, ...]:
        """The paragraphs."""
        return self.of(Kind.PROSE)

    @cached_property
    def yearly(self) -> tuple[tuple[Passage, Yearly], ...]:
        """The projects that are named with a year, in order."""
        return tuple((passage, yearly) for passage in self.holding("20") for yearly in yearly_in(passage.text))

    def cell(self, slot: Slot) -> str:
        """The folded text of a table's slot."""
        return self._cells.get(slot.span.start, "")

    @cached_property
    def _cells(self) -> dict[int, str]:
        return {passage.folded.origins[0]: passage.text for passage in self.of(Kind.CELL)}

    @cached_property
    def body(self) -> tuple[Passage, ...]:
        """Everything but the table of contents."""
        return tuple(passage for passage in self.passages if passage.kind is not Kind.LISTED)

    def holding(self, *words: str) -> tuple[Passage, ...]:
        """Those of the body in which any of some words stands, in order; each word is sought in the whole text at once."""
        found: set[int] = set()
        for word in words:
            at = self.plain.find(word)
            while at >= 0:
                number = bisect_right(self._starts, at)
                found.add(number - 1)
                at = self.plain.find(word, self._starts[number]) if number < len(self._starts) else -1
        return tuple(self.body[number] for number in sorted(found))

    def places(self, word: str) -> Iterator[Span]:
        """Every place of the body where a word stands."""
        for passage in self.holding(word):
            at = passage.text.find(word)
            while at >= 0:
                yield passage.span(at, at + len(word))
                at = passage.text.find(word, at + len(word))

    def matching(self, sought: re.Pattern[str]) -> tuple[Passage, ...]:
        """Those of the body that have a match of a pattern that never reaches beyond a line, nor looks there.

        It is sought in the whole text at once; behind the first match in a passage, on from the next.
        """
        found: list[Passage] = []
        match = sought.search(self.plain)
        while match:
            number = bisect_right(self._starts, match.start())
            found.append(self.body[number - 1])
            match = sought.search(self.plain, self._starts[number]) if number < len(self._starts) else None
        return tuple(found)

    def standing(self, words: Iterable[str]) -> frozenset[str]:
        """Those of many words that stand in the body; all are sought at once, the longest first where several begin alike."""
        known = sorted(words, key=lambda word: (-len(word), word))
        rests: dict[str, list[str]] = {}
        for word in known:
            rests.setdefault(re.escape(word[0]), []).append(re.escape(word[1:]))
        ways = (f"{first}(?=({'|'.join(each)}))" for first, each in rests.items())
        sought = pattern("|".join(ways) or "(?!)")
        found = sorted({match[0] + match[match.lastindex or 0] for match in sought.finditer(self.plain)})
        begins = ((word, bisect_left(found, word)) for word in known)
        return frozenset(word for word, at in begins if at < len(found) and found[at].startswith(word))

    @cached_property
    def _starts(self) -> list[int]:
        """Where the passages of the body begin in the plain text."""
        return [0, *accumulate(len(passage.text) + 1 for passage in self.body[:-1])]

    @cached_property
    def timed(self) -> tuple[Passage, ...]:
        """Those of the body that may name a date, possible or not."""
        return self.matching(DATE_HINT)

    @cached_property
    def dated(self) -> tuple[Passage, ...]:
        """Those of the body that name a date."""
        return tuple(passage for passage in self.timed if passage.dates)

    @cached_property
    def worked_out(self) -> dict[str, tuple[Any, ...]]:
        """What readers have worked out of it, by their name for it, for several checks to ask."""
        return {}

    @cached_property
    def citing(self) -> tuple[Passage, ...]:
        """Those of the body that name a document by its number."""
        return tuple(passage for passage in self.holding("号", "〔") if passage.cited)

    @cached_property
    def plain(self) -> str:
        """The folded text of everything but the table of contents, passages on lines of their own."""
        return "\n".join(passage.text for passage in self.body)


_STOP = pattern(r"[。!?](?:[”’)])?")
_FIXED = {Role.SUMMARY, Role.PROBLEMS, Role.ADVICE, Role.ANNEX}
_CREDIT = pattern(r"^(?:主要)?(?:经验|做法|成效|成绩|亮点)")
"""Often the first section of a chapter on problems."""
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.FRONT, pattern(r"(?:绩效|自|重点)评价?.{0,4}报告$")),
    (Role.SUMMARY, pattern(r"^(?:报告|内容)?摘要")),
    (Role.ANNEX, pattern(r"^附(?:件|表|录|$)|工作底稿$")),
    (
        Role.PROBLEMS,
        pattern(
            r"^(?!.{0,8}说明的).*(?:问题|不足|短板)(?!.{0,6}建议)(?:及|和|与)?(?:其)?(?:成因|原因分析|原因)?$|存在的?(?:主要)?问题(?!.{0,6}建议)|^(?:主要)?问题"
        ),
    ),
    (Role.ADVICE, pattern(r"^(?:(?!问题).)*(?:建议|改进(?:措施|意见|方向)|整改(?:措施|意见|要求))")),
    (Role.CONCLUSION, pattern(r"(?:总体|综合|绩效)评价(?:情况|结论|及|结果|$)|评价结论")),
    (
        Role.WORK,
        pattern(r"评价(?:工作|方法|方式|组织|目的|原则|依据|对象|质量|过程|内容|标准|实施)|指标体系|工作开展"),
    ),
    (Role.ANALYSIS, pattern(r"指标.{0,6}分析|绩效(?:评价)?(?:情况|分析|实现)|实施绩效|效益实现")),
    (Role.OVERVIEW, pattern(r"概况|基本情况|背景|(?:项目|组织)实施|资金(?:安排|拨付|投入|情况|使用)")),
)


def manuscript_of(reading: Reading) -> Manuscript:
    """The passages of a report."""
    return Manuscript(tuple(filter(None, _passages(reading))))


def role_of(title: str) -> Role:
    """The role that a folded title without its number names; OTHER where it names none."""
    return next((role for role, pattern in _ROLES if pattern.search(title)), Role.OTHER)


def _passages(reading: Reading) -> Iterator[Passage | None]:
    path: list[tuple[int, Role]] = []
    text = reading.text
    for number, part in enumerate(reading.parts):
        if isinstance(part, Grid):
            role = path[-1][1] if path else Role.FRONT
            if part.caption is not None:
                yield _passage(text, part.caption, Kind.CAPTION, role, number)
            for slot in part.slots:
                if slot.span.start < slot.span.end:
                    yield _passage(text, slot.span, Kind.CELL, role, number)
        elif isinstance(part, Title):
            if not part.listed:
                _descend(path, part)
            role = path[-1][1] if path else Role.FRONT
            kind = Kind.LISTED if part.listed else Kind.TITLE
            yield _passage(text, part.span, kind, role, number, part.level)
        else:
            yield _passage(text, part.span, Kind.PROSE, path[-1][1] if path else Role.FRONT, number)


def _passage(text: str, span: Span, kind: Kind, role: Role, number: int, level: int = 0) -> Passage | None:
    """None of a place where nothing stands."""
    folded = fold(text, span) if kind is Kind.CELL else unmarked(fold(text, span))
    return Passage(folded.text, folded, kind, role, number, level) if folded.text else None


def _descend(path: list[tuple[int, Role]], title: Title) -> None:
    """Enter the section of a title: what is in problems, advice, summary or an annex stays so."""
    while path and path[-1][0] >= title.level:
        path.pop()
    above = path[-1][1] if path else Role.OTHER
    name = "".join(title.text.split())
    own = Role.ANNEX if title.mark.startswith("附") else role_of(name)
    if own is Role.FRONT and path:
        own = Role.OTHER  # a step of the work, such as writing the report
    if _CREDIT.match(name):
        path.append((title.level, Role.OTHER))
    elif own is Role.ANNEX or (own is not Role.OTHER and above not in _FIXED):
        path.append((title.level, own))
    else:
        path.append((title.level, Role.OTHER if above is Role.FRONT else above))
