"""Every screen fits a desk and a telephone, and can be used by everybody."""

from __future__ import annotations

import pytest
from tests.browser.watching import Watched

from hengji.web.navigation import SCREENS

pytestmark = pytest.mark.browser

ABOVE = (
    *("/", "/new/", "/review/", "/compare/", "/jobs/", "/tokens/", "/audit/"),
    *("/account/", "/account/sessions/", "/account/password/set/", "/account/totp/activate/"),
)
"""The screens above a dossier."""


@pytest.fixture(scope="session")
def key(wide: Watched) -> str:
    """The dossier's key in its addresses."""
    wide.open("/")
    address = wide.page.locator("main a[href^='/d/']").first.get_attribute("href")
    assert address is not None
    return address.split("/")[2]


@pytest.mark.parametrize("name", [name for name, _ in SCREENS])
@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_a_screen_of_a_dossier(name: str, size: str, key: str, request: pytest.FixtureRequest) -> None:
    watched: Watched = request.getfixturevalue(size)
    watched.open(f"/d/{key}/" if name == "home" else f"/d/{key}/{name}/")
    assert watched.faults() == []


@pytest.mark.parametrize("address", ABOVE)
@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_a_screen_above_the_dossiers(address: str, size: str, request: pytest.FixtureRequest) -> None:
    watched: Watched = request.getfixturevalue(size)
    watched.open(address)
    assert watched.faults() == []


@pytest.mark.parametrize(
    "screen", ["indicators", "scoring", "papers", "figures", "findings", "data", "surveys", "report"]
)
@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_what_a_screen_leads_to(screen: str, size: str, key: str, request: pytest.FixtureRequest) -> None:
    watched: Watched = request.getfixturevalue(size)
    watched.open(f"/d/{key}/{screen}/?q=率")
    link = watched.page.locator(f"main a[href^='/d/{key}/{screen}/']").last
    watched.open(link.get_attribute("href") or "")
    assert watched.faults() == []


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_a_number_of_the_report_opens_its_trace(size: str, key: str, request: pytest.FixtureRequest) -> None:
    watched: Watched = request.getfixturevalue(size)
    watched.open(f"/d/{key}/report/preview/2/")
    watched.page.locator("article a[data-figure]").first.click()
    watched.page.locator("dialog[open] .trace").wait_for()
    assert watched.faults() == []


def test_the_bar_counts_jobs_while_one_stays_on_the_page(key: str, wide: Watched) -> None:
    wide.open(f"/d/{key}/report/")
    wide.page.get_by_role("button", name="写出报告").click()
    running = wide.page.locator("header.bar [data-busy]")
    running.wait_for()
    wide.page.evaluate("window.stayed = true")
    running.wait_for(state="detached", timeout=120_000)
    assert wide.page.evaluate("window.stayed")
