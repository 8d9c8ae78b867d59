"""Grids to tables: find the header, match the columns, type each cell, and say what does not fit, all at once."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace

from hengji.engines.grids import Grid, read_grid
from hengji.model.cells import CellFault, CellNote, Raw, read_cell
from hengji.model.finding import Finding, Place, Severity
from hengji.model.table import Column, Table, TableDeclaration, Value

CODE_FILE = "T101"
CODE_HEADER = "T102"
CODE_CELL = "T103"
CODE_NOTE = "T104"
CODE_TOTAL = "T105"
CODE_EMPTY = "T106"
_HEADER_DEPTH = 12
_HEADER = re.compile(r"^(?P<name>.*?)\s*(?:[（(](?P<unit>[^（()）]*)[)）])?$")
_TOTALS = ("合计", "总计", "小计", "共计", "总和")


@dataclass(frozen=True, slots=True)
class _Match:
    """A declared column found in the grid."""

    column: Column
    position: int
    unit: str


def read_table(declaration: TableDeclaration, files: Mapping[str, bytes]) -> tuple[Table | None, tuple[Finding, ...]]:
    """Read a declared table out of ``files``. Rows that hold a faulty cell are left out; None when nothing can be read."""
    if declaration.path not in files:
        near = difflib.get_close_matches(declaration.path, list(files), 1)
        remedy = f"可能是 {near[0]}" if near else "放入该文件，或改正 data/tables.yaml 中的 path"
        place = Place(declaration.path, item=declaration.name)
        fault = Finding(CODE_FILE, Severity.ERROR, place, f"数据表“{declaration.name}”的文件不存在", "", remedy)
        return None, (fault,)
    grid, faults = read_grid(declaration.path, files[declaration.path], declaration.sheet)
    if grid is None:
        return None, faults
    table, more = type_grid(declaration, grid)
    return table, once(faults, more)


def once(of_grid: tuple[Finding, ...], of_cells: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """All findings, without what a cell is blamed for when the grid has said already why it cannot be read."""
    said = {fault.place for fault in of_grid if fault.severity is Severity.ERROR}
    return *of_grid, *(fault for fault in of_cells if replace(fault.place, item="") not in said)


def type_grid(declaration: TableDeclaration, grid: Grid) -> tuple[Table | None, tuple[Finding, ...]]:
    """Type the rows under the header row of ``grid``."""
    header, matches = _find_header(declaration.columns, grid)
    missing = [c for c in declaration.columns if c.required and all(match.column is not c for match in matches)]
    if header is None or missing:
        return None, (_header_fault(declaration, grid, header, missing),)
    rows: list[tuple[Value, ...]] = []
    lines: list[int] = []
    findings: list[Finding] = []
    for index in range(header + 1, len(grid.rows)):
        cells = grid.rows[index]
        if all(cell is None or str(cell).strip() == "" for cell in cells):
            continue
        if _is_total(cells):
            text = "合计行不读入，合计由程序计算"
            findings.append(Finding(CODE_TOTAL, Severity.NOTE, grid.place(index, 0), text, "明细行", "无需处理"))
            continue
        row = _read_row(grid, index, declaration.columns, matches, findings)
        if row is not None:
            rows.append(row)
            lines.append(grid.lines[index])
    if not rows and not findings:
        place = Place(grid.path, sheet=grid.sheet, item=declaration.name)
        findings.append(Finding(CODE_EMPTY, Severity.WARNING, place, "表中没有数据行", "至少一行", "填写数据"))
    return Table(declaration.name, declaration.columns, tuple(rows), tuple(lines), grid.path), tuple(findings)


def _find_header(columns: tuple[Column, ...], grid: Grid) -> tuple[int | None, list[_Match]]:
    """The row among the first dozen that names the most columns: title rows above it are passed over."""
    best: tuple[int | None, list[_Match]] = (None, [])
    for index, cells in enumerate(grid.rows[:_HEADER_DEPTH]):
        matches = _match_columns(columns, cells)
        if len(matches) > len(best[1]):
            best = (index, matches)
    return best


def _match_columns(columns: tuple[Column, ...], cells: tuple[Raw, ...]) -> list[_Match]:
    headers = []
    for cell in cells:
        text = unicodedata.normalize("NFKC", str(cell or "")).replace("\n", "").strip()
        match = _HEADER.match(text)
        headers.append((text, match["name"], match["unit"] or "") if match else (text, text, ""))
    matches = []
    for column in columns:
        names = {unicodedata.normalize("NFKC", name) for name in (column.name, *column.synonyms)}
        for position, (whole, name, unit) in enumerate(headers):
            if whole in names or name in names:
                matches.append(_Match(column, position, "" if whole in names else unit))
                break
    return matches


def _header_fault(declaration: TableDeclaration, grid: Grid, header: int | None, missing: list[Column]) -> Finding:
    names = "、".join(column.name for column in missing or declaration.columns)
    if header is None:
        place = Place(grid.path, sheet=grid.sheet, item=declaration.name)
        return Finding(
            CODE_HEADER, Severity.ERROR, place, "找不到表头行", f"前{_HEADER_DEPTH}行内有表头：{names}", "补上表头"
        )
    seen = "、".join(str(cell) for cell in grid.rows[header] if cell not in (None, ""))
    place = grid.place(header, 0, declaration.name)
    remedy = "补上缺少的列，或在声明中写明同义列名（synonyms）"
    return Finding(CODE_HEADER, Severity.ERROR, place, f"表头缺少列：{names}（现有：{seen}）", names, remedy)


def _is_total(cells: tuple[Raw, ...]) -> bool:
    texts = [
        str(cell).replace(" ", "").replace("\u3000", "") for cell in cells if isinstance(cell, str) and cell.strip()
    ]
    return bool(texts) and texts[0] in _TOTALS


def _read_row(
    grid: Grid, index: int, columns: tuple[Column, ...], matches: list[_Match], findings: list[Finding]
) -> tuple[Value, ...] | None:
    """One typed row; None when a cell of it is at fault (the faults are added to ``findings``)."""
    cells = grid.rows[index]
    values: dict[str, Value] = {}
    sound = True
    for match in matches:
        raw = cells[match.position] if match.position < len(cells) else None
        place = grid.place(index, match.position, match.column.name)
        read = read_cell(raw, match.column, match.unit)
        if isinstance(read, CellFault):
            findings.append(Finding(CODE_CELL, Severity.ERROR, place, read.found, read.expected, read.remedy))
            sound = False
        elif read.value is None and match.column.required:
            findings.append(
                Finding(CODE_CELL, Severity.ERROR, place, "此格为空", "必填", "填写；确无此值的列应声明为非必填")
            )
            sound = False
        else:
            values[match.column.name] = read.value
            findings.extend(_note(place, note, raw) for note in read.notes)
    return tuple(values.get(column.name) for column in columns) if sound else None


def _note(place: Place, note: CellNote, raw: Raw) -> Finding:
    if note is CellNote.WAN_LOOKS_LIKE_YUAN:
        remedy = "核对表头单位与数值；若以元计，把表头改为（元）"
        return Finding(CODE_NOTE, Severity.WARNING, place, f"“{raw}”{note.value}", "与表头单位相符的数", remedy)
    return Finding(CODE_NOTE, Severity.NOTE, place, f"“{raw}”{note.value}", "半角数字", "可改为半角")
