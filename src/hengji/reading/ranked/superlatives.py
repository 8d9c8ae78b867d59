"""Which row has the most or the least: 城关镇最多,达2,167人; 新增对象最多的是柳河镇; 低保老人次之; 甲镇、乙镇、丙镇列前三位."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from hengji.model.claim import Claim, Hedge, Measure, Quantity, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.han import HAN
from hengji.reading.numerals import whole_number
from hengji.reading.ranked.listing import Column, Listing, Named, Table, called, core
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.verdicts import Range, agree, as_printed, range_of, repeated, shown, written_otherwise

_CUE = pattern(
    "(?P<most>最[多高大]|并列(?:全[市县区])?(?:第一|首位|最多)|居(?:全[市县区镇省])?(?:首位?|第一)|排(?:名|在)?(?:首位|第一)|[名位]列第一)|(?P<least>最[少低小]|居末位?|排(?:名)?(?:末位|最后))"
)
_SECOND = pattern("(?P<after>次之|居第二|排(?:名)?第二|位列第二)|(?P<before>其次(?:是|为)?|第二(?:是|为))")
_TOP = pattern(r"(?:列|居|排名?|位[列居]|分[列居])(?:在|于)?(?:全[市县区])?前(?P<number>[二三四五六两\d])(?:位|名|列)?")
_IS = pattern(",?(?:的(?:是|为|有|分别是|依次是|前.位)?|是|为)[:,]?")
_TELLS = pattern(
    rf"[,(]?(?:也|且|均|都|仅|只|就|共|各|有|为|是|达到?|高达|低至|约|到|的|数|了|分别|其|占比?|{HAN}{{0,4}}(?:为|达|有))*"
)
_BETWEEN = pattern(rf"(?:的|对|在|其|中|[“”]|{HAN})*")
_NO_WORDS = pattern("^(?:[为是]?近?[两三四五]年[来中内]?|的|也|均|都|为|是|数量|略|相对|所占|[“”])*$")
_HEADS = pattern("^(?:的|受益|服务|享受|发放|支出|总)*(?:人数|金额|总额)$")
_PEOPLE = ("人数", "老人", "对象")
_TOTALS = frozenset({"合计", "小计", "总计", "共计", "人数", "数量", "金额"})
_SHARE = pattern("占比|比重|比例|份额")
_AND = ("与", "和", "、", "及")
_STOPS = ",。;:、()"
_CLAUSE, _GAP, _SENTENCE = 60, 18, 160
_FEWEST, _LONG, _PAIR = 3, 3, 2
_NEGATED = pattern("(?:非|不是|未必|并非)$")
_OTHER_TIME = pattern("历史|历年|有史|近年来?|同期|上年")


@record
class _Said:
    """排名的说法: the row, the direction, the words of what is measured, the number told if any, and the text it stands in."""

    named: Named
    most: bool
    words: str
    mention: Mention | None
    begin: int
    end: int

    @property
    def is_share(self) -> bool:
        """Whether it is a share of the whole, which the number in the table need not be."""
        rate = self.mention is not None and self.mention.unit.measure is Measure.RATE
        return rate and _SHARE.search(self.words) is not None


def superlatives(passage: Passage, listing: Listing) -> Iterator[Claim]:
    """Every statement of a paragraph about the first or the last of a list. Time is linear in the paragraph."""
    text = passage.text
    for cue in _CUE.finditer(text):
        said = _said(passage, listing, cue.start(), cue.end(), most=cue["most"] is not None)
        if said is not None:
            claim = _judged(passage, listing, said)
            if claim is not None:
                yield claim
            if claim is None or claim.verdict is Verdict.HELD:
                yield from _seconds(passage, listing, said)
    yield from _tops(passage, listing)


def _said(passage: Passage, listing: Listing, start: int, end: int, *, most: bool) -> _Said | None:
    """What is said around a superlative; behind it the row may stand (最多的是柳河镇), else it stands before."""
    text = passage.text
    first = max(0, start - _CLAUSE)
    begin = max(first, *(text.rfind(stop, first, start) + 1 for stop in _STOPS))
    if _NEGATED.search(text, begin, start) or _OTHER_TIME.search(text, begin, start):
        return None
    link = _IS.match(text, end)
    behind = listing.begins_with(text, link.end()) if link else None
    if behind is not None and link is not None and "的" in link[0]:
        mention = _number(passage, behind.end)
        words = "" if text[start - 1 : start] in _AND else text[begin:start]
        return _Said(behind, most, words, mention, begin, mention.token.end if mention else behind.end)
    named = listing.named_in(text, begin, start)
    named = [each for each in named if each.whole] or named
    if not named or start - named[-1].end > _GAP or not _BETWEEN.fullmatch(text, named[-1].end, start):
        return None
    mention = _number(passage, end)
    words = text[named[-1].end : start] or text[begin : named[-1].start]
    if named[-1].start and text[named[-1].start - 1] == "、":
        return None  # one of several that are the most together
    return _Said(named[-1], most, words, mention, begin, mention.token.end if mention else end)


def _number(passage: Passage, end: int) -> Mention | None:
    """The number that is told right behind."""
    for mention in passage.mentions:
        if mention.token.start >= end:
            exact = mention.quantity.hedge is Hedge.NONE
            return mention if exact and _TELLS.fullmatch(passage.text, end, mention.token.start) else None
    return None


def _judged(passage: Passage, listing: Listing, said: _Said) -> Claim | None:
    """Whether the row is the first of a column that the number, or else the words, tell of; None where nothing says which column."""
    ways = list(_ways(passage, listing, said))
    if any(each.first for each in ways if each.told):
        firsts = [each for each in ways if each.told and each.first]
        odd = _other_share(said, firsts) if said.is_share else None
        return odd or _rank(passage, said, firsts[0], Verdict.HELD)
    valued = said.mention is not None and not said.is_share
    told = [each for each in ways if each.told]
    if told and (not valued or all(each.named for each in told) or _is_long(said)):
        return _rank(passage, said, told[0], Verdict.CONTRADICTED)
    if not valued or said.mention is None:
        return None
    for each in ways:
        sure = each.named or _is_long(said)
        if sure and each.first and written_otherwise(said.mention.quantity, range_of(each.own)):
            about = f"{each.row}的数"
            return repeated(said.mention.quantity, each.own, Verdict.CONTRADICTED, Confidence.LIKELY, about)
    for each in ways:
        if (
            (each.named or each.in_unit or _is_long(said))
            and not each.first
            and agree((said.mention.quantity, each.best))
        ):
            return _rank(passage, said, each, Verdict.CONTRADICTED)
    return None


def _other_share(said: _Said, firsts: Sequence[_Way]) -> Claim | None:
    """That the share told is not that of the row, which one digit or another order of them would give."""
    assert said.mention is not None
    stated = said.mention.quantity
    shares = [(each, share) for each in firsts if (share := each.share) is not None]
    if not shares or any(share.holds(stated) for _, share in shares):
        return None
    near = [(each, share) for each, share in shares if written_otherwise(stated, share)]
    if not near:
        return None
    each, share = near[0]
    expected = as_printed(share.value, stated)
    quantities = (stated, each.own) if each.total is None else (stated, each.own, each.total)
    written = " ÷ ".join(map(shown, quantities[1:]))
    about = f"{each.row}的占比"
    return Claim(
        Relation.SHARE,
        stated.span,
        quantities,
        Verdict.CONTRADICTED,
        f"{written} = {expected}",
        expected,
        about,
        Confidence.LIKELY,
    )


@record
class _Way:
    """一种读法: a column with the row's own number and the best of its rows; ``told`` where this is the column meant, ``named`` where the words name it."""

    row: str
    own: Quantity
    best_row: str
    best: Quantity
    first: bool
    told: bool
    named: bool
    in_unit: bool
    total: Quantity | None = None

    @property
    def share(self) -> Range | None:
        """The row's share of the whole, where the column tells it or has a total."""
        if self.own.measure is Measure.RATE:
            return range_of(self.own)
        return range_of(self.own).over_by(range_of(self.total)) if self.total is not None else None


