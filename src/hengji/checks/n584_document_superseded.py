"""引用的文件已经被新的取代。

## 查什么
报告封面和开头写的年份，都晚于被引文件失效的那一年的（哪些文件、被哪个文件取代，见用词表 lexicon.yaml 的 documents，可用扩展包增补）。报告中也引用了新文件的不报。

## 为什么
依据已经失效，按它判断的合规与否就站不住。

## 怎么改
改引现行的文件，并核对有关条款是否变了。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.lexicon import Lexicon
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.documents import Key, keys_in
from hengji.reading.folding import fold
from hengji.reading.manuscript import Manuscript, Passage

CODE = "n584"
_YEAR = pattern(r"20\d\d(?=年)")
_OPENING = 400
_REACH = 24


def find(reading: Reading, manuscript: Manuscript, lexicon: Lexicon) -> Iterator[Finding]:
    """The first citation of each, where every year that the opening names is later."""
    opening = fold(reading.text, Span(0, min(len(reading.text), _OPENING))).text
    since = min((int(year) for year in _YEAR.findall(opening)), default=0)
    over = [each for each in lexicon.documents if each.year < since]
    cited = _cited(manuscript, [_key(number) for each in over for number in (each.number, each.now)])
    for old in over:
        named = [each for each in cited.get(_key(old.number), ()) if old.title in _near(*each)]
        if named and _key(old.now) not in cited:
            passage, start, end = named[0]
            found = f"引用的{passage.text[start:end]}已在{old.year}年被{old.now}取代"
            remedy = "改引现行的文件，核对有关条款"
            fault = Fault(CODE, Severity.NOTE, found, old.now, remedy, confidence=Confidence.LIKELY)
            yield remark(reading, fault, passage.span(start, end))


def _key(number: str) -> Key:
    return next((key for key, *_ in keys_in(number)), (number, 0, 0))


def _cited(manuscript: Manuscript, sought: list[Key]) -> dict[Key, list[tuple[Passage, int, int]]]:
    """Where documents are cited, by key."""
    found: dict[Key, list[tuple[Passage, int, int]]] = {}
    words = {f"{serial}号" if year else issuer for issuer, year, serial in sought}
    for passage in manuscript.holding(*sorted(words)):
        for key, start, end in keys_in(passage.text):
            found.setdefault(key, []).append((passage, start, end))
    return found


def _near(passage: Passage, start: int, end: int) -> str:
    return passage.text[max(0, start - _REACH) : end + _REACH]
