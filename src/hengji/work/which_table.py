"""Which table a file is that somebody gave without saying so: its header tells; where several fit alike, nobody guesses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from hengji.engines.intake.containers import ENDINGS
from hengji.engines.intake.mapping import read_mapping
from hengji.engines.which_table import Fit, Mappings, heads_of, holding, nearest
from hengji.model.finding import Finding, Place, Severity, one_of
from hengji.model.record import record
from hengji.model.table import TableDeclaration
from hengji.policies.scope import PolicyTable
from hengji.storage.refusals import CODE_FILE, unreadable
from hengji.work.policy_by_name import open_policy

Findings = tuple[Finding, ...]
CODE_WHICH = "L264"
_MANY = 12
"""So many tables are still listed by name."""


@record
class Ways:
    """写法: how somebody says which table a file is: of one, and of one of several in a file."""

    one: str
    several: str


INTAKE = Ways("用 --table 写明表名", "用 --table 写明这次接收哪一张，一次一张")
CALCULATE = Ways("写明表名：--table 表名=文件路径", "写明表名：--table 表名=文件路径，每张表一次")


def told_by_header(
    declarations: Sequence[TableDeclaration], file: Path, mappings: Mappings
) -> tuple[TableDeclaration | None, Findings]:
    """The one table that ``file`` holds, or that it comes nearest to."""
    heads = heads_of(file)
    if isinstance(heads, Finding):
        return None, (heads,)
    fits = holding(declarations, heads, mappings) or nearest(declarations, heads, mappings)
    names = {fit.table for fit in fits}
    if len(names) == 1:
        said = next(each for each in declarations if each.name in names)
        return said, _taken_for(file, fits[0], INTAKE)
    return None, (_undecided(file, fits, [each.name for each in declarations], INTAKE),)


def _tables_in(
    declarations: Sequence[TableDeclaration], file: Path, mappings: Mappings
) -> tuple[Mapping[str, Fit], Findings]:
    """All the tables that ``file`` holds, each on its sheet, or the one that it comes nearest to."""
    if file.is_fifo():
        fault = "管道里的数据只能读一次，不能先看表头"
        return {}, (Finding(CODE_WHICH, Severity.ERROR, Place(str(file)), fault, "", CALCULATE.one),)
    try:
        heads = heads_of(file)
    except OSError as error:
        expected = f"表名=文件路径，或只写可读的文件（{'、'.join(ENDINGS)}）"
        return {}, (Finding(CODE_FILE, Severity.ERROR, Place(str(file)), unreadable(error), expected, "检查路径"),)
    if isinstance(heads, Finding):
        return {}, (heads,)
    held = holding(declarations, heads, mappings)
    fits = held or nearest(declarations, heads, mappings)
    alike = _alike(fits) if held else fits if len({fit.table for fit in fits}) > 1 else ()
    if alike or not fits:
        return {}, (_undecided(file, alike, [each.name for each in declarations], CALCULATE),)
    return {fit.table: fit for fit in reversed(fits)}, ()


def named(
    policies: Sequence[str], paths: Mapping[str, Path], mappings: Mapping[str, Path], unnamed: Sequence[Path]
) -> tuple[Mapping[str, Path], Findings]:
    """``paths`` with the tables of the policies that the ``unnamed`` files hold: a file may hold several, a table stands in one."""
    opened = [open_policy(name)[0] for name in policies]
    tables = {name: table for policy in reversed(opened) if policy is not None for name, table in policy.tables.items()}
    if not unnamed or None in opened:
        return paths, ()
    wanted = [TableDeclaration(name, "", table.columns) for name, table in tables.items() if name not in paths]
    if len(wanted) == len(unnamed) == 1:
        return {**paths, wanted[0].name: unnamed[0]}, ()
    if not wanted:
        return paths, tuple(map(_too_many, unnamed))
    held: dict[str, list[tuple[Path, Fit]]] = {}
    findings: list[Finding] = []
    for file in dict.fromkeys(unnamed):
        fits, faults = _tables_in(wanted, file, partial(_mapped, tables, mappings))
        findings += faults
        for fit in fits.values():
            held.setdefault(fit.table, []).append((file, fit))
    findings += [_several(table, [file for file, _ in files]) for table, files in held.items() if len(files) > 1]
    findings += [said for (file, fit), *_ in held.values() for said in _taken_for(file, fit, CALCULATE)]
    return {**paths, **{table: files[0][0] for table, files in held.items()}}, tuple(findings)


def _mapped(tables: Mapping[str, PolicyTable], mappings: Mapping[str, Path], name: str) -> Mapping[str, str]:
    path = mappings.get(name)
    if path is None or not path.is_file():
        return {}
    return read_mapping(str(path), path.read_bytes(), [column.name for column in tables[name].columns])[0]


def _too_many(file: Path) -> Finding:
    found = "每张表都已写明文件，这个文件是多出来的"
    return Finding(CODE_WHICH, Severity.ERROR, Place(str(file)), found, "一张表一个文件", "去掉这个文件，或改正表名")


def _several(table: str, files: Sequence[Path]) -> Finding:
    found = f"数据表“{table}”在不止一个文件里：{'、'.join(map(str, files))}"
    return Finding(CODE_WHICH, Severity.ERROR, Place(item=table), found, "一张表一个文件", CALCULATE.one)


def _alike(fits: Sequence[Fit]) -> Sequence[Fit]:
    """Those that share a sheet, of which nobody can say which it is."""
    sheets = [fit.sheet for fit in fits]
    return [fit for fit in fits if sheets.count(fit.sheet) > 1]


def _taken_for(file: Path, fit: Fit, ways: Ways) -> Findings:
    """What is said where the header told: a person may know better. A sheet that is called so has said it itself."""
    if fit.by_name and not fit.lacking:
        return ()
    place = Place(str(file), sheet=fit.sheet, item=fit.table)
    found = f"没有写明是哪一张表，{'表头最像' if fit.lacking else '按表头认作'}“{fit.table}”"
    return (Finding(CODE_WHICH, Severity.NOTE, place, found, "", f"认错了的，{ways.one}"),)


def _undecided(file: Path, fits: Sequence[Fit], names: Sequence[str], ways: Ways) -> Finding:
    """Several tables fit the file, or none does."""
    place = Place(str(file))
    if not fits:
        listed = "、".join(names) if len(names) <= _MANY else f"{'、'.join(names[:_MANY])}等{len(names)}张表"
        found = "看不出这个文件是哪一张表：表头和哪一张都对不上"
        return Finding(CODE_WHICH, Severity.ERROR, place, found, f"{listed}之一的表头", ways.one)
    sheets = {fit.sheet for fit in fits}
    shown = "、".join(
        f"“{fit.table}”（{f'工作表“{fit.sheet}”，' if fit.sheet else ''}对上{fit.columns}列）" for fit in fits
    )
    found, way = f"看不出这个文件是哪一张表：{shown}一样像", ways.one
    if len(sheets) == len(fits) > 1:
        found, way = f"文件里不止一张表：{shown}", ways.several
    return Finding(CODE_WHICH, Severity.ERROR, place, found, one_of(fit.table for fit in fits), way)
