"""What advice says is to be put right, and how much of it there is: 附件不全的2笔, where another chapter found 3笔报销附件不全."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hengji.model.claim import Claim, Hedge, Quantity, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.han import HAN
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.tokens import CHANGES
from hengji.reading.statements.verdicts import repeated

_ADVICE = pattern("建议|对策|措施")
_BLAMED = pattern(rf"(?:[对将把给就向]|^)(?P<fault>{HAN}{{2,6}})的(?:这|上述|该)?$")
"""What is said of those that a number counts: 附件不全的2笔, 未签协议的9个村, 多发的2750元."""
_FAULT = pattern("不|未|没|无|漏|缺|错|多[发付领报]|少[发付报]|超|重复|逾|欠|违|误")
_SOME = pattern(rf"{HAN}{{0,6}}\((?:不含|不包括|除|扣除|剔除)")
"""Words behind a number of those that are left: 未完成的19户(不含已取消的23户)."""
_STOP = pattern("[,;。:()、]")
_DIGIT = pattern(r"\d")
_BESIDE = 30
_MORE = 4
"""So many more characters may stand in the words of a fault where it was told first: 未签协议, 未签订管护协议."""


def blamed(reading: Reading, passages: Sequence[Passage], stated: Sequence[Claim]) -> Iterator[Claim]:
    """Numbers of advice that are not those of the fault they name. Time is linear but for the few that name one."""
    met = {each.span for claim in stated if claim.relation is Relation.REPEAT for each in claim.quantities}
    for mention, fault in _named(reading, passages):
        right = _otherwise(passages, mention, fault)
        if right is not None and mention.quantity.span not in met:
            yield repeated(mention.quantity, right, Verdict.CONTRADICTED, Confidence.POSSIBLE)


def _named(reading: Reading, passages: Sequence[Passage]) -> Iterator[tuple[Mention, str]]:
    """The numbers of advice that stand behind the name of a fault."""
    for passage in passages:
        for mention in passage.mentions:
            if not mention.before.endswith("的") or _SOME.match(passage.text, mention.token.end):
                continue
            match = _BLAMED.search(mention.before)
            if match is None or not _FAULT.search(match["fault"]):
                continue
            if any(_ADVICE.search(title.text) for title in reading.above(mention.quantity.span.start)):
                yield mention, match["fault"]


def _otherwise(passages: Sequence[Passage], mention: Mention, fault: str) -> Quantity | None:
    """The one other number that is told with the words of a fault; None where it is told with its own, or with several."""
    words = re.compile(f".{{0,{_MORE}}}?".join(map(re.escape, fault)))
    told: dict[object, Quantity] = {}
    for passage in passages:
        for other in passage.mentions if words.search(passage.text) else ():
            if other is mention or other.quantity.unit != mention.quantity.unit:
                continue
            plain = other.quantity.hedge is Hedge.NONE and not other.words & CHANGES
            if plain and _is_of(words, fault, _beside(passage, other)):
                told[other.quantity.value] = other.quantity
    return next(iter(told.values())) if len(told) == 1 and mention.quantity.value not in told else None


def _is_of(words: re.Pattern[str], fault: str, beside: str) -> bool:
    """Whether the words of a fault stand beside a number (#) and no other number between them: 23个村中9个村未签订协议."""
    match = words.search(beside)
    if match is None or len(match[0].replace("#", "")) > len(fault) + _MORE:
        return False
    at = beside.index("#")
    return not _DIGIT.search(beside, *sorted((at, match.start())))


def _beside(passage: Passage, mention: Mention) -> str:
    """The words around a number up to the next stops, # instead of the number."""
    before = passage.text[max(0, mention.token.start - _BESIDE) : mention.token.start]
    behind = passage.text[mention.token.end : mention.token.end + _BESIDE]
    return f"{_STOP.split(before)[-1]}#{_STOP.split(behind, 1)[0]}"
