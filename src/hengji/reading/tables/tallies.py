"""Questionnaires with a row a question and a column an option: 非常满意 120, 满意 50, 一般 16, 不满意 4, 满意度 89.47%.

How much an option counts is printed in brackets behind it; where it is not, it is what most rows bear out: the best options in full
and the others not at all, or each by a step less. Options that are called satisfied need fewer rows that bear them out. A row of shares
is like one of numbers that come to a hundred percent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from hengji.model.claim import Claim, Measure, Quantity, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.reading.statements.verdicts import Range, exactly, range_of, total
from hengji.reading.tables.sheet import Line, Sheet
from hengji.reading.tables.telling import Assertion, Evidence, judged, likeliest, written

_OPTION = pattern(
    r"(?:(?:非常|十分|很|比较|较|基本|一般|尚|不太|较不|很不|非常不|不)?(?:满意|了解|知晓|认可|同意)|一般|[很较]?[好差]|不清楚|说不清|没有变化)"
    r"(?:[(](?P<weight>\d{1,3}(?:\.\d+)?)%?[)])?(?:[(][份人户票][)])?"
)
_RATE = pattern(r"(?:满意|认可|知晓)(?:度|率)")
_MEAN = pattern(r"平均|综合|总体|合计|总计")
_STEPS = (
    ("1", "0.6", "0"),
    ("1", "0.5", "0"),
    ("1", "0.8", "0"),
    ("1", "0.8", "0.6", "0"),
    ("1", "0.8", "0.5", "0"),
    ("1", "0.8", "0.4", "0"),
    ("1", "0.75", "0.5", "0"),
    ("1", "0.8", "0.6", "0.4"),
    ("1", "0.8", "0.6", "0.4", "0"),
    ("1", "0.8", "0.6", "0.3", "0"),
    ("1", "0.8", "0.6", "0.4", "0.2"),
    ("1", "0.75", "0.5", "0.25", "0"),
)
"""Weights of options that questionnaires use, from the best one down."""

_FEWEST = 3
_ENOUGH = 2
_SATISFIED = pattern(r"(?!.*不)(?!一般|没有).*(?:满意|了解|知晓|认可|同意)|[很较]?好")
_SOME = Fraction(2, 5)
"""Of the rows, that bear out how much options count whose names say so."""

_MOST = Fraction(3, 5)

_ALL = exactly(1)


def claims(sheet: Sheet) -> Iterator[Claim]:
    """The rate of each question, and their mean."""
    options = options_of(sheet)
    rate = next((column for column in sheet.columns if _RATE.search(column.name) and column not in options), None)
    if rate is None or len(options) < _FEWEST:
        return
    ways = ((each, list(_rates(sheet, options, rate, each))) for each in _weights(options))
    best = likeliest((_evidence(options, weights, found), found) for weights, found in ways)
    if best is not None:
        evidence, found = best
        likely = [each.claim(Confidence.LIKELY) for each in found]
        yield from likely if evidence is Evidence.WORDS else (claim for _, claim in judged(found))
    yield from _mean(sheet, options, rate)


def _evidence(options: Sequence[Line], weights: Sequence[Fraction], found: Sequence[Assertion]) -> Evidence:
    """Whether, where most rows bear nothing out, the names of the options say that just they count, and some rows below a hundred percent do."""
    named = [bool(_SATISFIED.fullmatch(each.path[-1])) for each in options]
    held = sum(each.held and each.computed.value < 1 for each in found)
    if sum(each.held for each in found) >= len(found) * _MOST:
        return Evidence.NUMBERS
    told = all(weight == satisfied for weight, satisfied in zip(weights, named, strict=True))
    return Evidence.WORDS if told and held >= _ENOUGH and held >= len(found) * _SOME else Evidence.NUMBERS


def options_of(sheet: Sheet) -> list[Line]:
    """The columns that are options to answer with."""
    return [column for column in sheet.columns if _OPTION.fullmatch(column.path[-1] if column.path else "")]


def _weights(options: Sequence[Line]) -> Iterator[tuple[Fraction, ...]]:
    """How much each option may count."""
    printed = [match["weight"] for each in options if (match := _OPTION.fullmatch(each.path[-1]))]
    if all(printed):
        most = max(Fraction(each) for each in printed)
        yield tuple(Fraction(each) / (100 if most > 1 else 1) for each in printed)
        return
    for full in range(1, len(options)):
        yield tuple(Fraction(number < full) for number in range(len(options)))
    yield from (tuple(map(Fraction, steps)) for steps in _STEPS if len(steps) == len(options))


def _rates(sheet: Sheet, options: Sequence[Line], rate: Line, weights: Sequence[Fraction]) -> Iterator[Assertion]:
    named, above = {row.number: row.name for row in sheet.rows}, list[Quantity]()
    for row, stated in sheet.down(rate.number).items():
        if len(above) >= _ENOUGH and _MEAN.search(named[row]) and _mean_of(above).holds(stated):
            continue
        above.append(stated)
        counts = [sheet.cells.get((row, option.number)) for option in options]
        told = [each for each in counts if each is not None]
        shares = {each.measure is Measure.RATE for each in told}
        if stated.measure is not Measure.RATE or len(told) < len(options) or len(shares) > 1:
            continue
        own = range_of if True in shares else _exact
        met = sum((own(each) * exactly(weight) for each, weight in zip(told, weights, strict=True)), exactly(0))
        every = _ALL if True in shares else sum(map(_exact, told), exactly(0))
        found = met.over_by(every)
        if found is not None:
            pairs = zip(told, weights, strict=True)
            said = " + ".join(
                each.printed if weight == 1 else f"{each.printed}×{weight * 100}%" for each, weight in pairs if weight
            )
            said = said if True in shares else f"({said}) ÷ {every.value}"
            yield Assertion(Relation.SURVEY, stated, told, found, said, rate.name)


def _mean_of(rates: Sequence[Quantity]) -> Range:
    return total(rates) * exactly(Fraction(1, len(rates)))


def _exact(quantity: Quantity) -> Range:
    """A number of answers, which is never rounded."""
    return exactly(quantity.value)


def _mean(sheet: Sheet, options: Sequence[Line], rate: Line) -> Iterator[Claim]:
    """The mean of the rates above, in a row that has no answers of its own."""
    below = {row.number: row for row in sheet.rows}
    above: list[Quantity] = []
    for row, stated in sheet.down(rate.number).items():
        asked = any((row, option.number) in sheet.cells for option in options)
        if asked or not _MEAN.search(below[row].name):
            above.append(stated)
        elif len(above) >= _ENOUGH:
            found = _mean_of(above)
            said = f"({written(above, '+')}) ÷ {len(above)}"
            each = Assertion(Relation.SURVEY, stated, above, found, said, below[row].name)
            if each.held or not _pooled(sheet, options, stated, row):
                yield each.claim(Confidence.LIKELY)


def _pooled(sheet: Sheet, options: Sequence[Line], stated: Quantity, row: int) -> bool:
    """Whether the rate is that of all answers together, the best options in full."""
    sums = [total(cell for at, cell in sheet.down(option.number).items() if at < row) for option in options]
    every = sum(sums, exactly(0))
    met = (sum(sums[:full], exactly(0)).over_by(every) for full in range(1, len(sums)))
    return any(each is not None and each.holds(stated) for each in met)
