"""One person on their own machine needs no password there."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse

from hengji.web.models import Person

NAME = "本机用户"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def lone_person() -> Person:
    """The person of this machine, made on first use; without a usable password."""
    person, fresh = Person.objects.get_or_create(username=NAME, defaults={"title": "主评人", "is_staff": True})
    if fresh:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    return person


class LonePerson:
    """Logs the one person in, when the request comes from this very machine and nobody is logged in."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.LONE and not request.user.is_authenticated and _from_here(request):
            login(request, lone_person(), backend=BACKEND)
        return self.answer(request)


def _from_here(request: HttpRequest) -> bool:
    """From a loopback address and not through a proxy, which would make everybody look like it."""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        return ip_address(address).is_loopback and "HTTP_X_FORWARDED_FOR" not in request.META
    except ValueError:
        return False
