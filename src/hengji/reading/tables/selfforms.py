"""Forms on which a body assesses itself (项目支出绩效自评表, 部门整体支出绩效自评表): points for the budget that was carried out, and for each
indicator that has a target and what was reached, with one total of all.

Sources: the annexes of 财预〔2018〕154号 and 财预〔2020〕10号 as bureaus use them: 10 points of 100 are for the rate of execution, in proportion
and no more than 10; quantities that fell short get points in proportion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from hengji.model.claim import Claim, Measure, Quantity, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.reading import Span
from hengji.model.record import record
from hengji.reading.statements.verdicts import Range, exactly, range_of, shown, total
from hengji.reading.tables.sheet import Line, Sheet, Total
from hengji.reading.tables.telling import Assertion, written

_WEIGHT = pattern(r"分值|权重|标准分|满分")
_AWARDED = pattern(r"得分(?!率)|自评分")
_RATE = pattern(r"执行率")
_TARGET = pattern(r"指标值|目标值|计划值")
_REACHED = pattern(r"完成值|实际值|实现值|实际完成(?!率)")
_REASON = pattern(r"原因|说明|措施|备注")
_NO_NAME = pattern(r"[\d.,%()分]*")
_STANDARD = pattern(r"(?:评分|评价|计分)(?:标准|细则|办法)")
_WHOLE = pattern(r"总分|合计|总计|总得分|自评总分|综合得分")
_GROUP = pattern(r"\((?P<points>\d+(?:\.\d+)?)分\)$")
_BOUND = pattern(
    r"^(?P<sign>[><]=|[≥≤=><≧≦⩾⩽═]|不低于|不少于|大于等于|不超过|不高于|小于等于)?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d,.]*)$"
)
_FULL = 100
_FEWEST = 3
_AT_MOST = frozenset({"≤", "<=", "<", "≦", "⩽", "不超过", "不高于", "小于等于"})
_NO_PROPORTION = frozenset({"分", "年", "月", "日", "天"})


@record
class _Columns:
    """自评表的列: those of weight and score, of the rate of execution, of the target and what was reached; None where there is none."""

    weight: Line
    awarded: Line
    rate: Line | None
    target: Line | None
    reached: Line | None


@record
class _Scored:
    """自评表的一行: a row with its weight and score."""

    row: Line
    weight: Quantity
    awarded: Quantity


def is_self_form(sheet: Sheet) -> bool:
    """Whether a section of a form gives points for a rate of execution, or for targets that were reached or not."""
    columns = _columns(sheet)
    return columns is not None and (
        columns.rate is not None or (columns.target is not None and columns.reached is not None)
    )


def forms(sheets: Iterable[Sheet]) -> list[list[Sheet]]:
    """The sections of each form: that of the funds begins one, the row of the total ends it."""
    found: list[list[Sheet]] = []
    ended = True
    for sheet in sheets:
        columns = _columns(sheet)
        if columns is None or not is_self_form(sheet):
            continue
        if ended or columns.rate is not None:
            found.append([])
        found[-1].append(sheet)
        ended = columns.rate is None and any(map(_is_whole, sheet.rows))
    return found


def claims(sheets: Sequence[Sheet]) -> Iterator[Claim]:
    """What the sections of one form assert of points: those for execution, those for each indicator, and what all come to."""
    parts: list[_Scored] = []
    for sheet in sheets:
        columns = _columns(sheet)
        if columns is None:
            continue
        rows = list(_rows(sheet, columns))
        if columns.rate is not None:
            yield from _executed(sheet, columns, rows)
            rows = rows[:1]
        else:
            yield from _reached(sheet, columns, rows)
            yield from _groups(sheet, columns, rows)
        parts += rows
        yield from _whole(sheet, parts)


def _columns(sheet: Sheet) -> _Columns | None:
    weight, awarded = _named(sheet, _WEIGHT), _named(sheet, _AWARDED)
    if weight is None or awarded is None or _named(sheet, _STANDARD) is not None:
        return None
    return _Columns(weight, awarded, _named(sheet, _RATE), _named(sheet, _TARGET), _named(sheet, _REACHED))


def _named(sheet: Sheet, pattern: re.Pattern[str]) -> Line | None:
    return next((each for each in sheet.columns if pattern.search(each.name.rpartition("/")[2])), None)


def _rows(sheet: Sheet, columns: _Columns) -> Iterator[_Scored]:
    """The rows with a weight and a score, but for that of the total."""
    for row in sheet.rows:
        weight, awarded = (sheet.cells.get((row.number, line.number)) for line in (columns.weight, columns.awarded))
        if weight is not None and awarded is not None and (columns.rate is not None or not _is_whole(row)):
            yield _Scored(row, _as_points(weight), _as_points(awarded))


def _as_points(cell: Quantity) -> Quantity:
    """A number of a column of points, in whatever unit the table is."""
    return _points(cell.span, cell.printed.replace(",", ""))


def _is_whole(row: Line) -> bool:
    return row.total is Total.GRAND or any(_WHOLE.fullmatch(text) for text in row.path)


def _executed(sheet: Sheet, columns: _Columns, rows: Sequence[_Scored]) -> Iterator[Claim]:
    """Points for execution are the weight times the rate, and no more than the weight."""
    for each in rows:
        rate = sheet.cells.get((each.row.number, columns.rate.number)) if columns.rate else None
        if rate is not None and rate.measure in {Measure.RATE, Measure.BARE} and each.weight.value:
            share, words = _executed_share(sheet, columns, each, rate)
            computed = share * exactly(each.weight.value)
            capped = Range(*(min(end, each.weight.value) for end in (computed.low, computed.high, computed.value)))
            said = f"{shown(each.weight)} × {words}"
            others = (each.weight, rate)
            about = f"{each.row.name.rpartition('/')[2]}的预算执行率"
            yield Assertion(Relation.POINTS, each.awarded, others, capped, said, about).claim(Confidence.LIKELY)


def _executed_share(sheet: Sheet, columns: _Columns, each: _Scored, rate: Quantity) -> tuple[Range, str]:
    """A rate of execution as a share of all, however it is printed: 92.5%, 92.5, 0.925; and as it is told."""
    assert columns.rate is not None
    in_percent = rate.measure is Measure.RATE
    if rate.number <= 1 and "%" not in sheet.words.get((each.row.number, columns.rate.number), "%"):
        return range_of(rate) * exactly(_FULL if in_percent else 1), rate.printed
    return range_of(rate) * exactly(1 if in_percent else Fraction(1, _FULL)), shown(rate)


def _reached(sheet: Sheet, columns: _Columns, rows: Sequence[_Scored]) -> Iterator[Claim]:
    """No score is above its weight; what fell short gets points in proportion, where that is how most of the form does it.

    What came out as it was to be has lost no points where the form has room for a reason and gives none.
    """
    if columns.target is None or columns.reached is None:
        return
    told: list[Assertion] = []
    docked: list[Assertion] = []
    for each in rows:
        full, about = exactly(each.weight.value), _about(sheet, columns, each)
        if each.awarded.value > each.weight.value:
            said = f"{shown(each.awarded)} > {shown(each.weight)}，满分"
            over = Assertion(Relation.POINTS, each.awarded, (each.weight,), full, said, about)
            yield over.claim(Confidence.CERTAIN)
        elif (share := _share(sheet, columns, each)) is not None:
            quotient, words = share
            said = f"{shown(each.weight)} × {words}"
            others = (each.weight, *_cell(sheet, columns.reached, each.row))
            capped = exactly(min(quotient, Fraction(1)))
            told.append(Assertion(Relation.POINTS, each.awarded, others, capped * full, said, about))
            if quotient == 1 and each.awarded.value < each.weight.value and _unexplained(sheet, each):
                docked.append(told[-1])
    unmet = [each for each in told if each.computed.value < each.others[0].value]
    by_proportion = sum(each.held for each in unmet) * 2 > len(unmet)
    sure = [each for each in unmet if each.stated.value == each.others[0].value or each.held]
    yield from (each.claim(Confidence.LIKELY) for each in (told if by_proportion else sure + docked))


def _unexplained(sheet: Sheet, each: _Scored) -> bool:
    """Whether a row leaves its cell for a reason empty."""
    reason = _named(sheet, _REASON)
    return reason is not None and not sheet.words.get((each.row.number, reason.number), "")


def _cell(sheet: Sheet, column: Line, row: Line) -> Iterator[Quantity]:
    """The number of a cell, if it is one."""
    if (cell := sheet.cells.get((row.number, column.number))) is not None:
        yield cell


def _about(sheet: Sheet, columns: _Columns, each: _Scored) -> str:
    """What the indicator of a row is called: the words before its target."""
    first = columns.weight if columns.target is None else columns.target
    words = (sheet.words.get((each.row.number, number), "") for number in range(first.number - 1, -1, -1))
    return next((each for each in words if not _NO_NAME.fullmatch(each)), "")


def _share(sheet: Sheet, columns: _Columns, each: _Scored) -> tuple[Fraction, str] | None:
    """What was reached over the target, with the words of the quotient.

    Of a bound that nothing may be above it is the other way round, and only full marks are told: no points come in proportion there.
    """
    if columns.target is None or columns.reached is None:
        return None
    texts = [sheet.words.get((each.row.number, line.number), "") for line in (columns.target, columns.reached)]
    if texts[0] and texts[0] == texts[1] and not _BOUND.match(texts[0]):
        return Fraction(1), "100%（完成值与指标值相同）"
    target, reached = (_BOUND.match("".join(text.split())) for text in texts)
    if target is None or reached is None or reached["sign"]:
        return None
    if target["unit"] != reached["unit"] or target["unit"] in _NO_PROPORTION:
        return None
    goal, done = (Fraction(match["number"].replace(",", "")) for match in (target, reached))
    if done <= 0 or goal <= 0:
        return None
    meant = f"{target['number']}{target['unit']}"
    if target["sign"] not in _AT_MOST:
        return done / goal, f"({reached[0]} ÷ {meant})"
    return (goal / done, f"({meant} ÷ {reached[0]})") if each.awarded.value == each.weight.value else None


def _groups(sheet: Sheet, columns: _Columns, rows: Sequence[_Scored]) -> Iterator[Claim]:
    """Weights told with the name of a group of indicators (产出指标（50分）) are those of its rows together."""
    for column in sheet.columns[: columns.weight.number]:
        begun = [
            (row.number, stated)
            for row in sheet.rows
            if (stated := _told(sheet, row.number, column.number)) is not None
        ]
        ends = [*(number for number, _ in begun[1:]), sheet.grid.height]
        for (first, stated), end in zip(begun, ends, strict=False):
            weights = [each.weight for each in rows if first <= each.row.number < end]
            if len(weights) > 1:
                about = f"{_GROUP.sub('', sheet.words[first, column.number])}的分值"
                found = Assertion(Relation.ROLL_UP, stated, weights, total(weights), written(weights, "+"), about)
                yield found.claim(Confidence.LIKELY)


def _told(sheet: Sheet, row: int, column: int) -> Quantity | None:
    """The points in brackets at the end of a cell."""
    match = _GROUP.search(sheet.words.get((row, column), ""))
    slot = sheet.grid.at(row, column) if match else None
    return None if match is None or slot is None else _points(slot.span, match["points"])


def _points(span: Span, printed: str) -> Quantity:
    """Points as printed, half a unit of the last digit on either side."""
    number = Decimal(printed)
    value, half = Fraction(number), Fraction(1, 2 * 10 ** max(0, -int(number.as_tuple().exponent)))
    return Quantity(span, printed, number, "分", Measure.POINTS, value, value - half, value + half)


def _whole(sheet: Sheet, parts: Sequence[_Scored]) -> Iterator[Claim]:
    """The row of the total, its weight first: what all indicators weigh and got, that of execution among them."""
    row = next((row for row in reversed(sheet.rows) if _is_whole(row)), None)
    if row is None or len(parts) < _FEWEST:
        return
    told = [sheet.cells[row.number, each.number] for each in sheet.columns if (row.number, each.number) in sheet.cells]
    weights, scores = [each.weight for each in parts], [each.awarded for each in parts]
    said = [(total(weights), weights, "分值合计"), (total(scores), scores, "得分合计")][-len(told) :]
    found = [
        Assertion(Relation.ROLL_UP, _as_points(stated), parts_, exactly(sum_.value), written(parts_, "+"), about)
        for stated, (sum_, parts_, about) in zip(told, said, strict=False)
    ]
    complete = total(weights).value == _FULL or any(each.held for each in found)
    if complete and len(told) <= len(said):
        yield from (each.claim(Confidence.CERTAIN if len(found) > 1 else Confidence.LIKELY) for each in found)
