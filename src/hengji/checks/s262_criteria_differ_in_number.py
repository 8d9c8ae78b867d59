"""评分要点的个数前后不同。

## 查什么
同一指标的评分要点，在指标表、工作底稿和正文“具体指标”“评价要点”之后列出的，个数是否相同（都列了两个以上才比）。

## 为什么
要点少了一个，那一个就没有人查；分数却照旧给。

## 怎么改
以确认的评价方案为准，把各处的要点补齐或删去。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.scorecard import Scorecard, Scored
from hengji.reading.folding import Folded
from hengji.reading.scores.wording import folded

CODE = "s262"


_OPENING = pattern(r"(?:具体指标|评价要点|评分要点|考核要点|评价内容)[::]")
_QUESTION = pattern(r"是否|有无|能否")
_FEWEST = 2


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Indicators whose points to check are not the same number wherever they are listed."""
    for leaf in scorecard.leaves():
        listed = [(len(each.criteria), each.wording.span) for each in leaf.standards if len(each.criteria) >= _FEWEST]
        listed.extend(_in_text(reading, leaf))
        first = listed[0] if listed else (0, Span(0, 0))
        for count, span in listed[1:]:
            if count != first[0]:
                found = f"{called(leaf)}的评分要点一处列了{first[0]}个，另一处列了{count}个"
                fault = Fault(
                    CODE,
                    Severity.WARNING,
                    found,
                    "各处的要点相同",
                    "以确认的评价方案为准改成一致",
                    f"{first[0]} ≠ {count}",
                )
                yield remark(reading, fault, span, first[1])


def _in_text(reading: Reading, leaf: Scored) -> Iterator[tuple[int, Span]]:
    """The points that the first paragraph of an analysis lists, item by item."""
    for wording in leaf.analyses:
        for span in wording.spans:
            text = folded(reading, [span])
            match = _OPENING.search(text.text)
            if match is not None and len(items := _items(text, match.end())) >= _FEWEST:
                yield len(items), text.span(items[0][0], items[-1][1])
                return


def _items(text: Folded, start: int) -> list[tuple[int, int]]:
    """The items up to the first full stop, each a question or parted from the next by a semicolon."""
    stop = text.text.find("。", start)
    clause = text.text[start : stop if stop >= 0 else len(text.text)]
    items = []
    at = start
    for piece in clause.split(";"):
        if piece.strip():
            items.append((at, at + len(piece)))
        at += len(piece) + 1
    return items if sum(1 for begin, end in items if _QUESTION.search(text.text[begin:end])) >= _FEWEST else []
