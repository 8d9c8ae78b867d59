"""Totals of rows and columns. What a total adds up is taken from the table itself: the reading under which most of its numbers hold.

A total row may add up all rows, those since the last subtotal, or the subtotals; a total column those beside it or those under the
same heading. Where no reading holds for most, nothing is asserted but what the words alone say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from hengji.model.claim import Claim, Measure, Quantity, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.han import HAN
from hengji.reading.statements.verdicts import range_of, total
from hengji.reading.tables.sheet import Line, Sheet, Total, named
from hengji.reading.tables.tallies import options_of
from hengji.reading.tables.telling import Assertion, written

_AMOUNT = pattern(r"金额|资金[(]|资金$|经费|支出")
_MARK = pattern(
    r"(?P<chinese>[一二三四五六七八九十]+、)|(?P<bracketed>\([一二三四五六七八九十]+\))|(?P<plain>\d{1,2}[.、])|(?P<within>其中)"
)
_WITHIN = pattern("(?:^|/)其中")
_YEAR = pattern("全年")
"""A row that may tell what came up to then, as the others do, and not add them up."""

_SUM = pattern("[合总共小]计")
_TIMES = pattern("年|季度|月|学期|春|秋")
_HELD_THEN = pattern("余额|结余|结存|年末|年初|期末|期初|月末")
"""What stands at a time; that of several times is not added."""
_RATES = pattern(r"率(?!先)|同比|增幅|平均|[人户]均|满意度")
_HAN = pattern(HAN)
_DIGIT = pattern(r"\d")
_UNKNOWN = frozenset({"-", "--", "—", "——", "/", "－", "…"})
"""Cells that may stand for an amount that nobody knows."""
_MOST, _SOME = 3 / 5, 2 / 5
"""Of the rows, that bear a total out; fewer where the answers to questions are counted."""
_ENOUGH = 2
_ALL = Fraction(11, 10)
"""Shares come to a hundred percent; what comes to more are rates of their own."""
_SHORTEST_CODE, _LEVELS = 3, 3
_MOST_WITHIN = 12
_MOST_TOTALS = 40
"""In a table of more totals than so many, each adds up only what stands next to it."""


@record
class _Reading:
    """一种加法: which rows a total row adds up; ``plain`` where the words alone say so."""

    rows: tuple[int, ...]
    plain: bool


def row_totals(sheet: Sheet) -> Iterator[Claim]:
    """Every total row, column by column."""
    places = [place for place, row in enumerate(sheet.rows) if row.total is not Total.NONE]
    ends = [-1, *places, len(sheet.rows)]
    readings = _readings if len(places) <= _MOST_TOTALS else _near
    for place, last, following in zip(places, ends, ends[2:], strict=False):
        group = _group(sheet, place, last)
        yield from _row_total(sheet, sheet.rows[place], [group] if group else readings(sheet, place, last, following))
    yield from _coded(sheet)


def _coded(sheet: Sheet) -> Iterator[Claim]:
    """Accounts with those within them, by their codes: 201 is the sum of 20101, 20102, …; the last may go on on the next page."""
    codes = {row.number: code for row in sheet.rows if (code := _code(sheet, row.number))}
    inside: dict[int, list[int]] = {}
    chain: list[int] = []
    for number, code in codes.items():
        while chain and not (code.startswith(codes[chain[-1]]) and code != codes[chain[-1]]):
            chain.pop()
        if chain:
            inside.setdefault(chain[-1], []).append(number)
        chain.append(number)
    sums = [
        (number in chain, each)
        for number, rows in inside.items()
        for column in _amounts(sheet, number)
        if (number, column.number) in sheet.cells and sheet.adds(column)
        if (each := _down(sheet, sheet.row(number), column, rows)) is not None
    ]
    held = sum(each.held for _, each in sums)
    for last, each in sums:
        if each.held or not last:
            yield each.claim(Confidence.CERTAIN if held - each.held >= _ENOUGH else Confidence.LIKELY)


def _amounts(sheet: Sheet, row: int) -> Sequence[Line]:
    """The columns from the name of an account on, up to a second account in its row."""
    words = [sheet.words.get((row, column.number), "") for column in sheet.columns]
    names = [number for number, text in enumerate(words) if _HAN.search(text)]
    if not names:
        return ()
    until = names[1] if len(names) > 1 else len(words)
    while len(names) > 1 and (not words[until - 1] or words[until - 1].isdecimal()):
        until -= 1
    return sheet.columns[names[0] + 1 : until]


def _code(sheet: Sheet, row: int) -> str:
    """The digits before the name of an account, in one cell or one for each level (201 | 01 | 99)."""
    cells = [sheet.words.get((row, column), "") for column in range(min(sheet.grid.width, _LEVELS + 1))]
    named = next((number for number, text in enumerate(cells) if text and not text.isdecimal()), 0)
    code = "".join(cells[:named])
    return code if len(code) >= _SHORTEST_CODE else ""


def _row_total(sheet: Sheet, row: Line, readings: Iterable[_Reading]) -> Iterator[Claim]:
    columns = [column for column in sheet.columns if (row.number, column.number) in sheet.cells and sheet.adds(column)]
    best: tuple[int, _Reading, list[Assertion]] | None = None
    tried: set[tuple[int, ...]] = set()
    for reading in readings:
        if reading.rows in tried:
            continue
        tried.add(reading.rows)
        found = [each for column in columns if (each := _down(sheet, row, column, reading.rows)) is not None]
        held = sum(each.held for each in found)
        if found and (best is None or held > best[0]):
            best = held, reading, found
        if held == len(columns):
            break
    if best is None:
        return
    held, reading, found = best
    plain = reading.plain and not sheet.may_go_on and not _YEAR.match(row.name)
    if held == 0 and not plain:
        return
    for each in found:
        others = held - each.held
        sure = plain or others >= _ENOUGH or (others and len(found) <= _ENOUGH + 1)
        yield each.claim(Confidence.CERTAIN if sure else Confidence.LIKELY)


def _readings(sheet: Sheet, place: int, last: int, following: int) -> Iterator[_Reading]:
    """What the row at a place may add up, the likeliest first; ``last`` and ``following`` are the places of the totals around it."""
    above, below = sheet.rows[:place], sheet.rows[place + 1 :]
    if sheet.rows[place].total is Total.GRAND:
        details, since = _details(above), _details(above[last + 1 :])
        subtotals = tuple(each.number for each in above if each.total is Total.SUB)
        alone = last < 0 and following == len(sheet.rows) and len(below) <= 1
        outer = _outermost(sheet, details)
        yield _Reading(details, plain=alone and outer == details)
        yield _Reading(outer, plain=False)
        yield _Reading(_not_within(sheet, details), plain=False)
        yield _Reading(tuple(each.number for each in above if _AMOUNT.search(each.name)), plain=False)
        yield _Reading(subtotals, plain=False)
        yield _Reading((*subtotals, *since), plain=False)
        yield _Reading((*subtotals, *_outermost(sheet, since)), plain=False)
    yield from _near(sheet, place, last, following)
    beneath = _details(below)
    yield _Reading(beneath, plain=False)
    yield _Reading(_outermost(sheet, beneath), plain=False)
    yield _Reading(tuple(each.number for each in below if each.total is Total.SUB), plain=False)


def _near(sheet: Sheet, place: int, last: int, following: int) -> Iterator[_Reading]:
    """The same of the rows between the totals around it."""
    since = _details(sheet.rows[last + 1 : place])
    direct = _outermost(sheet, since)
    yield _Reading(since, plain=sheet.rows[place].total is Total.SUB and direct == since)
    yield _Reading(direct, plain=False)
    yield _Reading(_details(sheet.rows[place + 1 : following]), plain=False)


def _details(rows: Sequence[Line]) -> tuple[int, ...]:
    return tuple(each.number for each in rows if each.total is Total.NONE)


def _group(sheet: Sheet, place: int, last: int) -> _Reading | None:
    """The rows that stand under one label with a subtotal; None where no label stands between it and the total before."""
    row = sheet.rows[place]
    named = [column.number for column in sheet.columns if "小计" in sheet.words.get((row.number, column.number), "")]
    if row.total is not Total.SUB or not named or named[0] == 0 or sheet.words.get((row.number, named[0] - 1), ""):
        return None
    back = range(place - 1, last, -1)
    first = next((at for at in back if sheet.words.get((sheet.rows[at].number, named[0] - 1), "")), None)
    return None if first is None else _Reading(_details(sheet.rows[first:place]), plain=True)


def _outermost(sheet: Sheet, rows: tuple[int, ...]) -> tuple[int, ...]:
    """The rows that are no parts of another of them: by codes (201, 20139 within it), else those marked as the first is (一、).

    Where 其中 stands among them and only some rows have a number of their own (1, blank, blank, 2), the others are their parts.
    """
    coded = {number: _code(sheet, number) for number in rows}
    if codes := set(coded.values()) - {""}:
        return tuple(number for number in rows if not _within(coded[number], codes))
    names = {number: sheet.words.get((number, 0), "") for number in rows}
    if any(_WITHIN.search(sheet.row(number).name) for number in rows):
        numbered = tuple(number for number in rows if names[number].isdecimal())
        if numbered and any(not name for name in names.values()):
            return numbered
    marks = {number: match.lastgroup if (match := _MARK.match(name)) else "" for number, name in names.items()}
    return tuple(number for number in rows if marks[number] == marks[rows[0]])


def _not_within(sheet: Sheet, rows: tuple[int, ...]) -> tuple[int, ...]:
    """The rows without those that make up the row before them: 其中 and as many after it as add up to that."""
    kept: list[int] = []
    at = 0
    while at < len(rows):
        if kept and _WITHIN.search(sheet.row(rows[at]).name):
            at += _makes_up(sheet, sheet.row(kept[-1]), rows[at : at + _MOST_WITHIN])
        else:
            kept.append(rows[at])
            at += 1
    return tuple(kept)


def _makes_up(sheet: Sheet, whole: Line, rows: tuple[int, ...]) -> int:
    """How many of the rows add up to the whole in most columns; one where they do in none."""
    columns = [
        column for column in sheet.columns if (whole.number, column.number) in sheet.cells and sheet.adds(column)
    ]
    best, most = 1, 0
    for count in range(_ENOUGH, len(rows) + 1):
        found = (_down(sheet, whole, column, rows[:count]) for column in columns)
        held = sum(each is not None and each.held for each in found)
        if held > most:
            best, most = count, held
    return best


def _within(code: str, codes: Collection[str]) -> bool:
    return any(code[:length] in codes for length in range(_SHORTEST_CODE, len(code)))


def _down(sheet: Sheet, row: Line, column: Line, rows: Sequence[int]) -> Assertion | None:
    parts = [quantity for number in rows if (quantity := sheet.cells.get((number, column.number))) is not None]
    unknown = any(_is_unknown(sheet, number, column.number) for number in rows)
    return _added(sheet.cells[row.number, column.number], parts, named(row, column), unknown=unknown)


def _is_unknown(sheet: Sheet, row: int, column: int) -> bool:
    """Whether a cell may stand for an amount that is not told, or that nobody can read: —, 12.5.0."""
    words = sheet.words.get((row, column), "")
    return words in _UNKNOWN or ((row, column) not in sheet.cells and _DIGIT.search(words) is not None)


def _added(stated: Quantity, parts: Sequence[Quantity], about: str, *, unknown: bool) -> Assertion | None:
    if stated.measure is Measure.BARE and parts:
        stated = _in_unit_of(stated, parts[0])
    alike = [part for part in parts if part.measure is stated.measure]
    if len(alike) < _ENOUGH or len(alike) < len(parts):
        return None
    if stated.measure is Measure.RATE and sum(each.value for each in alike) > _ALL:
        return None
    return Assertion(Relation.TABLE_SUM, stated, alike, total(alike), written(alike, "+"), about, unknown)


def _in_unit_of(bare: Quantity, part: Quantity) -> Quantity:
    """A total without a unit has that of its parts."""
    scale = part.value / Fraction(part.number) if part.number else Fraction(1)
    ends = (bare.value * scale, bare.low * scale, bare.high * scale)
    return replace(bare, unit=part.unit, measure=part.measure, value=ends[0], low=ends[1], high=ends[2])


def column_totals(sheet: Sheet) -> Iterator[Claim]:
    """Every total column, row by row; one beside nothing but options adds them up by its name."""
    for column in sheet.columns:
        if column.total is not Total.NONE or _is_under_total(column):
            yield from _column_total(sheet, column)


def _column_total(sheet: Sheet, column: Line) -> Iterator[Claim]:
    best: tuple[int, list[Assertion]] | None = None
    names = {each.number: each.name for each in sheet.columns}
    options = tuple(each.number for each in options_of(sheet))
    answers = len(options) > _ENOUGH and set(names) - {0, column.number} == set(options)
    for columns in (options,) if answers else _beside(sheet, column):
        times = all(_TIMES.search(names[number]) for number in columns)
        rows = [row for row in sheet.rows if not (_RATES.search(row.name) or (times and _HELD_THEN.search(row.name)))]
        found = [each for row in rows if (each := _across(sheet, row, column, columns)) is not None]
        found = [each for each in found if each.stated.value or each.computed.value]
        held = sum(each.held for each in found)
        if found and (best is None or held > best[0]):
            best = held, found
    if best is None:
        return
    held, found = best
    most = held >= max(_ENOUGH, len(found) * _MOST)
    if most or answers or (held >= max(_ENOUGH, len(found) * _SOME) and len(options) > _ENOUGH):
        for each in found:
            yield each.claim(Confidence.CERTAIN if most and held - each.held >= _ENOUGH else Confidence.LIKELY)


def _beside(sheet: Sheet, column: Line) -> Iterator[tuple[int, ...]]:
    """Columns that a total column may add up: those called alike under other headings, those under its own, then runs that end or begin
    beside it."""
    yield from _called_alike(sheet, column)
    family = [each.number for each in sheet.columns if len(each.path) > 1 and each.path[:-1] == column.path[:-1]]
    if len(family) > _ENOUGH:
        yield tuple(number for number in family if number != column.number)
    usable = {
        each.number for each in sheet.columns if each.addable and each.total is Total.NONE and sheet.down(each.number)
    }
    groups = {each.number: each.path[:-1] for each in sheet.columns}
    for numbers in (range(column.number - 1, -1, -1), range(column.number + 1, sheet.grid.width)):
        run: list[int] = []
        for number in numbers:
            own = groups[run[0]] if run else column.path[:-1] or groups[number]
            if number not in usable or groups[number] != own:
                break
            run.append(number)
            if len(run) >= _ENOUGH:
                yield tuple(sorted(run))


def _is_under_total(column: Line) -> bool:
    """Whether it is one of several totals under one heading: 合计/人数, 合计/金额."""
    return len(column.path) > 1 and _SUM.fullmatch(column.path[0]) is not None


def _called_alike(sheet: Sheet, total_: Line) -> Iterator[tuple[int, ...]]:
    """The columns under several headings that have one name, which is the total's own where it stands under a heading too."""
    called: dict[str, list[int]] = {}
    for each in sheet.columns:
        if (
            len(each.path) > 1
            and each.total is Total.NONE
            and not _is_under_total(each)
            and each.path[0] != total_.path[0]
        ):
            called.setdefault(each.path[-1], []).append(each.number)
    for name, numbers in called.items():
        if len(numbers) >= _ENOUGH and (len(total_.path) == 1 or name == total_.path[-1]):
            yield tuple(numbers)


def _across(sheet: Sheet, row: Line, column: Line, columns: Sequence[int]) -> Assertion | None:
    stated = sheet.cells.get((row.number, column.number))
    if stated is None:
        return None
    parts = [quantity for number in columns if (quantity := sheet.cells.get((row.number, number))) is not None]
    about = named(row, column)
    if len(parts) == 1 and len(columns) > 1 and parts[0].measure is stated.measure:
        return Assertion(Relation.TABLE_SUM, stated, parts, range_of(parts[0]), written(parts, "+"), about)
    unknown = any(_is_unknown(sheet, row.number, number) for number in columns)
    return _added(stated, parts, about, unknown=unknown)
