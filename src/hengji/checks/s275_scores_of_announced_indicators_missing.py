"""说有三级指标，却没有它们的得分。

## 查什么
正文写明有若干个二级、三级、四级指标的，表格、正文、底稿中有没有那一级指标的得分。

## 为什么
只有一级指标的得分，谁也无法复核是怎么打出来的。

## 怎么改
附上逐个指标的得分表。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Prose, Reading, Span
from hengji.model.scorecard import Scorecard
from hengji.reading.scores.wording import folded

CODE = "s275"


_ANNOUNCED = pattern(r"(?P<count>\d{1,3})个(?P<level>[二三四])级指标")
_LEVELS = {"二": 2, "三": 3, "四": 4}


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """The deepest announced level, where no indicator of that level or below it has a score."""
    deepest = max((node.level for node in scorecard.walk() if node.awarded), default=0)
    if not deepest:
        return
    leaves = sum(1 for _ in scorecard.leaves())
    announced = [each for each in _announced(reading) if each[1] != leaves]
    missing = [(level, words, span) for level, _, words, span in announced if level > deepest]
    if missing:
        deep, words, span = max(missing, key=lambda each: each[0])
        found = f"报告说有{words}，却没有它们的得分"
        fault = Fault(CODE, Severity.WARNING, found, "逐个指标的得分", "附上各级指标的得分表")
        yield remark(reading, fault, span, *(there for level, _, there in missing if level == deep and there != span))


def _announced(reading: Reading) -> Iterator[tuple[int, int, str, Span]]:
    for part in reading.parts:
        if isinstance(part, Prose) and "级指标" in reading.quote(part.span).replace(" ", ""):
            text = folded(reading, [part.span])
            for match in _ANNOUNCED.finditer(text.text):
                yield _LEVELS[match["level"]], int(match["count"]), match.group(), text.span(match.start(), match.end())
