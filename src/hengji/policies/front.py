"""The front matter of law.md: whose policy it is, since when, and over which tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import yaml

from hengji.model.record import record
from hengji.model.table import Column, ColumnType
from hengji.policies.faults import Code, Faults, nearest
from hengji.policies.kinds import DATE, WORDS, common
from hengji.policies.policy import PolicyDocument
from hengji.policies.resolve import THIS_ROW
from hengji.policies.scope import PolicyTable
from hengji.policies.yaml_nodes import Entries, Reader, compose, spot_of

TYPES: Mapping[str, ColumnType] = {kind.value: kind for kind in ColumnType}


@record
class Front:
    """What the front matter says; the fields are those of Policy."""

    name: str
    title: str
    jurisdiction: str
    start: date
    end: date | None
    as_of: str
    rows: str
    recipient: str
    documents: tuple[PolicyDocument, ...]
    tables: Mapping[str, PolicyTable]


def read_front(text: str, faults: Faults) -> Front:
    """Read it; what does not fit is noted and comes back empty."""
    reader = Reader(faults)
    given = reader.record(
        compose(text, faults, 2),
        ("name", "title", "jurisdiction", "documents", "effective", "rows", "recipient", "tables"),
        ("as_of",),
        "文件头",
    )
    effective = reader.record(given.get("effective"), ("start",), ("end",), "effective")
    tables = _tables(given.get("tables"), reader)
    front = Front(
        reader.text(given.get("name"), "name"),
        reader.text(given.get("title"), "title"),
        reader.text(given.get("jurisdiction"), "jurisdiction"),
        reader.date(effective.get("start"), "effective.start") or date.min,
        reader.date(effective.get("end"), "effective.end"),
        reader.text(given.get("as_of"), "as_of"),
        reader.text(given.get("rows"), "rows"),
        reader.text(given.get("recipient"), "recipient"),
        tuple(_document(node, reader) for node in reader.items(given.get("documents"), "documents")),
        tables,
    )
    _judge(front, given, faults)
    return front


def _document(node: yaml.Node, reader: Reader) -> PolicyDocument:
    given = reader.record(node, ("title",), ("number", "date"), "文件")
    return PolicyDocument(
        reader.text(given.get("title"), "title"),
        reader.text(given.get("number"), "number"),
        reader.date(given.get("date"), "date"),
    )


def _tables(node: yaml.Node | None, reader: Reader) -> dict[str, PolicyTable]:
    found: dict[str, PolicyTable] = {}
    for name, child in reader.entries(node, "tables").items():
        given = reader.record(child, ("columns",), ("key",), f"数据表「{name}」")
        columns = tuple(
            read_column(each, reader) for each in reader.items(given.get("columns"), f"「{name}」的 columns")
        )
        seen: set[str] = set()
        for column, each in zip(columns, reader.items(given.get("columns"), ""), strict=True):
            if column.name in seen:
                reader.faults.add(Code.TWICE, spot_of(each), f"列「{column.name}」声明了两次", "", "删去其中一个")
            seen.add(column.name)
        found[name] = PolicyTable(name, columns, reader.texts(given.get("key"), "key"))
    return found


def read_column(node: yaml.Node, reader: Reader) -> Column:
    """A column declaration."""
    optional = ("unit", "choices", "synonyms", "required", "note")
    given = reader.record(node, ("name", "type"), optional, "列")
    name = reader.text(given.get("name"), "name")
    kind = TYPES.get(reader.word(given.get("type"), f"列「{name}」的种类", TYPES), ColumnType.TEXT)
    choices = reader.texts(given.get("choices"), "choices")
    if kind is ColumnType.ENUM and not choices:
        reader.fault(node, f"枚举列「{name}」没有 choices", "choices: [词, 词]", "列出可选的词")
    required = reader.word(given.get("required"), "required", {"true": True, "false": False}) != "false"
    unit, note = reader.text(given.get("unit"), "unit"), reader.text(given.get("note"), "note")
    return Column(name, kind, unit, choices, reader.texts(given.get("synonyms"), "synonyms"), required, note)


def _judge(front: Front, given: Entries, faults: Faults) -> None:
    """The names that the front matter itself refers to."""
    if front.rows and front.rows not in front.tables:
        remedy = nearest(front.rows, front.tables) or "在 tables 中声明它"
        faults.add(Code.NAME, spot_of(given["rows"]), f"rows 的数据表「{front.rows}」没有声明", "", remedy)
        return
    if not front.rows:
        return
    main = front.tables[front.rows]
    for key, name, kinds in (("recipient", front.recipient, WORDS), ("as_of", front.as_of, {DATE})):
        column = main.field(name)
        if name and (column is None or column.kind not in kinds):
            expected = f"「{front.rows}」的一个{'日期' if kinds == {DATE} else '文本'}列"
            remedy = nearest(name, [each.name for each in main.columns]) or "改用主表的列"
            faults.add(Code.NAME, spot_of(given[key]), f"{key} 的「{name}」不是这样的列", expected, remedy)
    for table in front.tables.values():
        if table.name == THIS_ROW:
            faults.add(Code.TWICE, spot_of(given["tables"]), f"数据表不能叫「{THIS_ROW}」", "", "改名")
        for key in table.key:
            ours, theirs = main.field(key), table.field(key)
            if ours is None or theirs is None or common((ours.kind, theirs.kind)) is None:
                found = f"「{table.name}」的 key「{key}」连不上主表"
                expected = f"「{table.name}」和「{front.rows}」中同名、同种类的列"
                faults.add(Code.NAME, spot_of(given["tables"]), found, expected, "改正 key 或补上列")
