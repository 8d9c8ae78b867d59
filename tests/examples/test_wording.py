"""The three reports as a reviewer reads them: punctuation, dates, running numbers, cells without loose ends."""

import re
from itertools import pairwise

from hengji.model.cell_state import CellState
from hengji.model.document import Cell, Document, Heading, Table, plain_text
from tests.examples.test_traces import inlines


def _table(report: Document, name: str) -> Table | None:
    return next((block for block in report.blocks if isinstance(block, Table) and block.id == name), None)


def test_no_punctuation_is_doubled_and_no_citation_stands_beside_another(report: Document) -> None:
    texts = [plain_text(run) for _, run in inlines(report)]
    assert [text for text in texts if re.search("。。|，，|、、|；；|，。|。；|〕〔佐证", text)] == []


def test_days_are_written_in_chinese(report: Document) -> None:
    texts = [plain_text(run) for _, run in inlines(report)]
    assert [text for text in texts if re.search(r"\d{4}-\d{2}-\d{2}", text)] == []


def test_differences_are_numbered_from_one_without_gaps(report: Document) -> None:
    table = _table(report, "差异清单")
    if table is not None:
        numbers = [int(plain_text(row.cells[0].inlines)) for row in table.body]
        assert numbers == list(range(1, len(numbers) + 1))


def test_no_cell_begins_or_ends_with_white(report: Document) -> None:
    cells = [cell for block in report.blocks if isinstance(block, Table) for row in block.body for cell in row.cells]
    texts = [plain_text(cell.inlines) for cell in cells]
    assert [text for text in texts if text != text.strip()] == []


def test_a_sub_project_without_a_record_at_a_stage_shows_a_dash_and_not_nought(report: Document) -> None:
    """Boshan's initial budget is one line of its own: its sub-projects have none, which is not a budget of 0."""
    table = _table(report, "资金情况表")
    assert table is not None
    rows = [row for row in table.body if plain_text(row.cells[0].inlines).startswith("年初申报预算")]
    for row in rows:
        assert [_empty(cell) for cell in row.cells[-4:]] == [True] * 4


def _empty(cell: Cell) -> bool:
    return cell.state is CellState.EMPTY or plain_text(cell.inlines) == "—"


def test_chapters_of_the_outline_follow_each_other_in_order(report: Document) -> None:
    marks = [block.text.split("、")[0] for block in report.blocks if isinstance(block, Heading) and block.level == 1]
    order = "一二三四五六七八九"
    assert all(order.index(after) == order.index(before) + 1 for before, after in pairwise(marks))
    assert marks[0] == "一"
