"""The key under which a dossier keeps the numbers that name somebody."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from hengji.engines.intake import faults
from hengji.engines.intake.seal import KEY_FILE, KEY_VARIABLE, Seal, key_of, new_key
from hengji.model.finding import Finding, Place, Severity
from hengji.model.table import ColumnType, Keeping, TableDeclaration

CODE_KEY = "L263"
Findings = tuple[Finding, ...]


def lasting_seal(declaration: TableDeclaration, home: Path) -> tuple[Seal | None, Findings]:
    """The key of the dossier in ``home``, made on first use; None where no column needs one."""
    if not sealed_columns(declaration):
        return None, ()
    key, found = find_key(home)
    if key is None and not found:
        key = new_key()
        opened = os.open(home / KEY_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w", encoding="ascii") as file:
            file.write(key.hex() + "\n")
    return (Seal(key) if key is not None else None), found


def passing_seal(declarations: Iterable[TableDeclaration], home: Path) -> tuple[Seal | None, Findings]:
    """The key for reading a dossier, which never writes to it: without a key file, one for this run, and a finding."""
    needing = {each.path: columns for each in declarations if (columns := sealed_columns(each))}
    if not needing:
        return None, ()
    key, found = find_key(home)
    if key is None:
        found += tuple(faults.no_key(Place(path), columns) for path, columns in needing.items())
    return Seal(key or new_key()), found


def sealed_columns(declaration: TableDeclaration) -> list[str]:
    """Columns whose numbers are kept as keyed hashes."""
    numbers = (ColumnType.CITIZEN, ColumnType.CREDIT)
    return [each.name for each in declaration.columns if each.type in numbers and each.keeping is Keeping.SEALED]


def find_key(home: Path) -> tuple[bytes | None, Findings]:
    """The key out of the environment or the key file; a finding when it is there but none."""
    text, where = os.environ.get(KEY_VARIABLE, ""), KEY_VARIABLE
    if not text:
        path = home / KEY_FILE
        if not path.exists():
            return None, ()
        text, where = path.read_text("utf-8", errors="replace"), str(path)
    key = key_of(text)
    if key is None:
        remedy = "恢复原来的密钥；密钥丢失后只能换新的，已加密的表要重新接收"
        return None, (Finding(CODE_KEY, Severity.ERROR, Place(where), "号码密钥不对", "64位十六进制数", remedy),)
    return key, ()
