"""Who belongs to a dossier, and the links by which others come in.

A dossier never loses its last 主评人: nobody could let anybody in again.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from enum import Enum
from hashlib import sha256

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from hengji.web.models import Dossier, Invitation, Member, Person
from hengji.web.roles import Role

TERMS = (1, 7, 30)
"""For how many days an invitation may hold."""


class Kept(Enum):
    """未改: why a membership was left as it is."""

    LAST_LEAD = "这是唯一的主评人。先让另一位成员担任主评人，再改动。"
    GONE = "这位成员已经不在其中。"


class Refused(Enum):
    """未入: why an invitation brought nobody in."""

    SPENT = "这个邀请已经用过、撤回或过期。请向邀请您的人再要一个。"
    MEMBER = "您已经是这个档案的成员，邀请留给别人。"


def join(dossier: Dossier, someone: Person, role: Role) -> None:
    """Make somebody a member, or change their role."""
    with transaction.atomic():
        Member.objects.update_or_create(dossier=dossier, person=someone, defaults={"role": role.value})


def change_role(dossier: Dossier, number: int, role: Role) -> Member | Kept:
    """Give a member another role."""
    with transaction.atomic():
        found = _changeable(dossier, number, role)
        if isinstance(found, Member):
            found.role = role.value
            found.save(update_fields=["role"])
    return found


def remove(dossier: Dossier, number: int) -> Member | Kept:
    """Take a member out; what they did stays in the history."""
    with transaction.atomic():
        found = _changeable(dossier, number, None)
        if isinstance(found, Member):
            found.delete()
    return found


def _changeable(dossier: Dossier, number: int, role: Role | None) -> Member | Kept:
    """The member, if the dossier keeps a lead; the dossier is locked so that two leads cannot remove each other at once."""
    Dossier.objects.select_for_update().get(pk=dossier.pk)
    found = Member.objects.select_related("person").filter(dossier=dossier, pk=number).first()
    if found is None:
        return Kept.GONE
    leads = Member.objects.filter(dossier=dossier, role=Role.LEAD.value)
    if role is not Role.LEAD and found.role == Role.LEAD.value and leads.count() == 1:
        return Kept.LAST_LEAD
    return found


def invite(dossier: Dossier, by: Person, role: Role, days: int) -> str:
    """A new invitation; its secret, of which only the hash is kept."""
    secret = secrets.token_urlsafe(24)
    expires = timezone.now() + timedelta(days=days)
    Invitation.objects.create(
        secret_hash=hash_of(secret), dossier=dossier, role=role.value, invited_by=by, expires=expires
    )
    return secret


def hash_of(secret: str) -> str:
    """What is kept of a secret; secrets are random and long, so that no salt is needed."""
    return sha256(secret.encode()).hexdigest()


def waiting(dossier: Dossier) -> QuerySet[Invitation]:
    """The invitations that can still be taken."""
    return Invitation.objects.filter(dossier=dossier, used=None, expires__gt=timezone.now()).order_by("expires")


def revoke(dossier: Dossier, number: int) -> bool:
    """Take an invitation back; whether there was one."""
    return bool(waiting(dossier).filter(pk=number).update(expires=timezone.now()))


def invitation(secret: str) -> Invitation | None:
    """The invitation of a secret, if it can still be taken."""
    found = Invitation.objects.select_related("dossier", "invited_by")
    return found.filter(secret_hash=hash_of(secret), used=None, expires__gt=timezone.now()).first()


def accept(held: Invitation, someone: Person) -> Refused | None:
    """Bring somebody in, once: of two who take the same link at once, one comes too late."""
    with transaction.atomic():
        if Member.objects.filter(dossier=held.dossier, person=someone).exists():
            return Refused.MEMBER
        taken = Invitation.objects.filter(pk=held.pk, used=None, expires__gt=timezone.now())
        if not taken.update(used=timezone.now()):
            return Refused.SPENT
        join(held.dossier, someone, Role(held.role))
    return None
