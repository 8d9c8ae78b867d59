"""Every address with every role, a stranger and nobody: one place says who may, and every view obeys it."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from hengji.web.access import GUARD, Door
from hengji.web.models import Dossier
from hengji.web.navigation import SCREENS
from hengji.web.roles import Action, Role, may

BLANK = re.compile("<[^>]*>")
OUTSIDE = ("account/", "static/")
"""Addresses that allauth and whitenoise answer for."""


def addresses(
    patterns: list[URLPattern | URLResolver] | None = None, before: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if not route.startswith(OUTSIDE):
                yield from addresses(pattern.url_patterns, route)
        else:
            yield route, pattern


EVERY = sorted(addresses(), key=lambda each: each[0])
OF_DOSSIERS = [(route, pattern) for route, pattern in EVERY if route.startswith("d/<str:key>/")]


def address(route: str, dossier: Dossier) -> str:
    """The address with its blanks filled: the dossier's key and its newest revision, and words for the rest."""
    filled = route.replace("<str:key>", dossier.key).replace("<str:digest>", dossier.head)
    while "<" in filled:
        start, end = filled.index("<"), filled.index(">")
        filled = filled[:start] + ("1" if filled[start:end].startswith("<int") else "无") + filled[end + 1 :]
    return f"/{filled}"


@pytest.mark.parametrize("route", [route for route, _ in EVERY])
def test_every_view_has_a_door(route: str) -> None:
    pattern = dict(EVERY)[route]
    assert hasattr(pattern.callback, GUARD), f"{route} has no door"
    if route.startswith("d/<str:key>/"):
        assert isinstance(getattr(pattern.callback, GUARD), tuple), f"{route} is of a dossier and open to anybody"


def test_a_stranger_and_nobody_see_nothing_of_a_dossier(dossier: Dossier, stranger: Client) -> None:
    for route, _ in OF_DOSSIERS:
        for method in ("get", "post"):
            answer = getattr(stranger, method)(address(route, dossier))
            assert answer.status_code == 404, (method, route)
            assert dossier.name not in answer.content.decode(errors="ignore")
            asked = getattr(Client(), method)(address(route, dossier))
            assert asked.status_code == 302, (method, route)
            assert asked.headers["Location"].startswith("/account/login/")


def test_nobody_reaches_a_screen_that_asks_for_a_login(db: None) -> None:
    for route, pattern in EVERY:
        if getattr(pattern.callback, GUARD) is Door.PERSON:
            assert Client().get("/" + BLANK.sub("1", route)).status_code == 302, route


@pytest.mark.parametrize("role", list(Role))
def test_a_member_may_what_the_role_may(role: Role, dossier: Dossier, people: dict[Role, Client]) -> None:
    for route, pattern in OF_DOSSIERS:
        reading, changing = getattr(pattern.callback, GUARD)
        read = people[role].get(address(route, dossier))
        assert (read.status_code == 403) == (not may(role, reading)), route
        if changing is None or not may(role, changing):
            refused = people[role].post(address(route, dossier))
            assert refused.status_code in ({405} if changing is None else {403}), route


@pytest.mark.parametrize("role", list(Role))
def test_the_side_shows_the_screens_that_open_and_no_others(
    role: Role, dossier: Dossier, people: dict[Role, Client]
) -> None:
    page = people[role].get(f"/d/{dossier.key}/").content.decode()
    side = re.findall(r'href="([^"]*)"', page[page.index('<nav class="side"') : page.index("<main")])
    screens = {name: reverse(name, args=[dossier.key]) for name, _ in SCREENS}
    opens = [name for name, there in screens.items() if people[role].get(there).status_code == 200]
    assert side == [screens[name] for name in opens]
    assert ("papers" in opens) == may(role, Action.READ_PERSONS)


def test_who_may_read_less_may_not_do_more() -> None:
    for role in Role:
        assert may(role, Action.READ)
    assert not may(Role.READER, Action.READ_PERSONS)
    assert not may(Role.COMMENTER, Action.EDIT)
    assert [role for role in Role if may(role, Action.MANAGE)] == [Role.LEAD]
    assert not any(may(role, Action.EDIT) and may(role, Action.CHECK) for role in Role)
