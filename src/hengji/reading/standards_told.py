"""What is paid for each, as the text or a table of standards tells it, against a table elsewhere that has numbers and amounts, or prices.

A row of a table is of a standard by their words: what the row is called stands in the clause of the standard, in the words that begin its
paragraph, or in the row of the table of standards. Only where the amounts of some rows are just what their standards give is it asked
of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from hengji.model.claim import Claim, Hedge, Measure, Quantity, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.money import round_to
from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.verdicts import as_printed, shown
from hengji.reading.tables.sheet import Sheet, Total
from hengji.reading.units import unit_named

_EACH = pattern(r"每[^,;。]{1,12}$|每(?:人|户|个|张|床|次|餐|月|年|家|名|件|套|台|亩|处|平方米)|标准为?$|单价为?$")
_LIMIT = pattern(r"不超过|最高|最低|上限|不低于|以内|至少|原|提高[到至]?$|由")
_BREAK = pattern(r"[;；。!]")
_HEAD = pattern(r"^(?:[(（]?[\d一二三四五六七八九十]{1,3}[)）.、]|[①-⑳])*(?P<head>[^:：。,;]{2,16})[:：。]")
_RATE = pattern(r"单价|标准|价格|/(?:人|张|家|月|年|户|次|处|个|床|件|餐)")
_NO_COUNT = pattern(r"序号|年龄|年度|年份|标准|单价|比例|编号")
_AMOUNT = pattern(r"金额|资金|总额|合计|小计|补助|补贴|支出|应发|实发|费")
_UNIT = pattern(r"[(（][^()（）]*[)）]")
_DASH = pattern(r"[-—–~～]+")
_LABEL = pattern(r"[^\d\s]{2,16}|\d+(?:-\d+)?周?岁\D{0,4}|\D{0,10}\d{1,3}\D{1,10}")
_AGE = pattern(r"\d周?岁")
_NOT_LABEL = pattern(r"小计|合计|总计|序号|^[人户家个张次元月]+$")
_OWN, _HEADED = 2, 1
_REACH = 30
_MOST, _MOST_ROWS = 100, 200
"""A report with more standards, or a table with more rows, is not asked, so that time stays linear."""
_SCALE = Fraction(10_000)
_FEWEST = 2


@record
class _Standard:
    """An amount for each, with the words of its own clause (``own``) and those it stands under (``head``)."""

    amount: Quantity
    own: str
    head: str
    home: int


@record
class _Tried:
    """A row of a table with the standard that is its own by its words: what it gives, and whether that is what is printed."""

    row: int
    standard: _Standard
    stated: Quantity
    count: Quantity | None
    held: bool


def standards_told(passages: Sequence[Passage], sheets: Sequence[Sheet]) -> Iterator[Claim]:
    """The rows whose amounts, or prices, are not those of their standard."""
    standards = [*(each for passage in passages for each in _of_passage(passage)), *_of_sheets(sheets)]
    if not 0 < len(standards) <= _MOST:
        return
    for number, sheet in enumerate(sheets):
        others = [each for each in standards if each.home != number]
        if others:
            yield from _rows(sheet, others)
            yield from _classes(sheet, others)


def _of_passage(passage: Passage) -> Iterator[_Standard]:
    head = _HEAD.match(passage.text)
    begin = 0
    for mention in passage.mentions:
        if mention.quantity.measure is not Measure.MONEY or not _is_standard(passage, mention):
            continue
        start, end = mention.token.start, mention.token.end + len(mention.after)
        last = max((stop.end() for stop in _BREAK.finditer(passage.text, begin, start)), default=begin)
        above = head["head"] if head and head.end() <= start else ""
        last = max(last, head.end()) if head and above else last
        yield _Standard(mention.quantity, _plain(passage.text[last:end]), _plain(above), -1)
        begin = end


def _is_standard(passage: Passage, mention: Mention) -> bool:
    before = passage.text[max(0, mention.token.start - _REACH) : mention.token.start]
    before = before[max(before.rfind(sign) for sign in ",;。:") + 1 :]
    each = bool(mention.unit.per) or bool(_EACH.search(before))
    return each and mention.quantity.hedge is Hedge.NONE and not _LIMIT.search(before)


def _of_sheets(sheets: Sequence[Sheet]) -> Iterator[_Standard]:
    """The rows of tables that have standards and no amounts."""
    for number, sheet in enumerate(sheets):
        rates = [each for each in sheet.columns if _RATE.search(each.name) and sheet.down(each.number)]
        money = [each for each in sheet.columns if each not in rates and _is_money(sheet, each.number)]
        if len(rates) != 1 or money or len(sheet.rows) > _MOST_ROWS:
            continue
        for row, amount in sheet.down(rates[0].number).items():
            own = "/".join(_labels(sheet, row))
            if own and amount.measure is Measure.MONEY:
                yield _Standard(amount, own, "", number)


def _is_money(sheet: Sheet, column: int) -> bool:
    cells = sheet.down(column).values()
    return bool(cells) and all(each.measure is Measure.MONEY for each in cells)


def _plain(words: str) -> str:
    return _DASH.sub("-", words)


def _labels(sheet: Sheet, row: int) -> list[str]:
    """What a row is called, cell by cell; a blank is what stands above it, before the first number of the table."""
    found: list[str] = []
    numbered = min((column for _, column in sheet.cells), default=0)
    for column in sheet.columns:
        text = sheet.words.get((row, column.number), "")
        if (row, column.number) in sheet.cells and not _AGE.search(text):
            continue
        above = row
        while not text and column.number < numbered and above > sheet.rows[0].number:
            above -= 1
            text = sheet.words.get((above, column.number), "")
        text = _plain(_UNIT.sub("", text))
        if _LABEL.fullmatch(text) and not _NOT_LABEL.search(text) and unit_named(text) is None:
            found.append(text)
    return found


def _best(labels: Iterable[str], standards: Sequence[_Standard], known: frozenset[str]) -> tuple[int, list[_Standard]]:
    """The standards with most of the words of a row, and how much that is."""
    scored: list[tuple[int, _Standard]] = []
    for standard in standards:
        score = 0
        for label in labels:
            if _stands(label, standard.own, known):
                score += _OWN
            elif standard.head and (label in standard.head or standard.head in label):
                score += _HEADED
        scored.append((score, standard))
    most = max(score for score, _ in scored)
    return most, [standard for score, standard in scored if score == most] if most else []


def _stands(label: str, words: str, known: frozenset[str]) -> bool:
    """Whether a label stands in words other than as a part of another: 失能 in 半失能."""
    if label not in words:
        return False
    for other in known:
        if label in other and label != other:
            words = words.replace(other, "")
    return label in words


def _rows(sheet: Sheet, standards: Sequence[_Standard]) -> Iterator[Claim]:
    if len(sheet.rows) > _MOST_ROWS:
        return
    prices = [each.number for each in sheet.columns if _RATE.search(each.name) and _is_money(sheet, each.number)]
    amounts = [each.number for each in sheet.columns if _AMOUNT.search(each.name) and _is_money(sheet, each.number)]
    counts = [each.number for each in sheet.columns if each.number not in amounts and _counts(sheet, each.number)]
    mine = _own(sheet, standards) if prices or (amounts and counts) else {}
    if len(mine) < _FEWEST:
        return
    if prices:
        ways = [[_priced(sheet, row, standard, price) for row, standard in mine.items()] for price in prices]
    else:
        ways = [
            [_paid(sheet, row, standard, count, amount) for row, standard in mine.items()]
            for amount in amounts
            for count in counts
        ]
    tried = [[each for each in way if each is not None] for way in ways]
    best = max(tried, key=lambda way: sum(each.held for each in way), default=[])
    if scaled := next((way for way in tried if _is_scaled(way)), None):
        yield _in_another_unit(scaled)
        return
    right = [each for each in best if each.held]
    wrong = [each for each in best if not each.held]
    if right and wrong and len({each.standard.amount.span for each in wrong}) <= len(right):
        yield from _told(sheet, wrong, right)


def _own(sheet: Sheet, standards: Sequence[_Standard]) -> dict[int, _Standard]:
    """The standard of each row, by their words."""
    labels = {row.number: _labels(sheet, row.number) for row in sheet.rows if row.total is Total.NONE}
    known = frozenset(label for each in labels.values() for label in each)
    return _chosen({row: _best(each, standards, known) for row, each in labels.items() if each})


def _chosen(found: Mapping[int, tuple[int, list[_Standard]]]) -> dict[int, _Standard]:
    """The standard of each row; of several that fit as well the one that is no other row's."""
    sure = {row: some[0] for row, (_, some) in found.items() if some and len({one.amount.value for one in some}) == 1}
    taken = {each.amount.span for row, each in sure.items() if found[row][0] >= _OWN}
    chosen = dict(sure)
    for row, (_, some) in found.items():
        left = [one for one in some if one.amount.span not in taken]
        if row not in sure and len({one.amount.value for one in left}) == 1:
            chosen[row] = left[0]
    return chosen


