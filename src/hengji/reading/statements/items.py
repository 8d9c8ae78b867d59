"""Items in paragraphs of their own under a paragraph that announces them: their number, and amounts that add up to its totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengji.model.claim import Claim, Measure, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.numerals import whole_number
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.parts import OVERLAPPING, addable
from hengji.reading.statements.tokens import TOTALS
from hengji.reading.statements.verdicts import added, as_printed, label, shown, total

_MARK = pattern(
    r"[-—*]?(?:(?P<circled>[①-⑳])|\((?P<bracketed>\d{1,2})\)|(?P<plain>\d{1,2})[.、](?!\d)|(?P<ordinal>[一二三四五六七八九十]+)是"
    r"|\((?P<chinese>[一二三四五六七八九十]+)\)|第(?P<nth>[一二三四五六七八九十]+),)"
)
_ANNOUNCED = pattern(r"(?::|如下|以下)[^。]{0,16}[:。]?$|:$")
_COUNT = pattern(r"^[^,。;:]{0,20}(?::|如下|[。]?$)")
_THINGS = frozenset({"个", "项", "类", "大类", "方面", "种", "条"})
_WIDEST_GAP = 2
_TAIL, _PAIR = 24, 2
_FIRST = frozenset((style, 1) for style in ("circled", "bracketed", "plain", "ordinal", "chinese", "nth"))


@record
class _Item:
    """条目: its passages, the first of which bears the mark."""

    passages: list[Passage]

    def mentions(self) -> list[Mention]:
        return [mention for passage in self.passages for mention in passage.mentions]


def items(passages: Sequence[Passage]) -> Iterator[Claim]:
    """What a paragraph announces of the items that follow it."""
    for number in range(1, len(passages)):
        passage = passages[number - 1]
        if _ANNOUNCED.search(passage.text[-_TAIL:]):
            block = _block(passages, number)
            if len(block) > 1:
                yield from _totals(passage, block)
                yield from _number(passage, block)


def parallels(passages: Sequence[Passage]) -> Iterator[list[Mention]]:
    """Quantities of a kind that stand side by side: one in each of some items of a list, or several in one paragraph."""
    for number, passage in enumerate(passages):
        yield from _alike(passage.mentions)
        if _mark(passage) in _FIRST:
            block = _block(passages, number)
            if len(block) > 1:
                firsts = [_first_of_each(item.mentions()) for item in block]
                yield from _alike([mention for each in firsts for mention in each])


def _first_of_each(mentions: Sequence[Mention]) -> list[Mention]:
    found: list[Mention] = []
    for mention in mentions:
        if not any(mention.like(other) for other in found):
            found.append(mention)
    return found


def _alike(mentions: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Of some quantities, those that can be added, two at least."""
    kinds: dict[tuple[Measure, str, str], list[Mention]] = {}
    for mention in mentions:
        if addable(mention):
            kinds.setdefault((mention.unit.measure, mention.unit.kind, mention.unit.per), []).append(mention)
    return (alike for alike in kinds.values() if len(alike) > 1)


def _mark(passage: Passage) -> tuple[str, int] | None:
    """The style and number of the mark at the beginning of a paragraph."""
    match = _MARK.match(passage.text)
    if match is None:
        return None
    style = match.lastgroup or ""
    text = match[style]
    if style == "circled":
        return style, ord(text) - ord("①") + 1
    value = whole_number(text)
    return None if value is None else (style, value)


def _block(passages: Sequence[Passage], first: int) -> list[_Item]:
    """The items from a paragraph on, numbered from 1 without a gap; a paragraph or two without a mark belong to the item before."""
    begun = _mark(passages[first])
    if begun is None or begun[1] != 1:
        return []
    style, found, waiting = begun[0], [_Item([passages[first]])], list[Passage]()
    for passage in passages[first + 1 :]:
        mark = _mark(passage)
        if mark == (style, len(found) + 1):
            found[-1].passages.extend(waiting)
            found.append(_Item([passage]))
            waiting = []
        elif len(waiting) < _WIDEST_GAP and (mark is None or mark[0] != style):
            waiting.append(passage)
        else:
            break
    return found


def _totals(passage: Passage, block: Sequence[_Item]) -> Iterator[Claim]:
    """Amounts of the announcement that each item has its part of."""
    last = passage.mentions[-1].sentence if passage.mentions else 0
    done: list[Mention] = []
    for whole in reversed(passage.mentions):
        if (
            not addable(whole)
            or last - whole.sentence > 1
            or any(whole.like(each) and whole.role is each.role for each in done)
        ):
            continue
        done.append(whole)
        parts = [_part(item, whole) for item in block]
        if all(parts):
            claim = _sum(passage, whole, [part for part in parts if part is not None])
            if claim.verdict is Verdict.HELD or not _listed(passage, whole):
                yield claim


def _listed(passage: Passage, whole: Mention) -> bool:
    """Whether an amount is one of several in the announcement: the last of a list is no total of what follows."""
    alike = [each for each in passage.mentions if each.like(whole) and each.role is whole.role and addable(each)]
    return len(alike) > _PAIR


def _part(item: _Item, whole: Mention) -> Mention | None:
    """The first quantity of an item that is a part of a total: of its kind and role, outside brackets."""
    return next(
        (
            each
            for each in item.mentions()
            if each.like(whole) and each.role is whole.role and each.depth == 0 and addable(each)
        ),
        None,
    )


def _sum(passage: Passage, whole: Mention, parts: Sequence[Mention]) -> Claim:
    computed = total(part.quantity for part in parts)
    held = computed.holds(whole.quantity)
    sure = whole.unit.measure is Measure.MONEY or (bool(whole.words & TOTALS) and whole.unit.kind not in OVERLAPPING)
    expected = as_printed(computed.value, whole.quantity)
    return Claim(
        Relation.SUM,
        passage.span(whole.token.start, whole.token.end),
        (whole.quantity, *(part.quantity for part in parts)),
        Verdict.HELD if held else Verdict.CONTRADICTED,
        f"{added(part.quantity for part in parts)} = {expected}",
        "" if held else expected,
        label(whole),
        Confidence.CERTAIN if sure else Confidence.LIKELY,
    )


def _number(passage: Passage, block: Sequence[_Item]) -> Iterator[Claim]:
    """The number of items announced at the end of the paragraph (以下四个方面：)."""
    for mention in reversed(passage.mentions):
        if mention.unit.kind in _THINGS and mention.unit.measure is Measure.COUNT and not mention.unit.per:
            if _COUNT.match(passage.text[mention.token.end :]):
                held = mention.quantity.low <= len(block) <= mention.quantity.high
                told = f"{len(block)}{mention.quantity.unit}"
                yield Claim(
                    Relation.COUNTED,
                    passage.span(mention.token.start, mention.token.end),
                    (mention.quantity,),
                    Verdict.HELD if held else Verdict.CONTRADICTED,
                    f"写明{shown(mention.quantity)}，列出{told}",
                    "" if held else told,
                    mention.after,
                    Confidence.LIKELY,
                )
            return
