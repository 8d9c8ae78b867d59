"""Tables as pieces: pieces that a page break parted are one table, header rows that it repeated are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Slot, Span
from hengji.model.record import record
from hengji.reading.blocks import Block, Draft, Line, Stand
from hengji.reading.captions import is_numbered, unit_of
from hengji.reading.heads import header_rows, repeats
from hengji.reading.lines import width

Texts = tuple[tuple[str, ...], ...]

_TAG = pattern(r"</?[A-Za-z][^<>]*>")
_RULE = pattern(r":?-{2,}:?|—{2,}")
_GOES_ON = pattern(
    r"[（(]?\s*续\s*(?:上\s*)?(?:附\s*)?表.{0,40}|(?:附?\s*表|附\s*[件录]).{0,40}[（(]\s*[接续]\s*续?(?:上?表)?\s*\d?\s*[）)]|.{1,40}[（(]\s*续\s*(?:上?表)?\s*\d?\s*[）)]"
)
"""What stands above the rest of a table on a later page: 表2（续）, 续表2, （续上表）."""
_LINES_BETWEEN = 2
_ENOUGH = 120
_SENTENCE = 15
_FIRST_ROWS = 2


@record
class Piece:
    """表的一段: what one run of rows holds; ``texts`` are its grid places without blanks, for comparison only.

    ``ruled`` is how many columns it was given, those at the right that are blank throughout with them.
    """

    draft: Draft
    texts: Texts
    head: int
    ruled: int

    @property
    def names(self) -> Texts:
        """The header rows that name columns, as a page break repeats them: not those that hold a caption or unit alone."""
        return tuple(row for row in self.texts[: self.head] if sum(map(bool, row)) > 1)


def piece_of(text: str, draft: Draft) -> Piece:
    """A draft with what its rows say, without the columns at the right that are blank throughout."""
    wide = max((slot.column + slot.columns for slot in draft.slots if slot.span.start < slot.span.end), default=1)
    slots = tuple(_clipped(draft.slots, wide))
    rows = [[""] * wide for _ in range(draft.height)]
    for slot in slots:
        words = text[slot.span.start : min(slot.span.end, slot.span.start + _ENOUGH)]
        rows[slot.row][slot.column] = "".join((_TAG.sub("", words) if "<" in words else words).split())
    texts = tuple(tuple(row) for row in rows)
    head = draft.head or header_rows(texts)
    for slot in slots:
        if slot.row >= head:
            break
        head = max(head, min(slot.row + slot.rows, draft.height))
    return Piece(replace(draft, slots=slots, width=wide), texts, head, draft.width)


def _clipped(slots: Iterable[Slot], wide: int) -> Iterator[Slot]:
    """The slots within so many columns."""
    for slot in slots:
        if slot.column + slot.columns <= wide:
            yield slot
        elif slot.column < wide:
            yield replace(slot, columns=wide - slot.column)


def join_pieces(text: str, blocks: Sequence[Block]) -> list[Block | tuple[Piece, ...]]:
    """The blocks, each run of drafts that make one table as its pieces."""
    found: list[Block | tuple[Piece, ...]] = []
    for block in blocks:
        if not isinstance(block, Draft):
            found.append(block)
            continue
        piece = piece_of(text, block)
        at = _going_on(text, found)
        last = found[at] if found else None
        moved = _continuation(last, piece) if isinstance(last, tuple) else None
        if isinstance(last, tuple) and moved is not None:
            found[at:] = [(*last, moved)]
        else:
            found.append((piece,))
    return found


def _going_on(text: str, found: Sequence[Block | tuple[Piece, ...]]) -> int:
    """Where the table stands that the next may go on with: the last block, or that before lines which say “表2（续）” and the unit."""
    said = False
    for back, block in enumerate(reversed(found[-_LINES_BETWEEN - 1 :])):
        if not isinstance(block, Line):
            return len(found) - 1 - back if said else -1
        words = text[block.span.start : block.span.end]
        goes_on = _GOES_ON.fullmatch(words) is not None
        if not goes_on and not unit_of(words):
            break
        said = said or goes_on
    return -1


def _continuation(before: tuple[Piece, ...], piece: Piece) -> Piece | None:
    """The piece as it goes on with the table before it, moved to its columns; None where it begins a table of its own."""
    first, last, texts = before[0], before[-1], piece.texts
    wide = first.draft.width
    as_wide = piece.draft.width == wide or piece.ruled == first.ruled
    number = next(filter(None, texts[0]), "")
    if piece.draft.stand is Stand.CELL or (
        last.draft.stand is Stand.CELL and not _counts_on(last.texts[-1][0], number)
    ):
        return None
    if repeats(first.names, texts, 0):
        return piece
    if not as_wide and piece.draft.width == wide + 1 and 3 * sum(not row[0] for row in texts) >= 2 * len(texts):
        return _moved_left(piece)
    if not texts[0][0] or _counts_on(last.texts[-1][0], texts[0][0]):
        return replace(piece, head=0) if as_wide or piece.draft.width < wide else None
    if not as_wide or (piece.head and not any(width(cell) > _SENTENCE for cell in texts[0])):
        return None
    return None if not first.head and texts[0][0] == first.texts[0][0] else replace(piece, head=0)


def _counts_on(before: str, number: str) -> bool:
    return before.isdecimal() and number.isdecimal() and int(before) + 1 == int(number)


def _moved_left(piece: Piece) -> Piece:
    """The piece one column to the left, but for rows that begin in the first."""
    texts = tuple(row[1:] if not row[0] else row for row in piece.texts)
    slots = tuple(
        slot if piece.texts[slot.row][0] else replace(slot, column=slot.column - 1)
        for slot in piece.draft.slots
        if slot.column or piece.texts[slot.row][0]
    )
    wide = max(slot.column + slot.columns for slot in slots)
    return Piece(replace(piece.draft, slots=slots, width=wide), texts, 0, wide)


def grid_of(pieces: Sequence[Piece], caption: Span | None, unit: str) -> Grid:
    """One table: the rows of its pieces without repeated header rows, ruled lines and rows that only name caption or unit."""
    first = pieces[0]
    slots: list[Slot] = []
    height = lead = 0
    for number, piece in enumerate(pieces):
        dropped = _dropped(piece, first.names, 0 if number else first.head)
        if not number:
            lead = sum(row < first.head for row in dropped)
            unit = unit or next(filter(None, map(unit_of, _alone(first))), "")
            caption = caption or _caption(first, dropped)
        if dropped or height:
            places = _renumbered(piece.draft.height, dropped, height)
            slots.extend(_placed(slot, places) for slot in piece.draft.slots if slot.row not in dropped)
            height = places[-1]
        else:
            slots.extend(piece.draft.slots)
            height = piece.draft.height
    span = Span(first.draft.span.start, pieces[-1].draft.span.end)
    filled = (slot.column + slot.columns for slot in slots if slot.span.start < slot.span.end)
    wide = max(filled, default=1)
    return Grid(span, tuple(_clipped(slots, wide)), height, wide, min(first.head - lead, height), caption, unit)


def _placed(slot: Slot, places: Sequence[int]) -> Slot:
    row = places[slot.row]
    rows = places[min(slot.row + slot.rows, len(places) - 1)] - row
    return Slot(slot.span, row, slot.column, rows, slot.columns, slot.state)


def _alone(piece: Piece) -> list[str]:
    """The words of the first rows that hold one cell each."""
    rows = ([text for text in row if text] for row in piece.texts[:_FIRST_ROWS])
    return [row[0] for row in takewhile(lambda row: len(row) == 1, rows)]


def _caption(piece: Piece, dropped: set[int]) -> Span | None:
    """The numbered caption that stands in a row of its own."""
    filled = (slot.span for slot in piece.draft.slots if slot.row in dropped and slot.span.start < slot.span.end)
    names = (is_numbered(text) for text in _alone(piece))
    return next((span for span, numbered in zip(filled, names, strict=False) if numbered), None)


def _dropped(piece: Piece, names: Texts, own: int) -> set[int]:
    """The rows that are left out; the first ``own`` are the table's header itself."""
    dropped: set[int] = set()
    alone = _alone(piece) if len(piece.texts) > _FIRST_ROWS and piece.draft.width > 1 else []
    for at, row in enumerate(piece.texts):
        filled = [text for text in row if text]
        if (filled and all(_RULE.fullmatch(text) for text in filled) and len(filled) == len(row)) or (
            at < len(alone) and (unit_of(alone[at]) or is_numbered(alone[at]))
        ):
            dropped.add(at)
        elif at >= own and repeats(names, piece.texts, at):
            dropped.update(range(at, at + len(names)))
    return dropped


def _renumbered(height: int, dropped: set[int], base: int) -> list[int]:
    """The new number of each row, and of the one after the last."""
    numbers = [base]
    for row in range(height):
        numbers.append(numbers[-1] + (row not in dropped))
    return numbers
