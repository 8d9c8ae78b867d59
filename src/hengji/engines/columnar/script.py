"""Statements that give several grains at once: alike rows are counted and kept, each kind is priced, and every row finds its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from hengji.engines.columnar.dialect import DUCKDB
from hengji.engines.columnar.grains import FAULTS, ROW, Grain, gathered, picked, slimmed
from hengji.engines.columnar.lowered import Lowered
from hengji.engines.columnar.rejoining import rejoined
from hengji.engines.columnar.sieve import KEYS, Sieve, sieve
from hengji.engines.columnar.sql import Layer, Sql, together

KINDS = '"种 类"'
"""A table, under a name that no policy can have."""


@dataclass(slots=True)
class Script:
    """Statements in their order; what a statement keeps stands in a table until the connection is closed.

    ``kept`` are the texts of the tables that are there already, by name. ``room``: so many bytes may the tally take, if it can count;
    with none it is not used.
    """

    room: int = 0
    threads: int = 1
    kept: dict[str, str] = field(default_factory=dict)
    _at_hand: list[Layer] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    def keep(self, layers: Iterable[Layer], *, anew: bool = False) -> Iterator[str]:
        """The statements that keep the layers which are worth it. What stands on a table that is made anew is made anew too."""
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
        layers = lowered.rows.relation.layers(0, set())
        sifted = self.sifted(lowered)
        if sifted is None:
            yield from self.keep(layers)
            return
        text = ";\n".join(sifted.begin)
        anew = self.kept.get(KEYS) != text
        if anew:
            self.kept[KEYS] = text
            yield from sifted.begin
        yield from self.keep(sifted.over(layers), anew=anew)

    def sifted(self, lowered: Lowered) -> Sieve | None:
        """The sieve of the rows, where they are counted by one."""
        found = sieve(lowered) if self.room else None
        fits = found is not None and found.bytes(lowered.rows.table.rows, self.threads) <= self.room
        return found if fits else None

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
