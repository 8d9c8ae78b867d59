"""A request against its declaration: every fault at once, in Chinese, with its place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from jsonschema_rs import Draft202012Validator, ValidationError, validator_for

from hengji.model.finding import one_of
from hengji.web.api.declaring import BYTES, Fault, Operation, RefusedError
from hengji.web.api.operations import PATH_SCHEMAS

_DIGITS = 9
_TYPES = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "object": "对象",
    "array": "列表",
    "null": "空",
    "boolean": "真假",
}


def query_of(operation: Operation, request: HttpRequest) -> dict[str, Any]:
    """What stands in the query, whole numbers as numbers."""
    twice = [name for name, values in request.GET.lists() if len(values) > 1]
    if twice:
        raise RefusedError(422, *(Fault("repeated", "给了不止一次。", f"query.{name}") for name in twice))
    given: dict[str, Any] = {name: _number(operation.query.get(name, {}), text) for name, text in request.GET.items()}
    schema = {
        "type": "object",
        "properties": operation.query,
        "required": operation.required,
        "additionalProperties": False,
    }
    _hold(schema, given, "query")
    return given


def _number(schema: Mapping[str, Any], text: str | Any) -> Any:
    whole = schema.get("type") == "integer" and text.isascii() and text.lstrip("-").isdecimal() and len(text) <= _DIGITS
    return int(text) if whole else text


def path_of(given: Mapping[str, str]) -> dict[str, str]:
    """What stands in the address."""
    held = dict(given)
    schema = {"type": "object", "properties": {name: PATH_SCHEMAS[name] for name in held}}
    _hold(schema, held, "path", 404)
    return held


def body_of(operation: Operation, request: HttpRequest) -> tuple[Any, bytes]:
    """The body as JSON and as bytes."""
    if operation.body is None:
        return None, b""
    content = request.read(operation.most + 1)
    if len(content) > operation.most:
        raise RefusedError(413, Fault("too_large", f"超过 {operation.most // 2**20} MB 的上限。", "body"))
    if operation.body == BYTES:
        return None, content
    data = _parsed(content)
    assert not isinstance(operation.body, str)
    _hold(operation.body, data, "body")
    return data, content


def _parsed(content: bytes) -> Any:
    try:
        data = json.loads(content.decode(), parse_constant=_refuse)
        json.dumps(data, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise RefusedError(400, Fault("no_json", "请求体不是 UTF-8 编码的 JSON。", "body")) from error
    return data


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _hold(schema: Mapping[str, Any], given: Any, place: str, status: int = 422) -> None:
    faults = tuple(_fault(error, given, schema, place) for error in _validator(json.dumps(schema)).iter_errors(given))
    if faults:
        raise RefusedError(status, *dict.fromkeys(faults))


@lru_cache(maxsize=64)
def _validator(schema: str) -> Draft202012Validator:
    made = validator_for(json.loads(schema))
    assert isinstance(made, Draft202012Validator)
    return made


def _fault(error: ValidationError, given: Any, schema: Any, place: str) -> Fault:
    """By the word of the schema that is not held; ``rule`` is what stands behind it there."""
    word = str(error.schema_path[-1])
    rule = schema
    for step in error.schema_path:
        rule = rule[step]
    value = given
    for step in error.instance_path:
        value = value[step]
    where = ".".join([place, *map(str, error.instance_path)])
    return Fault(word, _told(word, rule, value, schema, error), where)


def _told(word: str, rule: Any, value: Any, schema: Any, error: ValidationError) -> str:
    match word:
        case "required":
            return f"缺少：{'、'.join(name for name in rule if name not in value)}。"
        case "additionalProperties":
            return f"多出不认识的名称：{'、'.join(_unknown(schema, value, error))}。"
        case "type":
            types = [rule] if isinstance(rule, str) else rule
            return f"应为{'或'.join(_TYPES[each] for each in types)}。"
        case "enum":
            return f"应为{one_of(map(str, rule))}。"
        case "minimum" | "maximum":
            return f"应{'不小于' if word == 'minimum' else '不大于'} {rule}。"
        case "minLength" | "maxLength":
            return f"应{'至少' if word == 'minLength' else '至多'} {rule} 个字。"
        case "maxProperties":
            return f"至多 {rule} 项。"
        case _:
            return "写法不合要求。"


def _unknown(schema: Any, value: Mapping[str, Any], error: ValidationError) -> Iterator[str]:
    holder = schema
    for step in error.schema_path[:-1]:
        holder = holder[step]
    known = holder.get("properties", {})
    return (name for name in value if name not in known)
