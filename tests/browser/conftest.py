"""A workbench that runs as a user starts it, and a browser before it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from tests.browser.watching import Watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

EXAMPLES = Path(__file__).parents[2] / "examples"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
START_SECONDS = 120
WAIT_MILLISECONDS = 15_000


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's own Chromium: what a distribution keeps up to date need not be downloaded."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="没有安装 playwright（pip install 'hengji[browser]'）"
    )
    program = next((found for name in CHROMIUMS if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("没有找到 Chromium（apt install chromium）")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def workbench(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a workbench with the Boshan example, in a home of its own."""
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "hengji.cli.main", "serve", "--home", str(home), "--port", str(port)]
    command += ["--no-browser", "--load", str(EXAMPLES / "boshan-2021")]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(server, address, home / "log")
        yield address
    finally:
        server.terminate()
        server.wait(30)


def _wait(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < end:
        try:
            with urlopen(f"{address}/health/"):
                return
        except (URLError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError(log.read_text("utf-8"))


@pytest.fixture(scope="session")
def wide(chromium: Browser, workbench: str) -> Iterator[Watched]:
    """A page on a desk."""
    yield from _watched(chromium, workbench, (1440, 900), "light")


@pytest.fixture(scope="session")
def narrow(chromium: Browser, workbench: str) -> Iterator[Watched]:
    """A page on a telephone, in the dark colours."""
    yield from _watched(chromium, workbench, (390, 844), "dark")


def _watched(chromium: Browser, workbench: str, size: tuple[int, int], colours: str) -> Iterator[Watched]:
    width, height = size
    context = chromium.new_context(
        base_url=workbench, viewport={"width": width, "height": height}, color_scheme=colours, locale="zh-CN"
    )
    context.set_default_timeout(WAIT_MILLISECONDS)
    page: Page = context.new_page()
    yield Watched(page)
    context.close()
