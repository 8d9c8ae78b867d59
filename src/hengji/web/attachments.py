"""Files and foreign pages as answers."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachment(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file to be saved under a name that may be Chinese."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def enclosed(content: bytes) -> HttpResponse:
    """A page of its own with a policy of its own inside it: shown in a frame of ours or by itself, and of no origin, so that nothing in it
    could act for who reads it.
    """
    response = HttpResponse(content, content_type="text/html; charset=utf-8")
    response["Content-Security-Policy"] = "sandbox allow-scripts allow-forms; frame-ancestors 'self'"
    response["Cross-Origin-Opener-Policy"] = "unsafe-none"  # browsers refuse any other one together with a sandbox
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["X-Content-Type-Options"] = "nosniff"
    return response
