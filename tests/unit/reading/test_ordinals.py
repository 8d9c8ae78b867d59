"""The numbers before headings and items."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengji.model.reading import Prose, Reading, Span
from hengji.reading.manuscript import manuscript_of
from hengji.reading.ordinals import Style, ordinals


def first_of(line: str) -> tuple[Style, int, str] | None:
    """Style, number and words of the number that a line begins with."""
    reading = Reading("报告.txt", line, (Prose(Span(0, len(line))),))
    return next(((each.style, each.number, each.text) for each in ordinals(manuscript_of(reading))), None)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("一、项目概况", (Style.HAN, 1, "项目概况")),
        ("（十二）资金情况", (Style.HAN_BRACKETS, 12, "资金情况")),
        ("3. 路面修补", (Style.DIGITS, 3, "路面修补")),
        ("(4)边沟清理", (Style.BRACKETS, 4, "边沟清理")),
        ("⑤标线施划", (Style.CIRCLED, 5, "标线施划")),
        ("3.5公里", None),
        ("项目概况", None),
    ],
)
def test_a_line_begins_with_a_number(line: str, expected: tuple[Style, int, str] | None) -> None:
    assert first_of(line) == expected


@given(st.sampled_from(list(Style)), st.integers(1, 20))
def test_a_number_is_read_as_it_is_printed(style: Style, number: int) -> None:
    assert first_of(f"{style.printed(number)}内容") == (style, number, "内容")
