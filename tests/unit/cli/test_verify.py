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
    path = tmp_path / "包.zip"
    path.write_bytes(pack(Archive(FILES)))
    assert "没有历史" in run("verify", path).output
    assert "没有这个文件" in run("verify", tmp_path / "无.zip").output
    assert "--home" in run("verify").output


def test_a_workbench_s_database_is_verified(tmp_path: Path) -> None:
    result = hengji("verify", "--home", tmp_path)
    assert (result.returncode, "已核对 0 个版本" in result.stdout) == (2, True), result.stderr
