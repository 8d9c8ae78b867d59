"""Files for tests of the intake, as people send them, and one way to take them in."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hengji.engines.intake.bulk import Taken, take_in
from hengji.engines.intake.seal import Seal
from hengji.model.table import Column, ColumnType, TableDeclaration

KEY = Seal(bytes(range(32)))
COLUMNS = (
    Column("机构", ColumnType.TEXT, synonyms=("机构名称",)),
    Column("人数", ColumnType.COUNT, "人"),
    Column("金额", ColumnType.MONEY, "元"),
    Column("发放日期", ColumnType.DATE, required=False),
)
HEADER = ["机构", "人数", "金额（元）", "发放日期"]


def csv_text(rows: Sequence[Sequence[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def take(
    path: Path, columns: tuple[Column, ...] = COLUMNS, mapping: Mapping[str, str] | None = None, sheet: str = ""
) -> Taken:
    """The file in bulk."""
    folder = path.parent / "spill"
    folder.mkdir(exist_ok=True)
    return take_in(TableDeclaration("发放表", path.name, columns, sheet), path, folder, mapping=mapping)


def rows_of(taken: Taken) -> list[tuple[Any, ...]]:
    """The good rows in the order of the file, as they are stored."""
    values = ", ".join(f"v{at}" for at in range(len(taken.declaration.columns)))
    found: list[tuple[Any, ...]] = taken.connection.execute(
        f"SELECT {values} FROM {taken.table} ORDER BY sheet, line"
    ).fetchall()
    return found


def said(taken: Taken) -> list[tuple[str, str]]:
    """Codes with the places where they stand."""
    return [(finding.code, finding.place.cell or str(finding.place.line or "")) for finding in taken.findings]
