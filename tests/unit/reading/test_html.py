"""Web pages: what a browser shows of them."""

import pytest

from hengji.model.reading import Grid, Reading
from hengji.reading.html import read_html


def read(body: str) -> Reading:
    return read_html("报告.html", f"<html><head><title>题</title><style>p{{}}</style></head><body>{body}</body></html>")


def prose(reading: Reading) -> list[str]:
    return [reading.quote(part.span) for part in reading.prose()]


def rows(reading: Reading, grid: Grid) -> list[list[str]]:
    return [[reading.quote(slot.span) for slot in grid.row(row)] for row in range(grid.height)]


def test_headings_paragraphs_and_what_is_hidden() -> None:
    reading = read(
        "<h1>一、概况</h1><div>本项目<b>支出</b> 12&nbsp;万元。<script>x()</script><br>第二行。</div>"
        "<p style='display:none'>隐藏</p><h2>背景</h2><ul><li>甲；</li><li>乙。</li></ul>"
    )
    assert [(title.level, title.mark, title.text) for title in reading.titles] == [(1, "一、", "概况"), (2, "", "背景")]
    assert prose(reading) == ["本项目支出 12 万元。", "第二行。", "甲；", "乙。"]


@pytest.mark.parametrize(
    "part",
    [
        "<p hidden>共3处。</p>",
        "<div popover>共3处。</div>",
        "<dialog><p>共3处。</p></dialog>",
        "<details><summary>共3处</summary><p>东站1处。</p></details>",
        "<nav><p>共3处。</p></nav>",
        "<template><p>共3处。</p></template>",
        "<p aria-hidden=true>共3处。</p>",
    ],
)
def test_what_a_browser_shows_only_when_asked_is_not_read(part: str) -> None:
    assert prose(read(f"<p>前文。</p>{part}<p>后文。</p>")) == ["前文。", "后文。"]


def test_a_report_that_is_folded_as_a_whole_is_read() -> None:
    folded = "<h1>评价报告</h1><details><summary>一、概况</summary><p>共3处。</p></details><dialog>说明。</dialog>"
    assert prose(read(folded)) == ["共3处。"]


def test_what_is_unfolded_is_read() -> None:
    folded = "<details open><summary>附注</summary><p>共3处。</p></details><dialog open>说明。</dialog>"
    assert prose(read(folded)) == ["附注", "共3处。", "说明。"]


def test_a_table_with_merged_cells_and_caption() -> None:
    reading = read(
        "<table><caption>表1 补助</caption><thead><tr><th rowspan=2>单位<th colspan=2>补助</tr>"
        "<tr><th>省级</th><th>市级</th></tr></thead>"
        "<tr><td><p>甲</p><p>站</p></td><td>12</td><td></td></tr></table><p>以上。</p>"
    )
    (grid,) = reading.grids()
    assert rows(reading, grid) == [["单位", "补助"], ["省级", "市级"], ["甲 站", "12", ""]]
    assert (grid.head, grid.height, grid.width) == (2, 3, 3)
    assert grid.caption is not None
    assert reading.quote(grid.caption) == "表1 补助"
    assert prose(reading) == ["以上。"]


def test_a_table_within_a_cell_and_a_frame() -> None:
    inner = "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    reading = read(f"<table><tr><td><p>框内。</p>{inner}<p>框尾。</p></td></tr></table>")
    assert prose(reading) == ["框内。", "框尾。"]
    (grid,) = reading.grids()
    assert rows(reading, grid) == [["甲", "1"], ["乙", "2"]]
    outer, nested = read(
        f"<table><tr><td>分析</td><td>见下{inner}</td></tr><tr><td>得分</td><td>5</td></tr></table>"
    ).grids()
    assert outer.height == 2
    assert nested.height == 2


def test_a_page_nested_very_deep_is_read() -> None:
    assert prose(read("<div>" * 200 + "甲" + "</div>" * 200)) == ["甲"]
    read("<div>" * 20_000 + "甲")
