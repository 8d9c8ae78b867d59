"""Tokens: shown once, listed without their secret, ended at once."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from hengji.web.models import Event, Person, Token

GIVEN = {"name": "取数", "scope": "只读", "days": "30"}


@pytest.fixture
def client(db: None) -> Client:
    cache.clear()
    made = Client()
    made.force_login(Person.objects.create_user("甲"))
    return made


def shown(page: str) -> str:
    found = re.search(r'id="secret" value="(hengji_[^"]+)"', page)
    assert found
    return found.group(1)


def test_a_token_is_shown_once_and_opens_the_interface(client: Client) -> None:
    secret = shown(client.post("/tokens/", GIVEN).content.decode())
    assert secret not in client.get("/tokens/").content.decode()
    assert secret not in Token.objects.get().secret_hash
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert program.get("/api/v1/dossiers").json() == {"dossiers": [], "count": 0, "page": 1}
    assert Token.objects.get().used is not None
    client.post(f"/tokens/{Token.objects.get().pk}/revoke/")
    assert program.get("/api/v1/dossiers").status_code == 401
    assert list(Event.objects.values_list("what", flat=True))[-2:] == ["新建接口令牌", "撤销接口令牌"]


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "长" * 61}, {"scope": "全部"}, {"days": "99999"}])
def test_a_wrong_form_makes_no_token(client: Client, wrong: dict[str, str]) -> None:
    assert client.post("/tokens/", GIVEN | wrong).status_code == 422
    assert not Token.objects.exists()


def test_nobody_ends_the_token_of_another(client: Client, stranger: Client) -> None:
    client.post("/tokens/", GIVEN)
    assert stranger.post(f"/tokens/{Token.objects.get().pk}/revoke/").status_code == 404
    assert Token.objects.exists()


def test_the_interface_is_told_to_people(client: Client) -> None:
    page = client.get("/api/v1/").content.decode()
    assert "PUT /dossiers/{key}/files/{path}" in page
    assert "Authorization: Bearer" in page
