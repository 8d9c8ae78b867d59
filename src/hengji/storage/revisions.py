"""Revisions compared, merged and proved: pure functions that every store of dossiers shares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256

from hengji.model.finding import Finding, Place, Severity
from hengji.model.revision import Change, ChangeKind, Conflict, Merge, Revision

CODE_CHAIN = "h101"
CODE_BLOB = "h102"
Manifest = Mapping[str, str]


def digest_of(content: bytes) -> str:
    """The name of a file's content: SHA-256 in hex."""
    return sha256(content).hexdigest()


def manifest_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """The manifest of files by path."""
    return {path: digest_of(content) for path, content in sorted(files.items())}


def changes(older: Manifest, newer: Manifest) -> tuple[Change, ...]:
    """What became of each file, by path."""
    found = []
    for path in sorted(older.keys() | newer.keys()):
        if path not in older:
            found.append(Change(path, ChangeKind.ADDED))
        elif path not in newer:
            found.append(Change(path, ChangeKind.REMOVED))
        elif older[path] != newer[path]:
            found.append(Change(path, ChangeKind.CHANGED))
    return tuple(found)


def merge(base: Manifest, mine: Manifest, theirs: Manifest) -> Merge:
    """Three-way by file: a side that left a file as it was gives way to the side that did not."""
    merged: dict[str, str] = {}
    conflicts: list[Conflict] = []
    for path in sorted(base.keys() | mine.keys() | theirs.keys()):
        was, own, other = (manifest.get(path, "") for manifest in (base, mine, theirs))
        if own not in (was, other) and other != was:
            conflicts.append(Conflict(path, was, own, other))
        kept = own if other == was else other
        if kept:
            merged[path] = kept
    return Merge(merged, tuple(conflicts))


def verify(chain: Iterable[tuple[str, Revision]], blob: Callable[[str], bytes | None], place: str) -> Iterator[Finding]:
    """Recompute a chain, oldest first, of stored digests and what they stand for; every break is a finding."""
    before = ""
    proved: set[str] = set()
    for number, (stored, revision) in enumerate(chain, 1):
        item = f"第{number}版"
        if revision.digest != stored:
            found = f"版本内容与编号不符：记为 {stored[:12]}，按内容算得 {revision.digest[:12]}"
            yield _broken(CODE_CHAIN, place, item, found)
        if revision.parent != before:
            found = f"前一版记为 {revision.parent[:12] or '（无）'}，实为 {before[:12] or '（无）'}"
            yield _broken(CODE_CHAIN, place, item, found)
        before = stored
        for path, digest in revision.manifest.items():
            if digest in proved:
                continue
            content = blob(digest)
            if content is None:
                yield _broken(CODE_BLOB, place, item, f"文件“{path}”的内容（{digest[:12]}）不在库中")
            elif digest_of(content) != digest:
                yield _broken(CODE_BLOB, place, item, f"文件“{path}”的内容被改动过（应为 {digest[:12]}）")
            proved.add(digest)


def _broken(code: str, place: str, item: str, found: str) -> Finding:
    remedy = "停止使用这个库，从最近的备份恢复，并查明是谁改动的"
    return Finding(code, Severity.ERROR, Place(place, item=item), found, "与存入时一致", remedy)
