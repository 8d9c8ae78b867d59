"""Passages of many fields that hold: nothing in them is called false, and most of their numbers are understood."""

from pathlib import Path

import pytest

from hengji.model.claim import Claim, Claims, Verdict
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
    assert held > 120
    assert unread * 6 < held


def test_one_endless_paragraph_is_read_in_pieces() -> None:
    """A hundred thousand characters without a full stop: the sums at both ends are found, in time linear in the length."""
    one = "资金10.0万元（甲6.0万元，乙4.0万元），"
    assert len(claims_of(one * 4000).claims) == 4000
