"""The numbers at the head of sentences within one paragraph (1.…。2.…。, （1）…；（2）…, 一是…；二是…) that stand twice or leave one out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.manuscript import Kind, Manuscript, Passage
from hengji.reading.numerals import whole_number


@record
class Odd:
    """段内编号之误: the mark of a sentence and the one before, folded; ``number`` is that before."""

    passage: Passage
    mark: tuple[int, int]
    before: tuple[int, int]
    number: int
    repeated: bool


_HAN = "一二三四五六七八九十"
_HEAD = r"(?:^|(?<=[。;:]))\s*"
_NAME = r"(?=[\u4e00-\u9fff“《])"
_MARKS = (
    pattern(rf"{_HEAD}(?P<mark>(?P<number>\d{{1,2}})[.、]){_NAME}"),
    pattern(rf"{_HEAD}(?P<mark>\((?P<number>\d{{1,2}})\)){_NAME}"),
    pattern(rf"{_HEAD}(?P<mark>(?P<number>[{_HAN}])是)"),
)
_SECOND = pattern(r"[。;:][ \t]*(?:[23][.、][\u4e00-\u9fff“《]|\([23]\)|[二三]是)")
"""A paragraph with such numbers its sentences."""


def odd_numbers(manuscript: Manuscript) -> Iterator[Odd]:
    """The first such number of each paragraph and way of writing it."""
    for passage in manuscript.matching(_SECOND):
        if passage.kind is Kind.PROSE:
            for marks in _MARKS:
                found = [(whole_number(match["number"]) or 0, match) for match in marks.finditer(passage.text)]
                yield from _first(passage, found)


def _first(passage: Passage, found: Sequence[tuple[int, re.Match[str]]]) -> Iterator[Odd]:
    numbers = [number for number, _ in found]
    run = 0
    for place, ((before, one), (number, other)) in enumerate(pairwise(found)):
        run = run + 1 if before == run + 1 else 1 if before == 1 else 0
        behind = numbers[place + 2 : place + 3]
        if run != before or number not in {before, before + 2} or behind not in ([], [1], [number + 1]):
            continue
        repeated = number == before
        if before == 1 or (not repeated and _told_otherwise(passage.text[one.end() : other.start()], before + 1)):
            continue
        yield Odd(passage, other.span("mark"), one.span("mark"), before, repeated)
        return


def _told_otherwise(between: str, number: int) -> bool:
    """Whether the number that seems left out stands there in another way: 三要, 第三, 3）."""
    return str(number) in between or _HAN[number - 1 : number] in between
