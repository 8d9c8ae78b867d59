"""What SQL reads in bulk is what is read cell by cell; numbers that name somebody are kept hashed."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from hengji.engines.intake.layout import Match
from hengji.engines.intake.plain import plain_value
from hengji.engines.intake.rows import is_total
from hengji.engines.intake.seal import KEY_BYTES, Seal, key_of, new_key
from hengji.model.cells import CellFault, CellNote, ReadCell, read_cell
from hengji.model.identity import citizen_fault, credit_fault, hidden, is_sealed, masked
from hengji.model.money import Money
from hengji.model.table import Column, ColumnType, Keeping, Value

KEY = Seal(bytes(range(32)))
KINDS = (
    (Column("备注", ColumnType.TEXT), ""),
    (Column("层级", ColumnType.ENUM, choices=("中央", "省级")), ""),
    (Column("人数", ColumnType.COUNT), ""),
    (Column("比率", ColumnType.RATE), ""),
    (Column("比率", ColumnType.RATE, "%"), ""),
    (Column("金额", ColumnType.MONEY), ""),
    (Column("金额", ColumnType.MONEY, "元"), "万元"),
    (Column("日期", ColumnType.DATE), ""),
    (Column("名单", ColumnType.BOOL), ""),
    (Column("身份证号", ColumnType.CITIZEN), ""),
    (Column("信用代码", ColumnType.CREDIT, keeping=Keeping.PLAIN), ""),
)
SPELLINGS = [
    "北山", " 北山", "北山\u3000", "中央", "县级", "41", "-41", "007", "1,234", "12.5", "12.50", "0.333333333", "1e5",
    "123456789.120000005", "-0", "99999", "9999.999999", "10000", "12.345678", "93.57", "93.57%", "93.578912", "1234567890123456",
    "2021-07-12", "2021/7/2", "2021.7.12", "2021年7月12日", "2021年7月", "2021-07", "202107", "20210712", "2021-02-30",
    "2021-07-12 00:00:00", "20211301", "44389", "0000-01-01", "0001-01-01", "是", "否", "√", "True", "TRUE", "true", "FALSE", "false", "４１", "11010519491231002X", "11010519491231002x",
    "110105194912310021", "440308199901101512", "440308190001019999", "91110000600037341L", "91350100M000100Y43", "911100006000373411", "",
]  # fmt: skip


def in_bulk(text: str, column: Column, unit: str) -> Any:
    match = Match(column, 0, unit, column.name)
    found = duckdb.execute(f"SELECT {plain_value(match, 'c')} FROM (SELECT ?::VARCHAR AS c)", [text]).fetchone()
    assert found is not None
    return found[0]


def stored(value: Value, column: Column) -> Any:
    match value:
        case Money():
            return Fraction(int(value), 100)
        case _:
            return value


def agree(text: str, column: Column, unit: str) -> None:
    bulk = in_bulk(text, column, unit)
    if bulk is None:
        return
    read = read_cell(text, column, unit)
    assert isinstance(read, ReadCell), (text, bulk, read)
    assert not set(read.notes), text
    assert (Fraction(bulk) if isinstance(stored(read.value, column), Fraction) else bulk) == stored(read.value, column)


@pytest.mark.parametrize(("column", "unit"), KINDS, ids=lambda each: getattr(each, "name", each))
@pytest.mark.parametrize("text", SPELLINGS)
def test_known_spellings_mean_the_same_in_bulk(text: str, column: Column, unit: str) -> None:
    agree(text, column, unit)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=12),
        st.from_regex(r"-?[0-9]{1,17}(\.[0-9]{1,8})?%?", fullmatch=True),
        st.from_regex(r"[0-9]{4}[-/.年][0-9]{1,2}([-/.月][0-9]{1,2}日?|月)?( 00:00:00)?", fullmatch=True),
        st.from_regex(r"[0-9]{5,9}", fullmatch=True),
        st.from_regex(r"[1-9][0-9]{5}19[0-9]{2}[01][0-9][0-3][0-9]{4}[0-9X]", fullmatch=True),
    ),
    st.sampled_from(KINDS),
)
def test_any_spelling_that_bulk_reading_knows_means_the_same(text: str, kind: tuple[Column, str]) -> None:
    agree(text, *kind)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("2021-07", 7, date(2021, 7, 1)),
        ("20210712", 7, date(2021, 7, 12)),
        ("2021年7月12日", 7, date(2021, 7, 12)),
        ("108100.50", 5, Fraction("108100.5")),
        ("10.81", 6, Fraction(108100)),
        ("93.57", 4, Fraction("0.9357")),
        ("41", 2, 41),
        ("北山", 0, "北山"),
        ("是", 8, True),
    ],
)
def test_the_usual_spellings_are_known_in_bulk(text: str, kind: int, value: Any) -> None:
    assert in_bulk(text, *KINDS[kind]) == value


# -- numbers that check themselves


@settings(max_examples=300)
@given(
    st.builds(
        lambda place, born, rest: f"{place}{born:%Y%m%d}{rest}",
        st.from_regex(r"(11|37|44|65)[0-9]{4}", fullmatch=True),
        st.dates(date(1900, 1, 1), date(2026, 1, 1)),
        st.from_regex(r"[0-9]{3}[0-9X]", fullmatch=True),
    )
)
def test_citizens_numbers_are_checked_as_the_standard_library_of_numbers_does(number: str) -> None:
    right = number[:17] + ric.calc_check_digit(number)
    assert (citizen_fault(number) == "") is (number == right)
    assert citizen_fault(right) == ""


@settings(max_examples=300)
@given(st.from_regex(r"9[1-3][0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}[0-9A-HJ-NPQRTUWXY]", fullmatch=True))
def test_credit_codes_are_checked_as_the_standard_library_of_numbers_does(code: str) -> None:
    assert (credit_fault(code) == "") is uscc.is_valid(code)
    assert credit_fault(code[:17] + uscc.calc_check_digit(code[:17])) == ""


def test_a_number_is_kept_as_a_hash_that_is_the_same_everywhere_and_tells_nothing_but_its_end() -> None:
    number = "11010519491231002X"
    kept = KEY.number(number)
    assert is_sealed(kept)
    assert kept.endswith("-002X")
    assert KEY.number("１１０１０５１９４９１２３１００２ｘ ") == kept
    assert KEY.number(kept) == kept
    assert Seal(new_key()).number(number) != kept
    assert number[:14] not in kept + repr(KEY)
    assert citizen_fault(kept) == credit_fault(kept) == ""
    assert masked(kept).endswith("*002X")


def test_a_key_is_what_a_key_file_holds_and_nothing_else() -> None:
    key = new_key()
    assert len(key) == KEY_BYTES
    assert key_of(key.hex() + "\n") == key
    assert key_of("密钥") is None
    assert key_of(key.hex()[2:]) is None


@pytest.mark.parametrize("column", [column for column, _ in KINDS])
def test_no_message_repeats_a_whole_number(column: Column) -> None:
    number = "110105194912310021"
    read = read_cell(number, column)
    if isinstance(read, CellFault):
        assert number not in hidden(read.found)


def test_the_end_of_a_number_that_a_sheet_lost_is_guessed_at_in_the_remedy() -> None:
    read = read_cell(110105194912310000, Column("身份证号", ColumnType.CITIZEN))
    assert isinstance(read, CellFault)
    assert "文本格式" in read.remedy


# -- dates and totals


@pytest.mark.parametrize(
    "raw",
    [
        "2021-07-12", "2021/7/12", "2021.7.12", "2021年7月12日", "20210712", "2021-07-12 08:30:00", "2021-07-12T08:30",
        "二〇二一年七月十二日", "44389", 44389, 44389.5, "２０２１年７月１２日", 20210712.0,
    ],
)  # fmt: skip
def test_a_day_in_all_its_spellings(raw: Any) -> None:
    read = read_cell(raw, Column("日期", ColumnType.DATE))
    assert isinstance(read, ReadCell)
    assert read.value == date(2021, 7, 12)
    assert (CellNote.SERIAL_DATE in read.notes) is str(raw).startswith("44389")


@pytest.mark.parametrize(
    "text", ["合计", "合 计", "小计", "总计：", "共计", "合计（元）", "本页小计", "以上合计", "合\u3000计"]
)
def test_labels_of_totals(text: str) -> None:
    assert is_total(text)


@pytest.mark.parametrize("text", ["会计", "合计划", "北山养老院合计部", "", "计", "总和平路敬老院"])
def test_what_is_no_label_of_a_total(text: str) -> None:
    assert not is_total(text)
