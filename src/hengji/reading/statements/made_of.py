"""Totals with what they are made of before the word: 总投资 1.2 亿元,由财政资金 8000 万元和自筹资金 4000 万元组成."""

from __future__ import annotations

from collections.abc import Iterator

from hengji.model.claim import Claim
from hengji.model.patterns import pattern
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.parts import NO_PART, addable
from hengji.reading.statements.rivals import MADE
from hengji.reading.statements.tokens import Kind
from hengji.reading.statements.verdicts import made_up

_FEWEST = 2
_SOME = pattern("主要|等|部分")


def made_of(passage: Passage) -> Iterator[Claim]:
    """Every total right before 由, and the quantities of its kind, nothing else among them, up to 组成."""
    every = passage.tokens
    for number, token in enumerate(every):
        if token.text not in MADE or token.kind is not Kind.PARTS:
            continue
        begin = number
        while begin and every[begin - 1].kind not in {Kind.COMMA, Kind.SEMICOLON, Kind.COLON, Kind.END}:
            begin -= 1
        cue = next((n for n in range(begin, number) if every[n].kind is Kind.FROM), number)
        parts = list(passage.between(cue, number))
        before = (
            [each for each in passage.mentions if each.at < cue and each.sentence == parts[0].sentence] if parts else []
        )
        some = _SOME.search(passage.text, before[-1].token.end, token.start) if before else None
        if len(parts) >= _FEWEST and before and not some and _are_parts(before[-1], parts):
            yield made_up(before[-1], parts).claim(passage)


def _are_parts(whole: Mention, parts: list[Mention]) -> bool:
    alike = all(each.like(whole) and each.words & NO_PART <= {Kind.FROM} for each in parts)
    return alike and addable(whole) and parts[0].clause - whole.clause <= 1
