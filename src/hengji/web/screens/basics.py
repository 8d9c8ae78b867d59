"""What is evaluated, for whom, by whom and when: the head of the dossier and its goal form."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from hengji.funds.goal_form import FILE as GOALS
from hengji.model.dossier import Dossier
from hengji.storage.codec import encode
from hengji.storage.packs import profiles
from hengji.storage.text import HEAD
from hengji.web import basics as form
from hengji.web.access import Here, member
from hengji.web.editing import save
from hengji.web.leaves import read_from, typed, unread
from hengji.web.roles import Action


@member(Action.READ, changing=Action.EDIT)
def basics(request: HttpRequest, here: Here) -> HttpResponseBase:
    """Read it, or save it as one revision."""
    was = read_from(request, here).dossier
    if request.method != "POST":
        return _page(request, here, was, None, {})
    given = typed(request)
    done = form.read(was, _profiles(was), given)
    edits = _edits(was, done.dossier)
    refused = next((told for path in edits if (told := unread(request, here, path))), "")
    faults = dict(done.faults) | ({"": refused} if refused else {})
    if faults:
        return _page(request, here, was, given, faults)
    if not edits:
        messages.info(request, "没有改动。")
        return redirect("basics", key=here.dossier.key)
    clash = save(request, here, edits, "修改基本情况")
    if clash is not None:
        return clash
    messages.success(request, "已保存基本情况。")
    return redirect("basics", key=here.dossier.key)


def _edits(was: Dossier, made: Dossier) -> dict[str, bytes | None]:
    """The files that say something else now."""
    pairs = ((HEAD, was.head, made.head), (GOALS, was.goal_form, made.goal_form))
    return {path: encode(new).encode() for path, old, new in pairs if new is not None and new != old}


def _profiles(dossier: Dossier) -> tuple[str, ...]:
    """The rules that can be chosen, and the one that is chosen where it is none of them."""
    return tuple(dict.fromkeys((*profiles()[0], dossier.head.profile)))


def _page(
    request: HttpRequest, here: Here, dossier: Dossier, given: form.Given | None, faults: form.Faults
) -> HttpResponse:
    context: dict[str, Any] = {"here": here, "faults": faults, "trouble": faults.get("", ""), "screen": "basics"}
    context |= form.boxes(dossier, _profiles(dossier), given, faults)
    return render(request, "web/basics.html", context, status=422 if faults else 200)
