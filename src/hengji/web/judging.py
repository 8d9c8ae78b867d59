"""The form in which a judge judges: it asks only what the rubric's shape asks for, and offers only what the rubric can give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from enum import Enum
from types import MappingProxyType
from typing import Any

from hengji.model.finding import Finding, Severity
from hengji.model.indicator import (
    Defect,
    ElementVerdict,
    ExpertScore,
    Indicator,
    Judgement,
    Override,
    Verdict,
    WorkingPaper,
)
from hengji.model.money import Rounding
from hengji.model.record import record
from hengji.model.rubric import (
    DefectDeductions,
    Discretionary,
    Element,
    ExpertPanel,
    GradedJudgement,
    QualitativeTiers,
    Rubric,
)
from hengji.scoring.faults import JUDGEMENT_MISFIT, NOT_JUDGED, OVERRIDE_REFUSED, SCORE_REFUSED
from hengji.scoring.judged import FEWEST_TO_TRIM
from hengji.scoring.leaf import Materials, score_leaf
from hengji.scoring.operands import points
from hengji.scoring.rubrics import JUDGED
from hengji.web.numbers import digits
from hengji.work.blank_papers import unjudged
from hengji.work.workbook.judging import elements_of

_SPARE = 3
_LAST_ROW = 99
_LARGEST = Decimal(10_000)
_FINEST = Decimal("0.000001")
_OF_THE_JUDGE = frozenset(fault.code for fault in (NOT_JUDGED, JUDGEMENT_MISFIT, SCORE_REFUSED, OVERRIDE_REFUSED))
_SEPARATORS = str.maketrans("，,;； ", "、、、、、")


class Asked(Enum):
    """所问: what a shape asks of the judge."""

    ELEMENTS = "逐项要素"
    GRADE = "等次"
    TIER = "档次和系数"
    DEFECTS = "缺陷"
    SCORE = "分数"
    EXPERTS = "专家评分"
    NOTHING = "不需评判"


Given = Mapping[str, str]
"""What was typed, by the name of its field."""
Faults = Mapping[str, str]
"""What is wrong with it, by the name of its field; ``""`` is the form as a whole."""


@record
class Read:
    """读出的评判: the paper with what was typed, or what is wrong with it."""

    paper: WorkingPaper
    faults: Faults


def asked(rubric: Rubric | None) -> Asked:
    """What the shape of a rubric asks of the judge; nothing where figures alone decide."""
    if not isinstance(rubric, JUDGED):
        return Asked.NOTHING
    match rubric:
        case GradedJudgement():
            return Asked.GRADE
        case QualitativeTiers():
            return Asked.TIER
        case DefectDeductions():
            return Asked.DEFECTS
        case Discretionary():
            return Asked.SCORE
        case ExpertPanel():
            return Asked.EXPERTS
        case _:
            return Asked.ELEMENTS


def form_of(indicator: Indicator, given: Given, faults: Faults = MappingProxyType({})) -> dict[str, Any]:
    """The fields that a template shows for an indicator, filled with what is given and what is wrong with it."""
    rubric = indicator.rubric
    kind = asked(rubric)
    form: dict[str, Any] = {"asked": kind.name, "weight": f"{indicator.weight:f}"}
    form["verdicts"] = [verdict.value for verdict in Verdict]
    match rubric:
        case GradedJudgement():
            form["choices"] = [
                {"name": each.name, "told": f"{points(each.points)}分", "on": given.get("grade") == each.name}
                for each in rubric.grades
            ]
        case QualitativeTiers():
            form["choices"] = [
                {"name": each.name, "told": f"系数 {each.low}～{each.high}", "on": given.get("grade") == each.name}
                for each in rubric.tiers
            ]
        case _ if kind is Asked.ELEMENTS:
            form["rows"] = list(_rows(given, faults, "element", ("", "reason", "evidence"), len(_texts(rubric))))
            for row, text in zip(form["rows"], _texts(rubric), strict=True):
                row["text"] = text
        case DefectDeductions():
            form["rows"] = list(_rows(given, faults, "defect", ("", "evidence"), _filled(given, "defect") + _SPARE))
        case ExpertPanel():
            form["rows"] = list(
                _rows(
                    given, faults, "expert", ("", "score", "weight"), max(_filled(given, "expert") + 1, FEWEST_TO_TRIM)
                )
            )
    return form


def _texts(rubric: Rubric | None) -> list[str]:
    parts = getattr(rubric, "elements", ())
    return [f"{each.text}（{points(each.points)}分）" if isinstance(each, Element) else each for each in parts]


def _rows(given: Given, faults: Faults, stem: str, parts: Sequence[str], count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        names = {part or "main": _name(stem, number, part) for part in parts}
        yield {
            "number": number + 1,
            "cells": {
                key: {"name": name, "value": given.get(name, ""), "fault": faults.get(name, "")}
                for key, name in names.items()
            },
        }


def _name(stem: str, number: int, part: str = "") -> str:
    return f"{stem}-{number}" + (f"-{part}" if part else "")


def _filled(given: Given, stem: str) -> int:
    """How many rows of a repeated field there are, blank ones between filled ones included."""
    rows = (_row(name, stem) for name, value in given.items() if value.strip())
    return max((row for row in rows if row is not None), default=-1) + 1


def _row(name: str, stem: str) -> int | None:
    head, _, rest = name.partition("-")
    return digits(rest.partition("-")[0], _LAST_ROW) if head == stem else None


def as_given(indicator: Indicator, paper: WorkingPaper | None) -> dict[str, str]:
    """What a paper says already, as it would be typed."""
    given: dict[str, str] = {}
    if paper is None:
        return given
    judged = paper.judgement
    if judged is not None and not unjudged(judged):
        given |= {"by": judged.by, "reason": judged.reason, "grade": judged.grade}
        given["on"] = judged.on.isoformat() if judged.on else ""
        given["coefficient"] = _number(judged.coefficient)
        given["score"] = _number(judged.score)
        if len(judged.elements) == len(elements_of(indicator.rubric)):
            for number, each in enumerate(judged.elements):
                given[_name("element", number)] = each.verdict.value
                given[_name("element", number, "reason")] = each.reason
                given[_name("element", number, "evidence")] = "、".join(each.evidence)
        for number, defect in enumerate(judged.defects):
            given[_name("defect", number)] = defect.text
            given[_name("defect", number, "evidence")] = "、".join(defect.evidence)
        for number, expert in enumerate(judged.experts):
            given[_name("expert", number)] = expert.expert
            given[_name("expert", number, "score")] = _number(expert.score)
            given[_name("expert", number, "weight")] = _number(expert.weight)
    if paper.override is not None:
        given["override_score"] = _number(paper.override.score)
        given["override_reason"] = paper.override.reason
        given["override_by"] = paper.override.by
    return given


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def number_in(typed: str) -> Decimal | None:
    """A number of points, a weight or a coefficient; None for anything else, also for what is out of all proportion."""
    try:
        value = Decimal(typed.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) <= _LARGEST and value == value.quantize(_FINEST) else None


class _Reader:
    """Reads typed fields and keeps what is wrong with each."""

    def __init__(self, indicator: Indicator, given: Given, known: frozenset[str]) -> None:
        self.indicator = indicator
        self.given = given
        self.known = known
        self.faults: dict[str, str] = {}

    def text(self, name: str) -> str:
        return self.given.get(name, "").strip()

    def number(self, name: str) -> Decimal | None:
        typed = self.text(name)
        if not typed:
            return None
        value = number_in(typed)
        if value is None:
            self.faults[name] = f"“{typed[:20]}”不是数字。填数字，如 2.5。"
        return value

    def day(self, name: str) -> dt.date | None:
        typed = self.text(name)
        try:
            return dt.date.fromisoformat(typed) if typed else None
        except ValueError:
            self.faults[name] = f"“{typed[:20]}”不是日期。写作 2026-03-05。"
            return None

    def evidence(self, name: str) -> tuple[str, ...]:
        listed = tuple(dict.fromkeys(each for each in self.text(name).translate(_SEPARATORS).split("、") if each))
        unknown = [each for each in listed if each not in self.known]
        if unknown:
            self.faults[name] = f"佐证清单里没有“{'、'.join(unknown)[:40]}”。先在底稿页上传或登记。"
        return listed

    def rows(self, stem: str) -> range:
        return range(_filled(self.given, stem))


def read(indicator: Indicator, paper: WorkingPaper, given: Given, evidence: frozenset[str], rounding: Rounding) -> Read:
    """``paper`` with the judgement and the override that were typed; what the rubric cannot give is a fault and not taken."""
    reader = _Reader(indicator, given, evidence)
    kind = asked(indicator.rubric)
    judgement = paper.judgement if kind is Asked.NOTHING else _judgement(reader, kind)
    made = replace(paper, judgement=judgement, override=_override(reader))
    if not reader.faults:
        _, findings = score_leaf(indicator, 1, Materials({indicator.id: made}, {}, rounding))
        told = [
            f"{each.found}，应为{each.expected}" if each.expected else each.found
            for each in findings
            if each.code in _OF_THE_JUDGE and each.severity is Severity.ERROR
        ]
        if told:
            reader.faults[_where(kind, findings)] = "；".join(told) + "。"
    return Read(made, reader.faults)


def _where(kind: Asked, findings: Sequence[Finding]) -> str:
    """The field at which is told what the standard refuses: that of the score decided otherwise, else the first that its shape asks for."""
    overridden = all(each.code == OVERRIDE_REFUSED.code for each in findings if each.code in _OF_THE_JUDGE)
    return "override_score" if overridden else _FIRST[kind]


_FIRST: Mapping[Asked, str] = {
    Asked.ELEMENTS: _name("element", 0),
    Asked.GRADE: "grade",
    Asked.TIER: "coefficient",
    Asked.DEFECTS: _name("defect", 0),
    Asked.SCORE: "score",
    Asked.EXPERTS: _name("expert", 0),
    Asked.NOTHING: "override_score",
}


def _judgement(reader: _Reader, kind: Asked) -> Judgement:
    by = reader.text("by")
    if not by:
        reader.faults["by"] = "没有写由谁评判。"
    base = Judgement(by, reader.text("reason"), reader.day("on"))
    return _READERS[kind](reader, base)


def _elements(reader: _Reader, base: Judgement) -> Judgement:
    words = {verdict.value: verdict for verdict in Verdict}
    made = []
    for number in range(len(elements_of(reader.indicator.rubric))):
        name = _name("element", number)
        verdict = words.get(reader.text(name))
        if verdict is None:
            reader.faults[name] = f"第 {number + 1} 项：选“符合”或“不符合”。"
            continue
        reason = reader.text(_name("element", number, "reason"))
        if verdict is Verdict.MISSED and not reason:
            reader.faults[_name("element", number, "reason")] = "不符合的要素要写理由。"
        made.append(ElementVerdict(verdict, reason, reader.evidence(_name("element", number, "evidence"))))
    return replace(base, elements=tuple(made))


def _grade(reader: _Reader, base: Judgement) -> Judgement:
    grade = reader.text("grade")
    if not grade:
        reader.faults["grade"] = "选一个等次。"
    return replace(base, grade=grade)


def _tier(reader: _Reader, base: Judgement) -> Judgement:
    rubric, coefficient = reader.indicator.rubric, reader.number("coefficient")
    made = replace(_grade(reader, base), coefficient=coefficient)
    if isinstance(rubric, QualitativeTiers) and coefficient is None and "coefficient" not in reader.faults:
        tier = next((each for each in rubric.tiers if each.name == made.grade and each.low != each.high), None)
        if tier is not None:
            reader.faults["coefficient"] = f"没有写“{tier.name}”档内的系数，在 {tier.low} 至 {tier.high} 之间。"
    return made


def _defects(reader: _Reader, base: Judgement) -> Judgement:
    found = []
    for number in reader.rows("defect"):
        text, evidence = reader.text(_name("defect", number)), reader.evidence(_name("defect", number, "evidence"))
        if text:
            found.append(Defect(text, evidence))
        elif evidence:
            reader.faults[_name("defect", number)] = "有佐证而没有写哪里不符合。"
    return replace(base, defects=tuple(found))


def _score(reader: _Reader, base: Judgement) -> Judgement:
    if not base.reason:
        reader.faults["reason"] = "酌情打分要写理由。"
    score = reader.number("score")
    if score is None and "score" not in reader.faults:
        reader.faults["score"] = f"填 0 至 {points(reader.indicator.weight)} 之间的分数。"
    return replace(base, score=score)


def _experts(reader: _Reader, base: Judgement) -> Judgement:
    scored = []
    for number in reader.rows("expert"):
        expert = reader.text(_name("expert", number))
        score, weight = (reader.number(_name("expert", number, part)) for part in ("score", "weight"))
        if not expert and score is None:
            continue
        if not expert:
            reader.faults[_name("expert", number)] = "写专家的序号或角色。"
        elif score is None:
            reader.faults.setdefault(_name("expert", number, "score"), "没有打分。")
        elif not 0 <= score <= reader.indicator.weight:
            reader.faults[_name("expert", number, "score")] = f"在 0 至 {points(reader.indicator.weight)} 之间。"
        elif weight is not None and weight < 0:
            reader.faults[_name("expert", number, "weight")] = "权重不能是负数。"
        else:
            scored.append(ExpertScore(expert, score, Decimal(1) if weight is None else weight))
    return replace(base, experts=tuple(scored))


_READERS: Mapping[Asked, Callable[[_Reader, Judgement], Judgement]] = {
    Asked.ELEMENTS: _elements,
    Asked.GRADE: _grade,
    Asked.TIER: _tier,
    Asked.DEFECTS: _defects,
    Asked.SCORE: _score,
    Asked.EXPERTS: _experts,
}


def _override(reader: _Reader) -> Override | None:
    """The score decided against the standard; none when no score is typed."""
    score, reason, by = reader.number("override_score"), reader.text("override_reason"), reader.text("override_by")
    if score is None:
        if reason and "override_score" not in reader.faults:
            reader.faults["override_score"] = "写了改分理由而没有写改为多少分。不改分的，删去理由。"
        return None
    if not reason:
        reader.faults["override_reason"] = "改分要写理由。"
    if not by:
        reader.faults["override_by"] = "改分要写由谁决定。"
    return Override(score, reason, by)
