"""The body of a report: sections that discuss an indicator each, with the weight in the heading and the score in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from hengji.model.patterns import pattern
from hengji.model.reading import Part, Prose, Reading, Span, Title
from hengji.model.scorecard import Points
from hengji.reading.folding import Folded
from hengji.reading.marks import Kind, mark_of
from hengji.reading.numerals import whole_number
from hengji.reading.scores.sentences import Fact, Statement, statements
from hengji.reading.scores.wording import bare, folded, inline, inline_points, of_full

_ANALYSIS = pattern(
    r"指标分析|评价分析|绩效分析|指标评价|评分情况|得分情况|评价情况分析|指标完成|绩效评价情况|具体分析|评价结果分析|指标情况"
)
ABOUT_WEIGHTS = pattern(r"(?:满分|分值|权重)(?!的\s*\d)|总分(?!为?\d+\.\d)|赋分|直接打分|设定为")
"""“分别占各自分值的86%” is about scores."""
_LISTED = pattern(
    r"(?:^|[,、;:。(为])(?P<name>[^\d,、;:。()=]{2,12}?)(?:指标|类|占|为|设置)?(?P<number>\d+(?:\.\d+)?)(?:分|%)(?=[,、;。)]|$)"
)
_TOTAL_SCORE = pattern(
    r"(?:(?:总|综合|评价|绩效)得分|评价总分)(?:为|是)?\d+(?:\.\d+)?分|(?:[一1]级指标|[四4]类指标|各部分)的?得分(?:情况)?(?:分别)?(?:为|如下):?"
)
_RESPECTIVELY = pattern(
    r"(?P<names>[^,;。:、\d]{2,8}(?:、[^,;。:、\d]{2,8}){1,5}?(?:[和及与][^,;。:、\d]{2,8})?)(?:[一二三四五\d](?:个|大)?(?:部分|方面|维度|类|级))*(?:指标)?(?:组成|构成)?,?(?:其)?(?P<what>权重|分值|得分率|得分)分别(?:为|是|占)?(?P<numbers>\d+(?:\.\d+)?[分%](?:[、,和]\d+(?:\.\d+)?[分%]){1,5})"
)
_BETWEEN = pattern("[、和及与]")
_EACH_NUMBER = pattern(r"\d+(?:\.\d+)?")
_LEADING = pattern(r"^.*(?:由|为|分为|包括|设置|其中)(?=.{2})")
_FOLLOWING = pattern(r"(?:[一二三四五\d](?:个|大)?(?:部分|方面|维度|类|级))?(?:类)?(?:指标)?(?:组成|构成)?$")
_ALL_RATES = pattern(
    r"(?P<count>[二三四五六2-6])[个类项](?:一级)?指标的?得分率分别(?:为|是)?(?P<numbers>\d+(?:\.\d+)?%(?:[、,和]\d+(?:\.\d+)?%){1,5})"
)
_SCORED = pattern(r",(?:实际|实)?得分?[为:]?\d")
"""Behind a weight: “决策指标20分，得18.5分”."""
_REACH = 120
_FEWEST = 3
_LONGEST = 45
_RUN_IN_REACH = 240
_MARK = r"(?:\$?[（(]?[一二三四五六七八九十\d]{1,3}[)）.、．]\$?|[①-⑳]|[A-H]\d{0,3}(?:[-.]\d+)*[.、．]?(?=[\s一-龥]))"
_GOT = r"(?:[，,]?\s*(?:实际|实)?得分?[为:：]?\s*\d+(?:\.\d+)?\s*分)?"
_NEXT = pattern(
    r"(?<=[。；;])\s*[^。：:，,；;（(\n]{2,30}[（(](?:满分|分值|权重)?\s*\d+(?:\.\d+)?\s*分(?:[，,]\s*得\s*\d+(?:\.\d+)?\s*分)?[)）]"
)
_RUN_IN = pattern(
    rf"\s*(?P<heading>{_MARK}\s*[^。：:，,；;\n]{{2,30}})[。：:，,]\s*(?:该|本)?(?:项|指标)?(?:权重|分值|满分|赋分|标准分|指标)[^。]{{0,12}}\d"
    rf"|\s*(?P<weighed>(?:{_MARK})?\s*[^。：:，,；;（(\n]{{2,30}}[（(][^（()）。]{{0,12}}?\d+(?:\.\d+)?\s*分[^（()）。]{{0,30}}[)）]){_GOT}[。：:，,]"
    rf"|\s*(?P<plain>{_MARK}\s*[^\d。：:，,；;=（(\n]{{2,20}}?)(?=满分\s*\d|[\d。：:，,=（(][^\n]{{0,200}}?满分\s*\d)"
    rf"|\s*(?P<scored>{_MARK}\s*[^\d。：:，,；;=（(\n]{{3,20}})[。：:](?=[^\n]{{0,200}}?得\s*\d+(?:\.\d+)?\s*分)"
)
_NAME_AND_WEIGHT = pattern(r"[^。；;：:，,]{2,36}[（(]\s*\d+(?:\.\d+)?\s*分\s*[)）]")
_SCORES = pattern(r"[\d%零得]\s*分|满分|权重|分\s*[值办细标]|标准[：:]")
_STANDARD = pattern(r"^(?:评价标准|评分标准|计分办法|计分标准|评分细则|评分规则)[::](?P<words>.+)$", re.DOTALL)


@dataclass(slots=True)
class Section:
    """A section under a heading: its own paragraphs and tables, before any heading below it."""

    title: Title
    text: Folded
    name: str
    weight: Points | None
    parent: Section | None
    prose: list[Span] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    standard: list[Span] = field(default_factory=list)
    children: list[Section] = field(default_factory=list)

    @property
    def chapter(self) -> Section:
        """The outermost section around it."""
        return self if self.parent is None else self.parent.chapter

    def ancestors(self) -> Iterator[Section]:
        """The sections around it, the next first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    @property
    def is_analysis(self) -> bool:
        """Whether it stands in a chapter that analyses indicators."""
        return bool(_ANALYSIS.search(self.name)) or (self.parent is not None and self.parent.is_analysis)

    @property
    def body(self) -> tuple[Span, ...]:
        """Its own paragraphs, then those of the sections below it, in order."""
        return (*self.prose, *(span for child in self.children for span in (child.title.span, *child.body)))


