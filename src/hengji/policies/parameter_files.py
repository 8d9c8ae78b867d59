"""parameters.yaml: dated, sourced values and tables of values by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import yaml

from hengji.model.table import Column, Value
from hengji.policies.faults import Code, Faults
from hengji.policies.front import TYPES
from hengji.policies.kinds import COUNT, ENUM, TEXT
from hengji.policies.parameters import D, DatedRows, DatedValue, Key, ParameterSeries, ParameterTable
from hengji.policies.scalars import read_value
from hengji.policies.yaml_nodes import Entries, Reader, compose, spot_of

Parameters = tuple[dict[str, ParameterSeries], dict[str, ParameterTable]]


def read_parameters(text: str, faults: Faults, columns: Mapping[str, Column]) -> Parameters:
    """Read the file. A key column without a type is of the kind of the policy's column of that name, in ``columns``."""
    reader = Reader(faults)
    root = compose(text, faults)
    given = reader.record(root, (), ("parameters", "tables"), "文件")
    series: dict[str, ParameterSeries] = {}
    tables: dict[str, ParameterTable] = {}
    for node in reader.items(given.get("parameters"), "parameters"):
        found = _series(node, reader)
        _once(found.name, {*series, *tables}, node, faults)
        series.setdefault(found.name, found)
    for node in reader.items(given.get("tables"), "tables"):
        table = _table(node, reader, columns)
        _once(table.name, {*series, *tables}, node, faults)
        tables.setdefault(table.name, table)
    return series, tables


def _once(name: str, seen: set[str], node: yaml.Node, faults: Faults) -> None:
    if name in seen:
        faults.add(Code.TWICE, spot_of(node), f"参数「{name}」定义了两次", "", "改名，或把两处合成一个")


def _column(given: Entries, reader: Reader) -> Column:
    name = reader.text(given.get("name"), "name")
    kind = TYPES.get(reader.word(given.get("type"), f"参数「{name}」的种类", TYPES), TEXT)
    return Column(name, TEXT if kind is ENUM else kind, reader.text(given.get("unit"), "unit"))


def _series(node: yaml.Node, reader: Reader) -> ParameterSeries:
    given = reader.record(node, ("name", "type", "values"), ("unit", "note"), "参数")
    column = _column(given, reader)
    versions: list[DatedValue] = []
    for each in reader.items(given.get("values"), f"参数「{column.name}」的 values"):
        entry = reader.record(each, ("from", "value", "source"), ("note",), f"参数「{column.name}」的值")
        start, source = _dated(entry, each, column.name, reader)
        value = read_value(entry["value"], column, reader) if "value" in entry else None
        if value is None and "value" in entry and not reader.text(entry["value"], "value").strip():
            reader.fault(each, f"参数「{column.name}」的值是空的", "一个值", "填上，或删去这一版")
        versions.append(DatedValue(start, source, value))
    return ParameterSeries(column.name, column.type, column.unit, _sorted(versions, node, column.name, reader))


def _dated(entry: Entries, node: yaml.Node, name: str, reader: Reader) -> tuple[date, str]:
    source = reader.text(entry.get("source"), "source").strip()
    if "source" in entry and not source:
        reader.faults.add(Code.SOURCE, spot_of(node), f"参数「{name}」没有出处", "source: 文号和条目", "补上出处")
    return reader.date(entry.get("from"), "from") or date.max, source


def _sorted(versions: list[D], node: yaml.Node, name: str, reader: Reader) -> tuple[D, ...]:
    starts = [version.start for version in versions]
    if len(set(starts)) < len(starts):
        reader.fault(node, f"参数「{name}」有两版从同一天起", "每版的 from 各不相同", "删去其中一版")
    return tuple(sorted(versions, key=lambda version: version.start))


def _table(node: yaml.Node, reader: Reader, columns: Mapping[str, Column]) -> ParameterTable:
    given = reader.record(node, ("name", "keys", "type", "values"), ("unit", "note"), "参数表")
    column = _column(given, reader)
    entries = [
        (each, reader.record(each, ("from", "source", "rows"), ("note",), f"参数表「{column.name}」的一版"))
        for each in reader.items(given.get("values"), f"参数表「{column.name}」的 values")
    ]
    rows = [reader.items(row, "一行") for _, entry in entries for row in reader.items(entry.get("rows"), "rows")]
    keys = tuple(
        _key(each, position, rows, reader, columns)
        for position, each in enumerate(reader.items(given.get("keys"), f"参数表「{column.name}」的 keys"))
    )
    versions = [_version(each, entry, keys, column, reader) for each, entry in entries]
    ordered = _sorted(versions, node, column.name, reader)
    return ParameterTable(column.name, column.type, column.unit, ordered, keys)


def _key(
    node: yaml.Node, position: int, rows: list[list[yaml.Node]], reader: Reader, columns: Mapping[str, Column]
) -> Column:
    """A key is a name, or a name and a type; otherwise its kind is that of the column, or shows in the values."""
    if isinstance(node, yaml.MappingNode):
        given = reader.record(node, ("name", "type"), ("unit",), "键")
        return _column(given, reader)
    name = reader.text(node, "键")
    if name in columns:
        return replace(columns[name], required=True)
    written = [str(row[position].value) for row in rows if len(row) > position]
    whole = bool(written) and all(text.removeprefix("-").isdecimal() for text in written)
    return Column(name, COUNT if whole else TEXT)


def _version(node: yaml.Node, entry: Entries, keys: tuple[Column, ...], column: Column, reader: Reader) -> DatedRows:
    start, source = _dated(entry, node, column.name, reader)
    rows: dict[Key, Value] = {}
    for row in reader.items(entry.get("rows"), "rows"):
        cells = reader.items(row, f"参数表「{column.name}」的一行")
        if len(cells) != len(keys) + 1:
            reader.fault(
                row, f"参数表「{column.name}」的一行有 {len(cells)} 格", f"{len(keys)} 个键和 1 个值", "补全这一行"
            )
            continue
        key = tuple(read_value(cell, each, reader) for cell, each in zip(cells[:-1], keys, strict=True))
        if key in rows:
            reader.fault(row, f"参数表「{column.name}」的键重复出现", "每组键一行", "删去其中一行")
        rows[key] = read_value(cells[-1], column, reader)
    return DatedRows(start, source, rows)
