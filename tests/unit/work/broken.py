"""Copies of an example, broken in the ways in which people break them."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from hengji.model.finding import Finding, Severity
from hengji.work.evaluate import Outcome, evaluate

EXAMPLES = Path(__file__).parents[3] / "examples"
HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Copy:
    """A dossier in a folder of its own."""

    root: Path

    def replace(self, path: str, old: str, new: str) -> int:
        """Replace the first ``old``, which must be there; the 1-based line on which it stood."""
        text = self.text(path)
        assert old in text, f"{path} has no {old}"
        (self.root / path).write_bytes(text.replace(old, new, 1).encode())
        return text[: text.index(old)].count("\n") + 1

    def text(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()

    def write(self, path: str, text: str) -> None:
        (self.root / path).write_bytes(text.encode())

    def append(self, path: str, text: str) -> None:
        self.write(path, self.text(path) + text)

    def delete(self, path: str) -> None:
        (self.root / path).unlink()

    def evaluate(self) -> Outcome:
        """Evaluate it, and hold that every finding reads as it should."""
        outcome = evaluate(self.root)
        for finding in outcome.findings:
            assert_plain(finding)
        return outcome

    def errors(self) -> list[Finding]:
        return [finding for finding in self.evaluate().findings if finding.severity is Severity.ERROR]


def copy_of(name: str, folder: Path) -> Copy:
    return Copy(Path(shutil.copytree(EXAMPLES / name, folder / name)))


def assert_plain(finding: Finding) -> None:
    """In Chinese, with a place, what was found and what to do, and nothing of our insides."""
    assert HAN.search(finding.found), finding
    assert finding.remedy or finding.severity is Severity.NOTE, finding
    assert str(finding.place), finding
    for inner in ("Traceback", "Error:", "<class", "object at 0x", "None", "Fraction("):
        assert inner not in finding.message, finding
