"""Every check by its page: what it must find and what it must not, as files laid over a small sound dossier.

A page has a section 应当发现 and a section 不应发现. A case is prose, then blocks that each give a file of the dossier, then
lines that start with ``>``: place and words of each finding of that code that must come out, one line per finding; behind each ↔
the words that it must point to as what it is at odds with. A file called 报告.md, 报告.txt or the like is reviewed as somebody's
report instead, by itself.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding, Severity
from hengji.work.evaluate import evaluate_opened
from hengji.work.load import open_files
from hengji.work.review import profile_named, review_bytes

HERE = Path(__file__).parent
BASE = HERE / "base"
FOUND, NOT_FOUND = "应当发现", "不应发现"
REPORT = "报告."
UNREADABLE = re.compile(r"[LC]\d{3}|P0\d{2}")
"""Faults of the files themselves: a case that has one is written wrongly."""


@dataclass
class Case:
    code: str
    section: str
    prose: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    expected: list[str] = field(default_factory=list)


def cases_of(page: Path) -> list[Case]:
    """The cases of a page; prose after blocks begins the next, and so does another version of a file."""
    found: list[Case] = []
    section, fence, path, block = "", "", "", []
    for line in page.read_text("utf-8").splitlines():
        if fence:
            if line == fence:
                if path in found[-1].files:
                    found.append(Case(page.stem, section, found[-1].prose))
                found[-1].files[path] = "".join(f"{each}\n" for each in block).encode()
                fence = ""
            else:
                block.append(line)
        elif line.startswith("## "):
            section = line.removeprefix("## ")
        elif section and line.startswith("```"):
            path, block = line.lstrip("`"), []
            fence = line.removesuffix(path)
        elif section and line.startswith("> "):
            found[-1].expected.append(line.removeprefix("> "))
        elif section and line.strip():
            if not found or found[-1].section != section or found[-1].files:
                found.append(Case(page.stem, section))
            found[-1].prose += line
    return found


PAGES = sorted(HERE.glob("[a-z][0-9][0-9][0-9].md"))
CASES = [case for page in PAGES for case in cases_of(page)]


def evaluated(files: dict[str, bytes]) -> Evaluation:
    """The base dossier with ``files`` laid over it."""
    base = {path.relative_to(BASE).as_posix(): path.read_bytes() for path in BASE.rglob("*") if path.is_file()}
    opened, findings = open_files(base | files)
    assert opened is not None, findings
    return evaluate_opened(opened, findings)


def reviewed(files: dict[str, bytes]) -> tuple[Finding, ...]:
    """What the review of the one report finds; each finding quotes it exactly."""
    ((file, content),) = files.items()
    profile, _ = profile_named("国家项目")
    assert profile is not None
    done = review_bytes(file, content, profile)
    assert done.reading is not None, done.findings
    for finding in done.findings:
        for quote in finding.quotes:
            assert quote.text == done.reading.text[quote.start : quote.end]
    return done.findings


def said(finding: Finding) -> str:
    return f"{finding.place}：{finding.message}"


def meets(finding: Finding, expected: str) -> bool:
    """Whether a finding says what a line of a page expects, and points to every place that the line names."""
    message, *others = expected.split(" ↔ ")
    beside = ["".join(quote.text.split()) for quote in finding.quotes[1:]]
    return message in said(finding) and all(any(other in each for each in beside) for other in others)


def test_the_base_is_sound() -> None:
    assert [said(finding) for finding in evaluated({}).findings] == []


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_a_page_shows_both_sides(page: Path) -> None:
    sections = [case.section for case in cases_of(page)]
    assert FOUND in sections
    assert NOT_FOUND in sections
    assert set(sections) <= {FOUND, NOT_FOUND}


@pytest.mark.parametrize("case", CASES, ids=[f"{case.code}-{index}" for index, case in enumerate(CASES)])
def test_case(case: Case) -> None:
    assert case.files, "a case without files cannot fail"
    assert bool(case.expected) == (case.section == FOUND)
    report = any(file.startswith(REPORT) for file in case.files)
    findings = reviewed(case.files) if report else evaluated(case.files).findings
    unreadable = [said(finding) for finding in findings if UNREADABLE.fullmatch(finding.code)]
    assert not unreadable
    found = [finding for finding in findings if finding.code == case.code]
    assert len(found) == len(case.expected), [said(finding) for finding in found]
    for expected in case.expected:
        assert any(meets(finding, expected) for finding in found), [(said(each), each.quotes[1:]) for each in found]


@pytest.mark.parametrize("example", ["boshan-2021", "weiyang-2020", "yangquan-2022"])
def test_an_example_stands(example: str) -> None:
    root = HERE.parent.parent / "examples" / example
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    opened, findings = open_files(files)
    assert opened is not None
    every = evaluate_opened(opened, findings).findings
    assert [said(finding) for finding in every if finding.severity is Severity.ERROR] == []
