"""How many rows of a table are beyond a bound: 超过200万元的有2个; 使用率在80%及以上的有4家; 完成率均在90%以上; 唯一低于80万元的乡镇."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengji.model.claim import Claim, Hedge, Measure, Quantity, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.han import HAN
from hengji.reading.ranked.listing import Column, Listing, Table, called, core
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.verdicts import shown

_EQUAL = pattern("不|以[上下内]|至[多少]|最[多少]|达|之内")
_NOT_OVER = pattern("[未不]$")
_SO_MANY = pattern(rf"的(?P<noun>{HAN}{{0,8}}?)(?:共|仅|只|也)?(?:有|为|达)?")
_ALL = pattern("(?:均|都|全部|全都)(?:在|已|未|不|为|达到?)*$")
_ONLY = pattern("(?:唯一一?[个家所]?|仅有?一[个家所]|只有一[个家所])")
_LISTED = pattern("[,:(](?:分别|即|包括|具体|主要)(?:是|为|有)?[:,]?")
_ONLY_IT = pattern("的(?:机构|乡镇|街道|单位|地区)?(?:只有|仅有|仅)")
_ANY = pattern("机构|单位|乡镇|镇街|街镇|地区|项目|企业|养老机构|县区|县市|区县|[县镇乡村]|")
_REACH, _WORDS, _FEWEST, _PAIR = 120, 24, 3, 2
_MEASURED = frozenset({Measure.MONEY, Measure.RATE, Measure.COUNT})


@record
class _Bound:
    """界限: the number, whether more or less than it is meant, and itself with it (``equal``); ``end`` is where its words end."""

    mention: Mention
    more: bool
    equal: bool
    end: int

    def meets(self, cell: Quantity) -> bool:
        limit = self.mention.quantity.value
        return (
            cell.value == limit
            if self.equal and cell.value == limit
            else (cell.value > limit) is self.more and cell.value != limit
        )


def limits(passage: Passage, listing: Listing) -> Iterator[Claim]:
    """Every bound of a paragraph that rows of a table are counted by. Time is linear in the paragraph."""
    for number, mention in enumerate(passage.mentions):
        bound = _bound(mention) if mention.unit.measure in _MEASURED and not mention.unit.per else None
        if bound is None:
            continue
        every = _ALL.search(mention.before)
        told = passage.mentions[number + 1 : number + 2]
        so_many = _SO_MANY.fullmatch(passage.text, bound.end, told[0].token.start) if told else None
        claim = None
        if so_many and told[0].unit.measure is Measure.COUNT and told[0].quantity.hedge is Hedge.NONE:
            claim = _counted(passage, listing, bound, told[0], so_many["noun"])
        elif every is not None and not passage.text.startswith("的", bound.end):
            claim = _all(passage, listing, bound)
        elif passage.text.startswith("的", bound.end) and _ONLY.search(mention.before):
            claim = _only(passage, listing, bound)
        elif (only := _ONLY_IT.match(passage.text, bound.end)) is not None:
            claim = _named_only(passage, listing, bound, only.end())
        if claim is not None:
            yield claim


def _bound(mention: Mention) -> _Bound | None:
    if mention.quantity.hedge not in {Hedge.MORE, Hedge.LESS}:
        return None
    more = (mention.quantity.hedge is Hedge.MORE) is not bool(_NOT_OVER.search(mention.before))
    equal = bool(_EQUAL.search(mention.token.text) or _NOT_OVER.search(mention.before))
    return _Bound(mention, more, equal, mention.token.end)


def _counted(passage: Passage, listing: Listing, bound: _Bound, told: Mention, noun: str) -> Claim | None:
    """That so many rows are beyond a bound: of the columns that the words name, none says so."""
    found = [each for each in _columns(passage, listing, bound, noun) if _may_be_all(passage, listing, told, each)]
    counts = [(sum(map(bound.meets, cells)), column, cells) for _, column, cells in found]
    if any(count == told.quantity.value for count, *_ in counts):
        return None
    if not counts or len({count for count, *_ in counts}) > 1:
        return None
    count, _, cells = counts[0]
    met = [cell for cell in cells if bound.meets(cell)] or cells[:1]
    written = f"表中有{count}行：{'、'.join(shown(each) for each in met[: _REACH // 10])}" if count else "表中没有"
    return Claim(
        Relation.RANK,
        passage.span(bound.mention.token.start - len(bound.mention.before), told.token.end),
        (told.quantity, *met[:_PAIR]),
        Verdict.CONTRADICTED,
        written,
        f"{count}{told.quantity.unit}",
        "",
        Confidence.LIKELY,
    )


def _may_be_all(
    passage: Passage, listing: Listing, told: Mention, way: tuple[Table, Column, Sequence[Quantity]]
) -> bool:
    """Whether rows may be all of the things that are counted: as many as are announced before, and some of those named behind."""
    table, _, cells = way
    before = [
        each
        for each in passage.mentions
        if told.token.start - _REACH <= each.token.start < told.token.start
        and each.unit.kind == told.unit.kind
        and each.quantity.value > told.quantity.value
    ]
    if before and not any(each.quantity.value == len(cells) for each in before):
        return False
    listed = _LISTED.match(passage.text, told.token.end)
    if listed is None:
        return True
    named = listing.named_in(passage.text, listed.end(), min(len(passage.text), listed.end() + _REACH))
    return any(each.alias in table.aliases for each in named)


def _all(passage: Passage, listing: Listing, bound: _Bound) -> Claim | None:
    """That all rows are beyond a bound."""
    odd: Quantity | None = None
    for _, _, cells in _columns(passage, listing, bound):
        wrong = next((each for each in cells if not bound.meets(each)), None)
        if wrong is None:
            return None
        odd = odd or wrong
    if odd is None:
        return None
    return _contradicted(passage, bound, bound.end, (odd,), f"表中有{shown(odd)}", "每一行都这样")


def _only(passage: Passage, listing: Listing, bound: _Bound) -> Claim | None:
    """That one row alone is beyond a bound."""
    several: Sequence[Quantity] = ()
    for _, _, cells in _columns(passage, listing, bound):
        met = [each for each in cells if bound.meets(each)]
        if len(met) == 1:
            return None
        several = several or met or cells[:1]
    if not several:
        return None
    written = f"表中有{len(several)}行：{'、'.join(map(shown, several[:6]))}"
    return _contradicted(passage, bound, bound.end, several[:_PAIR], written, "只有一行这样")


def _named_only(passage: Passage, listing: Listing, bound: _Bound, at: int) -> Claim | None:
    """That one row by name alone is beyond a bound: 不足200人的只有罗溪镇."""
    named = listing.begins_with(passage.text, at)
    odd: tuple[str, Quantity] | None = None
    for table, column, _ in _columns(passage, listing, bound) if named else ():
        row = table.aliases.get(named.alias) if named else None
        own = column.cells.get(row) if row else None
        if own is None or row is None:
            continue
        if bound.meets(own):
            return None
        odd = odd or (row, own)
    if odd is None or named is None:
        return None
    return _contradicted(passage, bound, named.end, odd[1:], f"表中{odd[0]}是{shown(odd[1])}", "", odd[0])


def _contradicted(
    passage: Passage, bound: _Bound, end: int, cells: Sequence[Quantity], written: str, expected: str, about: str = ""
) -> Claim:
    """What is told of a bound, up to ``end``, that the cells of a table do not bear out."""
    return Claim(
        Relation.RANK,
        passage.span(bound.mention.token.start - len(bound.mention.before), end),
        (bound.mention.quantity, *cells),
        Verdict.CONTRADICTED,
        written,
        expected,
        about,
        Confidence.LIKELY,
    )


def _columns(
    passage: Passage, listing: Listing, bound: _Bound, noun: str = ""
) -> Iterator[tuple[Table, Column, Sequence[Quantity]]]:
    """The columns that the words before a bound name, else the sentence last, with the numbers of the rows that are meant."""
    start = bound.mention.token.start
    text = passage.text[max(0, start - _REACH) : start]
    sentence = text[text.rfind("。") + 1 :]
    only = _ONLY.search(bound.mention.before)
    words = "" if only else _ALL.sub("", bound.mention.before).removesuffix("在")
    best, found = 0, list[tuple[Table, Column, Sequence[Quantity]]]()
    for table in listing.near(bound.mention.quantity.span.start):
        rows = table.group(sentence)
        own = [name for name in rows if noun and name.endswith(noun)]
        if noun and not own and not _ANY.fullmatch(noun):
            continue
        for column in table.columns:
            cells = [cell for name, cell in column.cells.items() if name in (own or rows)]
            if len(cells) < (_FEWEST if rows is table.names else _PAIR) or not column.fits(
                bound.mention.quantity, bound.mention.unit
            ):
                continue
            score = _named(column, table.without_group(words), sentence)
            if score > best:
                best, found = score, []
            if score == best > 0:
                found.append((table, column, cells))
    yield from found


def _named(column: Column, words: str, sentence: str) -> int:
    """How far back in a sentence a column is named, the later the more; nothing where it is not, or the words beside the bound are of another."""
    if len(core(words)) >= _PAIR:
        return len(sentence) if called(column, words) else 0
    head = core(column.head)
    head = head[-_PAIR - 1 :] if head.endswith("率") and head not in sentence else head
    return sentence.rfind(head) + len(head) if len(head) >= _PAIR and head in sentence else 0
