"""Printed standards to the shapes of the house: “①…得2分；②…得1分”, “每出现一处扣1分”, “得分=分值×完成率”, “95%以上得满分；…”.

The readers are tried from the most particular to the most general; the first that understands the words decides. What none understands
is said to be unread, discretionary or silent, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from math import gcd

from hengji.model.band import Band, Edge, GradePoints
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.model.rubric import (
    AllOrNothing,
    BandDeductions,
    Bands,
    Checklist,
    DefectDeductions,
    Discretionary,
    Element,
    GradedJudgement,
    Ratio,
    Rubric,
    Satisfaction,
    StepDeductions,
    ThresholdRatio,
)
from hengji.model.scorecard import Criterion, Manner, Standard, Step, Wording
from hengji.reading.folding import Folded
from hengji.reading.han import HAN
from hengji.reading.scores.criteria import criteria_in
from hengji.reading.scores.intervals import intervals
from hengji.reading.scores.steps import steps_in

_WHOLE = Decimal(100)
PLACEHOLDER = "100%"
"""The operand of a standard that was only read."""

_NUMBER = r"\d+(?:\.\d+)?"
_WEIGHT = rf"(?:(?:该)?(?:指标)?(?:标准)?(?:分值|权重分值|权重分|权重|满分|总分|标准分)|{_NUMBER}分?)"
_TIMES_WEIGHT = pattern(rf"^\(|\)$|[*×x/÷]?{_WEIGHT}[*×x]?|[*×]100%|100%")
_CAPPED = pattern(r"[,(](?:最高|最多|至多|不超|超过|上限|封顶|满分(?!(?:分值?)?[*×/÷])|扣完).*$")
"""What a formula says of its bounds: “完成率×8分，最高8分”."""
_WEIGHT_TIMES = pattern(rf"^{_WEIGHT}[*×]")
_FORMULA = pattern(
    r"(?:得分|评分|分数|本项得分|评价分)=(?P<expression>[^;。]{2,60})|按(?:照)?(?P<words>[^,;。]{0,20}?)(?:的)?(?:实际)?(?:完成)?(?:比例|百分比|比率)(?:计算|折算|计|确定|相应)?(?:得分|计分|给分|赋分|扣分|扣减|扣除|计算)"
    rf"|(?P<bare>{HAN}{{2,14}}(?:率|度|比例)[*×](?:该?指标)?(?:分值|权重|标准分|满分|\d+(?:\.\d+)?分?))"
)
_VARIABLE = pattern(r"[一-鿿A-Za-z“”\"（）()]{1,24}?(?:率|度|比例|比重|占比|数量|数)")
_SUBJECT = pattern(
    rf"(?P<subject>{HAN}{{1,12}}?(?:率|度|比例|比重|占比|数量|人数|数|额))(?:为|是|达到|达|在|≥|>|<|≤|超过|低于|大于|小于|不低于|=)?[(\[]?$"
)
_EACH = pattern(
    rf"(?:每|发现|出现|有|如有|存在|缺|缺少|少|任[一1]|[一1]项)[^。;,]{{0,24}}?(?:,)?(?:则)?(?:扣减|扣除|扣)(?:减|除)?(?:该项|指标)?(?:分值|权重分|权重)?(?:的)?(?P<points>{_NUMBER})(?P<unit>分|%)"
)
_GAINED = pattern(
    rf"(?:每)?(?:符合|满足|具备|达到)[一1]项(?:要求|要点|标准)?(?:的)?(?:得|加|计)(?P<points>{_NUMBER})(?P<unit>分)"
)
_PERCENT_STEP = pattern(
    rf"每(?:比|较)?(?:目标值?|计划值?|标准值?)?(?:降低|下降|低于|低|少于|少|减少|(?P<above>超过|超出|超|高于|高出|高|增加|偏离|相差))(?:目标值?|计划值?|标准值?)?(?P<unit>{_NUMBER})?(?:个)?(?P<kind>百分点|%)[^。;]{{0,8}}?扣(?:减|除)?(?P<points>{_NUMBER})分"
)
_FULL_AT = pattern(rf"(?P<percent>{_NUMBER})%[^;。\d%]{{0,14}}(?:满分|{_NUMBER}分)")
_ALL = pattern(
    rf"(?P<met>[^;。]{{0,120}}?)(?:的)?(?:得|计|给)(?:(?P<full>满分)|(?P<points>{_NUMBER})分)[,;。]?(?:否则|不然|反之|(?:有|发现|任)[一1任][项处条个]?[^;。,]{{0,16}}[,]?(?:该项|本项)?)(?:(?:得|计|为)?0分|不得分|(?:得)?零分|不计分)"
)
_GIVEN_OR_TAKEN = pattern(rf"得{_NUMBER}分|扣{_NUMBER}分")
_LABELLED = pattern(
    rf"(?P<name>[“\"‘]?[^“”\"‘’;。,:()\d=×*]{{1,30}}?[”\"’]?)(?:的)?[,]?(?:得|计|给|为)?(?P<points>满分|{_NUMBER}分|不得分|(?:得)?零分)(?=[,;。、]|$)"
)
_EACH_ELEMENT = pattern(
    rf"(?:每(?:符合|满足|具备|达到|有|完成)?[一1]?[项个条]?(?:要点|要素|内容|指标)?|各|各项|每[项个条点]|[一1]项)(?:符合|满足|各占|占|得|计|为|各)*(?P<points>{_NUMBER})分"
)
_SHARES = pattern(
    r"(?:各占|占|得|的)(?:权重(?:分)?|分值)?(?:的)?(?:1/(?P<parts>\d)|(?P<percent>\d+(?:\.\d+)?)%)(?:的?(?:权重分|权重|分值))?"
)
_DISCRETION = pattern(
    r"酌情|视情况?(?:扣|给|得|打)|根据(?:实际)?情况(?:扣|给|得|打|综合)|适当扣分|综合(?:判断|评判|打分)"
)
_FULL_ONLY = pattern(r"^[^;。,]{0,120}(?:得|计)满分[;。]?$")
_SEVERAL = pattern(rf"(?:[两二三四五六]|\d)个{HAN}{{1,4}}各{_NUMBER}分")
"""So many things, each with its own points, of which what follows is said once for all."""
_POINTS = pattern(rf"({_NUMBER})分")
_GIVEN = pattern(rf"得{_NUMBER}分")
_RESPECTIVELY = pattern(rf"分别(?:为|得|占|计|给)?(?P<each>{_NUMBER}分(?:[、,和]{_NUMBER}分)+)")
_TAKEN_OFF = ("扣", "扣减", "扣除")
_SECOND = pattern(
    rf"不足[^,;。]{{1,12}}扣|合计[按扣]|每[^;。]{{1,12}}分,部分(?:符合|满足|达到|完成|具备)[^;。]{{0,8}}[得扣]|[/÷](?!100%){_NUMBER}%|全部[^;。,]{{1,8}}得{_NUMBER}分;[^;。]*%"
    rf"|得{_NUMBER}分;[^;%‰]{{2,20}}得{_NUMBER}分;[^;]*[%‰][^;]*得{_NUMBER}分"
)
"""A rule beside the one that a reader would take for all: 每30人扣1分,不足30人的扣0.5分; 得分=满意度/90%×7分."""
_RULES = pattern(
    rf"得{_NUMBER}分|扣{_NUMBER}分|得分|满分|扣分|不得分|权重分|扣完|{_NUMBER}分|[×*](?:该?指标)?(?:权重|分值|满分)"
)


@record
class _Words:
    """A standard being read: its folded text, its criteria, and the weight where it is known."""

    folded: Folded
    wording: Wording
    criteria: tuple[Criterion, ...]
    weight: Decimal | None

    @property
    def text(self) -> str:
        return self.folded.text


def standard_of(text: Folded, wording: Wording, weight: Decimal | None) -> Standard:
    """What the words of a standard say; ``text`` is the same wording with its origins."""
    words = _Words(text, wording, criteria_in(text), weight)
    if _SECOND.search(words.text) or (_SEVERAL.search(words.text) and not words.criteria):
        return Standard(wording, Manner.UNREAD)
    for read in _READERS:
        standard = read(words)
        if standard is not None:
            return standard
    if _FULL_ONLY.search(words.text):
        return Standard(wording, Manner.ONE_SIDED, criteria=words.criteria)
    manner = Manner.UNREAD if _RULES.search(words.text) else Manner.SILENT
    return Standard(wording, manner, criteria=words.criteria)


@record
class _More:
    """What a reader knows of a standard beside its shape."""

    subject: str = ""
    steps: tuple[Step, ...] = ()
    full: bool = False
    confidence: Confidence = Confidence.CERTAIN


def _said(words: _Words, rubric: Rubric | None, more: _More | None = None) -> Standard:
    known = more or _More(full="得满分" in words.text)
    return Standard(
        words.wording, Manner.RUBRIC, rubric, known.subject, words.criteria, known.steps, known.full, known.confidence
    )


def _formula(words: _Words) -> Standard | None:
    """“得分=分值×完成率”, with or without a threshold from which the weight is given whole."""
    match = _FORMULA.search(words.text)
    if match is None:
        return None
    subject = _variable(match["expression"] or match["bare"] or match["words"] or "", words.text[: match.start()])
    steps = steps_in(words.folded, words.weight)
    above = [step for step in steps if step.interval.low is not None and step.interval.high is None]
    if match["words"] is not None and "扣" in match.group():
        return _said(words, Ratio(PLACEHOLDER), _More(subject=subject, confidence=Confidence.POSSIBLE, full=True))
    if above:
        interval = above[0].interval
        if interval.low is not None and interval.low >= _WHOLE:
            return _said(words, Ratio(PLACEHOLDER), _More(subject=subject, full=True))
        below = [each.interval for each in intervals(words.text) if each.interval.high == interval.low]
        edges = {interval.low_edge, *(_other(each.high_edge) for each in below)} - {None}
        edge = edges.pop() if len(edges) == 1 else None
        rubric = ThresholdRatio(PLACEHOLDER, f"{interval.low:f}%", edge)
        return _said(words, rubric, _More(subject=_subject_before(words, above[0]) or subject, steps=steps, full=True))
    shape = Satisfaction(PLACEHOLDER) if "满意" in subject else Ratio(PLACEHOLDER)
    return _said(words, shape, _More(subject=subject))


def _other(edge: Edge | None) -> Edge | None:
    """The edge that the band above has where the one below says this of its own."""
    return None if edge is None else Edge.EXCLUDED if edge is Edge.INCLUDED else Edge.INCLUDED


def _variable(expression: str, before: str) -> str:
    """What is multiplied by the weight, without the weight itself."""
    expression = _CAPPED.sub("", expression)
    plain = _TIMES_WEIGHT.sub("", expression)
    plain = plain.strip("()*×,[] ")
    if "/" in expression or "÷" in expression:
        inner = _WEIGHT_TIMES.sub("", expression)
        return inner.strip("()[]*× ").replace("×100%", "").replace("*100%", "").rstrip("()")
    if not plain:
        found = _VARIABLE.findall(before)
        return str(found[-1]) if found else ""
    return plain


def _subject_before(words: _Words, step: Step) -> str:
    at = next((index for index, origin in enumerate(words.folded.origins) if origin >= step.span.start), 0)
    match = _SUBJECT.search(words.text[:at])
    return match["subject"] if match else ""


def _by_steps(words: _Words) -> Standard | None:
    """Bands of a rate with points, or with deductions."""
    steps = steps_in(words.folded, words.weight)
    if len(steps) < 2:  # noqa: PLR2004  one interval is a threshold, not a scale
        return None
    subject = _subject_before(words, steps[0])
    deducts = any(step.deduction is not None for step in steps)
    full = "满分" in words.text
    if deducts and words.weight is None:
        return _said(words, None, _More(steps=steps, subject=subject, full=full))
    if not deducts and _gives_more(words, steps):
        return Standard(words.wording, Manner.UNREAD, criteria=words.criteria)
    bands = tuple(_band(step, words.weight, deducts=deducts) for step in steps)
    if any(band is None for band in bands):
        return _said(words, None, _More(steps=steps, subject=subject, full=full))
    known = tuple(band for band in bands if band is not None)
    shape: Rubric = BandDeductions(PLACEHOLDER, known) if deducts else Bands(PLACEHOLDER, known)
    return _said(words, shape, _More(steps=steps, subject=subject, full=full))


def _gives_more(words: _Words, steps: tuple[Step, ...]) -> bool:
    """Whether points are given beside those of the bands, whose best is less than the weight: 达100%得2分,经费落实得1分,…;不足100%得1分."""
    best = max((step.points for step in steps if step.points is not None), default=Decimal(0))
    return words.weight is not None and best < words.weight and len(_GIVEN.findall(words.text)) > len(steps)


def _band(step: Step, weight: Decimal | None, *, deducts: bool) -> Band | None:
    points = step.points
    if deducts and step.deduction is not None:
        points = step.deduction
    elif deducts:
        points = None if points is None or weight is None else weight - points
    if points is None:
        return None
    interval = step.interval
    return Band(
        points,
        None if interval.low is None else f"{interval.low:f}%",
        None if interval.high is None else f"{interval.high:f}%",
        interval.low_edge or Edge.INCLUDED,
        interval.high_edge or Edge.EXCLUDED,
    )


def _by_percent_steps(words: _Words) -> Standard | None:
    """“每降低1个百分点扣0.5分”."""
    match = _PERCENT_STEP.search(words.text)
    if match is None:
        return None
    if match["above"] and "比例" in words.text:
        return Standard(words.wording, Manner.UNREAD, criteria=words.criteria)
    if match["above"]:
        return _said(words, DefectDeductions(Decimal(match["points"])), _More(confidence=Confidence.LIKELY))
    full = _FULL_AT.search(words.text, 0, match.start())
    target = f"{full['percent'] if full else '100'}%"
    rubric = StepDeductions(PLACEHOLDER, target, f"{match['unit'] or '1'}%", Decimal(match["points"]))
    return _said(words, rubric, _More(subject=_variable("", words.text[: match.start()]), full="满分" in words.text))


def _checklist(words: _Words) -> Standard | None:
    """Elements with points of their own, or of equal points."""
    pointed = [each for each in words.criteria if each.points is not None]
    if len(words.criteria) > 1 and len(pointed) == len(words.criteria):
        elements = tuple(Element(each.text, each.points) for each in words.criteria if each.points is not None)
        return _said(words, Checklist(elements))
    count = len(words.criteria)
    if count > 1 and not pointed:
        each = _EACH_ELEMENT.search(words.text)
        share = _SHARES.search(words.text)
        if each:
            points = Decimal(each["points"])
            return _said(words, Checklist(tuple(Element(one.text, points) for one in words.criteria)))
        if share and words.weight is not None and "分" in words.text:
            points = (
                words.weight / int(share["parts"]) if share["parts"] else words.weight * Decimal(share["percent"]) / 100
            )
            return _said(words, Checklist(tuple(Element(one.text, points) for one in words.criteria)))
    return None


def _respectively(words: _Words) -> Standard | None:
    """“经费、人员、制度有保障，分别得2分、1分、1分”: what each of several gets."""
    match = _RESPECTIVELY.search(words.text)
    if match is None:
        return None
    elements = tuple(Element("", Decimal(number)) for number in _POINTS.findall(match["each"]))
    return _said(words, Checklist(elements), _More(confidence=Confidence.LIKELY))


def _all_or_nothing(words: _Words) -> Standard | None:
    """“得满分，否则0分”, “全部符合得2分，发现1项不符合，该项不得分”."""
    every = list(_ALL.finditer(words.text))
    if len(every) != 1 or _DISCRETION.search(words.text):
        return None
    (match,) = every
    others = len(_GIVEN_OR_TAKEN.findall(words.text)) - (0 if match["full"] else 1)
    if others > (1 if "得0分" in words.text else 0):
        return None
    text = match["met"].strip(",:;")
    if match["full"]:
        return _said(words, AllOrNothing((text,)), _More(full=True))
    return _said(words, Checklist((Element(text, Decimal(match["points"])),)))


def _defects(words: _Words) -> Standard | None:
    """So many points off for each fault found."""
    found = list(_EACH.finditer(words.text)) or list(_GAINED.finditer(words.text))
    if not found:
        return None
    if any(match["unit"] == "%" for match in found) and words.weight is None:
        return None
    sizes = [
        Decimal(match["points"]) * (words.weight / 100 if match["unit"] == "%" and words.weight else 1)
        for match in found
    ]
    step = Decimal(gcd(*(int(size * 1000) for size in sizes))) / 1000
    if step <= 0:
        return None
    sure = Confidence.CERTAIN if len(set(sizes)) == 1 else Confidence.LIKELY
    return _said(words, DefectDeductions(step), _More(full="满分" in words.text, confidence=sure))


def _graded(words: _Words) -> Standard | None:
    """Levels that are judged, each with its points."""
    grades: dict[str, Decimal] = {}
    full = False
    for match in _LABELLED.finditer(words.text):
        name = match["name"].strip('“”"‘’,;。 ').removesuffix("的")
        if name.startswith(("每", "共", "满分", "分值", "否则", "扣")) or not name:
            continue
        if name.endswith(_TAKEN_OFF) or words.text[match.start() - 1 : match.start()].isdigit():
            return None  # 未更新的扣1分, 80分以下不得分: no levels that are judged
        given = match["points"]
        if given == "满分":
            full = True
            if words.weight is None:
                continue
            grades[name] = words.weight
        else:
            grades[name] = Decimal(0) if given in ("不得分", "零分", "得零分") else Decimal(given.removesuffix("分"))
    if len(set(grades.values())) < 2:  # noqa: PLR2004  one level decides nothing
        return None
    if not full and sum(grades.values()) == words.weight and Decimal(0) not in grades.values():
        elements = tuple(Element(name, points) for name, points in grades.items())
        return _said(words, Checklist(elements), _More(confidence=Confidence.LIKELY))
    return _said(
        words,
        GradedJudgement(tuple(GradePoints(name, points) for name, points in grades.items())),
        _More(full=full, confidence=Confidence.LIKELY),
    )


def _discretionary(words: _Words) -> Standard | None:
    if not _DISCRETION.search(words.text):
        return None
    return Standard(
        words.wording, Manner.DISCRETIONARY, Discretionary(), criteria=words.criteria, full="满分" in words.text
    )


_READERS: tuple[Callable[[_Words], Standard | None], ...] = (
    _by_percent_steps,
    _formula,
    _by_steps,
    _checklist,
    _respectively,
    _all_or_nothing,
    _defects,
    _discretionary,
    _graded,
)
