"""Taking an invitation: whoever holds the link comes in, with the account they have or with one made here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.forms import BaseUserCreationForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from hengji.web.access import person_of, public
from hengji.web.events import record
from hengji.web.lone import BACKEND
from hengji.web.members import Refused, accept, invitation
from hengji.web.models import Invitation, Organisation, OrganisationKind, Person


class NewAccount(BaseUserCreationForm):  # type: ignore[type-arg]  # generic only for the type checker
    """新账号: what a person says of themselves when they come in; nothing of it decides what they may do."""

    first_name = forms.CharField(label="姓名", max_length=40)
    title = forms.CharField(label="职务", max_length=40, required=False)
    unit = forms.CharField(label="单位", max_length=120, required=False)
    kind = forms.ChoiceField(label="单位种类", choices=OrganisationKind.choices)
    field_order = ("first_name", "title", "unit", "kind", "username", "password1", "password2")

    class Meta:
        model = Person
        fields = ("first_name", "title", "username")

    def save(self, commit: bool = True) -> Person:  # noqa: FBT001, FBT002  Django's signature
        """The account, with its organisation, which is made when its name is new."""
        someone: Person = super().save(commit=False)
        name, kind = self.cleaned_data["unit"], self.cleaned_data["kind"]
        if name:
            someone.organisation, _ = Organisation.objects.get_or_create(name=name, defaults={"kind": kind})
        if commit:
            someone.save()
        return someone


@public
def take(request: HttpRequest, secret: str) -> HttpResponseBase:
    """What one is invited to; POST comes in."""
    held = invitation(secret)
    if held is None:
        return render(request, "web/invitation_spent.html", {"told": Refused.SPENT.value}, status=410)
    if request.user.is_authenticated:
        return _come_in(request, held) if request.method == "POST" else _page(request, held)
    form = NewAccount(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, held, form, status=422 if form.is_bound else 200)
    someone = form.save()
    login(request, someone, backend=BACKEND)
    record(request, "凭邀请开户", held.dossier.name)
    return _come_in(request, held)


def _page(request: HttpRequest, held: Invitation, form: NewAccount | None = None, status: int = 200) -> HttpResponse:
    back: dict[str, Any] = {"next": request.path}
    context = {"held": held, "form": form, "login": f"{reverse('account_login')}?{urlencode(back)}"}
    return render(request, "web/invitation.html", context, status=status)


def _come_in(request: HttpRequest, held: Invitation) -> HttpResponseBase:
    refused = accept(held, person_of(request))
    if refused is not None:
        return render(request, "web/invitation_spent.html", {"told": refused.value}, status=410)
    record(request, "接受邀请", f"{held.dossier.name}：{held.role}", dossier=held.dossier)
    messages.success(request, f"您已加入，角色是{held.role}。")
    return redirect("home", key=held.dossier.key)
