"""What came of reviewing a report: what was checked, the score that its own standards give, and the findings."""

from __future__ import annotations

from decimal import Decimal

from hengji.model.claim import Claims, Verdict
from hengji.model.finding import Finding
from hengji.model.reading import Reading
from hengji.model.record import record


@record
class Rescore:
    """复算得分: the total and grade that were awarded, and those that the printed standards give where they decide.

    None where the report does not say it, or its standards do not decide it.
    """

    awarded: Decimal | None
    literal: Decimal | None
    grade_awarded: str = ""
    grade_literal: str = ""


@record
class Statements:
    """数量陈述的数目: ``checked`` is held and contradicted together."""

    held: int
    contradicted: int
    unread: int

    @property
    def checked(self) -> int:
        return self.held + self.contradicted

    @classmethod
    def count(cls, claims: Claims) -> Statements:
        held = sum(claim.verdict is Verdict.HELD for claim in claims.claims)
        return cls(held, len(claims.claims) - held, len(claims.unread))


@record
class Review:
    """审核结果: of one file; ``reading`` is None where it could not be read, and the findings say why."""

    file: str
    reading: Reading | None
    statements: Statements
    rescore: Rescore | None
    findings: tuple[Finding, ...]
