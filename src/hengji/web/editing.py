"""How every screen writes: against the revision that its form was read from; a clash is shown from both sides and nothing is lost.

A form carries the digest of its revision in the field ``base`` (the tag ``{% base here %}`` puts it there).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hengji.model.record import record
from hengji.model.revision import Conflict
from hengji.web import events, store
from hengji.web.access import Here
from hengji.web.models import StoredRevision
from hengji.web.projections import refresh
from hengji.work.signing import Hand


@record
class Clash:
    """冲突的文件: both sides as text, to be read beside each other; empty where a side has no such file or it is no text."""

    path: str
    mine: str
    theirs: str


def base_of(request: HttpRequest, here: Here) -> str:
    """The revision that a form was read from; a stranger to this dossier is refused like an address that is not there."""
    given = request.POST.get("base") or here.dossier.head
    if given != here.dossier.head and not StoredRevision.objects.filter(dossier=here.dossier, digest=given).exists():
        raise Http404
    return given


def save(
    request: HttpRequest,
    here: Here,
    edits: Mapping[str, bytes | None],
    why: str,
    along: Callable[[], object] = lambda: None,
    hand: Hand = Hand.WRITES,
) -> HttpResponse | None:
    """Commit ``edits``; None when it is done, else the page that shows what stands against it and keeps what was written.

    ``along`` is what the database must hold exactly when the commit is done; it is done with it or not at all.
    """
    base = base_of(request, here)
    with transaction.atomic():
        done = store.commit(here.dossier, base, edits, str(here.person), why, hand)
        if done.digest:
            along()
    if done.locked:
        locked = [{"path": each.path, "why": each.why, "mine": _text(edits.get(each.path))} for each in done.locked]
        return render(request, "web/locked.html", {"here": here, "locked": locked}, status=409)
    if done.conflicts:
        clashes = [_clash(each, edits) for each in done.conflicts]
        return render(request, "web/clash.html", {"here": here, "clashes": clashes, "why": why}, status=409)
    refresh(here.dossier)
    events.record(request, why, here.dossier.name)
    return None


def _clash(conflict: Conflict, edits: Mapping[str, bytes | None]) -> Clash:
    return Clash(
        conflict.path, _text(edits.get(conflict.path)), _text(store.blob(conflict.theirs) if conflict.theirs else None)
    )


def _text(content: bytes | None) -> str:
    try:
        return "" if content is None else content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
