"""What is known of the tables before a policy is lowered: how each column is stored, and between which bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from hengji.model.record import record
from hengji.model.table import ColumnType
from hengji.policies.kinds import QUANTITIES


@record
class ColumnFacts:
    """列的事实: ``text`` gives the cell in SQL (fen, ppm, days, words); bounds are of fen, ppm, counts or ordinals of days.

    ``numbered``: words that are stored as whole numbers, which is what they are compared by where they are only keys. ``known``:
    all words are among those that the policy lists.
    """

    kind: ColumnType
    text: str
    low: int
    high: int
    missing: bool = True
    numbered: bool = False
    known: bool = False

    @property
    def constant(self) -> bool:
        """Whether it is the same number in every row."""
        return self.kind in QUANTITIES and self.low == self.high and not self.missing


@record
class TableFacts:
    """数据表的事实: ``source`` stands after FROM, ``number`` gives the place of a row in its file, from 0.

    ``unique`` are the keys that no two rows share; ``reached`` are other tables, and keys of theirs, where every row stands once.
    """

    name: str
    source: str
    number: str
    rows: int
    columns: Mapping[str, ColumnFacts]
    unique: frozenset[tuple[str, ...]] = field(default_factory=frozenset)
    reached: frozenset[tuple[str, tuple[str, ...]]] = field(default_factory=frozenset)


Schema = Mapping[str, TableFacts]
