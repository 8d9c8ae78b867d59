"""The items of a chapter (each problem, each recommendation), and what they have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, lru_cache
from operator import add

from hengji.model.patterns import pattern
from hengji.model.record import Remembering, record
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript, Passage, Role


@record
class Item(Remembering):
    """条目: the passage that names it (its first sentence is the name), and its whole text with the headings above it inside the chapter.

    A heading that only says of what it is (政策实施方面) leaves the name to the first sentence below it.
    """

    heading: Passage
    text: str

    @cached_property
    def name(self) -> str:
        name = _MARK.sub("", self.heading.text.replace("**", "")).partition("。")[0]
        if not name.endswith("方面"):
            return name
        below = self.text.partition(f"{self.heading.text}\n")[2]
        first = _MARK.sub("", below.partition("\n")[0]).partition("。")[0]
        return first if 0 < len(first) <= _NAME else name

    @cached_property
    def named(self) -> frozenset[str]:
        """The pairs of characters of its heading."""
        return frozenset(pairs(self.name))

    @cached_property
    def words(self) -> frozenset[str]:
        """The pairs of characters of its whole text."""
        return frozenset(pairs(self.text))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers in it with their units."""
        return numbers(self.text)


_MARK = pattern(r"^(?:#+|第?[一二三四五六七八九十]+[、.是]|\([一二三四五六七八九十\d]+\)|\d+[.、)]|[①-⑳])+")
_POINT = pattern(r"^(?:\(?[一二三四五六七八九十\d]{1,2}[)、.]|[①-⑳]|[一二三四五六七八九十]是)")
_NEXT = pattern(r"(?<=[。;])(?=[一二三四五六七八九]是|\d{1,2}[.、](?!\d)|\([一二三四五六七八九\d]\))")
_NAME = 60
_HAN = pattern(rf"{HAN}{{2,}}")
_IDLE = pattern(
    r"(?:管理|落实|工作|执行|监管|责任|履行|实施)不到位|进一步|有待|加强|完善|提高|强化|规范|建立|健全|管理|工作|项目|资金|绩效|评价|相关|情况|问题|建议|存在|不够|不足|机制|制度|力度|水平|提升|落实|政策|及时|单位|部门|实施|满分|得分|扣分|分值|(?<!参)与"
)
_PACE = pattern("(?:预算|资金)?(?:支出|支付|执行|使用|拨付)进度|预算执行率?|资金(?:支出|支付)率")
"""How fast money is spent, in whichever words."""
_MEASURED = pattern(rf"\d[\d,.]*(?!\d|分|%|年|月|日|个百分点){HAN}")


@lru_cache(maxsize=256)
def pairs(text: str) -> tuple[str, ...]:
    """Neighbouring characters, without the words that every problem and every recommendation uses."""
    runs = _HAN.findall(_IDLE.sub(" ", _PACE.sub("预算执行", text)))
    return tuple(pair for run in runs for pair in map(add, run, run[1:]))


def numbers(text: str) -> frozenset[str]:
    """The numbers in a text with the first character of their unit: two texts that share one tell of the same thing."""
    return frozenset(_MEASURED.findall(text))


def items(manuscript: Manuscript, role: Role) -> tuple[Item, ...]:
    """The items of the chapters with this role: the titles that have none below them, else the numbered paragraphs."""
    chapter = [passage for passage in manuscript.of(Kind.TITLE, Kind.PROSE) if passage.role is role]
    top = min((passage.level for passage in chapter if passage.kind is Kind.TITLE), default=0)
    found: list[Item] = []
    path: list[Passage] = []
    body: list[str] = []
    for passage in [*chapter, None]:
        if passage is not None and passage.kind is Kind.PROSE:
            body.append(passage.text)
            continue
        title = path[-1] if path else None
        if title is not None and title.level > top and (passage is None or passage.level <= title.level):
            found.append(Item(title, "\n".join([*(each.text for each in path if each.level > top), *body])))
        body = []
        while path and (passage is None or path[-1].level >= passage.level):
            path.pop()
        if passage is not None:
            path.append(passage)
    if not found:
        found = [
            Item(passage, passage.text)
            for passage in chapter
            if passage.kind is Kind.PROSE and _POINT.match(passage.text)
        ]
    return tuple(found[:_MOST])


def apart(told: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items, those that stand in one paragraph apart: 一是加快兑付;二是补齐档案."""
    found: list[Item] = []
    for item in told:
        pieces = _NEXT.split(item.text)
        whole = len(pieces) == 1
        found += [item] if whole else [Item(replace(item.heading, text=each), each) for each in pieces]
    return tuple(found[:_MOST])


def relatedness(one: Item, other: Item, common: frozenset[str]) -> float:
    """How much of the one's or the other's heading the other one tells of, from 0 to 1; ``common`` pairs tell nothing."""
    shares = [
        len((a.named - common) & b.words) / len(a.named - common)
        for a, b in ((one, other), (other, one))
        if a.named - common
    ]
    shared = len((one.words & other.words) - common)
    fewer = min(len(one.words - common), len(other.words - common))
    return max(max(shares, default=0.0), min(1.0, shared / max(_SEVERAL, min(_MANY, fewer))))


def unanswered(ones: tuple[Item, ...], others: tuple[Item, ...]) -> Iterator[Item]:
    """The items of a chapter to which none of the other chapter is related.

    Two chapters of as many items that mostly answer each other in order answer each other one by one: there any word in common is enough.
    So it is where an item of the other chapter is related to none either: it may answer this one in other words; and an item
    whose heading shares a word with the other's may answer several (科学设定目标和预算).
    """
    common = common_pairs(ones, others)
    related = [
        [relatedness(one, other, common) >= _RELATED or _tell_one_number(one, other) for other in others]
        for one in ones
    ]
    in_order = len(ones) == len(others) and sum(row[at] for at, row in enumerate(related)) * 2 >= len(ones)
    idle = [other for at, other in enumerate(others) if not any(row[at] for row in related)]
    for number, one in enumerate(ones):
        if not others or any(related[number]):
            continue
        beside = [others[number], *idle] if in_order else idle
        if any((one.words & other.words) - common or one.numbers & other.numbers for other in beside):
            continue
        if not any((one.named & other.named) - common for other in others):
            yield one


def _tell_one_number(one: Item, other: Item) -> bool:
    """Whether two items name the same number of several digits."""
    return any(len(number) > _SEVERAL for number in one.numbers & other.numbers)


_RELATED = 0.3
_MOST = 60
"""A report with more items than this is several reports."""
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
