"""说扣的分与实际少得的分不同。

## 查什么
末级指标的扣分原因、分析中写明扣了多少分的，各处写的扣分（或它们之和）是否等于分值减得分；“合计扣几分”是否等于前面各处之和，“3项……，扣2分”是否等于项数乘标准的每项扣分；每出现一处扣几分之类的规则不算。

## 为什么
少得的分没有说清，或说了没有扣，得分就不能复核。

## 怎么改
核对扣分和得分，写明每一处扣多少。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called, disclosed, less, total
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.scorecard import Points, Record, Scorecard, Scored, Where
from hengji.reading.folding import Folded
from hengji.reading.scores.sentences import Fact, statements
from hengji.reading.scores.wording import folded
from hengji.scoring.operands import points

CODE = "s285"
_MOST = 6
_EACH = pattern(
    r"(?P<count>\d+)个?(?P<of>[家处个项份次座所名人台户村月条件])(?:(?!\d+个?(?P=of))[^。;]){0,40}?(?:每个?(?P=of)|各)扣(?P<each>\d+(?:\.\d+)?)分"
)
_TAKEN = pattern(r"扣\d")
_FOR_EACH = pattern(r"每[^,;。]{1,12}扣\d")
_OTHERWISE = pattern(r"[各均]扣\d|每[^,;。]{1,12}扣[\d.]+分,?(?:共|合|小)?计?(?:扣减?)?\d")
"""Deductions for several things, which are not the number printed: 2处各扣0.4分; 3个项目延期,每个扣0.3分,计0.9分."""
_COMPUTED = pattern(r"得分=\d+(?:\.\d+)?分?[×*]\d")
_MARK = pattern(r"[一二三四五六七八]是")
_ITEM = pattern(rf"{_MARK.pattern}(?:(?!{_MARK.pattern}|扣\d)[^。])*扣(?P<points>\d+(?:\.\d+)?)分")
_FEWEST = 2
_WHOLE = pattern(r"(?:合计|共计?|累计|总共|该(?:项|指标|项指标)|本(?:项|指标))扣(?:减|除)?\d")
"""What is taken off in all."""
_LONGEST_WHOLE = 5
_BRACKETED = pattern(r"^[^()]{2,24}\([^()]{0,6}\d+(?:\.\d+)?分,得\d+(?:\.\d+)?分\):")
_OFF = pattern(r"扣(?:减|除)?(?P<points>\d+(?:\.\d+)?)分")
_ONLY_ITEMS = pattern(r"(?:[^,;。扣][^;。扣]{2,41}扣(?:减|除)?\d+(?:\.\d+)?分[,;。]?)+")
"""Reasons, each with what is taken off for it."""
_MORE = pattern(r"其中|每|[各均]扣|共|合计|累计|再扣|最多|得\d|应扣|酌情|原")
_COUNTED = pattern(
    r"(?P<count>\d{1,2})(?P<of>[项个处次批家份条件户名])(?P<what>[^,;。扣\d]{2,16}),?(?:共|合计)?扣(?:减|除)?\d+(?:\.\d+)?分。?"
)
_FOR_ONE = pattern(
    r"每(?:有|发现|出现|缺少?|少)?[一1]?[项个处次批家份条件户名](?P<what>[^,;。扣\d]{1,16}),?扣(?:减|除)?(?P<points>\d+(?:\.\d+)?)分"
)
_Said = tuple[Folded, list[dict[Fact, Points]]]
"""A text and the facts of each of its statements."""


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Places that tell deductions of which none, and no sum of some, is what was lost."""
    for leaf in scorecard.leaves():
        awarded, weight = leaf.awarded, leaf.weight
        if awarded is None or weight is None or awarded.value > weight.value or disclosed(leaf):
            continue
        lost = weight.value - awarded.value
        named = _named(leaf)
        if named and not _may_come_to(lost, named):
            yield _finding(reading, leaf, named, lost)
        for record in leaf.records:
            if record.reason is not None:
                yield from _in_cell(reading, leaf, record, lost)
        known = frozenset(record.deducted.span for record in leaf.records if record.deducted)
        for said in (_said(reading, spans) for spans in _told(leaf)):
            wrong = _wrong(said, awarded, lost, known)
            if wrong:
                yield _finding(reading, leaf, wrong, lost)