def _counts(sheet: Sheet, column: int) -> bool:
    cells = sheet.down(column).values()
    name = next(each.name for each in sheet.columns if each.number == column)
    counted = all(each.measure in {Measure.COUNT, Measure.BARE, Measure.DAYS} for each in cells)
    return bool(cells) and counted and not _NO_COUNT.search(name)


def _priced(sheet: Sheet, row: int, standard: _Standard, price: int) -> _Tried | None:
    cell = sheet.cells.get((row, price))
    return _Tried(row, standard, cell, None, cell.value == standard.amount.value) if cell else None


def _paid(sheet: Sheet, row: int, standard: _Standard, count: int, amount: int) -> _Tried | None:
    number, stated = sheet.cells.get((row, count)), sheet.cells.get((row, amount))
    if number is None or stated is None or not stated.value or not number.value:
        return None
    return _Tried(row, standard, stated, number, _gives(standard.amount.value * number.value, stated))


def _gives(value: Fraction, stated: Quantity) -> bool:
    return stated.low <= value <= stated.high


def _is_scaled(way: Sequence[_Tried]) -> bool:
    """Whether all amounts of several standards are a ten-thousandth, or ten thousand times, what their standards give."""
    if len({each.standard.amount.value for each in way}) < _FEWEST or any(each.held for each in way):
        return False
    ratios = {
        scale
        for each in way
        for scale in (_SCALE, 1 / _SCALE)
        if each.count is not None and _gives(each.standard.amount.value * each.count.value * scale, each.stated)
    }
    return len(ratios) == 1 and all(
        each.count is not None and _gives(each.standard.amount.value * each.count.value * min(ratios), each.stated)
        for each in way
    )


