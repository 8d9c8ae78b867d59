"""How many were found wrong, told twice: 4户应停未停 in the analysis and 6户应停未停 among the problems.

The words behind a number, to the end of their clause, name the fault; what is said before it must not name one of several.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from hengji.model.claim import Claim, Hedge, Measure, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.reading.han import HAN
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.verdicts import repeated

_FAULT = pattern(rf"的?(?P<words>(?={HAN}*(?:未|没有|不|缺|逾期|超|重复|漏|错|少|晚|滞后|延后|闲置)){HAN}{{4,20}})")
_PLAIN = pattern(r"(?:有|发现|涉及|其中|仍有|还有|存在|共|中|抽查|核查|但|个别|一是|二是|三是|四是|五是|仍|\s)*")
_TWICE = 2


def defects(passages: Sequence[Passage]) -> Iterator[Claim]:
    """Counts of one fault that differ between two paragraphs, and agree in no other way. Time is linear in the text."""
    told: dict[tuple[str, str], list[tuple[int, Mention]]] = defaultdict(list)
    for number, passage in enumerate(passages):
        for mention in passage.mentions:
            if mention.quantity.measure is Measure.COUNT and mention.quantity.hedge is Hedge.NONE:
                words = _FAULT.fullmatch(mention.after)
                if words is not None and _PLAIN.fullmatch(mention.before):
                    told[mention.quantity.unit, words["words"]].append((number, mention))
    for group in told.values():
        values = {mention.quantity.value for _, mention in group}
        if len({number for number, _ in group}) == len(group) and len(values) == _TWICE:
            stated = group[-1][1].quantity
            other = next(each.quantity for _, each in group if each.quantity.value != stated.value)
            yield repeated(stated, other, Verdict.CONTRADICTED, Confidence.LIKELY)
