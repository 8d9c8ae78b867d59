"""The description of the interface in OpenAPI 3.1, made of the declarations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any

from hengji.web.api.declaring import BYTES, JSON, Operation, Scope
from hengji.web.api.operations import OPERATIONS, PATH_SCHEMAS
from hengji.web.api.schemas import FAULTS

BLANK = re.compile(r"\{(\w+)\}")
_TOLD = {
    400: "请求体不是 JSON",
    401: "没有令牌，或令牌无效",
    403: "令牌的范围或角色不允许",
    404: "没有这个档案、文件、数值或政策",
    405: "这个地址不接受这个方法",
    409: "别人已经改了同一个文件",
    413: "太大",
    422: "请求不合要求，全部问题一次列出",
    423: "底稿已签字，内容锁定",
    429: "太频繁",
}
"""What each refusal means."""


def document(root: str) -> dict[str, Any]:
    """The whole; ``root`` is the address below which the paths stand."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(f"/{operation.path}", {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "衡绩接口", "version": version("hengji"), "description": "与工作台和命令行相同的计算。"},
        "servers": [{"url": root.rstrip("/")}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Errors": FAULTS},
        },
    }


def statuses(operation: Operation) -> tuple[int, ...]:
    """Every refusal that an operation may give."""
    always = {401, 404, 405, 422, 429} | set(operation.refusals)
    role = {403} if operation.action is not None else set()
    body = {413} | (set() if operation.body == BYTES else {400}) if operation.body is not None else set()
    return tuple(sorted(always | role | body))


def _operation(operation: Operation) -> dict[str, Any]:
    told = {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": f"令牌：{Scope.WRITE.value}" if operation.scope is Scope.WRITE else "令牌：只读或读写",
        "parameters": list(_parameters(operation)),
        "responses": {"200": _answer(operation)} | {str(status): _refusal(status) for status in statuses(operation)},
    }
    if operation.body is not None:
        kind, schema = (BYTES, {}) if isinstance(operation.body, str) else (JSON, operation.body)
        told["requestBody"] = {"required": True, "content": {kind: {"schema": schema}}}
    return told


def _parameters(operation: Operation) -> Iterator[dict[str, Any]]:
    for name in BLANK.findall(operation.path):
        yield {"name": name, "in": "path", "required": True, "schema": PATH_SCHEMAS[name]}
    for name, schema in operation.query.items():
        yield {"name": name, "in": "query", "required": name in operation.required, "schema": schema}


def _answer(operation: Operation) -> dict[str, Any]:
    kind, schema = (operation.answer, {}) if isinstance(operation.answer, str) else (JSON, operation.answer)
    return {"description": operation.summary, "content": {kind: {"schema": schema}}}


def _refusal(status: int) -> Mapping[str, Any]:
    return {
        "description": _TOLD[status],
        "content": {JSON: {"schema": {"$ref": "#/components/schemas/Errors"}}},
    }
