"""Parts of what was named before 中: …基本支出1,615.10万元。基本支出中,人员经费1,418.36万元,公用经费196.74万元; 225份问卷中,满意211份,一般14份;
43段中41段合格, which cannot be more than there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from hengji.model.claim import Claim, Measure
from hengji.model.patterns import pattern
from hengji.reading.han import HAN
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.parts import addable
from hengji.reading.statements.tokens import TOTALS, Kind
from hengji.reading.statements.verdicts import at_most, made_up, quotient_holds, total

_WITHIN = pattern(rf"(?:^|[。,;])(?:(?P<count>[\d,.]+{HAN})?(?P<name>{HAN}{{3,12}}))(?:中|里),")
_SOME = pattern(rf"{HAN}{{0,10}}(?<![初高集年途期])(?:中|里),?(?:{HAN}{{2,20}}的)?(?:仅|只|共|已|就)?(?:有)?")
_FEWEST = 2
_NEARLY = 10
"""Parts that come within a tenth of the whole are all of it."""


def within(passage: Passage) -> Iterator[Claim]:
    """Every amount with its parts in the sentence that begins with its name and 中."""
    for match in _WITHIN.finditer(passage.text):
        whole = _whole(passage, match)
        parts = [
            each
            for each in _sentence(passage, match.end())
            if whole is not None and each.like(whole) and Kind.MEAN not in each.words
        ]
        if whole is None or len(parts) < _FEWEST or not all(_is_part(each) for each in parts):
            continue
        computed = total(part.quantity for part in parts)
        if _is_rated(passage, whole, parts):
            continue
        if abs(computed.value - whole.quantity.value) * _NEARLY <= whole.quantity.value:
            yield made_up(whole, parts).claim(passage)
    if "中" in passage.text or "里" in passage.text:
        yield from _some(passage)


def _some(passage: Passage) -> Iterator[Claim]:
    """Some of several things counted, right behind 中."""
    for whole, some in pairwise(passage.mentions):
        if (
            whole.like(some)
            and whole.unit.measure is Measure.COUNT
            and "." not in whole.quantity.printed
            and _SOME.fullmatch(passage.text, whole.token.end, some.token.start)
            and addable(whole)
            and addable(some)
        ):
            yield at_most(passage, some, whole)


def _whole(passage: Passage, match: re.Match[str]) -> Mention | None:
    """What stands right before 中, or the last amount of that name."""
    before = [each for each in passage.mentions if each.token.start < match.end() and addable(each)]
    if match["count"]:
        return next((each for each in before[-1:] if each.token.start >= match.start()), None)
    return next((each for each in reversed(before) if each.before.endswith(match["name"])), None)


def _sentence(passage: Passage, start: int) -> Iterator[Mention]:
    """What the sentence mentions that goes on at ``start``."""
    end = passage.text.find("。", start)
    return (each for each in passage.mentions if start <= each.token.start and (end < 0 or each.token.end <= end))


def _is_rated(passage: Passage, whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a rate behind the parts is that of one of them, which need not be all: 30所学校中,达标21所,基本达标7所,达标率70%."""
    rates = [each for each in _sentence(passage, parts[-1].token.end) if each.unit.measure is Measure.RATE]
    return any(quotient_holds(part.quantity, whole.quantity, each.quantity) for part in parts for each in rates[:1])


def _is_part(mention: Mention) -> bool:
    """Whether a quantity is named for itself and is no total."""
    return addable(mention) and len(mention.before) >= _FEWEST and not mention.words & TOTALS
