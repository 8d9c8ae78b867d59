"""SQL expressions as text that knows which columns it reads, so that they can be bound to columns layer by layer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from hengji.engines.columnar.dialect import Dialect
from hengji.model.record import record


@record
class Sql:
    """An expression; ``plain`` is a column or a literal, which may be written twice without computing anything twice."""

    text: str
    uses: frozenset[str] = frozenset()
    plain: bool = False
    options: tuple[Sql, ...] = ()
    """Of what the first counts that is not NULL."""


def sql(form: str, *parts: Sql) -> Sql:
    """``form`` with the parts in its places."""
    uses = frozenset[str]().union(*(part.uses for part in parts))
    return Sql(form.format(*(part.text for part in parts)), uses)


def joined(separator: str, parts: Iterable[Sql]) -> Sql:
    """The parts with ``separator`` between them."""
    every = tuple(parts)
    return sql(separator.join("{}" for _ in every), *every)


def literal(text: str) -> Sql:
    return Sql(text, plain=True)


TRUE = literal("TRUE")
FALSE = literal("FALSE")


def both(*tests: Sql | None) -> Sql:
    """All of the tests; None holds."""
    return _connected(" AND ", [test for test in tests if test is not None], FALSE, TRUE)


def _connected(word: str, tests: Iterable[Sql], deciding: Sql, neutral: Sql) -> Sql:
    given = [test for test in dict.fromkeys(tests) if test != neutral]
    if deciding in given or not given:
        return deciding if given else neutral
    return given[0] if len(given) == 1 else sql("({})", joined(word, given))


def options(part: Sql | None) -> tuple[Sql, ...]:
    """The parts of which it is the first that is not NULL."""
    return () if part is None else part.options or (part,)


def first_of(*parts: Sql | None) -> Sql | None:
    """The first that is not NULL; None stands for NULL."""
    given = tuple(dict.fromkeys(option for part in parts for option in options(part)))
    if len(given) < 2:  # noqa: PLR2004 one is the first of itself
        return given[0] if given else None
    return replace(sql("coalesce({})", joined(", ", given)), options=given)


def either(*tests: Sql) -> Sql:
    """One of the tests."""
    return _connected(" OR ", tests, TRUE, FALSE)


@record
class Layer:
    """A common table expression; ``stored`` where it is worth being computed once and kept."""

    name: str
    text: str
    stored: bool = False


def together(layers: Iterable[Layer], rest: str, dialect: Dialect) -> str:
    """One statement: the layers, and what is selected from them."""
    told = [
        f"{each.name} AS {dialect.stored if each.stored else dialect.inlined}(\n  {each.text}\n)" for each in layers
    ]
    every = ",\n".join(told)
    return f"WITH {every}\n{rest}" if told else rest


@dataclass(frozen=True, slots=True, eq=False)
class Need:
    """A layer of a relation."""

    relation: Relation | Part
    depth: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Rows that are gathered once, whoever is joined with them; ``columns`` are their names by what they stand for."""

    name: str
    text: Callable[[], str]
    needs: tuple[Need, ...]
    columns: Mapping[str, str]

    def layers(self, _depth: int, seen: set[str]) -> Iterable[Layer]:
        """As those of a relation."""
        if self.name not in seen:
            for need in self.needs:
                yield from need.relation.layers(need.depth, seen)
            seen.add(self.name)
            yield Layer(self.name, self.text(), stored=True)


@dataclass(frozen=True, slots=True, eq=False)
class Join:
    """Rows that a layer is joined with. ``text`` is asked for last, when all that is wanted of them is known."""

    text: Callable[[], str]
    on: Sql
    needs: Callable[[], tuple[Need, ...]] = tuple