def sections_of(reading: Reading) -> tuple[Section, ...]:
    """Every section of a report in reading order, and the score sentences of each."""
    found: list[Section] = []
    path: list[Section] = []
    for part in _headed(reading):
        if isinstance(part, Title):
            while path and path[-1].title.level >= part.level:
                path.pop()
            path.append(_opened(reading, part, path[-1] if path else None))
            found.append(path[-1])
        elif path and isinstance(part, Prose):
            _take(reading, path[-1], part.span)
        elif path:
            path[-1].prose.append(part.span)
    return tuple(found)


def _headed(reading: Reading) -> Iterator[Part]:
    """The parts, with paragraphs that are or begin with a heading told as such, below the last title: each kind of number a level deeper."""
    deepest = 0
    kinds: list[Kind | None] = []
    for part in reading.parts:
        if isinstance(part, Title):
            if not part.listed:
                deepest, kinds = part.level, []
                yield part
            continue
        for piece, named in _apart(reading, part.span) if isinstance(part, Prose) and deepest else ((part, None),):
            if named is not None:
                words = reading.quote(named).strip()
                mark = mark_of(words)
                kind = mark.kind if mark else None
                if kind not in kinds:
                    kinds.append(kind)
                yield Title(named, deepest + 1 + kinds.index(kind), "", words)
            if named != piece.span:
                yield piece


def _apart(reading: Reading, span: Span) -> Iterator[tuple[Prose, Span | None]]:
    """A paragraph with the heading that it is or begins with, cut where it goes on to the next indicator:
    “立项规范性（4分），程序完整。目标设定（5分），…”.
    """
    named = span if _is_heading(reading, span) else _run_in(reading, span)
    start = span.start
    for match in _NEXT.finditer(reading.text, named.end, span.end) if named is not None else ():
        yield Prose(Span(start, match.start())), named
        start, named = match.start(), Span(*match.span())
    yield Prose(Span(start, span.end)), named


def _is_heading(reading: Reading, span: Span) -> bool:
    """Whether a paragraph is nothing but a name and its weight, which is a heading in other clothes."""
    if span.end - span.start > _LONGEST:
        return False
    return bool(_NAME_AND_WEIGHT.fullmatch(reading.quote(span).strip()))


def _run_in(reading: Reading, span: Span) -> Span | None:
    """The heading that a paragraph of scores begins with: “1.立项依据充分性。权重5分，得分5分。”, “（2）资金到位率100%，满分4分，得4分。”,
    “3.目标合理性。目标没有量化，扣1分，得3分。”."""
    match = _RUN_IN.match(reading.text, span.start, min(span.end, span.start + _RUN_IN_REACH))
    if match is None or (match["plain"] and reading.text.count("满分", span.start, span.end) > 1):
        return None
    return Span(*match.span(match.lastgroup or 0))


