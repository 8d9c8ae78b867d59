"""Intervals as people print them."""

from decimal import Decimal

import pytest

from hengji.model.band import Edge
from hengji.model.scorecard import Interval
from hengji.reading.scores.intervals import completed, intervals

IN, OUT = Edge.INCLUDED, Edge.EXCLUDED


def read(text: str) -> list[tuple[str, str, str, str]]:
    closed = completed(tuple(found.interval for found in intervals(text)))
    return [shown(each) for each in closed]


def shown(each: Interval) -> tuple[str, str, str, str]:
    names = {IN: "含", OUT: "不含", None: "?"}
    low = "" if each.low is None else f"{each.low:f}"
    high = "" if each.high is None else f"{each.high:f}"
    return low, names[each.low_edge], high, names[each.high_edge]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[80,90)", [("80", "含", "90", "不含")]),
        ("≥90分", [("90", "含", "", "?")]),
        ("<60分", [("", "?", "60", "不含")]),
        ("不低于85%", [("85", "含", "", "?")]),
        ("超过95%", [("95", "不含", "", "?")]),
        ("80%≤覆盖率<90%", [("80", "含", "90", "不含")]),
        ("90%>覆盖率≥80%", [("80", "含", "90", "不含")]),
        ("95%-90%(含90%)", [("90", "含", "95", "?")]),
        ("90(含)-100分", [("90", "含", "100", "含")]),
        ("80-90分(含80分)", [("80", "含", "90", "?")]),
        ("95%以上(含95%)", [("95", "含", "", "?")]),
        ("95%(含)以上", [("95", "含", "", "?")]),
        ("60分及以上", [("60", "含", "", "?")]),
        ("60分以下", [("", "?", "60", "?")]),
        ("到位率100%得4分", [("100", "含", "100", "含")]),
        ("没有区间,只有2022年的12个月", []),
    ],
)
def test_one_form(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert read(text) == expected


def test_a_neighbour_decides_an_edge() -> None:
    assert read("90%(含)以上得10分,80%(含)-90%得6分,80%以下得0分") == [
        ("90", "含", "", "?"),
        ("80", "含", "90", "不含"),
        ("", "?", "80", "不含"),
    ]


def test_a_stack_of_lower_bounds_is_a_scale() -> None:
    assert read("90%以上得10分,80%以上得6分,60%以上得2分") == [
        ("90", "?", "", "?"),
        ("80", "?", "90", "?"),
        ("60", "?", "80", "?"),
    ]


def test_a_value_lies_within_only_where_its_edge_is_said() -> None:
    band = Interval(Decimal(80), Decimal(90), IN, None)
    assert Decimal(80) in band
    assert Decimal("89.99") in band
    assert Decimal(90) not in band
