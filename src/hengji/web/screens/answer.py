"""The public page of a questionnaire: for a phone and for old eyes, without an account, a cookie or a script.

Whoever holds the address sees the questionnaire and nothing else of the dossier.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from time import monotonic

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt

from hengji.model.record import record
from hengji.model.survey import Questionnaire
from hengji.web.access import public
from hengji.web.answers import LONGEST, field, from_phone, questionnaire_of
from hengji.web.intake import Outcome, intake
from hengji.web.limits import within
from hengji.web.models import LinkKind, SurveyAnswer, SurveyLink, new_key

A_MINUTE = 60
"""Answers from one address to one link: a home's old people may share one, a machine may not flood us."""
_NAME = re.compile("[0-9a-f]{32}")
_ONLY = "1"
"""The sheet of a link that is answered once."""
_GONE, _UNKNOWN = "这份问卷已经结束，不再收答卷。", "没有这份问卷，请核对地址，或重新扫码。"
_ANSWERED = "这个链接已经交过一份答卷，不用再填。"
_TOO_MANY = "交得太快了。您填的都还在，请过一分钟再点“交卷”。"


@record
class _Asked:
    """What a link asks: of which questionnaire as it stands in which revision, and whether it takes answers."""

    link: int
    kind: LinkKind
    open: bool
    questionnaire: Questionnaire | None


@public
@csrf_exempt  # a stranger has no session whose rights a forged form could use
def answer(request: HttpRequest, key: str) -> HttpResponseBase:
    """The questionnaire; POST hands a sheet in."""
    asked = _lately(key, int(monotonic())) if request.method == "POST" else _asked(key)
    if asked is None:
        return _told(request, _UNKNOWN, 404)
    if not asked.open or asked.questionnaire is None:
        return _told(request, _GONE, 410)
    if request.method == "POST":
        return _handed_in(request, key, asked, asked.questionnaire)
    if asked.kind is LinkKind.ONCE and SurveyAnswer.objects.filter(link=asked.link).exists():
        return _told(request, _ANSWERED, 410)
    return _page(request, asked.questionnaire, {"sheet": new_key()}, {})


@lru_cache(maxsize=256)
def _lately(key: str, _second: int) -> _Asked | None:
    """The same as it was at most a second ago: many may hand in at once, and a link is looked up once for all of them."""
    return _asked(key)


def _asked(key: str) -> _Asked | None:
    found = SurveyLink.objects.filter(key=key).values_list("pk", "kind", "open", "survey", "dossier__head").first()
    if found is None or found[1] == LinkKind.PAPER:
        return None
    link, kind, is_open, survey, head = found
    return _Asked(link, LinkKind(kind), is_open, questionnaire_of(head, survey))


def _handed_in(request: HttpRequest, key: str, asked: _Asked, questionnaire: Questionnaire) -> HttpResponseBase:
    given = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    if not within(request, f"answer|{key}", A_MINUTE):
        return _page(request, questionnaire, given, {"": _TOO_MANY}, 429)
    filled = from_phone(questionnaire, given)
    if filled.faults:
        return _page(request, questionnaire, given, filled.faults, 422)
    name = given.get("sheet", "")
    sheet = _ONLY if asked.kind is LinkKind.ONCE else name if _NAME.fullmatch(name) else new_key()
    outcome = intake().take(SurveyAnswer(link_id=asked.link, sheet=sheet, answers=filled.answers))
    if outcome is Outcome.KNOWN and asked.kind is LinkKind.ONCE:
        return _told(request, _ANSWERED, 410)
    return HttpResponseRedirect(_thanks(key))


@lru_cache(maxsize=256)
def _thanks(key: str) -> str:
    return reverse("survey_thanks", args=[key])


@public
def thanks(request: HttpRequest, key: str) -> HttpResponse:
    """The answer is kept; where a link may be answered again, the next one begins here."""
    again = SurveyLink.objects.filter(key=key, open=True, kind=LinkKind.OPEN).exists()
    return render(request, "web/survey_thanks.html", {"key": key, "again": again})


def _page(
    request: HttpRequest,
    questionnaire: Questionnaire,
    given: Mapping[str, str],
    faults: Mapping[str, str],
    status: int = 200,
) -> HttpResponse:
    questions = [
        {
            "id": question.id,
            "number": number,
            "text": question.text,
            "field": field(question),
            "options": [option.label for option in question.options],
            "given": given.get(field(question), ""),
            "fault": faults.get(question.id, ""),
        }
        for number, question in enumerate(questionnaire.questions, 1)
    ]
    context = {
        "survey": questionnaire,
        "questions": questions,
        "sheet": given.get("sheet", ""),
        "trouble": faults.get("", ""),
        "faulty": [each for each in questions if each["fault"]],
        "longest": LONGEST,
    }
    return _fresh(render(request, "web/survey.html", context, status=status))


def _told(request: HttpRequest, words: str, status: int) -> HttpResponse:
    return _fresh(render(request, "web/survey_told.html", {"told": words}, status=status))


def _fresh(page: HttpResponse) -> HttpResponse:
    """A page that no browser shows again from memory: it says how the link stands now."""
    add_never_cache_headers(page)
    return page