def _wrong(said: list[_Said], awarded: Points, lost: Decimal, known: frozenset[Span]) -> list[Points]:
    """The deductions of a text that are not what was lost; none where they may be."""
    if parts := _not_summed(said, lost):
        return parts
    if listed := _listed(said):
        return listed if total(listed) != lost else []
    deducted = [] if _of_several(said, awarded) else _deducted(said, known)
    return deducted if deducted and not _may_come_to(lost, deducted) else []


def _finding(reading: Reading, leaf: Scored, deducted: list[Points], lost: Decimal) -> Finding:
    awarded, weight = leaf.awarded, leaf.weight
    assert awarded is not None
    assert weight is not None
    told = "、".join(f"{points(each.value)}分" for each in deducted)
    made = f"少得{points(lost)}分" if lost else "得满分"
    found = f"{called(leaf)}{made}，说明中却写扣{told}"
    right = f"扣{points(lost)}分" if lost else "不扣分"
    fault = Fault(CODE, Severity.WARNING, found, right, "核对扣分和得分", less(weight, awarded), Confidence.LIKELY)
    return remark(reading, fault, *(each.span for each in deducted), awarded.span, weight.span)


def _named(leaf: Scored) -> list[Points]:
    """What sentences elsewhere take off by the name of the indicator, and say no more: “…，制度执行有效性扣1.5分”."""
    told = (record for record in leaf.of(Where.CONCLUSION) if not (record.awarded or record.weight))
    return [record.deducted for record in told if record.deducted]


def _told(leaf: Scored) -> Iterator[tuple[Span, ...]]:
    for record in leaf.records:
        for wording in (record.reason, record.analysis):
            if wording is not None and ("扣" in wording.text or "减" in wording.text):
                yield wording.spans


def _said(reading: Reading, spans: tuple[Span, ...]) -> list[_Said]:
    texts = (folded(reading, [span]) for span in spans)
    return [(text, [statement.facts for statement in statements(text)]) for text in texts]


def _not_summed(said: list[_Said], lost: Decimal) -> list[Points]:
    """The deductions of a text that do not come to what it says they are together: …,扣1分;…,扣1分,合计扣3分; one of the two is what was lost."""
    for text, _ in said:
        taken = [
            Points(text.span(*match.span("points")), Decimal(match["points"])) for match in _OFF.finditer(text.text)
        ]
        wholes = list(_WHOLE.finditer(text.text))
        if len(wholes) != 1 or len(taken) <= _FEWEST or len(taken) != len(_TAKEN.findall(text.text)):
            continue
        *parts, whole = taken
        last = wholes[0].start() >= text.text.rindex("扣") - _LONGEST_WHOLE
        if not last or _FOR_EACH.search(text.text) or _OTHERWISE.search(text.text):
            continue
        if whole.value != total(parts) and lost in {whole.value, total(parts)}:
            return [whole, *parts]
    return []


