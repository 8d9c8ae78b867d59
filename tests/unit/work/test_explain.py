"""Every code in the source has one meaning and is explained."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

import hengji
from hengji.checks.registry import Check, all_checks
from hengji.work.explain import catalogue, explanations, page

ROOT = Path(hengji.__file__).parent
CODE = re.compile(r"[A-Za-z]\d{3}")
MENTIONED = {("reports/chapters/annexes.py", "t701"), ("reading/docx.py", "F052")}
"""Where a code is asked for, not given; and a character of a font that looks like one."""


def given() -> list[tuple[str, str]]:
    """Every code that stands in the source as a literal, with its file."""
    found = [
        (path.relative_to(ROOT).as_posix(), node.value)
        for path in sorted(ROOT.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    ]
    return [each for each in found if each not in MENTIONED]


def test_every_code_in_the_source_is_explained() -> None:
    explained = {each.code.casefold() for each in explanations()}
    assert [each for each in given() if each[1].casefold() not in explained] == [], "explain it in packs/codes.yaml"


def test_every_explained_code_is_in_the_source() -> None:
    codes = {code.casefold() for _, code in given()}
    assert [each.code for each in explanations() if each.code.casefold() not in codes] == []


def test_no_code_has_two_meanings() -> None:
    """Neither given in two files nor explained twice, upper and lower case being one code."""
    assert [code for code, count in Counter(code for _, code in set(given())).items() if count > 1] == []
    explained = Counter(entry.code.casefold() for entry in catalogue())
    assert [code for code, count in explained.items() if count > 1] == []


def test_titles_differ() -> None:
    assert [title for title, count in Counter(entry.title for entry in catalogue()).items() if count > 1] == []


@pytest.mark.parametrize("check", all_checks(), ids=[check.code for check in all_checks()])
def test_a_check_says_what_why_and_how(check: Check) -> None:
    headings = [line for line in check.page.splitlines() if line.startswith("## ")]
    assert headings == ["## 查什么", "## 为什么", "## 怎么改"]
    assert check.page.splitlines()[1] == ""


def test_a_page_is_found_in_either_case() -> None:
    assert page("F401") == page("f401")
    assert page("f401").startswith("f401  存在的问题没有对应扣分。\n\n## 查什么\n")
    assert page("r308") == page(" R308 ")
    assert page("R308").startswith("R308  按标准打分等级不同。\n\n## 为什么\n")
    assert "\n## 怎么改\n补充调查；" in page("q109")


def test_an_unknown_code_has_no_page() -> None:
    assert page("z999") is None


def test_the_catalogue_is_by_code() -> None:
    codes = [entry.code.casefold() for entry in catalogue()]
    assert codes == sorted(codes)
    assert {"f401", "r308", "l102"} <= set(codes)
