"""cases.yaml: worked cases, the published ones first. They are read here and run by an engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import yaml

from hengji.model.programme import Tier
from hengji.model.table import Column, Table, Value
from hengji.policies.faults import Code, Faults, nearest
from hengji.policies.kinds import BOOL, MONEY
from hengji.policies.nodes import Literal, Negate, Node
from hengji.policies.policy import IN_FORCE, INCOMPUTABLE, TOTAL, Case, Hold, Policy
from hengji.policies.resolve import read
from hengji.policies.scalars import read_value
from hengji.policies.scope import PolicyTable, Scope
from hengji.policies.yaml_nodes import Reader, compose, spot_of

_TOTALS = (TOTAL, *(tier.value for tier in Tier))


def read_cases(text: str, policy: Policy, faults: Faults) -> tuple[Case, ...]:
    """Read the file; what does not fit is noted."""
    reader = Reader(faults)
    given = reader.record(compose(text, faults), ("cases",), (), "文件")
    return tuple(_case(node, policy, reader) for node in reader.items(given.get("cases"), "cases"))


def case_scope(policy: Policy, published: Mapping[str, Node]) -> Scope:
    """What an expression under ``holds`` may name: 总额, the tiers, the published values, parameters, columns of the tables."""
    totals = dict.fromkeys((TOTAL, *(tier.value for tier in policy.tiers())), MONEY)
    figures = totals | {name: node.kind for name, node in published.items()}
    return Scope("", policy.tables, {}, policy.parameters, policy.lookups, figures)


def _case(node: yaml.Node, policy: Policy, reader: Reader) -> Case:
    optional = ("tables", "expect", "published", "holds", "note")
    given = reader.record(node, ("name", "source"), optional, "算例")
    name = reader.faults.item = reader.text(given.get("name"), "name")
    tables = {
        table: _table(child, policy.tables[table], reader)
        for table, child in reader.entries(given.get("tables"), "tables").items()
        if _known(table, policy.tables, child, reader)
    }
    expected = reader.record(given.get("expect"), (), (*_TOTALS, "rows", "reasons"), "expect")
    count = len(tables[policy.rows].rows) if policy.rows in tables else 0
    published = {
        key: value
        for key, child in reader.entries(given.get("published"), "published").items()
        if (value := _published(child, reader)) is not None
    }
    case = Case(
        name,
        reader.text(given.get("source"), "source"),
        spot_of(node).line,
        tables,
        {key: read_value(expected[key], Column(key, MONEY), reader) for key in _TOTALS if key in expected},
        _rows(expected.get("rows"), count, policy, reader),
        _reasons(expected.get("reasons"), count, policy, reader),
        published,
        _holds(given.get("holds"), case_scope(policy, published), reader),
        reader.faults.file,
    )
    if not expected and not case.holds:
        reader.fault(node, f"算例“{name}”没有 expect 也没有 holds", "至少一样", "写明结果应当是多少")
    reader.faults.item = ""
    return case


def _known(name: str, known: Mapping[str, object], node: yaml.Node, reader: Reader) -> bool:
    if name not in known:
        remedy = nearest(name, known) or "可用：" + "、".join(known)
        reader.faults.add(Code.NAME, spot_of(node), f"没有声明过「{name}」", "", remedy)
    return name in known


def _table(node: yaml.Node, declared: PolicyTable, reader: Reader) -> Table:
    columns = {column.name: column for column in declared.columns}
    rows: list[tuple[Value, ...]] = []
    lines: list[int] = []
    for each in reader.items(node, f"「{declared.name}」"):
        cells = reader.entries(each, "一行")
        values = {
            key: read_value(cell, columns[key], reader)
            for key, cell in cells.items()
            if _known(key, columns, cell, reader)
        }
        for column in declared.columns:
            if column.required and column.name not in cells:
                reader.fault(each, f"缺少列「{column.name}」", f"{column.name}: …", "补上；没有填写的写 空值 ~")
        rows.append(tuple(values.get(column.name) for column in declared.columns))
        lines.append(spot_of(each).line)
    return Table(declared.name, declared.columns, tuple(rows), tuple(lines), reader.faults.file)


def _published(node: yaml.Node, reader: Reader) -> Node | None:
    """A literal of the language: 12640元, 85%, 153, 2021-07-12."""
    text = reader.text(node, "published")
    value = read(text, Scope(), reader.faults, spot_of(node))
    if isinstance(value, Negate) and isinstance(value.of, Literal) and isinstance(value.of.value, int):
        return replace(value.of, value=-value.of.value)
    if value is not None and not isinstance(value, Literal):
        reader.fault(node, f"“{text}”不是一个写明的值", "如 12640元、85%、153", "改写")
        return None
    return value


def _rows(node: yaml.Node | None, count: int, policy: Policy, reader: Reader) -> tuple[Mapping[str, Value], ...]:
    items = reader.items(node, "rows")
    _as_many(node, items, count, reader)
    kinds = dict.fromkeys(_TOTALS, MONEY) | {name: each.value.kind for name, each in policy.named().items()}
    return tuple(
        {
            key: read_value(child, Column(key, kinds[key]), reader)
            for key, child in reader.entries(each, "一行").items()
            if _known(key, kinds, child, reader)
        }
        for each in items
    )


def _reasons(node: yaml.Node | None, count: int, policy: Policy, reader: Reader) -> tuple[tuple[str, ...], ...]:
    items = reader.items(node, "reasons")
    _as_many(node, items, count, reader)
    known = {**{condition.name: condition for condition in policy.conditions()}, IN_FORCE: policy, INCOMPUTABLE: policy}
    found = tuple(reader.texts(each, "一行的原因") for each in items)
    for each, names in zip(items, found, strict=True):
        for name in names:
            _known(name, known, each, reader)
    return found


def _as_many(node: yaml.Node | None, items: list[yaml.Node], count: int, reader: Reader) -> None:
    if node is not None and len(items) != count:
        reader.fault(node, f"写了 {len(items)} 行结果", f"{count} 行，与主表的行一一对应", "补上或删去")


def _holds(node: yaml.Node | None, scope: Scope, reader: Reader) -> tuple[Hold, ...]:
    found: list[Hold] = []
    for each in reader.items(node, "holds"):
        text = reader.text(each, "holds")
        value = read(text, scope, reader.faults, spot_of(each))
        if value is not None and value.kind is not BOOL:
            reader.faults.add(
                Code.KIND, spot_of(each), f"“{text}”是{value.kind.value}", "是否", "写成比较，如 总额 = 省级"
            )
        elif value is not None:
            found.append(Hold(text, value, spot_of(each).line))
    return tuple(found)
