"""What the manual says is so: its links, its words, its files and its figure ids."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from hengji.cli.main import VERBS
from hengji.deadlines.figures import deadline_figures
from hengji.funds.reconciliation_figures import reconciliation_figures
from hengji.model.deadline import Deadline, TermBound, TermUnit
from hengji.model.figure import Figure, FigureKind
from hengji.model.money import Money
from hengji.model.profile import Threshold
from hengji.model.programme import Tier
from hengji.model.reconciliation import Claim, Reconciliation
from hengji.model.survey import Questionnaire
from hengji.surveys.figures import survey_figures
from hengji.work.evaluate import evaluate

ROOT = Path(__file__).parents[3]
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])
EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.is_dir())
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def names(paths: list[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


SURVEY = Questionnaire("甲", "甲", "老人", "入户", (), population=200, sent=40, returned=38, valid=36)
NOTICE = Deadline("公示", "公示", 5, TermUnit.DAYS, date(2021, 1, 4), date(2021, 1, 9), bound=TermBound.AT_LEAST)
DUE = Figure("补助.补助.应补", "应补", FigureKind.MONEY, Fraction(1))
TWICE = Claim("补助", "项目", "甲", Tier.CITY, Money(1), None, Money(2))


@cache
def figure_ids() -> frozenset[str]:
    """The ids of all figures of the three examples, and of what none of them has: a survey, a notice, a sum paid twice."""
    evaluations = [evaluate(folder).evaluation for folder in EXAMPLES]
    answers, _ = survey_figures(SURVEY, (), Threshold("小样本", Decimal(30), "评价方案"))
    terms, _ = deadline_figures((NOTICE,), (), None)
    claims = reconciliation_figures(Reconciliation(date(2021, 12, 31), (TWICE,)), {DUE.id: DUE})
    return frozenset((*answers, *terms, *claims, *(name for each in evaluations if each for name in each.figures)))


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_links_lead_somewhere(page: Path) -> None:
    links = [link for link in _LINK.findall(page.read_text("utf-8")) if "://" not in link]
    missing = [link for link in links if not (page.parent / link).exists()]
    assert not missing


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_every_verb_is_in_the_readme(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    assert [verb for verb in VERBS if f"hengji {verb} " not in text and f"`{verb}`" not in text] == []


def test_identifiers_of_the_glossary_are_in_the_code() -> None:
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    words = set(re.findall(r"\w+", source))
    by_hand = (ROOT / "GLOSSARY.md").read_text("utf-8").partition("## 二、")[0]
    rows = [line.split(" | ") for line in by_hand.splitlines() if line.startswith("| ") and " | " in line]
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row[2])}
    assert named
    assert not named - words


def patterns() -> list[str]:
    """The ids in the first column of the table of figures; an abbreviation repeats the id before it up to its dot."""
    text = (ROOT / "docs/manual/figures.md").read_text("utf-8").partition("## 自定义数值")[0]
    listed: list[str] = []
    for line in text.splitlines():
        if line.startswith("| `"):
            for each in re.findall(r"`([^`]+)`", line.replace("\\|", "¦").split(" | ")[0]):
                start = listed[-1].rpartition(".")[0] if each.startswith(".") else ""
                listed.append(start + each)
    return listed


@pytest.mark.parametrize("pattern", patterns())
def test_figure_ids_of_the_manual_exist(pattern: str) -> None:
    def alternative(match: re.Match[str]) -> str:
        return f"(?:{match[1].replace('¦', '|')})" if "¦" in match[1] else "[^.@]+"

    escaped = "".join(
        part if part.startswith("<") else re.escape(part) for part in re.split(r"(<[^>]+>)", pattern) if part
    )
    expression = re.compile(re.sub(r"<([^>]+)>", alternative, escaped))
    assert any(expression.fullmatch(name) for name in figure_ids())


@pytest.mark.parametrize("folder", EXAMPLES, ids=names(EXAMPLES))
def test_files_of_the_examples_are_in_the_manual(folder: Path) -> None:
    page = (ROOT / "docs/manual/dossier.md").read_text("utf-8")
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        known = name if "/" not in name else name.partition("/")[0] + "/"
        if path.is_file():
            assert f"`{known}" in page, name
