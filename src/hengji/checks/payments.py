"""What checks of subsidies have in common: the payments that none of the stated standards gives."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from fractions import Fraction

from hengji.model.subsidy import StatedPayment, StatedStandard, Subsidies


def unfitting(subsidies: Subsidies) -> Iterator[tuple[StatedPayment, list[StatedStandard]]]:
    """Payments that no stated standard of their kind gives, with those standards; none of a kind of which no payment fits."""
    for per in dict.fromkeys(payment.per for payment in subsidies.payments):
        standards = [each for each in subsidies.standards if each.per == per]
        payments = [each for each in subsidies.payments if each.per == per]
        values = sorted({each.amount.value for each in standards})
        if any(_fits(payment, values) for payment in payments):
            yield from ((each, standards) for each in payments if not _fits(each, values))


def _fits(payment: StatedPayment, values: Sequence[Fraction]) -> bool:
    """Whether one of the standards, the lowest first, gives a payment."""
    count = payment.count.value
    at = bisect_left(values, payment.amount.low, key=lambda value: value * count)
    return at < len(values) and values[at] * count <= payment.amount.high
