"""Questionnaires with a row an option, one question after another: how many chose it, and what share of the answers that is.

The shares of a question are of the answers to it; those of one with several choices are of the answers that another question had.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from hengji.model.claim import Claim, Measure, Quantity, Relation
from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.statements.verdicts import exactly, range_of, shown
from hengji.reading.tables.sheet import Line, Sheet, Total
from hengji.reading.tables.telling import Assertion, Evidence, judged, likeliest

_COUNT = pattern(r"(?:人|份|票|户|次|选择|频|样本)数|数量|人次")
_SHARE = pattern(r"占比|比例|比重|百分比")
_ASKED = pattern(r"题|问|调查(?:内容|项目)")
_FEWEST = 2
_MOST_BASES = 12
"""So many sums, the most frequent ones, may be what the shares of another question are of."""


@record
class _Answer:
    """选项: how many chose it, and the share that is printed."""

    count: Quantity
    share: Quantity


def claims(sheet: Sheet) -> Iterator[Claim]:
    """The shares of a table of several questions; nothing of other tables."""
    count, share = _named(sheet, _COUNT), _named(sheet, _SHARE)
    asked = next((column for column in sheet.columns if _ASKED.search(column.name)), None)
    if count is None or share is None or asked is None or asked.number >= min(count.number, share.number):
        return
    questions = [answers for rows in _questions(sheet, asked) if (answers := list(_answers(sheet, rows, count, share)))]
    if len(questions) < _FEWEST:
        return
    sums = [int(sum(answer.count.value for answer in answers)) for answers in questions]
    usual = [each for each, _ in Counter(sums).most_common(_MOST_BASES)]
    asserted = [
        each for answers, own in zip(questions, sums, strict=True) for each in _likeliest_base(answers, [own, *usual])
    ]
    best = likeliest([(Evidence.NUMBERS, asserted)])
    yield from (claim for _, claim in judged(best[1] if best else ()))


def _named(sheet: Sheet, name: re.Pattern[str]) -> Line | None:
    """The one column of that name."""
    found = [column for column in sheet.columns if name.search(column.name)]
    return found[0] if len(found) == 1 else None


def _questions(sheet: Sheet, asked: Line) -> Iterator[list[int]]:
    """The rows of each question: a new one where the cell of the question is filled and says another."""
    rows = [row.number for row in sheet.rows if row.total is Total.NONE]
    starts, last = [0], ""
    for at, row in enumerate(rows):
        words = sheet.words.get((row, asked.number), "") or last
        if at and words != last:
            starts.append(at)
        last = words
    yield from (rows[first:last] for first, last in pairwise([*starts, len(rows)]) if last - first >= _FEWEST)


def _answers(sheet: Sheet, rows: Sequence[int], count: Line, share: Line) -> Iterator[_Answer]:
    for row in rows:
        chosen, part = sheet.cells.get((row, count.number)), sheet.cells.get((row, share.number))
        if chosen is not None and part is not None and part.measure is Measure.RATE:
            yield _Answer(chosen, part)


def _likeliest_base(answers: Sequence[_Answer], sums: Sequence[int]) -> list[Assertion]:
    """The shares of a question of what bears most of them out; nothing where fewer than half hold."""
    best = max((list(_shares(answers, base)) for base in sums), key=lambda found: sum(each.held for each in found))
    return best if 2 * sum(each.held for each in best) >= len(best) else []


def _shares(answers: Sequence[_Answer], base: int) -> Iterator[Assertion]:
    for answer in answers:
        found = range_of(answer.count).over_by(exactly(base))
        if found is not None:
            said = f"{shown(answer.count)} ÷ {base}"
            yield Assertion(Relation.SURVEY, answer.share, (answer.count,), found, said, "选项占比")
