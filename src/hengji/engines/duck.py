"""DuckDB as the engines use it: connections, statements and what may go wrong with them.

These come from the extension module itself. The package around it adds relations and expressions in Python, none of which is
used here, and importing those takes longer than DuckDB takes to start and to price a county's roster (docs/decisions/0015).
"""

from __future__ import annotations

import errno
import gc
import os
from _thread import allocate_lock
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from _duckdb import (
    DuckDBPyConnection as Connection,
)
from _duckdb import (
    Error,
    InvalidInputException,
    IOException,
    OutOfMemoryException,
    connect,
)

__all__ = ("Connection", "Error", "IOException", "InvalidInputException", "OutOfMemoryException", "connect")
_BROKEN_OFF = "Query interrupted"
_TALLY_SHORT, _TALLY_BEYOND = "tally: out of memory", "tally: out of range"


class FalseBoundsError(Exception):
    """A column goes beyond the least and the greatest that its file tells of it."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Makes what comes while DuckDB is at work what it is anywhere else: a Ctrl+C, which the extension tells as a RuntimeError, and
    too little memory, which becomes a MemoryError.
    """
    try:
        yield
    except OutOfMemoryException as error:
        raise MemoryError(str(error)) from None
    except RuntimeError as error:
        if str(error) != _BROKEN_OFF:
            raise
        raise KeyboardInterrupt from None


def show(connection: Connection, name: str, table: object) -> None:
    """Lets statements read an Arrow table under a name: the one thing here that the package around the extension has to set up."""
    import duckdb  # noqa: F401  importing it sets it up

    connection.register(name, table)


def records(answer: Connection) -> list[tuple[Any, ...]]:
    """All records of an answer, without the collector, which would look for cycles among numbers and words again and again."""
    with _uncollected():
        found: list[tuple[Any, ...]] = answer.fetchall()
    return found


_collecting, _waiting = allocate_lock(), [0]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Stops the collector until the last of those who want it stopped has ended; one who never had it gets none."""
    with _collecting:
        stopped = bool(_waiting[0]) or gc.isenabled()
        _waiting[0] += stopped
        gc.disable()
    try:
        yield
    finally:
        with _collecting:
            _waiting[0] -= stopped
            if stopped and not _waiting[0]:
                gc.enable()


def meant(error: InvalidInputException) -> Exception:
    """The error, or what the tally (columnar/native/tally.c) means by it, which it can tell in words only."""
    if _TALLY_SHORT in str(error):
        return OutOfMemoryException(str(error))
    return FalseBoundsError(str(error)) if _TALLY_BEYOND in str(error) else error


def refusal(error: Error) -> OSError | OutOfMemoryException:
    """What the system refused, which DuckDB tells in words only; too little memory is no refusal of the system."""
    if isinstance(error, OutOfMemoryException):
        return error
    known = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EACCES, errno.EROFS)
    number = next((each for each in known if os.strerror(each) in str(error)), None)
    return OSError(str(error)) if number is None else OSError(number, os.strerror(number))
