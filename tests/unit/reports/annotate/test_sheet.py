"""The reviewer's sheet: the gravest errors with their results, on one page whatever the report says."""

from dataclasses import replace
from decimal import Decimal

import pypdfium2
from tests.unit.reports.annotate.test_page import reading, review, span

from hengji.checks.remarks import Fault, remark
from hengji.model.document import Document, Table, Text
from hengji.model.finding import Severity
from hengji.model.review import Review
from hengji.reports import pdf
from hengji.reports.annotate.league import Standing, ranked
from hengji.reports.annotate.sheet import sheet
from hengji.work.hand_back import quality_named
from hengji.work.quality import marks

SUM = "10万元 + 19万元 = 29万元"
NAME = "各部分之和不等于合计"


def sheet_of(review: Review) -> Document:
    quality, _ = quality_named("通用")
    assert quality is not None
    return sheet(review, {"a150": NAME}, quality, marks(quality, review.findings))


def gravest(document: Document) -> Table:
    table = document.blocks[-1]
    assert isinstance(table, Table)
    return table


def test_an_error_is_told_by_what_would_hold_and_not_by_all_that_is_added() -> None:
    fault = Fault("a150", Severity.ERROR, f"合计写为30万元，各部分相加不等：{SUM}", "29万元", "核对", SUM)
    found = replace(review(), findings=(remark(reading(), fault, span("到位资金 30 万元")),))
    table = gravest(sheet_of(found))
    assert table.body[0].cells[2].inlines == (Text(f"{NAME}：合计写为30万元，各部分相加不等，应为29万元"),)
    assert table.caption == "主要错误"


def test_without_errors_the_warnings_are_told() -> None:
    fault = Fault("a150", Severity.WARNING, "各部分相加不等", "29万元", "核对")
    found = replace(review(), findings=(remark(reading(), fault, span("到位资金 30 万元")),))
    assert gravest(sheet_of(found)).caption == "主要警告"


def test_reports_with_equal_losses_and_errors_share_a_place() -> None:
    worse, same, also = (replace(review(), file=name, findings=()) for name in ("丙.txt", "甲.txt", "乙.txt"))
    table = ranked([Standing(worse, Decimal(3)), Standing(same, Decimal(1)), Standing(also, Decimal(1))])
    assert [row[:2] for row in table] == [("1", "乙.txt"), ("1", "甲.txt"), ("3", "丙.txt")]


def test_many_errors_with_long_words_stay_on_one_page() -> None:
    fault = Fault("a150", Severity.ERROR, "各部分相加不等" * 20, "29万元", "核对")
    finding = remark(reading(), fault, span("到位资金 30 万元"))
    finding = replace(finding, place=replace(finding.place, item="三、综合评价情况及评价结论" * 4))
    document = sheet_of(replace(review(), findings=(finding,) * 9))
    assert gravest(document).caption == "主要错误（共 9 条，列出前 5 条）"
    assert all(cut.inlines[0].text.endswith("…") for row in gravest(document).body for cut in row.cells[1:])
    assert len(pypdfium2.PdfDocument(pdf.write(document))) == 1
