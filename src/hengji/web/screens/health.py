"""The endpoint by which a supervisor asks whether the workbench works."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from hengji.web.access import public


@public
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001  a view's signature
    """200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "down"}, status=503)
    return JsonResponse({"database": "up"})
