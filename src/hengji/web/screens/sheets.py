"""Sheets filled on paper, typed in one after another by their numbers: a digit is an option, Enter goes on."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from hengji.model.survey import Questionnaire
from hengji.web import surveys as desk
from hengji.web.access import Here, member
from hengji.web.answers import BLANK, LONGEST, field, from_paper, questionnaire_of
from hengji.web.intake import Outcome, intake
from hengji.web.models import SurveyAnswer, SurveyLink
from hengji.web.numbers import whole
from hengji.web.roles import Action

_LAST = 10
_MOST = 9_999_999


@member(Action.EDIT, changing=Action.EDIT)
def sheets(request: HttpRequest, here: Here, survey: str) -> HttpResponseBase:
    """The next sheet; POST keeps one."""
    asked = questionnaire_of(here.dossier.head, survey)
    if asked is None:
        raise Http404
    link = desk.paper_link(here.dossier, survey)
    if request.method != "POST":
        return _page(request, here, asked, link, {"sheet": str(_next(link))}, {})
    given = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    filled = from_paper(asked, given)
    number = whole(given.get("sheet", ""), _MOST)
    faults = {} if number else {"sheet": f"卷号“{given.get('sheet', '')[:20]}”不是正整数"}
    faults |= filled.faults
    if not faults:
        kept = SurveyAnswer(link=link, sheet=str(number), answers=filled.answers, entered_by=here.person)
        if intake().take(kept) is Outcome.KNOWN:
            faults["sheet"] = f"第{number}号已经录入过，没有再记一次；换一个卷号，或先删除原来的一份"
    if faults:
        return _page(request, here, asked, link, given, faults)
    messages.success(request, f"第{number}号已录入。")
    return redirect("survey_sheets", key=here.dossier.key, survey=survey)


@member(Action.EDIT, changing=Action.EDIT)
def drop_sheet(request: HttpRequest, here: Here, survey: str, number: int) -> HttpResponseBase:
    """Take a mistyped sheet out, as long as it is not in the dossier."""
    found = SurveyAnswer.objects.filter(
        link__dossier=here.dossier, link__survey=survey, sheet=str(number), entered_by__isnull=False, taken=False
    )
    if request.method == "POST":
        if not found.delete()[0]:
            raise Http404
        messages.success(request, f"第{number}号已删除，可以重新录入。")
    return redirect("survey_sheets", key=here.dossier.key, survey=survey)


def _next(link: SurveyLink) -> int:
    """The number after the one typed last."""
    last = link.answers.order_by("-pk").values_list("sheet", flat=True).first()
    return int(last) + 1 if last else 1


def _page(
    request: HttpRequest,
    here: Here,
    survey: Questionnaire,
    link: SurveyLink,
    given: Mapping[str, str],
    faults: Mapping[str, str],
) -> HttpResponse:
    questions = [
        {
            "id": question.id,
            "text": question.text,
            "field": field(question),
            "options": [option.label for option in question.options],
            "given": given.get(field(question), ""),
            "fault": faults.get(question.id, ""),
        }
        for question in survey.questions
    ]
    context = {
        "here": here,
        "survey": survey,
        "questions": questions,
        "sheet": given.get("sheet", ""),
        "fault": faults.get("sheet", ""),
        "trouble": faults.get("", ""),
        "faults": dict(_listed(name, words) for name, words in faults.items()),
        "count": link.answers.count(),
        "last": link.answers.order_by("-pk")[:_LAST],
        "blank": BLANK,
        "longest": LONGEST,
        "screen": "surveys",
    }
    return render(request, "web/survey_sheets.html", context, status=422 if faults else 200)


def _listed(name: str, words: str) -> tuple[str, str]:
    """A fault for the list above the sheet: what is said of one question is said of others too."""
    return (name, words) if name == "sheet" else (f"at-{name}", f"{name}：{words}")
