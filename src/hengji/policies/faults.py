"""Faults of a policy: their codes, and the collector that turns them into findings, all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType

from hengji.model.finding import Finding, Place, Severity
from hengji.model.record import record


class Code(Enum):
    """Finding codes of this package; the engines' row faults are P2xx."""

    STRUCTURE = "P001"
    YAML = "P002"
    SYNTAX = "P003"
    NAME = "P004"
    KIND = "P005"
    ZERO = "P006"
    TWICE = "P007"
    DATE = "P008"
    TIER = "P009"
    CYCLE = "P010"
    SOURCE = "P011"
    CASE = "P012"
    UNDECIDED = "P301"
    UNREAD = "P302"


@record
class Spot:
    """1-based line and column in the file that is being read."""

    line: int
    column: int


_REMEDIES: Mapping[Code, str] = MappingProxyType(
    {
        Code.STRUCTURE: "对照政策库中相近的政策改写",
        Code.YAML: "对照政策库中相近的政策改写",
        Code.SYNTAX: "按所示位置改写",
        Code.NAME: "改正名称，或先声明它",
        Code.KIND: "换成种类相符的列、参数或算式",
        Code.ZERO: "改正算式，使除数不为零",
        Code.TWICE: "改名或删去一个",
    }
)
"""What to do where a fault has nothing more to say."""


class FaultError(Exception):
    """A fault met while reading an expression; it never leaves this package."""

    def __init__(self, code: Code, spot: Spot, found: str, expected: str = "", remedy: str = "") -> None:
        self.code = code
        self.spot = spot
        self.found = found
        self.expected = expected
        self.remedy = remedy
        super().__init__(found)


class Faults:
    """Collects the findings of one file; ``item`` names the thing that is being read (a clause, a case)."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.item = ""
        self.findings: list[Finding] = []

    def add(
        self,
        code: Code,
        spot: Spot | None,
        found: str,
        expected: str = "",
        remedy: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        line, column = (spot.line, spot.column) if spot else (None, None)
        place = Place(self.file, line, column, item=self.item)
        self.findings.append(Finding(code.value, severity, place, found, expected, remedy or _REMEDIES.get(code, "")))

    def ordered(self) -> tuple[Finding, ...]:
        """The findings from the top of the file down."""
        return tuple(sorted(self.findings, key=lambda each: (each.place.line or 0, each.place.column or 0)))

    def note(self, fault: FaultError) -> None:
        self.add(fault.code, fault.spot, fault.found, fault.expected, fault.remedy)


def nearest(name: str, known: Iterable[str]) -> str:
    """可能是「甲」或「乙」; empty when nothing is near."""
    import difflib  # only what is misspelled has to be likened

    near = difflib.get_close_matches(name, list(known), 3, 0.5)
    return "可能是" + "或".join(f"「{word}」" for word in near) if near else ""
