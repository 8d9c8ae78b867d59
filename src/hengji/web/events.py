"""The audit log: appended to, never changed, each entry hashed with the one before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256

from allauth.core.internal.httpkit import get_client_ip
from django.db import IntegrityError, transaction
from django.db.models import CharField
from django.http import HttpRequest
from django.utils import timezone

from hengji.model.finding import Finding, Place, Severity
from hengji.web.models import Dossier, Event

CODE_LOG = "h104"
NOBODY = "（未登录）"
_ATTEMPTS = 50


def record(
    request: HttpRequest | None, what: str, about: str = "", who: str = "", dossier: Dossier | None = None
) -> None:
    """Append to the log who did ``what``; the address is that of the request, the dossier the one below whose address it was.

    Two who append at once take the same number; the database lets one of them have it, the other takes the next.
    """
    event = Event(
        who=_fitting("who", who or _name(request)),
        address=_fitting("address", "" if request is None else get_client_ip(request) or ""),
        what=_fitting("what", what),
        about=_fitting("about", about),
        dossier=dossier.key if dossier else _key(request),
    )
    for attempt in range(_ATTEMPTS):
        try:
            _append(event)
        except IntegrityError:
            if attempt == _ATTEMPTS - 1:
                raise
        else:
            return


def _append(event: Event) -> None:
    with transaction.atomic():
        last = Event.objects.order_by("-number").first()
        event.number, event.parent = (last.number + 1, last.digest) if last else (1, "")
        event.when = timezone.now()
        event.digest = digest_of(event)
        event.save(force_insert=True)


def _name(request: HttpRequest | None) -> str:
    return request.user.get_username() if request is not None and request.user.is_authenticated else NOBODY


def _key(request: HttpRequest | None) -> str:
    """The dossier whose address was asked for; the door has let the person into it before anything is recorded."""
    match = request.resolver_match if request is not None else None
    return str(match.kwargs.get("key", "")) if match is not None and match.route.startswith("d/") else ""


def _fitting(field: str, text: str) -> str:
    """What a column holds: no longer than it is, and no NUL, which some databases refuse."""
    column = Event._meta.get_field(field)  # noqa: SLF001  documented by Django
    assert isinstance(column, CharField)
    return text.replace("\0", "")[: column.max_length]


def digest_of(event: Event) -> str:
    """SHA-256 of all that an entry says."""
    when: datetime = event.when
    said = [event.number, event.parent, when.astimezone(UTC).isoformat(timespec="microseconds"), event.who]
    said += [event.address, event.what, event.about, event.dossier]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def verified() -> Iterator[Finding]:
    """Every break in the log."""
    parent = ""
    for position, event in enumerate(Event.objects.order_by("number").iterator(), 1):
        if event.number != position or event.parent != parent or event.digest != digest_of(event):
            found = f"第{event.number}条与前后不能衔接，或内容被改动过"
            remedy = "从最近的备份恢复，并查明是谁改动的"
            yield Finding(
                CODE_LOG, Severity.ERROR, Place("审计日志", item=f"第{event.number}条"), found, "与记录时一致", remedy
            )
        parent = event.digest
