"""Figures of a survey, from counts and never from rounded shares: 问卷.<id>.综合满意率 and what it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from operator import mul

from hengji.model.figure import Figure, FigureKind, Source, SourceKind
from hengji.model.finding import Finding
from hengji.model.profile import Threshold
from hengji.model.record import record
from hengji.model.survey import Count, Question, Questionnaire
from hengji.surveys import faults
from hengji.surveys.sample import required_sample

_PERCENT = 100


@record
class _Tally:
    """The counts of one closed question by option label; options that no count names were chosen by nobody."""

    question: Question
    counts: Mapping[str, Count]

    @property
    def answered(self) -> int:
        return sum(count.sheets for count in self.counts.values())

    @property
    def composite(self) -> Fraction | None:
        """综合: Σ value · sheets / sheets, as a ratio."""
        if not self.answered:
            return None
        worth = {option.label: Fraction(option.value) for option in self.question.options}
        return sum((worth[label] * count.sheets for label, count in self.counts.items()), Fraction(0)) / (
            _PERCENT * self.answered
        )


def survey_figures(
    questionnaire: Questionnaire, counts: Iterable[Count], small_sample: Threshold
) -> tuple[dict[str, Figure], tuple[Finding, ...]]:
    """Sample, every question's options and composite, the mean of each topic, and the mean of all (问题权重 apply).

    ``small_sample`` is the least number of valid sheets that passes without a warning; where the population is known
    and calls for fewer (Cochran, 95 %, ±5 points), fewer will do.
    """
    tallies = _tallies(questionnaire, tuple(counts))
    valid = _valid(questionnaire, tallies)
    figures = (
        *_sample(questionnaire, valid, tallies),
        *(figure for tally in tallies for figure in _question(questionnaire, tally)),
        *_topics(questionnaire, tallies),
        _mean(questionnaire, "综合满意率", tallies),
    )
    found = (*_fieldwork(questionnaire, valid, small_sample), *_sums(questionnaire, tallies, valid))
    return {figure.id: figure for figure in figures}, found


def _tallies(questionnaire: Questionnaire, counts: tuple[Count, ...]) -> tuple[_Tally, ...]:
    by_question: dict[str, dict[str, Count]] = {}
    for count in counts:
        by_question.setdefault(count.question, {})[count.option] = count
    return tuple(
        _Tally(question, by_question.get(question.id, {})) for question in questionnaire.questions if question.options
    )


def _valid(questionnaire: Questionnaire, tallies: tuple[_Tally, ...]) -> int:
    """Valid sheets as declared, else as many as answered the question that most answered."""
    if questionnaire.valid is not None:
        return questionnaire.valid
    return max((tally.answered for tally in tallies), default=0)


def _sample(questionnaire: Questionnaire, valid: int, tallies: tuple[_Tally, ...]) -> Iterator[Figure]:
    stem, title = f"问卷.{questionnaire.id}", questionnaire.title
    declared = Source(SourceKind.SURVEY, f"{title}的调查记录", faults.file_of(questionnaire))
    given = questionnaire.valid is not None
    answers = tuple(source for tally in tallies for source in _sources(tally))
    for name, number in (("发放", questionnaire.sent), ("回收", questionnaire.returned)):
        if number is not None:
            yield _count(f"{stem}.{name}", f"{title}{name}份数", number, "份", "调查记录所载", (declared,))
    yield _count(
        f"{stem}.样本量",
        f"{title}有效份数",
        valid,
        "份",
        "调查记录所载有效份数" if given else "作答最多的题的份数",
        (declared,) if given else answers,
    )
    if questionnaire.returned:
        yield Figure(
            f"{stem}.有效率",
            f"{title}有效率",
            FigureKind.RATE,
            Fraction(valid, questionnaire.returned),
            formula="有效份数÷回收份数×100%",
            inputs=(f"{stem}.样本量", f"{stem}.回收"),
        )
    if questionnaire.population:
        population = Source(SourceKind.SURVEY, f"调查总体{questionnaire.population}", declared.file)
        formula = "置信水平95%、允许误差±5个百分点、有限总体修正的最低样本量，向上取整"
        needed = required_sample(questionnaire.population)
        yield _count(f"{stem}.所需样本量", f"{title}所需样本量", needed, "份", formula, (population,))


def _question(questionnaire: Questionnaire, tally: _Tally) -> Iterator[Figure]:
    question, stem = tally.question, f"问卷.{questionnaire.id}.{tally.question.id}"
    inputs: list[str] = []
    for option in question.options:
        count = tally.counts.get(option.label)
        name = f"{stem}.{option.label}"
        inputs.append(f"{name}.份数")
        yield _count(
            f"{name}.份数",
            f"{question.id}选“{option.label}”的份数",
            count.sheets if count else 0,
            "份",
            "答卷计数" if count else "没有人选，为0",
            _sources(tally, option.label),
        )
        yield Figure(
            f"{name}.占比",
            f"{question.id}选“{option.label}”的占比",
            FigureKind.RATE,
            Fraction(count.sheets if count else 0, tally.answered) if tally.answered else None,
            formula=f"该选项份数÷该题作答{tally.answered}份×100%",
            inputs=(f"{name}.份数",),
        )
    worth = "、".join(f"{option.label}{option.value.normalize():f}%" for option in question.options)
    yield Figure(
        f"{stem}.综合",
        f"{question.id}综合满意率",
        FigureKind.RATE,
        tally.composite,
        formula=f"各选项分值×份数之和÷作答{tally.answered}份（{worth}）",
        inputs=tuple(inputs),
    )


def _topics(questionnaire: Questionnaire, tallies: tuple[_Tally, ...]) -> Iterator[Figure]:
    topics = dict.fromkeys(tally.question.topic for tally in tallies if tally.question.topic)
    for topic in topics:
        yield _mean(questionnaire, topic, [tally for tally in tallies if tally.question.topic == topic])


def _mean(questionnaire: Questionnaire, name: str, tallies: Iterable[_Tally]) -> Figure:
    """The mean of the composites, weighted by the questions; None when a question that counts has no answer."""
    counted = [tally for tally in tallies if tally.question.weight > 0]
    weights = [Fraction(tally.question.weight) for tally in counted]
    composites = [tally.composite for tally in counted]
    known = [composite for composite in composites if composite is not None]
    complete = bool(counted) and len(known) == len(counted)
    even = len(set(weights)) <= 1
    return Figure(
        f"问卷.{questionnaire.id}.{name}",
        f"{questionnaire.title}{name}",
        FigureKind.RATE,
        sum(map(mul, weights, known), Fraction(0)) / sum(weights) if complete else None,
        formula=f"{len(counted)}题综合满意率的{'' if even else '加权'}平均",
        inputs=tuple(f"问卷.{questionnaire.id}.{tally.question.id}.综合" for tally in counted),
    )


def _sources(tally: _Tally, option: str | None = None) -> tuple[Source, ...]:
    return tuple(
        Source(
            SourceKind.SURVEY,
            f"{count.question}“{count.option}”{count.sheets}份",
            count.place.file,
            count.place.line,
            count.question,
        )
        for count in tally.counts.values()
        if option in (None, count.option)
    )


def _count(name: str, label: str, number: int, unit: str, formula: str, sources: tuple[Source, ...]) -> Figure:
    return Figure(name, label, FigureKind.COUNT, Fraction(number), unit, formula=formula, sources=sources)


def _fieldwork(questionnaire: Questionnaire, valid: int, small_sample: Threshold) -> Iterator[Finding]:
    steps = (
        ("总体", questionnaire.population),
        ("发放份数", questionnaire.sent),
        ("回收份数", questionnaire.returned),
        ("有效份数", valid),
    )
    known = [(name, number) for name, number in steps if number is not None]
    for (small, few), (large, many) in pairwise(known):
        if many > few:
            yield faults.more_than(questionnaire, large, many, small, few)
    least = -int(-small_sample.value // 1)
    if questionnaire.population:
        least = min(least, required_sample(questionnaire.population))
    if valid < least:
        yield faults.small(questionnaire, valid, least, small_sample.source)


def _sums(questionnaire: Questionnaire, tallies: tuple[_Tally, ...], valid: int) -> Iterator[Finding]:
    if not any(tally.question.weight > 0 for tally in tallies):
        yield faults.no_questions(questionnaire)
    for tally in tallies:
        if not tally.answered and tally.question.weight > 0:
            yield faults.unanswered(questionnaire, tally.question)
        elif tally.answered not in (0, valid):
            yield faults.sum_differs(questionnaire, tally.question, tally.answered, valid)
