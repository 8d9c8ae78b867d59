"""What the settings read from the environment."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

_KEY = "secret"


def flag(name: str) -> bool:
    """Whether a switch is on."""
    return os.environ.get(name, "") not in {"", "0"}


def secret(home: Path) -> str:
    """The key that signs sessions: HENGJI_SECRET, or one made once and kept in the home folder for its owner alone."""
    given = os.environ.get("HENGJI_SECRET")
    if given:
        return given
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = home / _KEY
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text("ascii")


def database(home: Path) -> dict[str, Any]:
    """Django's description of the database."""
    url = os.environ.get("HENGJI_DATABASE_URL")
    return _postgres(url) if url else _sqlite(home)


def cache() -> dict[str, Any]:
    """Where limits are counted: in the one process that serves SQLite, else in the database that all processes share."""
    if os.environ.get("HENGJI_DATABASE_URL"):
        return {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "web_cache"}
    return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}


def fragments() -> dict[str, Any]:
    """Where parts of pages are kept that say the same of a revision to everybody who may see them: in each process."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    return {"BACKEND": backend, "LOCATION": "fragments", "OPTIONS": {"MAX_ENTRIES": 5_000}}


def _sqlite(home: Path) -> dict[str, Any]:
    """Every transaction that may write asks for the lock at once, so that two writers wait in turn and none fails half-way.

    A thread keeps its connection: opening one takes longer than most questions that are asked of it.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home / "hengji.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def _postgres(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
