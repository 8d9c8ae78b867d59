"""When a report was issued, and which years it evaluates."""

from datetime import date

from hengji.model.reading import Prose, Reading, Span, Title
from hengji.reading.manuscript import Manuscript, manuscript_of
from hengji.reading.occasions import evaluated_years, issues


def manuscript(*lines: str) -> Manuscript:
    """Paragraphs; a line that begins with 一、 or 附件 is a title."""
    text, parts = "", []
    for line in lines:
        span = Span(len(text), len(text) + len(line))
        titled = line.startswith(("一、", "附件"))
        parts.append(Title(span, 1, line[:2], line[2:]) if titled else Prose(span))
        text += line + "\n"
    return manuscript_of(Reading("报告.txt", text, tuple(parts)))


def test_a_line_that_is_a_date_dates_the_report() -> None:
    read = manuscript(
        "某项目绩效评价报告",
        "评价日期：2022年5月",
        "一、项目概况",
        "2022年4月8日下达资金。",
        "二〇二二年六月",
        "附件1",
        "2022年7月",
    )
    assert [issue.dated.first for issue in issues(read)] == [date(2022, 5, 1), date(2022, 6, 1)]


def test_the_title_says_which_year_is_evaluated() -> None:
    read = manuscript(
        "2021年农村道路养护补助项目绩效评价报告", "一、项目概况", "2019年农村道路养护补助项目完成32公里。"
    )
    assert evaluated_years(read) == {2021}


def test_else_the_projects_say_it() -> None:
    read = manuscript(
        "道路养护绩效评价报告", "一、项目概况", "2019年农村道路养护补助项目、2020年农村道路养护补助项目均已完成。"
    )
    assert evaluated_years(read) == {2019, 2020}
