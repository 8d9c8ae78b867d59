"""Where lines and pages end, near enough for the contents to be right before Word counts itself."""

import pytest

from hengji.model.document import Cell, Row, RowKind, Table, Text
from hengji.model.profile import Layout
from hengji.reports.docx.measure import flowed, lines_of, measures


def cell(text: str, rows: int = 1) -> Cell:
    return Cell((Text(text),), rows=rows)


@pytest.mark.parametrize(
    ("parts", "lines"),
    [
        (("字" * 25,), 1),  # two characters are set in, and a little more than those of the text take
        (("字" * 26,), 2),
        (("字" * 25 + "，",), 1),  # the comma hangs
        (("字" * 25 + "，，",), 2),
        (("字" * 18 + "12345678901字字",), 2),  # there is white between Chinese and digits
        (("字" * 18, "12345678901", "字字"), 1),  # but none beside a figure that stands in a control of its own
        (("字" * 23 + "〕，",), 1),
        (("字" * 24 + "〕，",), 2),  # but not after a bracket
        (("字" * 24 + "（二",), 2),  # what opens does not stand at the end
    ],
)
def test_lines_of_a_paragraph(parts: tuple[str, ...], lines: int) -> None:
    assert flowed(parts, 28) == lines


def test_a_number_wider_than_its_column_takes_one_line() -> None:
    assert lines_of("1,440,000.00", 1100, 105) == 1


def test_rows_beside_one_merged_cell_stay_together_in_a_table_that_is_parted() -> None:
    group = [Row((cell("问题", rows=3), cell("甲"))), Row((cell("乙"),)), Row((cell("丙"),))]
    table = Table("表", "", (), tuple(group * 8), (1, 1))
    tied = measures([table], Layout("GB/T 9704-2012"))[id(table)].tied
    assert tied == (True, True, False) * 8


def test_a_sum_stays_with_the_row_above_it() -> None:
    rows = (*[Row((cell("甲"),))] * 40, Row((cell("小计"),), RowKind.SUBTOTAL), Row((cell("合计"),), RowKind.TOTAL))
    table = Table("表", "", (), rows, (1,))
    tied = measures([table], Layout("GB/T 9704-2012"))[id(table)].tied
    assert tied == (*[False] * 39, True, True, False)
