"""An Office file as bytes: parts, their types and relations, in a zip whose every byte follows from its content."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from hengji.model.record import record
from hengji.reports.docx.xml import escape, root

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
# The oldest moment that a zip can state: a file's bytes must not depend on when it was written.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6


@record
class Relation:
    """A named arrow to another part; ``kind`` is the last word of the relation's type."""

    id: str
    kind: str
    target: str


@record
class Part:
    """A file inside the package: ``name`` without a leading slash, ``relations`` relative to its folder."""

    name: str
    content_type: str
    content: bytes
    relations: tuple[Relation, ...] = ()


def pack(parts: Iterable[Part], relations: tuple[Relation, ...]) -> bytes:
    """The package of ``parts`` with its own ``relations``; the same parts give the same bytes."""
    listed = tuple(parts)
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        add(archive, "[Content_Types].xml", _content_types(listed))
        add(archive, "_rels/.rels", _relations(relations))
        for part in listed:
            add(archive, part.name, part.content)
            if part.relations:
                folder, _, file = part.name.rpartition("/")
                add(archive, f"{folder}/_rels/{file}.rels", _relations(part.relations))
    return stream.getvalue()


def add(archive: ZipFile, name: str, content: bytes) -> None:
    """Put one file into the archive, without the time of day."""
    info = ZipInfo(name, _EPOCH)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    archive.writestr(info, content, compresslevel=_LEVEL)


def _content_types(parts: tuple[Part, ...]) -> bytes:
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    overrides = "".join(
        f'<Override PartName="/{escape(part.name)}" ContentType="{part.content_type}"/>' for part in parts
    )
    return root("Types", defaults + overrides, **{"": _TYPES})


def _relations(relations: tuple[Relation, ...]) -> bytes:
    lines = "".join(
        f'<Relationship Id="{relation.id}" Type="{_type(relation.kind)}" Target="{escape(relation.target)}"/>'
        for relation in relations
    )
    return root("Relationships", lines, **{"": RELATIONS})


def _type(kind: str) -> str:
    return _CORE if kind == "core-properties" else _OFFICE + kind
