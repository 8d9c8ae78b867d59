"""The items of a chapter (each problem, each recommendation), and what they have in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hengji.reading.manuscript import Kind, Manuscript, Passage, Role


@dataclass(frozen=True)
class Item:
    """条目: the passage that names it, and its whole text with the headings above it inside the chapter."""

    heading: Passage
    text: str

    @cached_property
    def name(self) -> str:
        return _MARK.sub("", self.heading.text)

    @cached_property
    def named(self) -> frozenset[str]:
        """The pairs of characters of its heading."""
        return frozenset(pairs(self.name))

    @cached_property
    def words(self) -> frozenset[str]:
        """The pairs of characters of its whole text."""
        return frozenset(pairs(self.text))


_MARK = re.compile(r"^(?:第?[一二三四五六七八九十]+[、.是]|\([一二三四五六七八九十\d]+\)|\d+[.、]|[①-⑳])+")
_POINT = re.compile(r"^(?:\(?[一二三四五六七八九十\d]{1,2}[)、.]|[①-⑳]|[一二三四五六七八九十]是)")
_NAME = 60
_HAN = re.compile(r"[一-鿿]{2,}")
_IDLE = re.compile(
    r"进一步|有待|加强|完善|提高|强化|规范|建立|健全|管理|工作|项目|资金|绩效|评价|相关|情况|问题|建议|存在|不够|不足|机制|制度|力度|水平|提升|落实|政策|及时|单位|部门|实施"
)


def pairs(text: str) -> Iterator[str]:
    """Neighbouring characters, without the words that every problem and every recommendation uses."""
    for run in _HAN.finditer(_IDLE.sub(" ", text)):
        yield from (run[0][at : at + 2] for at in range(len(run[0]) - 1))


def items(manuscript: Manuscript, role: Role) -> tuple[Item, ...]:
    """The items of the chapters with this role: the titles that have none below them, else the numbered paragraphs."""
    found: list[Item] = []
    chapter = [passage for passage in manuscript.of(Kind.TITLE, Kind.PROSE) if passage.role is role]
    titles = [passage for passage in chapter if passage.kind is Kind.TITLE]
    path: list[Passage] = []
    top = min((title.level for title in titles), default=0)
    for number, title in enumerate(titles):
        while path and path[-1].level >= title.level:
            path.pop()
        following = titles[number + 1] if number + 1 < len(titles) else None
        body = [
            passage.text
            for passage in chapter
            if title.part < passage.part and (following is None or passage.part < following.part)
        ]
        if title.level > top and (following is None or following.level <= title.level):
            above = [each.text for each in path if each.level > top]
            found.append(Item(title, "\n".join([*above, title.text, *body])))
        path.append(title)
    if found:
        return tuple(found)
    return tuple(
        Item(passage, passage.text) for passage in chapter if passage.kind is Kind.PROSE and _POINT.match(passage.text)
    )


def relatedness(one: Item, other: Item, common: frozenset[str]) -> float:
    """How much of the one's or the other's heading the other one tells of, from 0 to 1; ``common`` pairs tell nothing."""
    shares = [
        len((a.named - common) & b.words) / len(a.named - common)
        for a, b in ((one, other), (other, one))
        if a.named - common
    ]
    shared = len((one.words & other.words) - common)
    return max(max(shares, default=0.0), min(1.0, shared / _MANY))


_MANY = 24
"""So many pairs of characters in common make two items about the same thing."""


def common_pairs(*chapters: tuple[Item, ...]) -> frozenset[str]:
    """The pairs that more than half of the items of a chapter share, where it has three or more."""
    common: set[str] = set()
    for chapter in chapters:
        times = Counter(pair for item in chapter for pair in item.words)
        common |= {pair for pair, often in times.items() if often * 2 > len(chapter) >= _SEVERAL}
    return frozenset(common)


_SEVERAL = 3
