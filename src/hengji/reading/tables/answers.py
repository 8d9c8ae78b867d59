"""Questionnaires that were returned, as told before a tally, and the answers to each question in it: 有效问卷 340 份.

Not everybody answers each question, as some reports say themselves: only where the other questions were all answered by as many as were returned does one stand out, or
the number told where all questions were answered by as many, but not by that many; but nobody answers twice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from hengji.model.claim import Claim, Measure, Quantity, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.statements.mentions import Passage, passage_of
from hengji.reading.statements.verdicts import exactly
from hengji.reading.tables.sheet import Sheet
from hengji.reading.tables.tallies import options_of
from hengji.reading.tables.telling import Assertion, written

_TOLD = pattern("有效(?:调查)?(?:问卷|样本|答卷|份数|人数)?(?:数|量)?(?:共计?|[为是共])?$")
_CALLED = pattern("^有效(?:调查)?(?:问卷|样本|答卷)")
_SKIPPED = pattern("未作答|没有作答|未答|漏答|跳答|弃答|不适用")
_UNITS = frozenset({"份", "人", "户"})
_NEAR = 200
_FEWEST = 3
_OFTEN = 2


def answers(reading: Reading, passages: Sequence[Passage], sheets: Sequence[Sheet]) -> Iterator[Claim]:
    """What tallies assert of the number returned that stands right before them. Time is linear in the text."""
    starts = [passage.span(0, len(passage.text)).start for passage in passages]
    for sheet in sheets:
        asked = list(_asked(sheet))
        if len(asked) < _FEWEST:
            continue
        at = bisect_right(starts, sheet.grid.span.start)
        near = [each for each in passages[max(0, at - _FEWEST) : at] if _is_near(each, sheet)]
        captions = [passage_of(reading.text, sheet.grid.caption)] if sheet.grid.caption else []
        told = _told([*captions, *near])
        if told is not None and not any(_SKIPPED.search(each.text) for each in near):
            yield from _claims(told, asked)


def _is_near(passage: Passage, sheet: Sheet) -> bool:
    return sheet.grid.span.start - passage.span(0, len(passage.text)).end < _NEAR


def _told(passages: Sequence[Passage]) -> Quantity | None:
    """The one number of valid questionnaires that is told; None where several are."""
    found = [
        each.quantity
        for passage in passages
        for each in passage.mentions
        if each.unit.measure is Measure.COUNT
        and each.unit.kind in _UNITS
        and (_TOLD.search(each.before) or _CALLED.match(each.after))
    ]
    return found[0] if len({each.value for each in found}) == 1 else None


def _asked(sheet: Sheet) -> Iterator[tuple[str, list[Quantity]]]:
    """Each question with its answers, where every option has a number of them and nothing else is counted."""
    options = {option.number for option in options_of(sheet)}
    others = {column for (_, column), each in sheet.cells.items() if each.measure is not Measure.RATE} - options
    if len(options) < _FEWEST or others:
        return
    for row in sheet.rows:
        cells = [sheet.cells.get((row.number, option)) for option in sorted(options)]
        counts = [each for each in cells if each is not None and each.measure is not Measure.RATE]
        if len(counts) == len(options) and not _SKIPPED.search(row.name):
            yield row.name, counts


def _claims(told: Quantity, asked: Sequence[tuple[str, list[Quantity]]]) -> Iterator[Claim]:
    sums = [sum((each.value for each in counts), Fraction(0)) for _, counts in asked]
    usual, times = Counter(sums).most_common(1)[0]
    if times < len(sums) - 1:
        often = sums.count(told.value) >= _OFTEN
        for (name, counts), every in zip(asked, sums, strict=True):
            if often and every > told.value:
                yield _claim(told, counts, every, f"{name}的有效问卷数")
        return
    for (name, counts), every in zip(asked, sums, strict=True):
        if usual in {told.value, every}:
            about = f"{name}的有效问卷数" if every != usual else "有效问卷数"
            yield _claim(told, counts, every, about)
            if usual != told.value:
                return


def _claim(told: Quantity, counts: Sequence[Quantity], every: Fraction, about: str) -> Claim:
    said = written(counts, "+")
    return Assertion(Relation.SURVEY, told, counts, exactly(every), said, about).claim(Confidence.LIKELY)
