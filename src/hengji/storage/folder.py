"""A dossier on a disk: a folder read whole and written whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from hengji.model.finding import Finding, Place, Severity
from hengji.storage.archive import SUFFIX, unpack
from hengji.storage.refusals import reason

CODE_FOLDER = "L005"
CODE_UNREADABLE = "L006"
_IGNORED = frozenset({"out", "__pycache__", "填报工作簿.xlsx"})


def read_folder(root: Path) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """All files below ``root`` by relative path with forward slashes, or those of the archive that ``root`` is.

    Hidden files, office lock files, out/ and the workbook to fill in are passed over.
    """
    if root.is_file() and root.suffix.lower() == SUFFIX:
        return _read_archive(root)
    if not root.is_dir():
        found = "此路径不是文件夹" if root.exists() else "没有这个文件夹"
        place = Place(str(root))
        remedy = "检查路径；新建档案用 hengji new"
        return {}, (Finding(CODE_FOLDER, Severity.ERROR, place, found, "评价档案所在的文件夹", remedy),)
    files: dict[str, bytes] = {}
    findings = []
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        if any(part.startswith((".", "~$")) or part in _IGNORED for part in relative.parts) or not path.is_file():
            continue
        try:
            files[relative.as_posix()] = path.read_bytes()
        except OSError as error:
            place = Place(relative.as_posix())
            remedy = "关闭正在使用它的程序，或检查读取权限"
            found = f"文件读不出来（{reason(error)}）"
            findings.append(Finding(CODE_UNREADABLE, Severity.ERROR, place, found, "可读的文件", remedy))
    return files, tuple(findings)


def _read_archive(path: Path) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        found = f"文件读不出来（{reason(error)}）"
        return {}, (Finding(CODE_UNREADABLE, Severity.ERROR, Place(str(path)), found, "可读的文件", "检查读取权限"),)
    archive, findings = unpack(path.name, content)
    return ({}, findings) if archive is None else (dict(archive.files), findings)


def write_folder(root: Path, files: Mapping[str, bytes]) -> None:
    """Write the files into ``root``: each is written whole under another name first and then moved into its place."""
    root.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".hengji-", dir=root))
    try:
        for path, content in files.items():
            staged = staging / path
            staged.parent.mkdir(parents=True, exist_ok=True)
            staged.write_bytes(content)
        for path in files:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            os.replace(staging / path, root / path)  # noqa: PTH105  one atomic step on every system
    finally:
        shutil.rmtree(staging, ignore_errors=True)
