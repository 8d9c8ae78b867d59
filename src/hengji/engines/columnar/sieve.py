"""筛: rows are read once for the number of each code and for the groups that may break a limit; only the rows of these are then
counted by their group, as all rows would be without it.

A group is known by a number of 48 bits: its key where that is such a number, else the hash of its keys. Groups that share a hash
are added together, so that one may pass for a breaker and none is missed: amounts are not below 0, and the limit is from above.
Whether a group breaks it is told by the statements that follow, out of the rows that they count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hengji.engines.columnar.counting import CODE, CountedRows
from hengji.engines.columnar.dialect import DUCKDB
from hengji.engines.columnar.facts import ColumnFacts
from hengji.engines.columnar.groups import PolicyRows
from hengji.engines.columnar.lowered import WEIGHT, Lowered
from hengji.engines.columnar.sql import Layer, Relation, together
from hengji.engines.columnar.whole import NARROW, width
from hengji.model.record import record
from hengji.policies.nodes import Aggregate, Compare, Comparison, Field

KEYS, CODES = '"筛 出"', '"各 种"'
"""Tables, under names that no policy can have: the groups that may break the limit, and the rows of each code."""
GROUP = "组"
"""The column of the number of a group."""
WORTH = 500_000
"""Of fewer rows the database has counted as soon."""
MOST_CODES = 1 << 24
"""Of so many codes each thread counts the rows in an array of 64 MB."""
MOST_ROWS = 2**32 - 1
"""An array holds no larger numbers of rows."""
LARGEST_KEY = 2**48 - 2
LARGEST_TOTAL = 2**16 - 2
GUESS = 12
"""Rows of a group, before they are counted: the months of a person in a year's roster."""
_CELL, _COUNT, _WAITING = 8, 4, 3
"""Bytes for a row where every other one is a group, and for a code; rows for a byte of those that wait."""
_FLIPPED = {Comparison.AT_LEAST: Comparison.AT_MOST, Comparison.MORE: Comparison.LESS}


