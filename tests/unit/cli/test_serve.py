"""hengji serve where it cannot: told in a sentence, and left with 2."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest


def serve(home: Path, port: int, *options: str) -> subprocess.CompletedProcess[str]:
    return served("--home", str(home), "--port", str(port), *options)


def served(*options: str, **more: str) -> subprocess.CompletedProcess[str]:
    program = (sys.executable, "-m", "hengji.cli.main", "serve", "--no-browser")
    surroundings = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return subprocess.run(
        (*program, *options),
        env=surroundings | more,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_port_in_use_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = serve(tmp_path, port)
    assert done.returncode == 2
    assert f"http://127.0.0.1:{port}/" in done.stderr
    assert "已有程序在用这个端口" in done.stderr
    assert "--port" in done.stderr


def test_an_address_that_is_none_is_told(tmp_path: Path) -> None:
    done = serve(tmp_path, 8765, "--password", "--host", "nowhere.invalid")
    assert done.returncode == 2
    assert "没有这个地址" in done.stderr


@pytest.mark.parametrize("port", [0, 99999])
def test_a_port_that_is_none_is_told_with_those_that_are(tmp_path: Path, port: int) -> None:
    done = serve(tmp_path, port)
    assert done.returncode == 2
    assert "选项 --port 的值不对，应为1至65535的整数。" in done.stderr


def test_what_should_be_loaded_and_is_not_there_is_told_and_nothing_is_served(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    (tmp_path / "坏.zip").write_bytes(b"PK")
    paths = [tmp_path / name for name in ("没有", "空", "坏.zip")]
    done = serve(tmp_path / "home", 8765, *(word for path in paths for word in ("--load", str(path))))
    assert done.returncode == 2
    assert done.stdout == ""
    assert f"{tmp_path}/没有\n    没有这个文件夹" in done.stderr
    assert f"{tmp_path}/空/dossier.yaml\n    缺少 dossier.yaml" in done.stderr
    assert "坏.zip" in done.stderr
    assert "工作台没有打开" in done.stderr


def test_the_home_is_the_one_that_backup_and_the_others_take(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        served("--port", port, HOME=str(tmp_path / "person"), HENGJI_HOME=str(tmp_path / "bureau"))
    assert list((tmp_path / "bureau").glob("*.sqlite3"))
    assert not (tmp_path / "person").exists()
