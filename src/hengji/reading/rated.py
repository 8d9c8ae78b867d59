"""Numbers that a rate bears out: 涉及1,926.40万元,占4,286万元的44.95%, where 1,996.40 would give another rate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hengji.model.claim import Claim, Quantity, Relation, Verdict
from hengji.model.reading import Span
from hengji.reading.statements.verdicts import quotient_holds

_QUOTIENTS = frozenset({Relation.RATIO, Relation.SHARE, Relation.TABLE_RATIO})
_WITH_BOTH = 3


def rated_in(claims: Iterable[Claim]) -> Mapping[Span, Claim]:
    """The rates that hold, by the places of both numbers they are of."""
    held = (each for each in claims if each.verdict is Verdict.HELD and each.relation in _QUOTIENTS)
    return {
        quantity.span: each for each in held if len(each.quantities) == _WITH_BOTH for quantity in each.quantities[1:]
    }


def is_rated(quantity: Quantity, other: Quantity, rated: Mapping[Span, Claim]) -> bool:
    """Whether a rate holds of a number and would not of the other in its place."""
    claim = rated.get(quantity.span)
    if claim is None:
        return False
    rate, above, below = (other if each.span == quantity.span else each for each in claim.quantities)
    return not quotient_holds(above, below, rate)
