"""写明的指标个数与实际不符。

## 查什么
“4个一级指标、12个二级指标、26个三级指标”一类的说明，与得分表中的个数是否相同；分章又写明各有几个的，各章之和是否等于总数。
没有分级、只写“共18项指标”的，与得分表中相近而哪一级都不相同的，同样核对。得分表不完整的（末级指标分值之和不是总分）不比。

## 为什么
指标体系改过以后，说明常常没有跟着改；个数对不上，评审会先怀疑得分表漏了指标。

## 怎么改
数一遍得分表，改正个数；确有漏列的指标，补上。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.record import record
from hengji.model.scorecard import Scorecard
from hengji.reading.manuscript import Kind, Manuscript, Passage, Role
from hengji.reading.numerals import whole_number

CODE = "s299"
_COUNT = pattern(
    r"(?P<count>\d{1,3}|[一二三四五六七八九十]{1,3})[个项](?P<level>[一二三四])级指标|(?P<named>[一二三四])级指标(?P<number>\d{1,3})[个项]"
)
_IN_ALL = pattern(r"指标体系[^。;]{0,40}?(?P<count>\d{1,3})[个项](?:具体|末级|评价|绩效)?指标")
_NEAR = 2
"""A number of indicators that is farther off counts something else."""
_LEVELS = "一二三四"
_WHOLE = Decimal(100)


@record
class _Announced:
    """What one sentence says: how many indicators of each level there are, and where it says so."""

    counts: dict[int, int]
    spans: dict[int, Span]


def find(reading: Reading, manuscript: Manuscript, scorecard: Scorecard) -> Iterator[Finding]:
    """Levels of which the whole is announced otherwise than the score table has it, or than the chapters add up to."""
    announced = list(_announced(manuscript))
    whole = next((each for each in announced if each.counts.get(1, 0) > 1 and len(each.counts) > 1), None)
    if whole is None:
        if not announced:
            yield from _in_all(reading, manuscript, scorecard)
        return
    in_table = _of_table(scorecard, whole)
    told = in_table or _of_chapters(announced, whole)
    where = "得分表中有" if in_table else "各章写明的加起来是"
    for level, number in told.items():
        if number != whole.counts[level]:
            fault = Fault(
                CODE,
                Severity.WARNING,
                f"写明有{whole.counts[level]}个{_LEVELS[level - 1]}级指标，{where}{number}个",
                f"{number}个",
                "逐级数一遍指标，改正个数",
                confidence=Confidence.LIKELY,
            )
            others = (each.spans[level] for each in announced if each is not whole and level in each.spans)
            yield remark(reading, fault, whole.spans[level], *others)


def _in_all(reading: Reading, manuscript: Manuscript, scorecard: Scorecard) -> Iterator[Finding]:
    """A number of indicators told without their level that is nearly, but not, that of the score table."""
    counted = Counter(each.level for each in scorecard.walk())
    leaves = sum(1 for _ in scorecard.leaves())
    for passage in manuscript.holding("指标体系"):
        told = _IN_ALL.search(passage.text) if passage.kind is Kind.PROSE and passage.role is not Role.ANNEX else None
        number = whole_number(told["count"]) if told else None
        if told is None or number is None or number in {leaves, *counted.values(), counted.total()}:
            continue
        if abs(number - leaves) <= _NEAR and _is_complete(scorecard):
            found = f"写明共有{number}项指标，得分表中有{leaves}项"
            fault = Fault(
                CODE, Severity.WARNING, found, f"{leaves}项", "数一遍指标，改正个数", confidence=Confidence.LIKELY
            )
            yield remark(reading, fault, passage.span(*told.span("count")))


def _is_complete(scorecard: Scorecard) -> bool:
    """Whether the weights of the last indicators are all told and make up the whole."""
    leaves = list(scorecard.leaves())
    weights = [each.weight.value for each in leaves if each.weight]
    return len(weights) == len(leaves) and sum(weights) in {each.value for each in scorecard.weights} | {_WHOLE}


def _of_table(scorecard: Scorecard, whole: _Announced) -> dict[int, int]:
    """The numbers in the score table; none if it is not complete, or does not agree in any level."""
    levels = {each.level for each in scorecard.leaves()}
    if len(levels) != 1 or not _is_complete(scorecard):
        return {}
    counted = Counter(each.level for each in scorecard.walk())
    deepest = levels.pop()
    if deepest == max(whole.counts):
        return _agreeing({level: counted[level] for level in whole.counts}, whole)
    if deepest == len(whole.counts):  # a table that leaves out the levels between: 一级指标 and 三级指标
        return _agreeing({level: counted[at] for at, level in enumerate(sorted(whole.counts), 1)}, whole)
    return {}


def _of_chapters(announced: list[_Announced], whole: _Announced) -> dict[int, int]:
    """The sums of what is said of each indicator of the first level in a sentence of its own."""
    chapters = [each for each in announced if 1 not in each.counts]
    levels = [level for level in whole.counts if level > 1]
    if len(chapters) != whole.counts[1] or any(level not in each.counts for each in chapters for level in levels):
        return {}
    return _agreeing({level: sum(each.counts[level] for each in chapters) for level in levels}, whole)


def _agreeing(told: dict[int, int], whole: _Announced) -> dict[int, int]:
    """The same if one level is as announced: else it is of another set of indicators."""
    return told if any(number == whole.counts[level] for level, number in told.items()) else {}


def _announced(manuscript: Manuscript) -> Iterator[_Announced]:
    for passage in manuscript.holding("级指标"):
        if passage.kind is Kind.PROSE and passage.role is not Role.ANNEX:
            for start, end in passage.sentences():
                counts, spans = _counts(passage, start, end)
                if counts:
                    yield _Announced(counts, spans)


def _counts(passage: Passage, start: int, end: int) -> tuple[dict[int, int], dict[int, Span]]:
    counts: dict[int, int] = {}
    spans: dict[int, Span] = {}
    for match in _COUNT.finditer(passage.text, start, end):
        number = whole_number(match["count"] or match["number"])
        level = _LEVELS.index(match["level"] or match["named"]) + 1
        if number is not None and level not in counts:
            counts[level], spans[level] = number, passage.span(*match.span())
    return counts, spans
