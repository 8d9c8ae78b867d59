"""Good rows to a file: Parquet in the order that makes it small and quick to ask, or csv in the order they came in."""

from __future__ import annotations

from pathlib import Path

from hengji.engines import duck
from hengji.engines.columnar.clustered import LINE, SHEET, clustered
from hengji.engines.intake.bulk import Taken
from hengji.engines.intake.plain import quoted
from hengji.engines.intake.seal import Seal
from hengji.model.roster import Role, positions_of
from hengji.model.table import Column, ColumnType, Keeping, Table

ENDINGS = (".parquet", ".csv")
_CLUSTER = ((Role.HOME,), (Role.IDENTITY, Role.PERSON), (Role.MONTH, Role.YEAR))
_PLAIN_LENGTH = 18
"""Of a number as read; a hash is longer."""


@duck.stoppable()
def write_good(taken: Taken, path: Path, seal: Seal | None = None) -> None:
    """Write the rows, whole or not at all. Raises OSError where they cannot be written.

    Parquet: columns by their declared names, amounts as DECIMAL(18,2) in yuan, rates as DECIMAL(18,6), sorted by institution,
    person and month. Csv: units as declared, stated in the header. Numbers that name somebody go out under ``seal``, each
    hashed once.
    """
    part = path.with_name(f".hengji-{path.name}")
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        if seal is not None:
            _seal(taken, seal)
        taken.connection.execute(_copy(taken, part, path.suffix.lower()))
        part.replace(path)
    except duck.Error as error:
        raise duck.refusal(error) from None
    finally:
        part.unlink(missing_ok=True)


@duck.stoppable()
def write_typed(taken: Taken, path: Path, seal: Seal | None = None) -> None:
    """The rows as Parquet in the order in which they came, with their lines, for an engine to read. May raise OSError."""
    if seal is not None:
        _seal(taken, seal)
    picked = [f"v{at} AS {_name(column.name)}" for at, column in enumerate(taken.declaration.columns)]
    picked.append(f"line AS {_name(LINE)}")
    if len(taken.used) > 1:
        names = ", ".join(quoted(name) for name in taken.used)
        picked.append(f"[{names}][sheet + 1] AS {_name(SHEET)}")
    try:
        taken.connection.execute(
            f"COPY (SELECT {', '.join(picked)} FROM {taken.table} ORDER BY sheet, line) TO {quoted(str(path))} (FORMAT parquet)"
        )
    except duck.IOException as error:
        raise duck.refusal(error) from None


def _seal(taken: Taken, seal: Seal) -> None:
    for at, column in enumerate(taken.declaration.columns):
        if column.type.basic is column.type or column.keeping is not Keeping.SEALED:
            continue
        distinct = f"SELECT DISTINCT v{at} AS number FROM {taken.table} WHERE length(v{at}) = {_PLAIN_LENGTH}"
        taken.connection.execute(
            f"CREATE OR REPLACE TABLE kept AS SELECT number, {seal.sql('number')} AS hash FROM ({distinct})"
        )
        taken.connection.execute(f"UPDATE {taken.table} SET v{at} = kept.hash FROM kept WHERE v{at} = kept.number")


def _copy(taken: Taken, part: Path, ending: str) -> str:
    columns = taken.declaration.columns
    if ending == ".csv":
        picked = ", ".join(f"{_written(at, column)} AS {_name(_header(column))}" for at, column in enumerate(columns))
        rows = f"SELECT {picked} FROM {taken.table} ORDER BY sheet, line"
        return f"COPY ({rows}) TO {quoted(str(part))} (FORMAT csv, HEADER)"
    picked = ", ".join(f"v{at} AS {_name(column.name)}" for at, column in enumerate(columns))
    return clustered(f"SELECT {picked} FROM {taken.table}", _order(columns), part)


def _order(columns: tuple[Column, ...]) -> list[str]:
    roles = positions_of(Table("", columns, ()))
    places = [next((roles[role] for role in group if role in roles), None) for group in _CLUSTER]
    return [*(f"v{at}" for at in places if at is not None), "sheet", "line"]


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _header(column: Column) -> str:
    unit = column.unit or ("元" if column.type is ColumnType.MONEY else "")
    return f"{column.name}（{unit}）" if unit and column.type in (ColumnType.MONEY, ColumnType.RATE) else column.name


def _written(at: int, column: Column) -> str:
    """The value in the unit of its header."""
    match column.type:
        case ColumnType.MONEY if column.unit == "万元":
            return f"CAST(v{at} * 0.0001::DECIMAL(5,4) AS DECIMAL(24,6))"
        case ColumnType.RATE if column.unit == "%":
            return f"CAST(v{at} * 100 AS DECIMAL(22,4))"
        case ColumnType.BOOL:
            return f"CASE WHEN v{at} THEN '是' WHEN NOT v{at} THEN '否' END"
        case _:
            return f"v{at}"