def _ways(passage: Passage, listing: Listing, said: _Said) -> Iterator[_Way]:
    text = passage.text
    sentence = max(text.rfind("。", max(0, said.begin - _SENTENCE), said.begin) + 1, said.begin - _SENTENCE)
    before = text[max(0, sentence - _SENTENCE) : said.end]
    for table in listing.tables_of(said.named.alias):
        row = table.aliases[said.named.alias]
        rows = table.group(text[sentence : said.named.start])
        rows = rows if row in rows else table.names
        named = list(_meant(table, said, before))
        for column in table.columns:
            share = said.is_share and column.measure is not Measure.RATE
            if row not in column.cells or not (share or said.mention is None or _fits(column, said.mention)):
                continue
            own, (best_row, best) = column.cells[row], _best(column, rows, most=said.most)
            by_words = column in named
            valued = said.mention is not None and not share
            told = agree((own, said.mention.quantity)) if valued and said.mention is not None else by_words
            first = best.value == own.value
            yield _Way(row, own, best_row, best, first, told, by_words, column.unit is not None, column.total)


def _fits(column: Column, mention: Mention) -> bool:
    return column.fits(mention.quantity, mention.unit)


def _meant(table: Table, said: _Said, before: str) -> Iterator[Column]:
    """The columns that the words name; where they name nothing, those whose name stands last before them in the sentence."""
    if _SHARE.search(said.words):
        rest = _SHARE.sub("", said.words)
        own = [each for each in table.columns if rest and each.adds and called(each, rest)]
        yield from own or (each for each in table.columns if _SHARE.search(each.head) or each.head in _TOTALS)
    elif _HEADS.search(said.words):
        people = said.words.endswith(_PEOPLE)
        yield from (each for each in table.columns if _counts(each, people=people))
    elif not _NO_WORDS.match(said.words):
        yield from (each for each in table.columns if called(each, said.words))
    else:
        yield from _last_named(table, before)


