"""分了A型、B型，没有写怎样分。

## 查什么
正文把同一种设施、对象称作A型的、B型的（A类、B类），全文没有一处写明怎样算A型、怎样算B型。

## 为什么
类型决定补助标准和建设要求；不写怎样分，读者无从核对哪个项目该按哪一型。

## 怎么改
写明各型的条件和依据的文件。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript, Passage

CODE = "o866"
_TYPE = pattern(rf"(?<![A-Za-z\d])(?P<letter>[A-D])(?P<sort>[型类])(?P<thing>{HAN}{{2}})")
_DEFINED = pattern(
    r"(?<![A-Za-z\d])[A-D][型类][^。;,、]{0,16}?(?::|是指|指|应[当为具有]|须|不少于|不低于|不超过|以上|以下|平方米|㎡|标准|条件|要求|分别为)"
    r"|(?:为|属于|[列称定评划]为|划[作入])[A-D][型类](?![^,。;]{0,12}[A-D][型类])"
    r"|(?:分为|划分|分[成两三四])[^。]{0,20}?(?<![A-Za-z])[A-D][型类、]|[A-D][型类]?(?:、|和|及)[A-D][型类]?[^。;]{0,8}(?:类型|[两三四]种|[两三四]类|标准)|\([^()]{0,12}[A-D][型类]\)[^,。;]{0,4}(?:标准|条件)"
)
_KNOWN = pattern(r"血|超声|钢|肝炎|流感|票|资格|证书|道路|企业|纳税|股")
"""What is known to everybody by such a letter."""


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Things of two types or more, none of which is defined; once a thing."""
    named: dict[tuple[str, str], dict[str, Span]] = defaultdict(dict)
    passages = manuscript.holding("A型", "B型", "C型", "D型", "A类", "B类", "C类", "D类")
    for passage in passages:
        if passage.kind is Kind.PROSE:
            for match in _TYPE.finditer(passage.text):
                if not _KNOWN.match(match["thing"]):
                    named[match["sort"], match["thing"]].setdefault(match["letter"], passage.span(*match.span()))
    several = {kind: places for kind, places in named.items() if len(places) > 1}
    if not several or any(_defines(passage) for passage in passages):
        return
    for (sort, thing), places in several.items():
        names = "、".join(f"{letter}{sort}" for letter in sorted(places))
        fault = Fault(
            CODE,
            Severity.NOTE,
            f"“{thing}”分{names}，全文没有写怎样分",
            "各型的条件",
            "写明各型的条件和依据",
            confidence=Confidence.POSSIBLE,
        )
        yield remark(reading, fault, *(places[letter] for letter in sorted(places)))


def _defines(passage: Passage) -> bool:
    """Whether it says what a type is, or stands in a table as the name of one."""
    return bool(_DEFINED.search(passage.text)) or (passage.kind is Kind.CELL and len(passage.text) == len("A型"))
