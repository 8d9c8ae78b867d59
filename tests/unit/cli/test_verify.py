"""hengji verify as it is typed."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tests.unit.cli.test_commands import hengji, run

from hengji.model.revision import Revision
from hengji.storage.archive import Archive, pack
from hengji.storage.revisions import manifest_of

FILES = {"dossier.yaml": b"name: 1\n"}
FIRST = Revision("", manifest_of(FILES), "主评人", datetime(2026, 3, 1, tzinfo=UTC), "新建档案")


def test_an_untouched_archive_holds(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    path.write_bytes(pack(Archive(FILES, ((FIRST.digest, FIRST),))))
    result = run("verify", path)
    assert (result.exit_code, "已核对 1 个版本" in result.output) == (0, True)


def test_a_touched_one_does_not(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    path.write_bytes(pack(Archive(FILES, ((FIRST.digest, replace(FIRST, who="别人")),))))
    result = run("verify", path)
    assert result.exit_code == 1
    assert "h101" in result.output


def test_what_cannot_be_verified_is_said(tmp_path: Path) -> None:
    bare, broken, absent = (tmp_path / name for name in ("包.zip", "坏.zip", "无.zip"))
    bare.write_bytes(pack(Archive(FILES)))
    broken.write_bytes(b"PK\x03\x04")
    for given, said in (
        ((bare,), "没有历史"),
        ((broken,), "不是完好的 zip"),
        ((absent,), "没有这个文件"),
        ((), "--home"),
    ):
        result = run("verify", *given)
        assert (result.exit_code, said in result.output) == (2, True), result.output


def test_a_workbench_s_database_is_verified(tmp_path: Path) -> None:
    result = hengji("verify", "--home", tmp_path)
    assert (result.returncode, "没有版本可以核对" in result.stderr) == (2, True), result.stdout
