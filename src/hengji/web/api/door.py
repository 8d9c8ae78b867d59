"""The door of the interface: a token instead of a login, its scope, the role in the dossier, and how often."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from hengji.web.access import GUARD, Door, Here, standing
from hengji.web.api.declaring import JSON, Answer, Call, Fault, Operation, RefusedError, Scope
from hengji.web.api.validating import body_of, path_of, query_of
from hengji.web.limits import within
from hengji.web.members import hash_of
from hengji.web.models import Person, Token

A_MINUTE = 600
_FAILURES = 30
_NOTED = timedelta(minutes=1)
_HEADERS = {401: {"WWW-Authenticate": "Bearer"}, 429: {"Retry-After": "60"}}


def view(operations: Sequence[Operation]) -> Callable[..., HttpResponse]:
    """The view of one address with all its methods."""
    methods = {operation.method: operation for operation in operations}
    allowed = ", ".join(sorted(methods))

    @csrf_exempt
    def answered(request: HttpRequest, **path: str) -> HttpResponse:
        operation = methods.get(str(request.method))
        if operation is None:
            refused = RefusedError(405, Fault("no_such_method", f"这个地址只接受 {allowed}。"))
            return _refusal(refused, {"Allow": allowed})
        try:
            done = _run(operation, request, path)
        except RefusedError as refused:
            return _refusal(refused, _HEADERS.get(refused.status, {}))
        kind = operation.answer if isinstance(operation.answer, str) else JSON
        return _sent(done.body(), done.status, kind)

    setattr(answered, GUARD, Door.TOKEN)
    return answered


@csrf_exempt
def nowhere(request: HttpRequest, **_: str) -> HttpResponse:
    """Every other address of the interface."""
    told = f"没有这个地址：{request.path[:200]}。"
    return _refusal(RefusedError(404, Fault("no_such_address", told, "path")), {})


setattr(nowhere, GUARD, Door.TOKEN)


def _run(operation: Operation, request: HttpRequest, path: Mapping[str, str]) -> Answer:
    """Who it is, whether they may, what they ask; then the operation itself."""
    token = _token(request)
    if not within(request, f"api-{token.pk}", A_MINUTE):
        raise RefusedError(429, Fault("too_many", f"每分钟至多 {A_MINUTE} 次。请稍后再试。"))
    if operation.scope is Scope.WRITE and token.scope != Scope.WRITE.value:
        raise RefusedError(403, Fault("scope", "这个令牌只能读。要写，另建一个读写的令牌。", "header.Authorization"))
    held = path_of(path)
    here = _here(operation, token.person, held["key"]) if "key" in held else None
    query = query_of(operation, request)
    data, content = body_of(operation, request)
    return operation.run(Call(token.person, here, held, query, data, content))


def _token(request: HttpRequest) -> Token:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    found = None
    if scheme.lower() == "bearer" and secret:
        known = Token.objects.select_related("person").filter(secret_hash=hash_of(secret.strip()))
        found = known.filter(expires__gt=timezone.now(), person__is_active=True).first()
    if found is None:
        if not within(request, "api-failed", _FAILURES):
            raise RefusedError(429, Fault("too_many", "无效的令牌试得太多。请稍后再试。", "header.Authorization"))
        told = "没有令牌，或令牌无效、已撤销、已过期。在“我的账号”里新建一个，放在 Authorization: Bearer 之后。"
        raise RefusedError(401, Fault("unauthorised", told, "header.Authorization"))
    if found.used is None or found.used < timezone.now() - _NOTED:
        Token.objects.filter(pk=found.pk).update(used=timezone.now())
    return found


def _here(operation: Operation, person: Person, key: str) -> Here:
    try:
        here = standing(person, key)
    except Http404 as error:
        raise RefusedError(404, Fault("no_such_dossier", "没有这个档案，或您不在其中。", "path.key")) from error
    assert operation.action is not None
    if not here.may(operation.action):
        told = f"以“{here.role.value}”的身份不能{operation.action.value}。"
        raise RefusedError(403, Fault("role", told, "path.key"))
    return here


def _refusal(refused: RefusedError, headers: Mapping[str, str]) -> HttpResponse:
    told = {"errors": [asdict(fault) for fault in refused.faults]}
    response = _sent(json.dumps(told, ensure_ascii=False).encode(), refused.status, JSON)
    for name, value in headers.items():
        response[name] = value
    return response


def _sent(content: bytes, status: int, kind: str) -> HttpResponse:
    response = HttpResponse(content, status=status, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