class Counter:
    """Names that are used once in a statement."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, prefix: str) -> str:
        self._last += 1
        return f"{prefix}{self._last}"


class Relation:
    """Rows with columns. It grows in layers: an expression stands in the first layer after all that it reads.

    ``source`` is what layer 0 selects from; it may itself need layers of other relations. With a ``weight``, rows that are
    alike in all that is read are one row, and the column of that name counts them. ``stored``: layer 0 is read more than once.
    """

    def __init__(
        self, name: str, source: str, counter: Counter, dialect: Dialect, needs: tuple[Need, ...] = ()
    ) -> None:
        self.name = name
        self.source = source
        self.counter = counter
        self.dialect = dialect
        self.needs = needs
        self.weight = ""
        self.counted = "count(*)"
        self.stored = False
        self._depths: dict[str, int] = {}
        self._bound: dict[str, Sql] = {}
        self._columns: dict[int, list[tuple[str, str]]] = {}
        self._joins: dict[int, list[Join]] = {}

    def base(self, name: str, text: str) -> Sql:
        """A column of layer 0."""
        if name not in self._depths:
            self._place(name, text, 0)
        return self.column(name)

    def column(self, name: str) -> Sql:
        return Sql(self.dialect.name(name), frozenset({name}), plain=True)

    def weighed(self, name: str) -> None:
        """Make one row of rows that are alike, counted by the column ``name``."""
        self.weight = name
        self._depths[name] = 0

    def depth(self, uses: Iterable[str]) -> int:
        """The first layer that has all of these columns."""
        return max((self._depths[name] for name in uses), default=0)

    def alone(self, depth: int) -> bool:
        """Whether nothing is joined with the rows up to a layer."""
        return all(at > depth for at in self._joins)

    def bind(self, expression: Sql, hint: str = "c") -> Sql:
        """The column that holds the expression; a plain one stands for itself."""
        if expression.plain:
            return expression
        if expression.text not in self._bound:
            name = self.counter.next(hint)
            self._place(name, expression.text, self.depth(expression.uses) + 1)
            self._bound[expression.text] = self.column(name)
        return self._bound[expression.text]

    def join(self, join: Join, columns: Iterable[str], after: int = 0) -> None:
        """Rows of another table beside these; ``columns`` are the names that it brings. At most one row may match.

        It stands after the layer ``after``, which it may read.
        """
        depth = max(after, self.depth(join.on.uses & self._depths.keys())) + 1
        self._joins.setdefault(depth, []).append(join)
        for name in columns:
            self._depths[name] = depth

    def also(self, name: str, on: Sql) -> None:
        """One more column that the join on ``on`` brings."""
        self._depths[name] = self.depth(on.uses & self._depths.keys()) + 1

    def _place(self, name: str, text: str, depth: int) -> None:
        self._depths[name] = depth
        self._columns.setdefault(depth, []).append((name, text))

    def placed(self, depth: int) -> tuple[str, ...]:
        """The names of the columns of a layer."""
        return tuple(name for name, _ in self._columns.get(depth, ()))

    def at(self, depth: int) -> str:
        """The name of a layer."""
        return f"{self.name}{depth}"

    @property
    def last(self) -> int:
        return max(self._depths.values(), default=0)

    def layers(self, depth: int, seen: set[str]) -> Iterable[Layer]:
        """The common table expressions up to a layer, each after what it needs; ``seen`` are those that stand already."""
        for at in range(depth + 1):
            if self.at(at) in seen:
                continue
            for need in self.needs if at == 0 else [need for join in self._joins.get(at, ()) for need in join.needs()]:
                yield from need.relation.layers(need.depth, seen)
            seen.add(self.at(at))
            yield Layer(self.at(at), self._select(at), at == 0 and self.stored)

    def _select(self, at: int) -> str:
        columns = [f"{text} AS {self.dialect.name(name)}" for name, text in self._columns.get(at, ())]
        if at == 0 and self.weight:
            places = ", ".join(str(place) for place in range(1, len(columns) + 1))
            alike = f"GROUP BY {places}" if columns else "HAVING count(*) > 0"
            columns.append(f"{self.counted} AS {self.dialect.name(self.weight)}")
            return f"SELECT {', '.join(columns)}\n  FROM {self.source} {alike}"
        if at == 0:
            return f"SELECT {', '.join(columns) or '1 AS nothing'}\n  FROM {self.source}"
        joins = "".join(f"\n  LEFT JOIN {join.text()} ON {join.on.text}" for join in self._joins.get(at, ()))
        return f"SELECT {', '.join(['*', *columns])}\n  FROM {self.at(at - 1)}{joins}"
