"""A dossier as one file: it opens where a folder opens, and comes back as it went in."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengji.model.revision import Revision
from hengji.storage.archive import Archive, pack, unpack
from hengji.storage.folder import read_folder
from hengji.storage.revisions import manifest_of

NAMES = st.text("甲乙丙abc", min_size=1, max_size=3)
FILES = st.dictionaries(st.tuples(NAMES, NAMES).map("/".join) | NAMES.map("{}.yaml".format), st.binary(max_size=20))
EXAMPLE = Path(__file__).parents[3] / "examples" / "weiyang-2020"


@given(FILES)
def test_what_goes_in_comes_out(files: dict[str, bytes]) -> None:
    files |= {"dossier.yaml": b"name"}
    first = Revision("", manifest_of(files), "主评人", datetime(2026, 3, 1, tzinfo=UTC), "建立档案")
    archive = Archive(files, ((first.digest, first),), {"0" * 64: b"older"})
    assert unpack("包.zip", pack(archive)) == (archive, ())


def test_the_same_archive_has_the_same_bytes() -> None:
    assert pack(Archive({"乙": b"2", "甲": b"1"})) == pack(Archive({"甲": b"1", "乙": b"2"}))


def test_a_folder_zipped_by_hand_opens_too(tmp_path: Path) -> None:
    files, _ = read_folder(EXAMPLE)
    path = tmp_path / "未央.zip"
    with ZipFile(path, "w") as book:
        for name, content in files.items():
            book.writestr(f"weiyang-2020/{name}", content)
    assert read_folder(path) == (files, ())


@pytest.mark.parametrize("packing", [ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])
def test_a_part_that_was_damaged_on_the_way_is_refused(packing: int) -> None:
    stream = BytesIO()
    with ZipFile(stream, "w", packing) as book:
        book.writestr("dossier.yaml", "name: 水渠管护\n" * 50)
    content = bytearray(stream.getvalue())
    start = content.index(b"dossier.yaml") + len("dossier.yaml")
    content[start : start + 20] = b"\xff" * 20
    archive, findings = unpack("包.zip", bytes(content))
    assert archive is None
    assert [each.code for each in findings] == ["h103"]


def zipped(name: str) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as book:
        book.writestr(name, b"1")
    return stream.getvalue()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", zipped("../外.yaml"), zipped("/etc/外")])
def test_what_is_no_archive_is_refused(content: bytes) -> None:
    archive, findings = unpack("包.zip", content)
    assert archive is None
    assert [each.code for each in findings] == ["h103"]