def _last_named(table: Table, before: str) -> Iterator[Column]:
    heads = [(before.rfind(core(each.head)), each) for each in table.columns if len(core(each.head)) >= _PAIR]
    last = max((at for at, _ in heads), default=-1)
    yield from (each for at, each in heads if at == last >= 0)


def _counts(column: Column, *, people: bool) -> bool:
    """Whether a column tells how many people there are, or how much money: by its unit, or by its name and that it is the total."""
    if people:
        return column.head.endswith(_PEOPLE) or (column.unit is not None and column.unit.kind == "人")
    return column.measure is Measure.MONEY and column.adds


def _best(column: Column, rows: Collection[str], *, most: bool) -> tuple[str, Quantity]:
    cells = [(name, each) for name, each in column.cells.items() if name in rows]
    return (max if most else min)(cells, key=lambda pair: pair[1].value)


def _is_long(said: _Said) -> bool:
    """Whether a number has digits enough to be known by them."""
    return said.mention is not None and len(said.mention.quantity.printed.replace(",", "").replace(".", "")) >= _LONG


def _rank(passage: Passage, said: _Said, way: _Way, verdict: Verdict) -> Claim:
    span = passage.span(min(said.begin, said.named.start), said.end)
    word = "最大" if said.most else "最小"
    held = verdict is Verdict.HELD
    written = f"{way.best_row}{shown(way.best)}" + (
        "" if held else f" {'>' if said.most else '<'} {way.row}{shown(way.own)}"
    )
    expected = "" if held else f"{word}的是{way.best_row}"
    return Claim(Relation.RANK, span, (way.own, way.best), verdict, written, expected, way.row, Confidence.LIKELY)


