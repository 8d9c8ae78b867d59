"""docs/manual/first-hour.md, walked step by step as it is written, so that it cannot go stale; its pictures are taken on the way.

`make pictures` (HENGJI_PICTURES=1) keeps the pictures; otherwise those that are kept are held to be there and to be small.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from tests.browser.conftest import watched
from tests.browser.touring import VALUES, Reader, Step, steps
from tests.browser.watching import Watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

MANUAL = Path(__file__).parents[2] / "docs" / "manual"
PICTURES = MANUAL / "pictures"
MOST_BYTES = 120 * 1024
WIDTH, HEIGHTS = 1160, (660, 560, 460, 360)
"""Of a picture, in pixels: the highest that is small enough."""
DEPARTMENT = "青溪县民政局"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def reader(chromium: Browser, workbench: str) -> Iterator[Watched]:
    """Somebody at a desk."""
    yield from watched(chromium, workbench, (WIDTH, HEIGHTS[0]), "light")


def test_the_first_hour(reader: Watched) -> None:
    at = Reader(reader.page, {"填好的工作簿": named, "把文件拖到这里，或选择文件": proof})
    reader.open("/")
    for step in steps((MANUAL / "first-hour.md").read_text("utf-8")):
        if step.picture:
            picture(reader, step)
        else:
            try:
                at.follow(step)
            except Exception as error:
                raise AssertionError(f"{step.words}\n{reader.page.url}") from error
            assert not reader.complaints, step.words
    with ZipFile(BytesIO(at.downloads["Word"])) as document:
        text = document.read("word/document.xml").decode()
    assert VALUES["项目名称（必填）"] in text
    assert DEPARTMENT in text
    assert VALUES["评价分析"] in text


def named(book: bytes) -> Mapping[str, str | bytes]:
    """The workbook with the department in it."""
    workbook, content = load_workbook(BytesIO(book)), BytesIO()
    (cell,) = (row[1] for row in workbook["项目信息"].iter_rows() if row[0].value == "主管部门")
    cell.value = DEPARTMENT
    workbook.save(content)
    return {"name": "填报工作簿.xlsx", "mimeType": XLSX, "buffer": content.getvalue()}


def proof(_: bytes) -> Mapping[str, str | bytes]:
    """A piece of evidence."""
    return {"name": "立项批复.txt", "mimeType": "text/plain", "buffer": "关于助餐补助立项的批复".encode()}


def picture(reader: Watched, step: Step) -> None:
    """What the reader sees at that step, without its faults."""
    assert reader.faults() == []
    target = PICTURES / step.picture
    if os.environ.get("HENGJI_PICTURES"):
        PICTURES.mkdir(exist_ok=True)
        reader.page.evaluate("scrollTo(0, 0)")
        target.write_bytes(next(filter(small, map(partial(shot, reader), HEIGHTS))))
    assert target.is_file(), f"{target.name}：make pictures"
    assert small(target.read_bytes())


def shot(reader: Watched, height: int) -> bytes:
    return reader.page.screenshot(clip={"x": 0, "y": 0, "width": WIDTH, "height": height})


def small(content: bytes) -> bool:
    return len(content) <= MOST_BYTES
