"""报告中有别的项目的名称。

## 查什么
资金、项目、工程名称中的领域用词（工业、教育、水利、养老……），全文只出现一次，而报告通篇是另一个领域的，指出这个名称。书名号里的文件名不算；
部门整体支出报告不查。词表随产品提供，地方可以补充。

## 为什么
评分标准、底稿常从别的项目抄来；名称没有改，说明这一条没有按本项目设计。

## 怎么改
换成本项目的名称，并检查这一条的内容是否适用于本项目。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.lexicon import Lexicon
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.documents import without_titles
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript, Passage, Role

CODE = "w951"
_NAME = pattern(rf"{HAN}{{2,12}}?(?:专项资金|补助资金|奖补资金|建设项目|工程(?!师)|项目)")
_LISTED = pattern(r"[等和及与]")
_STANDARD = pattern(r"是否|得\d|扣\d|本项目|该项目|\d分")
_OF_EXPERTS = pattern(r"[^,。;]{0,20}专业")
"""Behind a word of those who evaluate: 由财务、水利工程、统计等专业人员组成."""
_LEAD = pattern(rf"{HAN}{{4,10}}$")
_CLAUSE = pattern(r"[^,。;]+")
_OWN = 10
_SHARE = 30
"""The report's own field is named so many times as often as the other, at least."""


def find(reading: Reading, manuscript: Manuscript, lexicon: Lexicon) -> Iterator[Finding]:
    """Names with a field's word that stands nowhere else."""
    if any(
        "整体支出" in passage.text for passage in manuscript.of(Kind.TITLE, Kind.PROSE) if passage.role is Role.FRONT
    ):
        return
    words = {word: field.name for field in lexicon.fields for word in field.words}
    if not words:
        return
    here = manuscript.standing(words)
    every = {word: manuscript.plain.count(word) for word in words if word in here}
    fields = Counter[str]()
    for word, times in every.items():
        fields[words[word]] += times
    if not fields or max(fields.values()) < _OWN:
        return
    own, often = fields.most_common(1)[0]
    once = [word for word, times in every.items() if times == 1]
    foreign = {word: words[word] for word in once if fields[words[word]] * _SHARE <= often}
    for passage in manuscript.holding(*foreign):
        yield from _named(reading, manuscript, passage, foreign, own)


def _named(
    reading: Reading, manuscript: Manuscript, passage: Passage, foreign: Mapping[str, str], own: str
) -> Iterator[Finding]:
    """The names of a passage with a foreign word; ``foreign`` says of which field each is, ``own`` is the field of the report."""
    for match in _NAME.finditer(without_titles(passage.text)):
        word = next((word for word in foreign if word in match[0]), None)
        if word is None:
            continue
        start = match.start() + match[0].find(word)
        first, last = passage.sentence(start)
        standard = bool(_STANDARD.search(passage.text, first, last))
        name = passage.text[start : match.end()]
        if _LISTED.search(name) or _OF_EXPERTS.match(passage.text, match.end()):
            continue
        found = f"“{name}”是{foreign[word]}领域的名称，本报告通篇是{own}，“{word}”只在这里出现"
        severity = Severity.WARNING if standard else Severity.NOTE
        fault = Fault(
            CODE,
            severity,
            found,
            "本项目的名称",
            "换成本项目的名称，并核对这一条是否适用",
            confidence=Confidence.LIKELY if standard else Confidence.POSSIBLE,
        )
        yield remark(reading, fault, passage.span(start, match.end()), *_meant(manuscript, passage.text[:start], word))


def _meant(manuscript: Manuscript, before: str, word: str) -> Iterator[Span]:
    """Where the words right before a foreign name stand with another name behind them: 是否按时开展……."""
    lead = _LEAD.search(before)
    if lead is None:
        return
    for passage in manuscript.holding(lead[0]):
        at = passage.text.find(lead[0])
        clause = _CLAUSE.match(passage.text, at)
        if clause and word not in clause[0]:
            yield passage.span(*clause.span())
            return
