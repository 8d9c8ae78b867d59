"""列举的类别与表中的类别叫法不同。

## 查什么
“归纳甲、乙、丙等三个方面”一类的列举，与紧接着按“分类”“类别”逐类列出的表：类数和次序相同、至少一类同名，而有的类叫法不同。
只在一边加了限定词的，有叫法不同的类时一并列出。

## 为什么
同一套分类两个叫法，读者不知道是不是同一类；多半是改了表而没有改文字。

## 怎么改
以表为准，统一各类的名称。
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Slot, Span
from hengji.model.record import record
from hengji.reading.manuscript import Kind, Manuscript, Passage
from hengji.reading.numerals import numeral

CODE = "n598"
_WORDS = ("个方面", "个部分", "类")
_LISTED = pattern(
    r"(?P<list>[^,。;:、“”]{2,24}(?:、[^,。;:、“”]{2,16})+(?<!等))等?(?P<number>[二三四五六七八九十]|\d{1,2})(?:个方面|个部分|大?类)"
)
_HEAD = pattern(r"分类|类别|类型|种类|方面")
_BETWEEN = pattern(r"、|[和及与](?=[^、和及与]{2,16}$)")
_ALIKE = 0.5
_NEAR = 4
"""So many parts farther on the table stands at most: a sentence and its caption come between."""


@record
class _Pair:
    """A kind as the sentence and as the table call it."""

    told: str
    where: Span
    called: str
    there: Span

    @property
    def is_part(self) -> bool:
        """Whether one name is the other with more words."""
        return self.told in self.called or self.called in self.told

    @property
    def is_alike(self) -> bool:
        return self.is_part or SequenceMatcher(None, self.told, self.called, autojunk=False).ratio() >= _ALIKE


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Lists of kinds that the table behind them calls otherwise; each table is told once."""
    done: set[int] = set()
    for passage in manuscript.holding(*_WORDS):
        match = _LISTED.search(passage.text) if passage.kind is Kind.PROSE else None
        table = _table(reading, manuscript, passage) if match is not None else []
        if match is None or not table or table[0].span.start in done:
            continue
        listed = _BETWEEN.split(match["list"])
        if not numeral(match["number"]) == len(listed) == len(table):
            continue
        pairs = _pairs(manuscript, passage, match.start(), listed, table)
        other = [pair for pair in pairs if not (pair.told == pair.called or (pair is pairs[0] and pair.is_part))]
        if len(other) < len(pairs) and all(pair.is_alike for pair in other) and not all(pair.is_part for pair in other):
            done.add(table[0].span.start)
            yield _finding(reading, sorted(other, key=lambda pair: pair.is_part))


def _table(reading: Reading, manuscript: Manuscript, passage: Passage) -> list[Slot]:
    """The kinds in the first column of the table behind a passage; empty where none follows closely."""
    near = reading.parts[passage.part + 1 : passage.part + 1 + _NEAR]
    grid = next((part for part in near if isinstance(part, Grid)), None)
    first = [(slot, manuscript.cell(slot)) for slot in grid.slots if slot.column == 0] if grid is not None else []
    if not first or not _HEAD.fullmatch(first[0][1]):
        return []
    return [slot for slot, text in first if text and not _HEAD.fullmatch(text)]


def _pairs(manuscript: Manuscript, passage: Passage, start: int, listed: list[str], table: list[Slot]) -> list[_Pair]:
    """Kind for kind; a verb may stand before the first (归纳政策法规、……)."""
    pairs = []
    for name, slot in zip(listed, table, strict=True):
        at = passage.text.find(name, start)
        start = at + len(name)
        pairs.append(_Pair(name, passage.span(at, start), manuscript.cell(slot), slot.span))
    return pairs


def _finding(reading: Reading, pairs: list[_Pair]) -> Finding:
    found = "、".join(f"“{pair.told}”在表中叫“{pair.called}”" for pair in pairs)
    fault = Fault(CODE, Severity.NOTE, found, "同一类只有一个名称", "以表为准统一", confidence=Confidence.LIKELY)
    first, *rest = pairs
    return remark(
        reading, fault, first.where, first.there, *(span for pair in rest for span in (pair.where, pair.there))
    )