def _opened(reading: Reading, title: Title, parent: Section | None) -> Section:
    text = folded(reading, [title.span])
    name, words = inline(text.text.rstrip("。:;"))
    number = inline_points(words)
    weight = None
    if number and "%" not in words:
        at = text.text.rindex(number)
        weight = Points(text.span(at, at + len(number)), Decimal(number))
    said = list(statements(text)) if words and not number else []
    said = said or list(_of_full(text, title.span))
    weight = weight or next((each.facts[Fact.WEIGHT] for each in said if Fact.WEIGHT in each.facts), None)
    section = Section(title, text, bare(name), weight, parent, statements=said)
    if parent is not None:
        parent.children.append(section)
    return section


def _of_full(text: Folded, span: Span) -> Iterator[Statement]:
    """A score and its weight in the brackets of a heading: “（二）过程（20.18分/22分）”."""
    if (told := of_full(text)) is not None:
        awarded, full = told
        yield Statement("", span, span, {Fact.AWARDED: awarded, Fact.WEIGHT: full}, pronoun=True)


def _take(reading: Reading, section: Section, span: Span) -> None:
    section.prose.append(span)
    if not _SCORES.search(reading.text, span.start, span.end):
        return
    text = folded(reading, [span])
    if (match := _STANDARD.match(text.text)) is not None:
        section.standard.append(text.span(match.start("words"), match.end("words")))
        return
    section.statements.extend(statements(text))


def loose_statements(reading: Reading) -> Iterator[Statement]:
    """The score sentences that stand before the first heading."""
    for part in reading.parts:
        if isinstance(part, Title) and not part.listed:
            return
        if isinstance(part, Prose):
            yield from statements(folded(reading, [part.span]))


def weights_listed(text: Folded) -> Iterator[tuple[str, Points]]:
    """“决策12分，过程28分，产出30分，效益30分”: names with a number of points each, in a sentence about weights."""
    if not ABOUT_WEIGHTS.search(text.text):
        return
    for match in _LISTED.finditer(text.text):
        before = _led_by(text.text[max(0, match.start() - _REACH) : match.end()])
        _, scored, behind = before.rpartition("得分")
        if (match["name"].endswith("率") and match[0].rstrip(",、;。)").endswith("%")) or (
            scored and not ABOUT_WEIGHTS.search(behind)
        ):
            continue
        name = match["name"].removeprefix("其中")
        yield name, Points(text.span(match.start("number"), match.end("number")), Decimal(match["number"]))


def _led_by(words: str) -> str:
    """The sentence that words end with; 其中 belongs to the one before it."""
    begin, _, last = words.rpartition("。")
    return begin.rpartition("。")[2] + last if last.startswith("其中") else last


def told_respectively(text: Folded) -> Iterator[tuple[str, str, Points]]:
    """“决策、过程、产出、效益四部分，权重分别为20分、20分、30分、30分”: a name, what is told of it, and the number in its place."""
    for match in _RESPECTIVELY.finditer(text.text) if "分别" in text.text else ():
        names = [_LEADING.sub("", each) for each in _BETWEEN.split(match["names"])]
        numbers = list(_EACH_NUMBER.finditer(text.text, match.start("numbers"), match.end("numbers")))
        if len(names) == len(numbers):
            for name, number in zip(names, numbers, strict=True):
                told = Points(text.span(*number.span()), Decimal(number[0]))
                yield _FOLLOWING.sub("", name), match["what"], told


def rates_in_order(text: Folded, count: int) -> list[Points]:
    """“四类指标的得分率分别为83.33%、89.41%、…”: of so many top indicators one after the other."""
    match = _ALL_RATES.search(text.text) if "得分率分别" in text.text else None
    if match is None or whole_number(match["count"]) != count:
        return []
    numbers = list(_EACH_NUMBER.finditer(text.text, match.start("numbers"), match.end("numbers")))
    return [Points(text.span(*each.span()), Decimal(each[0])) for each in numbers] if len(numbers) == count else []


def scores_listed(text: Folded) -> Iterator[tuple[str, Points]]:
    """“综合得分86.60分，其中：决策17.00分，过程18.60分，产出31.00分”: names with what each scored, behind the total score."""
    begin = _TOTAL_SCORE.search(text.text)
    if begin is None:
        return
    end = _sentence_end(text.text, begin.end())
    if text.text.startswith("其中", end + 1):
        end = _sentence_end(text.text, end + 1)
    found = [match for match in _LISTED.finditer(text.text, begin.end(), end + 1) if match.end() <= end]
    if len(found) >= _FEWEST and not ABOUT_WEIGHTS.search(text.text, begin.end(), end):
        for match in found:
            if not _SCORED.match(text.text, match.end()):
                number = text.span(match.start("number"), match.end("number"))
                yield match["name"], Points(number, Decimal(match["number"]))


def _sentence_end(text: str, start: int) -> int:
    found = text.find("。", start)
    return len(text) if found < 0 else found
