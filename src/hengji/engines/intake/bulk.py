"""A file of any size into a declared table: plain rows typed by SQL, every other row read cell by cell.

The rows stay in DuckDB, within a bound of memory, until they are written; what is wrong stands in ``findings``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from hengji.engines import duck
from hengji.engines.intake import faults
from hengji.engines.intake.containers import Kind, kind_of
from hengji.engines.intake.declared import (
    header_faults,
    left_out,
    likest,
    missing,
    passed_over,
    takes_all_sheets,
    wanted_sheets,
)
from hengji.engines.intake.guessing import shown_header
from hengji.engines.intake.layout import Layout, Match, find_layout, likely
from hengji.engines.intake.plain import MIDNIGHT, NOISY, STORED, plain_value, quoted, typed_cell
from hengji.engines.intake.raw import RawSheet, Source
from hengji.engines.intake.rows import Row, RowKind, RowReader
from hengji.engines.intake.tally import MOST, Tally
from hengji.engines.intake.totals import Sums, Total, summed, unlike
from hengji.model.cells import Raw
from hengji.model.finding import Finding, Place
from hengji.model.table import Column, ColumnType, TableDeclaration

MEMORY = "1GB"
_GOOD = "good"
_BATCH = 4096
_PPM = 10**6
_NOISY = re.compile(NOISY, re.ASCII)
_TEXTS = (ColumnType.TEXT, ColumnType.ENUM, ColumnType.CITIZEN, ColumnType.CREDIT)
_FEWEST_REQUIRED = 2
Tick = Callable[[str], None]


@dataclass(slots=True)
class Taken:
    """接收结果: ``rows`` good ones in the table ``good`` of ``connection``, ``refused`` ones with a faulty cell,
    of which the first stand in ``bad`` as texts.

    ``suggested`` says for headers that nobody claims which missing column each may be; ``headers`` are those of the sheet that
    was read, or of the refused one that is spoken of, each with the column that it was taken for ("" for none).
    """

    declaration: TableDeclaration
    connection: duck.Connection
    rows: int = 0
    bad: list[tuple[str, int, tuple[str | None, ...]]] = field(default_factory=list)
    refused: int = 0
    findings: list[Finding] = field(default_factory=list)
    suggested: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    readable: bool = True
    used: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        """Columns v0, v1, … in the order of the declaration, with ``sheet`` and ``line``; numbers that name somebody as read."""
        return _GOOD


@duck.stoppable()
def take_in(
    declaration: TableDeclaration,
    path: Path,
    folder: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    memory: str = MEMORY,
    tick: Tick = lambda _: None,
) -> Taken:
    """Take in the file at ``path``; ``folder`` is for what does not fit in ``memory`` and may be thrown away later."""
    connection = duck.connect()
    connection.execute("SET enable_progress_bar = false")
    connection.execute(f"SET memory_limit = {quoted(memory)}")
    connection.execute(f"SET temp_directory = {quoted(str(folder))}")
    taken = Taken(declaration, connection)
    stored = ", ".join(f"v{at} {STORED[column.type]}" for at, column in enumerate(declaration.columns))
    connection.execute(f"CREATE TABLE {_GOOD} (sheet INTEGER, line BIGINT, plain BOOLEAN, {stored})")
    tick("打开文件")
    with path.open("rb") as source:
        kind = kind_of(declaration.path, source)
    opened = Source(connection, declaration.path, path, kind, folder) if isinstance(kind, Kind) else None
    fault = opened.open() if opened is not None else kind
    if opened is None or isinstance(fault, Finding):
        assert isinstance(fault, Finding)
        return _unread(taken, (fault,))
    _Intake(taken, opened, mapping or {}, tick).run()
    return taken


def _unread(taken: Taken, found: Iterable[Finding]) -> Taken:
    taken.readable = False
    taken.findings.extend(found)
    return taken


@dataclass(slots=True)
class _Intake:
    """One run."""

    taken: Taken
    source: Source
    mapping: Mapping[str, str]
    tick: Tick
    tally: Tally = field(default_factory=Tally)

    def run(self) -> None:
        workbook = self.source.kind in (Kind.WORKBOOK, Kind.OLD_WORKBOOK)
        names = wanted_sheets(self.taken.declaration, self.source.names) if workbook else self.source.names
        if isinstance(names, Finding):
            _unread(self.taken, (names,))
            return
        self._run(names)
        self.taken.findings.extend(self.tally.told())

    def _run(self, names: Sequence[str]) -> None:
        declaration, taken = self.taken.declaration, self.taken
        refused: list[tuple[RawSheet, Layout | None]] = []
        for at, name in enumerate(names):
            self.tick(f"读取{name or '文件'}")
            raw = self.source.load(name)
            if isinstance(raw, Finding):
                _unread(taken, (raw,))
                return
            layout = find_layout(declaration.columns, raw.head, self.mapping)
            if layout is None or missing(declaration, layout) or layout.twice:
                refused.append((raw, layout))
                self.source.drop(raw)
                if layout is not None and layout.twice:
                    break
                continue
            taken.headers = _headers(raw, layout)
            self.tick(f"核对{name or '各行'}")
            self._take(raw, layout, len(taken.used))
            taken.used += (name,)
            self.source.drop(raw)
            if not takes_all_sheets(declaration):
                self.tally.extend(left_out(declaration, name, names[at + 1 :], self.source.head, self.mapping))
                break
        if not taken.used:
            raw, layout = refused[likest(declaration, [(raw.sheet, layout) for raw, layout in refused])]
            taken.headers = _headers(raw, layout)
            _unread(taken, self._refused(raw, layout))
        elif takes_all_sheets(declaration):
            self.tally.extend(
                said for raw, layout in refused for said in passed_over(declaration, raw.sheet, raw.head, layout)
            )
        elif taken.rows == 0 and not self.tally.kept:
            self.tally.append(faults.no_rows(Place(declaration.path, item=declaration.name)))

    def _refused(self, raw: RawSheet, layout: Layout | None) -> tuple[Finding, ...]:
        declaration, shown = self.taken.declaration, shown_header(layout, raw.head)
        if shown is None:
            return header_faults(declaration, None, Place(raw.file, sheet=raw.sheet, item=declaration.name))
        self.taken.suggested = likely(shown, declaration.columns)
        return header_faults(declaration, shown, raw.place(shown.body, 0, declaration.name))

    def _take(self, raw: RawSheet, layout: Layout, number: int) -> None:
        layout = _with_units(raw, layout)
        self._about_cells(raw, layout)
        run = self.taken.connection.execute
        values = ", ".join(self._ordered(layout, raw))
        # One pass without a filter: a filter would have every cell typed twice. The few other rows go again. The pieces of a
        # sheet are typed side by side only where their order need not be kept; rows have their lines.
        run("SET preserve_insertion_order = false")
        run(
            f"INSERT INTO {_GOOD} SELECT {number}, line, coalesce(plain, false), {values} FROM ({self._typing(raw, layout)})"
        )
        run("RESET preserve_insertion_order")
        run(f"DELETE FROM {_GOOD} WHERE NOT plain")
        added = run(f"SELECT count(*) FROM {_GOOD} WHERE sheet = {number}").fetchone()
        assert added is not None
        self.taken.rows += added[0]
        self._take_others(raw, layout, number)
        self._look_for_totals(raw, number)

    def _typing(self, raw: RawSheet, layout: Layout) -> str:
        """Every row under the header with its values, and whether all of it is plain."""
        body = layout.body + 1
        cells = {match.position: raw.columns[match.position] for match in layout.matches}
        values = [f"{plain_value(match, _as_typed(raw, match))} AS t{match.position}" for match in layout.matches]
        sound = [
            f"t{match.position} IS NOT NULL"
            + ("" if match.column.required else f" OR coalesce({cells[match.position]}, '') = ''")
            for match in layout.matches
        ]
        conditions = [f"({each})" for each in (*sound, *_ordinary(raw, layout))]
        spoiled = sorted({row + 1 for row, column in raw.facts.spoiled if column in cells})
        if spoiled:
            conditions.append(f"line NOT IN ({', '.join(map(str, spoiled))})")
        if self._sheet_value(raw) is None:
            conditions.append("false")
        rows = f"SELECT line, {', '.join((*raw.columns.values(), *values))} FROM {raw.table}"
        kept = ", ".join(f"t{match.position}" for match in layout.matches)
        return f"SELECT line, {kept}, ({' AND '.join(conditions)}) AS plain FROM ({rows}) WHERE line > {body - 1}"

    def _sheet_value(self, raw: RawSheet) -> str | None:
        """SQL for what the name of the sheet says in the columns filled by it; None when it cannot be read there."""
        wanted = [column for column in self.taken.declaration.columns if column.from_sheet]
        if not wanted or all(column.type is ColumnType.TEXT for column in wanted):
            return quoted(raw.sheet)
        return None

    def _ordered(self, layout: Layout, raw: RawSheet) -> list[str]:
        at = {match.column.name: f"t{match.position}" for match in layout.matches}
        return [
            self._sheet_value(raw) or "NULL" if column.from_sheet else at.get(column.name, "NULL")
            for column in self.taken.declaration.columns
        ]

    def _take_others(self, raw: RawSheet, layout: Layout, number: int) -> None:
        """The rows that are not plain, one by one."""
        taken = self.taken
        header = [raw.head[line] for line in layout.lines]
        lost = {
            (spot[0] + 1, spot[1]): raw.facts.spoiled_finding(raw.file, raw.sheet, spot) for spot in raw.facts.spoiled
        }
        columns = taken.declaration.columns
        reader = RowReader(
            columns, layout, header, raw.place, self.tally, sheet=raw.sheet, spoiled=lost, first_day=raw.first_day
        )
        filled = " OR ".join(f"{cell} <> ''" for cell in raw.columns.values())
        taken_up = f"SELECT line FROM {_GOOD} WHERE sheet = {number}"
        where = f"WHERE line > {layout.body} AND line NOT IN ({taken_up}) AND ({filled})"
        kinds = {match.position: match.column.type for match in layout.matches}
        batch: list[tuple[int, Row]] = []
        before = taken.refused
        for line, texts in self.source.rows(raw, where):
            cells = _cells(texts, kinds) if raw.kind is not Kind.TEXT else texts
            row = reader.take(line, cells)
            if isinstance(row, tuple):
                batch.append((line, row))
            elif row is RowKind.DATA:
                taken.refused += 1
                if taken.refused <= MOST:
                    taken.bad.append((raw.sheet, line, texts))
            if len(batch) >= _BATCH:
                self._add(number, batch)
                batch = []
        self._add(number, batch)
        if reader.totals and taken.refused == before:
            self.tally.extend(unlike(reader.totals, self._between(reader.totals, number), columns))

    def _add(self, number: int, batch: Sequence[tuple[int, Row]]) -> None:
        if not batch:
            return
        columns = self.taken.declaration.columns
        kept = [[_kept(row[at]) for _, row in batch] for at in range(len(columns))]
        picked = ", ".join(f"{_unpacked(column)}" for column in columns)
        self.taken.connection.execute(
            f"INSERT INTO {_GOOD} SELECT {number}, unnest(?::BIGINT[]), true, {picked}",
            [[line for line, _ in batch], *kept],
        )
        self.taken.rows += len(batch)

    def _about_cells(self, raw: RawSheet, layout: Layout) -> None:
        """Merged cells and formulas, where they stand among the data."""
        facts, findings = raw.facts, self.tally
        matched = {match.position: match.column.name for match in layout.matches}
        for (top, left), (bottom, right) in facts.merged:
            if bottom > top >= layout.body and any(left <= at <= right for at in matched):
                first, last = raw.place(top + 1, left).cell, raw.place(bottom + 1, right).cell
                findings.append(faults.merged(Place(raw.file, top + 1, None, raw.sheet, f"{first}:{last}")))
        for at, (count, first_row) in sorted(facts.formulas.items()):
            if at in matched:
                findings.append(faults.formulas(raw.place(first_row + 1, at, matched[at]), count))

    def _look_for_totals(self, raw: RawSheet, number: int) -> None:
        columns = self.taken.declaration.columns
        money = [f"v{at}" for at, column in enumerate(columns) if column.type is ColumnType.MONEY]
        if not money:
            return
        above = "(ORDER BY line ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
        sums = ", ".join(f"sum({name}) OVER {above} AS s{name}" for name in money)
        same = " AND ".join(f"coalesce({name}, 0) = s{name}" for name in money)
        some = " OR ".join(f"s{name} <> 0" for name in money)
        found = self.taken.connection.execute(
            f"SELECT line FROM (SELECT line, row_number() OVER (ORDER BY line) AS nth, {', '.join(money)}, {sums} "
            f"FROM {_GOOD} WHERE sheet = {number}) WHERE nth > 2 AND {same} AND ({some}) ORDER BY line"
        ).fetchall()
        self.tally.extend(faults.like_a_total(raw.place(line, 0)) for (line,) in found)

    def _between(self, totals: Sequence[Total], number: int) -> list[Sums]:
        """The sums of the rows before each total since the one before, and of those after the last; empty where there are none."""
        columns = self.taken.declaration.columns
        at = {
            column.name: (columns.index(column), 100 if column.type is ColumnType.MONEY else 1)
            for column in summed(columns)
        }
        sums = ", ".join(f"CAST(coalesce(sum(v{index}), 0) * {scale} AS HUGEINT)" for index, scale in at.values())
        ends = "SELECT unnest(?::BIGINT[]) AS line"
        found = self.taken.connection.execute(
            f"SELECT e.line, {sums} FROM {_GOOD} AS g ASOF LEFT JOIN ({ends}) AS e ON g.line <= e.line "
            f"WHERE g.sheet = {number} GROUP BY 1",
            [[total.line for total in totals]],
        ).fetchall()
        by_line = {line: dict(zip(at, map(int, cells), strict=True)) for line, *cells in found}
        return [by_line.get(line, {}) for line in (*(total.line for total in totals), None)]


def _headers(raw: RawSheet, layout: Layout | None) -> dict[str, str]:
    """The headers of a sheet with the columns that they were taken for; where there is no header, its likeliest line."""
    shown = shown_header(layout, raw.head)
    if shown is None:
        return {}
    taken = {match.position: match.column.name for match in shown.matches}
    return {header: taken.get(at, "") for at, header in shown.headers.items()}


def _as_typed(raw: RawSheet, match: Match) -> str:
    cell = raw.columns[match.position]
    return cell if raw.kind is Kind.TEXT else typed_cell(match, cell)


def _with_units(raw: RawSheet, layout: Layout) -> Layout:
    """In a typed file a decimal amount is in yuan and a decimal rate is itself."""
    units = {ColumnType.MONEY: "元", ColumnType.RATE: "1"}
    matches = tuple(
        Match(match.column, match.position, units[match.column.type], match.header)
        if match.position in raw.exact_units and match.column.type in units
        else match
        for match in layout.matches
    )
    return replace(layout, matches=matches)


def _ordinary(raw: RawSheet, layout: Layout) -> Iterator[str]:
    """What holds for a row that is surely no total, no header again and no remark."""
    required = sorted(match.position for match in layout.matches if match.column.required)
    most = required[1] if len(required) >= _FEWEST_REQUIRED else raw.width
    kinds = {match.position: match.column.type for match in layout.matches}
    for position, cell in raw.columns.items():
        if position > most or kinds.get(position, ColumnType.TEXT) not in _TEXTS:
            continue
        yield f"coalesce({cell}, '') NOT SIMILAR TO '.*(计|总和|总 *和).*'"
        if len(required) < _FEWEST_REQUIRED:
            yield f"coalesce({cell}, '') NOT SIMILAR TO '.*[:：].*'"
    for line in layout.lines:
        titles = {at: raw.head[line][at] for at in kinds if at < len(raw.head[line]) and raw.head[line][at]}
        first = next((at for at, kind in kinds.items() if kind in _TEXTS and at in titles), None)
        if first is not None and all(kinds[at] in _TEXTS for at in titles):
            yield f"coalesce({raw.columns[first]}, '') <> {quoted(str(titles[first]))}"


def _cells(texts: tuple[str | None, ...], kinds: Mapping[int, ColumnType]) -> tuple[Raw, ...]:
    """Cells of a typed file out of their texts."""
    cells: list[Raw] = []
    for at, text in enumerate(texts):
        kind = kinds.get(at)
        if text is None:
            cells.append(None)
        elif _NOISY.fullmatch(text) and kind is not ColumnType.CITIZEN:
            cells.append(float(text))
        elif text in ("true", "false") and kind is ColumnType.BOOL:
            cells.append(text == "true")
        elif text.endswith(MIDNIGHT) and kind is ColumnType.TEXT:
            cells.append(text.removesuffix(MIDNIGHT))
        else:
            cells.append(text)
    return tuple(cells)


def _kept(value: object) -> object:
    return int(value * _PPM) if isinstance(value, Fraction) else value


def _unpacked(column: Column) -> str:
    match column.type:
        case ColumnType.MONEY:
            return "CAST(CAST(unnest(?::BIGINT[]) AS DECIMAL(18,0)) * 0.01::DECIMAL(3,2) AS DECIMAL(18,2))"
        case ColumnType.RATE:
            return "CAST(CAST(unnest(?::BIGINT[]) AS DECIMAL(18,0)) * 0.000001::DECIMAL(7,6) AS DECIMAL(18,6))"
        case _:
            return f"unnest(?::{STORED[column.type]}[])"
