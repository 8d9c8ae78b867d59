"""The tour of docs/manual/first-hour.md, walked: from an empty dossier to the report on one's own disk."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.browser.watching import Watched

pytestmark = pytest.mark.browser


def test_from_an_empty_dossier_to_the_report(wide: Watched) -> None:
    page = wide.page
    wide.open("/")
    page.get_by_role("link", name="新建或导入").click()
    page.get_by_label("评价年度").fill("2025")
    page.get_by_role("button", name="新建", exact=True).click()
    page.get_by_text("已新建档案").wait_for()
    side = page.locator("nav.side")

    side.get_by_role("link", name="评分").click()
    page.locator("main tbody tr", has_text="未评判").first.locator("th a").click()
    indicator = page.locator("h1").inner_text()
    for question in page.locator("form[data-save] .choices").all():
        question.get_by_role("radio").first.check()
    for reason in page.locator("form[data-save]").get_by_label("理由", exact=True).all():
        reason.fill("查阅立项文件，与要求相符。")
    page.get_by_label("评判人").fill("主评人")
    page.get_by_label("评判日期").fill("2026-03-02")
    page.get_by_role("button", name="保存并到下一项").click()
    page.get_by_text(f"已保存“{indicator}”的评判。").wait_for()

    side.get_by_role("link", name="工作底稿").click()
    page.get_by_role("link", name=indicator, exact=True).click()
    page.get_by_label("评价分析").fill("立项文件齐全，程序合规。")
    page.get_by_label("索引号").fill("W-01")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("已保存底稿。").wait_for()
    assert "立项文件齐全" in page.get_by_label("评价分析").input_value()

    side.get_by_role("link", name="首页").click()
    page.get_by_role("heading", name="检查发现").wait_for()
    assert wide.faults() == []

    side.get_by_role("link", name="报告").click()
    page.get_by_role("button", name="写出报告").click()
    word = page.get_by_role("link", name="Word")
    word.wait_for(timeout=120_000)
    with page.expect_download() as waiting:
        word.click()
    with ZipFile(BytesIO(Path(waiting.value.path()).read_bytes())) as document:
        assert "立项文件齐全" in document.read("word/document.xml").decode()
