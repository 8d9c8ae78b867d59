"""The files that somebody names for the tables of a policy: read into memory, or taken in as typed Parquet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hengji.engines.intake.mapping import FORM as MAPPING_FORM
from hengji.engines.intake.mapping import mapping_path, read_mapping
from hengji.engines.outcomes.stored import as_words, read_stored, words_only
from hengji.model.finding import Finding, Place, Severity, one_of
from hengji.model.record import record
from hengji.model.table import Keeping, Table, TableDeclaration
from hengji.policies.policy import Policy
from hengji.policies.scope import PolicyTable
from hengji.storage.refusals import CODE_FILE, unreadable
from hengji.work.watch import Watch

if TYPE_CHECKING:
    from hengji.engines.intake.seal import Seal

Findings = tuple[Finding, ...]
Paths = Mapping[str, Path]
CODE_TABLE = "L222"
PARQUET = ".parquet"


@record
class Incoming:
    """核算来件: the file of each table, for some tables the file that says which of its headers is which column, and how numbers
    that name somebody are kept.
    """

    paths: Paths
    mappings: Paths
    keeping: Keeping


def is_stored(path: Path) -> bool:
    """Whether the file is typed already."""
    return path.suffix.lower() == PARQUET


def misnamed(policy: Policy, given: Incoming) -> Findings:
    """Tables that are not given, files that are not there, and names that the policy does not know; all at once."""
    return (
        *_missing(policy, given.paths),
        *_unknown(policy, {**given.paths, **given.mappings}),
        *_mismapped(policy, given.mappings),
    )


def _missing(policy: Policy, paths: Paths) -> Iterator[Finding]:
    for declared in policy.tables.values():
        path = paths.get(declared.name)
        if path is None:
            columns = "、".join(column.name for column in declared.columns)
            remedy = f"给出它的文件：csv、xlsx、xls 或 parquet（--table {declared.name}=文件路径）；没有的，用 hengji calculate --blank 写出空表来填"
            found = f"没有给数据表“{declared.name}”"
            yield Finding(
                CODE_TABLE, Severity.ERROR, Place(item=declared.name), found, f"有{columns}各列的文件", remedy
            )
        elif (why := _unreadable(path)) is not None:
            from hengji.engines.intake.containers import ENDINGS

            remedy = "检查路径；文件正被别的程序打开时先关闭"
            place = Place(str(path), item=declared.name)
            expected = f"可读的文件：{'、'.join(ENDINGS)}"
            yield Finding(CODE_FILE, Severity.ERROR, place, why, expected, remedy)


def _unreadable(path: Path) -> str | None:
    if path.is_fifo():
        return None
    try:
        with path.open("rb"):
            return None
    except OSError as error:
        return unreadable(error)


def _unknown(policy: Policy, paths: Paths) -> Iterator[Finding]:
    for name in paths:
        if name not in policy.tables:
            expected = one_of(policy.tables)
            found = f"政策“{policy.title}”没有数据表“{name}”"
            yield Finding(CODE_TABLE, Severity.ERROR, Place(item=name), found, expected, "改正表名（等号左边）")


def _mismapped(policy: Policy, mappings: Paths) -> Iterator[Finding]:
    for name, path in mappings.items():
        table = policy.tables.get(name)
        if (why := _unreadable(path)) is not None:
            yield Finding(CODE_FILE, Severity.ERROR, Place(str(path), item=name), why, MAPPING_FORM, "检查路径")
        elif table is not None:
            yield from _mapping(table, path)[1]


def _mapping(table: PolicyTable, path: Path) -> tuple[dict[str, str], Findings]:
    return read_mapping(str(path), path.read_bytes(), [column.name for column in table.columns])


def _declared(table: PolicyTable, given: Incoming) -> TableDeclaration:
    columns = tuple(replace(column, keeping=given.keeping) for column in table.columns)
    return TableDeclaration(table.name, str(given.paths[table.name]), columns)


def _seal(policy: Policy, given: Incoming) -> tuple[Seal | None, Findings]:
    """The key of the dossier that the main table lies in, else one for this run."""
    taken_in = [table for table in policy.tables.values() if not is_stored(given.paths[table.name])]
    if not taken_in:
        return None, ()
    from hengji.engines.intake.seal import KEY_FILE
    from hengji.work.keys import passing_seal

    main = given.paths[policy.rows].resolve()
    home = next((folder for folder in main.parents if (folder / KEY_FILE).is_file()), main.parent)
    return passing_seal([_declared(table, given) for table in taken_in], home)


def in_memory(policy: Policy, given: Incoming, watch: Watch) -> tuple[dict[str, Table], Findings]:
    """Every table read cell by cell; tables of which nothing can be read are left out."""
    from hengji.engines.tables import read_table

    seal, findings = _seal(policy, given)
    tables: dict[str, Table] = {}
    stored: dict[str, Table | Path] = {}
    for declared in policy.tables.values():
        path = given.paths[declared.name]
        watch.step(f"读取{declared.name}")
        if is_stored(path):
            stored[declared.name] = path
            continue
        files = {str(path): path.read_bytes()}
        if declared.name in given.mappings:
            files[mapping_path(declared.name)] = given.mappings[declared.name].read_bytes()
        table, faults = read_table(_declared(declared, given), files, seal)
        findings += faults
        if table is not None:
            tables[declared.name] = table
    if stored and len(stored) + len(tables) == len(policy.tables):
        tables, faults = read_stored(
            as_words(policy), {name: _worded(each) for name, each in {**tables, **stored}.items()}
        )
        findings += faults
    return tables, findings


def _worded(table: Table | Path) -> Table | Path:
    return table if isinstance(table, Path) else words_only(table)


def as_files(
    policy: Policy, given: Incoming, folder: Path, memory: str | None, watch: Watch
) -> tuple[dict[str, Path], Findings]:
    """Every table as Parquet: as it is, or taken in and written into ``folder``; what cannot be taken in is left out."""
    seal, findings = _seal(policy, given)
    files: dict[str, Path] = {}
    for at, declared in enumerate(policy.tables.values()):
        path = given.paths[declared.name]
        if is_stored(path):
            files[declared.name] = path
            continue
        from hengji.engines.intake.bulk import MEMORY, take_in  # what reads workbooks is not loaded for Parquet
        from hengji.engines.intake.store import write_typed

        watch.step(f"读取{declared.name}")
        room = folder / f"table-{at}"
        room.mkdir()
        named = given.mappings.get(declared.name)
        mapping, _ = _mapping(declared, named) if named is not None else ({}, ())
        taken = take_in(_declared(declared, given), path, room, mapping=mapping, memory=memory or MEMORY)
        with closing(taken.connection):
            findings += tuple(taken.findings)
            if taken.readable:
                files[declared.name] = room / f"typed{PARQUET}"
                write_typed(taken, files[declared.name], seal)
    return files, findings
