"""Empty tables of a policy: what is filled into them is what calculate reads."""

from __future__ import annotations

from json import loads
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.unit.cli.test_commands import run

from hengji.engines.tables import read_table
from hengji.model.table import TableDeclaration
from hengji.storage.policy_packs import policy_names
from hengji.work.blank import blank
from hengji.work.policy_by_name import open_policy


@pytest.mark.parametrize("name", policy_names())
def test_the_tables_of_every_policy_are_found_in_its_workbook(name: str, tmp_path: Path) -> None:
    path = tmp_path / "空表.xlsx"
    policy, _ = open_policy(name)
    assert policy is not None
    assert blank(name, path) == (tuple(policy.tables), ())
    for table in policy.tables.values():
        declared = TableDeclaration(table.name, "空表.xlsx", table.columns)
        read, findings = read_table(declared, {"空表.xlsx": path.read_bytes()})
        assert read is not None
        assert {finding.code for finding in findings} <= {"T106"}  # no rows
    told = loads(run("calculate", name, "--table", path, "--format", "json").stdout)
    assert {each["code"] for each in told["findings"]} <= {"T106"}  # it stands in for each of them


def test_what_is_filled_in_is_calculated(tmp_path: Path) -> None:
    path = tmp_path / "空表.xlsx"
    said = run("calculate", "zb-3", "--blank", path)
    assert (said.exit_code, f"calculate zb-3 --table {path}\n" in said.stdout) == (0, True)
    book = load_workbook(path)
    for sheet, row in (("入住人月", ("甲院", None, "中度", 7, 79)), ("机构信息", ("甲院", "是", "一星"))):
        for column, value in enumerate(row, 1):
            book[sheet].cell(2, column, value)
    choices = {str(each.formula1) for each in book["机构信息"].data_validations.dataValidation}
    assert '"未评定,一星,二星,三星,四星,五星"' in choices
    book.save(path)
    done = run("calculate", "zb-3", "--table", path)
    assert "12,640.00" in done.stdout


def test_no_file_is_written_over_and_no_other_kind_is_written(tmp_path: Path) -> None:
    path = tmp_path / "空表.xlsx"
    path.write_bytes(b"mine")
    assert (run("calculate", "zb-3", "--blank", path).exit_code, path.read_bytes()) == (2, b"mine")
    assert "以 .xlsx 结尾" in run("calculate", "zb-3", "--blank", tmp_path / "a.csv").stderr
    assert "没有政策" in run("calculate", "没有", "--blank", tmp_path / "b.xlsx").stdout
