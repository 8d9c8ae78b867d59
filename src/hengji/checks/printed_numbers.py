"""What the checks of printed numbers have in common: a claim that does not hold, told to the author."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hengji.checks.remarks import Fault, contradicted
from hengji.model.claim import Claim
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading
from hengji.model.record import record

SEVERITIES: Mapping[Confidence, Severity] = {
    Confidence.CERTAIN: Severity.ERROR,
    Confidence.LIKELY: Severity.WARNING,
    Confidence.POSSIBLE: Severity.NOTE,
}


@record
class Telling:
    """说法: how a check tells a claim that does not hold; ``stated`` and ``computed`` are what the two numbers are called.

    ``{about}`` in ``stated`` stands for what the claim is about, the names of row and column in a table.
    """

    code: str
    stated: str
    computed: str
    remedy: str


def tell(reading: Reading, telling: Telling, claims: Iterable[Claim]) -> Iterator[Finding]:
    """A finding for each claim, as severe as it is sure."""
    for claim in claims:
        stated = claim.quantities[0]
        stated_as = telling.stated.replace("{about}", f"“{claim.about}”" if claim.about else "")
        found = f"{stated_as}写为{reading.quote(stated.span).strip()}，{telling.computed}：{claim.computation}"
        fault = Fault(
            telling.code,
            SEVERITIES[claim.confidence],
            found,
            claim.expected,
            telling.remedy,
            claim.computation,
            confidence=claim.confidence,
        )
        yield contradicted(reading, claim, fault)
