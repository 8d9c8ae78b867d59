"""Working papers: written beside their preview, signed step by step, locked by a signature."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hengji.web.access import Here, member
from hengji.web.leaves import leaf_of, read_from
from hengji.web.roles import Action


@member(Action.READ_PERSONS)
def paper(request: HttpRequest, here: Here, indicator: str) -> HttpResponse:
    """One paper."""
    leaf = leaf_of(read_from(request, here).dossier, indicator)
    return render(request, "web/paper.html", {"here": here, "leaf": leaf, "screen": "papers"})