def _seconds(passage: Passage, listing: Listing, said: _Said) -> Iterator[Claim]:
    """Who comes next behind a first that holds: 高龄独居老人最高,达42.46%,低保老人次之."""
    text = passage.text
    stop = text.find("。", said.end)
    stop = len(text) if stop < 0 else stop
    cue = _SECOND.search(text, said.end, stop)
    if cue is None or _CUE.search(text, said.end, cue.start()):
        return
    if cue["after"]:
        named = listing.named_in(text, max(said.end, cue.start() - _CLAUSE), cue.start())[-1:]
        named = [each for each in named if not text[each.end : cue.start()].strip("也则列")]
    else:
        named = list(filter(None, [listing.begins_with(text, cue.end())]))
    for each in named:
        ways = list(_places(listing, said, each))
        if ways and not any(place == _PAIR for place, *_ in ways):
            _, row, own, second = ways[0]
            span = passage.span(min(each.start, cue.start()), max(each.end, cue.end()))
            written = f"第二的是{second[0]}{shown(second[1])}，{row}{shown(own)}"
            yield Claim(
                Relation.RANK,
                span,
                (own, second[1]),
                Verdict.CONTRADICTED,
                written,
                f"第二的是{second[0]}",
                row,
                Confidence.LIKELY,
            )


def _places(listing: Listing, said: _Said, other: Named) -> Iterator[tuple[int, str, Quantity, tuple[str, Quantity]]]:
    """The place of a row in each column of which the other is the first."""
    for table in listing.tables_of(said.named.alias):
        first, row = table.aliases[said.named.alias], table.aliases.get(other.alias)
        for column in table.columns:
            own = column.cells.get(row) if row else None
            ordered = sorted(column.cells.items(), key=lambda pair: pair[1].value, reverse=said.most)
            if own is None or row is None or row == first or ordered[0][0] != first or len(ordered) < _FEWEST:
                continue
            if said.mention is not None and not _fits(column, said.mention):
                continue
            if said.mention is not None and not agree((ordered[0][1], said.mention.quantity)):
                continue
            place = 1 + sum(each.value > own.value if said.most else each.value < own.value for _, each in ordered)
            yield place, row, own, ordered[1]


def _tops(passage: Passage, listing: Listing) -> Iterator[Claim]:
    """Rows in a row that are said to be the first so many: in no column of theirs they are."""
    text = passage.text
    for cue in _TOP.finditer(text):
        number = whole_number(cue["number"]) or 0
        first = max(0, cue.start() - _CLAUSE)
        begin = max(first, *(text.rfind(stop, first, cue.start()) + 1 for stop in ",。;:("))
        named = listing.named_in(text, begin, cue.start())
        if len(named) != number:
            end = min((at for stop in "。;" if (at := text.find(stop, cue.end())) >= 0), default=len(text))
            named = listing.named_in(text, cue.end(), min(end, cue.end() + _CLAUSE))[:number]
        if len(named) != number or number < _PAIR:
            continue
        claim = _of_first(passage, listing, named)
        if claim is not None:
            yield claim


def _of_first(passage: Passage, listing: Listing, named: Sequence[Named]) -> Claim | None:
    odd: tuple[str, Quantity, str, Quantity] | None = None
    for table in listing.tables_of(named[0].alias):
        rows = {table.aliases.get(each.alias, "") for each in named}
        for column in table.columns:
            if not rows <= column.cells.keys() or len(column.cells) <= len(rows) or column.measure is Measure.RATE:
                continue
            ordered = sorted(column.cells.items(), key=lambda pair: pair[1].value, reverse=True)
            least = min(column.cells[row].value for row in rows)
            if least >= ordered[len(rows) - 1][1].value:
                return None
            missed = next((pair for pair in ordered[: len(rows)] if pair[0] not in rows), None)
            row = min(rows, key=lambda each: column.cells[each].value)
            if missed is not None and odd is None:
                odd = row, column.cells[row], *missed
    if odd is None:
        return None
    row, own, other, its = odd
    span = passage.span(min(each.start for each in named), max(each.end for each in named))
    written = f"{other}{shown(its)} > {row}{shown(own)}"
    return Claim(
        Relation.RANK, span, (own, its), Verdict.CONTRADICTED, written, f"其中有{other}", row, Confidence.LIKELY
    )
