"""The dossier as one file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from hengji.storage.archive import pack
from hengji.web.access import Here, member
from hengji.web.attachments import attachment
from hengji.web.events import record
from hengji.web.roles import Action
from hengji.web.store import exported


@member(Action.READ_PERSONS)
def export(request: HttpRequest, here: Here) -> HttpResponse:
    """The whole dossier with its history, as the command line opens it."""
    content = pack(exported(here.dossier))
    record(request, "导出档案", here.dossier.name)
    return attachment(content, f"{here.dossier.name or here.dossier.key}.zip", "application/zip")
