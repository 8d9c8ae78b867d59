"""Where the columns of a declared table stand: the header under title rows, in one line or several, by name or synonym."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from itertools import pairwise

from hengji.model.cells import Raw
from hengji.model.record import record
from hengji.model.table import Column, ColumnType

Cells = Sequence[Raw]
DEPTH = 12
"""How many rows that are not empty may stand above the data, header included."""
HEAD = 4 * DEPTH
"""How many rows are looked at for them."""
_MOST_LINES = 3
_HEADER = re.compile(r"^(?P<name>.*?)\s*(?:[（(](?P<unit>[^（()）]*)[)）])?$", re.DOTALL)
_UNIT_LINE = re.compile(r"单位[:：]?\s*(?:人民币)?(万元|元)")
_JOINTS = ("", "/", "-", "_", "·", ":")
_LIKELY = 0.5


@record
class Match:
    """列对应: a declared column found at ``position``; ``unit`` is what the header says, ``header`` the header as written."""

    column: Column
    position: int
    unit: str
    header: str


@record
class Layout:
    """表头: the rows that form the header (indices into the rows given), and where each column was found.

    ``twice`` gives for a column all the positions that could be it; ``headers`` the joined names of all columns; ``whole``
    counts the columns found by their whole header and not only by its lowest line.
    """

    lines: tuple[int, ...]
    matches: tuple[Match, ...]
    headers: Mapping[int, str]
    twice: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    whole: int = 0

    @property
    def body(self) -> int:
        """The index of the first row under the header."""
        return self.lines[-1] + 1


def plain_header(text: object) -> str:
    """A header or column name as names are compared: half-width, without line breaks and blanks."""
    return "".join(unicodedata.normalize("NFKC", str(text)).split())


def find_layout(columns: Sequence[Column], rows: Sequence[Cells], mapping: Mapping[str, str]) -> Layout | None:
    """The lines among the first dozen that name the most columns; None when there are none.

    ``mapping`` gives the declared column for a header of theirs, before names and synonyms.
    """
    filled = [index for index, cells in enumerate(rows) if any(_text(cell) for cell in cells)][:DEPTH]
    best: Layout | None = None
    unit = ""
    for at, first in enumerate(filled):
        for count in range(1, _MOST_LINES + 1):
            lines = tuple(filled[at : at + count])
            if len(lines) < count or any(after - before > 1 for before, after in pairwise(lines)):
                break
            found = _match(columns, [rows[line] for line in lines], mapping, unit)
            made = Layout(lines, *found)
            if best is None or _rank(made) > _rank(best):
                best = made
        unit = _unit_line(rows[first]) or unit
    return best if best is not None and best.matches else None


def _rank(layout: Layout) -> tuple[int, int, int, int]:
    """Most required columns, then most columns, then most by their whole header, then in the fewest lines."""
    required = sum(match.column.required for match in layout.matches)
    return required, len(layout.matches), layout.whole, -len(layout.lines)


def _unit_line(cells: Cells) -> str:
    """单位：万元, as it stands above a table."""
    found = [match[1] for cell in cells if (match := _UNIT_LINE.search(_text(cell)))]
    return found[-1] if found else ""


def _text(cell: Raw) -> str:
    return "" if cell is None else str(cell).strip()


@record
class _Header:
    """One column's header: every way to call it, the most exact first, with the unit that goes with each."""

    shown: str
    names: tuple[str, ...]
    unit: str


def _headers(lines: Sequence[Cells]) -> Iterator[_Header]:
    width = max((len(cells) for cells in lines), default=0)
    above = [""] * len(lines)
    for index in range(width):
        parts: list[str] = []
        for depth, cells in enumerate(lines):
            own = plain_header(_text(cells[index] if index < len(cells) else None))
            if own:
                above[depth] = own
                above[depth + 1 :] = [""] * (len(lines) - depth - 1)
            lowest = depth == len(lines) - 1
            below = any(_text(each[index]) for each in lines[depth + 1 :] if index < len(each))
            if own or (not lowest and below):
                parts.append(own or above[depth])
        yield _header([part for part in parts if part])


def _header(parts: Sequence[str]) -> _Header:
    units = ""
    bare = []
    for part in parts:
        match = _HEADER.match(part)
        assert match is not None, "the unit is optional and the name is anything"
        units = match["unit"] or units
        bare.append(match["name"])
    joined = [joint.join(each) for joint in _JOINTS for each in (parts, bare)]
    if len(parts) > 1:
        joined += [parts[-1], bare[-1]]
    return _Header("/".join(parts), tuple(dict.fromkeys(joined)) if parts else (), units)


def _match(
    columns: Sequence[Column], lines: Sequence[Cells], mapping: Mapping[str, str], unit: str
) -> tuple[tuple[Match, ...], dict[int, str], dict[str, tuple[int, ...]], int]:
    headers = list(_headers(lines))
    by_theirs = {plain_header(theirs): ours for theirs, ours in mapping.items()}
    matches: list[Match] = []
    twice: dict[str, tuple[int, ...]] = {}
    whole = 0
    for column in columns:
        if column.from_sheet:
            continue
        mapped = {theirs for theirs, ours in by_theirs.items() if ours == column.name}
        wanted = mapped
        ranks = _ranks(headers, mapped)
        if not ranks:  # a file with our own headers, such as intake writes, may lie beside the mapping for theirs
            wanted = {plain_header(name) for name in (column.name, *column.synonyms)}
            ranks = _ranks(headers, wanted)
        positions = [at for at, rank in ranks.items() if rank == min(ranks.values())]
        if not positions:
            continue
        header = headers[positions[0]]
        whole += ranks[positions[0]] == 0
        if len(positions) > 1:
            twice[column.name] = tuple(positions)
        written = "" if header.shown in wanted - mapped else header.unit
        money = column.type is ColumnType.MONEY and written not in ("元", "万元")
        matches.append(Match(column, positions[0], unit if money and unit else written, header.shown))
    return tuple(matches), {at: header.shown for at, header in enumerate(headers) if header.shown}, twice, whole


def _ranks(headers: Sequence[_Header], wanted: set[str]) -> dict[int, int]:
    """Where a header is called so, and how exactly."""
    return {at: rank for at, header in enumerate(headers) if (rank := _called(header, wanted)) is not None}


def _called(header: _Header, wanted: set[str]) -> int | None:
    """How exactly the header is one of these names: 0 is best."""
    last = len(header.names) - 1 if header.names else 0
    found = [at for at, name in enumerate(header.names) if name in wanted]
    if not found:
        return None
    parts_only = header.shown.count("/") > 0 and found[0] >= last - 1
    return 1 if parts_only else 0


def _bare(text: str) -> str:
    """A header without its unit."""
    match = _HEADER.match(plain_header(text))
    return match["name"] if match is not None else text


def likely(layout: Layout, columns: Sequence[Column]) -> dict[str, str]:
    """For headers that nobody claims, the missing column that each is most like: what a mapping file could say."""
    taken = {match.position for match in layout.matches}
    missing = [column for column in columns if all(match.column is not column for match in layout.matches)]
    free = {_bare(text): text for at, text in layout.headers.items() if at not in taken}
    found: dict[str, str] = {}
    for column in missing:
        if column.from_sheet:
            continue
        for name in (column.name, *column.synonyms):
            near = difflib.get_close_matches(
                plain_header(name), [text for text in free if text not in found], 1, _LIKELY
            )
            if near:
                found[near[0]] = column.name
                break
    return {free[text]: ours for text, ours in found.items()}
