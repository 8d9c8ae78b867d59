"""Surveys: the questionnaires of a dossier, their public links, what comes in, and how it gets into the dossier."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

import segno
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from hengji.model.survey import Questionnaire
from hengji.web import surveys as desk
from hengji.web.access import Here, member
from hengji.web.answers import survey_path
from hengji.web.editing import save
from hengji.web.events import record
from hengji.web.leaves import read_from, unread
from hengji.web.models import LinkKind, SurveyAnswer, SurveyLink
from hengji.web.numbers import whole
from hengji.web.projections import opened
from hengji.web.roles import Action
from hengji.work.load import Opened

MOST_LINKS = 200
_A_PAGE = 24
_AT_ONCE = 20_000
"""Answers that one commit takes in."""
_ID = re.compile(r"[\w-]{1,30}")
_LOOPBACK = ("127.", "localhost", "[::1]")


@member(Action.READ, changing=Action.EDIT)
def surveys(request: HttpRequest, here: Here) -> HttpResponseBase:
    """The questionnaires; POST begins a new one."""
    if request.method == "POST":
        return _begun(request, here)
    return _list(request, here, {}, {})


def _list(request: HttpRequest, here: Here, given: dict[str, str], faults: dict[str, str]) -> HttpResponse:
    found, _ = opened(here.dossier.head)
    waiting = desk.waiting_counts(here.dossier)
    rows = [_row(found, each, waiting) for each in found.dossier.surveys] if found else []
    context = {"here": here, "rows": rows, "given": given, "unread": found is None, "screen": "surveys"}
    return render(request, "web/surveys.html", context | {"faults": faults}, status=422 if faults else 200)


def _row(found: Opened, survey: Questionnaire, waiting: Mapping[str, int]) -> dict[str, object]:
    tally = desk.shown(desk.together(found, survey, ()))
    return {"survey": survey, "waiting": waiting.get(survey.id, 0), "tally": tally}


def _begun(request: HttpRequest, here: Here) -> HttpResponseBase:
    found = read_from(request, here)
    given = {name: request.POST.get(name, "").strip() for name in ("id", "title", "respondents")}
    faults = {}
    if not _ID.fullmatch(given["id"]):
        faults["id"] = "编号用1至30个汉字、字母、数字，例如“机构满意度”。"
    elif any(each.id == given["id"] for each in found.dossier.surveys) or survey_path(given["id"]) in found.files:
        faults["id"] = f"已经有编号是“{given['id']}”的问卷。"
    told = {"title": "没有写标题。", "respondents": "没有写调查对象。"}
    faults |= {name: words for name, words in told.items() if not given[name]}
    if faults:
        return _list(request, here, given, faults)
    survey = Questionnaire(given["id"], given["title"], given["respondents"], "问卷调查", ())
    clash = save(request, here, desk.written(found, survey), f"新建问卷“{survey.title}”")
    return clash or redirect("questionnaire", key=here.dossier.key, survey=survey.id)


@member(Action.READ)
def survey(request: HttpRequest, here: Here, survey: str) -> HttpResponse:
    """One questionnaire: its links, its tally, what waits to be taken in."""
    return _desk(request, here, survey, {})


def _desk(request: HttpRequest, here: Here, survey: str, faults: Mapping[str, str]) -> HttpResponse:
    found = _opened(here)
    asked = desk.find(found, survey)
    links = SurveyLink.objects.filter(dossier=here.dossier, survey=survey)
    once = links.filter(kind=LinkKind.ONCE)
    context = {
        "here": here,
        "survey": asked,
        "links": [(each, _address(request, each)) for each in links.filter(kind=LinkKind.OPEN).order_by("pk")],
        "once": once.order_by("pk").first(),
        "once_count": once.count(),
        "once_answered": once.filter(answers__isnull=False).distinct().count(),
        "most": MOST_LINKS,
        "loopback": request.get_host().startswith(_LOOPBACK),
        "faults": faults,
        "count": request.POST.get("count", "50"),
        "screen": "surveys",
        **_tally(here, found, asked),
    }
    return render(request, "web/survey_desk.html", context, status=422 if faults else 200)


@member(Action.READ)
def tally(request: HttpRequest, here: Here, survey: str) -> HttpResponse:
    """The tally alone, as it stands now."""
    found = _opened(here)
    context = {"here": here, **_tally(here, found, desk.find(found, survey))}
    return render(request, "web/survey_tally.html", context)


def _tally(here: Here, found: Opened, asked: Questionnaire) -> dict[str, object]:
    sheets = list(desk.waiting(here.dossier, asked.id).values_list("answers", flat=True))
    collecting = SurveyLink.objects.filter(dossier=here.dossier, survey=asked.id, open=True).exists()
    shown = desk.shown(desk.together(found, asked, sheets))
    words = desk.words(asked, sheets) if here.may(Action.READ_PERSONS) else []
    return {"tally": shown, "words": words, "collecting": collecting}


@member(Action.EDIT, changing=Action.EDIT)
def make_links(request: HttpRequest, here: Here, survey: str) -> HttpResponseBase:
    """Links: one that anybody may answer, or as many for one answer each as are asked for."""
    asked = desk.find(_opened(here), survey)
    if request.method == "POST":
        once = request.POST.get("kind") == LinkKind.ONCE.value
        count = whole(request.POST.get("count", ""), MOST_LINKS) if once else 1
        if not asked.questions:
            messages.error(request, "问卷还没有题目，先编辑题目。没有生成链接。")
        elif not count:
            return _desk(request, here, survey, {"count": f"个数写1至{MOST_LINKS}的整数。没有生成链接。"})
        else:
            kind = LinkKind.ONCE if once else LinkKind.OPEN
            SurveyLink.objects.bulk_create(
                SurveyLink(dossier=here.dossier, survey=survey, kind=kind) for _ in range(count)
            )
            record(request, "生成问卷链接", f"{asked.title}：{kind.value}{count}个")
            messages.success(request, f"已生成{count}个链接。")
    return redirect("survey", key=here.dossier.key, survey=survey)


@member(Action.EDIT, changing=Action.EDIT)
def switch_link(request: HttpRequest, here: Here, survey: str, number: int) -> HttpResponseBase:
    """Open or close a link; those for one answer each are opened and closed together."""
    link = get_object_or_404(SurveyLink, pk=number, dossier=here.dossier, survey=survey)
    if request.method == "POST":
        same = SurveyLink.objects.filter(dossier=here.dossier, survey=survey, kind=link.kind)
        chosen = same if link.kind == LinkKind.ONCE else same.filter(pk=link.pk)
        now = "关闭" if link.open else "开放"
        chosen.exclude(kind=LinkKind.PAPER).update(open=not link.open)
        record(request, f"{now}问卷链接", survey)
        messages.success(request, f"已{now}。")
    return redirect("survey", key=here.dossier.key, survey=survey)


@member(Action.READ)
def cards(request: HttpRequest, here: Here, survey: str, number: int) -> HttpResponse:
    """The QR code of a link with its address, to be printed; of links for one answer each, all of them, some to a page."""
    asked = desk.find(_opened(here), survey)
    link = get_object_or_404(SurveyLink, pk=number, dossier=here.dossier, survey=survey)
    if link.kind == LinkKind.PAPER:
        raise Http404
    same = SurveyLink.objects.filter(dossier=here.dossier, survey=survey, kind=LinkKind.ONCE)
    found = same if link.kind == LinkKind.ONCE else SurveyLink.objects.filter(pk=link.pk)
    page = Paginator(found.order_by("pk"), _A_PAGE).get_page(request.GET.get("page"))
    printed = [(_address(request, each), _code(_address(request, each))) for each in page]
    context = {
        "here": here,
        "survey": asked,
        "page": page,
        "cards": printed,
        "one": link.kind == LinkKind.OPEN,
        "screen": "surveys",
    }
    return render(request, "web/survey_cards.html", context)


@member(Action.EDIT, changing=Action.EDIT)
def take(request: HttpRequest, here: Here, survey: str) -> HttpResponseBase:
    """Take what waits into the dossier: its counts are committed and the answers marked, both or neither."""
    there = redirect("survey", key=here.dossier.key, survey=survey)
    if request.method != "POST":
        return there
    found = read_from(request, here)
    asked = desk.find(found, survey)
    came = list(desk.waiting(here.dossier, survey).values_list("pk", "answers")[:_AT_ONCE])
    refused = unread(request, here, survey_path(survey)) or ("" if came else "没有等待并入的答卷。")
    if refused:
        messages.error(request, refused)
        return there
    edits = desk.taking(found, desk.together(found, asked, [answers for _, answers in came]))
    marked = SurveyAnswer.objects.filter(pk__in=[pk for pk, _ in came])
    why = f"并入问卷“{asked.title}”{len(came)}份答卷"
    clash = save(request, here, edits, why, partial(marked.update, taken=True))
    if clash is not None:
        return clash
    messages.success(request, f"已并入{len(came)}份答卷，得分随之重算。")
    return there


def _opened(here: Here) -> Opened:
    found, _ = opened(here.dossier.head)
    if found is None:
        raise Http404
    return found


def _address(request: HttpRequest, link: SurveyLink) -> str:
    return request.build_absolute_uri(reverse("survey_answer", args=[link.key]))


def _code(address: str) -> str:
    """The QR code as an SVG that fits its box."""
    drawn: str = segno.make(address, error="m", micro=False).svg_inline(omitsize=True, border=4, svgclass="code")
    return mark_safe(drawn)  # noqa: S308  drawn by segno out of dots
