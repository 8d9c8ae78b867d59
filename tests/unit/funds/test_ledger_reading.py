"""funds.csv with everything wrong that people do to it: every fault is found, at its cell, all at once."""

from datetime import date

import pytest

from hengji.funds.reading import check_programmes, read_ledger
from hengji.model.finding import Place, Severity
from hengji.model.ledger import ControlTotal, Entry, FundStage
from hengji.model.money import Money
from hengji.model.programme import Programme, Tier

HEADER = "日期,环节,项目,层级,金额（元）,资金来源,文号,付款方,收款方,备注\n"


def read(text: str) -> tuple[list[Entry], list[str]]:
    ledger, found = read_ledger("funds.csv", text.encode())
    return list(ledger.entries), [finding.code for finding in found]


def test_a_row_keeps_every_field_and_its_line() -> None:
    row = '2021年1月4日,拨付,运营补助,省级,"54,400.00",福彩公益金,博财〔2021〕1号,区财政局,城西街道,首笔\n'
    entries, codes = read(HEADER + row)
    assert codes == []
    assert entries == [
        Entry(
            date(2021, 1, 4),
            FundStage.DISBURSED,
            "运营补助",
            Tier.PROVINCE,
            Money.yuan(54400),
            "福彩公益金",
            "博财〔2021〕1号",
            "区财政局",
            "城西街道",
            "首笔",
            Place("funds.csv", 2),
        )
    ]


@pytest.mark.parametrize(
    ("header", "text"), [("金额（元）", "108100"), ("金额（万元）", "10.81"), ("金额(万元)", "10.81")]
)
def test_the_unit_of_the_header_counts(header: str, text: str) -> None:
    entries, codes = read(f"日期,环节,项目,层级,{header}\n2021-01-04,到位,甲,省级,{text}\n")
    assert codes == []
    assert entries[0].amount == Money.yuan(108100)


def test_every_bad_cell_is_found_with_line_and_column_and_the_good_rows_are_kept() -> None:
    text = HEADER + (
        "21.1.4,拨款,,省,五万,,,,,\n"
        "2021-01-04,到位,甲,省级,,,,,,\n"
        "2021-01-04,到位,甲,省级,１００００,,,,,\n"
        "2021-01-04,到位,甲,省级,2万,,,,,\n"
    )
    ledger, found = read_ledger("funds.csv", text.encode())
    assert [entry.amount for entry in ledger.entries] == [Money.yuan(10000)]
    where = [(finding.code, finding.place.line, finding.place.column, finding.place.item) for finding in found]
    assert where == [
        ("C102", 2, 1, "日期"),
        ("C102", 2, 2, "环节"),
        ("C101", 2, 3, "项目"),
        ("C102", 2, 4, "层级"),
        ("C102", 2, 5, "金额（元）"),
        ("C101", 3, 5, "金额（元）"),
        ("C103", 4, 5, "金额（元）"),
        ("C102", 5, 5, "金额（元）"),
    ]
    assert all(finding.remedy for finding in found)


def test_a_row_of_totals_is_no_entry() -> None:
    text = HEADER + "2022-12-31,拨付,甲、乙,合计,96,,,,,\n2022-12-31,年初预算,,合计,5000,,,,,\n"
    ledger, found = read_ledger("funds.csv", text.encode())
    assert (ledger.entries, found) == ((), ())
    assert ledger.totals == (
        ControlTotal(
            date(2022, 12, 31),
            FundStage.DISBURSED,
            frozenset({"甲", "乙"}),
            Money.yuan(96),
            place=Place("funds.csv", 2),
        ),
        ControlTotal(
            date(2022, 12, 31), FundStage.INITIAL_BUDGET, frozenset(), Money.yuan(5000), place=Place("funds.csv", 3)
        ),
    )


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        ("日期,环节,项目,层级,金额", ["C005", "F101"]),
        ("日期,环节,项目,层级,金额（元）,金额（万元）", ["F102"]),
        ("日期,环节,项目,金额（元）", ["C004"]),
    ],
)
def test_a_wrong_header_reads_nothing_and_says_why(header: str, codes: list[str]) -> None:
    entries, found = read(f"{header}\n2021-01-04,到位,甲,省级,1,1\n")
    assert entries == []
    assert [code for code in found if code != "C007"] == codes


def test_yuan_under_a_header_of_ten_thousand_yuan_is_suspected() -> None:
    _, found = read_ledger("funds.csv", "日期,环节,项目,层级,金额（万元）\n2021-01-04,到位,甲,省级,108100\n".encode())
    assert [(finding.code, finding.severity, finding.place.line) for finding in found] == [
        ("C103", Severity.WARNING, 2)
    ]
    assert "疑似按元填写" in found[0].found


def test_ten_thousands_under_a_header_of_yuan_are_suspected() -> None:
    _, codes = read("日期,环节,项目,层级,金额（元）\n2021-01-04,到位,甲,省级,10.81\n2021-01-04,到位,乙,省级,81\n")
    assert codes == ["F104"]


def test_sub_projects_that_the_dossier_does_not_have() -> None:
    rows = "2021-01-04,到位,甲,省级,5000,,,,,\n2021-01-04,到位,丙,省级,1,,,,,\n2021-12-31,到位,甲、丁,合计,9999,,,,,\n"
    ledger, _ = read_ledger("funds.csv", (HEADER + rows).encode())
    found = check_programmes(ledger, [Programme("甲", "甲项目"), Programme("乙", "乙项目")])
    assert [(finding.code, finding.place.line) for finding in found] == [("F103", 3), ("F103", 4)]
    assert found[0].expected == "甲、乙"
