"""取消资格的理由不在所列条件之中。

## 查什么
报告列出了补助的条件，又写某人、某户因年龄、户籍、学历、面积一类的原因“不符合条件”，而所列条件和全文其他地方都没有说到这一项。

## 为什么
条件没有写明，就不能据此说评估不准、对象不符；或者条件写漏了，读者无从核对。

## 怎么改
补写这项条件和出处，或说明依据的文件。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.manuscript import Manuscript, Passage

CODE = "f479"
_EXCLUDED = pattern(r"不(?:符合|满足|具备)[^,。;]{0,8}条件")
_WHY = pattern(r"[^,。;]{2,30},?而?$")
_REACH = 32
_LISTED = pattern(r"(?:须|需|应|要)?(?:同时)?(?:满足|具备|符合)(?:以下|下列)(?:各项|全部)?条件")
_KINDS = (
    ("年龄", pattern(r"年龄|\d周?岁")),
    ("户籍", pattern(r"户籍|户口|常住")),
    ("学历", pattern(r"学历|文凭")),
    ("面积", pattern(r"面积|亩|平方米")),
    ("收入", pattern(r"收入|低保|贫困")),
    ("星级", pattern(r"星级|等级")),
)


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The first exclusion for each kind of reason that nothing but exclusions tells of, with the conditions that are listed."""
    excluded = [
        (passage, why, match.end())
        for passage in manuscript.holding("不符合", "不满足", "不具备")
        for match in _EXCLUDED.finditer(passage.text)
        if (why := _WHY.search(passage.text, max(0, match.start() - _REACH), match.start()))
    ]
    listed = [
        (passage, match)
        for passage in (manuscript.holding("下列", "以下") if excluded else ())
        for match in _LISTED.finditer(passage.text)
    ]
    if not listed:
        return
    for name, kind in _KINDS:
        those = [each for each in excluded if kind.search(each[1][0])]
        if those and not _told(manuscript, kind):
            part = those[0][0].part
            where, rule = max((each for each in listed if each[0].part <= part), default=listed[0], key=_part)
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"因{name}不符合条件，所列条件中没有{name}一项",
                "按写明的条件认定",
                "补写这项条件和出处",
                confidence=Confidence.LIKELY,
            )
            spans = [passage.span(why.start(), end) for passage, why, end in those]
            yield remark(reading, fault, spans[0], where.span(rule.start()), *spans[1:])


def _part(found: tuple[Passage, re.Match[str]]) -> int:
    return found[0].part


def _told(manuscript: Manuscript, kind: re.Pattern[str]) -> bool:
    """Whether a sentence tells of it that excludes nobody."""
    for passage in manuscript.matching(kind):
        for match in kind.finditer(passage.text):
            first, last = passage.sentence(match.start())
            if _EXCLUDED.search(passage.text, first, last) is None:
                return True
    return False
