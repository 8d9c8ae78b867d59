"""What a file is, told by its first bytes and not by its name."""

from __future__ import annotations

import zipfile
from enum import Enum
from pathlib import PurePath
from typing import BinaryIO

from hengji.engines.intake import faults
from hengji.model.finding import Finding
from hengji.model.zips import BROKEN_ZIP


class Kind(Enum):
    """文件种类: what the bytes are; the value is what a user calls it and the ending that its name should have."""

    WORKBOOK = ("Excel 工作簿", ".xlsx")
    OLD_WORKBOOK = ("旧版 Excel 工作簿", ".xls")
    TEXT = ("文本", ".csv")
    PARQUET = ("Parquet 数据", ".parquet")


_ENDINGS = {
    ".xlsx": (Kind.WORKBOOK, Kind.OLD_WORKBOOK),
    ".xlsm": (Kind.WORKBOOK, Kind.OLD_WORKBOOK),
    ".xls": (Kind.WORKBOOK, Kind.OLD_WORKBOOK),
    ".csv": (Kind.TEXT,),
    ".txt": (Kind.TEXT,),
    ".parquet": (Kind.PARQUET,),
}
ENDINGS = tuple(_ENDINGS)
_ZIP, _OLE, _PARQUET, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1", b"%PDF-"
_WEB = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<?xml")
_PACKAGES = (
    ("xl/workbook.bin", "xlsb 工作簿"),
    ("word/document.xml", "Word 文档"),
    ("ppt/presentation.xml", "演示文稿"),
    ("content.xml", "ODF 文档"),
)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HEAD = 4096


def kind_of(path: str, source: BinaryIO) -> Kind | Finding:
    """What ``source`` holds; a finding when it is nothing that can be read, or not what its name says."""
    ending = PurePath(path).suffix.lower()
    if ending not in _ENDINGS:
        return faults.unsupported(path)
    kind = _told(path, source, ending)
    source.seek(0)
    if isinstance(kind, Kind) and kind not in _ENDINGS[ending]:
        return faults.misnamed(path, *kind.value)
    return kind


def _told(path: str, source: BinaryIO, ending: str) -> Kind | Finding:
    head = source.read(_HEAD)
    if not head:
        return faults.empty_file(path)
    if head.startswith(_ZIP):
        return _package(path, source)
    if head.startswith(_OLE):
        source.seek(0)
        return faults.protected(path) if _ENCRYPTED in source.read() else Kind.OLD_WORKBOOK
    if head.startswith(_PARQUET):
        return Kind.PARQUET
    workbook = Kind.TEXT not in _ENDINGS[ending]
    if head.startswith(_PDF):
        return faults.other_document(path, "PDF 文档")
    if workbook and head.lstrip().lower().startswith(_WEB):
        return faults.web_page(path)
    if workbook and (b"\0" in head or ending == ".parquet"):
        return faults.broken_workbook(path) if ending != ".parquet" else faults.other_document(path, "别的数据")
    return Kind.TEXT


def _package(path: str, source: BinaryIO) -> Kind | Finding:
    try:
        with zipfile.ZipFile(source) as package:
            names = {name.lower() for name in package.namelist()}
    except BROKEN_ZIP:
        return faults.broken_workbook(path)
    if "xl/workbook.xml" in names:
        return Kind.WORKBOOK
    return next(
        (faults.other_document(path, title) for part, title in _PACKAGES if part in names),
        faults.other_document(path, "压缩包"),
    )
