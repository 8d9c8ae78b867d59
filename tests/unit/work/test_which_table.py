"""A file of which nobody said which table it is: its header tells, and where several fit alike nobody guesses."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from openpyxl import Workbook, load_workbook
from tests.unit.cli.test_commands import run

from hengji.reports.marked import LIST

DECLARED = """\
tables:
  - name: 入住
    path: data/入住.csv
    columns:
      - {name: 机构, type: 文本}
      - {name: 人员编号, type: 文本}
      - {name: 天数, type: 整数}
  - name: 机构
    path: data/机构.csv
    columns:
      - {name: 机构, type: 文本}
      - {name: 星级, type: 文本}
      - {name: 床位, type: 整数, required: false}
  - name: 上年机构
    path: data/上年.csv
    columns:
      - {name: 机构, type: 文本}
      - {name: 星级, type: 文本}
"""
STAYS = [["机构", "人员编号", "天数"], ["东里", "A1", "30"]]
HOMES = [["机构", "星级", "床位"], ["东里", "三星", "80"]]
FEWER = [row[:2] for row in HOMES]


@pytest.fixture
def declared(tmp_path: Path) -> Path:
    (tmp_path / "声明.yaml").write_text(DECLARED, "utf-8")
    return tmp_path / "声明.yaml"


def sent(declared: Path, rows: list[list[str]], name: str = "来件.csv", encoding: str = "utf-8") -> Path:
    path = declared.parent / name
    path.write_bytes("\n".join(",".join(row) for row in rows).encode(encoding))
    return path


def workbook(declared: Path, **sheets: list[list[str]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(declared.parent / "来件.xlsx")
    return declared.parent / "来件.xlsx"


def took(declared: Path, file: Path, *more: str) -> Result:
    return run("intake", declared, file, *more)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_header_tells_which_table_a_file_is(declared: Path, encoding: str) -> None:
    done = took(declared, sent(declared, [["某区入住明细", "", ""], *STAYS], encoding=encoding))
    assert done.exit_code == 0
    assert "入住：合格 1 行" in done.stdout
    assert "按表头认作“入住”" in done.stdout
    assert "认错了的，用 --table 写明表名" in done.stdout


def test_what_was_told_by_the_header_does_not_go_back_to_the_sender(declared: Path) -> None:
    marked = declared.parent / "标注.xlsx"
    done = took(declared, sent(declared, [*STAYS, ["东里", "A2", "约三十"]]), "--errors", str(marked))
    assert "L264" in done.stdout
    said = [str(cell.value) for row in load_workbook(marked)[LIST].iter_rows() for cell in row]
    assert any("约三十" in each for each in said)
    assert not any("没有写明" in each for each in said)


def test_the_table_of_which_most_columns_are_there_is_the_one(declared: Path) -> None:
    assert "认作“机构”" in took(declared, sent(declared, HOMES)).stdout


def test_where_two_tables_fit_alike_both_are_named_and_none_is_taken(declared: Path) -> None:
    done = took(declared, sent(declared, FEWER))
    assert done.exit_code == 2
    assert "“机构”（对上2列）、“上年机构”（对上2列）一样像" in done.stdout
    assert "用 --table 写明表名" in done.stdout
    assert "上年机构：合格 1 行" in took(declared, sent(declared, FEWER), "--table", "上年机构").stdout


def test_the_name_of_a_file_tells_before_its_header(declared: Path) -> None:
    done = took(declared, sent(declared, FEWER, "上年机构.csv"))
    assert "上年机构：合格 1 行" in done.stdout
    assert "L264" not in done.stdout


def test_the_name_of_a_sheet_tells_where_headers_do_not(declared: Path) -> None:
    done = took(declared, workbook(declared, 填报说明=[["请按实填写"]], 上年机构=FEWER))
    assert "上年机构（工作表“上年机构”）：合格 1 行" in done.stdout
    assert "L264" not in done.stdout


def test_a_workbook_of_several_tables_wants_to_be_told_which(declared: Path) -> None:
    done = took(declared, workbook(declared, 一=STAYS, 二=HOMES))
    assert done.exit_code == 2
    assert "文件里不止一张表：“入住”（工作表“一”，对上3列）、“机构”（工作表“二”，对上3列）" in done.stdout
    assert "一次一张" in done.stdout


def test_the_table_that_a_header_comes_nearest_to_is_spoken_of(declared: Path) -> None:
    done = took(declared, sent(declared, [["机构名称", "人员编号", "天数"], ["东里", "A1", "30"]]))
    assert done.exit_code == 2
    assert "表头最像“入住”" in done.stdout
    assert "“机构名称”可能就是“机构”" in done.stdout


def test_a_mapping_is_read_before_the_header_is_judged(declared: Path) -> None:
    (declared.parent / "data" / "mappings").mkdir(parents=True)
    (declared.parent / "data" / "mappings" / "入住.yaml").write_text("院: 机构\n号: 人员编号\n", "utf-8")
    done = took(declared, sent(declared, [["院", "号", "天数"], ["东里", "A1", "30"]]))
    assert "入住：合格 1 行" in done.stdout


@pytest.mark.parametrize("rows", [[["甲", "乙"], ["1", "2"]], [["机构"], ["东里"]]])
def test_a_header_that_no_table_has_is_said_to_be_none(declared: Path, rows: list[list[str]]) -> None:
    done = took(declared, sent(declared, rows))
    assert done.exit_code == 2
    assert "表头和哪一张都对不上；应为：入住、机构、上年机构之一的表头" in done.stdout


def test_a_file_that_cannot_be_read_is_said_to_be_so(declared: Path) -> None:
    (declared.parent / "来件.xlsx").write_bytes(b"PK\x03\x04 torn")
    assert "T001" in took(declared, declared.parent / "来件.xlsx").stdout
    gone = took(declared, declared.parent / "没有.xlsx")
    assert gone.exit_code == 2
    assert "没有这个文件" in gone.stdout


def test_of_sheets_without_the_table_the_likest_is_spoken_of(declared: Path) -> None:
    cover = [["本表由各机构汇总"]]
    file = workbook(declared, 封面=cover, 明细=[["机构名称", *STAYS[0][1:]], *STAYS[1:]])
    told = took(declared, file, "--table", "入住").stdout
    assert "[明细] A1 单元格" in told
    assert "表头缺少列：机构" in told


def test_of_a_long_text_no_more_than_its_beginning_is_looked_at(declared: Path) -> None:
    rows = [*STAYS, *(["东里养老院", f"A{number:06}", "30"] for number in range(60_000))]
    assert "合格 60,001 行" in took(declared, sent(declared, rows)).stdout