def _in_cell(reading: Reading, leaf: Scored, record: Record, lost: Decimal) -> Iterator[Finding]:
    """The reasons of a cell, each with what is taken off for it, that do not come to what was lost; a number of faults that the standard
    takes more for."""
    assert record.reason is not None
    texts = [folded(reading, [span]) for span in record.reason.spans]
    if len(texts) != 1:
        return
    text = texts[0]
    taken = [Points(text.span(*match.span("points")), Decimal(match["points"])) for match in _OFF.finditer(text.text)]
    values = [each.value for each in taken]
    if len(taken) >= _FEWEST and _ONLY_ITEMS.fullmatch(text.text) and not _MORE.search(text.text):
        is_whole = any(value == lost == sum(values) - value for value in values)
        if sum(values) != lost and not is_whole and lost in values:
            yield _finding(reading, leaf, taken, lost)
    match = _COUNTED.fullmatch(text.text)
    each = list(_FOR_ONE.finditer(record.standard.wording.text)) if match and record.standard else []
    if match and len(each) == 1 and len(taken) == 1 and leaf.weight is not None:
        right = min(Decimal(match["count"]) * Decimal(each[0]["points"]), leaf.weight.value)
        alike = {match["what"][at : at + 2] for at in range(len(match["what"]) - 1)}
        if right != taken[0].value and any(pair in each[0]["what"] for pair in alike):
            found = f"{called(leaf)}写{match['count']}{match['of']}{match['what']}，按标准每{match['of']}扣{each[0]['points']}分应扣{points(right)}分，却写扣{points(taken[0].value)}分"
            sums = f"{match['count']}{match['of']} × {each[0]['points']}分 = {points(right)}分"
            fault = Fault(
                CODE, Severity.WARNING, found, f"扣{points(right)}分", "核对个数和扣分", sums, Confidence.LIKELY
            )
            spans = record.standard.wording.spans if record.standard else ()
            yield remark(reading, fault, text.span(0, len(text.text)), *spans)


def _of_several(said: list[_Said], awarded: Points) -> bool:
    """Whether a text tells other scores too, so that it is of several indicators and need not tell what each lost."""
    told = [each[Fact.AWARDED] for _, facts in said for each in facts if Fact.AWARDED in each]
    return any(each.value != awarded.value for each in told)


def _listed(said: list[_Said]) -> list[Points]:
    """The deductions of a list that has one in each item: 一是…，扣1分；二是…，扣0.5分; nothing where an item has none or the list is not all."""
    if sum(any(each.keys() == {Fact.DEDUCTED} for each in facts) for _, facts in said) > 1:
        return []
    for text, _ in said:
        items = list(_ITEM.finditer(text.text))
        if len(items) >= _FEWEST and len(items) == len(_MARK.findall(text.text)) == len(
            _TAKEN.findall(text.text, items[0].start())
        ):
            return [Points(text.span(*each.span("points")), Decimal(each["points"])) for each in items]
    return []


def _deducted(said: list[_Said], known: frozenset[Span]) -> list[Points]:
    """The deductions of a text that does not say how they come to the score itself, nor takes them off what a formula gives, nor goes on behind a semicolon."""
    texts = [text for text, _ in said]
    if any(_COMPUTED.search(text.text) or "再扣" in text.text or text.text.endswith(";") for text in texts):
        return []
    found = [each for _, facts in said for each in facts]
    told = [each for text in texts for each in _for_each(text)]
    if not told and any(_OTHERWISE.search(text.text) for text in texts):
        return []
    read = sum(Fact.DEDUCTED in facts for facts in found)
    if not told and read < sum(len(_TAKEN.findall(_FOR_EACH.sub("", text.text))) for text in texts):
        return []
    return told or [
        facts[Fact.DEDUCTED]
        for facts in found
        if Fact.DEDUCTED in facts and (Fact.WEIGHT not in facts or _is_apart(facts, texts, known))
    ]


def _is_apart(facts: dict[Fact, Points], texts: list[Folded], known: frozenset[Span]) -> bool:
    """Whether what is taken off is told behind a name with weight and score in brackets, and read of no record: “立项（6分，得4分）：…，扣2分”."""
    return facts[Fact.DEDUCTED].span not in known and any(_BRACKETED.search(text.text) for text in texts)


def _for_each(text: Folded) -> Iterator[Points]:
    """Deductions for each of several, together: “2家企业人员不足，每家扣1分”; nothing where what was taken off is told besides."""
    found = list(_EACH.finditer(text.text))
    if len(found) == 1 and len(_TAKEN.findall(text.text)) == 1:
        match = found[0]
        yield Points(text.span(*match.span("each")), Decimal(match["count"]) * Decimal(match["each"]))


def _may_come_to(lost: Decimal, deducted: list[Points]) -> bool:
    """Whether some deductions, perhaps all, are together what was lost; of many it is not asked."""
    if len(deducted) > _MOST:
        return True
    values = [each.value for each in deducted]
    return any(sum(some) == lost for size in range(1, len(values) + 1) for some in combinations(values, size))