@record
class Sieve:
    """``begin`` are the statements that read all rows; the layers that count rows are to follow, ``over`` the ``few`` that are left.

    Their first is called ``rows``, and their last ``kinds``; the kinds of all other rows are told by the statement ``others``.
    """

    limit: Compare
    codes: int
    begin: tuple[str, ...]
    few: Layer
    rows: str
    kinds: str
    others: str

    def bytes(self, rows: int, threads: int) -> int:
        """What the tally takes for so many rows if every other one were a group of its own; each thread has codes and rows that wait."""
        return rows * _CELL + threads * (self.codes * _COUNT + rows // _WAITING)

    def over(self, layers: Iterable[Layer]) -> Iterator[Layer]:
        """The layers that count rows, the first of them over those of the groups that may break the limit, the last with all others.

        A group among the few may hold the limit after all, so that its kinds are also among the others.
        """
        weight = DUCKDB.name(WEIGHT)
        for layer in layers:
            if layer.name == self.rows:
                yield Layer(layer.name, together([self.few], layer.text, DUCKDB), layer.stored)
            elif layer.name == self.kinds:
                text = f"{layer.text}\nUNION ALL\n{self.others}"
                alike = f"SELECT * EXCLUDE ({weight}), CAST(sum({weight}) AS BIGINT) AS {weight}"
                yield Layer(layer.name, f"{alike} FROM (\n{text}\n) GROUP BY ALL", layer.stored)
            else:
                yield layer


def sieve(lowered: Lowered) -> Sieve | None:
    """The sieve of rows that are counted by their code and by one limit on groups from above; None where that is not so."""
    kinds = lowered.rows
    if not isinstance(kinds, CountedRows) or kinds.dialect is not DUCKDB or kinds.loose or kinds.inner.relation.needs:
        return None
    if len(kinds.beside) != 1:
        return None
    if kinds.code.size > MOST_CODES or kinds.table.rows > MOST_ROWS:
        return None
    columns, (limit,) = kinds.relation.placed(0), kinds.beside
    if len(columns) != 2 or CODE not in columns or not isinstance(limit, Compare):  # noqa: PLR2004 code and verdict
        return None
    keys = _keys(limit, kinds)
    single = PolicyRows(kinds.policy, kinds.schema, Relation("q", kinds.table.source, kinds.counter, kinds.dialect))
    bounded = _bounded(limit, single)
    if keys is None or bounded is None:
        return None
    amount, most = bounded
    key = _number(keys)
    source, last = kinds.table.source, single.relation.last
    own = single.relation.base(GROUP, key).text
    code = single.relation.base(CODE, kinds.code.text()).text
    count = f"SELECT count(*) FROM {single.relation.at(last)} WHERE tally_row({code}, {own}, {amount})"
    blank = [f"{facts.text} IS NULL" for facts in keys if facts.missing]
    few = " OR ".join([f"{key} IN (SELECT key FROM {KEYS})", *blank])
    reading = (
        f"SELECT tally_open({kinds.code.size}, {kinds.table.rows // GUESS})",
        together(single.relation.layers(last, set()), count, DUCKDB),
    )
    keeping = (
        f"CREATE OR REPLACE TEMP TABLE {KEYS} AS FROM tally_over({most})",
        f"CREATE OR REPLACE TEMP TABLE {CODES} AS FROM tally_codes()",
        "SELECT tally_close()",
    )
    begin = (";\n".join(reading), ";\n".join(keeping))
    rows = kinds.inner.relation.at(0)
    others = _others(columns, rows, width(kinds.code.size))
    few_rows = Layer(source, f"SELECT * FROM {source} WHERE {few}")
    return Sieve(limit, kinds.code.size, begin, few_rows, rows, kinds.relation.at(0), others)


def _keys(limit: Compare, kinds: CountedRows) -> list[ColumnFacts] | None:
    """The columns that tell groups apart, where they are columns of the table as they stand."""
    node = limit.left if isinstance(limit.left, Aggregate) else limit.right
    if not isinstance(node, Aggregate) or node.table != kinds.policy.rows:
        return None
    keys = [kinds.table.columns.get(part.name) if isinstance(part, Field) else None for part in node.by]
    known = [facts for facts in keys if facts is not None]
    return known if known and len(known) == len(keys) else None


def _number(keys: list[ColumnFacts]) -> str:
    """The number of a group; missing where it is nobody's."""
    first = keys[0]
    if len(keys) == 1 and first.numbered and first.low >= 0 and first.high <= LARGEST_KEY:
        return f"CAST({first.text} AS BIGINT)"
    number = f"CAST(hash({', '.join(facts.text for facts in keys)}) >> 17 AS BIGINT)"
    filled = " AND ".join(f"{facts.text} IS NOT NULL" for facts in keys if facts.missing)
    return f"CASE WHEN {filled} THEN {number} END" if filled else number


def _bounded(limit: Compare, single: PolicyRows) -> tuple[str, int] | None:
    """What a row adds, and what a group may come to; None where the limit is not from above, or too far."""
    left = isinstance(limit.left, Aggregate)
    node, other = (limit.left, limit.right) if left else (limit.right, limit.left)
    comparison = limit.comparison if left else _FLIPPED.get(limit.comparison)
    if comparison not in {Comparison.AT_MOST, Comparison.LESS} or not isinstance(node, Aggregate):
        return None
    constant, addend = single.lower(other), single.addend(node)
    if addend is None or addend.value.high > NARROW or constant.fault is not None:
        return None
    if not (constant.value.constant and constant.bottom.constant):
        return None
    most, rest = divmod(constant.value.low * addend.bottom.low, constant.bottom.low)
    if comparison is Comparison.LESS and not rest:
        most -= 1
    amount = single.relation.bind(addend.sql)
    return (amount.text, most) if 0 <= most <= LARGEST_TOTAL else None


def _others(columns: tuple[str, ...], rows: str, code: str) -> str:
    """The kinds of the rows whose groups cannot break the limit: all rows of a code but those that are counted by their group."""
    weight, own = DUCKDB.name(WEIGHT), DUCKDB.name(CODE)
    told = ", ".join(f"CAST(code AS {code})" if name == CODE else "TRUE" for name in columns)
    left = f"rows - coalesce({weight}, 0)"
    counted = f"SELECT {own}, CAST(sum({weight}) AS BIGINT) AS {weight} FROM {rows} GROUP BY 1"
    return f"SELECT {told}, {left} FROM {CODES} LEFT JOIN ({counted}) ON code = {own} WHERE {left} > 0"
