"""The audit log: appended to, never changed, each entry hashed with the one before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from hengji.model.finding import Finding, Place, Severity
from hengji.web.models import Event

CODE_LOG = "h104"


def record(request: HttpRequest | None, what: str, about: str = "", who: str = "") -> None:
    """Append to the log who did ``what``; the address is that of the request."""
    name = who or (
        request.user.get_username() if request is not None and request.user.is_authenticated else "（未登录）"
    )
    address = "" if request is None else request.META.get("REMOTE_ADDR", "")
    with transaction.atomic():
        last = Event.objects.select_for_update().order_by("-number").first()
        number, parent = (last.number + 1, last.digest) if last else (1, "")
        event = Event(
            number=number, parent=parent, when=timezone.now(), who=name, address=address, what=what, about=about
        )
        event.digest = digest_of(event)
        event.save(force_insert=True)


def digest_of(event: Event) -> str:
    """SHA-256 of all that an entry says."""
    when: datetime = event.when
    said = [event.number, event.parent, when.astimezone(UTC).isoformat(timespec="microseconds"), event.who]
    said += [event.address, event.what, event.about]
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
