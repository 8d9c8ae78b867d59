"""People at the workbench, each before a screen of their own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.watching import Watched

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSWORD = "只在测试里用的口令2026"
UNIT = "青溪绩效评价中心"


@dataclass(frozen=True, slots=True)
class Seat:
    """A person before a screen; ``at`` is the side of the screens that they see."""

    name: str
    watched: Watched

    @property
    def page(self) -> Page:
        return self.watched.page

    def log_in(self) -> None:
        """Through the form, as on every day."""
        self.watched.open("/")
        self.page.get_by_label("用户名").fill(self.name)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        self.page.get_by_role("heading", name="档案", exact=True).wait_for()

    def come_in(self, link: str, title: str, unit: str = UNIT) -> None:
        """By an invitation, with an account made there."""
        self.watched.open(link)
        self.page.get_by_label("姓名").fill(self.name)
        self.page.get_by_label("职务").fill(title)
        self.page.get_by_label("单位（可不填）").fill(unit)
        self.page.get_by_label("用户名").fill(self.name)
        self.page.locator("#id_password1").fill(PASSWORD)
        self.page.locator("#id_password2").fill(PASSWORD)
        self.page.get_by_role("button", name="新建账号并加入").click()
        self.told("您已加入")

    def go(self, title: str) -> None:
        """To another screen of the dossier, by the side."""
        self.page.locator("nav.side").get_by_role("link", name=title, exact=True).click()
        self.page.locator("nav.side [aria-current]", has_text=title).wait_for()

    def screens(self) -> list[str]:
        """The screens at the side."""
        return self.page.locator("nav.side a").all_inner_texts()

    def press(self, name: str) -> None:
        """A button of that very name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def told(self, words: str) -> None:
        """Waits until the page says so after something was done."""
        self.page.locator(".told li", has_text=words).first.wait_for()

    def key(self) -> str:
        """The key of the dossier at hand, out of the address."""
        return self.page.url.split("/d/")[1].split("/")[0]

    def download(self, link: str) -> bytes:
        """What a link gives."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=link, exact=True).first.click()
        return Path(waiting.value.path()).read_bytes()

    def clean(self) -> None:
        """The page as it stands has no faults."""
        faults = self.watched.faults()
        assert not faults, f"{self.page.url}\n{chr(10).join(faults)}"
