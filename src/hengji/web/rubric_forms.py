"""The form of a scoring standard: its fields follow from its shape, so that no shape needs a form of its own."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from hengji.model.finding import one_of
from hengji.model.rubric import Rubric
from hengji.web.judging import number_in
from hengji.web.numbers import digits
from hengji.web.standards import LABELS
from hengji.work.workbook.framework import SHAPES

_SPARE = 2
_MOST_ROWS = 40
_WORDS = frozenset({"survey", "source", "name", "text"})
"""Texts that are no operands."""

Given = Mapping[str, str]


def fields_of(shape: str, given: Given, faults: Mapping[str, str]) -> list[dict[str, Any]]:
    """The fields of a shape for a template, filled with what is given."""
    kind = SHAPES[shape]
    return [_field(kind, name, f"rubric-{name}", given, faults) for name in _hints(kind)]


def _field(kind: type, name: str, key: str, given: Given, faults: Mapping[str, str]) -> dict[str, Any]:
    hint = _hints(kind)[name]
    field: dict[str, Any] = {"key": key, "label": LABELS[name], "fault": faults.get(key, "")}
    part = _part(hint)
    if part is None:
        return field | _cell(kind, name, key, given)
    count = min(_filled(given, key) + _SPARE, _MOST_ROWS)
    if not _is_record(part):
        cells = [[{"key": f"{key}-{at}", "value": given.get(f"{key}-{at}", ""), "kind": "text"}] for at in range(count)]
        return field | {"kind": "rows", "heads": [LABELS[name]], "rows": cells}
    rows = [
        [
            _cell(part, each, f"{key}-{at}-{each}", given) | {"fault": faults.get(f"{key}-{at}-{each}", "")}
            for each in _hints(part)
        ]
        for at in range(count)
    ]
    return field | {"kind": "rows", "heads": [LABELS[each] for each in _hints(part)], "rows": rows}


def _cell(kind: type, name: str, key: str, given: Given) -> dict[str, Any]:
    hint, needed = _hints(kind)[name], name in _needed(kind)
    value = given.get(key, "")
    choices = _choices(hint)
    if choices:
        offered = [each.value for each in choices]
        value = value or _usual(kind, name)
        return {"key": key, "kind": "choice", "choices": offered if needed or value else ["", *offered], "value": value}
    usual = "" if needed else _usual(kind, name)
    word = "number" if _plain(hint) is Decimal else "text" if name in _WORDS else "operand"
    return {"key": key, "kind": word, "value": value, "usual": usual, "needed": needed, "label": LABELS[name]}


def as_given(rubric: Rubric | None) -> dict[str, str]:
    """What a standard says already, as it would be typed."""
    return dict(_given(rubric, "rubric")) if rubric is not None else {}


def _given(value: Any, key: str) -> Iterator[tuple[str, str]]:
    match value:
        case tuple():
            for at, each in enumerate(value):
                yield from _given(each, f"{key}-{at}")
        case Enum():
            yield key, str(value.value)
        case Decimal():
            yield key, f"{value:f}"
        case None:
            return
        case str():
            yield key, value
        case _:
            for field in fields(value):
                yield from _given(getattr(value, field.name), f"{key}-{field.name}")


def read(shape: str, given: Given) -> tuple[Rubric | None, Mapping[str, str]]:
    """The standard that was typed, or what is wrong with each field."""
    faults: dict[str, str] = {}
    made = _record(SHAPES[shape], "rubric", given, faults)
    return (None if faults else typing.cast("Rubric", made)), faults


def _record(kind: type, key: str, given: Given, faults: dict[str, str]) -> Any:
    values: dict[str, Any] = {}
    for name, hint in _hints(kind).items():
        own = f"{key}-{name}"
        part = _part(hint)
        value = _sequence(part, own, given, faults) if part is not None else _scalar(kind, name, own, given, faults)
        if part is not None and not value:
            faults.setdefault(own, f"至少写一行{LABELS[name]}。")
        if value is not None:
            values[name] = value
    return None if faults else kind(**values)


def _sequence(part: Any, key: str, given: Given, faults: dict[str, str]) -> tuple[Any, ...]:
    rows: list[Any] = []
    for at in range(_filled(given, key)):
        own = f"{key}-{at}"
        if not _any(given, own, part):
            continue
        rows.append(_record(part, own, given, faults) if _is_record(part) else given.get(own, "").strip())
    return tuple(rows)


def _scalar(kind: type, name: str, key: str, given: Given, faults: dict[str, str]) -> Any:
    hint, typed = _hints(kind)[name], given.get(key, "").strip()
    if not typed:
        if name in _needed(kind):
            faults[key] = f"{LABELS[name]}没有填。"
        return None
    choices = _choices(hint)
    if choices:
        found = next((each for each in choices if each.value == typed), None)
        if found is None:
            faults[key] = one_of(str(each.value) for each in choices) + "。"
        return found
    if _plain(hint) is Decimal:
        number = number_in(typed)
        if number is None:
            faults[key] = f"“{typed[:20]}”不是数字。填数字，如 0.5。"
        return number
    return typed


def _any(given: Given, key: str, part: Any) -> bool:
    """Whether anything was typed into a row; a choice that stands at its usual value is nothing."""
    if not _is_record(part):
        return bool(given.get(key, "").strip())
    return any(given.get(f"{key}-{name}", "").strip() for name, hint in _hints(part).items() if not _choices(hint))


def _filled(given: Given, key: str) -> int:
    """How many rows were typed, blank ones between filled ones included."""
    last = -1
    for name, value in given.items():
        if name.startswith(f"{key}-") and value.strip():
            number = digits(name.removeprefix(f"{key}-").partition("-")[0], _MOST_ROWS - 1)
            last = last if number is None else max(last, number)
    return last + 1


def _hints(kind: type) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _needed(kind: type) -> frozenset[str]:
    return frozenset(field.name for field in fields(kind) if field.default is MISSING)


def _usual(kind: type, name: str) -> str:
    """The value that a field has when nothing is typed."""
    default = next(field.default for field in fields(kind) if field.name == name)
    return "" if default is MISSING or default is None else str(default.value if isinstance(default, Enum) else default)


def _is_record(part: Any) -> bool:
    return isinstance(part, type) and is_dataclass(part)


def _part(hint: Any) -> Any:
    """What a sequence holds; None for what is no sequence."""
    return typing.get_args(hint)[0] if typing.get_origin(hint) is tuple else None


def _plain(hint: Any) -> Any:
    """The type without None."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return next(each for each in typing.get_args(hint) if each is not type(None))
    return hint


def _choices(hint: Any) -> list[Enum]:
    plain = _plain(hint)
    return list(plain) if isinstance(plain, type) and issubclass(plain, Enum) else []
