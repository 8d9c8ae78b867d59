"""报告中同一文号有两个标题。

## 查什么
“《标题》（文号）”“文号《标题》”等写法中，同一文号的标题在报告各处是否一致。省去发文机关、“关于”“印发”“的通知”，或者只写标题的一部分，
不算不一致；只差“年”与“年度”之类一个字的，作为提示。

## 为什么
同一文件两个标题，读者会当成两份文件；文号或标题抄错，依据就落空了。

## 怎么改
对照文件原件统一标题；文号抄错的，改正文号。
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading, Span
from hengji.reading.documents import title_key
from hengji.reading.manuscript import Manuscript

CODE = "n550"
_SLIGHT = 1
"""So many characters more or less are a slip of the pen."""


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Numbers that are called something else than where they first stand; each other title once."""
    known: dict[tuple[str, int, int], list[tuple[str, str, Span]]] = {}
    for passage in manuscript.citing:
        for cited in passage.cited:
            name = title_key(cited.title)
            if not name:
                continue
            span = passage.span(cited.title_start, cited.title_end)
            before = known.setdefault(cited.key, [])
            if before and not any(name in other or other in name for other, _, _ in before):
                first, title, where = before[0]
                slight = _distance(first, name) <= _SLIGHT
                severity = Severity.NOTE if slight else Severity.WARNING
                found = f"{cited.number}的标题写作《{cited.title}》，前面写作《{title}》"
                remedy = "对照原件，改正标题或文号"
                yield remark(
                    reading,
                    Fault(CODE, severity, found, "同一文号只有一个标题", remedy, confidence=Confidence.LIKELY),
                    span,
                    where,
                )
            if all(name != other for other, _, _ in before):
                before.append((name, cited.title, span))


def _distance(one: str, other: str) -> int:
    """How many characters stand in one and not in the other."""
    same = sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())
    return max(len(one), len(other)) - same
