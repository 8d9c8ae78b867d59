"""import: a filled workbook is read whole, judged whole, and put into the dossier whole or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from hengji.engines.grids import Book, Grid, column_letters, open_book, sheet_grid
from hengji.engines.tables import CODE_EMPTY, once, type_grid
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity
from hengji.model.record import record
from hengji.model.table import Table, TableDeclaration
from hengji.storage.folder import read_folder, write_folder
from hengji.storage.refusals import unreadable
from hengji.storage.text import parse, render
from hengji.work.workbook.data import LEDGER_SHEET, DataSheet, changed_rows, csv_of, data_sheets
from hengji.work.workbook.form import CODE_TWICE, CODE_UNKNOWN, LIST, Field, Filled, Findings, Sheet, build
from hengji.work.workbook.sheets import SHEETS, names_by_sheet
from hengji.work.workbook.unread import months, unread_columns, unread_sheets

CODE_WORKBOOK = "L244"
CODE_DOSSIER = "L245"
_HEADER_DEPTH = 12


@record
class SheetChange:
    """What a sheet changed: how many records or rows of each kind."""

    sheet: str
    added: int
    changed: int
    removed: int
    unchanged: int


@record
class Import:
    """What came of it: ``files`` are those whose content changed (none when there is an error), by path in the dossier; None for
    one that is no longer any of its.
    """

    readable: bool
    changes: tuple[SheetChange, ...]
    files: Mapping[str, bytes | None]
    findings: Findings


def fill(root: Path, workbook: Path) -> Import:
    """Put the workbook into the dossier in ``root`` and write what changed; with any error nothing is written."""
    files, findings = read_folder(root)
    if not files and findings:
        return Import(readable=False, changes=(), files={}, findings=findings)
    dossier, refused = _whole(files, findings, str(root))
    if dossier is None:
        return Import(readable=False, changes=(), files={}, findings=refused)
    content, refused = _read(workbook)
    if content is None:
        return Import(readable=False, changes=(), files={}, findings=refused)
    done = _filled(dossier, workbook.name, content)
    if done.files:
        write_folder(root, {path: content for path, content in done.files.items() if content is not None})
        for path in (path for path, content in done.files.items() if content is None):
            (root / path).unlink(missing_ok=True)
    return done


def fill_files(files: Mapping[str, bytes], name: str, content: bytes) -> Import:
    """The same from a dossier's files and a workbook's content; nothing is written, the caller commits ``files``."""
    dossier, refused = _whole(files, (), "档案")
    if dossier is None:
        return Import(readable=False, changes=(), files={}, findings=refused)
    return _filled(dossier, name, content)


def _whole(files: Mapping[str, bytes], findings: Findings, name: str) -> tuple[Dossier | None, Findings]:
    """The dossier, when every file of it could be read."""
    parsed = parse(files)
    broken = tuple(finding for finding in (*findings, *parsed.findings) if finding.severity is Severity.ERROR)
    if parsed.dossier is not None and not broken:
        return parsed.dossier, ()
    found = "档案里有读不了的文件，不能并入，以免丢失其中的内容"
    refused = Finding(CODE_DOSSIER, Severity.ERROR, Place(name), found, "没有错误的档案", "先按各条提示改正档案")
    return None, (*broken, refused)


def _filled(dossier: Dossier, name: str, content: bytes) -> Import:
    book, findings = _open(name, content)
    if book is None:
        return Import(readable=False, changes=(), files={}, findings=findings)
    merged, changes, faults = merge(dossier, book)
    if any(finding.severity is Severity.ERROR for finding in faults):
        return Import(readable=True, changes=(), files={}, findings=faults)
    before, after = render(dossier), render(merged)
    changed: dict[str, bytes | None] = {path: written for path, written in after.items() if before.get(path) != written}
    changed |= dict.fromkeys(path for path in before if path not in after)
    return Import(readable=True, changes=changes, files=changed, findings=faults)


def _read(workbook: Path) -> tuple[bytes | None, Findings]:
    try:
        return workbook.read_bytes(), ()
    except OSError as error:
        remedy = "检查路径；文件正被别的程序打开时先关闭"
        place = Place(str(workbook))
        return None, (Finding(CODE_WORKBOOK, Severity.ERROR, place, unreadable(error), "填好的工作簿（xlsx）", remedy),)


def _open(name: str, content: bytes) -> tuple[Book | None, Findings]:
    book, findings = open_book(name, content)
    if book is not None and not {sheet.name for sheet in SHEETS} & set(book.names):
        found = "工作簿里没有一张填报表，现有：" + "、".join(book.names)
        expected = "hengji new 给出的填报工作簿"
        remedy = "工作表改过名称的改回来；别人送来的花名册之类，用 hengji intake 接收"
        fault = Finding(CODE_WORKBOOK, Severity.ERROR, Place(name), found, expected, remedy)
        return None, (fault,)
    return book, findings


def merge(dossier: Dossier, book: Book) -> tuple[Dossier, tuple[SheetChange, ...], Findings]:
    """The dossier with what the workbook says. A sheet with rows is the whole of its list; one without says nothing."""
    merged, found, changes = dossier, list[Finding](), list[SheetChange]()
    quoting: list[tuple[Field, Filled[Any]]] = []
    broken: set[str] = set()
    for sheet in SHEETS:
        rows, faults = _records(sheet, merged, book)
        found.extend(faults)
        quoting.extend((column, row) for row in rows for column in sheet.columns if column.refers)
        if any(fault.severity is Severity.ERROR for fault in faults):
            broken.add(sheet.name)
        elif rows:
            changes.append(_change(sheet, sheet.take(merged), rows))
            merged, faults = sheet.give(merged, rows)
            found.extend(faults)
    known = {name: names | _words(book, name, broken) for name, names in names_by_sheet(merged).items()}
    found.extend(fault for column, row in quoting for fault in _unknown(column, row, known[column.refers]))
    data = dict(merged.data)
    for own in data_sheets(merged):
        table = _rows(own, book, known, found)
        if table is not None and table.rows:
            old = own.table(merged)
            added, removed, same = changed_rows(old, table)
            changes.append(SheetChange(own.name, added, 0, removed, same))
            if added or removed:
                data[own.path] = csv_of(own, table, data.get(own.path))
    merged = _with_answers(replace(merged, data=data) if data != dict(merged.data) else merged)
    own_sheets = (own.name for own in data_sheets(merged))
    found.extend(unread_sheets(book, [*(sheet.name for sheet in SHEETS), *own_sheets]))
    return _following(dossier, merged), tuple(changes), tuple(found)


def _following(before: Dossier, merged: Dossier) -> Dossier:
    """Entitlements stay with the only sub-project when it is given another id; of several, a check says which is astray."""
    old, new = before.head.programmes, merged.head.programmes
    if len(old) != 1 or len(new) != 1 or old[0].id == new[0].id:
        return merged
    moved = tuple(
        replace(each, programme=new[0].id) if each.programme == old[0].id else each for each in merged.head.entitlements
    )
    return replace(merged, head=replace(merged.head, entitlements=moved))


def _with_answers(dossier: Dossier) -> Dossier:
    """Questionnaires whose answers came with the workbook name their file."""
    surveys = tuple(
        replace(survey, responses=path)
        if not survey.responses and (path := f"surveys/{survey.id}.csv") in dossier.data
        else survey
        for survey in dossier.surveys
    )
    return dossier if surveys == dossier.surveys else replace(dossier, surveys=surveys)


def _records(sheet: Sheet[Any], dossier: Dossier, book: Book) -> tuple[tuple[Filled[Any], ...], Findings]:
    """The rows of a sheet that can be read, and what is wrong with the others."""
    if sheet.name not in book.names:
        return (), ()
    grid, faults = sheet_grid(book, sheet.name)
    columns = tuple(column.column for column in sheet.columns)
    table, more = type_grid(TableDeclaration(sheet.name, book.path, columns, sheet.name), grid)
    found = [finding for finding in once(faults, more) if finding.code != CODE_EMPTY]
    found += [*unread_columns(grid, columns), *months(grid, columns)]
    if table is None:
        return (), tuple(found)
    rows: list[Filled[Any]] = []
    old = {sheet.keys(record): record for record in sheet.take(dossier)}
    letters = _letters(grid, [column.header for column in sheet.columns])
    first: dict[tuple[Any, ...], int] = {}
    for line, row in zip(table.lines, table.rows, strict=True):
        values = dict(zip((column.header for column in sheet.columns), row, strict=True))
        record = build(sheet, values, None)
        key = sheet.keys(record)
        if key in old:
            record = build(sheet, values, old[key])
        places = {c.field: _place(book.path, sheet.name, line, c.header, letters) for c in sheet.columns}
        if key in first and any(key):
            said = "、".join(str(part) for part in key if part)
            text = f"“{said}”在第{first[key]}行已经有了"
            fault = Filled(record, places).fault(sheet.key[-1], text, "每条只写一行", "改名或合并", CODE_TWICE)
            found.append(fault)
        first.setdefault(key, line)
        rows.append(Filled(record, places))
    return tuple(rows), tuple(found)


def _letters(grid: Grid, headers: list[str]) -> dict[str, str]:
    """The column letter of each header, from the row that names the most of them."""
    rows = [[str(cell or "").strip() for cell in row] for row in grid.rows[:_HEADER_DEPTH]]
    best = max(rows, key=lambda row: sum(header in row for header in headers), default=[])
    return {header: column_letters(best.index(header)) for header in headers if header in best}


def _place(path: str, sheet: str, line: int, header: str, letters: Mapping[str, str]) -> Place:
    cell = f"{letters[header]}{line}" if header in letters else ""
    return Place(path, line, None, sheet, cell, header)


def _change(sheet: Sheet[Any], before: tuple[Any, ...], rows: tuple[Filled[Any], ...]) -> SheetChange:
    old = {sheet.keys(record): sheet.shown(record) for record in before}
    new = {sheet.keys(row.record): sheet.shown(row.record) for row in rows}
    same = sum(1 for key, cells in new.items() if old.get(key) == cells)
    added = len(new.keys() - old.keys())
    return SheetChange(sheet.name, added, len(new) - added - same, len(old.keys() - new.keys()), same)


def _words(book: Book, sheet: str, broken: Collection[str]) -> frozenset[str]:
    """Whatever is written in a sheet that is at fault: what quotes one of its rows is not to blame."""
    if sheet not in broken:
        return frozenset()
    grid, _ = sheet_grid(book, sheet)
    return frozenset(str(cell).strip() for row in grid.rows for cell in row if cell is not None)


def _unknown(column: Field, row: Filled[Any], known: frozenset[str]) -> Iterator[Finding]:
    value = getattr(row.record, column.field)
    for name in value if isinstance(value, tuple) else (value,):
        if name and name not in known:
            text = f"“{column.refers}”表中没有“{name}”"
            listed = LIST.join(sorted(known)) if len(known) <= _HEADER_DEPTH else f"“{column.refers}”表中的编号"
            yield row.fault(column.field, text, listed, f"改正编号，或在“{column.refers}”表中补上", CODE_UNKNOWN)


def _rows(sheet: DataSheet, book: Book, known: Mapping[str, frozenset[str]], found: list[Finding]) -> Table | None:
    if sheet.name not in book.names:
        return None
    grid, faults = sheet_grid(book, sheet.name)
    table, more = type_grid(sheet.declaration(book.path), grid)
    found.extend(finding for finding in once(faults, more) if finding.code != CODE_EMPTY)
    found.extend(unread_columns(grid, sheet.columns))
    if sheet is LEDGER_SHEET:
        found.extend(months(grid, sheet.columns))
    if table is not None and sheet is LEDGER_SHEET:
        found.extend(_unknown_programmes(table, grid, sheet, book.path, known["子项目"]))
    return table


def _unknown_programmes(
    table: Table, grid: Grid, sheet: DataSheet, path: str, known: frozenset[str]
) -> Iterator[Finding]:
    letters = _letters(grid, [*sheet.headers])
    programme, tier = table.positions["项目"], table.positions["层级"]
    for line, row in zip(table.lines, table.rows, strict=True):
        place = _place(path, sheet.name, line, "项目", letters)
        names = str(row[programme] or "").split(LIST) if row[programme] else []
        if not names and row[tier] != "合计":
            yield Finding(CODE_UNKNOWN, Severity.ERROR, place, "没有填子项目", "“子项目”表中的编号", "填写子项目编号")
        for name in names:
            if name not in known:
                text = f"“子项目”表中没有“{name}”"
                expected = LIST.join(sorted(known)) or "“子项目”表中的编号"
                yield Finding(CODE_UNKNOWN, Severity.ERROR, place, text, expected, "改正编号，或在“子项目”表中补上")
