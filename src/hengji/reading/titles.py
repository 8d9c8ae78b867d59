"""Which lines are titles, and of what level: by heading style where the format has one, else by number, else by a known word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from hengji.model.patterns import pattern
from hengji.model.reading import Span, Title
from hengji.model.record import record
from hengji.reading.blocks import Line
from hengji.reading.lines import STOPS, leader_end, width
from hengji.reading.marks import Kind, annex_end, is_contents, mark_of

_LONGEST = 45
_LONGEST_STYLED = 80
_LONGEST_WITH_COLON = 16
_MOST_HASHES = 6
_PLAIN = pattern(r"(?P<number>\d{1,2})[ \t\u3000]+(?P<name>[一-鿿][一-鿿、]{1,20})")
_CHAPTER = pattern(
    r"(?:项目|政策|部门|单位)?(?:基本情况|概况)|(?:绩效)?评价工作(?:开展|组织实施)?情况|(?:综合|总体|绩效)?评价(?:情况及评价)?结论|总体评价"
    r"|(?:绩效)?(?:评价)?指标(?:得分|评价|完成)?(?:情况)?(?:分析)?|(?:主要)?(?:经验|做法|成效|经验及做法)|(?:存在的?)?(?:主要)?问题(?:及原因(?:分析)?)?"
    r"|(?:有关|相关|对策|改进)?(?:意见|措施)?(?:和|及|与)?建议|其他需要说明的(?:问题|事项|情况)"
)
_SECTION = pattern(
    r"(?:项目|政策|立项)?(?:背景|内容|依据)|(?:项目|政策)?(?:内容|背景)(?:与|和|及)[一-鿿]{2,6}|(?:项目)?资金(?:安排|投入|使用|来源|到位)?(?:和|及|与)?(?:使用)?情况|(?:项目)?绩效目标"
    r"|评价(?:目的|对象|范围|原则|依据|方法|标准|过程|指标体系|对象和范围|工作过程)|(?:项目)?(?:决策|过程|投入|产出|效益|效果)(?:类)?(?:指标)?(?:情况)?分析"
)
_FEWEST, _TWICE = 3, 2
_FIRST_MARKS = frozenset({"一、", "第一章", "第一部分"})
_PAPER = pattern(r"[“\"「《].{1,40}[”\"」》]\s*(?:指标)?工作底稿")


@record
class Candidate:
    """疑似标题: ``kind`` None is a title without a number of its own (摘要, 附件1, a heading style alone).

    ``alone`` says that it is one only where it is not the only one of its like: “1 概况”, or the usual name of a chapter without a number.
    """

    span: Span
    mark: str
    text: str
    kind: Kind | None
    style: int = 0
    listed: bool = False
    alone: bool = False


def candidate(text: str, line: Line) -> Candidate | None:
    """The title that a line would be if it stood by itself; None where it reads like a sentence or an item."""
    words = text[line.span.start : line.span.end]
    if (end := leader_end(words)) is not None:
        return _named(words[:end], line.span, line.level, listed=True)
    longest = _LONGEST_STYLED if line.level else _LONGEST
    if len(words) > longest * 2 or width(words) > longest or _is_sentence(words, line.level):
        return None
    return _named(words, line.span, line.level, listed=False)


def _named(words: str, span: Span, style: int, *, listed: bool) -> Candidate | None:
    hashes = len(words) - len(words.lstrip("#"))
    if hashes > _MOST_HASHES:
        hashes = 0  # a line drawn in hashes
    bare = words[hashes:].strip().strip("*_").strip()
    style = style or hashes
    if marked := mark_of(bare):
        name = bare[marked.end :].strip()
        if not any(sign.isalpha() for sign in name):
            return None
        return Candidate(span, bare[: marked.end].strip(), name, marked.kind, style, listed)
    if (end := annex_end(bare)) is not None:
        return Candidate(span, bare[:end].strip(), bare[end:].strip(), None, 1, listed)
    if listed or style:
        return Candidate(span, "", bare, None, style or 1, listed) if bare else None
    if match := _PLAIN.fullmatch(bare):
        return Candidate(span, match["number"], match["name"], Kind.DIGITS, alone=True)
    for level, names in enumerate((_CHAPTER, _SECTION), 1):
        if names.fullmatch(bare):
            return Candidate(span, "", bare, None, level, alone=True)
    return Candidate(span, "", bare, None, 2) if _PAPER.fullmatch(bare) else None


def borne_out(candidates: Sequence[Candidate]) -> list[bool]:
    """Which candidates are titles: all that do not stand alone; numbers without a stop where they count on from 1 and nothing else numbers
    chapters; names without a number where no title has one."""
    marked = {each.kind for each in candidates if not each.alone and not each.listed}
    numbers = [int(each.mark) for each in candidates if each.alone and each.mark]
    counted = all(after in {before + 1, 1} for before, after in pairwise([0, *numbers])) and numbers.count(1) <= _TWICE
    plain = counted and len(numbers) >= _FEWEST and not any(kind and kind <= Kind.DIGITS for kind in marked)
    named = sum(each.alone and not each.mark for each in candidates) >= _FEWEST and not plain and marked <= {None}
    return [not each.alone or (plain if each.mark else named) for each in candidates]


def _is_sentence(words: str, style: int) -> bool:
    if style:
        return words.endswith(("。", "；"))
    if words.endswith(("：", ":")):
        marked = mark_of(words)
        return marked is None or marked.kind > Kind.DIGITS or width(words) > _LONGEST_WITH_COLON
    return words.endswith(("，", ",", "、")) or any(sign in STOPS for sign in words if sign not in "!?…")


def levelled(candidates: Sequence[Candidate]) -> list[Title]:
    """The titles, levels counted from 1: numbers of one kind have one level, kinds that do not occur take none."""
    ranks = _ranks(candidates)
    return [
        Title(each.span, each.style if each.kind is None else ranks[each.kind], each.mark, each.text, each.listed)
        for each in candidates
    ]


def _ranks(candidates: Sequence[Candidate]) -> Mapping[Kind, int]:
    kinds = sorted({each.kind for each in candidates if each.kind is not None})
    return {kind: rank for rank, kind in enumerate(kinds, 1)}


def _first_chapter(candidates: Sequence[Candidate], contents: int) -> int:
    """Where the body begins behind a table of contents none of whose entries comes again: at the first chapter, with entries above it."""
    for at, each in enumerate(candidates[contents + 1 :], contents + 1):
        if each.mark in _FIRST_MARKS:
            return at if at - contents > _FEWEST else contents + 1
    return contents + 1


def listed_before(candidates: Sequence[Candidate], texts: Sequence[str]) -> set[int]:
    """Which candidates are a table of contents by their order: 目录 itself, and what follows until its first title comes again.

    ``texts`` are the candidates' words without blanks.
    """
    for index, each in enumerate(candidates):
        if is_contents(f"{each.mark}{each.text}"):
            bare = [text.rstrip("0123456789") for text in texts[index + 1 :]]
            again = (index + 1 + at for at in range(1, len(bare)) if bare[at] == bare[0])
            return set(range(index, next(again, _first_chapter(candidates, index))))
    return set()