def _in_another_unit(way: Sequence[_Tried]) -> Claim:
    first = way[0]
    assert first.count is not None
    amount = first.standard.amount
    due = _in_yuan(amount.value * first.count.value)
    said = f"{shown(amount)} × {shown(first.count)} = {due}，表中{shown(first.stated)}，各行都差一万倍"
    unit = "元" if "万" in first.stated.unit else "万元"
    every = (first.stated, amount, first.count, *(each.stated for each in way[1:]))
    return Claim(
        Relation.UNIT,
        first.stated.span,
        every,
        Verdict.CONTRADICTED,
        said,
        unit,
        first.stated.unit,
        Confidence.LIKELY,
    )


def _in_yuan(value: Fraction) -> str:
    return f"{round_to(value, 2).normalize():,f}元"


def _told(sheet: Sheet, wrong: list[_Tried], right: list[_Tried]) -> Iterator[Claim]:
    """One claim for each standard that does not give its rows; none that gives most of them."""
    for span in dict.fromkeys(each.standard.amount.span for each in wrong):
        rows = [each for each in wrong if each.standard.amount.span == span]
        held = sum(each.standard.amount.span == span for each in right)
        if held and held < len(rows):
            continue
        first = rows[0]
        amount = first.standard.amount
        name = "/".join(_labels(sheet, first.row))
        if first.count is None:
            said, expected = f"所写的标准是{shown(amount)}", shown(amount)
        else:
            expected = as_printed(amount.value * first.count.value, first.stated)
            said = f"{shown(amount)} × {shown(first.count)} = {expected}"
        counts = [] if first.count is None else [first.count]
        stated = (first.stated, amount, *counts, *(each.stated for each in rows[1:]))
        yield Claim(
            Relation.STANDARD,
            first.stated.span,
            stated,
            Verdict.CONTRADICTED,
            said,
            expected,
            name,
            Confidence.LIKELY,
        )


def _classes(sheet: Sheet, standards: Sequence[_Standard]) -> Iterator[Claim]:
    """A row that has a number of each class, and one amount for all: 自理 420, 半失能 360, 失能 540, 276,000 元."""
    names = {each.number: _plain(_UNIT.sub("", each.path[-1] if each.path else "")) for each in sheet.columns}
    counts = [number for number in names if _counts(sheet, number) and len(names[number]) >= _FEWEST]
    known = frozenset(names[number] for number in counts)
    mine: dict[int, _Standard] = {}
    for number in counts:
        score, some = _best([names[number]], standards, known)
        if score >= _OWN and len({one.amount.value for one in some}) == 1:
            mine[number] = some[0]
    amounts = [each.number for each in sheet.columns if _AMOUNT.search(each.name) and _is_money(sheet, each.number)]
    if len(mine) < _FEWEST or len(amounts) != 1:
        return
    rows = [
        row.number
        for row in sheet.rows
        if (row.number, amounts[0]) in sheet.cells and all((row.number, each) in sheet.cells for each in mine)
    ]
    if len(rows) < _FEWEST or any(_gives(_sum(sheet, row, mine), sheet.cells[row, amounts[0]]) for row in rows):
        return
    for number, standard in mine.items():
        rest = {each: other for each, other in mine.items() if each != number}
        if not all(sheet.cells[row, number].value for row in rows):
            continue
        given = {
            (sheet.cells[row, amounts[0]].value - _sum(sheet, row, rest)) / sheet.cells[row, number].value
            for row in rows
        }
        if len(given) == 1 and (one := given.pop()) > 0:
            first = sheet.cells[rows[0], amounts[0]]
            said = f"各行的金额都按{names[number]}{as_printed(one, standard.amount)}算出"
            expected = as_printed(one, standard.amount)
            stated = (standard.amount, first, sheet.cells[rows[0], number])
            yield Claim(
                Relation.STANDARD,
                standard.amount.span,
                stated,
                Verdict.CONTRADICTED,
                said,
                expected,
                names[number],
                Confidence.LIKELY,
            )
            return


def _sum(sheet: Sheet, row: int, standards: Mapping[int, _Standard]) -> Fraction:
    return sum((sheet.cells[row, column].value * each.amount.value for column, each in standards.items()), Fraction(0))
