"""报告中同一文件有两个文号。

## 查什么
同一发文机关标题相同的文件、同一年份标题几乎相同的文件，以及连同发文机关名称完全相同的标题，文号是否只有一个。标题中年份、批次或者资金的级次不同的不算；
上下级机关分别印发的同名文件不算。标题、年份、序号都相同，只有机关代字不同的，也指出。不写标题、只写一次的文号，与写标题的文号只差一个数字、次序颠倒、只差年份
或者只差“发”“函”“办”一类代字的，提示核对。

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
_DIGIT = "一个数字或次序"
_YEARS = 3
_LETTERS = pattern("[办发函规字通文]+$")
"""By these a place's papers of several kinds are told apart; what goes before says whose they are."""
_APART = pattern(r"\d+|[一二三四五六七八九十]+|中央|国家|自治区|[省市州县区镇乡](?=级|本级|财政|配套)")
"""What tells two documents of nearly one title apart: years, batches, and whose money it is."""


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Titles that carry a second number, each pair of numbers once."""
    issued: dict[tuple[str, tuple[str, ...]], list[tuple[Cited, str, Span]]] = defaultdict(list)
    known: set[tuple[str, Key, str]] = set()
    named: dict[str, tuple[Cited, Span]] = {}
    said: set[tuple[str, str]] = set()
    papers: dict[tuple[str, int, int], list[tuple[Cited, Span]]] = defaultdict(list)
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
            other = other or _lettered(papers[name, cited.year, int(cited.serial)], cited, span)
            if other is not None and (pair := (other[0].number, cited.number)) not in said:
                said.add(pair)
                yield _two(reading, (cited, span), other)
    yield from _alone(reading, manuscript)


def _lettered(known: list[tuple[Cited, Span]], cited: Cited, span: Span) -> tuple[Cited, Span] | None:
    """The first of the documents of this title, year and serial number, where its letters are others; it is kept with them."""
    known.append((cited, span))
    old, where = known[0]
    short, long = sorted((old.issuer, cited.issuer), key=len)
    return None if long.endswith(short) or short[0] != long[0] else (old, where)


def _two(reading: Reading, here: tuple[Cited, Span], other: tuple[Cited, Span]) -> Finding:
    cited, old = here[0], other[0]
    found = f"《{cited.title}》的文号写作{cited.number}，前面写作{old.number}（《{old.title}》）"
    remedy = "对照原件，改正文号或写全标题"
    fault = Fault(CODE, Severity.WARNING, found, "一份文件只有一个文号", remedy, confidence=Confidence.LIKELY)
    return remark(reading, fault, here[1], other[1])


def _told(passage: Passage, cited: Cited) -> Span:
    """The number with the title that stands before it."""
    before = 0 < cited.title_end <= cited.start
    return passage.span(cited.title_start if before else cited.start, cited.end)


def _alone(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Numbers that stand once without any title, beside one document's that is written nearly the same."""
    titled: dict[Key, tuple[Cited, Span]] = {}
    alone: dict[Key, list[tuple[Cited, Passage]]] = defaultdict(list)
    for passage in manuscript.citing:
        for cited in passage.cited:
            if cited.title:
                titled.setdefault(cited.key, (cited, passage.span(cited.start, cited.end)))
            else:
                alone[cited.key].append((cited, passage))
    near: dict[tuple[str | int, ...], list[tuple[Cited, Span]]] = defaultdict(list)
    for known in titled.values():
        for sort in _alike_in(known[0]):
            near[sort].append(known)
    for cited, passage in (each[0] for key, each in alone.items() if key not in titled and len(each) == 1):
        meant = {other.key: (other, where) for sort in _alike_in(cited) for other, where in near[sort]}
        beside = {each.key for each in passage.cited}
        slips = [(what, *meant[key]) for key in meant if key not in beside and (what := _slip(meant[key][0], cited))]
        if len(slips) == 1:
            what, other, where = slips[0]
            found = f"这里写{cited.number}，《{other.title}》的文号是{other.number}，只差{what}"
            fault = Fault(
                CODE,
                Severity.NOTE if what == _DIGIT else Severity.WARNING,
                found,
                "引用同一份文件，文号一致",
                "对照原件，改正文号或写出标题",
                confidence=Confidence.POSSIBLE if what == _DIGIT else Confidence.LIKELY,
            )
            yield remark(reading, fault, passage.span(cited.start, cited.end), where)


def _alike_in(cited: Cited) -> tuple[tuple[str | int, ...], ...]:
    """What two numbers have in common that differ in one thing: in the serial number, the year, or the letters."""
    issuer, year, serial = cited.key
    return (issuer, "", year), (issuer, serial), (year, serial)


def _slip(one: Cited, other: Cited) -> str:
    """In what alone two numbers differ; empty where in more, or in so much that they are two documents."""
    if one.issuer.endswith(other.issuer) or other.issuer.endswith(one.issuer):
        if one.year == other.year:
            return _DIGIT if _slipped(one.serial, other.serial) else ""
        return "年份" if int(one.serial) == int(other.serial) and abs(one.year - other.year) <= _YEARS else ""
    letters = [_LETTERS.sub("", each.issuer) for each in (one, other)]
    same = letters[0] == letters[1] and (one.year, int(one.serial)) == (other.year, int(other.serial))
    return "机关代字" if same else ""


def _slipped(one: str, other: str) -> bool:
    """Whether a digit is another or left out, or two neighbours have changed places."""
    short, long = sorted((one, other), key=len)
    if len(short) < len(long):
        return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    apart = [at for at in range(len(one)) if one[at] != other[at]]
    return len(apart) == 1 or (len(apart) > 1 and sorted(one) == sorted(other) and apart[-1] - apart[0] == 1)


def _same(old: Cited, title: str, cited: Cited, name: str) -> bool:
    """Whether two numbers are one document's: one title, or within a year one but for a slip."""
    return old.key != cited.key and (title == name or (old.year == cited.year and _alike(title, name)))


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return all(ratio() >= _ALIKE for ratio in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio))
