"""Sentences that say scores: “指标赋分 6 分，扣 2 分，得 4 分”, “该项满分3分，得分3分，得分率100%”, “决策得分为18分，过程得分为24分”.

A score sentence is a row of facts, each a key word and a number; facts about one subject are one statement. A subject is the words
between the last stop and the key word. A sentence that says a rule (“每出现一处扣1分，否则0分”) states no score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from hengji.model.patterns import pattern
from hengji.model.reading import Span
from hengji.model.scorecard import Points
from hengji.reading.folding import Folded
from hengji.reading.han import HAN


class Fact(Enum):
    """What a number of points is."""

    WEIGHT = "分值"
    DEDUCTED = "扣分"
    AWARDED = "得分"
    RATE = "得分率"


_WORDS = {
    Fact.DEDUCTED: r"(?:扣减|扣除|扣|减)(?:了|除|减)?(?:指标)?(?:分值|分数|分)?",
    Fact.RATE: r"得分率|折算(?:为|成)?百分制(?:后)?(?:的)?(?:得分|得)?|百分制得分",
    Fact.WEIGHT: r"(?:指标)?(?:设定)?(?:总)?(?:权重占比|权重|赋分|赋值|分值|标准分值|标准分|满分|(?<!对)应得分|总分)(?:设置|设定)?",
    Fact.AWARDED: r"(?:本次|自评|复核|评价|考核|实际|最终|综合|评定|评|实|共|可|合计|指标)*(?:总)?(?:(?<!应)|(?<=对应))(?:得分|得|评分|计分)|(?<![合共累总])计(?=\d[\d.]*分\((?:满分|权重|分值))",
}
_KEY = "|".join(f"(?P<{fact.name}>{word})" for fact, word in _WORDS.items())
_OF_FULL = r"\((?:满分|权重|分值)[为:]?\d"
"""What stands behind a score that its weight follows in a bracket: 决策9.5分(满分10分)."""
_FACT = pattern(
    r"(?=[扣减得折百指设总权赋分标满应本自复评考实最综共可合计不\d])"
    rf"(?:(?:{_KEY})(?:情况)?[为是计:=达]?(?:了)?(?:\d[\d.%×*÷/()+−-]{{1,40}}[=≈])?(?P<number>\d+(?:\.\d+)?)(?P<unit>分(?!钟|别|之|行|公|类|项|位)|%)|(?P<full>得满分)|(?P<none>不得分)"
    rf"|(?:(?<={HAN})|(?<=”)|(?<=\()(?=[^()]*\))|(?<={HAN},))(?P<bare>\d+(?:\.\d+)?)分(?!,(?:低于|高于|达到|超过|未达|不足))(?=,(?:扣\d|[^。;]{{0,120}}得分?[为=:]?(?:\d|满分))|{_OF_FULL}))"
)
"""Most places are passed over by the first sign alone."""
_SCORED_OF = pattern(_OF_FULL)
_STOP = pattern(r"(?<!方面)[,，]|[、;:。()!\n]|其中|具体为|具体是|分别为|包括")
_RULE = pattern(
    r"否则|扣完为止|每(?:发现|出现|有|少|缺|[处次人户家张套台件例份笔天日月年]|低|降|减|超|增|逾|延|项|个?百分点)|发现[一1]|有[一1任][项处个]|酌情|得分=(?!\d)|[×*](?!\d)|的得|者得|的扣|的不得分|以上得|以下得|得满分;|要点"
)
_QUOTED_RULE = pattern(
    r"“(?=[^“”]{0,200}(?:\d分|不得分|不扣分|满分))[^“”]{0,160}(?:以[内上下]|每|不足|达到|低于|高于|超过|为止|之间|[-—~]\d)[^“”]{0,160}”"
)
_SAID = pattern(
    rf"{HAN}(?<![得扣加计])\d+(?:\.\d+)?分,[^。;]{{0,120}}(?<![可能])得分?[为=:]?\d"
    r"|,(?:共|合计|应|实际|实)?扣[减除]?\d+(?:\.\d+)?分,(?:实|应|最终)?得分?[为=:]?\d"
)
"""“立项依据6分，得4分，发现1处…”, “每处扣0.5分，扣1.5分，得4.5分”: a score, whatever else the sentence says."""
_OF_ALL = pattern(r"该|本[项指]|此项|合计|共计?[得扣]|综合|最终|综上|因此")
"""Words by which a score is that of the whole indicator, and not of something in it."""
_THIS = pattern(r"(?:该|本)(?:项)?指标|该项(?!目)")
_RATED = pattern(rf"(?P<name>{HAN}{{2,10}}[率度])[为是达仅约到]*\d")
_RATE_BESIDE = pattern(rf"(?:^|(?<=[。;:]))(?P<name>{HAN}{{2,12}}[率度])[为是达仅]?\d+(?:\.\d+)?%,$")
"""A rate that begins a sentence or an item, right before what is taken off for it: “预算完成率94.07%,扣0.30分;”."""
_AT_ONCE = pattern(r",(?:扣|实?得分?[为=:]?)(?:\d|满分)")
_OFF = pattern(r"再?扣[除减]?")
"""What is taken off for something: “扣除1家机构迟报数据0.4分”."""
_FOR_EACH = pattern(r"每[^,;。]{1,8}$|[均各]$|分别$")
"""What stands before points that are given, or taken off, more than once: “三项资金均得5分”, “分别得5分、5.5分和5分”."""
_AND_MORE = pattern(r"[、和及]\d+(?:\.\d+)?分")
"""What stands behind points of several: “对应得分为4.5分、4分和3分”."""
_GIVEN = frozenset({Fact.DEDUCTED, Fact.AWARDED})
_CLAUSE = pattern(r"[^。;!?；！？]+[。;!?；！？]?")
_TAIL = pattern(
    r"(?:具体)?(?:类)?(?:该类|本类|该项|该|本项|(?<!成)本|此项|此)?(?:单项)?指标$|的$|方面$|类$|(?<=.{3})共$"
)
_PRONOUN = pattern(
    r"^(?:该|本|此|根据|依据|按照|按|综上|因此|故|所以|经(?!济|费|营)|结合|对照|参照|评价|指标|最终|共(?!享|建)|合计|以上|上述)"
)


@dataclass(slots=True)
class Statement:
    """What a sentence says of one subject: ``subject`` is folded and may be empty; ``pronoun`` that it points back (“该指标”).

    ``sentence`` is the one in which it stands; ``parted`` that something is taken off for each of several; ``of_all`` that its words say
    it is of the indicator as a whole (“该项得5分”); ``rated`` is the rate told before such words, which may be the indicator
    (“预算执行率为97.33%,该指标得5.48分”).
    """

    subject: str
    span: Span
    sentence: Span
    facts: dict[Fact, Points] = field(default_factory=dict)
    full: Span | None = None
    pronoun: bool = False
    parted: bool = False
    of_all: bool = False
    rated: str = ""

    @property
    def named(self) -> str:
        """What its own sentence says that it is of; empty where it says nothing."""
        return self.rated if self.pronoun else self.subject

    @property
    def whole(self) -> bool:
        """Whether it says all of one indicator: its weight and its score."""
        return Fact.WEIGHT in self.facts and Fact.AWARDED in self.facts


def clauses(text: Folded) -> Iterator[tuple[int, int]]:
    """The sentences of a folded text, as folded offsets."""
    for match in _CLAUSE.finditer(text.text):
        yield match.start(), match.end()


def statements(text: Folded) -> Iterator[Statement]:
    """The statements about scores in a folded text, in order."""
    if "分" not in text.text and "权重" not in text.text:
        return
    text = _without_rules(text)
    for start, end in clauses(text):
        if _RULE.search(text.text, start, end) and not _SAID.search(text.text, start, end):
            continue
        weighed: Statement | None = None
        for each in _of_clause(text, start, end):
            if weighed is not None and each.pronoun and Fact.AWARDED in each.facts and Fact.WEIGHT not in each.facts:
                # 执行有效性满分5分,…,共扣2分,得3分: of what the sentence began with
                each.subject, each.pronoun, each.of_all = weighed.subject, False, False
            elif each.subject and not each.pronoun and each.facts.keys() == {Fact.WEIGHT}:
                weighed = each
            yield each


def _without_rules(text: Folded) -> Folded:
    """The text with what it quotes of a standard made blank: 按“5%以内扣1分,5%以上不得分”的标准,扣1分 says that one point was taken off."""
    if "“" not in text.text:
        return text
    return Folded(_QUOTED_RULE.sub(lambda match: f"“{'□' * (len(match[0]) - 2)}”", text.text), text.origins)


def _of_clause(text: Folded, start: int, end: int) -> Iterator[Statement]:
    current: Statement | None = None
    at = start
    for match in _FACT.finditer(text.text, start, end):
        gap = text.text[at : match.start()]
        if match["bare"]:
            gap = gap.rstrip("(,")
        named = next((fact for fact in Fact if match[fact.name]), Fact.AWARDED)
        fact = _bare_fact(match, gap) if match["bare"] else named
        several = fact in _GIVEN and (_FOR_EACH.search(gap) or _AND_MORE.match(text.text, match.end()))
        if several or (match["bare"] and not _named(gap, match)):
            if several and fact is Fact.DEDUCTED and current is not None:
                current.parted = True  # 2个站各扣0.4分,…,扣0.3分: what is taken off besides is not all
                current.facts.pop(Fact.DEDUCTED, None)
            at = match.end()
            continue
        subject = _subject(gap)
        if current is None or fact in current.facts or (len(_after_stop(gap)) > 1 and _is_name(subject)):
            if current is not None:
                yield current
            pronoun = not subject or bool(_PRONOUN.match(_after_stop(gap)))
            lead = at + len(gap) - len(_after_stop(gap))
            current = Statement(subject, text.span(lead, match.end()), text.span(start, end), pronoun=pronoun)
            current.rated = _rate_before(text.text, start, lead, fact) if pronoun else ""
        current.of_all |= bool(_OF_ALL.search(_after_stop(gap) + match.group()))
        current.span = Span(current.span.start, text.span(match.start(), match.end()).end)
        _take(current, fact, match, text)
        at = match.end()
    if current is not None:
        if (
            text.text[end - 1] in ";；"
            and list(current.facts)[-1:] == [Fact.DEDUCTED]
            and Fact.AWARDED in current.facts
        ):
            del current.facts[Fact.DEDUCTED]  # one of several, told behind the score: 得4分:1处…,扣2分;2处…,扣1分
        yield current


def _rate_before(text: str, start: int, lead: int, fact: Fact) -> str:
    """The rate that points are for: one told before 该指标, or right before what is taken off."""
    rates = [rate["name"] for rate in _RATED.finditer(text, start, lead)] if _THIS.match(text, lead) else []
    beside = _RATE_BESIDE.search(text, start, lead) if fact is Fact.DEDUCTED else None
    return beside["name"] if beside else rates[-1] if rates else ""


def _take(statement: Statement, fact: Fact, match: re.Match[str], text: Folded) -> None:
    whole = text.span(match.start(), match.end())
    if fact is Fact.DEDUCTED and statement.parted:
        return
    if match["bare"]:
        statement.facts[fact] = Points(text.span(*match.span("bare")), Decimal(match["bare"]))
    elif match["full"]:
        statement.full = whole
    elif match["none"]:
        statement.facts[Fact.AWARDED] = Points(whole, Decimal(0))
    elif fact is Fact.RATE or match["unit"] == "分" or fact is Fact.WEIGHT:
        statement.facts[fact] = Points(text.span(match.start("number"), match.end("number")), Decimal(match["number"]))


def _bare_fact(match: re.Match[str], gap: str) -> Fact:
    """What a number of points without a word is: a score where its weight follows in a bracket, else a weight, or what is taken off."""
    if _SCORED_OF.match(match.string, match.end()):
        return Fact.AWARDED
    return Fact.DEDUCTED if _OFF.match(_after_stop(gap)) else Fact.WEIGHT


def _named(gap: str, match: re.Match[str]) -> bool:
    """Whether a number of points without a word for weight stands behind a name: right before the score, or first in its sentence."""
    behind = match.end()
    if _SCORED_OF.match(match.string, behind):
        return len(_subject(gap)) > 1
    return bool(_AT_ONCE.match(match.string, behind)) or not _STOP.search(gap.removeprefix("、"))


def _after_stop(gap: str) -> str:
    last = 0
    for stop in _STOP.finditer(gap):
        last = stop.end()
    return gap[last:]


def _subject(gap: str) -> str:
    words = _after_stop(gap).rstrip(",，")
    while (shorter := _TAIL.sub("", words)) != words:
        words = shorter
    return words.strip('“”"《》')


def _is_name(subject: str) -> bool:
    return len(subject) > 1 and not _PRONOUN.match(subject)
