from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.reports.samples import funds_table, working_paper

from hengji.model.cell_state import CellState
from hengji.model.document import Align, Cell, Row, Table, Text
from hengji.reports.grid import lay, text_of
from hengji.reports.widths import width, wrap


def words(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell((Text(text),), columns, rows)


def test_a_header_of_three_levels_covers_each_place_once() -> None:
    grid = lay(funds_table())
    places = [
        (row, column)
        for line in grid.head
        for cell in line.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    ]
    assert sorted(places) == [(row, column) for row in range(3) for column in range(11)]


def test_cells_below_a_merged_cell_move_to_the_right() -> None:
    last = lay(working_paper()).body[-1].cells
    assert [(cell.column, text_of(cell.cell)) for cell in last] == [(1, "E07 镇（街道）拨付台账"), (3, "现场核查")]


def test_a_row_longer_than_the_widths_widens_the_grid() -> None:
    assert lay(Table("t", "", (), (Row((words("甲"), words("乙"), words("丙"))),), (2, 3))).widths == (2, 3, 1)


def test_a_cell_that_reaches_below_the_table_ends_with_it() -> None:
    (line,) = lay(Table("t", "", (), (Row((words("甲", 1, 9),)),), (1,))).body
    assert line.cells[0].rows == 1


def test_numbers_stand_right_short_words_in_the_middle_long_words_left() -> None:
    rows = (
        Row((words("良"), Cell((Text("1.00"),), number=Decimal("1.00")), words("开办未满一年，不予补助"))),
        Row((words("优"), Cell(state=CellState.EMPTY), Cell(state=CellState.NOT_APPLICABLE))),
    )
    first, second = lay(Table("t", "", (), rows, (1, 1, 1))).body
    assert [cell.align for cell in first.cells] == [Align.CENTRE, Align.RIGHT, Align.LEFT]
    assert [cell.align for cell in second.cells] == [Align.CENTRE, Align.RIGHT, Align.CENTRE]


def test_empty_is_a_dash_and_not_applicable_a_stroke_and_neither_is_zero() -> None:
    assert text_of(Cell(state=CellState.EMPTY)) == "—"
    assert text_of(Cell(state=CellState.NOT_APPLICABLE)) == "/"
    assert text_of(Cell()) == ""


def test_width_counts_chinese_twice() -> None:
    assert width("执行率85.41%") == 6 + 6
    assert width("（一）") == 6


def test_numbers_and_closing_marks_are_not_parted() -> None:
    assert wrap("共1,460,710.00元。", 12) == ("共", "1,460,710.00", "元。")


@given(st.text(alphabet="中文，。1234 abc.%（）", max_size=60), st.integers(4, 30))
def test_wrapping_loses_nothing_but_spaces(text: str, places: int) -> None:
    assert "".join(wrap(text, places)).replace(" ", "") == text.replace(" ", "")


@given(st.lists(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), max_size=4), max_size=5))
def test_cells_never_overlap(rows: list[list[tuple[int, int]]]) -> None:
    table = Table("t", "", (), tuple(Row(tuple(words("甲", *span) for span in row)) for row in rows), ())
    begun = [(cell.row, cell.column) for line in lay(table).body for cell in line.cells]
    covered = {
        (row, column)
        for line in lay(table).body
        for cell in line.cells
        for row in range(cell.row + 1, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    assert len(set(begun)) == len(begun)
    assert covered.isdisjoint(begun)
