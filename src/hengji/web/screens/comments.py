"""征求意见: what others say of the report, place by place, and what became of each: the table that goes back to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from hengji.web.access import Here, member
from hengji.web.events import record
from hengji.web.models import Comment, Dossier
from hengji.web.problems import names
from hengji.web.projections import opened
from hengji.web.roles import Action
from hengji.web.tables import handed_out

WHOLE = "全文"
STATES = {"open": "待答复", "adopted": "采纳", "refused": "不采纳"}
_HEADS = ("序号", "位置", "意见", "提出方", "提出时间", "是否采纳", "答复或理由")
_WIDTHS = (5, 14, 26, 12, 12, 8, 26)
_LONGEST = 5_000


@member(Action.READ, changing=Action.COMMENT)
def comments(request: HttpRequest, here: Here) -> HttpResponseBase:
    """All comments; a new one (POST) is about one of the places."""
    if request.method != "POST":
        return _shown(request, here)
    place, text = request.POST.get("place", ""), request.POST.get("text", "").strip()
    known = {each for group in places(here.dossier).values() for each in group}
    faults = ({} if place in known else {"place": "选一个位置。"}) | _length("text", text, "意见")
    if faults:
        return _shown(request, here, {"place": place, "text": text}, faults)
    Comment.objects.create(dossier=here.dossier, place=place, text=text, author=here.person)
    record(request, "提意见", f"{here.dossier.name}：{place}")
    messages.success(request, "意见已提交，答复后显示在这里。")
    return redirect("comments", key=here.dossier.key)


def _length(name: str, text: str, what: str) -> dict[str, str]:
    if not text:
        return {name: f"没有写{what}。"}
    return {name: f"太长，最多 {_LONGEST} 字。"} if len(text) > _LONGEST else {}


@member(Action.READ, changing=Action.EDIT)
def answer(request: HttpRequest, here: Here, number: int) -> HttpResponseBase:
    """Answer a comment; what is not adopted needs its reason."""
    comment = Comment.objects.filter(dossier=here.dossier, pk=number).first()
    if comment is None:
        raise Http404
    if request.method != "POST":
        return redirect(_at(here, number))
    said, text = request.POST.get("adopted", ""), request.POST.get("answer", "").strip()
    faults = {} if said in {"yes", "no"} else {"adopted": "选“采纳”或“不采纳”。"}
    if said == "no" or len(text) > _LONGEST:
        faults |= _length("answer", text, "不采纳的理由")
    if faults:
        return _shown(request, here, {"number": number, "adopted": said, "answer": text}, faults)
    comment.adopted, comment.answer = said == "yes", text
    comment.answered_by, comment.answered = here.person, timezone.now()
    comment.save(update_fields=["adopted", "answer", "answered_by", "answered"])
    record(request, "答复意见", f"{here.dossier.name}：{comment.place}")
    return redirect(_at(here, number))


def _at(here: Here, number: int) -> str:
    return f"{reverse('comments', args=[here.dossier.key])}#comment-{number}"


@member(Action.READ)
def table(request: HttpRequest, here: Here, suffix: str) -> HttpResponse:
    """The reply table as a file."""
    rows = [
        (
            str(number),
            each.place,
            each.text,
            _who(each),
            f"{timezone.localtime(each.written):%Y-%m-%d}",
            STATES[state(each)],
            each.answer,
        )
        for number, each in enumerate(_all(here), 1)
    ]
    file = handed_out("征求意见及采纳情况表", _HEADS, rows, _WIDTHS, suffix)
    if file is None:
        raise Http404
    record(request, "导出意见表", here.dossier.name)
    return file


def state(comment: Comment) -> str:
    """Whether it is answered, and how."""
    return "open" if comment.adopted is None else "adopted" if comment.adopted else "refused"


def _who(comment: Comment) -> str:
    organisation = comment.author.organisation
    return f"{organisation}　{comment.author}" if organisation else str(comment.author)


def _all(here: Here) -> list[Comment]:
    found = Comment.objects.filter(dossier=here.dossier).select_related("author__organisation", "answered_by")
    return list(found)


def places(dossier: Dossier) -> dict[str, list[str]]:
    """What one may comment on, by kind."""
    found, _ = opened(dossier.head)
    if found is None:
        return {WHOLE: [WHOLE]}
    return {
        WHOLE: [WHOLE],
        "章节": [f"章节：{each.title}" for each in found.norms.profile.outline],
        "指标": [f"指标：{name}" for name in names(found.dossier.framework.indicators).values()],
        "问题": [f"问题：{each.title}" for each in found.dossier.problem_book.problems],
    }


def _links(dossier: Dossier) -> dict[str, str]:
    """Where on the screens a place is to be seen."""
    found, _ = opened(dossier.head)
    if found is None:
        return {}
    indicators = names(found.dossier.framework.indicators)
    board = reverse("findings", args=[dossier.key])
    links = {f"指标：{name}": reverse("judge", args=[dossier.key, key]) for key, name in indicators.items()}
    return links | {f"问题：{each.title}": f"{board}#{each.id}" for each in found.dossier.problem_book.problems}


def _shown(
    request: HttpRequest, here: Here, given: Mapping[str, Any] | None = None, faults: Mapping[str, str] | None = None
) -> HttpResponse:
    given = given or {"place": request.GET.get("place", "")}
    every, links, wanted = _all(here), _links(here.dossier), request.GET.get("state", "")
    rows = [
        {
            "comment": each,
            "state": state(each),
            "word": STATES[state(each)],
            "who": _who(each),
            "link": links.get(each.place, ""),
        }
        for each in every
        if wanted not in STATES or state(each) == wanted
    ]
    context = {
        "here": here,
        "rows": rows,
        "all": len(every),
        "counts": [(key, word, sum(state(each) == key for each in every)) for key, word in STATES.items()],
        "places": places(here.dossier),
        "given": given,
        "faults": faults or {},
        "listed": {f"{given.get('number', '')}{name}": words for name, words in (faults or {}).items()},
        "wanted": wanted,
        "screen": "comments",
    }
    return render(request, "web/comments.html", context, status=422 if faults else 200)
