"""intake: a file that somebody sent becomes rows of a declared table, and a list of the cells that cannot."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from hengji.engines.grids import open_book, read_grid, sheet_grid
from hengji.engines.intake.bulk import MEMORY, Taken, take_in
from hengji.engines.intake.mapping import FORM, mapping_path, read_mapping, write_mapping
from hengji.engines.intake.seal import Seal
from hengji.engines.intake.store import write_good
from hengji.model.finding import Finding, Place, Severity, one_of
from hengji.model.record import record
from hengji.model.table import TableDeclaration
from hengji.reports.marked import RawRow, mark_rows, mark_workbook
from hengji.storage.codec import decode
from hengji.storage.folder import read_folder, write_folder
from hengji.storage.refusals import reason
from hengji.storage.text import parse
from hengji.work.keys import lasting_seal
from hengji.work.on_fault import OnFault
from hengji.work.which_table import told_by_header

Findings = tuple[Finding, ...]
Tick = Callable[[str], None]
CODE_DECLARATION = "L261"
CODE_INPUT = "L262"
CODE_WRITE = "T112"
_SMALL = 48 * 2**20
"""Bytes of a file that is copied whole for marking; of a larger one only the faulty rows are."""
_WHOLE_SHEET = 3 * 2**20


@record
class Wanted:
    """接收要求: what to write and where; ``mapping`` is their header → our column."""

    table: str = ""
    good: Path | None = None
    errors: Path | None = None
    mapping: Path | None = None
    suggest: bool = False
    on_fault: OnFault = OnFault.STOP
    memory: str = MEMORY


@record
class Intake:
    """接收情况: ``written`` are the files made; ``readable`` False when no row could be looked at.

    ``headers`` are theirs, each with our column that it was taken for ("" for none). ``sheets`` are those of a workbook that were read.
    """

    table: str
    readable: bool
    rows: int
    refused: int
    findings: Findings
    written: tuple[Path, ...] = ()
    suggested: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    sheets: tuple[str, ...] = ()


@record
class _Wrapped:
    tables: tuple[TableDeclaration, ...] = ()


def intake(given: Path, file: Path, wanted: Wanted, tick: Tick = lambda _: None) -> Intake:
    """Take in ``file`` as a table declared in ``given`` (a dossier's folder, or a file like data/tables.yaml)."""
    declarations, home, found = _declared(given)
    if not declarations:
        return Intake(wanted.table, readable=False, rows=0, refused=0, findings=found)
    if not file.is_file():
        fault = "没有这个文件" if not file.exists() else "不是文件"
        place = Place(str(file), item=wanted.table)
        wrong = Finding(CODE_INPUT, Severity.ERROR, place, fault, "xlsx、xls、csv 或 parquet 文件", "检查路径")
        return Intake(wanted.table, readable=False, rows=0, refused=0, findings=(*found, wrong))
    declaration, told = _chosen(declarations, given, home, file, wanted)
    if declaration is None:
        return Intake(wanted.table, readable=False, rows=0, refused=0, findings=found + told)
    if wanted.mapping is not None and not wanted.mapping.is_file() and not wanted.suggest:
        place = Place(str(wanted.mapping))
        remedy = "检查路径；还没有列名对应文件的，加 --suggest 写出一份"
        wrong = Finding(CODE_INPUT, Severity.ERROR, place, "没有这个文件", FORM, remedy)
        return Intake(declaration.name, readable=False, rows=0, refused=0, findings=(*found, wrong))
    done = take(declaration, home, file, wanted, tick, found)
    return replace(done, findings=told + done.findings)  # not among the marks: they go back to whoever sent the file


def take(
    declaration: TableDeclaration,
    home: Path,
    file: Path,
    wanted: Wanted,
    tick: Tick = lambda _: None,
    found: Findings = (),
) -> Intake:
    """Take in ``file`` as that table; ``home`` is where the key for numbers that name somebody lies. ``found`` was said before."""
    mapping, more = _mapping(declaration, home, wanted.mapping)
    found += more
    seal, more = lasting_seal(declaration, home)
    found += more
    if any(finding.severity is Severity.ERROR for finding in found):
        return Intake(declaration.name, readable=False, rows=0, refused=0, findings=found)
    declaration = replace(declaration, path=file.name)
    with tempfile.TemporaryDirectory(prefix="hengji-") as folder:
        taken = take_in(declaration, file, Path(folder), mapping=mapping, memory=wanted.memory, tick=tick)
        taken.findings[:0] = found
        try:
            written = _suggested(taken, mapping, home, wanted) if wanted.suggest else []
            written += _write(taken, file, wanted, seal, tick)
        finally:
            taken.connection.close()
    return Intake(
        declaration.name,
        taken.readable,
        taken.rows,
        taken.refused,
        tuple(taken.findings),
        tuple(written),
        tuple(taken.suggested.items()),
        tuple(taken.headers.items()),
        tuple(filter(None, taken.used)),
    )


def _declared(given: Path) -> tuple[tuple[TableDeclaration, ...], Path, Findings]:
    """The declarations, and the folder of the dossier (or of the file) that they belong to."""
    if given.is_dir():
        files, found = read_folder(given)
        parsed = parse(files) if files else None
        tables = parsed.dossier.tables if parsed is not None and parsed.dossier is not None else ()
        if not tables:
            place = Place(str(given / "data/tables.yaml"))
            said = Finding(
                CODE_DECLARATION, Severity.ERROR, place, "档案里没有声明数据表", "至少一张表", "在其中写明表名和各列"
            )
            return (), given, (*found, said)
        return tables, given, ()
    try:
        text = given.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        place = Place(str(given))
        expected = "档案文件夹，或像 data/tables.yaml 那样的声明文件"
        return (
            (),
            given.parent,
            (Finding(CODE_DECLARATION, Severity.ERROR, place, "读不出数据表的声明", expected, "检查路径"),),
        )
    read = decode(_Wrapped, text, str(given))
    tables = read.value.tables if read.value is not None else ()
    if not tables and not read.findings:
        place = Place(str(given))
        said = Finding(
            CODE_DECLARATION, Severity.ERROR, place, "文件里没有声明数据表", "tables: 下至少一张表", "写明表名和各列"
        )
        return (), given.parent, (said,)
    return tables, given.parent, tuple(read.findings)


def _chosen(
    declarations: Sequence[TableDeclaration], given: Path, home: Path, file: Path, wanted: Wanted
) -> tuple[TableDeclaration | None, Findings]:
    """The table by name; without one the only table, or the one whose file is called alike, or the one that its header tells."""
    name = wanted.table
    alike = [each for each in declarations if each.name == name or (not name and file.stem in _called(each))]
    if not alike and not name and len(declarations) == 1:
        alike = list(declarations)
    if len(alike) == 1:
        return alike[0], ()
    if not name:
        known = {each.name: each for each in declarations}
        return told_by_header(declarations, file, lambda table: _mapping(known[table], home, wanted.mapping)[0])
    names = one_of(each.name for each in declarations)
    found = f"没有声明数据表“{name}”"
    return None, (Finding(CODE_DECLARATION, Severity.ERROR, Place(str(given)), found, names, "改正 --table 的表名"),)


def _called(declaration: TableDeclaration) -> tuple[str, str]:
    return declaration.name, Path(declaration.path).stem


def _mapping(declaration: TableDeclaration, home: Path, given: Path | None) -> tuple[dict[str, str], Findings]:
    path = given if given is not None else home / mapping_path(declaration.name)
    try:
        content = path.read_bytes()
    except OSError:
        return {}, ()
    return read_mapping(str(path), content, [column.name for column in declaration.columns])


def _suggested(taken: Taken, mapping: Mapping[str, str], home: Path, wanted: Wanted) -> list[Path]:
    """The mapping with what it may lack, where columns are lacking; what somebody wrote into it before stays."""
    found = {*taken.headers.values(), *taken.suggested.values()}
    lacking = [each.name for each in taken.declaration.columns if each.required and each.name not in found]
    if not taken.suggested and not lacking:
        return []
    unused = [theirs for theirs, ours in taken.headers.items() if not ours and theirs not in taken.suggested]
    path = wanted.mapping or home / mapping_path(taken.declaration.name)
    write_folder(path.parent, {path.name: write_mapping({**mapping, **taken.suggested}, unused, lacking)})
    return [path]


def _write(taken: Taken, file: Path, wanted: Wanted, seal: Seal | None, tick: Tick) -> list[Path]:
    written: list[Path] = []
    faulty = any(finding.severity is Severity.ERROR for finding in taken.findings)
    if wanted.errors is not None and taken.findings and taken.readable:
        tick("标注有误的格")
        try:
            _mark(taken, file, wanted.errors)
            written.append(wanted.errors)
        except OSError as error:
            taken.findings.insert(0, _not_written("标注的工作簿", wanted.errors, error))
    keep = not faulty or (wanted.on_fault is OnFault.KEEP_GOOD and taken.readable)
    if wanted.good is not None and keep:
        tick("写出合格的行")
        try:
            write_good(taken, wanted.good, seal)
            written.append(wanted.good)
        except OSError as error:
            taken.findings.insert(0, _not_written("合格的行", wanted.good, error))
    return written


def _not_written(what: str, path: Path, error: OSError) -> Finding:
    remedy = "检查路径和剩余空间，关闭正在使用它的程序；原来的文件没有改动"
    found = f"{what}写不出去：{reason(error)}"
    return Finding(CODE_WRITE, Severity.ERROR, Place(str(path)), found, "可写的位置", remedy)


def _mark(taken: Taken, file: Path, out: Path) -> None:
    small = file.stat().st_size <= _SMALL
    if file.suffix.lower() in (".xlsx", ".xlsm") and file.stat().st_size <= _WHOLE_SHEET:
        write_folder(out.parent, {out.name: mark_workbook(file.read_bytes(), taken.findings)})
        return
    rows: Sequence[RawRow] = taken.bad
    if small and file.suffix.lower() in (".csv", ".txt", ".xls"):
        rows = _all_rows(taken, file)
    write_folder(out.parent, {out.name: mark_rows(rows, taken.findings)})


def _all_rows(taken: Taken, file: Path) -> list[RawRow]:
    content = file.read_bytes()
    if file.suffix.lower() != ".xls":
        grid, _ = read_grid(file.name, content)
        grids = [] if grid is None else [grid]
    else:
        book, _ = open_book(file.name, content)
        grids = [sheet_grid(book, name)[0] for name in taken.used] if book is not None else []
    return [(grid.sheet, line, cells) for grid in grids for line, cells in zip(grid.lines, grid.rows, strict=True)]
