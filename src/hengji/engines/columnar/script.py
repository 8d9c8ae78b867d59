"""Statements that give several grains at once: alike rows are counted and kept, each kind is priced, and every row finds its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from hengji.engines.columnar.dialect import DUCKDB
from hengji.engines.columnar.grains import FAULTS, ROW, Grain, gathered, picked, slimmed
from hengji.engines.columnar.groups import shared_key
from hengji.engines.columnar.lowered import WEIGHT, Lowered
from hengji.engines.columnar.rejoining import rejoined
from hengji.engines.columnar.sql import Layer, Sql, together

KINDS = "种类"
LEAST_PART = 40_000_000
"""Many rows are counted in parts of no fewer than these, so that less stands in memory at a time."""
MOST_PARTS = 4
"""Each part reads all rows: more parts than this cost more than what they save."""
_HASHES = 2**64


@dataclass(slots=True)
class Script:
    """Statements in their order; what a statement keeps stands in a table until the connection is closed.

    ``kept`` are the texts of the tables that are there already, by name. Where there are several parts of the rows, each has about
    ``least_part`` of them or more.
    """

    least_part: int = LEAST_PART
    kept: dict[str, str] = field(default_factory=dict)
    _at_hand: list[Layer] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    def keep(self, layers: Iterable[Layer]) -> Iterator[str]:
        """The statements that keep the layers which are worth it. What stands on a table that is made anew is made anew too."""
        anew = False
        for layer in layers:
            self._seen.add(layer.name)
            if not layer.stored:
                self._at_hand.append(layer)
                continue
            text = together(self._at_hand, layer.text, DUCKDB)
            anew = anew or self.kept.get(layer.name) != text
            if anew:
                self.kept[layer.name] = text
                yield f"CREATE OR REPLACE TEMP TABLE {layer.name} AS {text}"

    def counted(self, lowered: Lowered) -> Iterator[str]:
        """Statements that count the rows that are alike."""
        self._at_hand.clear()
        self._seen.clear()
        layers = list(lowered.rows.relation.layers(0, set()))
        statements, parts = list(self.keep(layers)), self.parts(lowered)
        if statements and parts > 1:
            yield from self._counted_in(parts, lowered, [layer for layer in layers if layer.stored])
        else:
            yield from statements

    def parts(self, lowered: Lowered) -> int:
        """In how many parts the rows are counted, each of which has whole groups."""
        if _key(lowered) is None:
            return 1
        return max(1, min(MOST_PARTS, lowered.rows.table.rows // self.least_part))

    def _counted_in(self, parts: int, lowered: Lowered, layers: list[Layer]) -> Iterator[str]:
        """One part after the other: what grows is added to, what is only of a part gives way to that of the next."""
        source, key = lowered.rows.table.source, _key(lowered)
        for part in range(parts):
            first, last = (_HASHES * at // parts for at in (part, part + 1))
            own = f"hash({key}) BETWEEN CAST({first} AS UBIGINT) AND CAST({last - 1} AS UBIGINT)"
            rows = Layer(source, f"SELECT * FROM temp.{source} WHERE {own}")
            for layer in layers:
                begun = "INSERT INTO {}" if part and layer.grows else "CREATE OR REPLACE TEMP TABLE {} AS"
                text = together([rows], f"SELECT * FROM (\n{self.kept[layer.name]}\n)", DUCKDB)
                yield f"{begun.format(layer.name)} {text}"
        kinds, weight = layers[-1].name, DUCKDB.name(WEIGHT)
        text = f"SELECT * EXCLUDE ({weight}), CAST(sum({weight}) AS BIGINT) AS {weight} FROM {kinds} GROUP BY ALL"
        yield f"CREATE OR REPLACE TEMP TABLE {kinds} AS {text}"

    def grain(self, lowered: Lowered, grain: Grain) -> str:
        """The statement for recipients or for all, once the rows are counted."""
        return self._rest(lowered, gathered(lowered, grain))

    def rows(self, lowered: Lowered, broken: int) -> tuple[str, str]:
        """The statements that price the kinds and that give every row, once the rows are counted; ``broken`` rows have a fault.

        The rows stand in no order, as several threads find their kinds: each tells its place. Sorting them would cost as much as
        finding their kinds, and memory that grows with them.
        """
        again = rejoined(lowered)
        relation, dialect = again.rows.relation, lowered.rows.dialect
        slim = slimmed(lowered)
        last = lowered.rows.relation.at(lowered.rows.relation.last)
        priced = f"SELECT {again.keys(0)}, {picked(slim, dialect)} FROM {last}"
        priced = again.beside(self._rest(lowered, priced), (name for name, _ in slim))
        kinds = f"CREATE OR REPLACE TEMP TABLE {KINDS} AS {priced}"
        recipient = dialect.name(lowered.policy.recipient)
        number = again.rows.number().text
        own = f"SELECT {number} AS {ROW}, {again.recipient.text} AS {recipient}, {again.keys(1)} FROM {relation.at(relation.last)}"
        whole = [(name, Sql(f"CAST({again.found(name)} AS BIGINT)")) for name, _ in slim if name != FAULTS]
        faults = Sql(again.found(FAULTS) if broken else f"CAST(NULL AS {dialect.text})")
        every = f"r.{ROW}, r.{recipient}, {picked([*whole, (FAULTS, faults)], dialect)}"
        rest = f"SELECT {every} FROM ({own}) AS r JOIN {KINDS} AS k ON {again.on}"
        return kinds, together(relation.layers(relation.last, set(self._seen)), rest, dialect)

    def _rest(self, lowered: Lowered, rest: str) -> str:
        relation = lowered.rows.relation
        return together([*self._at_hand, *relation.layers(relation.last, set(self._seen))], rest, relation.dialect)


def _key(lowered: Lowered) -> str | None:
    """The column, in SQL, that tells apart the rows of all groups, where there is one."""
    name = shared_key(lowered.policy)
    facts = lowered.rows.table.columns.get(name or "")
    return None if facts is None else facts.text
