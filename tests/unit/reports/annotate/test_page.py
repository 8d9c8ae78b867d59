"""The marked report as a browser reads it."""

from tests.unit.reports.elements import parsed

from hengji.checks.remarks import Fault, remark
from hengji.model.claim import Claims
from hengji.model.finding import Severity
from hengji.model.reading import Reading, Span
from hengji.model.review import Review, Statements
from hengji.reading.opening import read_report
from hengji.reports.annotate.page import write

REPORT = """一、基本情况

本年到位资金 30 万元，其中省级 10 万元、县级 19 万元。<script>alert(1)</script>

项目	金额（万元）
甲镇	10
乙镇	19

二、结论

资金 30 万元已全部支出。
"""


def reading() -> Reading:
    found, _ = read_report("报告.txt", REPORT.encode())
    assert found is not None
    return found


def span(words: str) -> Span:
    start = REPORT.index(words)
    return Span(start, start + len(words))


def review() -> Review:
    fault = Fault("a150", Severity.ERROR, "各部分之和是 29 万元", "30 万元", "核对", "10万元 + 19万元 = 29万元")
    first = remark(reading(), fault, span("到位资金 30 万元"), span("资金 30 万元已全部支出"))
    second = remark(reading(), Fault("w950", Severity.NOTE, "有标记语言"), span("30 万元，其中省级"))
    return Review("报告.txt", reading(), Statements.count(Claims()), None, (first, second))


def test_the_whole_text_stands_there_and_nothing_in_it_runs() -> None:
    document = parsed(write(review(), {}))
    article = document.one("article")
    for number in article.all("sup"):
        number.children.clear()
    written = "".join(article.text.split())
    assert written.replace("</script>", "") == "".join(REPORT.replace("</script>", "").split())
    assert len(document.all("script")) == 1
    assert not article.all("script")


def test_a_mark_leads_to_its_finding_and_back() -> None:
    document = parsed(write(review(), {"a150": "合计不等于各部分之和"}))
    card = document.one("li", id="finding-1")
    assert "合计不等于各部分之和（a150）" in card.text
    assert "10万元 + 19万元 = 29万元" in card.text
    marks = document.all("mark")
    assert [mark.text for mark in marks if "1" in mark.attributes["data-findings"].split()] == [
        "到位资金 ",
        "30 万元",
        "资金 30 万元已全部支出",
    ]
    assert document.one("mark", id="mark-1").text == "到位资金 "
    assert [mark.attributes["class"] for mark in marks if mark.attributes["data-findings"] == "1 2"] == ["error"]


def test_a_sound_report_says_so() -> None:
    sound = Review("报告.txt", reading(), Statements.count(Claims()), None, ())
    document = parsed(write(sound, {}))
    assert "没有发现" in document.one("aside").text
    assert not document.all("mark")


def test_titles_stand_without_signs_and_numbers_to_the_right() -> None:
    told, _ = read_report("报告.md", "# 一、结论\n\n| 项目 | 金额 |\n|---|---|\n| 甲镇 | 1,020.50 |\n".encode())
    assert told is not None
    document = parsed(write(Review("报告.md", told, Statements.count(Claims()), None, ()), {}))
    assert [title.text for title in document.one("article").all("h2")] == ["一、结论"]
    assert [cell.text for cell in document.all("td") if "right" in cell.attributes.get("class", "")] == ["1,020.50"]
