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
from hengji.engines.columnar.clustered import FIRST_LINE, LINE
from hengji.engines.columnar.dialect import DUCKDB
from hengji.engines.columnar.lowering import PPM
from hengji.engines.columnar.store import connect
from hengji.engines.columnar.survey import CODE, UnfitError, cell_of, shape_of, stored_types
from hengji.engines.derivation import MOST_NEAR, derive, no_such_column, no_such_row, nobody
from hengji.engines.fitting import unfit
from hengji.engines.reference import Runner
from hengji.model.finding import Finding, Place, Severity
from hengji.model.money import Money
from hengji.model.record import record
from hengji.model.table import Column, ColumnType, Table, Value
from hengji.policies.kinds import MONEY, RATE
from hengji.policies.nodes import Aggregate, Field, Joined, Named, Node, walk
from hengji.policies.outcome import RowOutcome, Step
from hengji.policies.policy import Policy

MOST_ROWS = 100_000
"""More are not explained one by one."""
_NUMBER = "file_row_number"

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


def explain_row(policy: Policy, tables: Mapping[str, Path], line: int) -> Explained:
    """The same for one row of the main table, by its line in the file that it was taken from."""
    read = _read_alone(policy, tables, LINE, str(line))
    if not isinstance(read, dict):
        return Explained(findings=read)
    return _explained(policy, read, [read[policy.rows].lines.index(line)])


def _explained(policy: Policy, read: dict[str, Table], rows: Sequence[int]) -> Explained:
    runner = Runner(policy, read)
    return Explained(tuple(zip(map(runner.row, rows), derive(runner, rows), strict=True)), read)


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
    stored = {
        name: types
        for name, declared in policy.tables.items()
        if name in paths and (types := stored_types(connection, declared, paths[name], findings)) is not None
    }
    shapes = {name: shape_of(policy.tables[name], paths[name], types, findings) for name, types in stored.items()}
    findings += unfit(policy, shapes) if not findings else ()
    if not findings and column not in (LINE, *shapes[policy.rows].positions):
        findings.append(no_such_column(str(paths[policy.rows]), policy.rows, column, shapes[policy.rows].positions))
    if findings:
        raise UnfitError(tuple(findings))
    files = {name: _File(connection, shape, stored[name]) for name, shape in shapes.items()}
    main = files[policy.rows].person(column, person, links(policy, column))
    others = {name: file.beside(main, set(_keys(policy, name))) for name, file in files.items() if name != policy.rows}
    return {policy.rows: main, **others}


