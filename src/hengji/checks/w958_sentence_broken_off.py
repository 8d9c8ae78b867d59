"""段落没有说完。

## 查什么
正文中较长的段落末尾没有句号等标点，后面紧接新的标题或编号的，视为没有说完。最多报五处，写明共有几处。
全文断在一句话中间的，也指出；这样的文件多半没有录全，缺少的部分、附表不再逐项报。

## 为什么
一句话断在中间，结论或数字就丢了；多半是粘贴或分页时漏掉。

## 怎么改
补全这一句；已经说完的，加上句号。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.fragment import broken_off
from hengji.reading.manuscript import Kind, Manuscript, Passage, Role

CODE = "w958"
_SHORTEST = 40
_MOST = 5
_SHOWN = 16
_ENDED = pattern(r"[。!?;:…”)》】.,、]$")
_INNER = pattern(r"[,。;]")
_BREAKS = pattern(r"[,、]$|(?:的|和|与|及|对|为|在|由|是|于|将|按|等于)$")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Paragraphs that end without a stop before a heading."""
    broken = [before for before, after in pairwise(manuscript.body) if _is_broken(before, after)]
    for passage in broken[:_MOST]:
        more = f"（共{len(broken)}处）" if len(broken) > 1 else ""
        found = f"段落末尾“……{passage.text[-_SHOWN:]}”没有说完或缺句号{more}"
        fault = Fault(CODE, Severity.NOTE, found, "完整的句子", "补全这一句，或加上句号", confidence=Confidence.LIKELY)
        yield remark(reading, fault, passage.span(len(passage.text) - _SHOWN))
    last = broken_off(manuscript)
    if last is not None and last.kind is Kind.PROSE:
        start = max(0, len(last.text) - _SHOWN)
        fault = Fault(
            CODE,
            Severity.NOTE,
            f"全文到“……{last.text[start:]}”为止，没有说完或缺句号",
            "完整的报告",
            "核对后面的内容有没有录全，没有录到的部分没有审核；已经说完的，加上句号",
            confidence=Confidence.LIKELY,
        )
        yield remark(reading, fault, last.span(start))


def _is_broken(passage: Passage, following: Passage) -> bool:
    if passage.kind is not Kind.PROSE or following.kind is not Kind.TITLE or passage.role in {Role.FRONT, Role.ANNEX}:
        return False
    text = passage.text
    if len(text) < _SHORTEST or not _INNER.search(text):
        return False
    return not _ENDED.search(text) or bool(_BREAKS.search(text))
