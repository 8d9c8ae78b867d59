"""The editor of a questionnaire: its head, and its questions with their options and what each is worth."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from hengji.model.survey import Questionnaire
from hengji.web import surveys as desk
from hengji.web.access import Here, member
from hengji.web.answers import survey_path
from hengji.web.drafting import Row, blank_row, given_rows, read, rows_of
from hengji.web.editing import save
from hengji.web.leaves import read_from, unread
from hengji.web.models import SurveyAnswer
from hengji.web.roles import Action

_HEAD = ("title", "respondents", "method", "introduction", "conducted_by", "population", "sent")


@member(Action.EDIT, changing=Action.EDIT)
def questionnaire(request: HttpRequest, here: Here, survey: str) -> HttpResponseBase:
    """Read it; or save it, or add a question to what is being written."""
    found = read_from(request, here)
    asked = desk.find(found, survey)
    if request.method != "POST":
        head = {name: "" if (value := getattr(asked, name)) is None else str(value) for name in _HEAD}
        rows = rows_of(asked)
        return _page(request, here, asked, head, rows or [blank_row(rows)], {})
    given = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    rows = given_rows(given)
    if "more" in given:
        return _page(request, here, asked, given, [*rows, blank_row(rows)], {})
    draft = read(asked, given)
    refused = unread(request, here, survey_path(survey))
    faults = {**draft.faults, **({"": refused} if refused else {})}
    if faults:
        return _page(request, here, asked, given, rows or [blank_row(rows)], faults)
    clash = save(request, here, desk.written(found, draft.survey), f"编辑问卷“{draft.survey.title}”")
    if clash is not None:
        return clash
    messages.success(request, "已保存。已经发出的链接显示新的题目。")
    return redirect("survey", key=here.dossier.key, survey=survey)


def _page(
    request: HttpRequest,
    here: Here,
    survey: Questionnaire,
    given: Mapping[str, str],
    rows: list[Row],
    faults: Mapping[str, str],
) -> HttpResponse:
    questions = [
        {
            "number": number,
            **row,
            "faults": {name: faults.get(f"{name}-{number}", "") for name in ("text", "weight", "options")},
        }
        for number, row in enumerate(rows)
    ]
    context = {
        "here": here,
        "survey": survey,
        "given": given,
        "questions": questions,
        "faults": faults,
        "trouble": faults.get("", ""),
        "answered": bool(survey.responses)
        or SurveyAnswer.objects.filter(link__dossier=here.dossier, link__survey=survey.id).exists(),
        "screen": "surveys",
    }
    return render(request, "web/questionnaire.html", context, status=422 if faults else 200)
