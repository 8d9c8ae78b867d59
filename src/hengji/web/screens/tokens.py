"""Tokens for the interface: made for a purpose and a time, shown once, revoked at once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from hengji.web.access import person, person_of
from hengji.web.api.declaring import Scope
from hengji.web.events import record
from hengji.web.members import hash_of
from hengji.web.models import Token

_PREFIX = "hengji_"
_TERMS = (30, 90, 365)
_LONGEST = 60
_SCOPES = [scope.value for scope in Scope]
_REMEDIES: Mapping[str, str] = MappingProxyType(
    {"name": f"写明用途，不超过{_LONGEST}个字。", "scope": "选一个范围。", "days": "选一个有效期。"}
)


@person
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own tokens; POST makes another, whose secret is shown this once."""
    if request.method != "POST":
        return _page(request)
    name, scope, days = (request.POST.get(field, "").strip() for field in ("name", "scope", "days"))
    told = {
        "name": not 0 < len(name) <= _LONGEST or "\0" in name,
        "scope": scope not in _SCOPES,
        "days": days not in map(str, _TERMS),
    }
    faults = {field: _REMEDIES[field] for field, wrong in told.items() if wrong}
    if faults:
        return _page(request, faults=faults)
    secret = _PREFIX + secrets.token_urlsafe(32)
    expires = timezone.now() + timedelta(days=int(days))
    Token.objects.create(
        secret_hash=hash_of(secret), person=person_of(request), name=name, scope=scope, expires=expires
    )
    record(request, "新建接口令牌", f"{name}：{scope}，{days}天")
    return _page(request, secret=secret)


def _page(request: HttpRequest, secret: str = "", faults: Mapping[str, str] = MappingProxyType({})) -> HttpResponse:
    held = Token.objects.filter(person=person_of(request), expires__gt=timezone.now()).order_by("-made")
    context = {"tokens": held, "scopes": _SCOPES, "terms": _TERMS, "secret": secret, "faults": faults}
    return render(request, "web/tokens.html", context | {"given": request.POST}, status=422 if faults else 200)


@person
def revoke(request: HttpRequest, number: int) -> HttpResponseBase:
    """End a token of one's own."""
    if request.method == "POST":
        found = Token.objects.filter(person=person_of(request), pk=number).first()
        if found is None:
            raise Http404
        found.delete()
        record(request, "撤销接口令牌", found.name)
        messages.success(request, f"令牌“{found.name}”已撤销，不能再用。")
    return redirect("tokens")
