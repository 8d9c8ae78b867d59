"""Trying a policy with other parameters: what somebody proposes, put in place of what is in force, for every date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from hengji.model.cells import CellFault
from hengji.model.finding import Finding, Place, Severity, one_of
from hengji.model.money import FEN_PER_YUAN, Money, round_to
from hengji.model.record import record
from hengji.model.table import Column, Value
from hengji.policies.faults import nearest
from hengji.policies.parameters import DatedValue, Key, ParameterSeries, ParameterTable
from hengji.policies.policy import Policy
from hengji.policies.scalars import read_scalar

CODE = "W101"
SOURCE = "试算"
_WRITTEN = re.compile(
    r"(?P<name>[^=\[\]［］【】]+)(?:[\[［【](?P<keys>[^\]］】]*)[\]］】])?\s*[=＝](?P<value>.+)", re.DOTALL
)
_COMMA = re.compile(r"[,，、]")


@record
class Setting:
    """试算参数: 参数=值, or 参数表[键, 键]=值 for one line of a table; ``text`` is how it was written."""

    text: str
    name: str
    keys: tuple[str, ...]
    value: str


@record
class Changed:
    """What a setting changed: ``before`` are the values that were in force, each once, in words."""

    setting: Setting
    before: tuple[str, ...]
    after: str


def read_setting(text: str) -> Setting | None:
    """None when it is not written as 参数=值."""
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        return None
    keys = tuple(key.strip() for key in _COMMA.split(match["keys"])) if match["keys"] is not None else ()
    return Setting(text, match["name"].strip(), keys, match["value"].strip())


def with_settings(
    policy: Policy, settings: Iterable[Setting]
) -> tuple[Policy, tuple[Changed, ...], tuple[Finding, ...]]:
    """The policy with these parameters, what that changed, and what could not be set."""
    changes: list[Changed] = []
    findings: list[Finding] = []
    for setting in settings:
        made: Changed | Finding
        if setting.name in policy.parameters:
            series, made = _in_series(policy.parameters[setting.name], setting)
            policy = replace(policy, parameters={**policy.parameters, setting.name: series})
        elif setting.name in policy.lookups:
            table, made = _in_table(policy.lookups[setting.name], setting)
            policy = replace(policy, lookups={**policy.lookups, setting.name: table})
        else:
            names = (*policy.parameters, *policy.lookups)
            remedy = nearest(setting.name, names) or "改用所列的参数"
            made = _fault(setting, f"政策“{policy.title}”没有参数「{setting.name}」", one_of(names), remedy)
        if isinstance(made, Changed):
            changes.append(made)
        else:
            findings.append(made)
    return policy, tuple(changes), tuple(findings)


def _in_series(series: ParameterSeries, setting: Setting) -> tuple[ParameterSeries, Changed | Finding]:
    column = Column(series.name, series.kind, series.unit)
    value = _read(setting, column)
    if setting.keys:
        return series, _fault(setting, f"参数「{series.name}」没有键", f"{series.name}=值", "去掉方括号")
    if isinstance(value, Finding):
        return series, value
    before = tuple(dict.fromkeys(in_words(version.value, column) for version in series.versions))
    versions = tuple(DatedValue(version.start, SOURCE, value) for version in series.versions)
    return replace(series, versions=versions), Changed(setting, before, in_words(value, column))


def _in_table(table: ParameterTable, setting: Setting) -> tuple[ParameterTable, Changed | Finding]:
    column = Column(table.name, table.kind, table.unit)
    value = _read(setting, column)
    written = "、".join(key.name for key in table.keys)
    if len(setting.keys) != len(table.keys):
        expected = f"{table.name}[{written}]=值"
        found = f"参数表「{table.name}」要{len(table.keys)}个键（{written}），给了{len(setting.keys)}个"
        return table, _fault(setting, found, expected, "写全各个键")
    key = tuple(_key(text, each) for text, each in zip(setting.keys, table.keys, strict=True))
    old = [version.rows[key] for version in table.versions if key in version.rows]
    if not old:
        known = dict.fromkeys(_joined(each) for version in table.versions for each in version.rows)
        found = f"参数表「{table.name}」没有键“{'、'.join(setting.keys)}”"
        return table, _fault(setting, found, one_of(known, "；"), "改正键")
    if isinstance(value, Finding):
        return table, value
    versions = tuple(
        replace(version, source=SOURCE, rows=_with(version.rows, key, value)) for version in table.versions
    )
    before = tuple(dict.fromkeys(in_words(each, column) for each in old))
    return replace(table, versions=versions), Changed(setting, before, in_words(value, column))


def _with(rows: Mapping[Key, Value], key: Key, value: Value) -> Mapping[Key, Value]:
    return {**rows, key: value} if key in rows else rows


def _key(text: str, column: Column) -> Value:
    value = read_scalar(text, column)
    return text if isinstance(value, CellFault) else value


def _joined(key: Key) -> str:
    return "、".join(str(part) for part in key)


def _read(setting: Setting, column: Column) -> Value | Finding:
    value = read_scalar(setting.value, column)
    if isinstance(value, CellFault):
        return _fault(setting, f"{setting.name}：{value.found}", value.expected, value.remedy)
    if value is None:
        return _fault(setting, f"没有给{setting.name}的值", f"{column.type.value}", "在等号右边写上值")
    return value


def _fault(setting: Setting, found: str, expected: str, remedy: str) -> Finding:
    return Finding(CODE, Severity.ERROR, Place(item=setting.text), found, expected, remedy)


def in_words(value: Value, column: Column) -> str:
    """As it stands in a sentence: 600元, 85%, 12月, 是."""
    match value:
        case None:
            return "（空）"
        case bool():
            return "是" if value else "否"
        case Money():
            exact = round_to(Fraction(int(value), FEN_PER_YUAN), 2)
            return f"{exact.normalize():f}{column.unit or '元'}"
        case Fraction() if column.unit == "%":
            return f"{round_to(value * 100, 4).normalize():f}%"
        case Fraction():
            return f"{round_to(value, 6).normalize():f}{column.unit}"
        case int():
            return f"{value}{column.unit}"
        case _:
            return str(value)
