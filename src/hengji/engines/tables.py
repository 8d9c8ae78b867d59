"""Grids to tables: find the header, match the columns, type each cell, and say what does not fit, all at once."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from hengji.engines.fitting import files_like
from hengji.engines.grids import Book, Grid, open_book, read_grid, sheet_grid
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
from hengji.engines.intake.layout import HEAD, Cells, Layout, find_layout
from hengji.engines.intake.mapping import mapping_path, read_mapping
from hengji.engines.intake.rows import Row, RowKind, RowReader, looks_like_total
from hengji.engines.intake.seal import Seal
from hengji.engines.intake.tally import Tally
from hengji.engines.intake.totals import Sums, Total, summed, unlike
from hengji.model.finding import Finding, Place, Severity
from hengji.model.table import Column, Table, TableDeclaration, Value

CODE_EMPTY = faults.EMPTY
Findings = tuple[Finding, ...]


def read_table(
    declaration: TableDeclaration, files: Mapping[str, bytes], seal: Seal | None = None
) -> tuple[Table | None, Findings]:
    """Read a declared table out of ``files``. Rows that hold a faulty cell are left out; None when nothing can be read.

    Without ``seal`` numbers that name somebody stay as they are.
    """
    path = declaration.path
    if path not in files:
        return None, (faults.no_file(path, declaration.name, files_like(path, files)),)
    mapped = mapping_path(declaration.name)
    names = [column.name for column in declaration.columns]
    mapping, found = read_mapping(mapped, files[mapped], names) if mapped in files else ({}, ())
    grids, more = _grids(declaration, files[path], mapping)
    found += more
    read = [type_grid(declaration, grid, mapping, seal) for grid in grids]
    tables = [table for table, _ in read if table is not None]
    found += tuple(finding for _, typed in read for finding in typed)
    if not tables or len(tables) < len(grids):
        return None, found
    rows = tuple(row for table in tables for row in table.rows)
    lines = tuple(line for table in tables for line in table.lines)
    several = len(tables) > 1
    sheets = tuple(grid.sheet for grid, table in zip(grids, tables, strict=True) for _ in table.rows) if several else ()
    return Table(declaration.name, declaration.columns, rows, lines, path, sheets), found


def once(of_grid: Findings, of_cells: Findings) -> Findings:
    """All findings, without what a cell is blamed for when the grid has said already why it cannot be read."""
    said = {fault.place for fault in of_grid if fault.severity is Severity.ERROR}
    return *of_grid, *(fault for fault in of_cells if replace(fault.place, item="") not in said)


def _grids(declaration: TableDeclaration, content: bytes, mapping: Mapping[str, str]) -> tuple[list[Grid], Findings]:
    """The sheets that the table stands on."""
    kind = kind_of(declaration.path, io.BytesIO(content))
    if kind not in (Kind.WORKBOOK, Kind.OLD_WORKBOOK):
        grid, found = read_grid(declaration.path, content)
        return ([] if grid is None else [grid]), found
    book, found = open_book(declaration.path, content)
    if book is None:
        return [], found
    names = wanted_sheets(declaration, book.names)
    if isinstance(names, Finding):
        return [], (names,)
    read = _chosen(declaration, book, names, mapping)
    spoiled = {id(finding) for grid, _ in read for finding in grid.spoiled.values()}
    about = tuple(finding for _, said in read for finding in said if id(finding) not in spoiled)
    return [grid for grid, _ in read], about


def _chosen(
    declaration: TableDeclaration, book: Book, names: Sequence[str], mapping: Mapping[str, str]
) -> list[tuple[Grid, Findings]]:
    """All sheets with the header, or the first of them; where none has it the sheet that is most like it, so that it can be said."""
    read: list[tuple[Grid, Findings]] = []
    others: Findings = ()
    layouts: list[tuple[str, Layout | None]] = []
    for at, name in enumerate(names):
        grid, said = sheet_grid(book, name)
        layout = find_layout(declaration.columns, grid.rows[:HEAD], mapping)
        layouts.append((name, layout))
        if layout is None or missing(declaration, layout):
            others += passed_over(declaration, name, grid.rows[:HEAD], layout)
            continue
        read.append((grid, tuple(each for each in said if not _in_header(each, layout))))
        if not takes_all_sheets(declaration):
            others = left_out(declaration, name, names[at + 1 :], partial(_head, book), mapping)
            break
    if not read:
        return [sheet_grid(book, names[likest(declaration, layouts)])]
    return [(read[0][0], (*read[0][1], *others)), *read[1:]]


def _head(book: Book, sheet: str) -> Sequence[Cells]:
    return sheet_grid(book, sheet)[0].rows[:HEAD]


def _in_header(finding: Finding, layout: Layout) -> bool:
    """Cells are merged over the lines of a header as a matter of course."""
    line = finding.place.line
    return finding.code == faults.MERGED and line is not None and line <= layout.body


def type_grid(
    declaration: TableDeclaration, grid: Grid, mapping: Mapping[str, str] | None = None, seal: Seal | None = None
) -> tuple[Table | None, Findings]:
    """Type the rows under the header of ``grid``."""
    head = grid.rows[:HEAD]
    layout = find_layout(declaration.columns, head, mapping or {})
    shown, whole = shown_header(layout, head), Place(grid.path, sheet=grid.sheet, item=declaration.name)
    first = grid.place(shown.lines[-1], 0, declaration.name) if shown else whole
    wrong = header_faults(declaration, shown, first)
    if layout is None or wrong:
        return None, wrong
    findings = Tally()
    header = [grid.rows[line] for line in layout.lines]
    lost = {(row + 1, column): said for (row, column), said in grid.spoiled.items()}
    reader = RowReader(
        declaration.columns,
        layout,
        header,
        grid.place_at,
        findings,
        seal=seal,
        sheet=grid.sheet,
        spoiled=lost,
        first_day=grid.first_day,
    )
    rows: list[Row] = []
    lines: list[int] = []
    faulty = False
    for index in range(layout.body, len(grid.rows)):
        row = reader.take(grid.lines[index], grid.rows[index])
        if isinstance(row, tuple):
            rows.append(row)
            lines.append(grid.lines[index])
        faulty = faulty or row is RowKind.DATA
    if reader.totals and not faulty:
        between = list(_between(reader.totals, rows, lines, declaration.columns))
        findings.extend(unlike(reader.totals, between, declaration.columns))
    findings.extend(
        faults.like_a_total(grid.place_at(lines[at], 0)) for at in looks_like_total(rows, declaration.columns)
    )
    if not rows and not findings.kept:
        findings.append(faults.no_rows(Place(grid.path, sheet=grid.sheet, item=declaration.name)))
    return Table(declaration.name, declaration.columns, tuple(rows), tuple(lines), grid.path), tuple(findings.told())


def _between(
    totals: Sequence[Total], rows: Sequence[Row], lines: Sequence[int], columns: Sequence[Column]
) -> Iterator[Sums]:
    """The sums of the rows before each total since the one before, and of those after the last; empty where there are none."""
    at = {column.name: columns.index(column) for column in summed(columns)}
    ends = [total.line for total in totals]
    for start, end in zip([0, *ends], [*ends, max(lines, default=0) + 1], strict=True):
        own = [row for row, line in zip(rows, lines, strict=True) if start < line < end]
        yield {name: sum(_whole(row[index]) for row in own) for name, index in at.items()} if own else {}


def _whole(cell: Value) -> int:
    return int(cell) if isinstance(cell, int) else 0
