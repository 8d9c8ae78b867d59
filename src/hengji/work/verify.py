"""verify: whether the revisions of an archive are what was committed."""

from __future__ import annotations

from pathlib import Path

from hengji.model.finding import Finding, Place, Severity
from hengji.storage.archive import unpack
from hengji.storage.refusals import unreadable
from hengji.storage.revisions import digest_of, verify

CODE_FILE = "h105"
CODE_HISTORY = "h106"


def verify_archive(path: Path) -> tuple[int, tuple[Finding, ...]]:
    """How many revisions the archive has, and every break in their chain."""
    try:
        content = path.read_bytes()
    except OSError as error:
        return 0, (
            Finding(CODE_FILE, Severity.ERROR, Place(str(path)), unreadable(error), "导出的档案包（zip）", "核对路径"),
        )
    archive, faults = unpack(str(path), content)
    if archive is None:
        return 0, faults
    if not archive.chain:
        found = "档案包里没有历史，无从核对"
        return 0, (Finding(CODE_HISTORY, Severity.WARNING, Place(str(path)), found, "", "从工作台导出带历史的档案包"),)
    contents = {digest_of(held): held for held in archive.files.values()} | dict(archive.blobs or {})
    return len(archive.chain), tuple(verify(archive.chain, contents.get, str(path)))
