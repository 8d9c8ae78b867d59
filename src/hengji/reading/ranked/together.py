"""What some rows of a table come to, and how far two are apart: 四个镇共16个; 三镇合计4,688人; 甲与乙相差33.12万元; 平均每家20.16万元.

A number that no column gives is contradicted by the one column that its words name, or that would give it were a digit written otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from hengji.model.claim import Claim, Hedge, Measure, Quantity, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.han import HAN
from hengji.reading.numerals import NUMERAL, whole_number
from hengji.reading.ranked.listing import Column, Listing, Named, Table, core
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.verdicts import Range, as_printed, exactly, range_of, shown, total, written_otherwise

_SO_MANY = pattern(
    rf"(?P<number>\d{{1,2}}|{NUMERAL})[个家所]?(?P<noun>{HAN}{{1,5}}?)(?:合计|共计|总计|共|累计|一共|总共)?"
)
_NUMBER = pattern(rf"(?P<number>\d{{1,2}}|{NUMERAL})[个家所]?")
_TOTAL = pattern("(?:合计|共计|总计|一共|总共|共|累计)$|(?:合计|共计|总计)")
_APART = pattern(
    rf"(?:两者|二者|前后|之间)?(?:相差|差距为?|之差为?|差额为?)$|比{HAN}{{1,12}}[高低多少](?:出|了)?$|[高低多少]于{HAN}{{2,10}}$"
)
_THAN_ALL = pattern("[高低多少]于(?:总体|整体|平均|综合|合计|全[市县区])")
_SINCE = pattern(
    rf"[比较](?P<year>20\d\d年)(?:末|底|度)?{HAN}{{0,4}}(?:增加|减少|上升|下降|提高|降低|增长|多|少)(?:了)?$"
)
_MEAN = pattern(rf"平均每(?P<unit>[个家户镇乡村所站]){HAN}{{0,12}}$|(?P<each>[户站家村镇院])均{HAN}{{0,8}}$")
_REACH, _LONG, _PAIR, _MOST, _SHORT = 90, 3, 2, 30, 20
_NO_SUM = frozenset({"年", "月", "岁", "倍", "日"})


@record
class _Way:
    """算法: what a column gives, and how that is written; ``named`` where the words name the column."""

    computed: Range
    written: str
    others: tuple[Quantity, ...]
    named: bool


def together(passage: Passage, listing: Listing) -> Iterator[Claim]:
    """Every sum, difference and mean of rows in a paragraph. Time is linear in the paragraph."""
    for mention in passage.mentions:
        if mention.quantity.hedge is not Hedge.NONE or mention.unit.kind in _NO_SUM:
            continue
        for relation, ways in (
            (Relation.SUM, _sums),
            (Relation.CHANGE, _apart),
            (Relation.CHANGE, _since),
            (Relation.AVERAGE, _means),
        ):
            found = list(ways(passage, listing, mention))
            claim = _claim(passage, mention, relation, found) if found else None
            if claim is not None:
                yield claim
                break


def _claim(passage: Passage, mention: Mention, relation: Relation, ways: Sequence[_Way]) -> Claim | None:
    """The way that gives the number; else the one that is named, or nearly gives it; None where several could be meant."""
    stated = mention.quantity
    held = next((way for way in ways if way.computed.holds(stated)), None)
    if held is not None:
        return _stated(passage, mention, relation, held)
    long = len(stated.printed.replace(",", "").replace(".", "").strip("0")) >= _LONG
    named = [way for way in ways if way.named]
    near = [way for way in (named or ways if long else named) if written_otherwise(stated, way.computed)]
    only = named if len({way.computed.value for way in named}) == 1 else []
    chosen = near if len({way.computed.value for way in near}) == 1 else only
    return _stated(passage, mention, relation, chosen[0]) if chosen else None


def _stated(passage: Passage, mention: Mention, relation: Relation, way: _Way) -> Claim:
    stated = mention.quantity
    held = way.computed.holds(stated)
    expected = as_printed(way.computed.value, stated)
    verdict = Verdict.HELD if held else Verdict.CONTRADICTED
    span = passage.span(mention.token.start - len(mention.before), mention.token.end)
    written = f"{way.written} = {expected}"
    about = mention.before.strip("的为是约仅达有")
    return Claim(
        relation, span, (stated, *way.others), verdict, written, "" if held else expected, about, Confidence.LIKELY
    )


def _sums(passage: Passage, listing: Listing, mention: Mention) -> Iterator[_Way]:
    """The sums of the rows of a group (四个镇), or of those named before 合计, that fit a number."""
    if mention.unit.measure not in {Measure.MONEY, Measure.COUNT} or mention.unit.per:
        return
    text, end = passage.text, mention.token.start
    begin = max(text.rfind("。", max(0, end - _REACH), end) + 1, end - _REACH, 0)
    clause = text[max(begin, *(text.rfind(stop, begin, end) + 1 for stop in ",;。:、")) : end].removeprefix("其中")
    group = _SO_MANY.match(clause)
    if group is not None:
        for table in listing.near(mention.quantity.span.start):
            rows = table.group(clause)
            if rows is not table.names:
                yield from _added(table, rows, mention, _behind(clause, table))
    if not _TOTAL.search(clause):
        return
    named = listing.named_in(text, begin, end - len(clause))
    number = _told_number(clause)
    for table in listing.tables_of(named[-1].alias) if named else ():
        rows = tuple(dict.fromkeys(each.alias for each in named if each.alias in table.names))[-number:]
        if _PAIR <= len(rows) < len(table.names) and number in {0, len(rows)}:
            yield from _added(table, rows, mention, _TOTAL.sub("", clause))


def _told_number(clause: str) -> int:
    """How many a total is said to be of: 三镇合计."""
    match = _NUMBER.match(clause)
    return (whole_number(match["number"]) or 0) if match else 0


def _behind(clause: str, table: Table) -> str:
    """The words of a clause behind its group."""
    match = _NUMBER.match(clause)
    return table.without_group(clause[match.end() :]) if match else clause


def _added(table: Table, rows: Collection[str], mention: Mention, words: str) -> Iterator[_Way]:
    names = [name for name in table.names if name in rows]
    words = _TOTAL.sub("", words)
    fitting = [each for each in table.columns if each.adds and each.fits(mention.quantity, mention.unit)]
    fitting = [each for each in fitting if all(name in each.cells for name in names)]
    own = [each for each in fitting if each.unit is not None]
    for column in fitting:
        cells = [column.cells[name] for name in names]
        alone = not core(words) and len(own) == 1 and column in own
        yield _Way(
            total(cells), " + ".join(map(shown, cells[:_MOST])), tuple(cells), alone or _is_called(column, words)
        )


def _is_called(column: Column, words: str) -> bool:
    """Whether words are the head of a column and no more."""
    return bool(words) and core(words) == core(column.head)


def _apart(passage: Passage, listing: Listing, mention: Mention) -> Iterator[_Way]:
    """How far two rows are apart that are named before, the last two of their sentence."""
    if not _APART.search(mention.before):
        return
    text, end = passage.text, mention.token.start
    begin = max(text.rfind("。", max(0, end - _REACH), end) + 1, end - _REACH, 0)
    named = listing.named_in(text, begin, end)
    if _THAN_ALL.search(mention.before):
        yield from _off_the_whole(listing, named[-1:], mention)
        return
    if len(named) < _PAIR:
        return
    one, other = named[-2:]
    for table in listing.tables_of(one.alias):
        first, second = table.aliases[one.alias], table.aliases.get(other.alias)
        if second is not None and first != second:
            yield from _differences(table, first, second, mention, text[begin:end])


def _off_the_whole(listing: Listing, named: Sequence[Named], mention: Mention) -> Iterator[_Way]:
    """How far a row is from what the total row says: 低于总体执行率3.42个百分点."""
    for each in named:
        for table in listing.tables_of(each.alias):
            for column in table.columns:
                own = column.cells.get(table.aliases[each.alias])
                rates = column.measure is Measure.RATE and mention.unit.measure is Measure.PERCENTAGE_POINTS
                if own is not None and column.total is not None and rates:
                    high, low = sorted((own, column.total), key=lambda cell: cell.value, reverse=True)
                    apart = range_of(high) - range_of(low)
                    yield _Way(apart, f"{shown(high)} - {shown(low)}", (high, low), core(column.head) in mention.before)


def _since(passage: Passage, listing: Listing, mention: Mention) -> Iterator[_Way]:
    """How far the last year of a table, or the one that the sentence names, is from the year that it is compared with."""
    match = _SINCE.search(mention.before)
    if match is None:
        return
    text, end = passage.text, mention.token.start
    begin = max(text.rfind("。", max(0, end - _REACH), end) + 1, end - _REACH, 0)
    for table in listing.tables_of(match["year"]):
        since = table.aliases[match["year"]]
        told = [each.alias for each in listing.named_in(text, begin, end) if each.alias in table.names]
        others = [each for each in told if each != since]
        last = others[-1] if others else max((name for name in table.names if name.startswith("20")), default=since)
        if last != since:
            yield from _differences(table, last, since, mention, text[begin:end])


def _differences(table: Table, first: str, second: str, mention: Mention, before: str) -> Iterator[_Way]:
    points = mention.unit.measure is Measure.PERCENTAGE_POINTS
    columns = [each for each in table.columns if first in each.cells and second in each.cells]
    for column in columns:
        fits = column.measure is Measure.RATE if points else column.fits(mention.quantity, mention.unit)
        if not fits or column.measure is Measure.BARE:
            continue
        one, other = column.cells[first], column.cells[second]
        high, low = (one, other) if one.value > other.value else (other, one)
        named = core(column.head) in before and len(core(column.head)) >= _PAIR
        yield _Way(range_of(high) - range_of(low), f"{shown(high)} - {shown(low)}", (high, low), named)


def _means(_: Passage, listing: Listing, mention: Mention) -> Iterator[_Way]:
    """The mean of a column of rows: what all of them have, over how many there are, or over another column's total."""
    match = _MEAN.search(mention.before)
    if match is None or mention.unit.measure not in {Measure.MONEY, Measure.COUNT}:
        return
    unit = match["unit"] or match["each"]
    for table in listing.near(mention.quantity.span.start):
        for column in table.columns:
            if column.total is None or not column.adds or not column.fits(mention.quantity, mention.unit):
                continue
            if unit in {"家", "个", "所", "站", "院", "镇", "乡", "村"} and len(table.names) >= _LONG:
                yield _mean(column, exactly(Fraction(len(table.names))), f"{len(table.names)}")
            for other in table.columns:
                if (
                    other.total is not None
                    and other.unit is not None
                    and other.unit.kind == unit
                    and other.total.low > 0
                ):
                    yield _mean(column, range_of(other.total), shown(other.total), other.total)


def _mean(column: Column, below: Range, written: str, *more: Quantity) -> _Way:
    assert column.total is not None
    mean = range_of(column.total).over_by(below)
    return _Way(mean or exactly(-1), f"{shown(column.total)} ÷ {written}", (column.total, *more), named=False)
