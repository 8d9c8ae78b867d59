"""附件的名称前后不一致。

## 查什么
目录、正文和附件本身写到的同一附件（编号相同，或只有一个附件），名称是否一致。一个名称是另一个的一部分、只差“表”“情况”等字的，不算。

## 为什么
附件名称改了一处而没有改全，读者对不上附件。

## 怎么改
统一附件名称。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.manuscript import Kind, Manuscript

CODE = "n558"
_ANNEX = pattern(
    r"^(?P<number>(?:附件|附表)(?:\d{1,2}(?:[-—–]\d{1,2})?|[一二三四五六七八九十]{1,2}(?![览般]))?)[::.、]?《?(?P<name>[^《》\d.·…][^《》.·…]{3,60})"
)
_PAGE = pattern(r"[.·…\-—_\s]*\d*[.·…\-—_\s]*$")
_NOISE = pattern(r"[^\w]")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Annexes that are called otherwise than where they are first named."""
    known: dict[str, list[tuple[str, str, Span]]] = {}
    for passage in manuscript.of(Kind.PROSE, Kind.TITLE, Kind.LISTED):
        match = _ANNEX.match(passage.text)
        if match is None or "。" in match["name"]:
            continue
        printed = _PAGE.sub("", match["name"])
        name = _NOISE.sub("", printed)
        before = known.setdefault(match["number"], [])
        span = passage.span(match.start("name"), match.start("name") + len(printed))
        if before and not any(_within(name, other) or _within(other, name) for other, _, _ in before):
            _, title, where = before[0]
            found = f"{match['number']}写作“{printed}”，前面写作“{title}”"
            yield remark(
                reading, Fault(CODE, Severity.WARNING, found, "同一附件只有一个名称", "统一附件名称"), span, where
            )
        elif before and all(name != other for other, _, _ in before):
            _, title, where = before[0]
            found = f"{match['number']}写作“{printed}”，前面写作“{title}”，繁简不一"
            yield remark(
                reading, Fault(CODE, Severity.NOTE, found, "同一附件只有一个名称", "统一附件名称"), span, where
            )
        before.append((name, printed, span))


def _within(one: str, other: str) -> bool:
    return one in other
