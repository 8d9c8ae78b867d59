"""What is worked out once and kept from one start to the next, in ``__pycache__`` beside Python's own compiled code.

Kept is what depends on nothing but its key and its basis (docs/decisions/0017). Where nothing can be written there, or Python is told
to keep no byte code, it is worked out at each start.
"""

from __future__ import annotations

import atexit
import marshal
import os
import sys
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

_MOST = 4000
"""Things that are kept; of so many, most are no longer asked for."""


class Kept:
    """保存的结果: things of plain data by key in a file, and those that were worked out since it was read.

    ``basis`` is what all of them rest on besides their keys, plain data too: those of another basis are none.
    """

    def __init__(self, file: Path, basis: Any = None) -> None:
        self.file = file
        self.basis = basis
        self._known = self._read()
        self._new: dict[Any, Any] = {}

    def get(self, key: Any) -> Any:
        """What was kept for a key; None where nothing was."""
        return self._new.get(key) or self._known.get(key)

    def put(self, key: Any, value: Any) -> None:
        self._new[key] = value

    def keep(self) -> None:
        """Write the new ones too; nothing where there are none, or where it is not allowed or not wanted."""
        if not self._new or sys.dont_write_bytecode or not os.access(self.file.parent, os.W_OK):
            return
        known = self._read()  # another process may have kept more since
        kept = self._new if len(known) + len(self._new) > _MOST else known | self._new
        written = self.file.with_suffix(f".{os.getpid()}")
        try:
            written.write_bytes(marshal.dumps((self.basis, kept)))
            written.replace(self.file)
        except OSError:
            written.unlink(missing_ok=True)

    def _read(self) -> dict[Any, Any]:
        try:
            basis, kept = marshal.loads(self.file.read_bytes())  # noqa: S302  as trusted as the byte code beside it
        except (OSError, EOFError, ValueError, TypeError):
            return {}
        return kept if isinstance(kept, dict) and basis == self.basis else {}


def stamps(*folders: Path) -> tuple[tuple[str, int, int], ...]:
    """The source files in folders, with when they were changed and how long they are: what Python keeps byte code by."""
    files = (each for folder in folders for each in os.scandir(folder) if each.name.endswith(".py"))
    return tuple(sorted((each.path, each.stat().st_mtime_ns, each.stat().st_size) for each in files))


@cache
def kept_beside(source: str, what: str, basis: Any = None) -> Kept:
    """What is kept for a source file of the house under a name, one for each version of the interpreter; written when Python ends."""
    kept = Kept(Path(cache_from_source(source)).with_suffix(f".{sys.hexversion:x}.{what}"), basis)
    _all_kept().append(kept)
    return kept


def keep_all() -> None:
    """Write what is new in all of them; a process that ends without Python's end does it by itself."""
    for kept in _all_kept():
        kept.keep()


@cache
def _all_kept() -> list[Kept]:
    atexit.register(keep_all)
    return []
