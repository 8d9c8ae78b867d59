"""Working papers (工作底稿): a table of keys and values for each indicator, or lines that begin with a key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Prose, Reading, Slot, Span, Title
from hengji.model.scorecard import Points
from hengji.reading.scores.sentences import Fact, statements
from hengji.reading.scores.tables import number_in, rows_of
from hengji.reading.scores.wording import bare, folded, key

_KEYS = {
    "name": ("指标名称", "三级指标", "三级指标名称", "四级指标", "评价指标", "考核指标"),
    "weight": ("指标分值", "分值", "标准分值", "指标权重", "权重", "标准分", "满分"),
    "awarded": ("评价得分", "得分", "指标得分", "最终得分", "评分结果", "实际得分", "考核得分"),
    "standard": ("评价标准", "评分标准", "评分细则", "计分标准", "评分办法", "考核标准", "计分办法"),
    "analysis": ("评价分析", "指标分析", "评分说明", "得分说明", "评价情况", "评价过程", "评分过程", "分析过程"),
    "reason": ("扣分原因", "扣分理由", "扣分说明", "评分理由", "得分理由", "扣分依据"),
}
_HEADING = pattern(r"[“\"‘《]?(?P<name>[^“”\"]{2,30}?)[”\"’》]?(?:指标)?(?:评价)?工作底稿")
_LONGEST = 60
_CARD = pattern(
    r"指标名称:(?P<name>[^:,;。]{2,30}?)(?=(?:指标)?(?:分值|权重|满分|标准分|编号)|$)(?:(?:指标)?(?:分值|权重|满分|标准分):(?P<weight>\d+(?:\.\d+)?)分?)?"
)
"""“底稿编号:3 指标名称:资金到位率 分值:3分”: the head of a paper in lines."""
_LINE = pattern(r"[-·•]?(?P<key>[^:,;。\d]{2,6}):(?=.)")
_LONGEST_CARD = 90
_KEY_OF = {word: key for key, words in _KEYS.items() for word in words}


@dataclass(slots=True)
class Paper:
    """A working paper that was read: the cells of each of its keys."""

    title: str
    name: Span
    span: Span
    in_lines: bool = False
    weight: Points | None = None
    awarded: Points | None = None
    standard: list[Span] = field(default_factory=list)
    analysis: list[Span] = field(default_factory=list)
    reason: list[Span] = field(default_factory=list)


def papers_of(reading: Reading) -> Iterator[Paper]:
    """The working papers of a report in reading order; one may go on in the next table."""
    paper: Paper | None = None
    for part in reading.parts:
        if isinstance(part, Grid):
            for finished, going_on in _through(reading, part, paper):
                if finished is not None:
                    yield finished
                paper = going_on
        elif paper is None or not _lined(reading, paper, part.span):
            opened = _opened(reading, part.span)
            if paper is not None and (opened is not None or (isinstance(part, Title) and part.level == 1)):
                yield paper
                paper = None
            if opened is not None:
                paper = opened
            elif paper is not None and paper.awarded is not None and isinstance(part, Prose):
                paper.analysis.append(part.span)
    if paper is not None:
        yield paper


def _opened(reading: Reading, span: Span) -> Paper | None:
    """The paper that a line opens, by its card or as a heading; None of any other line."""
    card = _card(reading, span)
    named = _named(reading, span) if card is None else None
    return Paper(named, span, span) if named is not None else card


def _card(reading: Reading, span: Span) -> Paper | None:
    """The paper that a line opens with the name of its indicator, and perhaps its weight."""
    if span.end - span.start > _LONGEST_CARD or "指标名称" not in reading.quote(span):
        return None
    text = folded(reading, [span])
    match = _CARD.search(text.text)
    if match is None:
        return None
    weight = Points(text.span(*match.span("weight")), Decimal(match["weight"])) if match["weight"] else None
    return Paper(bare(match["name"]), text.span(*match.span("name")), span, in_lines=True, weight=weight)


def _lined(reading: Reading, paper: Paper, span: Span) -> bool:
    """Take a line that begins with a key of a paper: “评价得分:9÷12×3=2.25分”."""
    text = folded(reading, [span])
    match = _LINE.match(text.text)
    word = _KEY_OF.get(match["key"], "") if match else ""
    if match is None or word in ("", "name"):
        return False
    if word == "awarded":
        facts = [said.facts[Fact.AWARDED] for said in statements(text) if Fact.AWARDED in said.facts]
        paper.awarded = facts[-1] if facts else None
        paper.span = Span(paper.span.start, span.end)
    else:
        _put(reading, paper, word, text.span(match.end(), len(text.text)))
    return True


def _named(reading: Reading, span: Span) -> str | None:
    """The indicator whose paper a heading announces."""
    if span.end - span.start > _LONGEST or "底稿" not in reading.quote(span):
        return None
    match = _HEADING.fullmatch(folded(reading, [span]).text)
    return bare(match["name"]) if match else None


def _through(reading: Reading, grid: Grid, paper: Paper | None) -> Iterator[tuple[Paper | None, Paper | None]]:
    """Row by row: a paper that has come to its end, if one has, and the one that goes on."""
    part = ""
    for row in (each for each in rows_of(grid) if each):
        keyed = list(_pairs(reading, row))
        finished = None
        if keyed and keyed[0][0] == "name":
            name = keyed.pop(0)[1]
            title = bare(folded(reading, [name]).text)
            if paper is None or key(paper.title) != key(title) or paper.awarded:
                finished, paper = paper, Paper(title, name, name)
        if paper is None:
            continue
        part = keyed[-1][0] if keyed else part
        for word, span in keyed:
            _put(reading, paper, word, span)
        if not keyed and part == "analysis":
            paper.analysis.extend(slot.span for slot in row if slot.span.end > slot.span.start)
        yield finished, paper


def _pairs(reading: Reading, row: list[Slot]) -> Iterator[tuple[str, Span]]:
    """Keys of a row, each with the first cell that holds anything after it."""
    waiting = ""
    for slot in row:
        if slot.span.end == slot.span.start:
            continue
        short = slot.span.end - slot.span.start < 12  # noqa: PLR2004  a key is a word or two
        word = _KEY_OF.get(folded(reading, [slot.span]).text.strip(":"), "") if short else ""
        if waiting and not word:
            yield waiting, slot.span
        if word or slot.column == 0:
            waiting = word
        elif waiting:
            waiting = ""


def _put(reading: Reading, paper: Paper, word: str, span: Span) -> None:
    if word in ("weight", "awarded"):
        text = folded(reading, [span])
        points = number_in(text) or next(
            (
                each
                for said in statements(text)
                for fact, each in said.facts.items()
                if fact in (Fact.WEIGHT, Fact.AWARDED)
            ),
            None,
        )
        if word == "weight":
            paper.weight = points
        else:
            paper.awarded = points
        paper.span = Span(paper.span.start, max(paper.span.end, span.end))
    elif word in ("standard", "analysis", "reason"):
        getattr(paper, word).append(span)
