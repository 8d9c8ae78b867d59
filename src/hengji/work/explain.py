"""explain: what a code means, why it matters and what to do, whichever part of the house gives it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from hengji.checks.registry import all_checks
from hengji.model.record import record
from hengji.scoring.faults import FAULTS
from hengji.storage.codec import decode

FILE = "codes.yaml"


@record
class Entry:
    """A code and its title, as they stand in the list of all codes."""

    code: str
    title: str


@record
class Explanation:
    """The page of a code: its first line is the title."""

    code: str
    text: str

    @property
    def title(self) -> str:
        return self.text.partition("\n")[0].rstrip("。")


@record
class _Code:
    code: str
    title: str
    why: str
    remedy: str


@record
class _Codes:
    codes: tuple[_Code, ...]


def catalogue() -> tuple[Entry, ...]:
    """Every code that a finding can have, by code."""
    return tuple(Entry(each.code, each.title) for each in explanations())


def page(code: str) -> str | None:
    """The page of a code, upper or lower case; None when there is no such code."""
    found = {each.code.casefold(): each for each in explanations()}.get(code.strip().casefold())
    return None if found is None else f"{found.code}  {found.text}"


@cache
def explanations() -> tuple[Explanation, ...]:
    """All pages, by code."""
    return tuple(sorted((*_of_checks(), *_of_scoring(), *_of_reading()), key=lambda each: each.code.casefold()))


def _of_checks() -> Iterator[Explanation]:
    for check in all_checks():
        yield Explanation(check.code, check.page)


def _of_scoring() -> Iterator[Explanation]:
    for fault in FAULTS:
        yield _explained(fault.code, fault.title, fault.why, fault.remedy)


def _of_reading() -> Iterator[Explanation]:
    """Codes of everything that reads and computes; their words are data."""
    decoded = decode(_Codes, (files("hengji.packs") / FILE).read_text("utf-8"), FILE)
    assert decoded.value is not None, decoded.findings
    for each in decoded.value.codes:
        yield _explained(each.code, each.title, each.why, each.remedy)


def _explained(code: str, title: str, why: str, remedy: str) -> Explanation:
    return Explanation(code, f"{title}。\n\n## 为什么\n{why}\n\n## 怎么改\n{remedy.rstrip('。')}。")
