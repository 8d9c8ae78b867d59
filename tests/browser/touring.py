"""The first hour of the manual as a script: what its sentences tell a reader to do is done, what they name is looked for.

A step is read from left to right. 点“…” presses, 到“…” and 回“…” go by the side, 填“…” fills, 选“…” chooses, 下载“…” downloads; a sentence
that names no control (点一个的名称) is one of ``TOLD``. Every other word in quotes must stand on the screen then and there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

_PICTURE = re.compile(r"!\[[^\]]*\]\(pictures/([^)]+)\)")
_SCREENS = ("nav.side", "main", "header.bar", "dialog")
_WAIT = 120_000
VALUES: Mapping[str, str] = {
    "评价年度": "2025",
    "项目名称（必填）": "青溪县社区助餐补助项目",
    "委托单位（必填）": "青溪县财政局",
    "理由": "查阅立项文件，与要求相符。",
    "评价分析": "立项文件齐全，程序合规，到位率为",
    "编号或名称": "到位率",
}
"""What a reader might write into the fields that the manual tells them to fill."""


@dataclass(frozen=True, slots=True)
class Step:
    """步骤: a paragraph or an item of a list, or a picture that is taken there."""

    words: str
    picture: str = ""


def steps(page: str) -> Iterator[Step]:
    """The steps of a page of the manual in their order, from its first section on."""
    for line in page[page.index("\n## ") :].splitlines():
        shown = _PICTURE.match(line)
        if shown:
            yield Step("", shown[1])
        elif line and not line.startswith("#"):
            yield Step(line)


@dataclass
class Reader:
    """Somebody who does what the page says; ``downloads`` and ``indicator`` are what they remember."""

    page: Page
    files: Mapping[str, Callable[[bytes], Mapping[str, str | bytes]]]
    downloads: dict[str, bytes] = field(default_factory=dict)
    indicator: str = ""

    def follow(self, step: Step) -> None:
        """Does what a step says, from left to right."""
        for match in _TELLING.finditer(step.words):
            verb, word, told = match["verb"], match["word"], match["told"]
            if told:
                TOLD[told](self)
            else:
                _VERBS.get(verb or "", Reader.see)(self, word)

    def see(self, word: str) -> None:
        """It stands on the screen."""
        self._seen(word).wait_for()

    def press(self, word: str) -> None:
        """A button or a link; a link that gives a file is kept."""
        if word.startswith("导出"):
            self.download(word)
            return
        button = self.page.get_by_role("button", name=word, exact=True)
        link = self.page.get_by_role("link", name=word, exact=True)
        button.or_(link).first.click()
        self.page.wait_for_load_state()

    def go(self, word: str) -> None:
        """By the side."""
        self.page.locator("nav.side").get_by_role("link", name=word, exact=True).click()
        self.page.locator("nav.side [aria-current]", has_text=word).wait_for()

    def fill(self, word: str) -> None:
        """Every field of that name, each form having but one that is meant."""
        for box in self.page.get_by_label(word, exact=True).all():
            box.fill(VALUES[word])

    def choose(self, word: str) -> None:
        """What a list offers first, or a file."""
        box = self.page.get_by_label(word, exact=True)
        if word in self.files:
            box.set_input_files([self.files[word](next(iter(self.downloads.values()), b""))])  # type: ignore[list-item]
        else:
            box.select_option(index=0)

    def download(self, word: str) -> None:
        """What a link gives, once the link is there."""
        link = self.page.get_by_role("link", name=word, exact=True).first
        link.wait_for(timeout=_WAIT)
        with self.page.expect_download() as waiting:
            link.click()
        self.downloads[word] = Path(waiting.value.path()).read_bytes()

    def open_one(self, word: str) -> None:
        """The first row that says so."""
        row = self.page.locator("main tbody tr", has_text=word).first.locator("th a")
        self.indicator = row.inner_text()
        row.click()
        self.page.get_by_role("heading", name=self.indicator, exact=True).wait_for()

    def open_first(self, links: str) -> None:
        """The first of some links."""
        self.page.locator(links).first.click()
        self.page.wait_for_load_state()

    def open_again(self) -> None:
        """What was judged before."""
        self.page.locator("main").get_by_role("link", name=self.indicator, exact=True).click()

    def judge(self) -> None:
        """The first that each question offers."""
        for question in self.page.locator("form[data-save] .choices").all():
            question.get_by_role("radio").first.check()

    def pick(self) -> None:
        """The first figure that was found goes where the cursor stands, and shows in the preview."""
        self.page.locator("[data-found] a").first.click()
        self.page.locator("[data-shown]", has_text="%").wait_for()

    def _seen(self, word: str) -> Locator:
        where = self.page.locator(", ".join(_SCREENS))
        field_or_text = (
            where.get_by_text(word).or_(where.get_by_label(word)).or_(where.get_by_role("button", name=word))
        )
        return field_or_text.locator("visible=true").first


_VERBS: Mapping[str, Callable[[Reader, str], None]] = {
    "点": Reader.press,
    "点最上面的": Reader.press,
    "到": Reader.go,
    "回": Reader.go,
    "填": Reader.fill,
    "选": Reader.choose,
    "下载": Reader.download,
    "打开一项": Reader.open_one,
}
TOLD: Mapping[str, Callable[[Reader], None]] = {
    "点一个的名称": lambda reader: reader.open_first("main a[href^='/d/']"),
    "点第一条的标题": lambda reader: reader.open_first("main ol.told a"),
    "点末级指标的计分办法": lambda reader: reader.open_first("main .about a"),
    "点一个数的编号": lambda reader: reader.open_first("main .picks a"),
    "打开刚才那一项": Reader.open_again,
    "只在标准允许的档次里选": Reader.judge,
    "点一下查到的": Reader.pick,
    "按 `?` 看": lambda reader: reader.page.keyboard.press("?"),
    "按 Esc 关闭": lambda reader: reader.page.keyboard.press("Escape"),
}
"""What sentences without a control's name tell to do."""

_TELLING = re.compile(
    rf"(?P<told>{'|'.join(map(re.escape, TOLD))})"
    rf"|(?P<verb>{'|'.join(sorted(_VERBS, key=len, reverse=True))})?“(?P<word>[^”]+)”"
)
