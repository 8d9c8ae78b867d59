"""Whether tables are those that a policy declares, and which file may be meant where one is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from hengji.engines.fault_codes import FaultCode
from hengji.model.finding import Finding, Place, Severity
from hengji.model.table import Table
from hengji.policies.kinds import common
from hengji.policies.policy import Policy


def unfit(policy: Policy, tables: Mapping[str, Table]) -> tuple[Finding, ...]:
    """Tables and columns that the policy declares and that are not there, or are of another kind."""
    return tuple(_unfit(policy, tables))


def _unfit(policy: Policy, tables: Mapping[str, Table]) -> Iterator[Finding]:
    for declared in policy.tables.values():
        table = tables.get(declared.name)
        if table is None:
            place = Place(policy.file, item=policy.title)
            found = f"政策“{policy.title}”要用数据表「{declared.name}」，没有给"
            columns = "、".join(column.name for column in declared.columns)
            remedy = "在 data/tables.yaml 中声明它，再在 dossier.yaml 这项待遇的 tables 中对应上；新建档案时加 --policy 会写好"
            yield Finding(FaultCode.TABLE.value, Severity.ERROR, place, found, f"有{columns}各列的表", remedy)
            continue
        kinds = {column.name: column.type.basic for column in table.columns}
        for column in declared.columns:
            place = Place(table.path, item=table.name)
            if column.name not in kinds and column.required:
                found = f"数据表「{table.name}」缺少列「{column.name}」（{column.type.value}）"
                yield Finding(FaultCode.TABLE.value, Severity.ERROR, place, found, "", "补上这一列")
            elif column.name in kinds and common((kinds[column.name], column.type.basic)) is not column.type.basic:
                found = f"列「{column.name}」是{kinds[column.name].value}"
                remedy = "改正这一列声明的种类（data/tables.yaml 的 type）"
                yield Finding(FaultCode.TABLE.value, Severity.ERROR, place, found, column.type.value, remedy)


def files_like(path: str, files: Iterable[str]) -> list[str]:
    """The file that may be meant by ``path``, by its name alone: folders and endings are alike anyhow."""
    from difflib import get_close_matches  # files are seldom missing

    named = {PurePosixPath(file).stem: file for file in files}
    return [named[stem] for stem in get_close_matches(PurePosixPath(path).stem, named, 1)]
