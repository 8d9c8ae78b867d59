"""A total that was pasted under its rows is left out; where it is not what they add up to, somebody should look."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.unit.engines.intake.files import COLUMNS, HEADER, take
from tests.unit.engines.sheets import xlsx

from hengji.engines.intake.tally import MOST, Tally
from hengji.engines.tables import read_table
from hengji.model.finding import Finding, Place, Severity
from hengji.model.table import TableDeclaration

NORTH, EAST, WEST = ["北山", 40, 100.5, None], ["东里", 3, 7.1, None], ["西河", 5, 20, None]


def total(label: str, number: int, amount: float) -> list[Any]:
    return [label, number, amount, None]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([NORTH, EAST, total("合计", 43, 107.6)], {}),
        ([NORTH, EAST, total("合计", 43, 107.5)], {"C4": "合计行写的是107.50元，各行相加是107.60元，相差0.10元"}),
        ([NORTH, EAST, total("合计", 44, 107.6)], {"B4": "合计行写的是44，各行相加是43，相差1"}),
        ([NORTH, total("小计", 40, 100.5), EAST, WEST, total("小计", 8, 27.1), total("合计", 48, 127.6)], {}),
        (
            [NORTH, total("小计", 40, 100.5), EAST, total("小计", 9, 7.1)],
            {"B5": "合计行写的是9，各行相加是43，其中到相邻合计行为止的是3"},
        ),
        ([NORTH, total("本页小计", 40, 100.5), EAST, total("累计", 43, 107.6)], {}),
        ([total("合计", 43, 107.6), NORTH, EAST], {}),
        ([total("合计", 43, 1), NORTH, EAST], {"C2": "合计行写的是1.00元，各行相加是107.60元，相差106.60元"}),
        ([NORTH, ["东里", "三", 7.1, None], total("合计", 1, 1)], {}),  # what is added up is not known
        ([NORTH, EAST, ["合计", None, None, None]], {}),
    ],
)
def test_a_total_is_held_against_its_rows(rows: list[list[Any]], said: dict[str, str], tmp_path: Path) -> None:
    content = xlsx([HEADER, *rows])
    (tmp_path / "a.xlsx").write_bytes(content)
    bulk = take(tmp_path / "a.xlsx").findings
    _, small = read_table(TableDeclaration("发放表", "a.xlsx", COLUMNS), {"a.xlsx": content})
    for found in (bulk, small):
        assert {each.place.cell: each.found for each in found if each.code == "T113"} == said
        assert all(each.severity is Severity.WARNING for each in found if each.code == "T113")


def test_totals_of_every_sheet_by_themselves(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "1月"
    book.create_sheet("2月")
    for sheet, amount in (("1月", 100.5), ("2月", 101)):
        for row in (HEADER, NORTH, total("合计", 40, amount)):
            book[sheet].append(row)
    book.save(tmp_path / "a.xlsx")
    found = take(tmp_path / "a.xlsx", sheet="*月").findings
    assert [(each.place.sheet, each.place.cell) for each in found if each.code == "T113"] == [("2月", "C3")]


def test_what_is_said_of_a_wholly_wrong_file_is_bounded_and_counted(tmp_path: Path) -> None:
    lines = [",".join(HEADER), *("北山,三,很多," for _ in range(MOST))]
    (tmp_path / "a.csv").write_text("\n".join(lines), "utf-8")
    taken = take(tmp_path / "a.csv")
    assert (taken.rows, taken.refused, len(taken.bad)) == (0, MOST, MOST)
    assert [each.found for each in taken.findings[MOST:]] == [
        "同样的问题另有5,000处，没有逐一列出",
        "同样的问题另有5,000处，没有逐一列出",
    ]
    assert {each.place.item for each in taken.findings[MOST:]} == {"人数", "金额"}


def test_the_rest_is_counted_by_code_and_column() -> None:
    tally = Tally(most=1)
    for line, column in ((1, "甲"), (2, "甲"), (3, "乙"), (4, "甲")):
        tally.append(Finding("T103", Severity.ERROR, Place("a.csv", line, 1, item=column), "此格为空", "必填", "填写"))
    assert [(str(each.place), each.found) for each in tally.told()] == [
        ("a.csv 第1行第1列（甲）", "此格为空"),
        ("a.csv（甲）", "同样的问题另有2处，没有逐一列出"),
        ("a.csv（乙）", "同样的问题另有1处，没有逐一列出"),
    ]
