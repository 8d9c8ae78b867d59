"""Questionnaires at the desk: what has come in, what it amounts to, and how it gets into the dossier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from django.db.models import Count as Number
from django.db.models import QuerySet
from django.http import Http404

from hengji.model.figure import Figure
from hengji.model.finding import Finding
from hengji.model.money import round_to
from hengji.model.record import record
from hengji.model.survey import Count, Questionnaire
from hengji.storage.text import render
from hengji.surveys.adding import added, tally_file
from hengji.surveys.figures import survey_figures
from hengji.web.answers import survey_path
from hengji.web.models import Dossier, LinkKind, SurveyAnswer, SurveyLink
from hengji.work.calculate import SMALL_SAMPLE
from hengji.work.load import Opened

_WORDS_SHOWN = 50


@record
class Together:
    """合计: the questionnaire and its counts with the sheets that the dossier does not have yet, their figures and faults."""

    survey: Questionnaire
    counts: tuple[Count, ...]
    figures: Mapping[str, Figure]
    findings: tuple[Finding, ...]
    sheets: int


def find(opened: Opened, survey: str) -> Questionnaire:
    """The questionnaire of that id; 404 when there is none."""
    found = next((each for each in opened.dossier.surveys if each.id == survey), None)
    if found is None:
        raise Http404
    return found


def waiting(dossier: Dossier, survey: str) -> QuerySet[SurveyAnswer]:
    """Answers that are not in the dossier yet, as they came."""
    return SurveyAnswer.objects.filter(link__dossier=dossier, link__survey=survey, taken=False).order_by("pk")


def waiting_counts(dossier: Dossier) -> Mapping[str, int]:
    """How many wait, by questionnaire."""
    found = SurveyAnswer.objects.filter(link__dossier=dossier, taken=False).values_list("link__survey")
    return dict(found.annotate(Number("pk")))


def together(opened: Opened, survey: Questionnaire, sheets: Sequence[Mapping[str, str]]) -> Together:
    """What the dossier would say if ``sheets`` were taken into it."""
    counts = opened.counts.get(survey.id, ())
    if sheets:
        survey, counts = added(survey, counts, sheets)
    figures, findings = survey_figures(survey, counts, opened.norms.profile.threshold(SMALL_SAMPLE))
    return Together(survey, counts, figures, findings, len(sheets))


def taking(opened: Opened, found: Together) -> dict[str, bytes | None]:
    """The files that take the sheets into the dossier."""
    path = found.survey.responses or f"surveys/{found.survey.id}.csv"
    return {**written(opened, replace(found.survey, responses=path)), path: tally_file(found.counts)}


def written(opened: Opened, survey: Questionnaire) -> dict[str, bytes | None]:
    """A questionnaire as the edit that writes it."""
    path = survey_path(survey.id)
    return {path: render(replace(opened.dossier, surveys=(survey,)))[path]}


def shown(found: Together) -> dict[str, Any]:
    """Counts, shares and composites, as a page prints them."""
    stem = f"问卷.{found.survey.id}"
    return {
        "sheets": found.sheets,
        "valid": _number(found.figures.get(f"{stem}.样本量")),
        "composite": _percent(found.figures.get(f"{stem}.综合满意率")),
        "findings": found.findings if found.counts else (),
        "questions": [
            {
                "id": question.id,
                "text": question.text,
                "composite": _percent(found.figures.get(f"{stem}.{question.id}.综合")),
                "options": [
                    {
                        "label": option.label,
                        "value": f"{option.value.normalize():f}",
                        "count": _number(found.figures.get(f"{stem}.{question.id}.{option.label}.份数")),
                        "share": _percent(found.figures.get(f"{stem}.{question.id}.{option.label}.占比")),
                    }
                    for option in question.options
                ],
            }
            for question in found.survey.questions
            if question.options
        ],
    }


def words(survey: Questionnaire, sheets: Sequence[Mapping[str, str]]) -> list[tuple[str, list[str]]]:
    """The newest answers in words, by open question."""
    asked = [question for question in survey.questions if not question.options]
    said = [(question, [sheet[question.id] for sheet in sheets if sheet.get(question.id)]) for question in asked]
    return [(question.text, texts[: -_WORDS_SHOWN - 1 : -1]) for question, texts in said if texts]


def paper_link(dossier: Dossier, survey: str) -> SurveyLink:
    """What sheets filled on paper are entered under; it has no public page."""
    return SurveyLink.objects.get_or_create(
        dossier=dossier, survey=survey, kind=LinkKind.PAPER, defaults={"open": False}
    )[0]


def _number(figure: Figure | None) -> int:
    return int(figure.value) if figure is not None and isinstance(figure.value, Fraction) else 0


def _percent(figure: Figure | None) -> str:
    """A rate in percent with two decimals, half-up; empty where there is none."""
    if figure is None or not isinstance(figure.value, Fraction):
        return ""
    return f"{round_to(figure.value * 100, 2):f}"
