"""A file of the dossier as its text: where whatever has no screen of its own is mended."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from hengji.web.access import Here, member
from hengji.web.attachments import attachment
from hengji.web.editing import save
from hengji.web.places import address
from hengji.web.projections import evaluated
from hengji.web.roles import Action
from hengji.web.store import blob, manifest_of

_LONGEST = 40_000
"""Characters of a text that is edited as one field."""


@member(Action.READ_PERSONS, changing=Action.EDIT)
def source(request: HttpRequest, here: Here, path: str) -> HttpResponseBase:
    """The text with its lines numbered and what the checks say of it; a file that is no text, or a very long one, is handed out instead."""
    content = blob(manifest_of(here.dossier.head).get(path, ""))
    if content is None:
        raise Http404
    text = _text(content)
    if text is None or len(text) > _LONGEST:
        return attachment(content, path.rpartition("/")[2], "application/octet-stream")
    if request.method == "POST":
        return _saved(request, here, path)
    return _shown(request, here, path, text)


def _saved(request: HttpRequest, here: Here, path: str) -> HttpResponseBase:
    typed = request.POST.get("text", "").replace("\r\n", "\n")
    clash = save(request, here, {path: typed.encode()}, f"编辑 {path}")
    if clash is not None:
        return clash
    messages.success(request, f"已保存 {path}。")
    return redirect(address(here.dossier, path))


def _shown(request: HttpRequest, here: Here, path: str, text: str) -> HttpResponse:
    _, findings = evaluated(here.dossier.head)
    said = [each for each in findings if each.place.file == path]
    faulty = {each.place.line for each in said}
    lines = [
        {"number": number, "text": line, "faulty": number in faulty} for number, line in enumerate(text.split("\n"), 1)
    ]
    context = {"here": here, "path": path, "text": text, "lines": lines, "said": said, "screen": "report"}
    return render(request, "web/source.html", context)


def _text(content: bytes) -> str | None:
    try:
        return None if b"\0" in content else content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
