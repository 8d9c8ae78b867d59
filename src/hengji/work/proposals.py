"""What is proposed to be tried: parameters that are changed together, from a table that somebody keeps in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from hengji.engines.tables import read_table
from hengji.model.finding import Finding, Place, Severity
from hengji.model.record import record
from hengji.model.table import Column, ColumnType, TableDeclaration
from hengji.policies.policy import Policy
from hengji.policies.settings import CODE, Changed, Setting, read_setting, with_settings
from hengji.storage.refusals import content_of

Findings = tuple[Finding, ...]
NAME, PARAMETER, VALUE = "方案", "参数", "值"
ONLY = "试算"
"""The name of what has no name."""


@record
class Proposal:
    """试算方案: ``places`` say where each setting stands, which is nowhere for one that was typed."""

    name: str
    settings: tuple[Setting, ...] = ()
    places: tuple[Place, ...] = ()


def read_proposals(path: Path) -> tuple[tuple[Proposal, ...], Findings]:
    """The proposals of a csv or workbook with the columns 方案, 参数 and 值; one row is one setting."""
    columns = tuple(Column(name, ColumnType.TEXT) for name in (NAME, PARAMETER, VALUE))
    content = content_of(path, "可读的 csv、xlsx 或 xls")
    if isinstance(content, Finding):
        return (), (content,)
    table, findings = read_table(TableDeclaration("试算方案", str(path), columns), {str(path): content})
    if table is None:
        return (), findings
    rows: dict[str, list[tuple[Setting, Place]]] = {}
    for line, (name, parameter, value) in zip(table.lines, table.rows, strict=True):
        text = f"{parameter}={value}"
        place = Place(str(path), line, item=text)
        setting = read_setting(text)
        if setting is None:
            expected = "“参数”写参数的名称，或“参数表[键,键]”；“值”写改成多少"
            findings += (Finding(CODE, Severity.ERROR, place, f"“{parameter}”不是参数的写法", expected, "改写这一行"),)
        else:
            rows.setdefault(str(name), []).append((setting, place))
    proposals = tuple(
        Proposal(name, tuple(each for each, _ in pairs), tuple(place for _, place in pairs))
        for name, pairs in rows.items()
    )
    return proposals, findings


def applied(policy: Policy, proposal: Proposal) -> tuple[Policy, tuple[Changed, ...], Findings]:
    """The policy as proposed, what that changes, and all that cannot be done."""
    tried, changes, findings = with_settings(policy, proposal.settings)
    places = {place.item: place for place in proposal.places}
    findings = tuple(replace(each, place=places.get(each.place.item, each.place)) for each in findings)
    return tried, changes, (*findings, *_twice(proposal), *_bare(policy, proposal))


def _twice(proposal: Proposal) -> Iterator[Finding]:
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for setting, place in zip(proposal.settings, proposal.places, strict=False):
        aim = (setting.name, setting.keys)
        if aim in seen:
            found = f"方案“{proposal.name}”里参数“{setting.name}”给了不止一个值"
            yield Finding(
                CODE, Severity.ERROR, place, found, "一个方案里每个参数一行", "删去其中一行，或改写方案的名称"
            )
        seen.add(aim)


def _bare(policy: Policy, proposal: Proposal) -> Iterator[Finding]:
    """A workbook keeps 85% as 0.85: whether that is meant or 0.85% cannot be seen any more."""
    percent = {name for name, each in policy.parameters.items() if each.unit == "%"}
    percent |= {name for name, each in policy.lookups.items() if each.unit == "%"}
    for setting, place in zip(proposal.settings, proposal.places, strict=False):
        if setting.name in percent and not setting.value.endswith(("%", "％")):
            remedy = "写上百分号；在工作簿里先把这一格设为文本格式"
            yield Finding(CODE, Severity.ERROR, place, f"“{setting.value}”没有百分号", "百分数，如 85%", remedy)
