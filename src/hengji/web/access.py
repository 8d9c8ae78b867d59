"""The door of every screen, download and call: who comes, to which dossier, and whether they may.

A stranger is told the same of a dossier that is not there and of one that is not theirs: nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from hengji.model.record import record
from hengji.web.models import Dossier, Member, Person
from hengji.web.roles import Action, Role, may

View = Callable[..., HttpResponseBase]
GUARD = "guard"


class Door(Enum):
    """入口: who may come in where no dossier is asked for."""

    PUBLIC = "公开"
    PERSON = "登录后"
    TOKEN = "凭令牌"  # noqa: S105  a word for people


@record
class Here:
    """在此: the dossier that a request is about, who asks, and what they are in it."""

    dossier: Dossier
    person: Person
    role: Role

    def may(self, action: Action) -> bool:
        return may(self.role, action)

    @property
    def abilities(self) -> dict[str, bool]:
        """What the role may do, by the English name of the action, for templates."""
        return {action.name.lower(): self.may(action) for action in Action}


def person_of(request: HttpRequest) -> Person:
    """Who is logged in; only behind a door that says so."""
    return cast("Person", request.user)


def member(action: Action, changing: Action | None = None) -> Callable[[View], View]:
    """A view of one dossier, called with ``Here``; whatever is not GET asks for ``changing``, or is refused without it."""

    def guarded(view: View) -> View:
        @wraps(view)
        @login_required
        def entered(request: HttpRequest, key: str, **rest: Any) -> HttpResponseBase:
            here = standing(person_of(request), key)
            needed = action if request.method in {"GET", "HEAD"} else changing
            if needed is None:
                return HttpResponse(status=405)
            if not here.may(needed):
                raise PermissionDenied(f"以“{here.role.value}”的身份不能{needed.value}。")
            return view(request, here, **rest)

        setattr(entered, GUARD, (action, changing))
        return entered

    return guarded


def reading(view: View) -> Action:
    """What a view of one dossier asks of those who only look."""
    action, _ = getattr(view, GUARD)
    return cast("Action", action)


def standing(person: Person, key: str) -> Here:
    """What somebody is in a dossier; nothing is told apart from a dossier that is not there."""
    found = Member.objects.select_related("dossier").filter(dossier__key=key, person=person).first()
    if found is None:
        raise Http404
    return Here(found.dossier, person, Role(found.role))


def person(view: View) -> View:
    """A view for anybody who is logged in."""
    entered = login_required(view)
    setattr(entered, GUARD, Door.PERSON)
    return entered


def public(view: View) -> View:
    """A view for anybody at all."""
    setattr(view, GUARD, Door.PUBLIC)
    return view
