"""Blocks to the parts of a reading: titles with levels, sentences that were broken joined, tables with caption and unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from hengji.model.patterns import pattern
from hengji.model.reading import Part, Prose, Reading, Span, Title
from hengji.reading.blocks import Block, Line
from hengji.reading.captions import is_caption, unit_of, unit_within
from hengji.reading.paragraphs import cut_short, goes_on, is_full, wrapped_at
from hengji.reading.pieces import Piece, grid_of, join_pieces
from hengji.reading.titles import Candidate, borne_out, candidate, levelled, listed_before

_NUMBER_ALONE = pattern(r"\s*-?[\d,，]+(?:\.\d+)?%?\s*")
_AMOUNT_ALONE = pattern(r"\s*-?[\d,，]*\d\.\d{1,6}\s*")
_LISTED = pattern(r"(?P<annexes>附\s*[件表录]\s*[：:]\s*)?(?:(?P<number>\d{1,2})\s*[.．、](?!\d)|$)")
_Block = Block | tuple[Piece, ...]


def structured(file: str, text: str, blocks: Sequence[Block], pages: tuple[int, ...] = ()) -> Reading:
    """The reading of a text whose lines and tables are known."""
    joined = join_pieces(text, blocks)
    lines = [text[block.span.start : block.span.end] for block in joined if isinstance(block, Line)]
    wrapped = wrapped_at(lines)
    annexes = _annexes(text, joined)
    titles = {index: title for index, title in _titles(text, joined, wrapped).items() if index not in annexes}
    captions = {
        index: _above(text, joined, titles, index) for index, block in enumerate(joined) if isinstance(block, tuple)
    }
    taken = {line for above in captions.values() for line in above[2]}
    parts: list[Part] = []
    for index, block in enumerate(joined):
        if isinstance(block, tuple):
            caption, unit, _ = captions[index]
            parts.append(grid_of(block, caption, unit))
        elif index in titles:
            parts.append(titles[index])
        elif isinstance(block, Line) and index not in taken:
            parts.append(Prose(block.span))
    parts.sort(key=lambda part: part.span.start)
    enclosed = {block.span.start for index, block in enumerate(joined) if index in annexes and isinstance(block, Line)}
    return Reading(file, text, tuple(_joined(text, parts, wrapped, enclosed)), pages)


def _annexes(text: str, blocks: Sequence[_Block]) -> frozenset[int]:
    """The lines that go on with a list of annexes: 附件:1.评分表, and 2.问卷统计表 below it."""
    found: set[int] = set()
    number = -1
    for index, block in enumerate(blocks):
        match = _LISTED.match(text, block.span.start, block.span.end) if isinstance(block, Line) else None
        told = int(match["number"] or 0) if match else -1
        if match is not None and match["annexes"]:
            number = told
        elif number >= 0 and told == number + 1:
            number = told
            found.add(index)
        else:
            number = -1
    return frozenset(found)


def _is_of_a_row(text: str, blocks: Sequence[_Block], index: int) -> bool:
    """Whether an amount, or two numbers, stand on lines of their own behind a line: it begins a row of a table put down cell by cell."""
    behind = blocks[index + 1 : index + 3]
    numbers = [
        isinstance(each, Line) and _NUMBER_ALONE.fullmatch(text, each.span.start, each.span.end) for each in behind
    ]
    first = behind[0].span if behind and isinstance(behind[0], Line) else None
    amount = first is not None and _AMOUNT_ALONE.fullmatch(text, first.start, first.end)
    return bool(amount) or (len(numbers) > 1 and all(numbers))


def _titles(text: str, blocks: Sequence[_Block], wrapped: float | None) -> dict[int, Title]:
    """The titles by the number of their block."""
    found: list[tuple[int, Candidate]] = []
    for index, block in enumerate(blocks):
        if isinstance(block, Line) and (title := candidate(text, block)):
            words = text[block.span.start : block.span.end]
            if (
                block.level
                or title.listed
                or not (_flows(text, blocks, index, words, wrapped) or _is_of_a_row(text, blocks, index))
            ):
                found.append((index, title))
    found = [each for each, sure in zip(found, borne_out([title for _, title in found]), strict=True) if sure]
    only = [title for _, title in found]
    folded = ["".join(f"{title.mark}{title.text}".split()) for title in only]
    listed = {at for at, title in enumerate(only) if title.listed} | listed_before(only, folded)
    levels = levelled(only)
    return {
        index: Title(level.span, level.level, level.mark, level.text, at in listed)
        for at, ((index, _), level) in enumerate(zip(found, levels, strict=True))
    }


def _flows(text: str, blocks: Sequence[_Block], index: int, words: str, wrapped: float | None) -> bool:
    """Whether the next line goes on with a line that looks like a title."""
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    if not isinstance(after, Line):
        return False
    line = text[after.span.start : after.span.end]
    return cut_short(words, line) or (is_full(words, wrapped) and goes_on(words, line, wrapped))


def _above(
    text: str, blocks: Sequence[_Block], titles: dict[int, Title], index: int
) -> tuple[Span | None, str, tuple[int, ...]]:
    """The caption and unit that stand above a table, and the blocks that are nothing else."""
    unit, taken = "", []
    for at in range(index - 1, max(index - 3, 0) - 1, -1):
        block = blocks[at]
        if not isinstance(block, Line) or at in titles:
            break
        words = text[block.span.start : block.span.end]
        if not unit and (said := unit_of(words)):
            unit = said
            taken.append(at)
        elif is_caption(words):
            above = blocks[at - 1] if at else None
            if not unit and isinstance(above, Line) and (said := unit_of(text[above.span.start : above.span.end])):
                unit = said
                taken.append(at - 1)
            return block.span, unit or unit_within(words), (*taken, at)
        else:
            unit = unit or unit_within(words.rstrip("：:"))
            break
    return None, unit, tuple(taken)


def _joined(text: str, parts: Sequence[Part], wrapped: float | None, enclosed: AbstractSet[int]) -> Iterator[Part]:
    """Broken sentences joined, and lists of annexes, whose lines begin at ``enclosed``; ``last`` is the last line of the paragraph that is being read."""
    open_: Span | None = None
    last = ""
    for part in parts:
        if not isinstance(part, Prose):
            if open_:
                yield Prose(open_)
                open_ = None
            yield part
            continue
        line = text[part.span.start : part.span.end]
        on = part.span.start in enclosed or goes_on(last, line, wrapped)
        if open_ and part.span.start >= open_.end and on:
            open_ = Span(open_.start, part.span.end)
        else:
            if open_:
                yield Prose(open_)
            open_ = part.span
        last = line
    if open_:
        yield Prose(open_)
