"""问卷题数与问卷不符。

## 查什么
说明写的满意度问题、开放式问题有几个，与后面所附问卷表中的题数（留空作答的是开放式问题，问基本情况的不算）是否相同；同一份问卷的题数前后说法是否相同。

## 为什么
满意度按题平均，题数写错，得分的算法就说不清。

## 怎么改
按实际使用的问卷改正题数，并核对参加计分的是哪几题。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Span
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript, Passage

CODE = "t755"
_HAS = r"(?:设置|设有|设计|包括|共有|共)[^。;]{0,8}?"
_SET = pattern(rf"{_HAS}满意度(?:调查)?(?:问题|题目|题)(?P<count>\d{{1,2}})[个道]")
_DESCRIBES = pattern(f"{_HAS}$")
"""Behind it stands the number of questions of a questionnaire, perhaps of another one."""
_SAID = pattern(r"(?<!\d)(?P<count>\d{1,2})[个道]满意度(?:调查)?(?:问题|题目|题)")
_OPEN = pattern(
    r"开放[式性](?:问答题?|问题|题目|题)(?P<count>\d{1,2})[个道]|(?<!\d)(?P<other>\d{1,2})[个道]开放[式性](?:问|题)"
)
_ASKS = pattern(r"\?")
_PERSON = pattern(r"年龄|性别|姓名|单位|职业|职务|电话|学历|身份|住址")
_WORD = pattern(HAN)
_FEWEST = 3


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """What descriptions say of the number of questions against the questionnaire behind them, and what is said later against them all."""
    described: list[tuple[int, Span]] = []
    for passage in manuscript.of(Kind.PROSE, Kind.CELL):
        if "满意度" not in passage.text:
            continue
        if match := _SET.search(passage.text):
            described.append((int(match["count"]), passage.span(*match.span())))
            if passage.kind is Kind.PROSE:
                yield from _against_form(reading, manuscript, passage, described[-1])
        said = _SAID.search(passage.text)
        if said is None or not described:
            continue
        count, span = int(said["count"]), passage.span(*said.span())
        if _DESCRIBES.search(passage.text, 0, said.start()):
            described.append((count, span))
        elif count not in {number for number, _ in described}:
            number, first = described[-1]
            yield remark(reading, _fault(f"前面写满意度问题{number}个，这里写{count}个"), span, first)
            described.clear()


def _against_form(
    reading: Reading, manuscript: Manuscript, passage: Passage, described: tuple[int, Span]
) -> Iterator[Finding]:
    form = _form(reading, manuscript, passage)
    if form is None:
        return
    closed, blank, span = form
    if closed < described[0]:
        found = f"写满意度问题{described[0]}个，所附问卷中供选择的问题有{closed}个"
        yield remark(reading, _fault(found), described[1], span)
    if (match := _OPEN.search(passage.text)) and blank != (count := int(match["count"] or match["other"])):
        found = f"写开放式问题{count}个，所附问卷中留空作答的问题有{blank}个"
        yield remark(reading, _fault(found), passage.span(*match.span()), span)


def _fault(found: str) -> Fault:
    return Fault(CODE, Severity.WARNING, found, "题数与问卷一致", "按实际使用的问卷改正", confidence=Confidence.LIKELY)


def _form(reading: Reading, manuscript: Manuscript, passage: Passage) -> tuple[int, int, Span] | None:
    """How many questions with options and without the first questionnaire behind a passage has, before the next title."""
    for part in reading.parts[passage.part + 1 :]:
        if isinstance(part, Grid):
            rows: dict[int, list[str]] = {}
            for slot in part.slots:
                rows.setdefault(slot.row, []).append(manuscript.cell(slot))
            asked = [cells for cells in rows.values() if any(_ASKS.search(text) for text in cells)]
            if len(asked) < _FEWEST:
                return None
            blank = [cells for cells in asked if not any(_WORD.search(text) for text in cells if "?" not in text)]
            told = sum(not any(_PERSON.search(text) for text in cells) for cells in blank)
            return len(asked) - len(blank), told, part.span
    return None
