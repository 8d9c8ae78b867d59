"""说程序规范，同一段分析又说违反了规定。

## 查什么
同一指标的分析中，一句说“审批流程规范”“拨付程序合规”，另一句就同一件事说“违反了上述文件要求”“与规定不符”“未在规定时间内完成”，
两句都没有“总体”“但”“个别”一类的限定。

## 为什么
同一件事既规范又违规，读者不知道以哪一句为准，扣分也没有依据。

## 怎么改
改成“除某事外，程序规范”，或者删去总评。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark, words
from hengji.checks.scores import called
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.scorecard import Scorecard
from hengji.reading.folding import Folded
from hengji.reading.scores.wording import folded

CODE = "f475"
_COMPLIANT = pattern(
    r"(?P<what>审批|审核|审查|申报|评审|公示|拨付|发放|支付|采购|招标|招投标|验收|变更|评定|认定)(?:的)?(?:工作|环节|过程)?(?:流程|程序|手续)?(?:规范|合规|符合(?:相关)?(?:规定|要求))$"
)
_BREACH = pattern(
    r"违反了?(?:上述|该|有关|相关|《|文件|规定)|与(?:上述|该|有关|相关)?(?:文件|规定|办法|要求)[^,。;]{0,6}(?:不符|不一致|相悖)|未(?:能)?(?:按照?|在|依照?|履行)[^,。;]{0,12}(?:规定|要求|程序|时限|期限)|超(?:过|出)了?[^,。;]{0,8}规定[^,。;]{0,6}(?:时限|期限|时间)"
)
_ALIKE = (("审批", "审核", "审查", "评审"), ("拨付", "发放", "支付"), ("采购", "招标", "招投标"), ("评定", "认定"))
"""Words for one thing."""
_HEDGED = pattern(r"总体|整体|基本|大部分|多数|但|不过|个别|除|是否|应|较|另")
_CLAUSE = pattern(r"[^,。;:]+")


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """The first plain praise of a leaf's analysis that a sentence behind it takes back."""
    for leaf in scorecard.leaves():
        told = [folded(reading, wording.spans) for wording in leaf.analyses if _BREACH.search(wording.text)]
        pair = next((pair for text in told if (pair := _at_odds(text)) is not None), None)
        if pair is not None:
            praise, breach = pair
            fault = Fault(
                CODE,
                Severity.WARNING,
                f"{called(leaf)}的分析说“{words(reading, praise)}”，又说“{words(reading, breach)}”",
                "规范的和违规的分开写",
                "删去总评，或写明除某事外规范",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, praise, breach)


def _at_odds(text: Folded) -> tuple[Span, Span] | None:
    """The praise and the clause that breaches, in one analysis, about the same thing."""
    clauses = list(_CLAUSE.finditer(text.text))
    for number, clause in enumerate(clauses):
        praised = _COMPLIANT.search(clause[0])
        if praised is None or _HEDGED.search(clause[0]):
            continue
        behind = clauses[number + 1 :]
        for at, other in enumerate(behind):
            if _BREACH.search(other[0]) and _is_about(praised["what"], behind[max(0, at - 1) : at + 1]):
                return text.span(clause.start() + praised.start(), clause.end()), text.span(*other.span())
    return None


def _is_about(what: str, clauses: list[re.Match[str]]) -> bool:
    """Whether a breach and the clause before it name the thing, and neither is an exception made on purpose."""
    near = "".join(each[0] for each in clauses)
    named = any(word in near for word in next((each for each in _ALIKE if what in each), (what,)))
    return named and _HEDGED.search(near) is None
