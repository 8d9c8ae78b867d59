"""Findings without end: a file may be wrong in every cell, and what is said of it must still fit into memory and be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from hengji.model.finding import Finding, Place, Severity

MOST = 10_000
"""Findings that are kept one by one, and rows that are kept for marking."""
Kind = tuple[str, Severity, Place, str]


@dataclass(slots=True)
class Tally:
    """发现清单: the first findings as they are; of the others, how many there are of each code in each column of each sheet."""

    most: int = MOST
    kept: list[Finding] = field(default_factory=list)
    others: Counter[Kind] = field(default_factory=Counter)

    def append(self, finding: Finding) -> None:
        if len(self.kept) < self.most:
            self.kept.append(finding)
        else:
            place = replace(finding.place, line=None, column=None, cell="")
            self.others[finding.code, finding.severity, place, finding.remedy] += 1

    def extend(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.append(finding)

    def told(self) -> list[Finding]:
        """All of them, the uncounted rest as one finding for each kind."""
        return [*self.kept, *(_more(kind, count) for kind, count in self.others.items())]


def _more(kind: Kind, count: int) -> Finding:
    code, severity, place, remedy = kind
    found = f"同样的问题另有{count:,}处，没有逐一列出"
    return Finding(code, severity, place, found, "", f"{remedy}；改正已列出的，再接收一次")
