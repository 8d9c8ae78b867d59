"""Passages of many fields that hold: nothing in them is called false, and most of their numbers are understood."""

from pathlib import Path
from random import Random

import pytest

from hengji.model.claim import Claim, Claims, Quantity, Verdict
from hengji.model.reading import Prose, Reading, Span
from hengji.reading.statements.prose import passages_of, prose_claims

PASSAGES = Path(__file__).with_name("holding.txt").read_text("utf-8").splitlines()


def claims_of(text: str) -> Claims:
    return prose_claims(passages_of(Reading("报告.txt", text, (Prose(Span(0, len(text))),))))


def contradicted(text: str) -> list[Claim]:
    return [claim for claim in claims_of(text).claims if claim.verdict is Verdict.CONTRADICTED]


@pytest.mark.parametrize("passage", PASSAGES)
def test_what_holds_is_not_called_false(passage: str) -> None:
    assert [(claim.computation, claim.expected) for claim in contradicted(passage)] == []


def test_most_of_it_is_understood() -> None:
    found = [claims_of(passage) for passage in PASSAGES]
    held = sum(len(each.claims) for each in found)
    unread = sum(len(each.unread) for each in found)
    assert held > 150
    assert unread * 4 < held


def test_one_endless_paragraph_is_read_in_pieces() -> None:
    """A hundred thousand characters without a full stop: the sums at both ends are found, in time linear in the length."""
    one = "资金10.0万元（甲6.0万元，乙4.0万元），"
    assert len(claims_of(one * 4000).claims) == 4000


def changed(passage: str, quantity: Quantity, chance: Random) -> str:
    """The passage with one digit of a quantity another one."""
    start, end = quantity.span.start, quantity.span.end
    places = [place for place in range(start, end) if passage[place].isdigit()]
    place = chance.choice(places)
    digits = "123456789" if place == places[0] else "0123456789"
    other = chance.choice([digit for digit in digits if digit != passage[place]])
    return passage[:place] + other + passage[place + 1 :]


def test_most_numbers_that_are_changed_are_found() -> None:
    """One digit at a time; what stays within the rounding, or is meant by no sum, cannot be."""
    chance = Random(7)
    mutants = [
        changed(passage, quantity, chance)
        for passage in PASSAGES
        for claim in claims_of(passage).claims
        for quantity in claim.quantities
        if any(sign.isdigit() for sign in passage[quantity.span.start : quantity.span.end])
    ]
    assert sum(bool(contradicted(mutant)) for mutant in mutants) > len(mutants) * 84 // 100
