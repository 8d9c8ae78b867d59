"""Grids to tables: find the header, match the columns, type each cell, and say what does not fit, all at once."""

from __future__ import annotations

import difflib
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from hengji.engines.grids import Book, Grid, open_book, read_grid, sheet_grid
from hengji.engines.intake import faults
from hengji.engines.intake.containers import Kind, kind_of
from hengji.engines.intake.layout import DEPTH, Layout, find_layout, likely
from hengji.engines.intake.mapping import mapping_path, read_mapping
from hengji.engines.intake.package import letters
from hengji.engines.intake.rows import Row, RowReader, looks_like_total
from hengji.engines.intake.seal import Seal
from hengji.model.finding import Finding, Place, Severity
from hengji.model.table import Table, TableDeclaration

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
        return None, (faults.no_file(path, declaration.name, difflib.get_close_matches(path, list(files), 1)),)
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
    return Table(declaration.name, declaration.columns, rows, lines, path), found


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
    if not names:
        return [], (faults.no_such_sheet(declaration.path, declaration.sheet, book.names),)
    read = _chosen(declaration, book, names, mapping)
    spoiled = {id(finding) for grid, _ in read for finding in grid.spoiled.values()}
    about = tuple(finding for _, said in read for finding in said if id(finding) not in spoiled)
    return [grid for grid, _ in read], about


def wanted_sheets(declaration: TableDeclaration, names: Sequence[str]) -> tuple[str, ...]:
    """The sheets that a declaration speaks of; without a name, all of them may hold the table."""
    pattern = declaration.sheet or "*"
    return tuple(name for name in names if name == pattern or ("*" in pattern and fnmatchcase(name, pattern)))


def takes_all_sheets(declaration: TableDeclaration) -> bool:
    """Whether the table goes on over several sheets: the declaration has a pattern, or a column filled by their names."""
    return "*" in declaration.sheet or any(column.from_sheet for column in declaration.columns)


def _chosen(
    declaration: TableDeclaration, book: Book, names: Sequence[str], mapping: Mapping[str, str]
) -> list[tuple[Grid, Findings]]:
    """All sheets with the header, or the first of them; the first sheet where none has it, so that it can be said."""
    read: list[tuple[Grid, Findings]] = []
    for name in names:
        grid, said = sheet_grid(book, name)
        layout = find_layout(declaration.columns, grid.rows[: 4 * DEPTH], mapping)
        if layout is None or missing(declaration, layout):
            continue
        read.append((grid, said))
        if not takes_all_sheets(declaration):
            return read
    return read or [sheet_grid(book, names[0])]


def missing(declaration: TableDeclaration, layout: Layout) -> list[str]:
    """Required columns that the header does not have."""
    has = {match.column.name for match in layout.matches}
    return [
        column.name
        for column in declaration.columns
        if column.required and not column.from_sheet and column.name not in has
    ]


def header_faults(declaration: TableDeclaration, layout: Layout | None, first: Place, cells: Sequence[str]) -> Findings:
    """What is wrong with a header; ``first`` is the place of its first cell and ``cells`` the names of its columns."""
    if layout is None:
        place = Place(first.file, sheet=first.sheet, item=declaration.name)
        return (faults.no_header(place, DEPTH, [column.name for column in declaration.columns]),)
    found: list[Finding] = []
    lacking = missing(declaration, layout)
    if lacking:
        near = [f"“{theirs}”可能就是“{ours}”" for theirs, ours in likely(layout, declaration.columns).items()]
        found.append(faults.missing_columns(first, lacking, cells, near))
    found.extend(
        faults.column_twice(first, name, [f"{letters(at)}列“{layout.headers[at]}”" for at in positions])
        for name, positions in layout.twice.items()
    )
    return tuple(found)


def type_grid(
    declaration: TableDeclaration, grid: Grid, mapping: Mapping[str, str] | None = None, seal: Seal | None = None
) -> tuple[Table | None, Findings]:
    """Type the rows under the header of ``grid``."""
    layout = find_layout(declaration.columns, grid.rows[: 4 * DEPTH], mapping or {})
    first = grid.place(layout.lines[-1], 0, declaration.name) if layout else Place(grid.path, sheet=grid.sheet)
    wrong = header_faults(declaration, layout, first, tuple(layout.headers.values()) if layout else ())
    if layout is None or wrong:
        return None, wrong
    findings: list[Finding] = []
    header = [grid.rows[line] for line in layout.lines]
    lost = {(row + 1, column) for row, column in grid.spoiled}
    reader = RowReader(
        declaration.columns, layout, header, grid.place_at, findings, seal=seal, sheet=grid.sheet, spoiled=lost
    )
    rows: list[Row] = []
    lines: list[int] = []
    for index in range(layout.body, len(grid.rows)):
        row = reader.take(grid.lines[index], grid.rows[index])
        if row is not None:
            rows.append(row)
            lines.append(grid.lines[index])
    known = {match.position for match in layout.matches}
    findings.extend(
        said
        for (row, column), said in grid.spoiled.items()
        if row + 1 > grid.lines[layout.lines[-1]] and column in known
    )
    findings.extend(
        faults.like_a_total(grid.place_at(lines[at], 0)) for at in looks_like_total(rows, declaration.columns)
    )
    if not rows and not findings:
        findings.append(faults.no_rows(Place(grid.path, sheet=grid.sheet, item=declaration.name)))
    return Table(declaration.name, declaration.columns, tuple(rows), tuple(lines), grid.path), tuple(findings)
