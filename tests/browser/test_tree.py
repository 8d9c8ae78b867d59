"""An indicator dragged through the tree with the mouse; the same by keyboard is in test_evaluation.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.browser.watching import Watched

if TYPE_CHECKING:
    from playwright.sync_api import Locator

pytestmark = pytest.mark.browser

HELD, OVER, THERE = "绩效指标明确性", "立项程序规范性", "项目立项"


def test_an_indicator_is_dragged_to_another_parent_and_stays_there(wide: Watched) -> None:
    page = wide.page
    wide.open("/new/")
    page.get_by_label("评价年度").fill("2024")
    page.get_by_role("button", name="新建", exact=True).click()
    page.locator("nav.side").get_by_role("link", name="指标体系").click()
    page.get_by_label(f"{HELD}的分值，分").wait_for()

    drag(wide, row(wide, HELD).locator(".grip"), row(wide, OVER))
    page.get_by_text(f"“{HELD}”移到了“{THERE}”下，保存后生效。").wait_for()
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("已修改指标体系。").wait_for()
    assert parent(row(wide, HELD)) == THERE


def row(watched: Watched, name: str) -> Locator:
    return watched.page.locator(f'.node:has(> .name > input[value="{name}"])')


def drag(watched: Watched, held: Locator, over: Locator) -> None:
    """From the middle of one to the middle of the other, through what lies between."""
    mouse = watched.page.mouse
    for box, press in ((held.bounding_box(), mouse.down), (over.bounding_box(), mouse.up)):
        assert box is not None
        mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=12)
        press()


def parent(held: Locator) -> str:
    """The name of what an indicator stands below."""
    found = (
        "node => node.closest('[data-node]').parentElement.closest('[data-node]').querySelector('.name input').value"
    )
    name: str = held.evaluate(found)
    return name
