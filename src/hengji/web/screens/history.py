"""History: every revision with who, when and why, what it changed line by line, and the way back."""

from __future__ import annotations

from difflib import unified_diff
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from hengji.model.revision import ChangeKind
from hengji.storage.revisions import changes
from hengji.web import store
from hengji.web.access import Here, member
from hengji.web.events import record
from hengji.web.models import StoredRevision
from hengji.web.projections import refresh
from hengji.web.roles import Action

_PAGE = 50
_LONGEST = 400
_MOST, _ROW = 40_000, 20
"""Characters of changed lines after which a page only names the files, and what a line takes beside its text."""
_SHOWN = 5


@member(Action.READ_PERSONS)
def history(request: HttpRequest, here: Here) -> HttpResponse:
    """All revisions, newest first."""
    found = StoredRevision.objects.filter(dossier=here.dossier).order_by("-number").defer("manifest")
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    return render(request, "web/history.html", {"here": here, "page": page, "screen": "history"})


@member(Action.READ_PERSONS)
def revision(request: HttpRequest, here: Here, digest: str) -> HttpResponse:
    """What one revision changed."""
    stored = _stored(here, digest)
    before, after = store.manifest_of(stored.parent), stored.manifest
    told, left = [], _MOST
    for each in changes(before, after):
        lines = _lines(before.get(each.path), after.get(each.path)) if left > 0 else []
        told.append({"path": each.path, "kind": each.kind.value, "lines": lines, "left_out": left <= 0})
        left -= sum(len(line["text"]) + _ROW for line in lines)
    context = {"here": here, "stored": stored, "changes": told, "screen": "history"}
    return render(request, "web/revision.html", context)


@member(Action.READ, changing=Action.EDIT)
def restore_revision(request: HttpRequest, here: Here, digest: str) -> HttpResponseBase:
    """Make it the newest again."""
    stored = _stored(here, digest)
    if request.method == "POST":
        done = store.restore(here.dossier, stored.digest, str(here.person))
        if done.conflicts:
            messages.error(request, "恢复时又有人提交了新版本，没有改动。请再试一次。")
        elif done.locked:
            told = "；".join(f"{each.path}：{each.why}" for each in done.locked[:_SHOWN])
            messages.error(request, f"那一版会改动已签字的底稿，没有恢复。{told}")
        else:
            refresh(here.dossier)
            record(request, "恢复版本", f"{here.dossier.name}：第{stored.number}版")
            messages.success(request, f"已恢复到第{stored.number}版，此前的各版都还在。")
    return redirect("history", key=here.dossier.key)


def _stored(here: Here, digest: str) -> StoredRevision:
    found = StoredRevision.objects.filter(dossier=here.dossier, digest=digest).first()
    if found is None:
        raise Http404
    return found


def _lines(before: str | None, after: str | None) -> list[dict[str, Any]]:
    """The first changed lines of a text file with a little around them; nothing of other files."""
    texts = [_text(digest) for digest in (before, after)]
    if None in texts:
        return []
    old, new = (text.splitlines() for text in texts if text is not None)
    marks = {"+": ChangeKind.ADDED.name, "-": ChangeKind.REMOVED.name}
    lines = [line for line in unified_diff(old, new, n=2, lineterm="") if not line.startswith(("---", "+++"))]
    return [
        {"sign": line[0], "text": line[1:] if line[0] != "@" else line, "kind": marks.get(line[0], "").lower()}
        for line in lines[:_LONGEST]
    ]


def _text(digest: str | None) -> str | None:
    content = store.blob(digest) if digest else b""
    try:
        return None if content is None else content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
