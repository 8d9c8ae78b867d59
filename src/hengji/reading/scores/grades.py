"""Grades and totals: the bands that a report declares, in sentences and in tables, the grades it gives, the total it prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import groupby, pairwise

from hengji.model.band import Edge
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Slot, Span
from hengji.model.scorecard import GradeGiven, GradeRange, Interval, Points
from hengji.reading.folding import Folded
from hengji.reading.scores.intervals import Found, completed, intervals
from hengji.reading.scores.wording import folded

_WORDS = (
    "优秀",
    "良好",
    "中等",
    "较好",
    "一般",
    "较差",
    "基本合格",
    "不合格",
    "合格",
    "优等",
    "良等",
    "差等",
    "优",
    "良",
    "中",
    "差",
)
_LETTERS = "ABCDE"
LABELS = (*_WORDS, *_LETTERS)
_LABEL = rf"{'|'.join(_WORDS)}|(?<![A-Z\d])[{_LETTERS}](?![A-Z\d])"
_NAMED = pattern(
    rf"^(?:分)?(?:之间)?(?:的)?(?:\([^()]*\))?[,:]?(?:评价)?(?:结果|等级|级别)?(?:评定|确定|划分|对应)?(?:等级|级别)?(?:为|是|属于|得|:|评为|定为|划为)?[“\"‘「『]?(?P<label>{_LABEL})(?:级|等)?[”\"’」』]?"
)
_BEFORE = pattern(
    rf"[“\"‘「『(]?(?P<label>{_LABEL})[”\"’」』)]?(?:等级|级|档)?(?:[:为是(]|的?(?:分值|得分)?(?:区间)?(?:为|是)?)?(?:评价)?(?:总分|总得分|综合得分|得分|分值|分数)?(?:在|为)?[(]?$"
)
_REST = pattern(rf"(?:其余|其他|余下)(?:的)?(?:为|是|评为|属于)[“\"‘「]?(?P<label>{_LABEL})")
_GIVEN = pattern(
    rf"(?P<lead>(?:评价|评定|绩效|综合|考核)?(?:等级|级别|档次|等次)(?:评定|确定|认定)?(?:结果)?|评价结果|评价结论|评定结果|综合评定|综合评价|对应的结果|结果|评定|被评|评)(?:等级|级别)?(?:为|是|属于|:|属|等级为)?[“\"‘「『](?P<quoted>{_LABEL})(?:级|等)?[”\"’」』]"
    rf"|(?P<lead2>(?:评价|评定|绩效|综合|考核)?(?:等级|级别|档次|等次)(?:评定|确定|认定)?(?:结果)?|评价结果|评定结果|评定|综合评定)(?:为|是|属于|:|属)?(?P<bare>{_LABEL})(?=[。,;!)等级档”\"]|$)"
)
_TOTAL = pattern(
    r"(?:(?:综合|最终|总体|总|绩效|整体)(?:绩效)?(?:评价|考核|评定|评)?(?:的)?(?:总)?(?:得分|评分|分值|分)|总得分|评价总分|评价得分|(?<=评价,)(?:本)?(?:项目|部门|单位)(?:绩效)?得分|评分,?得|指标表》评分,得|得分(?=为?\d{1,3}(?:\.\d+)?分,(?:绩效|评价|评定)*(?:等级|评级|级别|等次)))(?:合计)?[为是:计达]?(?:=[\d.%×*+()分]{3,80}=)?(?P<number>\d{1,3}(?:\.\d+)?)分(?!\(?(?:不?含)|及?以[上下]|[-~—–至到]|之间)"
)
_PLAIN = pattern(rf"(?P<number>\d{{1,3}}(?:\.\d+)?)分,均?为[“\"‘「『](?P<label>{_LABEL})(?:级|等)?[”\"’」』]")
"""A grade said right behind its score: “贷款贴息得88.6分,为‘良’”."""
_OF_A_PART = pattern(
    r"满分|分值|赋分|权重|该指标|该类|该项(?!目)|本指标|本项(?!目)|自评|标准分|按(?:评分)?标准|复算|上年|上一年|去年|平均"
)
_OF_ALL = pattern(r"总分(?:为|是|:)?100(?:\.0+)?分$")
"""How many points there are to be had."""
_OF_OTHERS = ("信用", "资质", "纳税", "卫生", "质量", "风险", "安全", "诚信")
"""Grades of other things than the evaluation: 信用等级为A级."""
_LOOK_BACK = 60
_SENTENCE_END = pattern("[。;；!]")
_CLAUSE_END = pattern("[,:，：]")
_POINTS = pattern(r"(\d{1,3}(?:\.\d+)?)分")
_LOWER_IN = pattern("含下限|下限(?:包?含|在内)|不含上限|上限不(?:包?含|在内)|左闭右开|以下(?:均)?不含本?数")
"""How a paragraph says of all its bands which end belongs to them."""
_FULL = 100
_FEWEST = 3
_MOST_CELLS = 400
_REACH = 36


def bands_in_text(text: Folded) -> tuple[GradeRange, ...]:
    """Bands of grades in a paragraph: three or more intervals each beside a label; nothing where they are of something else."""
    if not any(label in text.text for label in LABELS):
        return ()
    found = [each for each in intervals(text.text) if each.interval.low != each.interval.high]
    if len(found) < _FEWEST:
        return ()
    named = max(_labelled_after(text.text, found), _labelled_before(text.text, found), key=len)
    if len(named) < _FEWEST or len({label for _, _, label in named}) < _FEWEST:
        return ()
    rest = _REST.search(text.text, named[-1][1])
    intervals_ = [each.interval for each, _, _ in named]
    lowest = min((each.low for each in intervals_ if each.low is not None), default=None)
    if rest and lowest is not None and all(each.low is not None for each in intervals_):
        named.append((Found(rest.start(), rest.end(), Interval(None, lowest)), rest.end(), rest["label"]))
    closed = completed(tuple(_told(each.interval, text.text) for each, _, _ in named))
    return tuple(
        GradeRange(text.span(*_around(each, end)), label, interval)
        for (each, end, label), interval in zip(named, closed, strict=True)
    )


def _told(interval: Interval, text: str) -> Interval:
    """An interval whose ends the paragraph assigns for all: “以上区间含下限不含上限”."""
    if not _LOWER_IN.search(text):
        return interval
    highest = interval.high is None or interval.high == _FULL
    high = interval.high_edge or (None if highest else Edge.EXCLUDED)
    low = interval.low_edge or (None if interval.low is None else Edge.INCLUDED)
    return replace(interval, low_edge=low, high_edge=high)


def _around(found: Found, other: int) -> tuple[int, int]:
    return min(found.start, other), max(found.end, other)


def _labelled_after(text: str, found: list[Found]) -> list[tuple[Found, int, str]]:
    named = []
    for each, following in pairwise([*found, None]):
        assert each is not None
        limit = min(len(text), each.end + 24, following.start if following else len(text))
        if match := _NAMED.match(text[each.end : limit]):
            named.append((each, each.end + match.end(), match["label"]))
    return named


def _labelled_before(text: str, found: list[Found]) -> list[tuple[Found, int, str]]:
    named = []
    last = 0
    for each in found:
        lead = text[max(last, each.start - 16) : each.start]
        if match := _BEFORE.search(lead):
            named.append((each, each.start - len(lead) + match.start("label"), match["label"]))
        last = each.end
    return named


def bands_in_grid(reading: Reading, grid: Grid) -> tuple[GradeRange, ...]:
    """Bands in a table that has labels in one row (or column) and intervals in the one beside it."""
    cells = [
        (slot, folded(reading, [slot.span]).text)
        for slot in grid.slots[:_MOST_CELLS]
        if 0 < slot.span.end - slot.span.start < _REACH
    ]
    labelled = {}
    for slot, words in cells:
        if words.strip('“”"级等') in LABELS or words in LABELS:
            labelled[slot.row, slot.column] = (slot, next(label for label in LABELS if label in words))
    if len(labelled) < _FEWEST:
        return ()
    spoken = []
    for slot, words in cells:
        ranges = list(intervals(words))
        if len(ranges) == 1 and len(words) < _REACH and "%" not in words:
            partner = _partner(labelled, slot)
            if partner:
                spoken.append((slot, *partner, ranges[0].interval))
    if len(spoken) < _FEWEST:
        return ()
    closed = completed(tuple(interval for *_, interval in spoken))
    return tuple(
        GradeRange(_joined(slot, other), label, interval)
        for (slot, other, label, _), interval in zip(spoken, closed, strict=True)
    )


def _partner(labelled: dict[tuple[int, int], tuple[Slot, str]], slot: Slot) -> tuple[Slot, str] | None:
    places = (
        (slot.row - 1, slot.column),
        (slot.row, slot.column - 1),
        (slot.row + 1, slot.column),
        (slot.row, slot.column + 1),
    )
    return next((labelled[place] for place in places if place in labelled), None)


def _joined(slot: Slot, other: Slot) -> Span:
    """The two cells as one span where they are neighbours in a row; the first alone otherwise."""
    if slot.row != other.row:
        return slot.span
    return Span(min(slot.span.start, other.span.start), max(slot.span.end, other.span.end))


def totals_in(text: Folded) -> Iterator[Points]:
    """The total scores that a paragraph prints for the whole: not those of several things that one sentence names one by one."""
    if "分" not in text.text:
        return
    told: list[tuple[int, str, Points]] = []
    for match in _TOTAL.finditer(text.text):
        clause = _SENTENCE_END.split(text.text[max(0, match.start() - _LOOK_BACK) : match.start()])[-1]
        if not _OF_A_PART.search(clause) and not _OF_ALL.search(match.group()):
            number = Points(text.span(match.start("number"), match.end("number")), Decimal(match["number"]))
            told.append((text.text.rfind("。", 0, match.start()), _CLAUSE_END.split(clause)[-1], number))
    for _, sentence in groupby(told, key=lambda each: each[0]):
        totals = [(subject, number) for _, subject, number in sentence]
        named = {(subject, number.value) for subject, number in totals if subject}
        for subject, number in totals:
            if not subject or all(of == subject or value == number.value for of, value in named):
                yield number


def given_in(text: Folded) -> Iterator[GradeGiven]:
    """The grades that a paragraph gives; a list of all grades is none, nor is a letter without a score (信用等级为A)."""
    for match in _PLAIN.finditer(text.text) if "分,为" in text.text or "分,均为" in text.text else ():
        scored = Points(text.span(match.start("number"), match.end("number")), Decimal(match["number"]))
        yield GradeGiven(text.span(match.start("label") - 2, match.end("label")), match["label"], scored)
    if not any(word in text.text for word in ("等级", "级别", "结果", "档次", "评定", "结论", "等次", "评为")):
        return
    for match in _GIVEN.finditer(text.text):
        label = match["quoted"] or match["bare"]
        following = text.text[match.end() : match.end() + 2]
        other = text.text[max(0, match.start() - 2) : match.start()] in _OF_OTHERS
        if other or (following[:1] in "、和及" and following):
            continue
        lead = text.text[max(0, match.start() - _REACH) : match.start()]
        points = [*_POINTS.finditer(lead)]
        said = points[-1] if points else None
        offset = match.start() - len(lead)
        number = None
        if said is not None:
            number = Points(text.span(offset + said.start(1), offset + said.end(1)), Decimal(said.group(1)))
        if number is None and label in _LETTERS:
            continue
        group = "quoted" if match["quoted"] else "bare"
        start = match.start("lead") if match["lead"] else match.start("lead2")
        yield GradeGiven(text.span(start, match.end(group)), label, number)
