"""How often one address may do what strangers may do."""

from __future__ import annotations

from time import time

from allauth.core.internal.httpkit import get_client_ip
from django.core.cache import cache
from django.http import HttpRequest

_MINUTE = 60


def within(request: HttpRequest, what: str, a_minute: int) -> bool:
    """Count one more of ``what`` from the address of the request; whether it is still at most so many in this minute."""
    name = f"limit|{what}|{get_client_ip(request)}|{int(time()) // _MINUTE}"
    if cache.add(name, 1, _MINUTE):
        return a_minute > 0
    try:
        return cache.incr(name) <= a_minute
    except ValueError:
        return True  # thrown out to make room between the two lines above: it was the first
