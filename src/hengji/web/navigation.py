"""The screens of a dossier, in the order of the work."""

from __future__ import annotations

from django.http import HttpRequest

SCREENS = (
    ("home", "首页"),
    ("history", "历史"),
)
"""Name of the address and title; a screen that is not listed is reached from another one."""


def screens(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001  a context processor's signature
    """The screens, for the side of every page."""
    return {"screens": SCREENS}
