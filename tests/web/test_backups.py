"""Backup and restore: the whole workbench in one file, and back, from either database to either."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from hengji.engines.intake.seal import KEY_FILE

POSTGRES = "HENGJI_DATABASE_URL"
SQLITE = "SQLite"
SERVER = "PostgreSQL"
KINDS = [
    SQLITE,
    pytest.param(SERVER, marks=pytest.mark.skipif(POSTGRES not in os.environ, reason="没有可用的 PostgreSQL")),
]


@dataclass
class Workbench:
    """A home of its own, or a database of its own on the server."""

    home: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            env={"PATH": os.environ["PATH"], "HENGJI_HOME": str(self.home), **self.environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def hengji(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run("hengji.cli.main", *arguments)

    def whole(self, what: str) -> dict[str, Any]:
        done = self.run("tests.web.whole", str(self.home), what)
        assert done.returncode == 0, done.stderr
        rows: dict[str, Any] = json.loads(done.stdout)
        return rows


def workbench(kind: str, home: Path) -> Workbench:
    if kind == SQLITE:
        return Workbench(home)
    name = f"hengji_{uuid4().hex}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    base = os.environ[POSTGRES].rpartition("/")[0]
    return Workbench(home, {POSTGRES: f"{base}/{name}"})


def but_events(rows: dict[str, Any]) -> dict[str, Any]:
    return {name: held for name, held in rows.items() if name != "web.Event"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("target", KINDS)
@pytest.mark.parametrize("source", KINDS)
def test_what_was_backed_up_comes_back_as_it_was(source: str, target: str, tmp_path: Path) -> None:
    here, there = workbench(source, tmp_path / "here"), workbench(target, tmp_path / "there")
    before = here.whole("fill")
    path = str(tmp_path / "备份.sqlite3")
    saved = here.hengji("backup", path)
    assert saved.returncode == 0, saved.stderr
    restored = there.hengji("restore", path)
    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert "2 个版本都与存入时一致" in restored.stdout
    after = there.whole("tell")
    assert but_events(after) == but_events(before)
    assert set(before["web.Event"]) < set(after["web.Event"])
    there.whole("fill")
    assert "已核对 4 个版本" in there.hengji("verify", "--home", str(there.home)).stdout


KEY = b"ab" * 32 + b"\n"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("target", KINDS)
@pytest.mark.parametrize("source", KINDS)
def test_the_key_of_sealed_numbers_comes_back_for_its_owner_alone(source: str, target: str, tmp_path: Path) -> None:
    here, there = workbench(source, tmp_path / "here"), workbench(target, tmp_path / "there")
    here.whole("fill")
    (here.home / KEY_FILE).write_bytes(KEY)
    path = tmp_path / "备份.sqlite3"
    assert here.hengji("backup", str(path)).returncode == 0
    assert path.stat().st_mode & 0o777 == 0o600
    assert there.hengji("restore", str(path)).returncode == 0
    held = there.home / KEY_FILE
    assert held.read_bytes() == KEY
    assert held.stat().st_mode & 0o777 == 0o600
    again = tmp_path / "再备份.sqlite3"
    assert there.hengji("backup", str(again)).returncode == 0


def test_another_key_is_not_written_over(tmp_path: Path) -> None:
    here, there = workbench(SQLITE, tmp_path / "here"), workbench(SQLITE, tmp_path / "there")
    here.whole("fill")
    there.home.mkdir()
    (here.home / KEY_FILE).write_bytes(KEY)
    (there.home / KEY_FILE).write_bytes(b"cd" * 32 + b"\n")
    path = str(tmp_path / "备份.sqlite3")
    here.hengji("backup", path)
    refused = there.hengji("restore", path)
    assert refused.returncode == 2
    assert "已有另一个号码密钥" in refused.stdout
    assert (there.home / KEY_FILE).read_bytes() == b"cd" * 32 + b"\n"
    assert there.whole("tell")["web.Dossier"] == []


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """One for all tests below: they change nothing in it."""
    made = workbench(SQLITE, tmp_path_factory.mktemp("filled"))
    made.whole("fill")
    return made


def test_a_backup_is_one_file_that_opens_by_itself(filled: Workbench, tmp_path: Path) -> None:
    folder = tmp_path / "备份"
    folder.mkdir()
    filled.hengji("backup", str(folder / "全库.sqlite3"))
    assert [each.name for each in folder.iterdir()] == ["全库.sqlite3"]
    file = sqlite3.connect(f"file:{folder / '全库.sqlite3'}?mode=ro", uri=True)
    assert file.execute("SELECT count(*) FROM web_storedrevision").fetchone() == (2,)
    file.close()


def test_nothing_is_written_over(filled: Workbench, tmp_path: Path) -> None:
    path = tmp_path / "全库.sqlite3"
    filled.hengji("backup", str(path))
    content, before = path.read_bytes(), filled.whole("tell")
    again, back = filled.hengji("backup", str(path)), filled.hengji("restore", str(path))
    assert (again.returncode, back.returncode) == (2, 2)
    assert "h108" in again.stdout
    assert "h108" in back.stdout
    assert path.read_bytes() == content
    assert filled.whole("tell") == before


def test_a_folder_without_a_workbench_is_not_backed_up(tmp_path: Path) -> None:
    mistyped, path = workbench(SQLITE, tmp_path / "wrokbench"), tmp_path / "全库.sqlite3"
    refused = mistyped.hengji("backup", str(path))
    assert (refused.returncode, "h109" in refused.stdout) == (2, True), refused.stdout + refused.stderr
    assert not path.exists()


def test_what_is_no_backup_is_refused(filled: Workbench, tmp_path: Path) -> None:
    whole = tmp_path / "全库.sqlite3"
    filled.hengji("backup", str(whole))
    (tmp_path / "半截").write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    (tmp_path / "文本").write_text("不是数据库")
    empty = workbench(SQLITE, tmp_path / "there")
    for name in ("半截", "文本", "没有"):
        refused = empty.hengji("restore", str(tmp_path / name))
        assert refused.returncode == 2, name
        assert "h107" in refused.stdout, name
        assert not re.search("database|malformed", refused.stdout), name
        assert "Traceback" not in refused.stderr
    assert "h107" in filled.hengji("backup", str(tmp_path / "没有" / "备份")).stdout


def test_an_account_is_made_and_its_password_reset(tmp_path: Path) -> None:
    made = workbench(SQLITE, tmp_path / "here")
    assert "已新建账号" in made.hengji("account", "甲", "--staff", "--password", "芦苇灯塔七十二级石阶").stdout
    assert "重设密码" in made.hengji("account", "甲", "--password", "石榴风车九十一号院门").stdout
    weak = made.hengji("account", "乙", "--password", "123")
    assert weak.returncode == 2
    assert weak.stderr.splitlines()[0] == "密码至少 10 个字符。"
    assert not re.search("[a-z]{3}", weak.stderr)
    nameless = made.hengji("account", "", "--password", "芦苇灯塔七十二级石阶")
    assert (nameless.returncode, nameless.stderr) == (2, "用户名：此字段不能为空。\n")


def test_the_settings_know_where_processes_share_what_they_count() -> None:
    shared = "db.DatabaseCache" in settings.CACHES["default"]["BACKEND"]
    assert shared == (connection.vendor == "postgresql")
