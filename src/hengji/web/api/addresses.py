"""The addresses of the interface, out of its declarations."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path, re_path, reverse
from django.urls.resolvers import URLPattern

from hengji.web.access import person, public
from hengji.web.api.declaring import Operation
from hengji.web.api.door import A_MINUTE, nowhere, view
from hengji.web.api.openapi import BLANK, document
from hengji.web.api.operations import OPERATIONS

_WHOLE = {"path", "figure"}
"""Blanks that may hold slashes."""


@public
def openapi(request: HttpRequest) -> HttpResponse:
    """The description for programs; it says nothing of anybody's dossiers."""
    root = request.build_absolute_uri(reverse("openapi")).removesuffix("openapi.json")
    return JsonResponse(document(root), json_dumps_params={"ensure_ascii": False})


@person
def page(request: HttpRequest) -> HttpResponse:
    """The same for people."""
    told = document(request.build_absolute_uri(reverse("openapi")).removesuffix("openapi.json"))
    rows = [
        {"method": method.upper(), "path": each, **operation}
        for each, methods in told["paths"].items()
        for method, operation in methods.items()
    ]
    return render(request, "web/api.html", {"told": told, "rows": rows, "limit": A_MINUTE})


def _route(operation: Operation) -> str:
    return BLANK.sub(lambda m: f"<path:{m[1]}>" if m[1] in _WHOLE else f"<str:{m[1]}>", operation.path)


def _patterns() -> list[URLPattern]:
    """One a path, with all its methods."""
    ordered = sorted(OPERATIONS, key=lambda each: each.path)
    return [path(_route(several[0]), view(several)) for several in (list(g) for _, g in groupby(ordered, _route))]


urlpatterns = [
    path("", page, name="api"),
    path("openapi.json", openapi, name="openapi"),
    *_patterns(),
    re_path(r"^(?P<rest>[\s\S]+)$", nowhere),  # with line ends too, which <path:…> does not take
]
