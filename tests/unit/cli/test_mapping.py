"""Files whose headers nobody can change: --mapping says which of theirs is which column, to intake, calculate and whatif alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.cli.test_bad_intake import own
from tests.unit.cli.test_calculate import ENGINES, HEADER, HOMES, ROWS, text
from tests.unit.cli.test_commands import run

__all__ = ("own",)
THEIRS = ["院", "号", *HEADER[2:5], "住", *HEADER[6:]]
MAPPING = "院: 机构\n号: 人员编号\n住: 天数\n"


@pytest.fixture
def given(own: Path) -> list[str]:
    """The tables of the policy, of which one has a header that is not the declared one."""
    (own.parent / "来件.csv").write_text(text([THEIRS, *ROWS]), "utf-8")
    (own.parent / "机构.csv").write_text(text(HOMES), "utf-8")
    (own.parent / "对应.yaml").write_text(MAPPING, "utf-8")
    return ["--table", f"名册={own.parent / '来件.csv'}", "--table", f"机构信息={own.parent / '机构.csv'}"]


def mapped(own: Path, table: str = "名册") -> list[str]:
    return ["--mapping", f"{table}={own.parent / '对应.yaml'}"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_mapping_gives_what_the_declared_header_gives(engine: str, own: Path, given: list[str]) -> None:
    refused = run("calculate", own, *given, "--engine", engine)
    assert "表头缺少列：机构、人员编号、天数" in refused.stdout
    assert "--mapping" in refused.stdout
    theirs = run("calculate", own, *given, *mapped(own), "--engine", engine)
    (own.parent / "来件.csv").write_text(text([HEADER, *ROWS]), "utf-8")
    ours = run("calculate", own, *given, "--engine", engine)
    assert "予补" in ours.stdout
    assert (theirs.stdout, theirs.exit_code) == (ours.stdout, ours.exit_code)


def test_the_file_that_intake_reads_is_the_one_that_calculate_reads(own: Path, given: list[str]) -> None:
    done = run("intake", own.parent / "声明.yaml", own.parent / "来件.csv", "--mapping", own.parent / "对应.yaml")
    assert f"合格 {len(ROWS)} 行" in done.stdout


@pytest.mark.parametrize("engine", ENGINES)
def test_another_version_is_tried_over_the_same_headers(engine: str, own: Path, given: list[str]) -> None:
    done = run("whatif", own, *given, *mapped(own), "--other", own, "--engine", engine)
    assert "表头" not in done.stdout
    assert "没有差别" in done.stdout


def test_all_that_is_wrong_with_mappings_is_said_at_once(own: Path, given: list[str]) -> None:
    (own.parent / "对应.yaml").write_text("院: 院名\n", "utf-8")
    more = [*mapped(own, "花名册"), "--mapping", f"机构信息={own.parent / '没有.yaml'}"]
    told = run("calculate", own, *given, *mapped(own), *more)
    assert told.exit_code == 2
    for said in ("没有声明“院名”列", "没有数据表“花名册”", "没有.yaml"):
        assert said in told.stdout


def test_a_mapping_that_could_have_no_effect_is_refused(own: Path, given: list[str]) -> None:
    twice = run("calculate", own, *given, *mapped(own), *mapped(own))
    assert "列名对应给了不止一次" in twice.stderr
    stored = run("calculate", own, "--table", f"名册={own.parent / '名册.parquet'}", *mapped(own))
    assert "按原有的列名读，不用 --mapping" in stored.stderr
    dossier = run("whatif", own, "某项", "--set", "甲=1", *mapped(own))
    assert "--mapping" in dossier.stderr
