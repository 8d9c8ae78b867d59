"""Summaries of scores: weights and deductions that add up to the row of the total, and rates of points, the total's too.

The scores themselves, and whatever belongs to one indicator, are read with the tree of indicators (``hengji.reading.scores``).
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.model.claim import Claim, Measure, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.reading.marks import serial_kind
from hengji.reading.statements.verdicts import exactly, range_of, shown, total
from hengji.reading.tables.sheet import Line, Sheet, Total
from hengji.reading.tables.telling import Assertion, written

_ADDED = pattern(r"(?:分值|权重|标准分|满分|扣分|扣减分)(?:\(分\)|分)?")
_WEIGHT = pattern(r"分值|权重|标准分|满分")
_AWARDED = pattern(r"(?:实际|评价|自评|最终)?得分(?:\(分\))?")
_RATE = pattern(r"得分率.*")
_OF_ONE = pattern(r"得分/|/[^/]*得分$|.{2}得分$")
"""A column of scores that says of what: 各子项目得分/科技创新, 甲镇得分."""
_WHOLE = pattern("总得?分|[合总]计")
_SHARES = pattern(r"(?:权重|占比|权数)(?:\(%\))?")
_WEIGHED = pattern(r"加权(?:后)?(?:得分|分)?(?:\(分\))?")
_FEWEST = 2


def claims(sheet: Sheet) -> Iterator[Claim]:
    """What the rows of a table of scores that has a row of totals assert."""
    yield from _side_by_side(sheet)
    yield from _weighed(sheet)
    whole = next((row for row in reversed(sheet.rows) if row.total is Total.GRAND), None)
    if whole is None:
        yield from _turned(sheet)
        return
    for column in sheet.columns:
        name = column.name.rpartition("/")[2]
        if _ADDED.fullmatch(name):
            yield from _added(sheet, whole, column)
        elif _RATE.fullmatch(name):
            yield from _rate(sheet, whole, column)


def _turned(sheet: Sheet) -> Iterator[Claim]:
    """The same of a table with a column for each class and rows for weights, scores and rates: what the column of the total adds up."""
    rows = {kind: row for row in sheet.rows for kind in (_WEIGHT, _AWARDED, _RATE) if kind.fullmatch(row.name)}
    whole = next((column for column in reversed(sheet.columns) if column.total is Total.GRAND), None)
    if whole is None or not {_WEIGHT, _AWARDED} <= rows.keys():
        return
    for kind in (_WEIGHT, _AWARDED):
        row = rows[kind]
        cells = {column.number: sheet.cells.get((row.number, column.number)) for column in sheet.columns}
        stated = cells.pop(whole.number)
        parts = [cell for cell in cells.values() if cell is not None]
        if stated is not None and len(parts) > _FEWEST:
            about = f"{row.name}的{whole.name}"
            added = Assertion(Relation.TABLE_SUM, stated, parts, total(parts), written(parts, "+"), about)
            yield added.claim(Confidence.CERTAIN)
    if _RATE in rows:
        yield from _rates_across(sheet, (rows[_RATE], rows[_AWARDED], rows[_WEIGHT]))


def _rates_across(sheet: Sheet, rows: tuple[Line, Line, Line]) -> Iterator[Claim]:
    """Of each column the rate of points: its score over its weight."""
    for column in sheet.columns:
        rate, awarded, weight = (sheet.cells.get((row.number, column.number)) for row in rows)
        if rate is None or awarded is None or weight is None or rate.measure is not Measure.RATE:
            continue
        quotient = range_of(awarded).over_by(exactly(weight.value))
        if quotient is not None:
            said = f"{shown(awarded)} ÷ {shown(weight)}"
            about = f"{column.name}的{rows[0].name}"
            found = Assertion(Relation.TABLE_RATIO, rate, (awarded, weight), quotient, said, about)
            yield found.claim(Confidence.CERTAIN)


def _side_by_side(sheet: Sheet) -> Iterator[Claim]:
    """Subtotals and the total of a table that scores several things, a column each; where most of them hold."""
    scores = [column for column in sheet.columns if _OF_ONE.search(column.name) and sheet.down(column.number)]
    if len(scores) < _FEWEST or sheet.may_go_on:
        return
    found: list[Assertion] = []
    details: list[int] = []
    subtotals: list[int] = []
    for row in sheet.rows:
        whole = any(_WHOLE.fullmatch(text) for text in row.path)
        if row.total is Total.NONE and not whole:
            details.append(row.number)
            continue
        rows = (subtotals or details) if whole else details
        for column in scores:
            cells = sheet.down(column.number)
            parts = [cells[number] for number in rows if number in cells]
            if row.number in cells and len(parts) > 1:
                said = written(parts, "+")
                about = f"{column.name}的{row.name}"
                found.append(Assertion(Relation.TABLE_SUM, cells[row.number], parts, total(parts), said, about))
        if not whole:
            subtotals.append(row.number)
            details = []
    if sum(each.held for each in found) * _FEWEST > len(found):
        yield from (each.claim(Confidence.CERTAIN) for each in found)


def _weighed(sheet: Sheet) -> Iterator[Claim]:
    """Scores of several things with their shares: 得分 82.7, 权重 40%, 加权得分 33.08; where most of them hold."""
    named = {column.name.rpartition("/")[2]: sheet.down(column.number) for column in sheet.columns}
    scores, shares = (next((named[name] for name in named if kind.fullmatch(name)), {}) for kind in (_AWARDED, _SHARES))
    weighed = next((named[name] for name in named if _WEIGHED.fullmatch(name)), {})
    found = [
        Assertion(
            Relation.TABLE_PRODUCT,
            stated,
            (scores[row], shares[row]),
            range_of(scores[row]) * range_of(shares[row]),
            f"{shown(scores[row])} × {shown(shares[row])}",
            "加权得分",
        )
        for row, stated in weighed.items()
        if row in scores and row in shares and shares[row].measure is Measure.RATE
    ]
    if sum(each.held for each in found) * _FEWEST > len(found):
        yield from (each.claim(Confidence.LIKELY) for each in found)


def _added(sheet: Sheet, whole: Line, column: Line) -> Iterator[Claim]:
    """The total of a column in which every row has one number of its own: one level, no subtotals."""
    cells = dict(sheet.down(column.number))
    stated = cells.pop(whole.number, None)
    rows = [row for row in sheet.rows if row.number < whole.number]
    plain = all(row.total is Total.NONE and row.number in cells for row in rows)
    if stated is None or not plain or len(cells) < _FEWEST or len(rows) < len(cells):
        return
    parts = [cells[row.number] for row in rows]
    about = f"{column.name}的{whole.name}"
    said = Assertion(Relation.TABLE_SUM, stated, parts, total(parts), written(parts, "+"), about)
    if not (sheet.may_go_on or _several_levels(sheet)):
        yield said.claim(Confidence.CERTAIN)


def _several_levels(sheet: Sheet) -> bool:
    """Whether there are weights for each of several levels, in columns or by the rows' numbers, so that a row's own is not to be added."""
    weights = sum(bool(_ADDED.fullmatch(each.name.rpartition("/")[2])) for each in sheet.columns)
    kinds = {serial_kind(sheet.words.get((row.number, 0), "")) for row in sheet.rows} - {""}
    return weights > _FEWEST or len(kinds) > 1


def _rate(sheet: Sheet, whole: Line, column: Line) -> Iterator[Claim]:
    """The rate of the total: its score over its weight; of several scores (自评得分, 评价得分) any that gives it, else the last."""
    stated = sheet.cells.get((whole.number, column.number))
    if stated is None or stated.measure is not Measure.RATE:
        return
    cells = {
        kind: [
            cell
            for line in sheet.columns
            if kind.search(line.name.rpartition("/")[2]) and line is not column
            if (cell := sheet.cells.get((whole.number, line.number))) is not None
        ]
        for kind in (_AWARDED, _WEIGHT)
    }
    found = [
        Assertion(
            Relation.TABLE_RATIO,
            stated,
            (awarded, weight),
            quotient,
            f"{shown(awarded)} ÷ {shown(weight)}",
            f"{whole.name}的{column.name}",
        )
        for weight in cells[_WEIGHT][:1]
        for awarded in cells[_AWARDED]
        if (quotient := range_of(awarded).over_by(exactly(weight.value))) is not None
    ]
    if found:
        yield next((each for each in found if each.held), found[-1]).claim(Confidence.CERTAIN)
