"""Each verb as it is typed: what it prints, with which exit code, and what it says when it cannot."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
from hashlib import sha256
from io import StringIO
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from hengji.cli.main import VERBS, main

EXAMPLES = Path(__file__).parents[3] / "examples"
BOSHAN = EXAMPLES / "boshan-2021"
ROSTER = (
    "--table",
    f"入住人员={BOSHAN / 'data' / '入住人员.csv'}",
    "--table",
    f"机构信息={BOSHAN / 'data' / '机构信息.csv'}",
)
ENGLISH = re.compile(r"Usage:|Error:|Options:|Missing|Invalid|Traceback|No such|unexpected", re.IGNORECASE)


def run(*arguments: str | Path) -> Result:
    """Run the command line; whatever it says, it says in Chinese and without a traceback."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert not ENGLISH.search(result.output), result.output
    return result


def hengji(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "hengji.cli.main", *(str(argument) for argument in arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, **options)


@pytest.fixture
def new(tmp_path: Path) -> Path:
    assert run("new", tmp_path / "新", "--kind", "project", "--year", "2024").exit_code == 0
    return tmp_path / "新"


# evaluate


@pytest.mark.parametrize("out", ["", "报告"])
def test_reports_are_not_written_among_the_materials(out: str, new: Path) -> None:
    before = sorted(new.rglob("*"))
    result = run("evaluate", new, "--out", new / out)
    assert result.exit_code == 2
    assert "在档案里面" in result.stderr
    assert sorted(new.rglob("*")) == before


def test_a_number_changed_in_a_csv_is_reported_and_the_reports_are_written(tmp_path: Path) -> None:
    dossier = tmp_path / "博山"
    copytree(BOSHAN, dossier)
    table = dossier / "data" / "奖补机构.csv"
    changed = table.read_bytes().replace(b",12640", b",12800")
    table.write_bytes(changed)
    result = run("evaluate", dossier, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert f"把登记的校验值（sha256）改为 {sha256(changed).hexdigest()}" in result.stdout
    assert len(list((tmp_path / "out").iterdir())) == 4


def test_the_cause_is_said_before_its_consequences(new: Path) -> None:
    (new / "surveys" / "满意度调查.yaml").write_bytes(bytes([255, 254]))
    codes = re.findall(r"^错误 (\w+)", run("check", new).stdout, re.MULTILINE)
    assert codes[0] == "L002"
    assert "R201" in codes
    (new / "indicators.yaml").unlink()
    codes = re.findall(r"^错误 (\w+)", run("check", new).stdout, re.MULTILINE)
    assert codes.index("R302") < min(codes.index("f407"), codes.index("R303"))


def test_what_to_type_next_can_be_typed(tmp_path: Path) -> None:
    told = run("new", tmp_path / "新 档案", "--kind", "project").stdout
    assert f'hengji evaluate "{tmp_path}/新 档案" --out out' in told


def test_a_folder_where_a_file_is_wanted_is_refused_in_chinese(new: Path) -> None:
    assert "是文件夹，不是文件" in run("import", new, new).stdout


def test_evaluate_prints_the_scores_and_writes_four_reports(tmp_path: Path) -> None:
    result = run("evaluate", BOSHAN, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "合计　85.78　等级　良" in result.stdout
    assert "检查发现：错误 0" in result.stdout
    written = sorted(path.suffix for path in (tmp_path / "out").iterdir())
    assert written == [".docx", ".html", ".pdf", ".xlsx"]


def test_evaluate_as_json_has_the_agreed_keys_and_numbers_as_text() -> None:
    result = run("evaluate", BOSHAN, "--format", "json")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert list(data) == ["dossier", "total", "grade", "literal", "level1", "figures", "findings"]
    assert data["dossier"] == "boshan-2021"
    assert (data["total"], data["grade"]) == ("85.78", "良")
    assert data["literal"] == {"total": "85.78", "grade": "良"}
    assert data["level1"] == [
        {"name": "决策", "weight": "12", "score": "10.00"},
        {"name": "过程", "weight": "28", "score": "22.71"},
        {"name": "产出", "weight": "30", "score": "25.00"},
        {"name": "效益", "weight": "30", "score": "28.07"},
    ]
    for figure in data["figures"].values():
        assert set(figure) == {"value", "unit", "display"}
        assert all(isinstance(each, str) or each is None for each in figure.values())
    assert data["figures"]["问卷.老人满意度.综合满意率"]["display"] == "93.57%"
    for finding in data["findings"]:
        assert {"code", "severity", "file", "line", "message"} <= set(finding)
        assert finding["severity"] in {"error", "warning", "note"}
        assert finding["line"] is None or isinstance(finding["line"], int)


def test_evaluate_says_the_literal_score_beside_the_awarded_one() -> None:
    data = json.loads(run("evaluate", EXAMPLES / "weiyang-2020", "--format", "json").stdout)
    assert (data["total"], data["grade"]) == ("88.50", "良")
    assert data["literal"] == {"total": "79.78", "grade": "中"}


def test_with_an_error_nothing_is_written_and_the_exit_code_is_1(new: Path, tmp_path: Path) -> None:
    (new / "funds.csv").write_text("日期,环节,项目,层级,金额（元）\n24-1-1,到位,示例子项目,区级,十万\n", "utf-8")
    result = run("evaluate", new, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "没有写出报告" in result.stdout
    assert "funds.csv 第2行第1列" in result.stdout
    assert "funds.csv 第2行第5列" in result.stdout
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("verb", ["evaluate", "check"])
def test_a_folder_that_is_none_is_unusable(verb: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲", "utf-8")
    (tmp_path / "空").mkdir()
    for path, said in (
        (tmp_path / "无", "没有这个文件夹"),
        (tmp_path / "a.txt", "不是文件夹"),
        (tmp_path / "空", "缺少 dossier.yaml"),
    ):
        result = run(verb, path)
        assert result.exit_code == 2
        assert said in result.stdout
        as_json = run(verb, path, "--format", "json")
        assert as_json.exit_code == 2
        assert json.loads(as_json.stdout)["findings"][0]["severity"] == "error"


def test_an_out_that_is_a_file_is_said_to_be(new: Path, tmp_path: Path) -> None:
    (tmp_path / "占用").write_text("甲", "utf-8")
    result = run("evaluate", new, "--out", tmp_path / "占用")
    assert result.exit_code == 2
    assert "占用”无法读写：已有同名的文件" in result.stderr
    assert (tmp_path / "占用").read_text("utf-8") == "甲"
    below = run("evaluate", new, "--out", tmp_path / "占用" / "里面")
    assert below.exit_code == 2
    assert "不是文件夹" in below.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_an_out_without_permission_is_said_to_be(new: Path, tmp_path: Path) -> None:
    (tmp_path / "锁").mkdir(mode=0o500)
    result = run("evaluate", new, "--out", tmp_path / "锁" / "out")
    assert result.exit_code == 2
    assert "没有权限" in result.stderr


# check, trace, explain


def test_check_lists_findings_and_writes_nothing(tmp_path: Path) -> None:
    result = run("check", BOSHAN)
    assert result.exit_code == 0
    assert "t701" in result.stdout
    data = json.loads(run("check", BOSHAN, "--format", "json").stdout)
    assert list(data) == ["dossier", "findings"]
    assert data["findings"]


def test_trace_goes_down_to_the_ledger(new: Path) -> None:
    result = run("trace", new, "执行率")
    assert result.exit_code == 0
    assert "50.00%" in result.stdout
    assert "funds.csv" in result.stdout


def test_trace_suggests_what_is_near(new: Path) -> None:
    result = run("trace", new, "资金到位")
    assert result.exit_code == 2
    assert "没有叫“资金到位”的数值" in result.stderr
    assert "资金.到位" in result.stderr
    assert "figures" in run("trace", new, "口口口").stderr
    assert run("trace", new / "无", "执行率").exit_code == 2


def test_explain_gives_the_page_of_a_code_or_all_codes() -> None:
    page = run("explain", "t701")
    assert page.exit_code == 0
    assert "已公布数值" in page.stdout
    every = run("explain")
    assert every.exit_code == 0
    assert len(every.stdout.splitlines()) > 50
    unknown = run("explain", "zz99")
    assert unknown.exit_code == 2
    assert "zz99" in unknown.stderr


# calculate


def test_calculate_gives_totals_refusals_and_a_table_that_lines_up() -> None:
    result = run("calculate", "zb-2", *ROSTER)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert "数据 41 行，予补 40 行，不补 1 行" in lines[1]
    total = next(line for line in lines if line.startswith("合计"))
    assert total.split() == ["合计", "65,400.00", "36,300.00", "6,400.00", "108,100.00"]
    assert "年满六十周岁　1 行" in result.stdout
    assert "鲁民〔2016〕44号" in result.stdout


def test_calculate_as_json() -> None:
    data = json.loads(run("calculate", "zb-2", *ROSTER, "--format", "json").stdout)
    assert data["total"] == "108100.00"
    assert data["tiers"] == {"省级": "65400.00", "市级": "36300.00", "区级": "6400.00"}
    assert [group["condition"] for group in data["refused"]] == ["年满六十周岁"]
    assert data["recipients"][0]["total"] == "108100.00"


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_calculate_writes_a_row_for_a_row(suffix: str, tmp_path: Path) -> None:
    out = tmp_path / f"结果{suffix}"
    assert run("calculate", "zb-2", *ROSTER, "--out", out).exit_code == 0
    if suffix == ".csv":
        rows = [tuple(row) for row in csv.reader(StringIO(out.read_text("utf-8-sig")))]
    else:
        rows = [tuple("" if cell is None else str(cell) for cell in row) for row in load_workbook(out).active.values]
    assert len(rows) == 42
    assert rows[0][-7:-2] == ("应补省级（元）", "应补市级（元）", "应补区级（元）", "应补合计（元）", "不予补助的原因")
    assert sum(float(row[-4]) for row in rows[1:]) == 108100
    assert [row[-2] for row in rows[1:] if row[-2]] == ["zb-2.入住老年人.年满六十周岁"]


def test_calculate_explains_a_row() -> None:
    result = run("calculate", "zb-2", *ROSTER, "--row", "2")
    assert result.exit_code == 0
    assert "第2行　博山区北山老年养护中心　应补1,000.00元" in result.stdout
    assert "金额 省级 ＝ 600.00元" in result.stdout
    beyond = run("calculate", "zb-2", *ROSTER, "--row", "99")
    assert beyond.exit_code == 2
    assert "没有第99行数据" in beyond.stdout


def test_calculate_takes_the_sheet_that_is_called_like_the_table(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for name in ("入住人员", "机构信息"):
        sheet = book.create_sheet(name)
        for row in csv.reader(StringIO((BOSHAN / "data" / f"{name}.csv").read_text("utf-8-sig"))):
            sheet.append(row)
    book.save(tmp_path / "一本.xlsx")
    tables = [part for name in ("入住人员", "机构信息") for part in ("--table", f"{name}={tmp_path / '一本.xlsx'}")]
    data = json.loads(run("calculate", "zb-2", *tables, "--format", "json").stdout)
    assert data["total"] == "108100.00"


def test_calculate_runs_a_policy_of_ones_own(tmp_path: Path) -> None:
    source = Path(__file__).parents[3] / "src" / "hengji" / "packs" / "policies" / "zb-2"
    own = tmp_path / "zb-2"
    own.mkdir()
    for path in source.iterdir():
        (own / path.name).write_bytes(path.read_bytes())
    assert "108,100.00" in run("calculate", own, *ROSTER).stdout


def test_calculate_reports_bad_cells_and_writes_nothing(tmp_path: Path) -> None:
    text = (BOSHAN / "data" / "入住人员.csv").read_text("utf-8-sig")
    assert "半自理" in text
    (tmp_path / "坏.csv").write_text(text.replace("半自理", "半能自理", 1), "utf-8")
    out = tmp_path / "结果.csv"
    result = run("calculate", "zb-2", "--table", f"入住人员={tmp_path / '坏.csv'}", *ROSTER[2:], "--out", out)
    assert result.exit_code == 1
    assert "“半能自理”不在可选值之中" in result.stdout
    assert "没有写出文件" in result.stdout
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("calculate",), "缺少参数 POLICY"),
        (("calculate", "没有的政策"), "没有政策“没有的政策”"),
        (("calculate", "zb-2"), "没有给数据表“入住人员”"),
        (("calculate", "zb-2", "--table", "入住人员"), "应为：表名=文件路径，或只写可读的文件"),
        (("calculate", "zb-2", "--table", "入住人员="), "应为表名=文件路径，或只写文件路径"),
        (("calculate", "zb-2", "--table", "入住人员=没有.csv"), "没有这个文件"),
        (("calculate", "zb-2", *ROSTER, "--table", "别的=没有.csv"), "没有数据表“别的”"),
        (("calculate", "zb-2", *ROSTER, *ROSTER[:2]), "给了不止一次"),
        (("calculate", "zb-2", *ROSTER, "--out", "结果.pdf"), "应以 .csv 或 .xlsx 或 .parquet 结尾"),
        (("calculate", "zb-2", *ROSTER, "--row", "一"), "选项 --row 的值不对，应为整数"),
        (("evaluate",), "缺少参数 DIR"),
        (("evaluate", "a", "b"), "多给了参数：b"),
        (("evaluate", "a", "--formt", "json"), "没有 --formt 这个选项。可能是 --format"),
        (("evaluate", "a", "--format", "xml"), "应为text、json之一"),
        (("evaluate", "a", "--out"), "选项 --out 用得不对"),
        (("trace", "a"), "缺少参数 FIGURE"),
        (("new", "a"), "缺少选项 --kind"),
        (("new", "a", "--kind", "项目"), "应为project、policy之一"),
        (("new", "a", "--kind", "project", "--year", "24"), "应为四位年份"),
        (("import", "a"), "缺少参数 WORKBOOK"),
        (("评价",), "没有“评价”这个命令。可用：evaluate、"),
        (("evaluat", "a"), "没有“evaluat”这个命令。可能是 evaluate。"),
        (("account", "甲"), "没有给密码：用 --password 给出"),
        (("--versoin",), "没有 --versoin 这个选项"),
    ],
)
def test_misuse_is_explained_in_chinese_with_exit_code_2(arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2 or "没有数据表“别的”" in result.output
    assert said in result.output


# new, import


def test_new_import_and_evaluate_go_together(new: Path) -> None:
    workbook = new / "填报工作簿.xlsx"
    assert "与档案一致" in run("import", new, workbook).stdout
    book = load_workbook(workbook)
    book["资金台账"]["E5"] = 50000
    book.save(workbook)
    result = run("import", new, workbook)
    assert result.exit_code == 0
    ledger = next(line for line in result.stdout.splitlines() if line.startswith("资金台账"))
    assert ledger.split() == ["资金台账", "1", "0", "1", "3"]
    assert "已更新 funds.csv" in result.stdout
    assert "得分.预算执行率" in run("trace", new, "得分.预算执行率").stdout
    data = json.loads(run("evaluate", new, "--format", "json").stdout)
    assert data["figures"]["资金.预算执行率"]["display"] == "100.00%"


def test_new_leaves_a_full_folder_alone(new: Path) -> None:
    before = {path: path.read_bytes() for path in new.rglob("*") if path.is_file()}
    result = run("new", new, "--kind", "policy")
    assert result.exit_code == 2
    assert "不是空的" in result.stdout
    assert {path: path.read_bytes() for path in new.rglob("*") if path.is_file()} == before


def test_import_with_a_bad_cell_says_where_and_changes_nothing(new: Path) -> None:
    workbook = new / "填报工作簿.xlsx"
    book = load_workbook(workbook)
    book["资金台账"]["E5"] = "五万"
    book.save(workbook)
    before = (new / "funds.csv").read_bytes()
    result = run("import", new, workbook)
    assert result.exit_code == 1
    assert "[资金台账] E5 单元格" in result.stdout
    assert "没有并入任何内容" in result.stdout
    assert (new / "funds.csv").read_bytes() == before
    assert run("import", new, new / "无.xlsx").exit_code == 2
    assert run("import", new / "无", workbook).exit_code == 2
    (new.parent / "报告.doc").write_bytes(b"doc")
    for first in (workbook, new.parent / "报告.doc"):
        said = run("import", first, new)
        assert said.exit_code == 2
        assert "先写档案文件夹，再写工作簿" in said.stderr


# help, pipes, interrupts, our own defects


def test_every_verb_has_its_help_in_chinese() -> None:
    overview = run("--help")
    assert overview.exit_code == 0
    for verb in VERBS:
        assert verb in overview.stdout
        result = run(verb, "--help")
        assert result.exit_code == 0
        assert result.stdout.startswith("用法：")
        assert "选项:" in result.stdout
    assert run("--version").stdout.startswith("衡绩 ")


def test_a_piped_evaluation_is_quiet_but_for_its_result() -> None:
    done = hengji("evaluate", BOSHAN, "--format", "json")
    assert done.returncode == 0
    assert done.stderr == ""
    assert json.loads(done.stdout)["total"] == "85.78"


def test_help_loads_nothing_heavy() -> None:
    code = "import sys; from hengji.cli.main import main; main(['--help'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    heavy = {
        "yaml",
        "openpyxl",
        "xlsxwriter",
        "docx",
        "typst",
        "rich",
        "markdown_it",
        "chinese_calendar",
        "dataclasses",
    }
    assert not heavy & loaded
    assert not any(name.startswith(("hengji.work", "hengji.model", "hengji.reports")) for name in loaded)


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise")
def test_a_reader_that_goes_away_is_no_trouble() -> None:
    command = f'"{sys.executable}" -m hengji.cli.main check "{BOSHAN}" | true; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stderr == ""
    assert done.stdout.strip() == "141"


@pytest.mark.skipif(os.name == "nt", reason="signals are otherwise")
def test_ctrl_c_says_that_it_was_interrupted(tmp_path: Path) -> None:
    slow = tmp_path / "慢.csv"
    os.mkfifo(slow)
    command = [sys.executable, "-m", "hengji.cli.main", "calculate", "zb-4", "--table", f"幸福院={slow}"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        # a runner in the background ignores the signal
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  there are no threads here
    )
    with slow.open("wb"):  # opens when the command has begun to read, and keeps it waiting
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert stderr.strip() == "已中断，没有写出结果。"
    assert stdout == ""


def test_a_defect_of_ours_gives_a_number_to_report_and_no_traceback(monkeypatch: pytest.MonkeyPatch, new: Path) -> None:
    monkeypatch.setattr("hengji.work.evaluate.load", lambda _: 1 // 0)
    result = run("check", new)
    assert result.exit_code == 3
    assert re.search(r"编号 [0-9A-F]{6}（ZeroDivisionError test_commands.py:\d+）", result.stderr)
    assert "Traceback" not in result.output


def test_a_terminal_that_cannot_show_chinese_does_not_stop_it() -> None:
    done = hengji("--help", env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert "evaluate" in done.stdout
