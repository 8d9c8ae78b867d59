"""The files of evidence, to be looked at as they were given."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from hengji.web import store
from hengji.web.access import Here, member
from hengji.web.events import record
from hengji.web.projections import opened
from hengji.web.roles import Action
from hengji.web.screens.files import attachment


@member(Action.READ_PERSONS)
def evidence(request: HttpRequest, here: Here, piece: str) -> HttpResponse:
    """One piece's file, as a download."""
    found, _ = opened(here.dossier.head)
    path = next((each.path for each in found.dossier.evidence if each.id == piece), "") if found else ""
    digest = store.manifest_of(here.dossier.head).get(path)
    content = store.blob(digest) if digest else None
    if content is None:
        raise Http404
    record(request, "下载佐证", f"{here.dossier.name}：{piece}")
    return attachment(content, path.rpartition("/")[2], "application/octet-stream")
