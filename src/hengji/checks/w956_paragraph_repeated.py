"""同一段文字出现两次。

## 查什么
摘要、附件以外的同一部分里，六十字以上的段落是否原样出现两次。评分标准和对调查对象说的话不算。最多报五段，写明共有几段。

## 为什么
重复的段落多半是粘贴时多贴了一次，或从另一个子项目抄来没有改。

## 怎么改
删去重复的一段；抄来的，改成本节的内容。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.manuscript import Manuscript, Passage, Role

CODE = "w956"
_SHORTEST = 60
_LEFT_OUT = {Role.SUMMARY, Role.ANNEX, Role.FRONT}
_SHOWN = 20
_STANDARD = pattern(r"的,?得(?:\d+(?:\.\d+)?|满)分|每[^,;。]{1,12}扣\d|扣完为止")
_MOST = 5


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Paragraphs that stand a second time."""
    known: dict[tuple[Role, str], Passage] = {}
    again: list[tuple[Passage, Passage]] = []
    for passage in manuscript.told():
        if (
            passage.role in _LEFT_OUT
            or len(passage.text) < _SHORTEST
            or "您" in passage.text
            or "。" not in passage.text
            or _STANDARD.search(passage.text)
        ):
            continue
        first = known.setdefault((passage.role, passage.text), passage)
        if first is not passage:
            again.append((passage, first))
    more = f"（全文这样的共{len(again)}段）" if len(again) > _MOST else ""
    for passage, first in again[:_MOST]:
        found = f"“{passage.text[:_SHOWN]}……”一段与前面的一段完全相同{more}"
        fault = Fault(
            CODE,
            Severity.NOTE,
            found,
            "每段说各自的内容",
            "删去重复的一段，或改成本节的内容",
            confidence=Confidence.LIKELY,
        )
        yield remark(reading, fault, passage.span(), first.span())
