"""One file that holds the whole workbench, taken while people work, and the way back.

The file is a SQLite database whatever the workbench runs on, so that a backup of a bureau's PostgreSQL opens on a laptop and the other way
round. It is written beside its place and moved there when it is whole. With the database goes the key of the numbers that name somebody:
without it what was received before could never be matched with what comes after.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, connections, models, transaction

from hengji.engines.intake.seal import KEY_FILE
from hengji.model.finding import Finding, Place, Severity
from hengji.web.models import Dossier, Event, Person

CODE_BACKUP = "h107"
CODE_OCCUPIED = "h108"
CODE_EMPTY = "h109"
_OTHER = "backup"
_KEYS = "backup_key"
"""The table that holds the key, in the file alone."""
_OWNER = 0o600


def back_up(path: Path) -> tuple[Finding, ...]:
    """Write everything into a new file at ``path``; what stands there already is left."""
    if path.exists():
        return (
            _fault(CODE_OCCUPIED, path, "已有这个文件", "一个新的文件名", "换一个名字，如带上日期；旧的备份没有动"),
        )
    if not path.parent.is_dir():
        return (_fault(CODE_BACKUP, path, "没有这个文件夹", "已有的文件夹", "先建好文件夹，或换一处"),)
    if not _used():
        found = "这里的工作台是空的，没有人员、档案和日志"
        return (_fault(CODE_EMPTY, Path(settings.HOME), found, "用过的工作台", "核对 --home 或 HENGJI_HOME"),)
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    part.touch(_OWNER)
    _from_sqlite(part) if connection.vendor == "sqlite" else _from_elsewhere(part)
    _put_key(part)
    _as_one_file(part)
    part.replace(path)
    return ()


def restore(path: Path) -> tuple[Finding, ...]:
    """Fill the empty workbench from a backup, and bring it up to this version."""
    faults = _unusable(path)
    if faults:
        return faults
    if _used():
        found = "工作台里已有人员、档案或日志"
        remedy = "恢复到一个新的文件夹或新的数据库；现有的没有动"
        return (_fault(CODE_OCCUPIED, path, found, "空的工作台", remedy),)
    key, there = _key_in(path), Path(settings.HOME) / KEY_FILE
    if key and there.exists() and there.read_bytes() != key:
        remedy = "恢复到一个新的文件夹；现有的密钥没有动"
        return (_fault(CODE_OCCUPIED, there, "已有另一个号码密钥", "没有密钥，或备份里的那一个", remedy),)
    _into_sqlite(path) if connection.vendor == "sqlite" else _into_elsewhere(path)
    if key and not there.exists():
        _write_key(there, key)
    return ()


def _used() -> bool:
    """Whether anything was ever done here; a folder that somebody mistyped is made an empty workbench."""
    return Person.objects.exists() or Dossier.objects.exists() or Event.objects.exists()


def _put_key(part: Path) -> None:
    """The key into the file, where the workbench has one of its own."""
    held = Path(settings.HOME) / KEY_FILE
    if held.is_file():
        with closing(sqlite3.connect(part)) as file, file:
            file.execute(f"CREATE TABLE {_KEYS} (content BLOB NOT NULL)")
            file.execute(f"INSERT INTO {_KEYS} VALUES (?)", (held.read_bytes(),))  # noqa: S608  a name of ours


def _key_in(path: Path) -> bytes:
    """The key out of the file; empty where it has none."""
    with closing(sqlite3.connect(f"file:{path.resolve()}?mode=ro", uri=True)) as file:
        if not file.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (_KEYS,)).fetchone():
            return b""
        return bytes(file.execute(f"SELECT content FROM {_KEYS}").fetchone()[0])  # noqa: S608  the same


def _write_key(path: Path, key: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER), "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())


def _fault(code: str, path: Path, found: str, expected: str, remedy: str) -> Finding:
    return Finding(code, Severity.ERROR, Place(str(path)), found, expected, remedy)


def _unusable(path: Path) -> tuple[Finding, ...]:
    """Why a file is no backup, or a damaged one."""
    if not path.is_file():
        return (_fault(CODE_BACKUP, path, "没有这个文件", "hengji backup 写出的文件", "核对路径"),)
    try:
        with closing(sqlite3.connect(f"file:{path.resolve()}?mode=ro", uri=True)) as file:
            whole = file.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            file.execute("SELECT count(*) FROM web_storedrevision")
    except sqlite3.DatabaseError:
        whole = False
    if whole:
        return ()
    return (_fault(CODE_BACKUP, path, "不是备份，或已损坏", "hengji backup 写出的文件", "换一份更早的备份"),)


def _from_sqlite(part: Path) -> None:
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as source, closing(sqlite3.connect(part)) as target:
        source.backup(target)


def _into_sqlite(path: Path) -> None:
    connection.close()
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(connection.settings_dict["NAME"])) as target:
        source.backup(target)
        target.execute(f"DROP TABLE IF EXISTS {_KEYS}")
    call_command("migrate", verbosity=0, interactive=False)


def _as_one_file(part: Path) -> None:
    """Nothing beside the file, and all of it on the disk."""
    with closing(sqlite3.connect(part)) as file:
        file.execute("PRAGMA journal_mode=DELETE")
    with part.open("rb") as written:
        os.fsync(written.fileno())


def _from_elsewhere(part: Path) -> None:
    with _opened(part), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        _copy("default", _OTHER)


def _into_elsewhere(path: Path) -> None:
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "backup.sqlite3"
        shutil.copyfile(path, copy)
        with _opened(copy), transaction.atomic():
            _copy(_OTHER, "default")
            _number_on()


@contextmanager
def _opened(path: Path) -> Iterator[None]:
    """A SQLite file of this version's tables as a second database."""
    settings: dict[str, Any] = connections.settings["default"] | {"ENGINE": "django.db.backends.sqlite3"}
    connections.settings[_OTHER] = settings | {"NAME": str(path), "OPTIONS": {}, "CONN_MAX_AGE": 0}
    try:
        call_command("migrate", database=_OTHER, verbosity=0, interactive=False)
        yield
    finally:
        connections[_OTHER].close()
        del connections[_OTHER]
        del connections.settings[_OTHER]


def _tables() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]  # noqa: SLF001  documented by Django


def _copy(source: str, target: str) -> None:
    """Every row as it stands; references are looked at when all are there."""
    with transaction.atomic(using=target):
        for model in reversed(_tables()):
            model._base_manager.using(target).all()._raw_delete(target)  # noqa: SLF001  what migrations filled in, without looking for what depends on it
        for model in _tables():
            for row in model._base_manager.using(source).order_by("pk").iterator(200):  # noqa: SLF001  documented by Django
                row.save_base(raw=True, using=target, force_insert=True)


def _number_on() -> None:
    """New rows are numbered after those that were copied."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _tables()):
            cursor.execute(statement)
