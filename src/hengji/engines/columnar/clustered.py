"""The clustered store: rows in the order in which they are asked for, in Parquet that is small and lets most of it be skipped.

Sorted by institution, person and month, a roster takes a bit more than one byte a row: what stands beside its like is written
once. Groups of rows are as large as the database reads at a time; each column that repeats its cells within a group is written
through a dictionary and gets a Bloom filter, so that one person is found without reading the groups that do not have them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hengji.engines.columnar.dialect import DUCKDB

LINE, SHEET = ".行号", ".工作表"
"""Columns of a typed file: where each row stands in the file that somebody sent."""
FIRST_LINE = 2
"""The line of the first row of any other file, were it a sheet with a header."""
ROW_GROUP = 122_880
"""A smaller group makes more filters to ask than it saves rows to read: 30 720 takes three times as long for one person."""


def clustered(rows: str, order: Sequence[str], path: Path) -> str:
    """The statement that writes the rows of a SELECT to ``path``, sorted by ``order`` (SQL)."""
    parquet = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP}"
    return f"COPY ({rows} ORDER BY {', '.join(order)}) TO {DUCKDB.word(str(path))} ({parquet})"
