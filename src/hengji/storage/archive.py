"""A dossier as one file: a zip with its files as they are, and under .hengji/ the revisions that led to them.

Any program opens it; the command line takes it where it takes a folder. Its bytes follow from its content.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from hengji.model.finding import Finding, Place, Severity
from hengji.model.record import record
from hengji.model.revision import Revision
from hengji.model.zips import BROKEN_ZIP

SUFFIX = ".zip"
HIDDEN = ".hengji/"
CODE_ARCHIVE = "h103"
MOST_BYTES = 512 * 2**20
MOST_FILES = 20_000
_HISTORY = f"{HIDDEN}revisions.jsonl"
_BLOBS = f"{HIDDEN}blobs/"
_BROKEN: tuple[type[Exception], ...] = (*BROKEN_ZIP, TypeError)
"""A revision may be other JSON than ours."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


@record
class Archive:
    """档案包: the files of the newest revision, all revisions oldest first with their digests, and older contents by hash."""

    files: Mapping[str, bytes]
    chain: tuple[tuple[str, Revision], ...] = ()
    blobs: Mapping[str, bytes] | None = None


def pack(archive: Archive) -> bytes:
    """The zip; the same archive gives the same bytes."""
    stream = BytesIO()
    with ZipFile(stream, "w") as book:
        for path, content in sorted(archive.files.items()):
            _add(book, path, content)
        if archive.chain:
            lines = (json.dumps(_said(stored, each), ensure_ascii=False) for stored, each in archive.chain)
            _add(book, _HISTORY, "".join(f"{line}\n" for line in lines).encode())
        for digest, content in sorted((archive.blobs or {}).items()):
            _add(book, _BLOBS + digest, content)
    return stream.getvalue()


def _add(book: ZipFile, path: str, content: bytes) -> None:
    info = ZipInfo(path, _EPOCH)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    book.writestr(info, content)


def _said(stored: str, revision: Revision) -> dict[str, object]:
    return {
        "digest": stored,
        "parent": revision.parent,
        "manifest": dict(sorted(revision.manifest.items())),
        "who": revision.who,
        "when": revision.when.isoformat(timespec="microseconds"),
        "why": revision.why,
    }


def unpack(name: str, content: bytes) -> tuple[Archive | None, tuple[Finding, ...]]:
    """What is in a zip, called ``name`` by its user; nothing outside it is ever written or read."""
    try:
        with ZipFile(BytesIO(content)) as book:
            entries = [info for info in book.infolist() if not info.is_dir()]
            refused = _refused(name, entries)
            if refused:
                return None, refused
            inside = {info.filename: book.read(info) for info in entries}
        chain = tuple(_chain(inside.get(_HISTORY, b"").decode().splitlines()))
    except _BROKEN:
        return None, (_fault(name, "档案包打不开，不是完好的 zip，或加了密码", "重新导出；加密的压缩包先解密"),)
    files = {path: body for path, body in inside.items() if not path.startswith(HIDDEN)}
    blobs = {path.removeprefix(_BLOBS): body for path, body in inside.items() if path.startswith(_BLOBS)}
    top = _only_folder(files)
    return Archive({path.removeprefix(top): body for path, body in files.items()}, chain, blobs), ()


def _only_folder(files: Mapping[str, bytes]) -> str:
    """The one folder in which everything lies, as when somebody zipped a dossier by its folder."""
    tops = {path.partition("/")[0] for path in files}
    alone = len(tops) == 1 and all("/" in path for path in files)
    return f"{tops.pop()}/" if alone else ""


def _chain(lines: Iterable[str]) -> Iterable[tuple[str, Revision]]:
    for line in lines:
        said = json.loads(line)
        when = datetime.fromisoformat(said["when"])
        yield said["digest"], Revision(said["parent"], said["manifest"], said["who"], when, said["why"])


def _refused(name: str, entries: list[ZipInfo]) -> tuple[Finding, ...]:
    if len(entries) > MOST_FILES or sum(info.file_size for info in entries) > MOST_BYTES:
        return (_fault(name, "档案包展开后过大", f"不超过 {MOST_BYTES // 2**20} MB、{MOST_FILES} 个文件"),)
    if any(info.filename.startswith("/") or ".." in info.filename.split("/") for info in entries):
        return (_fault(name, "档案包里有指向包外的路径", "重新导出"),)
    return ()


def _fault(name: str, found: str, remedy: str) -> Finding:
    return Finding(CODE_ARCHIVE, Severity.ERROR, Place(name), found, "衡绩导出的档案包，或压缩的档案文件夹", remedy)
