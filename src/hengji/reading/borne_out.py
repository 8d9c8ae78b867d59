"""Numbers that another statement bears out: one fixed to the last digit, or one that a rate would not be of were it another.

涉及1,926.40万元,占4,286万元的44.95% bears out 1,926.40: 1,996.40 would give another rate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hengji.model.claim import Claim, Quantity, Relation, Verdict
from hengji.model.reading import Span
from hengji.reading.statements.verdicts import quotient_holds

_SUMS = frozenset({Relation.SUM, Relation.TABLE_SUM})
_DIFFERENCES = frozenset({Relation.DIFFERENCE, Relation.CHANGE, Relation.TABLE_DIFFERENCE})
_FIXING = _SUMS | _DIFFERENCES | {Relation.PRODUCT, Relation.FORMULA, Relation.TABLE_PRODUCT, Relation.SURVEY}
"""Relations that fix each of their numbers; a rate only fixes itself."""
_RATES = frozenset({Relation.RATIO, Relation.SHARE, Relation.GROWTH, Relation.TABLE_RATIO, Relation.AVERAGE})
_QUOTIENTS = frozenset({Relation.RATIO, Relation.SHARE, Relation.TABLE_RATIO})
_RATE_AND_BOTH = 3
_BOTH = 2


def fixed_in(claims: Iterable[Claim]) -> frozenset[Span]:
    """The numbers that a statement fixes which holds."""
    found: set[Span] = set()
    for claim in claims:
        if claim.verdict is Verdict.HELD and claim.relation in _FIXING and _exact(claim):
            found.update(each.span for each in claim.quantities)
        elif claim.verdict is Verdict.HELD and claim.relation in _RATES:
            found.add(claim.quantities[0].span)
    return frozenset(found)


def _exact(claim: Claim) -> bool:
    """Whether a sum or difference comes out to the last digit, and not only within what its decimals leave open."""
    stated, *others = (each.value for each in claim.quantities)
    if claim.relation in _DIFFERENCES and len(others) == _BOTH:
        return stated == abs(others[0] - others[1])
    return claim.relation not in _SUMS or stated == sum(others)


def rated_in(claims: Iterable[Claim]) -> Mapping[Span, Claim]:
    """The rates that hold, by the places of both numbers they are of."""
    held = (each for each in claims if each.verdict is Verdict.HELD and each.relation in _QUOTIENTS)
    return {
        quantity.span: each
        for each in held
        if len(each.quantities) == _RATE_AND_BOTH
        for quantity in each.quantities[1:]
    }


def is_rated(quantity: Quantity, other: Quantity, rated: Mapping[Span, Claim]) -> bool:
    """Whether a rate holds of a number and would not of the other in its place."""
    claim = rated.get(quantity.span)
    if claim is None:
        return False
    rate, above, below = (other if each.span == quantity.span else each for each in claim.quantities)
    return not quotient_holds(above, below, rate)
