"""What is held against every page: it fits, it says nothing on the console, and axe finds nothing grave in it, be it light or dark."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
GRAVE = {"serious", "critical"}


class Watched:
    """A page that remembers what the browser complained of; a breach of the content policy is such a complaint."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, address: str) -> None:
        """Goes there and forgets what was complained of before."""
        self.complaints.clear()
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{address}: {answer.status}"

    def faults(self) -> list[str]:
        """Everything that is wrong with the page as it stands."""
        return [*self.complaints, *self._overflow(), *self._violations()]

    def _overflow(self) -> list[str]:
        width, shown = self.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        return [] if width <= shown else [f"宽 {width}，屏幕 {shown}"]

    def _violations(self) -> list[str]:
        # The policy forbids scripts that are not ours in the page; what the browser's own console evaluates it lets pass.
        self.page.evaluate(f"{_axe()};undefined")
        mine = "dark" if self.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else "light"
        faults = []
        for colours in ("dark" if mine == "light" else "light", mine):
            self.page.emulate_media(color_scheme=colours)
            found = self.page.evaluate(
                "levels => axe.run(document, {runOnly: levels, resultTypes: ['violations']})", LEVELS
            )
            faults += [
                f"{colours} {each['id']}: {'; '.join(node['html'][:200] for node in each['nodes'][:4])}"
                for each in found["violations"]
                if each["impact"] in GRAVE
            ]
        return faults


def _axe() -> str:
    package = importlib.util.find_spec("axe_playwright_python")
    assert package is not None, "pip install 'hengji[browser]'"
    assert package.origin is not None
    return (Path(package.origin).parent / "axe.min.js").read_text("utf-8")
