"""blank: the tables that a policy wants, as a workbook to be filled in and given to calculate."""

from __future__ import annotations

from pathlib import Path

from hengji.model.finding import Finding, Place, Severity
from hengji.storage.folder import write_folder
from hengji.storage.refusals import CODE_FILE
from hengji.work.policy_by_name import open_policy
from hengji.work.workbook.data import DataSheet, sheet_name
from hengji.work.workbook.sheets import WORDS
from hengji.work.workbook.writing import blank_workbook

Findings = tuple[Finding, ...]


def blank(name: str, path: Path) -> tuple[tuple[str, ...], Findings]:
    """Write a sheet for each table of the policy; the names of the tables, none where there is no such policy. No file is written over."""
    policy, findings = open_policy(name)
    if policy is None:
        return (), findings
    if path.exists():
        fault = Finding(CODE_FILE, Severity.ERROR, Place(str(path)), "已有同名的文件", "还没有的文件名", "换一个名字")
        return (), (*findings, fault)
    taken = {WORDS.casefold()}
    sheets = [
        DataSheet(sheet_name(table.name, taken), f"{policy.title}要用的“{table.name}”，一行一条", "", table.columns)
        for table in policy.tables.values()
    ]
    write_folder(path.parent, {path.name: blank_workbook(policy.title, sheets)})
    return tuple(policy.tables), findings
