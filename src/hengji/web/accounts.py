"""Accounts: nobody signs up by themselves; an invitation makes an account, the command line the first one."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from hengji.web.events import record
from hengji.web.models import Person

SHORTEST = 10


class LongEnough:
    """Django's own words for this are in English where the number of characters is in the sentence."""

    def validate(self, password: str, user: Person | None = None) -> None:  # noqa: ARG002  Django's signature
        if len(password) < SHORTEST:
            raise ValidationError(self.get_help_text(), "password_too_short")

    def get_help_text(self) -> str:
        return f"密码至少 {SHORTEST} 个字符。"


class Standing(Enum):
    """身份: whether an account sees the whole audit log."""

    MEMBER = "成员"
    STAFF = "管理员"


def set_up(name: str, password: str, standing: Standing) -> tuple[bool, tuple[str, ...]]:
    """Make an account or give one a new password, without second factor; whether it is new, and what is wrong with what was given.

    A changed password ends every session, since they are bound to it.
    """
    known = Person.objects.filter(username=name).first()
    someone = known or Person(username=name)
    someone.is_staff = someone.is_staff or standing is Standing.STAFF
    try:
        validate_password(password, someone)
        someone.set_password(password)
        someone.full_clean()
    except ValidationError as error:
        return known is None, tuple(_told(error))
    with transaction.atomic():
        someone.save()
        Authenticator.objects.filter(user=someone).delete()
    record(None, "新建账号" if known is None else "重设密码", name, who="命令行")
    return known is None, ()


def _told(error: ValidationError) -> Iterator[str]:
    """What is wrong, with the name of the field where a field is meant."""
    if not hasattr(error, "error_dict"):
        yield from error.messages
        return
    for name, messages in error.message_dict.items():
        called = getattr(Person._meta.get_field(name), "verbose_name", name)  # noqa: SLF001  documented by Django
        yield from (f"{called}：{message}" for message in messages)


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Closes the public sign-up form, and writes down who is locked out."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  allauth's signature
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            record(request, "登录被锁定", str(credentials.get("username", "")))
            raise
