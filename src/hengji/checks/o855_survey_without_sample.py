"""问卷没有写明样本。

## 查什么
用了问卷或满意度调查的报告，有没有写出份数；只写了收回或抽取份数、没有写发放数或调查总体的，作提示；有效份数少于评价规范的小样本下限的，一并指出。报告自己说明份数没有公布、没有取得的不查。

## 为什么
不知道问了多少人、总共多少人，满意度就不能推及全体。

## 怎么改
写明总体、发放、收回、有效份数和抽样办法。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.profile import Profile
from hengji.model.reading import Prose, Reading, Span
from hengji.reading.scores.wording import folded
from hengji.scoring.operands import points

CODE = "o855"


SMALL = "小样本"
_SURVEY = pattern(
    r"(?:调查|满意度)问卷|问卷调查|满意度调查|(?:发放|发出|收回|回收)[^。;,]{0,8}问卷|问卷[^。;,\d]{0,8}\d+份|调查表|答卷"
)
_COUNT = pattern(
    r"(?P<number>\d+)(?:余)?份|样本(?:量|数)?(?:为|:)?(?P<sample>\d+)|(?P<people>\d+)(?:名|位|人)(?:[^。;,]{0,10})(?:问卷|调查|受访)|(?:调查|访问|受访)[^。;,\d]{0,8}(?P<asked>\d+)(?:名|位|人|户|家)"
)
_ANSWER = pattern(r"(?:满意|一般|知晓|知道|了解|清楚|认可|支持|无效|作废|剔除|废卷|”)[”的了为共有]{0,2}$")
"""Forms of one answer, or left out, are no sample."""
_REACH = 8
_UNKNOWN = pattern(r"没有公布|未公布|未载|没有提供|未提供|未能取得")
_WHOLE = pattern(
    r"(?:发放|发出|投放|下发)[^。;,]{0,12}\d+|\d+份[^。;,]{0,6}(?:发放|发出)|(?:回收|收回)率\D{0,6}\d|总体|总数为\d|全部\d+|共有\d+(?:名|户|家|人)[^。;]{0,20}抽"
)


def find(reading: Reading, profile: Profile) -> Iterator[Finding]:
    """A survey with no numbers at all, or with no number of those that were asked."""
    told = [(span, text) for span, text in _told(reading)]
    if not told or any(_UNKNOWN.search(text) for _, text in told):
        return
    words = "".join(text for _, text in told)
    found = [
        match
        for match in _COUNT.finditer(words)
        if not _ANSWER.search(words, max(0, match.start() - _REACH), match.start())
    ]
    counts = [int(next(filter(None, match.groups()))) for match in found]
    first = told[0][0]
    if not counts:
        fault = Fault(
            CODE,
            Severity.WARNING,
            "用了问卷，却没有写发放、收回多少份",
            "总体、发放、收回、有效份数",
            "写明样本和抽样办法",
            "",
            Confidence.LIKELY,
        )
        yield remark(reading, fault, first)
    elif not _WHOLE.search(words):
        least = profile.threshold(SMALL)
        small = (
            f"；最少的一次只有{min(counts)}份，少于{points(least.value)}份（{least.source}）"
            if min(counts) < least.value
            else ""
        )
        fault = Fault(
            CODE,
            Severity.NOTE,
            f"问卷只写了收回或抽取的份数，没有写发放数和调查总体{small}",
            "总体、发放、收回、有效份数",
            "写明样本和抽样办法",
            "",
            Confidence.LIKELY,
        )
        counted = next(span for span, text in told if _COUNT.search(text))
        yield remark(reading, fault, counted)


def _told(reading: Reading) -> Iterator[tuple[Span, str]]:
    """The paragraphs about a survey."""
    for part in reading.parts:
        if isinstance(part, Prose) and any(word in reading.quote(part.span) for word in ("问卷", "答卷", "满意度调查")):
            text = folded(reading, [part.span])
            match = _SURVEY.search(text.text)
            if match is not None:
                stop = text.text.find("。", match.end())
                end = stop if stop >= 0 else len(text.text)
                yield text.span(text.text.rfind("。", 0, match.start()) + 1, end), text.text