class _File:
    """A Parquet file in the database; ``stored`` are the types of its columns."""

    def __init__(self, connection: duck.Connection, shape: Table, stored: Mapping[str, str]) -> None:
        self.connection = connection
        self.shape = shape
        self.stored = stored
        self.line = DUCKDB.name(LINE) if LINE in stored else f"{_NUMBER} + {FIRST_LINE}"
        self.every = f"SELECT * FROM read_parquet({DUCKDB.word(shape.path)}, {_NUMBER} = true)"

    def person(self, column: str, person: str, chains: Sequence[Sequence[Link]]) -> Table:
        """The rows of the person, and those that a chain of groups leads to from them."""
        theirs = f"{self.every} WHERE {self._test(column, person)}"
        parts = [theirs]
        for chain in chains:
            rows = theirs
            for link in chain:
                rows = self.every + (_within(link, rows) if link else "")
            parts.append(rows)
        found = self._table(_united(parts), [], MOST_ROWS + 1)
        place = Place(self.shape.path, item=self.shape.name)
        if len(found.rows) > MOST_ROWS:
            said = f"这个人的金额要看 {MOST_ROWS} 行以上才能说明"
            remedy = "用 hengji calculate 逐行写出"
            raise UnfitError((Finding(CODE, Severity.ERROR, place, said, "", remedy),))
        if not found.rows and column == LINE:
            raise UnfitError((no_such_row(self.shape.path, self.shape.name, int(person), self._ends()),))
        if not found.rows:
            raise UnfitError((nobody(self.shape.path, self.shape.name, column, person, self._near(column, person)),))
        return found

    def _near(self, column: str, person: str) -> list[str]:
        """The first words of the column that have what was typed as a part."""
        if not self._in_words(column):
            return []
        cells = f"SELECT CAST({DUCKDB.name(column)} AS VARCHAR) AS cell FROM ({self.every})"
        found = self.connection.execute(
            f"SELECT DISTINCT cell FROM ({cells}) WHERE contains(cell, ?) ORDER BY cell LIMIT {MOST_NEAR}", [person]
        ).fetchall()
        return [cell for (cell,) in found]

    def _ends(self) -> tuple[int, int] | None:
        """The first and the last line; None where there is no row."""
        first, last = self.connection.execute(
            f"SELECT min({self.line}), max({self.line}) FROM ({self.every})"
        ).fetchall()[0]
        return None if first is None else (first, last)

    def _test(self, column: str, person: str) -> str:
        wanted = str(int(person)) if person.isdecimal() else "NULL"
        if self._in_words(column):
            wanted = DUCKDB.word(person)
        return f"{self.line if column == LINE else DUCKDB.name(column)} = {wanted}"

    def _in_words(self, column: str) -> bool:
        return self.stored.get(column, "").startswith(("VARCHAR", "ENUM"))

    def beside(self, main: Table, keys: set[Link]) -> Table:
        """The rows with the keys of rows of the main table; all where a key is the whole table."""
        if () in keys:
            return self._table(self.every, [], MOST_ROWS)
        parts: list[str] = []
        given: list[object] = []
        for key in sorted(keys):
            at = [main.positions[name] for name in key]
            found = dict.fromkeys(tuple(_kept(row[each]) for each in at) for row in main.rows)
            columns = list(zip(*(cells for cells in found if None not in cells), strict=True))
            if columns:
                names, wanted = zip(*map(self._sides, key), strict=True)
                parts.append(f"{self.every} WHERE ({', '.join(names)}) IN (SELECT {', '.join(wanted)})")
                given += map(list, columns)
        return self._table(_united(parts or [f"{self.every} LIMIT 0"]), given, MOST_ROWS)

    def _kind(self, name: str) -> ColumnType:
        return self.shape.columns[self.shape.positions[name]].type.basic

    def _cell(self, name: str) -> str:
        """A column of the file as the reference engine takes it."""
        return cell_of(name, self.stored[name], self._kind(name), DUCKDB) or ""

    def _sides(self, name: str) -> tuple[str, str]:
        """A key here, and what its cells are compared with; words are looked for as they are stored, so that most can be skipped."""
        if self._kind(name) in {ColumnType.TEXT, ColumnType.ENUM}:
            return DUCKDB.name(name), f"TRY_CAST(unnest(?::VARCHAR[]) AS {self.stored[name]})"
        return self._cell(name), "unnest(?)"

    def _table(self, rows: str, given: Sequence[object], most: int) -> Table:
        """Rows of the file as the reference engine takes them."""
        texts = [self._cell(column.name) for column in self.shape.columns]
        asked = f"SELECT {self.line}, {', '.join(texts)} FROM ({rows}) ORDER BY {_NUMBER} LIMIT {most}"
        answers = self.connection.execute(asked, given).fetchall()
        cells = tuple(tuple(map(_value, self.shape.columns, answer[1:])) for answer in answers)
        lines = tuple(answer[0] for answer in answers)
        return Table(self.shape.name, self.shape.columns, cells, lines, self.shape.path)


def _united(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"SELECT DISTINCT * FROM ({' UNION ALL '.join(parts)})"


def _within(link: Link, rows: str) -> str:
    names = ", ".join(DUCKDB.name(each) for each in link)
    return f" WHERE ({names}) IN (SELECT ({names}) FROM ({rows}))"


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


def _kept(cell: Value) -> object:
    """A value as files hold it, the other way round from ``_value``."""
    return int(cell * PPM) if isinstance(cell, Fraction) else cell


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
        for part in node.children:
            yield from _chains(policy, part, chain)
    else:
        for part in node.children:
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
