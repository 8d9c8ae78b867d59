"""A large sheet is read in pieces: whatever stands in it and wherever it is cut, it is what it would be as a whole."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.engines.sheets import xlsx

from hengji.engines import duck
from hengji.engines.intake.containers import Kind
from hengji.engines.intake.package import MOST_CELLS, letters
from hengji.engines.intake.raw import RawSheet, Source
from hengji.model.finding import Finding

PIECE = 300
Cells = dict[tuple[int, int], str]


def sheet_xml(rows: str, after: str = "") -> str:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{main}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def row(line: int, *cells: str, first: int = 0) -> str:
    texts = "".join(
        f'<c r="{letters(first + at)}{line}" t="str"><v>{cell}</v></c>' for at, cell in enumerate(cells) if cell
    )
    return f'<row r="{line}">{texts}</row>'


def workbook(path: Path, sheet: str) -> Path:
    plain = path.with_suffix(".plain")
    plain.write_bytes(xlsx([["一"]]))
    with zipfile.ZipFile(plain) as given_one, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given_one.namelist():
            made.writestr(name, sheet if name.endswith("sheet1.xml") else given_one.read(name))
    return path


def load(path: Path, piece: int) -> tuple[Source, RawSheet | Finding]:
    folder = path.with_suffix(f".{piece}")
    folder.mkdir(exist_ok=True)
    source = Source(duck.connect(), path.name, path, Kind.WORKBOOK, folder, piece)
    assert source.open() is None
    return source, source.load(source.names[0])


def cells_of(path: Path, piece: int) -> Cells:
    source, raw = load(path, piece)
    assert isinstance(raw, RawSheet)
    return {(line, at): text for line, row in source.rows(raw, "") for at, text in enumerate(row) if text is not None}


def pieces_in(path: Path) -> int:
    with zipfile.ZipFile(path.with_suffix(f".{PIECE}") / "copy.xlsx") as copy:
        return sum("worksheets" in name for name in copy.namelist())


def both(path: Path) -> Cells:
    """What is read in pieces, once it is the same as what is read as a whole."""
    cells = cells_of(path, PIECE)
    assert cells == cells_of(path, 0)
    return cells


def test_every_cell_stands_where_it_would_as_a_whole(tmp_path: Path) -> None:
    rows = "".join(row(line, f"机构{line}", "", str(line)) for line in range(1, 101))
    path = workbook(tmp_path / "a.xlsx", sheet_xml(rows))
    cells = both(path)
    assert cells == {(line, at): text for line in range(1, 101) for at, text in ((0, f"机构{line}"), (2, str(line)))}
    assert pieces_in(path) > 10


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(st.integers(1, 4), st.integers(0, 5), st.lists(st.sampled_from(["", "甲", "hengji"]), max_size=4)),
        min_size=8,
        max_size=30,
    )
)
def test_gaps_empty_rows_and_ragged_ones_stay_where_they_are(
    rows: list[tuple[int, int, list[str]]], tmp_path: Path
) -> None:
    wanted: Cells = {}
    line, text = 0, ""
    for gap, first, cells in rows:
        line += gap
        text += row(line, *cells, first=first)
        wanted |= {(line, first + at): cell for at, cell in enumerate(cells) if cell}
    assert both(workbook(tmp_path / "a.xlsx", sheet_xml(text))) == wanted


@pytest.mark.parametrize("stray", [(9, 1), (41, 1), (40, 2), (1, 3), (75, 1)])
def test_a_row_out_of_its_order_is_still_read_where_it_says_that_it_stands(
    stray: tuple[int, int], tmp_path: Path
) -> None:
    line, column = stray
    rows = "".join(
        row(at, "北山") if at != 40 else row(at, "北山") + row(line, "迷路", first=column) for at in range(1, 71)
    )
    path = workbook(tmp_path / "a.xlsx", sheet_xml(rows))
    assert both(path)[stray] == "迷路"
    assert len(both(path)) == 71


def test_what_only_looks_like_a_row_is_no_place_to_cut(tmp_path: Path) -> None:
    """Comments may hold anything; such a sheet is read as a whole."""
    rows = "".join(row(at, "北山") + f'<!-- </row> <row r="{at + 1}"> -->' for at in range(1, 30))
    assert len(both(workbook(tmp_path / "a.xlsx", sheet_xml(rows)))) == 29


def test_rows_that_do_not_say_which_they_are_are_not_cut(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", sheet_xml("<row><c t='str'><v>甲</v></c></row>" * 60))
    assert both(path) == {(line, 0): "甲" for line in range(1, 61)}
    assert pieces_in(path) == 1


def test_formulas_errors_and_merged_cells_are_found_in_every_piece(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{line}"><c r="A{line}"><f>1+1</f><v>2</v></c><c r="B{line}"><f>1</f></c><c r="C{line}" t="e"><v>#REF!</v></c></row>'
        for line in range(1, 41)
    )
    path = workbook(tmp_path / "a.xlsx", sheet_xml(rows, '<mergeCells><mergeCell ref="A39:A40"/></mergeCells>'))
    whole, cut = (load(path, piece)[1] for piece in (0, PIECE))
    assert isinstance(whole, RawSheet)
    assert isinstance(cut, RawSheet)
    assert cut.facts == whole.facts
    assert cut.facts.formulas == {0: (40, 0)}
    assert [(at, cut.facts.spoiled[at, 2]) for at in range(40)] == [(at, "#REF!") for at in range(40)]
    assert cut.facts.merged == (((38, 0), (39, 0)),)


@pytest.mark.parametrize("stray", ["XFD1", "A1048576", "CC900000", "A99999999999"])
@pytest.mark.parametrize("piece", [0, 2**20])
def test_a_stray_cell_in_the_middle_of_a_large_sheet_does_not_fill_the_memory(
    stray: str, piece: int, tmp_path: Path
) -> None:
    """The rectangle up to the farthest cell is what counts, wherever in the text that cell stands."""
    corner = f'<row r="2"><c r="XFD2"><v>1</v></c></row><row r="3"><c r="{stray}"><v>1</v></c></row>'
    filler = "".join(row(line, "甲" * 90) for line in range(4, 12_000))
    path = workbook(tmp_path / "a.xlsx", sheet_xml(row(1, "甲") + corner + filler + "<!--" + "=" * 2**22 + "-->"))
    found = load(path, piece)[1]
    assert MOST_CELLS < 12_000 * 16384
    assert isinstance(found, Finding)
    assert found.place.cell.startswith("XFD")
