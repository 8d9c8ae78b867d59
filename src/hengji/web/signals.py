"""What happens to accounts, written into the audit log: logins and those that failed, passwords, second factors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.signals import password_changed, password_set
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import Signal, receiver
from django.http import HttpRequest

from hengji.web.events import record
from hengji.web.models import Person

_METHODS = {"totp": "手机验证器", "recovery_codes": "恢复码"}
_OF_PEOPLE: Mapping[Signal, str] = {
    user_logged_in: "登录",
    password_changed: "修改密码",
    password_set: "设置密码",
    authenticator_added: "添加验证方式",
    authenticator_removed: "移除验证方式",
    authenticator_reset: "重新生成恢复码",
    authentication_failed: "两步验证失败",
}


def listen() -> None:
    """Record from now on."""
    for signal, what in _OF_PEOPLE.items():
        signal.connect(_recorder(what), weak=False, dispatch_uid=f"audit {what}")


def _recorder(what: str) -> Any:
    def recorded(request: HttpRequest | None, user: Person, authenticator: Any = None, **_: Any) -> None:
        method = _METHODS.get(authenticator.type, "") if authenticator is not None else ""
        record(request, what, method, who=user.get_username())

    return recorded


@receiver(user_logged_out)
def _logged_out(request: HttpRequest | None, user: Person | None, **_: Any) -> None:
    if user is not None:
        record(request, "退出", who=user.get_username())


@receiver(user_login_failed)
def _login_failed(request: HttpRequest | None, credentials: Mapping[str, Any], **_: Any) -> None:
    record(request, "登录失败", str(credentials.get("username", "")))
