"""报告中同一文件有两个文号。

## 查什么
同一发文机关标题相同的文件、同一年份标题几乎相同的文件，以及连同发文机关名称完全相同的标题，文号是否只有一个。标题中年份、批次或者资金的级次不同的不算；
上下级机关分别印发的同名文件不算。不写标题、只写一次的文号，与写标题的文号只差一个数字的，提示核对。

## 为什么
文号抄错，读者查不到依据，或者查到的是另一份文件。

## 怎么改
对照文件原件改正文号；确是两份文件的，写全标题以示区别。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.documents import Cited, Key, title_key
from hengji.reading.manuscript import Manuscript, Passage

CODE = "n551"
_ALIKE = 0.85
_SHORTEST, _JUST_BEFORE = 8, 4
_FULL = pattern(r"^.{2,20}(?:人民政府|办公[厅室]|[厅局委部])关于")
_APART = pattern(r"\d+|[一二三四五六七八九十]+|中央|国家|自治区|[省市州县区镇乡](?=级|本级|财政|配套)")
"""What tells two documents of nearly one title apart: years, batches, and whose money it is."""


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Titles that carry a second number, each pair of numbers once."""
    issued: dict[tuple[str, tuple[str, ...]], list[tuple[Cited, str, Span]]] = defaultdict(list)
    known: set[tuple[str, Key, str]] = set()
    named: dict[str, tuple[Cited, Span]] = {}
    said: set[tuple[str, str]] = set()
    for passage in manuscript.citing:
        for cited in passage.cited:
            name, span = title_key(cited.title), _told(passage, cited)
            forwarded = passage.text[max(0, cited.title_start - _JUST_BEFORE) : cited.title_start]
            if len(name) < _SHORTEST or "转发" in forwarded:  # the number is that of the notice that forwards it
                continue
            same = issued[cited.issuer, tuple(_APART.findall(name))]
            here = passage.span()
            other = next(
                (
                    (old, where)
                    for old, title, where in same
                    if _same(old, title, cited, name) and (title == name or where.end <= here.start)
                ),
                None,
            )
            if (cited.issuer, cited.key, name) not in known:
                known.add((cited.issuer, cited.key, name))
                same.append((cited, name, span))
            if other is None and _FULL.match(cited.title):
                old, where = named.setdefault(cited.title, (cited, span))
                other = (old, where) if old.key != cited.key else None
            if other is not None and (pair := (other[0].number, cited.number)) not in said:
                said.add(pair)
                found = f"《{cited.title}》的文号写作{cited.number}，前面写作{other[0].number}（《{other[0].title}》）"
                fault = Fault(
                    CODE,
                    Severity.WARNING,
                    found,
                    "一份文件只有一个文号",
                    "对照原件，改正文号或写全标题",
                    confidence=Confidence.LIKELY,
                )
                yield remark(reading, fault, span, other[1])
    yield from _alone(reading, manuscript)


def _told(passage: Passage, cited: Cited) -> Span:
    """The number with the title that stands before it."""
    before = 0 < cited.title_end <= cited.start
    return passage.span(cited.title_start if before else cited.start, cited.end)


def _alone(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Numbers that stand once without a title, beside one that stands once with its title and is written nearly the same."""
    places: dict[tuple[str, int, str], list[tuple[Cited, Span]]] = defaultdict(list)
    for passage in manuscript.citing:
        for cited in passage.cited:
            places[cited.issuer[-2:], cited.year, cited.serial].append((cited, passage.span(cited.start, cited.end)))
    once = [each[0] for each in places.values() if len(each) == 1]
    titled: dict[tuple[str, int], list[tuple[Cited, Span]]] = defaultdict(list)
    for cited, span in once:
        if cited.title:
            titled[cited.key[:2]].append((cited, span))
    for cited, span in once:
        meant = [each for each in titled[cited.key[:2]] if not cited.title and _slipped(each[0].serial, cited.serial)]
        if len(meant) == 1:
            other, where = meant[0]
            found = (
                f"这里写〔{cited.year}〕{int(cited.serial)}号，《{other.title}》的文号是{other.number}，只差一个数字"
            )
            fault = Fault(
                CODE,
                Severity.NOTE,
                found,
                "引用同一份文件，文号一致",
                "对照原件，改正文号或写出标题",
                confidence=Confidence.POSSIBLE,
            )
            yield remark(reading, fault, span, where)


def _slipped(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _same(old: Cited, title: str, cited: Cited, name: str) -> bool:
    """Whether two numbers are one document's: one title, or within a year one but for a slip."""
    return old.key != cited.key and (title == name or (old.year == cited.year and _alike(title, name)))


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return all(ratio() >= _ALIKE for ratio in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio))
