"""The members of a dossier: who is in it, as what, and the links by which others come in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from hengji.web import members as people
from hengji.web.access import Here, member
from hengji.web.events import record
from hengji.web.models import Member
from hengji.web.roles import Action, Role

_ORDER = [role.value for role in Role]


@member(Action.READ_PERSONS)
def members(request: HttpRequest, here: Here) -> HttpResponse:
    """Who is a member, and which invitations still hold."""
    return _page(request, here)


def _page(request: HttpRequest, here: Here, link: str = "", status: int = 200) -> HttpResponse:
    found = Member.objects.filter(dossier=here.dossier).select_related("person", "person__organisation")
    context = {
        "here": here,
        "members": sorted(found, key=lambda each: (_ORDER.index(each.role), each.person.username)),
        "waiting": people.waiting(here.dossier).select_related("invited_by"),
        "roles": _ORDER,
        "terms": people.TERMS,
        "link": link,
        "screen": "members",
    }
    return render(request, "web/members.html", context, status=status)


@member(Action.MANAGE, changing=Action.MANAGE)
def invite(request: HttpRequest, here: Here) -> HttpResponseBase:
    """A new invitation: its link is shown this once, and cannot be had again."""
    if request.method != "POST":
        return redirect("members", key=here.dossier.key)
    role, days = _role(request), request.POST.get("days", "")
    if role is None or days not in map(str, people.TERMS):
        messages.error(request, "请选择角色和有效期。没有发出邀请。")
        return _page(request, here, status=422)
    secret = people.invite(here.dossier, here.person, role, int(days))
    record(request, "发出邀请", f"{here.dossier.name}：{role.value}，{days}天内有效")
    return _page(request, here, request.build_absolute_uri(reverse("invitation", args=[secret])))


@member(Action.MANAGE, changing=Action.MANAGE)
def revoke(request: HttpRequest, here: Here, number: int) -> HttpResponseBase:
    """Take an invitation back."""
    if request.method == "POST":
        if not people.revoke(here.dossier, number):
            raise Http404
        record(request, "撤回邀请", here.dossier.name)
        messages.success(request, "邀请已撤回，链接不能再用。")
    return redirect("members", key=here.dossier.key)


@member(Action.MANAGE, changing=Action.MANAGE)
def change_role(request: HttpRequest, here: Here, number: int) -> HttpResponseBase:
    """Give a member another role."""
    role = _role(request)
    if request.method == "POST" and role is not None:
        done = people.change_role(here.dossier, number, role)
        _tell(request, here, done, f"改为{role.value}")
    return redirect("members", key=here.dossier.key)


@member(Action.MANAGE, changing=Action.MANAGE)
def remove(request: HttpRequest, here: Here, number: int) -> HttpResponseBase:
    """Take a member out."""
    if request.method == "POST":
        _tell(request, here, people.remove(here.dossier, number), "移出成员")
    return redirect("members", key=here.dossier.key)


def _role(request: HttpRequest) -> Role | None:
    given = request.POST.get("role")
    return Role(given) if given in _ORDER else None


def _tell(request: HttpRequest, here: Here, done: Member | people.Kept, what: str) -> None:
    if isinstance(done, people.Kept):
        messages.error(request, done.value)
        return
    record(request, what, f"{here.dossier.name}：{done.person.username}")
    messages.success(request, f"{done.person}：已{what}。")
