"""Programs that call the interface as somebody with a role."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from hengji.web.api.declaring import Scope
from hengji.web.members import hash_of, join
from hengji.web.models import Dossier, Person, Token
from hengji.web.roles import Role


class Program:
    """A program with a token."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.client = Client(headers={"Authorization": f"Bearer {token}"})

    def __call__(self, method: str, path: str, data: Any = None, content: bytes = b"", **query: str) -> Any:
        given: dict[str, Any] = {"query_params": query}
        if data is not None:
            given |= {"data": data, "content_type": "application/json"}
        elif method in {"PUT", "POST"}:
            given |= {"data": content, "content_type": "application/octet-stream"}
        return getattr(self.client, method.lower())(f"/api/v1/{path}", **given)


Programs = Callable[[Role, Scope], Program]


@pytest.fixture
def program(dossier: Dossier) -> Programs:
    """A program of a new member."""
    cache.clear()

    def made(role: Role, scope: Scope) -> Program:
        someone = Person.objects.create_user(f"{role.value}（程序）")
        join(dossier, someone, role)
        secret = f"令牌{role.value}{scope.value}"
        Token.objects.create(
            secret_hash=hash_of(secret.encode().hex()),
            person=someone,
            name="试验",
            scope=scope.value,
            expires=timezone.now() + timedelta(days=1),
        )
        return Program(secret.encode().hex())

    return made
