"""What the text tells of the rows of a table: the sums of all rows with a name, one after the other; a row and a column by their names.

“居家上门服务153.90万元，老年助餐75.00万元，适老化改造67.20万元” beside a table that has two rows of each; “县级资金结余19.05万元” beside the row 县级资金
and the column 结余数.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from hengji.model.claim import Claim, Hedge, Measure, Quantity, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.verdicts import added, agree, as_printed, range_of, repeated, written_otherwise
from hengji.reading.tables.sheet import Sheet, Total

_MEASURED = frozenset({Measure.MONEY, Measure.COUNT})
_MARK = pattern(r"^(?:[(（]?[\d一二三四五六七八九十]{1,3}[)）.、．]|其中[:：]?)+")
_TAIL = pattern(r"(?:专项)?资金$")
_LEAD = pattern(r"^.*(?:其中|包括|分别为|分别是|即|含|和|及)[:：]?")
_VERB = pattern(r"(?:支出|发放|投入|安排|补助|拨付|共|计|为|了|完成)+$")
_STEM = pattern(r"^(?P<stem>预算|到位|支出|结余)(?:资金|金额|数|额|总额)*$")
_TOLD = pattern(
    r"(?P<name>[^,;。:、]{2,24}?)(?:的|项目)?(?P<stem>预算|到位|支出|结余)(?:资金|金额|数|额)?(?:为|仅|共|有|达|是)?$"
)
_ROW_END = pattern(r"(?:专项)?资金$|项目$")
_YEAR = pattern(r"(?P<year>20\d\d)年")
_OTHER = pattern(r"上年|上一年|年初|调整[前后]|追加|自评|中期|其中|累计|截至\d+月|\d月")
_WHOLE = ("合计", "预算")
_MOST = 150
"""A row is held against no more tables that have its first name, so that time stays linear."""
_BUDGET = pattern(r"预算|涉及[^,;。]{0,12}资金|评价对象[^;。]{0,60}资金|计划投入|资金总额")
_SHORTEST, _LONGEST, _FEWEST, _TENS = 2, 14, 2, 10
_NO_NAME = pattern(r"^(?:小计|合计|总计)$|\d")


@record
class _Groups:
    """A column of a table by the names in another: the numbers of the rows of each, what they come to, and the sum of all."""

    cells: Mapping[str, list[Quantity]]
    sums: Mapping[str, Fraction]
    total: Fraction


def rows_told(passages: Sequence[Passage], sheets: Sequence[Sheet]) -> Iterator[Claim]:
    """Numbers of rows that the text tells otherwise than the table has them. Time is linear but for tables that share names."""
    groups = [each for sheet in sheets for each in _groups(sheet)]
    known: dict[str, list[_Groups]] = defaultdict(list)
    for each in groups:
        for name in each.sums:
            known[name].append(each)
    cells = _cells(sheets)
    printed = frozenset(each.value for sheet in sheets for each in sheet.cells.values())
    year = _usual(passages)
    for passage in passages:
        yield from _one_by_one(passage, known, printed)
        if cells:
            yield from _by_names(passage, cells, year)
            yield from _of_whole(passage, cells.get(_WHOLE, []), printed, year)


def _groups(sheet: Sheet) -> Iterator[_Groups]:
    """Only columns of names some of which stand more than once: of others another reader asks."""
    rows = [row for row in sheet.rows if row.total is Total.NONE]
    numbers = [each for each in sheet.columns if sheet.down(each.number) and sheet.adds(each)]
    for names in sheet.columns:
        called = {row.number: sheet.words.get((row.number, names.number), "") for row in rows}
        found = Counter(called.values())
        if len(found) < _FEWEST or max(found.values()) < _FEWEST or any(_NO_NAME.search(name) for name in found):
            continue
        if any(not _SHORTEST <= len(name) <= _LONGEST for name in found):
            continue
        for column in numbers:
            cells = sheet.down(column.number)
            if all(row.number in cells for row in rows) and all(
                each.measure in {*_MEASURED, Measure.BARE} for each in cells.values()
            ):
                parts: dict[str, list[Quantity]] = defaultdict(list)
                for row in rows:
                    parts[called[row.number]].append(cells[row.number])
                sums = {name: sum((each.value for each in some), Fraction(0)) for name, some in parts.items()}
                yield _Groups(parts, sums, sum(sums.values(), Fraction(0)))


def _one_by_one(passage: Passage, known: Mapping[str, list[_Groups]], printed: frozenset[Fraction]) -> Iterator[Claim]:
    """Numbers with the names of a column right before them, in one sentence: most are its sums, and one is not, nor stands in any table."""
    told: dict[int, list[tuple[str, Mention]]] = defaultdict(list)
    for mention in passage.mentions:
        name = _name(mention, known)
        if name:
            told[mention.sentence].append((name, mention))
    for pairs in told.values():
        names = [name for name, _ in pairs]
        if len(names) < _FEWEST or len(set(names)) < len(names):
            continue
        best = max(
            (each for each in known[names[0]][:_MOST] if set(names) <= each.sums.keys()),
            key=lambda each: sum(_same(mention, each.sums[name]) for name, mention in pairs),
            default=None,
        )
        if best is None:
            continue
        odd = [(name, mention) for name, mention in pairs if not _same(mention, best.sums[name])]
        same = {mention.quantity.value for name, mention in pairs if _same(mention, best.sums[name])}
        swapped = (
            len(odd) == len(pairs) == len(best.sums)
            and sum((mention.quantity.value for _, mention in odd), Fraction(0)) == best.total
        )
        if odd and (swapped or (len(same) >= _FEWEST and len(odd) == 1)):
            name, mention = odd[0]
            if mention.quantity.value in printed:
                continue
            yield _otherwise(mention, best.cells[name], best.sums[name], name)


def _otherwise(mention: Mention, parts: list[Quantity], whole: Fraction, name: str) -> Claim:
    stated = mention.quantity
    if len(parts) == 1:
        return repeated(stated, parts[0], Verdict.CONTRADICTED, Confidence.LIKELY, f"{name}的数")
    right = as_printed(whole, stated)
    said = f"{added(parts)} = {right}"
    return Claim(
        Relation.DISTANT,
        stated.span,
        (stated, *parts),
        Verdict.CONTRADICTED,
        said,
        right,
        name,
        Confidence.LIKELY,
    )


def _name(mention: Mention, known: Mapping[str, list[_Groups]]) -> str:
    if mention.unit.measure not in _MEASURED or mention.unit.per or mention.quantity.hedge is not Hedge.NONE:
        return ""
    words = mention.before
    if words in known:
        return words
    words = _LEAD.sub("", words)
    for each in (words, _VERB.sub("", words)):
        if each in known:
            return each
    return ""


def _same(mention: Mention, value: Fraction) -> bool:
    return mention.quantity.low <= value <= mention.quantity.high


def _cells(sheets: Sequence[Sheet]) -> dict[tuple[str, str], list[Quantity]]:
    """Amounts by the names of row and column; none where tables do not agree on them."""
    found: dict[tuple[str, str], list[Quantity]] = defaultdict(list)
    for sheet in sheets:
        stems = {
            each.number: match["stem"] for each in sheet.columns if (match := _STEM.match(_bare(each.name))) is not None
        }
        if len(stems) < _FEWEST or len(set(stems.values())) < len(stems):
            continue
        for row in sheet.rows:
            name = _TAIL.sub("", _MARK.sub("", row.path[-1] if row.path else ""))
            name = _WHOLE[0] if row.total is Total.GRAND else name
            if row.total is Total.SUB or not _SHORTEST <= len(name) <= _LONGEST:
                continue
            for column, stem in stems.items():
                cell = sheet.cells.get((row.number, column))
                if cell is not None and cell.measure is Measure.MONEY:
                    found[name, stem].append(cell)
    return {named: every if agree(every) else [] for named, every in found.items()}


def _bare(name: str) -> str:
    return name.partition("(")[0].partition("/")[0]


def _usual(passages: Sequence[Passage]) -> str:
    years = Counter(match["year"] for passage in passages for match in _YEAR.finditer(passage.text))
    return years.most_common(1)[0][0] if years else ""


def _by_names(passage: Passage, cells: Mapping[tuple[str, str], list[Quantity]], year: str) -> Iterator[Claim]:
    """“县级资金结余9.05万元” against the cell of that row and column."""
    for mention in passage.mentions:
        if mention.unit.measure is not Measure.MONEY or mention.unit.per or mention.quantity.hedge is not Hedge.NONE:
            continue
        match = _TOLD.fullmatch(mention.before)
        if match is None:
            continue
        words = _ROW_END.sub("", match["name"])
        name = next(
            (words[-n:] for n in range(min(len(words), _LONGEST), 1, -1) if (words[-n:], match["stem"]) in cells), ""
        )
        found = cells.get((name, match["stem"]), [])
        if not found or agree((mention.quantity, found[0])):
            continue
        start, end = (passage.tokens[at].start for at in (passage.sentences[mention.sentence][0], mention.at))
        sentence = passage.text[start:end]
        years = {each["year"] for each in _YEAR.finditer(sentence)}
        if _OTHER.search(mention.before) or years - {year}:
            continue
        yield repeated(mention.quantity, found[0], Verdict.CONTRADICTED, Confidence.LIKELY, f"{name}的{match['stem']}")


def _of_whole(passage: Passage, wholes: list[Quantity], printed: frozenset[Fraction], year: str) -> Iterator[Claim]:
    """A budget that no table has, one digit off the only total of budgets, or with two that changed places: 303.00万元 for 330.00万元."""
    for mention in passage.mentions if wholes else ():
        stated = mention.quantity
        whole = next((each for each in wholes if each.unit == stated.unit), wholes[0])
        if stated.measure is not Measure.MONEY or mention.unit.per or stated.hedge is not Hedge.NONE:
            continue
        if stated.value in printed or len(stated.printed) < len(whole.printed) or not _BUDGET.search(mention.before):
            continue
        start = passage.tokens[passage.sentences[mention.sentence][0]].start
        years = {each["year"] for each in _YEAR.finditer(passage.text, start, mention.token.start)}
        if _OTHER.search(passage.text, start, mention.token.start) or years - {year}:
            continue
        if written_otherwise(stated, range_of(whole)):
            yield repeated(stated, whole, Verdict.CONTRADICTED, Confidence.LIKELY, "预算合计")
