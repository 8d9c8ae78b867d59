"""Files given to calculate and whatif without the name of a table: a workbook may hold all the tables of a policy."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.unit.cli.test_bad_intake import own
from tests.unit.cli.test_calculate import ENGINES, HEADER, HOMES, ROWS, text
from tests.unit.cli.test_commands import run
from tests.unit.work.test_which_table import workbook

__all__ = ("own",)
NAMED = ("名册", "机构信息")


@pytest.fixture
def files(own: Path) -> dict[str, Path]:
    made = {"名册": own.parent / "一季度.csv", "机构信息": own.parent / "二.csv"}
    made["名册"].write_text(text([HEADER, *ROWS]), "utf-8")
    made["机构信息"].write_text(text(HOMES), "utf-8")
    return made


@pytest.mark.parametrize("engine", ENGINES)
def test_headers_tell_which_table_each_file_is(engine: str, own: Path, files: dict[str, Path]) -> None:
    named = run("calculate", own, *(f"--table={name}={files[name]}" for name in NAMED), "--engine", engine)
    bare = run("calculate", own, *(f"--table={files[name]}" for name in reversed(NAMED)), "--engine", engine)
    assert "予补" in named.stdout
    assert bare.exit_code == named.exit_code
    assert bare.stdout.partition("提示")[0].strip() == named.stdout.partition("检查发现")[0].strip()
    assert "按表头认作“名册”；处理：认错了的，写明表名：--table 表名=文件路径" in bare.stdout


@pytest.mark.parametrize("engine", ENGINES)
def test_a_workbook_with_all_the_tables_is_given_once(engine: str, own: Path) -> None:
    file = workbook(own, 机构信息=HOMES, 名册=[HEADER, *ROWS])
    done = run("calculate", own, "--table", file, "--engine", engine)
    assert "予补" in done.stdout
    assert "L264" not in done.stdout


def test_another_version_is_tried_over_such_files(own: Path, files: dict[str, Path]) -> None:
    done = run("whatif", own, *(f"--table={files[name]}" for name in NAMED), "--other", own)
    assert "没有差别" in done.stdout
    assert "按表头认作“机构信息”" in done.stdout


def test_a_table_that_is_left_over_needs_no_header_to_tell(own: Path, files: dict[str, Path]) -> None:
    files["名册"].write_text(text([["院", "号", *HEADER[2:]], *ROWS]), "utf-8")
    done = run("calculate", own, f"--table=机构信息={files['机构信息']}", f"--table={files['名册']}")
    assert "L264" not in done.stdout
    assert "表头缺少列：机构、人员编号" in done.stdout


@pytest.mark.parametrize("verb", [("calculate",), ("whatif",)])
def test_what_cannot_be_told_is_said_all_at_once(verb: tuple[str], own: Path, files: dict[str, Path]) -> None:
    files["机构信息"].write_text("甲,乙\n1,2\n", "utf-8")
    again = own.parent / "又.csv"
    again.write_text(text([HEADER, *ROWS]), "utf-8")
    given = (*files.values(), again, own.parent / "没有.csv")
    more = ("--other", own) if verb == ("whatif",) else ()
    done = run(*verb, own, *(f"--table={path}" for path in given), *more)
    assert done.exit_code == 2
    for said in ("看不出这个文件是哪一张表", f"在不止一个文件里：{files['名册']}、{again}", "没有.csv"):
        assert said in done.stdout


def test_two_tables_on_one_sheet_are_not_guessed(own: Path) -> None:
    both = [[*HEADER, *(name for name in HOMES[0] if name not in HEADER)], [*ROWS[0], *HOMES[1]]]
    assert run("calculate", own, "--table", workbook(own, 名册=both)).exit_code == 2


def test_a_policy_that_is_not_there_is_said_before_its_tables(own: Path, files: dict[str, Path]) -> None:
    assert "没有政策“无”" in run("calculate", "无", f"--table={files['名册']}").stdout


def test_a_file_that_is_no_table_is_said_to_be_so(own: Path, files: dict[str, Path]) -> None:
    (own.parent / "断.xlsx").write_bytes(b"PK\x03\x04")
    done = run("calculate", own, f"--table={own.parent / '断.xlsx'}", f"--table={files['名册']}")
    assert f"T001  {own.parent / '断.xlsx'}" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="pipes have no names there")
def test_a_pipe_is_not_read_before_it_is_read(own: Path, files: dict[str, Path]) -> None:
    os.mkfifo(own.parent / "管道.csv")
    done = run("calculate", own, f"--table={own.parent / '管道.csv'}", f"--table={files['名册']}")
    assert done.exit_code == 2
    assert "管道里的数据只能读一次" in done.stdout


def test_a_mapping_for_the_table_is_read_first(own: Path, files: dict[str, Path]) -> None:
    files["名册"].write_text(text([["院", "号", *HEADER[2:]], *ROWS]), "utf-8")
    (own.parent / "对应.yaml").write_text("院: 机构\n号: 人员编号\n", "utf-8")
    done = run(
        "calculate", own, *(f"--table={path}" for path in files.values()), f"--mapping=名册={own.parent / '对应.yaml'}"
    )
    assert "予补" in done.stdout
