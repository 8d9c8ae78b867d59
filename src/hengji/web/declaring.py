"""A declaration of a table as a form: as it was guessed, and as a person typed it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from hengji.model.table import Column, ColumnType, TableDeclaration

_TYPES = {kind.value: kind for kind in ColumnType}
_MONEY_UNITS = ("元", "万元")
_BETWEEN = "、"
_SEPARATORS = re.compile(r"[、;；,，\n]+")
_LONGEST = 40


def typed(declaration: TableDeclaration) -> dict[str, str]:
    """The fields of the form for a declaration."""
    form = {"name": declaration.name[:_LONGEST]}
    for number, column in enumerate(declaration.columns):
        form |= {
            f"take-{number}": "on",
            f"name-{number}": column.name,
            f"type-{number}": column.type.value,
            f"unit-{number}": column.unit,
            f"choices-{number}": _BETWEEN.join(column.choices),
        }
        if column.required:
            form[f"required-{number}"] = "on"
    return form


def declared(
    form: Mapping[str, str], guessed: Sequence[Column], taken: AbstractSet[str]
) -> tuple[TableDeclaration | None, dict[str, str]]:
    """The declaration that was typed; None with what is wrong, by field. ``taken`` are names of other tables."""
    faults: dict[str, str] = {}
    name = form.get("name", "").strip()
    if not name or len(name) > _LONGEST:
        faults["name"] = f"写明表名，不超过{_LONGEST}个字。"
    elif name in taken:
        faults["name"] = f"已有一张叫“{name}”的表。换个名字，或在那张表里上传。"
    columns: list[Column] = []
    for number, column in enumerate(guessed):
        if f"take-{number}" in form:
            made = _column(form, number, column, {each.name for each in columns}, faults)
            if made is not None:
                columns.append(made)
    if not columns and not faults:
        faults["name"] = "至少要有一列。"
    return (None, faults) if faults else (TableDeclaration(name, "", tuple(columns)), {})


def _column(
    form: Mapping[str, str], number: int, guessed: Column, before: AbstractSet[str], faults: dict[str, str]
) -> Column | None:
    name = form.get(f"name-{number}", "").strip()
    kind = _TYPES.get(form.get(f"type-{number}", ""))
    unit = form.get(f"unit-{number}", "").strip()
    choices = tuple(
        dict.fromkeys(word for each in _SEPARATORS.split(form.get(f"choices-{number}", "")) if (word := each.strip()))
    )
    if not name or len(name) > _LONGEST:
        faults[f"name-{number}"] = f"写明列名，不超过{_LONGEST}个字。"
    elif name in before:
        faults[f"name-{number}"] = f"已有一列叫“{name}”。"
    if kind is None:
        faults[f"type-{number}"] = "从列出的类型中选。"
    elif kind is ColumnType.MONEY and unit not in _MONEY_UNITS:
        faults[f"unit-{number}"] = "金额的单位写“元”或“万元”。"
    elif kind is ColumnType.ENUM and not choices:
        faults[f"choices-{number}"] = "枚举要写明可选的词，用顿号隔开。"
    if kind is None or any(key.endswith(f"-{number}") for key in faults):
        return None
    theirs = (*guessed.synonyms, guessed.name)
    synonyms = tuple(dict.fromkeys(each for each in theirs if each != name))
    numeric = kind in (ColumnType.MONEY, ColumnType.COUNT, ColumnType.RATE)
    return Column(
        name,
        kind,
        unit if numeric else "",
        choices if kind is ColumnType.ENUM else (),
        synonyms,
        required=f"required-{number}" in form,
    )
