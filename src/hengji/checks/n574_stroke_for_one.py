"""名称中的“一”写成了横线。

## 查什么
两个汉字之间的“-”“—”，换成“一”以后正好是报告别处多次或原样写到的名称。

## 为什么
横线与“一”形近，多是录入或识别的错误；名称不一样，读者会当成另一个对象，检索也查不到。

## 怎么改
改成“一”。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from hengji.checks.remarks import Fault, remark, words
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript

CODE = "n574"
_STROKE = pattern(rf"(?P<before>{HAN}{{2}})[-—](?P<behind>{HAN}{{2}})")
_SIGNS = ("-", "—")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Strokes in the place of 一, each name once."""
    done: set[str] = set()
    for passage in manuscript.holding(*_SIGNS):
        for match in _STROKE.finditer(passage.text):
            meant = f"{match['before']}一{match['behind']}"
            if meant in done or meant not in manuscript.plain:
                continue
            done.add(meant)
            span = passage.span(match.start(), match.end())
            fault = Fault(
                CODE,
                Severity.WARNING,
                f"“{words(reading, span)}”中的横线，别处写作“{meant}”",
                f"“{meant}”",
                "改成“一”",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, span, *islice(manuscript.places(meant), 1))
