"""Numbers of several by name told in a row, which a table or another row has too: 白石镇90份、柳泉镇70份、三岔乡45份、青林乡35份.

Rows are of one thing where most of their numbers are those of one column, and two of these are different numbers of two digits at least;
then the others should be too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from hengji.model.claim import Claim, Hedge, Measure, Quantity, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.han import HAN
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.tokens import Kind
from hengji.reading.statements.verdicts import agree, repeated
from hengji.reading.tables.sheet import Sheet, Total

_NAME = pattern(rf"{HAN}{{2,8}}")
_FEWEST, _TWICE, _TENS = 3, 2, 10
_SHORTEST, _LONGEST = 2, 8
_MEASURED = frozenset({Measure.MONEY, Measure.COUNT})
_MOST = 150
"""A row is held against no more columns and rows that have its first name, so that time stays linear."""

_Row = Mapping[str, Quantity]


@record
class _Column:
    """一列数: numbers by name, in a table (``name`` is its head) or a row of the text, and the paragraph of that."""

    numbers: _Row
    name: str
    home: int


def told_in_rows(passages: Sequence[Passage], sheets: Sequence[Sheet]) -> Iterator[Claim]:
    """Numbers of a row in the text that differ from a column that has the most of it. Time is linear but for columns that share names."""
    columns = [column for sheet in sheets for column in _columns(sheet)]
    names = frozenset(name for column in columns for name in column.numbers)
    rows = [row for number, passage in enumerate(passages) for row in _rows(passage, number, names)]
    known: dict[str, list[_Column]] = defaultdict(list)
    for each in (*columns, *rows):
        for name in each.numbers:
            known[name].append(each)
    for row in rows:
        others = [each for each in known[next(iter(row.numbers))][:_MOST] if each.home != row.home]
        found = [odd for each in others if (odd := _odd(row.numbers, each)) is not None]
        if found and all(found):
            for name, other in min(found, key=len):
                yield repeated(row.numbers[name], other, Verdict.CONTRADICTED, Confidence.LIKELY, f"{name}的数")


def _columns(sheet: Sheet) -> Iterator[_Column]:
    names = {row.number: row.name for row in sheet.rows if row.total is Total.NONE and _NAME.fullmatch(row.name)}
    if len(names) < _FEWEST or len(set(names.values())) < len(names):
        return
    for column in sheet.columns:
        cells = sheet.down(column.number)
        numbers = {name: cells[row] for row, name in names.items() if row in cells}
        if len(numbers) >= _FEWEST:
            yield _Column(numbers, column.name, -1)


def _rows(passage: Passage, number: int, names: frozenset[str]) -> Iterator[_Column]:
    """The rows of a paragraph: names with a number each, of one unit, nothing but a comma between them."""
    row: dict[str, Quantity] = {}
    last: Mention | None = None
    for mention in passage.mentions:
        name = _named(mention, names, first=last is None)
        if last is not None and not (name and name not in row and _goes_on(passage, last, mention)):
            if len(row) >= _FEWEST:
                yield _Column(row, "", number)
            row, last = {}, None
            name = _named(mention, names, first=True)
        if name:
            row[name], last = mention.quantity, mention
    if len(row) >= _FEWEST:
        yield _Column(row, "", number)


def _named(mention: Mention, names: frozenset[str], *, first: bool) -> str:
    """The name right before a number; before the first of a row other words may stand, if a table has the name."""
    if mention.unit.measure not in _MEASURED or mention.quantity.hedge is not Hedge.NONE:
        return ""
    words = mention.before
    if not first:
        return words if _NAME.fullmatch(words) else ""
    return next((words[-n:] for n in range(_LONGEST, _SHORTEST - 1, -1) if words[-n:] in names), "")


def _goes_on(passage: Passage, last: Mention, mention: Mention) -> bool:
    signs = {token.kind for token in passage.tokens[last.at + 1 : mention.at]}
    return last.like(mention) and not last.after and bool(signs) and signs <= {Kind.LISTING, Kind.COMMA}


def _odd(row: _Row, other: _Column) -> list[tuple[str, Quantity]] | None:
    """The names whose number is another in a column that has most of a row's numbers; None where it is of something else."""
    if not row.keys() <= other.numbers.keys():
        return None
    pairs = [(name, quantity, other.numbers[name]) for name, quantity in row.items()]
    if any(one.unit != its.unit and its.measure is not Measure.BARE for _, one, its in pairs):
        return None
    odd = [(name, its) for name, one, its in pairs if one.printed.replace(",", "") != its.printed.replace(",", "")]
    same = {quantity.value for name, quantity in row.items() if name not in dict(odd) and quantity.number >= _TENS}
    if odd and (len(odd) * 2 > len(row) or len(same) < _TWICE):
        return None
    return [(name, its) for name, its in odd if not agree((row[name], its)) or its.measure is Measure.BARE]
