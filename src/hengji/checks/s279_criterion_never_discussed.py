"""有的评分要点没有提到。

## 查什么
得满分的末级指标，评分标准逐条列出并各有分数的要点，在正文和底稿的分析中是否都提到过（要点中的主要用词有没有出现）。
扣了分的，所得的分只能来自某一个要点，而分析只说哪里不符合、没有说这个要点符合的，同样指出。

## 为什么
没有核查的要点照样给分，满分就没有依据。

## 怎么改
逐条写明每个要点的核查情况。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain, combinations

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called, full_marks
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.scorecard import Criterion, Points, Scorecard, Scored, Where
from hengji.scoring.operands import points

CODE = "s279"
_STOP = pattern(
    r"是否|项目|符合|规定|相关|要求|进行|具有|工作|情况|以及|必要|已经|按照|标准|评价|实施|专项资金|资金|绩效|准确|完整|有效|合理|规范|明确"
)
_PARTS = pattern(r"[,、;。:()“”《》及和与或的、/]|是否|已经过|经过")
_SHORTEST = 3
_FEWEST, _FEWEST_KEPT = 3, 2
_MOST = 8
_ASKED = pattern(r"^\d+[.、]|得\d+(?:\.\d+)?分.*$|[;。]$")
_DENIED = pattern(r"(?:未|没有|缺[少乏]|不)[^。]*")


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Criteria with points that were given, none of whose words stand in the analysis."""
    for leaf in scorecard.leaves():
        standard = next((each for each in leaf.standards if len(each.criteria) > 1), None)
        if standard is None or not leaf.analyses or leaf.awarded is None:
            continue
        if full_marks(leaf) is not None:
            told = "".join(each.text for each in leaf.analyses)
            for criterion in standard.criteria:
                if criterion.points is not None and _unspoken(criterion, told, _FEWEST):
                    said = f"得满分，其中一个要点（{points(criterion.points)}分）在分析中没有提到"
                    yield _finding(reading, leaf, criterion, leaf.awarded, said)
        else:
            told = _granted(leaf.analyses[0].text, standard.criteria)
            for criterion in _kept(standard.criteria, leaf.awarded.value):
                if told and _unspoken(criterion, told, _FEWEST_KEPT):
                    said = f"所得的{points(leaf.awarded.value)}分只能来自要点“{criterion.text}”，分析没有说它符合"
                    yield _finding(reading, leaf, criterion, leaf.awarded, said)


def _finding(reading: Reading, leaf: Scored, criterion: Criterion, awarded: Points, said: str) -> Finding:
    fault = Fault(
        CODE, Severity.NOTE, f"{called(leaf)}{said}", "每个要点的核查情况", "逐条写明", "", Confidence.POSSIBLE
    )
    body = leaf.of(Where.TEXT)[:1]
    told_in = (record.analysis.span for record in body if record.analysis)
    scored = (record.awarded.span for record in body if record.awarded)
    return remark(reading, fault, criterion.span, *dict.fromkeys((awarded.span, *scored, *told_in)))


def _kept(criteria: Sequence[Criterion], awarded: Decimal) -> Sequence[Criterion]:
    """The only criterion whose points can be all that was awarded; none where there are several ways, or points are not told."""
    known = [each for each in criteria if each.points is not None]
    if len(known) < len(criteria) or len(known) > _MOST or awarded <= 0:
        return ()
    sets = chain.from_iterable(combinations(known, size) for size in range(1, len(known) + 1))
    ways = [way for way in sets if sum(each.points for each in way if each.points is not None) == awarded]
    return ways[0] if len(ways) == 1 and len(ways[0]) == 1 else ()


def _granted(analysis: str, criteria: Sequence[Criterion]) -> str:
    """What an analysis grants: without the criteria said again, and without what is denied up to the end of its sentence; nothing
    where nothing is denied."""
    for criterion in criteria:
        analysis = analysis.replace(_ASKED.sub("", criterion.text), "")
    granted = _DENIED.sub("", analysis)
    return granted if granted != analysis else ""


def _unspoken(criterion: Criterion, told: str, fewest: int) -> bool:
    words = [word for word in (_STOP.sub("", part) for part in _PARTS.split(criterion.text)) if len(word) >= _SHORTEST]
    return len(words) >= fewest and not any(_stands(word, told) for word in words)


def _stands(word: str, told: str) -> bool:
    """Whether a word, or its greater part, is told."""
    half = len(word) if len(word) == _SHORTEST else len(word) // 2 + 1
    return any(word[at : at + half] in told for at in range(len(word) - half + 1))
