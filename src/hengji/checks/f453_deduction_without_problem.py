"""扣了分而“存在的问题”没有说到。

## 查什么
每个扣分（不止分值的一成）的末级指标，“存在的问题”中是否有说到同一件事的一条（比较指标名称、扣分原因、分析文字与问题的用词）。
没有说到的超过三个，合为一条。

## 为什么
扣分说明有问题；问题一章不写，被评价单位不知道为什么扣分，也没有建议可改。

## 怎么改
在“存在的问题”中补写；不构成问题的，说明扣分的理由。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import Loss, losses_told, lost, tellers, told_of
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.record import record
from hengji.model.scorecard import Scorecard, Scored
from hengji.reading.items import Item, items, numbers, pairs
from hengji.reading.manuscript import Manuscript, Role
from hengji.scoring.operands import points

CODE = "f453"
_ENOUGH = 4
_MOST = 3
"""So many are told one by one."""

_SHARE = 0.5
_FEW = 6
"""A reason of so few pairs of characters that any one of them tells it."""
_THIRD = 1 / 3
_SAID_OF_IT = pattern(
    "完好|完整|长效|后期|日常|持续|有效|健全|科学|合理|明确|合规|准确|达标|合格|优良|完成|覆盖|增长|可行|可|效益|影响|作用|数量|质量|时效|成本|指标|程度|[率性度数]$"
)
"""What an indicator says of its thing (设施完好率, 长效管护机制): a problem tells of the thing in other words (设施损坏, 后期管护)."""
_NO_REASON = pattern("其中|指标")
_LITTLE = Decimal("0.1")
"""A part of the weight so small that it need not be a problem: what a rate of 93% costs."""
_IN_HEADING = 3
"""So many pairs of characters of a reason in one heading are four characters in a row, or several words: 数据共享."""
_SAME = (
    (
        pattern(r"(?:完成|完工|开工|竣工|建设|实施|推进|进度)(?:及时|时效)|按[时期](?:完成|完工|竣工)"),
        pattern(
            r"(?:工程|建设|项目|施工|实施|推进|工期)(?:进度|进展)?(?:[较偏略]?(?:滞后|迟缓|缓慢|慢)|延期|推迟|拖延|延误|逾期|超期)"
        ),
    ),
    (pattern("知晓[率度]"), pattern("宣传|不(?:太)?了解|了解不")),
)
"""Indicators (完成及时率, 知晓度), and what the heading of a problem calls it when they are low (工程进度滞后, 宣传不足)."""
_SATISFIED = "满意"
"""What nobody did wrong: it is low because of other problems."""


@record
class _Told:
    """问题所说: the pairs of characters and the numbers of all problems, and the pairs of each heading."""

    words: frozenset[str]
    numbers: frozenset[str]
    headings: tuple[frozenset[str], ...]


def find(reading: Reading, manuscript: Manuscript, scorecard: Scorecard) -> Iterator[Finding]:
    """Indicators that lost points for something no problem tells of; many of them in one finding."""
    problems = items(manuscript, Role.PROBLEMS)
    untold = [(leaf.name, loss) for leaf, loss in _untold(reading, problems, scorecard)] if problems else []
    for each in [untold] if len(untold) > _MOST else [[one] for one in untold]:
        names = "、".join(f"“{name}”扣{points(loss.value)}分" for name, loss in each)
        many = f"有{len(each)}个指标扣了分，存在的问题中没有说到：{names}"
        found = many if len(each) > 1 else f"指标{names}，存在的问题中没有说到"
        fault = Fault(CODE, Severity.WARNING, found, "扣分的事都写入问题", "补写问题，或说明扣分理由")
        yield remark(reading, fault, *(loss.awarded.span for _, loss in each))


def _untold(reading: Reading, problems: Sequence[Item], scorecard: Scorecard) -> Iterator[tuple[Scored, Loss]]:
    told = _Told(
        frozenset(pair for problem in problems for pair in problem.words),
        frozenset(number for problem in problems for number in problem.numbers),
        tuple(problem.named for problem in problems),
    )
    above = tellers(scorecard)
    often = Counter(pair for node in scorecard.walk() for pair in frozenset(pairs(node.name)))
    names = often.keys()
    for leaf in scorecard.leaves():
        loss = lost(leaf)
        if loss is None or leaf.level == 1 or loss.value <= loss.weight.value * _LITTLE or _SATISFIED in leaf.name:
            continue
        why = "\n".join([told_of(leaf, above.get(id(leaf))), *losses_told(reading, leaf)])
        words = frozenset(pairs(_NO_REASON.sub(" ", why)))
        if not (_thing(leaf) or words - names) or numbers(why) & told.numbers or _is_told(leaf, words, told):
            continue
        if any(often[pair] == 1 for heading in told.headings for pair in _thing(leaf) & heading):
            continue
        if any(of.search(leaf.name) and any(low.search(each.name) for each in problems) for of, low in _SAME):
            continue
        yield leaf, loss


def _thing(leaf: Scored) -> frozenset[str]:
    return frozenset(pairs(_SAID_OF_IT.sub(" ", leaf.name)))


def _is_told(leaf: Scored, words: frozenset[str], told: _Told) -> bool:
    """Whether problems share enough words with the reasons of an indicator, or with its name; so they do where it has no words."""
    name = frozenset(pairs(leaf.name))
    reason = words - name
    return (
        any(len(reason & heading) >= _IN_HEADING for heading in told.headings)
        or len(words & told.words) >= min(_ENOUGH, len(words) * _THIRD)
        or (len(reason) <= _FEW and not reason.isdisjoint(told.words))
        or any(each and len(each & told.words) >= len(each) * _SHARE for each in (name, _thing(leaf)))
        or any(len(name & heading) >= len(name) * _THIRD for heading in told.headings if name)
    )
