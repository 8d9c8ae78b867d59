"""说扣的分与实际少得的分不同。

## 查什么
末级指标的扣分原因、分析中写明扣了多少分的，各处写的扣分（或它们之和）是否等于分值减得分；每出现一处扣几分之类的规则不算。

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
from hengji.model.scorecard import Points, Scorecard, Scored, Where
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
        for said in (_said(reading, spans) for spans in _told(leaf)):
            if listed := _listed(said):
                if total(listed) != lost:
                    yield _finding(reading, leaf, listed, lost)
            elif not _of_several(said, awarded):
                deducted = _deducted(said)
                if deducted and not _may_come_to(lost, deducted):
                    yield _finding(reading, leaf, deducted, lost)


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


def _deducted(said: list[_Said]) -> list[Points]:
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
    return told or [facts[Fact.DEDUCTED] for facts in found if Fact.DEDUCTED in facts and Fact.WEIGHT not in facts]


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
