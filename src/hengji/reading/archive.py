"""Files within a zip file, and XML within those, from hands that are not trusted: bounded, without entities, without network."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from typing import IO

from lxml import etree

from hengji.model.zips import BROKEN_ZIP

LARGEST_PART = 40 * 1024 * 1024
"""Bytes of one unpacked part."""
STEEPEST = 300
"""How many times its packed size a part of more than a megabyte may be; Word's own are below 60."""
_SMALL = 1024 * 1024
_CHUNK = 1024 * 1024


class ArchiveError(Exception):
    """A zip file that cannot be used; its words are for the user."""


class Archive:
    """A zip file in memory."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except BROKEN_ZIP as error:
            msg = "文件不完整或已损坏，压缩包打不开"
            raise ArchiveError(msg) from error
        self.names = frozenset(self._zip.namelist())

    def part(self, name: str) -> bytes | None:
        """The bytes of a part; None without it. Raises ArchiveError where it is damaged, encrypted or too large."""
        if name not in self.names:
            return None
        info = self._zip.getinfo(name)
        if info.flag_bits & 1:
            raise ArchiveError(f"其中的 {name} 加了密码")
        most = LARGEST_PART if info.file_size <= _SMALL else min(LARGEST_PART, info.compress_size * STEEPEST)
        try:
            with self._zip.open(info) as stream:
                return _bounded(stream, max(most, _SMALL), name)
        except BROKEN_ZIP as error:
            raise ArchiveError(f"其中的 {name} 不完整或已损坏") from error

    def xml(self, name: str) -> etree._Element | None:
        """The root of a part; None without it. Raises ArchiveError where it is no XML that can be trusted."""
        content = self.part(name)
        if content is None:
            return None
        try:
            return parsed(content)
        except etree.XMLSyntaxError as error:
            raise ArchiveError(f"其中的 {name} 不是完好的 XML") from error


def _bounded(stream: IO[bytes], most: int, name: str) -> bytes:
    found = io.BytesIO()
    while chunk := stream.read(_CHUNK):
        if found.tell() + len(chunk) > most:
            raise ArchiveError(f"其中的 {name} 解压后过大，不像正常的文件")
        found.write(chunk)
    return found.getvalue()


def parsed(content: bytes) -> etree._Element:
    """XML without entities, document types, network, unbounded trees, comments or instructions."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True, remove_comments=True
    )
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise ArchiveError("其中的 XML 带有文档类型声明，可能不安全，没有读取")
    return root


@lru_cache(maxsize=1024)
def bare(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


def children(element: etree._Element | None) -> Mapping[str, etree._Element]:
    """The elements within one by name; where there are several of a name, which properties do not have, the last."""
    return {} if element is None else {bare(child.tag): child for child in element}
