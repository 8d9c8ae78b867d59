"""Numbers that name somebody are kept as keyed hashes: the same person is the same text in all tables of a dossier, and no more.

HMAC-SHA256 under a key that stays with the dossier. Without the key a number cannot be found by trying all of them, which
for 18 digits that begin with a county and a birthday is a matter of minutes.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import field

from hengji.model.identity import is_sealed, plain
from hengji.model.record import record

KEY_FILE = ".号码密钥"
"""Beside dossier.yaml; 64 hexadecimal digits. Hidden, so that it is neither read as a material nor sent along with it."""
KEY_VARIABLE = "HENGJI_IDENTITY_KEY"
KEY_BYTES = 32
_KEPT = 32
_LAST = 4
_BLOCK = 64


@record
class Seal:
    """密封: ``key`` is never shown."""

    key: bytes = field(repr=False)

    def number(self, number: str) -> str:
        """The kept form: 32 hexadecimal digits of the hash, then the last four of the number; a kept form stays as it is."""
        text = plain(number)
        if is_sealed(text):
            return text
        digest = hmac.digest(self.key, text.encode(), "sha256").hex()
        return f"{digest[:_KEPT].upper()}-{text[-_LAST:]}"

    def sql(self, text: str) -> str:
        """The same of the SQL expression ``text`` (a plain number) in DuckDB, which has SHA-256 but no HMAC."""
        inner, outer = (
            "".join(f"\\x{byte ^ pad:02X}" for byte in self.key.ljust(_BLOCK, b"\0")) for pad in (0x36, 0x5C)
        )
        inside = f"unhex(sha256('{inner}'::BLOB || encode({text})))"
        return f"upper(sha256('{outer}'::BLOB || {inside})[:{_KEPT}]) || '-' || {text}[-{_LAST}:]"


def new_key() -> bytes:
    """A key that nobody can guess."""
    return secrets.token_bytes(KEY_BYTES)


def key_of(text: str) -> bytes | None:
    """The key out of a key file or variable; None when it is not one."""
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        return None
    return key if len(key) == KEY_BYTES else None
