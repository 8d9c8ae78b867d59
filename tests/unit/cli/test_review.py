"""hengji review as it is typed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from tests.unit.cli.test_commands import run

REPORT = """一、基本情况

2021年到位资金30.00万元，其中省级资金10.00万元、县级资金19.00万元。

二、存在的问题

（一）资金拨付不及时
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "道路养护评价报告.txt"
    path.write_text(REPORT, "utf-8")
    return path


def test_the_text_is_the_file_s_own(report: Path) -> None:
    report.write_bytes(b"\xef\xbb\xbf" + REPORT.replace("\n", "\r\n").encode())
    assert run("review", "--text", report).output == REPORT


def test_each_finding_quotes_the_text_by_its_offsets(report: Path) -> None:
    data = json.loads(run("review", report, "--format", "json").output)
    assert set(data) == {"file", "statements", "rescore", "findings"}
    assert set(data["statements"]) == {"checked", "held", "contradicted", "unread"}
    assert data["statements"]["contradicted"] >= 1
    for finding in data["findings"]:
        for quote in (finding, *finding["related"]):
            assert REPORT[quote["start"] : quote["end"]] == quote["quote"]


def test_several_files_give_one_object_a_line(report: Path, tmp_path: Path) -> None:
    other = tmp_path / "另一份.md"
    other.write_text(REPORT, "utf-8")
    lines = run("review", report, other, tmp_path / "没有.txt", "--format", "json").output.splitlines()
    assert [json.loads(line)["file"] for line in lines] == [str(report), str(other), str(tmp_path / "没有.txt")]


def test_a_report_of_a_kind_that_cannot_be_read_is_not_passed_over(report: Path, tmp_path: Path) -> None:
    (tmp_path / "水利.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    done = run("review", report.parent)
    assert (done.exit_code, "  —  水利.doc" in done.stdout) == (1, True)


def test_a_folder_stands_for_its_reports_and_the_soundest_comes_first(report: Path, tmp_path: Path) -> None:
    sound = tmp_path / "水利评价报告.txt"
    sound.write_text(REPORT.replace("19.00万元", "20.00万元"), "utf-8")
    (tmp_path / "名册.csv").write_text("a", "utf-8")
    output = run("review", tmp_path).output
    assert output.index("  2  道路养护评价报告.txt") > output.index("  1  水利评价报告.txt")
    assert "名册" not in output
    assert report.exists()


def test_what_is_handed_back_opens(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "意见"
    assert run("review", report, "--out", out).exit_code == 1
    assert sorted(path.name for path in out.iterdir()) == [
        "道路养护评价报告.审核意见.html",
        "道路养护评价报告.审核表.docx",
    ]
    tables = Document(str(out / "道路养护评价报告.审核表.docx")).tables
    assert tables[0].cell(1, 1).text == report.name


def test_reports_of_one_name_are_told_apart(report: Path, tmp_path: Path) -> None:
    for folder in ("甲县", "乙县"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "报告.txt").write_text(REPORT, "utf-8")
    report.with_suffix(".md").write_text(REPORT, "utf-8")
    files = (tmp_path / "甲县" / "报告.txt", tmp_path / "乙县" / "报告.txt", report, report.with_suffix(".md"))
    result = run("review", *files, "--out", tmp_path / "意见")
    assert sorted(path.name for path in (tmp_path / "意见").glob("*.html")) == [
        "乙县-报告.审核意见.html",
        "甲县-报告.审核意见.html",
        "道路养护评价报告.md.审核意见.html",
        "道路养护评价报告.txt.审核意见.html",
    ]
    assert "甲县/报告.txt" in result.output
    assert "乙县/报告.txt" in result.output


def test_the_league_table_is_a_workbook(report: Path, tmp_path: Path) -> None:
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"PK\x03\x04")
    run("review", report, bad, "--out", tmp_path / "意见")
    book = load_workbook(tmp_path / "意见" / "审核汇总.xlsx")
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row]
    assert report.name in cells
    assert "读不出来" in cells
    assert book.active.title == "表1 审核汇总"


def test_one_bad_file_never_stops_the_rest(report: Path, tmp_path: Path) -> None:
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"PK\x03\x04")
    result = run("review", bad, report)
    assert result.exit_code == 1
    assert report.name in result.output


def test_a_check_can_be_silenced(report: Path) -> None:
    codes = {each["code"] for each in json.loads(run("review", report, "--format", "json").output)["findings"]}
    code = min(code for code in codes if code.startswith("a"))
    kept = json.loads(run("review", report, "--format", "json", "--silence", code).output)["findings"]
    assert code not in {each["code"] for each in kept}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--profile", "火星"), "L007  火星\n    评价规范“火星”不存在"),
        (("--quality", "火星"), "没有质量考核表“火星”"),
        (("--text", "另一份.txt"), "一次只读一个文件"),
    ],
)
def test_wrong_use_is_answered(arguments: tuple[str, ...], said: str, report: Path) -> None:
    result = run("review", report, *arguments)
    assert result.exit_code == 2
    assert said in result.output


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="processors can be taken from a process on Linux only")
def test_one_processor_finds_what_several_find(tmp_path: Path) -> None:
    text = "\n".join((*(path.read_text("utf-8") for path in sorted(Path("tests/reports").glob("*.md"))), REPORT))
    for name in ("甲.md", "乙.md"):
        (tmp_path / name).write_text(text, "utf-8")
    main = "from hengji.cli.main import main; main()"
    one = f"import os; os.sched_setaffinity(0, {{min(os.sched_getaffinity(0))}}); {main}"
    for files in (["甲.md"], ["甲.md", "乙.md"]):
        said = [
            subprocess.run(
                [sys.executable, "-c", code, "review", *files], cwd=tmp_path, capture_output=True, check=False
            )
            for code in (one, main)
        ]
        assert [each.returncode for each in said] == [1, 1], said
        assert said[0].stdout == said[1].stdout


def test_of_many_reports_one_line_says_what_was_written(report: Path, tmp_path: Path) -> None:
    (tmp_path / "另一份.md").write_text(REPORT, "utf-8")
    said = run("review", tmp_path, "--out", tmp_path / "意见").output
    written = len(list((tmp_path / "意见").iterdir()))
    assert [line for line in said.splitlines() if line.startswith("已写出")] == [
        f"已写出 {written} 个文件到 {tmp_path / '意见'}，先看 审核汇总.xlsx"
    ]
    assert report.exists()
