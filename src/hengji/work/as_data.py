"""Results as data that JSON can hold, alike on the command line and in the interface; amounts in yuan as text."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hengji.engines.columnar.grains import Grain
from hengji.model.finding import Finding
from hengji.model.identity import hidden
from hengji.model.money import Money
from hengji.model.programme import Tier
from hengji.work.calculated import Summary
from hengji.work.calculating import Calculated


def finding_data(finding: Finding) -> dict[str, Any]:
    """A finding: English severity, place in parts, message in Chinese."""
    place = finding.place
    data: dict[str, Any] = {
        "code": finding.code,
        "severity": finding.severity.name.lower(),
        "file": place.file,
        "line": place.line,
        "message": finding.message,
    }
    extra = {"column": place.column, "sheet": place.sheet, "cell": place.cell, "item": place.item}
    return data | {key: value for key, value in extra.items() if value}


def calculation_data(done: Calculated) -> dict[str, Any]:
    """What came of a policy over tables."""
    findings = [finding_data(finding) for finding in done.findings]
    told = {"explain": done.told.splitlines()} if done.told else {}
    head = {"policy": done.policy and done.policy.name, "engine": done.engine.value}
    return head | (_sums(done.summary) if done.summary is not None else {}) | told | {"findings": findings}


def _sums(made: Summary) -> dict[str, Any]:
    return {
        "title": made.policy.title,
        "grain": made.grain.name.lower(),
        "rows": made.rows,
        "paid": made.paid,
        "unpaid": made.unpaid,
        "faulty": made.broken,
        "tiers": _tiers(made.totals),
        "total": _plain(made.total),
        "recipient_count": made.recipient_count,
        "recipients": [
            {
                "name": hidden(each.name),
                **({"period": each.month} if made.grain is Grain.PERIOD else {}),
                "rows": each.rows,
                "paid": each.paid,
                "faulty": each.broken,
                "tiers": _tiers(each.due),
                "total": _plain(sum(each.due.values(), Money(0))),
            }
            for each in made.recipients
        ],
        "refused": [
            {
                "code": group.code,
                "condition": group.condition,
                "clause": group.clause,
                "source": group.source,
                "count": group.count,
                "lines": list(group.lines),
                "example": group.example,
            }
            for group in made.refused
        ],
    }


def _tiers(due: Mapping[Tier, Money]) -> dict[str, str]:
    return {tier.value: _plain(amount) for tier, amount in due.items()}


def _plain(amount: Money) -> str:
    return f"{Decimal(int(amount)).scaleb(-2):.2f}"
