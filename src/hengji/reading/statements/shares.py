"""Rates by themselves: shares that make up the whole, rates of a part that cannot be more than all, forms that come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby, pairwise
from math import ceil

from hengji.model.claim import Claim, Measure, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.reading.statements.mentions import Mention, Passage, heads_row
from hengji.reading.statements.parts import addable
from hengji.reading.statements.tokens import TOTALS, Kind
from hengji.reading.statements.verdicts import (
    Statement,
    added,
    as_printed,
    at_most,
    exactly,
    range_of,
    rated,
    shown,
    total,
    whole_span,
    written_otherwise,
)

_CHANGE = frozenset({Kind.RISE, Kind.FALL, Kind.VERSUS})
_FEWEST, _SEVERAL, _MOST = 3, 2, 40
_REACH = 80
"""So many words and quantities before its parts, the whole of shares may stand."""
_NEXT = 3
"""Shares stand side by side where there is a stop and 占 between them at most."""

_MEANT = (Fraction(9, 10), Fraction(8, 5))
"""What shares come to, at least and at most, that are meant to make up the whole; fewer may be some of them."""

_PLAIN = pattern("占比?(?:总额|总数|总量|总支出|支出总额|支出|收入|全部)?的?(?:为|达|到|约|了)?")
"""A share that names no whole of its own."""

_NEVER_MORE = pattern("(?:满意|合格|达标|有效|回收|优良|及格|正确|成活|治愈)(?:率|度)(?!.*(?:率|度))")
_HARDLY_MORE = pattern("(?<!毛)(?:知晓|覆盖|普及|入学|参保|入住|通过|就业|签约|认可|好评|及时)(?:率|度)(?!.*(?:率|度))")
_OF_A_PLAN = pattern("计划|任务|目标|预算|指标|上年|去年|概算")
_TESTED = pattern("(?:抽|送|复|质|检)[检查测样][^率]*$")
_PASSED = pattern("(?:其中|全部|检测|检验|检查)*(?:合格|达标)(?:的|数|有|为)*")
_FORMS = ("份", "张", "人", "人次")
_OF_NAMED = pattern(r"[^,;。()]{0,12},?(?:仅|约)?占[^,;。()]{2,16}\(")
_SHARE_ALONE = pattern("(?:占比?)?[为约]?")
_HALF = Fraction(1, 2)
_IN_EACH = pattern("(?:各|分别)(?:自|单独)?(?:发放|发出|收回|回收)")


def of_bracketed(passage: Passage) -> Iterator[Claim]:
    """Shares of a whole that is named, its number in a bracket: 入户360户,占享受人数(8,342人)的4.32%.

    A part that is counted in another unit (户 of 人) is held against it only where one digit would do.
    """
    for number, rate in enumerate(passage.mentions):
        if rate.unit.measure is not Measure.RATE or rate.before != "的" or number < _SEVERAL:
            continue
        part, whole = passage.mentions[number - 2 : number]
        behind = passage.text[whole.token.end : rate.token.start] == ")的" and part.depth == rate.depth
        if behind and _OF_NAMED.fullmatch(passage.text, part.token.end, whole.token.start) and addable(part):
            share = rated(rate, part, whole, Relation.SHARE)
            alike = part.like(whole) or share is None or written_otherwise(rate.quantity, share.computed)
            if share is not None and (alike or share.computed.holds(rate.quantity)):
                yield share.claim(passage)


def compositions(passage: Passage) -> Iterator[Claim]:
    """Lists of shares, three or more, that look complete."""
    for first, last in passage.sentences:
        shares: list[Mention] = []
        for mention in passage.between(first, last):
            rate = mention.unit.measure is Measure.RATE and not mention.words & (_CHANGE | {Kind.RATE})
            if rate and (Kind.SHARE in mention.words or (shares and Kind.SHARE in shares[0].words)):
                shares.append(mention)
        if len(shares) >= _FEWEST and len({share.depth for share in shares}) == 1 and _of_one(passage, shares):
            yield from _composed(passage, shares)
            yield from _odd_one(passage, shares)


def _of_one(passage: Passage, shares: Sequence[Mention]) -> bool:
    """Whether shares are of one kind of things: not of firms, then of money (12家企业占20%,补贴80万元占35%)."""
    return len({_counted(passage, share) for share in shares} - {""}) <= 1


def _counted(passage: Passage, share: Mention) -> str:
    """The unit of what is counted right before a share; nothing where the share stands alone."""
    before = passage.tokens[max(0, share.at - _FEWEST) : share.at]
    last = next((each.quantity for each in reversed(before) if each.quantity is not None), None)
    return "" if last is None or last.measure is Measure.RATE else last.unit


def _composed(passage: Passage, shares: Sequence[Mention]) -> Iterator[Claim]:
    """All of them make up the whole; a sum that is far from it is of shares of several wholes."""
    together = total(share.quantity for share in shares)
    held = together.low <= 1 <= together.high
    alone = all(after.at - before.at <= _NEXT for before, after in pairwise(shares))
    least, most = _MEANT
    if not held and not least <= together.value <= (most if alone else 2 - least):
        return
    *_, stated = shares
    rest = total(share.quantity for share in shares[:-1])
    written = added(share.quantity for share in shares)
    yield Claim(
        Relation.COMPOSITION,
        whole_span(passage, shares[0].at, stated.at),
        (stated.quantity, *(share.quantity for share in shares[:-1])),
        Verdict.HELD if held else Verdict.CONTRADICTED,
        f"{written} = {as_printed(together.value, stated.quantity)}",
        "" if held else f"各项占比之和为100%，其余各项相加是{as_printed(rest.value, stated.quantity)}",
        "",
        Confidence.LIKELY,
    )


def _odd_one(passage: Passage, shares: Sequence[Mention]) -> Iterator[Claim]:
    """The one share that is not of the whole that all others are of with the counts before them: 84人,占42.0%;75人,占39.5%;…."""
    counts = [next(iter(passage.between(max(0, share.at - _NEXT), share.at)), None) for share in shares]
    pairs = [
        (count, share)
        for count, share in zip(counts, shares, strict=True)
        if count is not None and count.unit.measure is Measure.COUNT and share.quantity.low > 0
    ]
    if _FEWEST < len(pairs) <= _MOST and len(pairs) == len(shares):
        yield from odd_pair(passage, pairs)


def in_brackets(passage: Passage) -> Iterator[Claim]:
    """Amounts of one whole, four or more, each with its share in a bracket: 很满意168人(43.08%),满意186人(47.69%),…."""
    pairs = [
        (part, share)
        for part, share in pairwise(passage.mentions)
        if share.unit.measure is Measure.RATE and share.depth == part.depth + 1 and share.quantity.low > 0
        if _SHARE_ALONE.fullmatch(share.before) and passage.text[share.token.end : share.token.end + 1] == ")"
    ]
    for _, together in groupby(pairs, lambda pair: pair[0].sentence):
        listed = list(together)
        least, most = 1 - _HALF, _MEANT[1]
        alike = all(addable(part) and part.like(listed[0][0]) for part, _ in listed)
        if alike and _FEWEST < len(listed) <= _MOST and least <= sum(each.quantity.value for _, each in listed) <= most:
            yield from odd_pair(passage, listed)


def odd_pair(passage: Passage, pairs: Sequence[tuple[Mention, Mention]]) -> Iterator[Claim]:
    """The amount and share that are not of the whole that all others agree on; what is counted one by one is so in all."""
    whole_number = all(part.unit.whole for part, _ in pairs)
    wholes = [
        (count.quantity.low / share.quantity.high, count.quantity.high / share.quantity.low) for count, share in pairs
    ]
    for number, (count, share) in enumerate(pairs):
        others = wholes[:number] + wholes[number + 1 :]
        low, high = max(least for least, _ in others), min(most for _, most in others)
        low = Fraction(ceil(low)) if whole_number else low
        if low <= high and not (wholes[number][0] <= high and low <= wholes[number][1]):
            whole = low if whole_number else (low + high) / 2
            found = range_of(count.quantity).over_by(exactly(whole))
            written = f"{shown(count.quantity)} ÷ {as_printed(whole, count.quantity)}"
            if found is not None:
                yield Statement(Relation.SHARE, share, (count,), found, written, confidence=Confidence.LIKELY).claim(
                    passage
                )


def divided(passage: Passage) -> Iterator[Claim]:
    """Shares of amounts that make up one told before, each share right behind its amount: 全年支出50万元。基本支出20万元,占40%;项目支出30万元,占60%."""
    for first, last in passage.sentences:
        pairs = [
            (part, share)
            for part, share in pairwise(passage.between(first, last))
            if share.unit.measure is Measure.RATE and _PLAIN.fullmatch(share.before) and share.clause - part.clause <= 1
        ]
        parts = [part for part, _ in pairs]
        if len(parts) < _SEVERAL or not all(addable(part) and part.like(parts[0]) for part in parts):
            continue
        every = total(part.quantity for part in parts)
        near = passage.between(max(0, parts[0].at - _REACH), parts[0].at)
        before = [each for each in near if each.like(parts[0]) and addable(each)]
        whole = next((each for each in reversed(before) if every.value == each.quantity.value), None)
        if whole is not None and whole.quantity.low > 0:
            statements = (rated(share, part, whole, Relation.SHARE) for part, share in pairs)
            wrong = [each for each in statements if each and not each.computed.holds(each.stated.quantity)]
            if len(wrong) < len(pairs):
                yield from (each.claim(passage) for each in wrong)


def bounds(passage: Passage) -> Iterator[Claim]:
    """Rates of a part, and forms sent out, returned and valid: none is more than what it is a part of."""
    for mention in passage.mentions:
        over = mention.unit.measure is Measure.RATE and not mention.words & _CHANGE and mention.quantity.low > 1
        sure = bool(_NEVER_MORE.search(mention.before))
        share = Kind.SHARE in mention.words and not _OF_A_PLAN.search(mention.before)
        if over and (sure or share or _HARDLY_MORE.search(mention.before)):
            span = passage.span(mention.token.start, mention.token.end)
            sum_ = f"{shown(mention.quantity)} > 100%"
            confidence = Confidence.CERTAIN if sure else Confidence.LIKELY
            found = Verdict.CONTRADICTED
            yield Claim(
                Relation.BOUND, span, (mention.quantity,), found, sum_, "不超过100%", mention.before, confidence
            )
    yield from _forms(passage)
    yield from _passed(passage)


def _passed(passage: Passage) -> Iterator[Claim]:
    """What was found to be good, right behind how many were looked at: 抽检食品 426 批次,合格 420 批次."""
    for whole, part in pairwise(passage.mentions):
        near = part.sentence == whole.sentence and part.clause - whole.clause == 1 and part.like(whole)
        if (
            near
            and _TESTED.search(whole.before)
            and _PASSED.fullmatch(part.before)
            and addable(whole)
            and addable(part)
        ):
            yield at_most(passage, part, whole)


def _forms(passage: Passage) -> Iterator[Claim]:
    """发放 200 份, 回收 190 份, 有效 180 份; of forms handed out in each of several places (各发放 20 份) only the total is one to compare with."""
    last: dict[str, Mention] = {}
    listed = ""
    times: Counter[str] = Counter()
    for mention in passage.mentions:
        if mention.unit.kind not in _FORMS or not addable(mention) or "率" in mention.before:
            continue
        for words, above in (
            ("有效", ("收回", "回收", "发放")),
            ("收回", ("发放", "发出")),
            ("回收", ("发放", "发出")),
        ):
            whole = next((last[word] for word in above if word in last), None)
            several = mention.words & TOTALS and times[words] > 1
            if (
                words in mention.before
                and whole is not None
                and whole.like(mention)
                and mention.sentence - whole.sentence <= 1
                and not several
            ):
                yield at_most(passage, mention, whole)
                break
        told = (word for word in ("有效", "收回", "回收", "发放", "发出") if word in mention.before)
        word = next((word for word in told if word != "发放" or "问卷" in passage.text), "")
        times[word] += 1
        if listed and mention.words & TOTALS and word in {"", listed}:
            last[listed], listed = mention, ""
        elif word and (_IN_EACH.search(mention.before) or heads_row(passage.tokens, mention)):
            last.pop(listed := word, None)
        elif word:
            last[word] = mention
