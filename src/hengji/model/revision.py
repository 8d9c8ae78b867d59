"""Revisions of a dossier: each is the whole, knows the one before it, and is named by the hash of all that it says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from hashlib import sha256

from hengji.model.record import record


@record
class Revision:
    """版本: ``manifest`` gives the SHA-256 of each file by path, ``parent`` the digest of the revision before, empty for the first.

    ``who`` names the person, ``why`` says in a sentence what was done; ``when`` has a time zone.
    """

    parent: str
    manifest: Mapping[str, str]
    who: str
    when: datetime
    why: str

    @property
    def digest(self) -> str:
        """SHA-256 in hex of the canonical JSON of everything above: whoever changes a byte of the past changes all that follows."""
        said = {
            "parent": self.parent,
            "manifest": dict(sorted(self.manifest.items())),
            "who": self.who,
            "when": self.when.astimezone(UTC).isoformat(timespec="microseconds"),
            "why": self.why,
        }
        return sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()).hexdigest()


class ChangeKind(Enum):
    """改动种类."""

    ADDED = "新增"
    REMOVED = "删除"
    CHANGED = "修改"


@record
class Change:
    """改动: what became of one file between two revisions."""

    path: str
    kind: ChangeKind


@record
class Conflict:
    """冲突: a file that two people changed from the same state; hashes, empty where a side has no such file."""

    path: str
    base: str
    mine: str
    theirs: str


@record
class Merge:
    """合并结果: the manifest that holds both sides' changes; where ``conflicts`` are, the file stands as ``theirs`` has it."""

    manifest: Mapping[str, str]
    conflicts: tuple[Conflict, ...] = ()
