"""A standard times what it is paid for: 每张床位 10000 元, 24 张, 24.00 万元; and means: 人均 300 元, per thousand.

The standard says what it is per (元/人次, 每人每月); the count must be of that. Where several standards or counts are in reach a product
holds if any of them gives it; it is contradicted only where there is one of each and nothing else that could enter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from hengji.model.claim import Claim, Measure, Relation
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.sums import addable
from hengji.reading.statements.tokens import Kind
from hengji.reading.statements.verdicts import Range, Statement, exactly, range_of, shown

_PER = re.compile(
    r"每(?:个|一|千|百|万)?(人次|人|名|位|户|家|处|张|床|公里|亩|平方米|辆|台|套|件|间|所|座|村|站|吨|场|次|株|头|月|年|天|日|学期)"
)
_KINDS: Mapping[str, str] = {"名": "人", "位": "人", "床": "张", "公里": "米", "吨": "千克", "天": "日"}
_TIMES = frozenset({"月", "年", "日", "次", "学期", "季度"})
_OTHER_FACTOR = re.compile(
    r"比例|倍|折|%|系数|分担|负担|减半|差额|不足|封顶|最高|上限|以内|首次|一次性|预拨|清算|已发|配套"
)
_MOST = 12
_THOUSAND = re.compile(r"每(千|万|百)(?:名|位|人|户)")
_SIZES: Mapping[str, int] = {"百": 100, "千": 1000, "万": 10_000}
_MEANS: Mapping[str, str] = {
    "户均": "户",
    "亩均": "亩",
    "床均": "张",
    "校均": "所",
    "村均": "个",
    "月均": "月",
    "日均": "日",
    "年均": "年",
    "次均": "次",
}


def products(passage: Passage) -> Iterator[Claim]:
    """Every amount that a standard and a count before it give or ought to give, and every mean."""
    for number, mention in enumerate(passage.mentions):
        near = passage.mentions[max(0, number - _MOST) : number]
        if mention.unit.measure is Measure.MONEY and addable(mention):
            statement = _product(passage, mention, near)
        elif Kind.MEAN in mention.words or _THOUSAND.search(mention.before):
            statement = _mean(mention, near)
        else:
            continue
        if statement is not None:
            yield statement.claim(passage)


def _per(standard: Mention) -> tuple[str, ...]:
    """What a standard is per, by kinds of unit: 每人每月 is per 人 and per 月."""
    if standard.unit.per:
        return tuple(standard.unit.per.split("/"))
    return tuple(_KINDS.get(each, each) for each in _PER.findall(standard.before))


def _is_standard(mention: Mention) -> bool:
    return mention.unit.measure is Measure.MONEY and (bool(mention.unit.per) or Kind.PER in mention.words)


def _counts(per: Sequence[str], near: Sequence[Mention]) -> list[list[Mention]]:
    """For each thing a standard is per, the quantities that count it; 人次 counts 每人每次 together."""
    if "人" in per and "次" in per:
        together = [each for each in near if each.unit.kind == "人次"]
        if together:
            return [together, *(_of(kind, near) for kind in per if kind not in {"人", "次"})]
    return [_of(kind, near) for kind in per]


def _of(kind: str, near: Sequence[Mention]) -> list[Mention]:
    return [each for each in near if each.unit.kind == kind and not each.unit.per]


def _product(passage: Passage, amount: Mention, near: Sequence[Mention]) -> Statement | None:
    standards = [each for each in near if _is_standard(each)]
    ways = [way for standard in reversed(standards) for way in _ways(standard, near)]
    held = next((way for way in ways if _result(way).holds(amount.quantity)), None)
    if held:
        return _statement(amount, held)
    here = [way for way in ways if all(each.sentence == amount.sentence for each in way)]
    if len(here) != 1 or len(standards) != 1 or len(here[0]) != 1 + len(_counts(_per(standards[0]), near)):
        return None
    way = here[0]
    between = passage.text[min(each.token.start for each in way) : amount.token.start]
    kinds = {*_TIMES, *(each.unit.kind for each in way), "元"}
    if any(each.unit.kind == "人次" for each in way):
        kinds.discard("次")
    others = [each for each in near if each.sentence == amount.sentence and each not in way and each.unit.kind in kinds]
    if others or _OTHER_FACTOR.search(between) or amount.clause - max(each.clause for each in way) > 1:
        return None
    return _statement(amount, way)


def _ways(standard: Mention, near: Sequence[Mention]) -> Iterator[tuple[Mention, ...]]:
    """A standard with one count for each thing it is per; a time that is not told (每月) is left out."""
    per = _per(standard)
    lists = [each for each, kind in zip(_counts(per, near), per, strict=False) if each or kind not in _TIMES]
    if lists and all(lists):
        yield from ((standard, *each) for each in product(*lists))


def _result(way: Sequence[Mention]) -> Range:
    """Standards are set exactly; counts are what they could be."""
    standard, *counts = way
    result = exactly(standard.quantity.value)
    for count in counts:
        result = result * range_of(count.quantity)
    return result


def _statement(amount: Mention, way: Sequence[Mention]) -> Statement:
    standard, *counts = way
    written = " × ".join([shown(standard.quantity), *(shown(each.quantity) for each in counts)])
    return Statement(Relation.PRODUCT, amount, (standard, *counts), _result(way), written)


def _mean(mean: Mention, near: Sequence[Mention]) -> Statement | None:
    """A mean of an amount before it and a count before it: 人均 300 元, 每千名老年人拥有床位 41.2 张."""
    size = next((_SIZES[each] for each in _THOUSAND.findall(mean.before)), 1)
    amounts = [each for each in near if each.unit.kind == mean.unit.kind and addable(each)]
    kind = next((kind for word, kind in _MEANS.items() if word in mean.before), "人")
    counts = [each for each in near if each.unit.kind == kind and addable(each)]
    pairs = [(amount, count) for amount in reversed(amounts) for count in reversed(counts) if amount is not count]
    held = next((pair for pair in pairs if _quotient(*pair, size, mean)), None)
    if held:
        return _averaged(mean, *held, size)
    here = [pair for pair in pairs if all(each.sentence == mean.sentence for each in pair)]
    return _averaged(mean, *here[0], size) if len(here) == len(pairs) == 1 else None


def _quotient(amount: Mention, count: Mention, size: int, mean: Mention) -> bool:
    quotient = range_of(amount.quantity).over_by(range_of(count.quantity))
    return quotient is not None and (quotient * exactly(size)).holds(mean.quantity)


def _averaged(mean: Mention, amount: Mention, count: Mention, size: int) -> Statement | None:
    quotient = range_of(amount.quantity).over_by(range_of(count.quantity))
    if quotient is None:
        return None
    written = f"{shown(amount.quantity)} ÷ {shown(count.quantity)}" + (f" × {size}" if size > 1 else "")
    return Statement(Relation.AVERAGE, mean, (amount, count), quotient * exactly(size), written)
