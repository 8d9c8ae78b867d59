"""What every answer says to the browser about what it may do, and what no address may hold."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-src 'self'; frame-ancestors 'none'"
)


class SecurityHeaders:
    """Only our own files, no inline script or style; a page that brings a policy of its own keeps it."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


class NoNul:
    """No text holds NUL, and PostgreSQL takes none: an address with it is refused before anything is looked up.

    The interface for programs says so itself, as JSON.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        held = "\0" in request.path or "%00" in request.META.get("QUERY_STRING", "")
        if held and not request.path.startswith("/api/"):
            return HttpResponseBadRequest("地址里有不能用的字符。", content_type="text/plain; charset=utf-8")
        return self.answer(request)
