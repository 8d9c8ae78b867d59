"""A workbench that runs as a user starts it, and a browser before it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from tests.browser.people import PASSWORD, Seat
from tests.browser.watching import Watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

EXAMPLES = Path(__file__).parents[2] / "examples"
PROGRAM = (sys.executable, "-m", "hengji.cli.main")
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
LEAD = "周主评"
STRANGER = "外人"
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
    """The address of a workbench with the Boshan example, in a home of its own, for the one person of the machine."""
    with serving(tmp_path_factory.mktemp("home"), "--load", str(EXAMPLES / "boshan-2021")) as address:
        yield address


@pytest.fixture(scope="session")
def bureau(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a workbench where everybody logs in: empty, with an account for one who leads and for a stranger."""
    home = tmp_path_factory.mktemp("bureau")
    with serving(home, "--password") as address:
        for name in (LEAD, STRANGER):
            command = [*PROGRAM, "account", name, "--password", PASSWORD, "--home", str(home)]
            subprocess.run(command, check=True, capture_output=True, env=surroundings())
        yield address


@contextmanager
def serving(home: Path, *options: str) -> Iterator[str]:
    """A workbench in a process of its own, on a port that was free; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*PROGRAM, "serve", "--home", str(home), "--port", str(port)]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen([*command, "--no-browser", *options], stdout=log, stderr=log, env=surroundings())
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(server, address, home / "log")
        yield address
    finally:
        server.terminate()
        server.wait(30)


def surroundings() -> dict[str, str]:
    """The environment as a user has it: the settings of the other tests are none of it."""
    return {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}


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
def seats(chromium: Browser, bureau: str) -> Iterator[Callable[[str], Seat]]:
    """Seats for people, each with a browser that knows nothing of the others'."""
    with ExitStack() as stack:
        open_page = contextmanager(watched)

        def seat(name: str) -> Seat:
            return Seat(name, stack.enter_context(open_page(chromium, bureau, (1440, 900), "light")))

        yield seat


@pytest.fixture(scope="session")
def wide(chromium: Browser, workbench: str) -> Iterator[Watched]:
    """A page on a desk."""
    yield from watched(chromium, workbench, (1440, 900), "light")


@pytest.fixture(scope="session")
def narrow(chromium: Browser, workbench: str) -> Iterator[Watched]:
    """A page on a telephone, in the dark colours."""
    yield from watched(chromium, workbench, (390, 844), "dark")


def watched(chromium: Browser, workbench: str, size: tuple[int, int], colours: str) -> Iterator[Watched]:
    """A page of a browser that knows nothing of the others."""
    width, height = size
    context = chromium.new_context(
        base_url=workbench, viewport={"width": width, "height": height}, color_scheme=colours, locale="zh-CN"
    )
    context.set_default_timeout(WAIT_MILLISECONDS)
    page: Page = context.new_page()
    yield Watched(page)
    context.close()
