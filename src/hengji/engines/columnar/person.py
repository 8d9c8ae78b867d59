"""One person out of a clustered store of any size: only their rows are read, and what their amounts rest on, then explained.

The rows of the groups that they belong to are read too where the policy gathers by more than the person, and the rows of other
tables that they are joined with. The reference engine says what comes out and why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from hengji.engines import duck
from hengji.engines.columnar.dialect import DUCKDB
from hengji.engines.columnar.lowering import PPM
from hengji.engines.columnar.store import connect
from hengji.engines.columnar.survey import CODE, UnfitError, cell_of, shape_of
from hengji.engines.derivation import derive
from hengji.engines.reference import Runner, unfit
from hengji.model.finding import Finding, Place, Severity
from hengji.model.money import Money
from hengji.model.record import record
from hengji.model.table import Column, ColumnType, Table, Value
from hengji.policies.kinds import MONEY, RATE
from hengji.policies.nodes import Aggregate, Field, Joined, Named, Node, children, walk
from hengji.policies.outcome import RowOutcome, Step
from hengji.policies.policy import Policy

MOST_ROWS = 100_000
"""More are not explained one by one."""
_HEADER = 2
"""The line of the first row, were the file a sheet with a header."""
_CHOSEN, _NUMBER = "chosen", "file_row_number"

Link = tuple[str, ...]
"""The columns that a group is gathered by; empty for a whole table."""


@record
class Explained:
    """一个人的推导: their rows in the order of the file, each with its outcome and the steps to it. With ``findings`` nothing."""

    rows: tuple[tuple[RowOutcome, tuple[Step, ...]], ...] = ()
    tables: Mapping[str, Table] | None = None
    findings: tuple[Finding, ...] = ()


def explain_person(policy: Policy, tables: Mapping[str, Path], column: str, person: str) -> Explained:
    """What ``person`` gets by the rows of the main table that have them in ``column``, and how each amount came about."""
    read = _read_alone(policy, tables, column, person)
    if not isinstance(read, dict):
        return Explained(findings=read)
    main = read[policy.rows]
    at = main.positions[column]
    return _explained(policy, read, [row for row, cells in enumerate(main.rows) if cells[at] == person])


def explain_row(policy: Policy, tables: Mapping[str, Path], row: int) -> Explained:
    """The same for one row of the main table, by its place in the file from 0."""
    read = _read_alone(policy, tables, _NUMBER, str(row))
    if not isinstance(read, dict):
        return Explained(findings=read)
    return _explained(policy, read, [read[policy.rows].lines.index(row + _HEADER)])


def _explained(policy: Policy, read: dict[str, Table], rows: Sequence[int]) -> Explained:
    runner = Runner(policy, read)
    return Explained(tuple((runner.row(row), derive(runner, row)) for row in rows), read)


def _read_alone(
    policy: Policy, tables: Mapping[str, Path], column: str, person: str
) -> dict[str, Table] | tuple[Finding, ...]:
    connection = connect()
    connection.execute("SET parquet_metadata_cache = true")  # one file is asked several times
    try:
        return _read(connection, policy, tables, column, person)
    except UnfitError as error:
        return error.findings
    finally:
        connection.close()


def _read(
    connection: duck.Connection, policy: Policy, paths: Mapping[str, Path], column: str, person: str
) -> dict[str, Table]:
    findings: list[Finding] = []
    shapes = {
        name: shape
        for name, declared in policy.tables.items()
        if name in paths and (shape := shape_of(connection, declared, paths[name], findings))
    }
    findings += unfit(policy, shapes) if not findings else ()
    if not findings and column not in (_NUMBER, *shapes[policy.rows].positions):
        place = Place(str(paths[policy.rows]), item=policy.rows)
        expected = "其一：" + "、".join(shapes[policy.rows].positions)
        findings.append(Finding(CODE, Severity.ERROR, place, f"没有列「{column}」", expected, "改用人员编号所在的列"))
    if findings:
        raise UnfitError(tuple(findings))
    main = _File(connection, shapes[policy.rows], paths[policy.rows])
    main.choose(column, person, links(policy, column))
    read = {policy.rows: main.table(_CHOSEN)}
    for name, shape in shapes.items():
        if name != policy.rows:
            other = _File(connection, shape, paths[name])
            read[name] = other.table(other.beside(main, set(_keys(policy, name))))
    return read


class _File:
    """A Parquet file in the database."""

    def __init__(self, connection: duck.Connection, shape: Table, path: Path) -> None:
        self.connection = connection
        self.shape = shape
        self.source = f"read_parquet({DUCKDB.word(str(path))}, {_NUMBER} = true)"
        described = connection.execute(f"DESCRIBE SELECT * FROM {self.source}").fetchall()
        self.stored = {name: str(kind) for name, kind, *_ in described}

    def choose(self, column: str, person: str, chains: Sequence[Sequence[Link]]) -> None:
        """Keep the rows of the person, and those that a chain of groups leads to from them."""
        name = DUCKDB.name(column)
        text = self.stored[column] == "VARCHAR" or self.stored[column].startswith("ENUM")
        wanted = DUCKDB.word(person) if text else str(int(person)) if person.isdecimal() else "NULL"
        theirs = f"SELECT * FROM {self.source} WHERE {name} = {wanted}"
        parts = [theirs]
        for chain in chains:
            rows = theirs
            for link in chain:
                rows = f"SELECT * FROM {self.source}" + (_within(link, rows) if link else "")
            parts.append(rows)
        every = theirs if len(parts) == 1 else f"SELECT DISTINCT * FROM ({' UNION ALL '.join(parts)})"
        self.connection.execute(f"CREATE TEMP TABLE {_CHOSEN} AS {every} LIMIT {MOST_ROWS + 1}")
        found = self.connection.execute(f"SELECT count(*) FROM {_CHOSEN}").fetchone()
        assert found is not None
        place = Place(self.shape.path, item=self.shape.name)
        if found[0] > MOST_ROWS:
            said = f"这个人的金额要看 {MOST_ROWS} 行以上才能说明"
            remedy = "用 hengji calculate 逐行写出"
            raise UnfitError((Finding(CODE, Severity.ERROR, place, said, "", remedy),))
        if not found[0]:
            said = f"「{column}」中没有“{person}”"
            raise UnfitError((Finding(CODE, Severity.ERROR, place, said, "文件里有的编号", "核对编号"),))

    def beside(self, main: _File, keys: set[Link]) -> str:
        """The rows with the keys of the rows that were chosen, as SQL; all where a key is the whole table."""
        if () in keys or not keys:
            return f"SELECT * FROM {self.source}" + ("" if keys else " LIMIT 0")
        parts = []
        for key in sorted(keys):
            same = [self.stored.get(each) == main.stored.get(each) for each in key]
            parts.append(
                f"SELECT * FROM {self.source}" + _within(key, f"SELECT * FROM {_CHOSEN}", as_words=not all(same))
            )
        return parts[0] if len(parts) == 1 else f"SELECT DISTINCT * FROM ({' UNION ALL '.join(parts)})"

    def table(self, rows: str) -> Table:
        """Rows of the file as the reference engine takes them."""
        texts = [
            cell_of(column.name, self.stored[column.name], column.type.basic, DUCKDB) or ""
            for column in self.shape.columns
        ]
        source = rows if rows == _CHOSEN else f"({rows})"
        asked = f"SELECT {_NUMBER}, {', '.join(texts)} FROM {source} ORDER BY {_NUMBER} LIMIT {MOST_ROWS}"
        answers = self.connection.execute(asked).fetchall()
        cells = tuple(tuple(map(_value, self.shape.columns, answer[1:])) for answer in answers)
        lines = tuple(answer[0] + _HEADER for answer in answers)
        return Table(self.shape.name, self.shape.columns, cells, lines, self.shape.path)


def _within(link: Link, rows: str, *, as_words: bool = False) -> str:
    names = [DUCKDB.name(each) for each in link]
    if as_words:
        names = [f"CAST({each} AS VARCHAR)" for each in names]
    return f" WHERE ({', '.join(names)}) IN (SELECT ({', '.join(names)}) FROM ({rows}))"


def _value(column: Column, stored: Any) -> Value:
    if stored is None:
        return None
    match column.type.basic:
        case kind if kind is RATE:
            return Fraction(stored, PPM)
        case kind if kind is MONEY:
            return Money(stored)
        case ColumnType.TEXT | ColumnType.ENUM:
            return str(stored)
        case _:
            return stored  # type: ignore[no-any-return]


# -- what else must be read


def links(policy: Policy, column: str) -> list[tuple[Link, ...]]:
    """The chains of groups over the main table that lead out of the rows that are alike in ``column``.

    A group that a value in a group rests on is a further link. A group by the person leaves their rows only after another.
    """
    found: dict[tuple[Link, ...], None] = {}
    for node in policy.nodes():
        for chain in _chains(policy, node, ()):
            inside = next((at for at, link in enumerate(chain) if column not in link), len(chain))
            if chain[inside:]:
                found[chain[inside:]] = None
    return list(found)


def _chains(policy: Policy, node: Node, before: tuple[Link, ...]) -> Iterator[tuple[Link, ...]]:
    if isinstance(node, Named):
        yield from _chains(policy, policy.named()[node.name].value, before)
    elif isinstance(node, Aggregate) and node.table == policy.rows:
        chain = (*before, _columns(node))
        yield chain
        for part in children(node):
            yield from _chains(policy, part, chain)
    else:
        for part in children(node):
            yield from _chains(policy, part, before)


def _keys(policy: Policy, table: str) -> Iterator[Link]:
    """The columns by which rows of another table are found."""
    for node in policy.nodes():
        for part in walk(node):
            if isinstance(part, Joined) and part.field.table == table:
                yield tuple(key.name for key in part.key)
            elif isinstance(part, Aggregate) and part.table == table:
                yield _columns(part)


def _columns(node: Aggregate) -> Link:
    """A key that is computed narrows nothing down: its group is looked for among more rows."""
    return tuple(key.name for key in node.by if isinstance(key, Field))
