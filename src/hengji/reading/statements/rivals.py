"""Where parts that do not make up a total beside them are no fault: they make up another, or go on in other words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from hengji.model.claim import Measure
from hengji.model.patterns import pattern
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.parts import addable
from hengji.reading.statements.tokens import Kind, Token
from hengji.reading.statements.verdicts import range_of, total

MADE = frozenset({"组成", "构成"})
"""Words behind which no parts stand."""
_NEXT, _CLAUSES = 7, 3
_FOR = pattern("(?:^|[①-⑳是)、.])[为对给向在]$")
_TOLD_TWICE = pattern(r"之和[^。;,]{0,8}(?:大于|多于|超过)|重复(?:计算|统计|计数)|(?:有|存在)(?:交叉|重叠|重复)")
_OF_ALL = pattern(r"$|以上|上述|[全总各本该两]|[\d一二三四五六七八九十]{1,3}[项类个者笔种级方批年]")
"""How a clause begins that counts together what stands before it."""


def is_made(every: Sequence[Token], number: int) -> bool:
    """Whether a word tells what parts before it make: 骨干4人、工程师1人,组成7人工作组."""
    following = every[number + 1 : number + 2]
    return every[number].text in MADE and any(
        each.kind is Kind.QUANTITY and each.start == every[number].end for each in following
    )


def _may_overlap(passage: Passage, whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether things are counted more than once: for each of them something is done (为12所学校购置…;为20所学校安装…), or the text says so."""
    if whole.unit.measure is not Measure.COUNT:
        return False
    return any(_FOR.search(part.before) for part in parts) or bool(_TOLD_TWICE.search(passage.text, whole.token.end))


def are_of_another(passage: Passage, parts: Sequence[Mention], sentence: int, cue: int) -> bool:
    """Whether quantities before a total word make up another total, or the word is told of a thing of its own."""
    return bool(parts) and (_made_up_before(passage, parts, sentence) or _is_of_another(passage, parts, cue))


def _made_up_before(passage: Passage, parts: Sequence[Mention], sentence: int) -> bool:
    """Whether parts make up a total that stands before them: 安排6,450万元,其中2021年…;三年共支出…."""
    if len(parts) <= 1:
        return False
    together = total(part.quantity for part in parts)
    before = passage.between(sentence, parts[0].at)
    return any(each.like(parts[0]) and addable(each) and together.holds(each.quantity) for each in before)


def _is_of_another(passage: Passage, parts: Sequence[Mention], cue: int) -> bool:
    """Whether a total word behind a semicolon is told of a thing of its own: 半失能10人、失能5人;上门服务共30人."""
    every = passage.tokens
    marks = [
        each for each in every[parts[-1].at : cue] if each.kind is Kind.SEMICOLON and each.depth == parts[-1].depth
    ]
    within = any(each.kind is Kind.SEMICOLON for each in every[parts[0].at : parts[-1].at])
    return bool(marks) and not within and _OF_ALL.match(passage.text[marks[-1].end : every[cue].start]) is None


def goes_on_otherwise(passage: Passage, whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether what is missing of a total is counted by another word right behind its parts: 68家,其中机构48家、街道20个."""
    if _ends_in_total(parts) or _with_all(passage, whole, parts) or _is_rated(passage, whole, parts):
        return True
    if _has_parts_itself(passage, parts) or _may_overlap(passage, whole, parts):
        return True
    last = parts[-1]
    missing = whole.quantity.value - total(part.quantity for part in parts).value
    beside = [each for each in passage.between(last.at, last.at + _NEXT) if each.clause - last.clause <= _CLAUSES]
    return any(
        each.unit.measure is Measure.COUNT and not each.like(last) and each.quantity.value == missing for each in beside
    )


def _ends_in_total(parts: Sequence[Mention]) -> bool:
    """Whether a list ends with the total of its own: 收入合计92万元,而预测分别为60万元、50万元,合计110万元."""
    return Kind.TOTAL in parts[-1].words and Kind.TOTAL not in parts[0].words


def _is_rated(passage: Passage, whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether parts are so much of a whole as is told right behind them: 幼儿600人,其中公办300人、普惠性民办240人,覆盖率90%."""
    last = parts[-1]
    share = total(part.quantity for part in parts).over_by(range_of(whole.quantity))
    behind = next(passage.between(last.at + 1, last.at + _NEXT), None)
    rate = behind is not None and behind.unit.measure is Measure.RATE and behind.clause - last.clause == 1
    return rate and share is not None and behind is not None and share.holds(behind.quantity)


def _has_parts_itself(passage: Passage, parts: Sequence[Mention]) -> bool:
    """Whether the last part, behind a semicolon, is a total with parts of its own, as the first is not."""
    (first, *_), last = parts, parts[-1]
    beyond = ";" in passage.text[first.token.end : last.token.start]
    return beyond and _is_split(passage, last) and not _is_split(passage, first)


def _is_split(passage: Passage, mention: Mention) -> bool:
    """Whether parts follow right behind a quantity."""
    return [token.kind for token in passage.tokens[mention.at + 1 : mention.at + 3]] == [Kind.COMMA, Kind.PARTS]


def is_part_grown(mention: Mention) -> bool:
    """Whether an amount may be a part though its words tell of a change: 人员降至自有58人、企业379人,共437人."""
    return not addable(mention) and Kind.UP_TO in mention.words


def _with_all(passage: Passage, whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether all amounts of the sentence from the first part on but those planned or left, told in whichever words, make it up:
    中央60万元、省级20万元全部到位;市级应到位30万元,到位10万元,尚差20万元."""
    first = parts[0]
    behind = passage.between(first.at, len(passage.tokens))
    listed = takewhile(lambda each: each.sentence == first.sentence, behind)
    done = [each for each in listed if each.role is whole.role or each.role not in {Kind.BUDGET, Kind.LEFT}]
    alike = [each.quantity for each in done if each.like(whole) and addable(each)]
    return len(alike) > len(parts) and total(alike).holds(whole.quantity)


def by_years(parts: Sequence[Mention]) -> bool:
    """Whether each part is that of a year, one after another: what follows behind is no part."""
    years = [match[1] for part in parts if (match := _YEAR.search(part.before))]
    return len(parts) > 1 and len(years) == len(parts) and sorted(set(years)) == years


_YEAR = pattern(r"((?:19|20)\d\d)年度?$")
