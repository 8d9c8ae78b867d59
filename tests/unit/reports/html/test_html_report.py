"""The HTML report read as a browser reads it: by elements, never by looking for pieces of text in markup."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from urllib.parse import unquote

import pytest
from tests.unit.reports import hostile, samples
from tests.unit.reports.elements import Element, everything, parsed

from hengji.model.document import Document, Heading, Paragraph, Ref, Text
from hengji.reports import html


def read(document: Document) -> Element:
    return parsed(html.write(document))


@pytest.fixture(scope="module")
def page(sample: Document) -> Element:
    return read(sample)


def test_the_page_says_its_language_and_title(page: Element) -> None:
    assert page.one("html").attributes["lang"] == "zh-CN"
    assert page.one("head").one("title").text == samples.TITLE


def test_nothing_is_fetched(page: Element) -> None:
    fetching = {"script": "src", "link": "href", "img": "src", "iframe": "src", "object": "data"}
    assert not [each for name, address in fetching.items() for each in page.all(name) if address in each.attributes]
    assert "url(" not in page.one("style").text
    assert "@import" not in page.one("style").text


def test_only_the_own_style_and_script_are_admitted_by_their_hashes(page: Element) -> None:
    policy = page.one("meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"]
    script = next(each for each in page.all("script") if "type" not in each.attributes)
    for admitted, element in (("script-src", script), ("style-src", page.one("style"))):
        digest = b64encode(sha256(element.text.encode()).digest()).decode()
        assert f"{admitted} 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none';")
    assert not [each for each in page.all("td") + page.all("th") + page.all("col") if "style" in each.attributes]


def test_headings_form_one_outline(page: Element) -> None:
    article = page.one("article")
    assert len(article.all("h1")) == 1
    assert [each.text for each in article.all("h3")][:2] == ["（一）立项背景与政策依据", "（二）项目实施情况"]


def test_the_contents_lead_to_headings_and_annexes(page: Element) -> None:
    ids = {
        each.attributes["id"] for name in ("h2", "h3", "section") for each in page.all(name) if "id" in each.attributes
    }
    links = [unquote(each.attributes["href"][1:]) for each in page.one("nav").all("a")]
    assert links[0] == "summary"
    assert "annex-2" in links
    assert set(links) <= ids


def test_heads_name_their_columns_and_groups(page: Element) -> None:
    head = page.one("figure", id="table:funds").one("thead")
    assert len(head.all("tr")) == 3
    assert [(each.text, each.attributes["colspan"]) for each in head.all("th", scope="colgroup")] == [
        ("资金到位与拨付", "8"), ("到位资金", "4"), ("已拨付资金", "4"),
    ]  # fmt: skip
    assert len(head.all("th", scope="col")) == 3 + 8


def test_captions_are_numbered_once_in_reading_order(page: Element) -> None:
    assert [each.text for each in page.all("figcaption")] == [
        "表1　项目资金预算、到位及拨付情况表", "图1　各子项目资金到位与拨付情况", "图2　各子项目到位资金的层级构成",
        "表2　机构运营补助发放明细表", "表3　绩效评价得分情况表", "图3　各三级指标得分与分值对照", "图4　入住老人问卷各题选项分布",
    ]  # fmt: skip


def test_every_number_opens_a_trace_that_is_there(page: Element, sample: Document) -> None:
    refs = [each for each in page.one("article").all("a") if "data-figure" in each.attributes]
    ids = {each.attributes["id"] for each in page.one("section").all("div") if "id" in each.attributes}
    data = json.loads(page.one("script", id="page-traces").text)
    assert len(refs) > 50
    for ref in refs:
        assert unquote(ref.attributes["href"][1:]) in ids
        assert ref.attributes["data-figure"] in data["figures"]
    assert data["figures"].keys() == sample.figures.keys()


def test_traces_reach_the_ledger_with_file_and_line(page: Element) -> None:
    data = json.loads(page.one("script", id="page-traces").text)
    leaf = data["figures"]["资金.拨付.机构运营补助.省级"]
    assert [data["sources"][at] for at in leaf["sources"]] == [["台账", "机构运营补助拨付", "funds.csv 第2行", ""]]


def test_without_script_every_figure_is_in_the_appendix(page: Element, sample: Document) -> None:
    appendix = page.one("section", id="page-all-figures")
    assert len(appendix.all("details")) == len(sample.figures)
    rate = appendix.one("div", id="figure:资金.预算执行率")
    assert [each.attributes["href"] for each in rate.all("a")] == [
        "#figure%3A%E8%B5%84%E9%87%91.%E6%8B%A8%E4%BB%98", "#figure%3A%E8%B5%84%E9%87%91.%E5%88%B0%E4%BD%8D",
    ]  # fmt: skip
    assert "未舍入：85.249117…%" in rate.text


def test_wide_tables_scroll_in_a_frame_that_the_keyboard_reaches(page: Element) -> None:
    for table in page.all("table"):
        frames = [each for each in page.all("div", **{"class": "scroll"}) if table in each.children]
        assert frames[0].attributes["tabindex"] == "0"
        assert frames[0].attributes["aria-label"]


def test_ids_stand_once(page: Element) -> None:
    ids = [each.attributes["id"] for each in everything(page) if "id" in each.attributes]
    assert len(ids) == len(set(ids))


def test_a_reference_to_an_unknown_figure_is_plain_text() -> None:
    page = read(Document("甲", (Paragraph((Text("共"), Ref("没有", "12人"))),)))
    assert page.one("article").text == "共12人"
    assert not page.one("article").all("a")


def test_line_breaks_in_text_are_kept() -> None:
    page = read(Document("甲", (Paragraph((Text("上\n下"),)),)))
    assert len(page.one("article").all("br")) == 1


def test_the_same_document_gives_the_same_bytes(sample: Document) -> None:
    assert html.write(sample) == html.write(samples.document())


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_hostile_text_stays_text(text: str) -> None:
    document = hostile.document(text)
    page, plain = read(document), read(hostile.document("文字"))
    assert page.one("head").one("title").text == text
    assert page.one("article").all("h2")[0].text == text
    assert {each.name for each in everything(page)} == {each.name for each in everything(plain)}
    assert len(page.all("script")) == 2
    assert json.loads(page.one("script", id="page-traces").text)["figures"].keys() == {text}


def test_deep_headings_stay_headings() -> None:
    page = read(Document("甲", tuple(Heading(level, f"{level}级", f"h{level}") for level in (1, 2, 3, 4))))
    assert [each.text for name in ("h2", "h3", "h4", "h5") for each in page.all(name)] == ["1级", "2级", "3级", "4级"]
