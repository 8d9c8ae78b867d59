"""Tallies of questionnaires: counts of options add up to the answers, shares follow from counts, rates from shares and weights.

An option tells its weight in brackets (“一般（50%）”). A number that stands once for a question is written beside its first option; the
cells below it are blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from hengji.model.claim import Claim, Measure, Quantity, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.statements.verdicts import Range, as_printed, exactly, range_of, shown, total
from hengji.reading.tables.sheet import Line, Sheet
from hengji.reading.tables.sums import row_totals
from hengji.reading.tables.telling import Assertion, Evidence, judged, likeliest, written

_OPTION = pattern(r".*[(](?P<weight>\d{1,3}(?:\.\d+)?)%[)]")
_WHOLE = pattern(r"总|样本|发放|回收|问卷数")
_OVERALL = pattern(r"(?:综合|总体|平均|总)满意(?:度|率)|合计|总计|综合得分率")
_FEWEST = 3
_ENOUGH = 2


@record
class _Question:
    """一道题: the rows of its options, with their weights."""

    rows: tuple[int, ...]
    weights: tuple[Fraction, ...]


@record
class _Columns:
    """统计表的列: the numbers of each option, their shares, and what stands once for a question; -1 where there is none."""

    counts: int
    shares: int
    whole: int
    rate: int


def claims(sheet: Sheet) -> Iterator[Claim]:
    """What a tally asserts; nothing of other tables."""
    options = _weights(sheet)
    if len(options) < _FEWEST:
        return
    questions = list(_questions(sheet, options))
    columns = _columns(sheet, questions, options)
    compounded: list[Claim] = []
    for relations in (_shares, _wholes, _rates):
        found = [each for question in questions for each in relations(sheet, columns, question)]
        best = likeliest([(Evidence.NUMBERS, found)])
        yield from (_mildly(*each) for each in judged(best[1] if best else ()))
        if relations is _rates and best is None:
            compounded = list(_compounded(sheet, columns, questions))
            yield from compounded
    if len(questions) == 1:
        yield from row_totals(sheet)
    spans = {each.span for each in compounded}
    yield from (each for each in _overall(sheet, columns, questions, options) if each.span not in spans)


def is_tally(sheet: Sheet) -> bool:
    """Whether a table tells how options were answered."""
    return len(_weights(sheet)) >= _FEWEST


def _weights(sheet: Sheet) -> dict[int, Fraction]:
    """The weights of the rows that are options."""
    return {
        row: Fraction(match["weight"]) / 100
        for (row, _), words in sheet.words.items()
        if row >= sheet.grid.head and words.endswith("%)") and (match := _OPTION.fullmatch(words))
    }


def _questions(sheet: Sheet, options: dict[int, Fraction]) -> Iterator[_Question]:
    """A question ends where the weights begin anew, or a row has no option."""
    rows: list[int] = []
    for row in [*(line.number for line in sheet.rows), -1]:
        fresh = bool(rows) and (row not in options or options[row] >= options[rows[-1]])
        if fresh:
            yield _Question(tuple(rows), tuple(options[each] for each in rows))
            rows = []
        if row in options:
            rows.append(row)


def _columns(sheet: Sheet, questions: Sequence[_Question], options: dict[int, Fraction]) -> _Columns:
    firsts = {question.rows[0] for question in questions}
    counts = shares = whole = rate = -1
    for column in sheet.columns:
        cells = {row: each for row, each in sheet.down(column.number).items() if row in options}
        if not cells:
            continue
        once = set(cells) <= firsts and len(options) > len(firsts)
        rates = 2 * sum(each.measure is Measure.RATE for each in cells.values()) > len(cells)
        if once and rates:
            rate = column.number
        elif once or (_WHOLE.search(column.name) and counts < 0 and not rates):
            whole = column.number
        elif rates:
            shares = column.number
        else:
            counts = column.number
    return _Columns(counts, shares, whole, rate)


def _whole(sheet: Sheet, columns: _Columns, question: _Question) -> Quantity | None:
    return next((cell for row in question.rows if (cell := sheet.cells.get((row, columns.whole))) is not None), None)


def _counts(sheet: Sheet, columns: _Columns, question: _Question) -> list[Quantity | None]:
    return [sheet.cells.get((row, columns.counts)) for row in question.rows]


def _base(sheet: Sheet, columns: _Columns, question: _Question) -> Range | None:
    """The answers to a question, which are never rounded: as stated, or all options together."""
    whole = _whole(sheet, columns, question)
    if whole is not None:
        return exactly(whole.value)
    counts = [each for each in _counts(sheet, columns, question) if each is not None]
    return total(counts) if len(counts) == len(question.rows) else None


def _shares(sheet: Sheet, columns: _Columns, question: _Question) -> Iterator[Assertion]:
    base = _base(sheet, columns, question)
    for row, count in zip(question.rows, _counts(sheet, columns, question), strict=True):
        stated = sheet.cells.get((row, columns.shares))
        if stated is None or stated.measure is not Measure.RATE or count is None or base is None:
            continue
        found = range_of(count).over_by(base)
        if found is not None:
            said = f"{shown(count)} ÷ {base.value}"
            yield Assertion(Relation.SURVEY, stated, (count,), found, said, "选项占比")


def _wholes(sheet: Sheet, columns: _Columns, question: _Question) -> Iterator[Assertion]:
    stated = _whole(sheet, columns, question)
    counts = [each for each in _counts(sheet, columns, question) if each is not None]
    if stated is not None and len(counts) >= _ENOUGH:
        yield Assertion(Relation.SURVEY, stated, counts, total(counts), written(counts, "+"), "各选项份数之和")


def _rates(sheet: Sheet, columns: _Columns, question: _Question) -> Iterator[Assertion]:
    stated = next((cell for row in question.rows if (cell := sheet.cells.get((row, columns.rate))) is not None), None)
    base = _base(sheet, columns, question)
    counts = _counts(sheet, columns, question)
    if stated is None or base is None or all(each is None for each in counts):
        return
    found = exactly(0)
    for weight, count in zip(question.weights, counts, strict=True):
        if count is not None:
            found = found + range_of(count) * exactly(weight)
    rate = found.over_by(base)
    if rate is not None:
        pairs = [
            f"{each.printed}×{weight * 100}%" for weight, each in zip(question.weights, counts, strict=True) if each
        ]
        said = f"({' + '.join(pairs)}) ÷ {base.value}"
        yield Assertion(Relation.SURVEY, stated, [each for each in counts if each], rate, said, "综合满意率")


def _mildly(assertion: Assertion, claim: Claim) -> Claim:
    """A share whose last decimal was cut off is a matter of form."""
    return replace(claim, confidence=Confidence.POSSIBLE) if assertion.rounded_down else claim


def _compounded(sheet: Sheet, columns: _Columns, questions: Sequence[_Question]) -> Iterator[Claim]:
    """Rates that follow from the printed shares and not from the counts: their roundings have added up."""
    pairs = []
    for question in questions:
        shares = [sheet.cells.get((row, columns.shares)) for row in question.rows]
        found = exactly(0)
        for weight, share in zip(question.weights, shares, strict=True):
            found = found + (exactly(share.value * weight) if share is not None else exactly(0))
        pairs += [(each, found) for each in _rates(sheet, columns, question)]
    if len(pairs) >= _ENOUGH and all(found.holds(each.stated) for each, found in pairs):
        yield from (replace(each.claim(Confidence.POSSIBLE), confidence=Confidence.POSSIBLE) for each, _ in pairs)
        yield from _compounded_mean(sheet, [each for each, _ in pairs])


def _compounded_mean(sheet: Sheet, rates: Sequence[Assertion]) -> Iterator[Claim]:
    """The mean of such rates, where it does not follow from the counts."""
    exact = sum((each.computed for each in rates), exactly(0)) * exactly(Fraction(1, len(rates)))
    for row, stated in _means(sheet):
        said = f"({' + '.join(as_printed(each.computed.value, stated) for each in rates)}) ÷ {len(rates)}"
        claim = Assertion(Relation.SURVEY, stated, [each.stated for each in rates], exact, said, row.name)
        yield replace(claim.claim(Confidence.POSSIBLE), confidence=Confidence.POSSIBLE)


def _means(sheet: Sheet) -> Iterator[tuple[Line, Quantity]]:
    """The rows of all questions together, each with its last rate."""
    for row in sheet.rows:
        cells = (
            [sheet.cells.get((row.number, each.number)) for each in sheet.columns] if _OVERALL.search(row.name) else []
        )
        rates = [cell for cell in cells if cell is not None and cell.measure is Measure.RATE]
        if rates:
            yield row, rates[-1]


def _overall(
    sheet: Sheet, columns: _Columns, questions: Sequence[_Question], options: dict[int, Fraction]
) -> Iterator[Claim]:
    """The mean of the questions' rates, where one rate stands below them all."""
    rates = [cell for question in questions for row in question.rows if (cell := sheet.cells.get((row, columns.rate)))]
    if len(rates) < _ENOUGH:
        return
    found = total(rates) * exactly(Fraction(1, len(rates)))
    said = f"({written(rates, '+')}) ÷ {len(rates)}"
    for row, stated in _means(sheet):
        if row.number not in options:
            yield Assertion(Relation.SURVEY, stated, rates, found, said, row.name).claim(Confidence.LIKELY)
