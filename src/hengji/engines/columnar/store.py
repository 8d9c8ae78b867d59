"""The database: how much of the machine it may take, the working calendar, and columns of cells as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from datetime import date
from pathlib import Path
from typing import Any

from hengji.engines import duck
from hengji.engines.columnar.days import CALENDAR, WORKING_DAYS
from hengji.engines.columnar.dialect import DUCKDB

DENSE = 18
"""Keys whose bounds have so many bits at most are counted in an array and not in a hash table: a fifth less for recipients by number."""

_ALLOWED: dict[str, str | bool | int | float | list[str]] = {
    "allow_unsigned_extensions": True,
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
}
"""The tally is loaded, which nobody has signed, and nothing else is, whatever stands in a statement."""
_LITTLE_ROOM = ("SET disable_parquet_prefetching = true", "SET async_threads = 0")
"""Files at hand are read as fast without reading ahead, and with 25 MB less."""
TALLY = Path(__file__).with_name("tally.duckdb_extension")
"""What counts rows beside the database (native/tally.c); it is not there where nobody could compile it."""


def connect(memory: str | None = None, folder: str = "") -> duck.Connection:
    """A database in memory; ``memory`` like 4GB bounds it, and what is larger goes to files under ``folder``."""
    connection = duck.connect(config=_ALLOWED)
    connection.execute("SET disabled_optimizers = 'partitioned_execution'")
    connection.execute("SET enable_progress_bar = false")
    connection.execute(f"SET perfect_ht_threshold = {DENSE}")
    for setting in _LITTLE_ROOM:
        with suppress(duck.Error):  # a later release may not have it
            connection.execute(setting)
    if memory:
        connection.execute(f"SET memory_limit = '{memory}'")
    if folder:
        connection.execute(f"SET temp_directory = '{folder}'")
    return connection


def has_tally(connection: duck.Connection) -> bool:
    """Whether the database can count by the tally, which it loads now unless it has; not where it is kept from loading it."""
    try:
        connection.execute(f"LOAD {DUCKDB.word(str(TALLY))}")
    except duck.Error:
        return False
    return True


_UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB")
UNBOUNDED = 1 << 62
"""Bytes."""


def room(connection: duck.Connection) -> int:
    """How many bytes the database may take, to the tenth of a unit that it tells."""
    answer = connection.execute("SELECT current_setting('memory_limit')").fetchone()
    assert answer is not None
    size, unit = str(answer[0]).split()
    return int(float(size) * 1024 ** _UNITS.index(unit)) if unit in _UNITS else UNBOUNDED


def threads(connection: duck.Connection) -> int:
    """How many threads the database has."""
    answer = connection.execute("SELECT current_setting('threads')").fetchone()
    assert answer is not None
    return int(answer[0])


@contextmanager
def opened(
    connection: duck.Connection | None = None, memory: str | None = None, folder: str = ""
) -> Iterator[duck.Connection]:
    """The connection that is given, which its owner closes, or else one of its own for the time of the block.

    Ctrl+C in the block is a KeyboardInterrupt, whatever the database is doing.
    """
    with (
        duck.stoppable(),
        nullcontext(connection) if connection is not None else closing(connect(memory, folder)) as open_one,
    ):
        yield open_one


def add_calendar(connection: duck.Connection) -> None:
    """The working calendar as two tables."""
    from hengji.deadlines.terms import FIRST_YEAR, LAST_YEAR, is_working_day  # few policies count working days

    days = [date.fromordinal(at) for at in range(_day(FIRST_YEAR, 1, 1), _day(LAST_YEAR, 12, 31) + 1)]
    works = [int(is_working_day(day)) for day in days]
    reached: list[int] = []
    for one in works:
        reached.append((reached[-1] if reached else 0) + one)
    create(connection, CALENDAR, [("day", "DATE", days), ("reached", "BIGINT", reached), ("works", "BIGINT", works)])
    working = [day for day, one in zip(days, works, strict=True) if one]
    create(connection, WORKING_DAYS, [("nth", "BIGINT", list(range(len(working)))), ("day", "DATE", working)])


def _day(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal()


def create(connection: duck.Connection, name: str, columns: Sequence[tuple[str, str, Sequence[Any]]]) -> None:
    """A table of columns: name, type and cells."""
    picked = ", ".join(f"unnest(?::{kind}[]) AS {DUCKDB.name(column)}" for column, kind, _ in columns)
    statement = f"CREATE TEMP TABLE {DUCKDB.name(name)} AS SELECT {picked}"
    connection.execute(statement, [list(cells) for _, _, cells in columns])
