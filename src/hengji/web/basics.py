"""The head of a dossier and its goal form as one form: what is evaluated, for whom, by whom and when, and what the money was asked for.

What the workbook asks in its sheets is asked here in the same words and read by the same rules. What a new dossier still has from its
template counts as not filled in: it is shown empty, and left as it is where nothing is typed, so that the checks go on naming it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from hengji.funds.goal_form import FILE as GOALS
from hengji.model.cells import CellFault, read_cell
from hengji.model.dossier import Dossier, Head
from hengji.model.money import Money
from hengji.model.period import Period
from hengji.model.programme import Kind
from hengji.model.record import record
from hengji.model.table import Column, ColumnType, Value
from hengji.model.target import GoalForm, TargetIndicator
from hengji.model.template import EXAMPLE, TO_FILL
from hengji.web.heads import day
from hengji.web.numbers import whole
from hengji.work.workbook.form import Field, Filled, Findings, Sheet, build, to_cell
from hengji.work.workbook.heads import CUTOFFS, OF_HEAD, PROGRAMMES, STAGES, TEAM

YEARS = range(2000, 2101)
_SPARE = 2
_MOST_ADDED = 200
_LONGEST = 4_000
_WIDE = 36
"""From which width in the workbook on a field is wide here too."""
_DATE, _MONEY, _COUNT, _ENUM = ColumnType.DATE, ColumnType.MONEY, ColumnType.COUNT, ColumnType.ENUM
_WORDS = frozenset({"goal_annual", "goal_long_term"})
"""What is written in sentences."""

Given = Mapping[str, str]
Faults = Mapping[str, str]

OF_GOALS = (
    Field("goal_annual", "年度目标", width=56, example="项目当年要达到什么"),
    Field("goal_long_term", "中长期目标", width=56),
    Field("budget", "项目资金", _MONEY, unit="元"),
    Field("project", "申报的项目名称"),
    Field("unit", "申报单位", example="区民政局"),
    Field("code", "项目代码"),
    Field("attribute", "项目属性", example="新增项目、延续项目"),
    Field("category", "项目类别"),
    Field("function_code", "功能科目"),
)


def _targets(dossier: Dossier) -> tuple[TargetIndicator, ...]:
    return dossier.goal_form.indicators if dossier.goal_form else ()


def _with_targets(dossier: Dossier, rows: tuple[Filled[TargetIndicator], ...]) -> tuple[Dossier, Findings]:
    if dossier.goal_form is None and not rows:
        return dossier, ()
    form = dossier.goal_form or _blank_goals(dossier.head)
    return replace(dossier, goal_form=replace(form, indicators=tuple(row.record for row in rows))), ()


TARGETS = Sheet(
    "申报的绩效指标",
    "按绩效目标申报表抄录",
    TargetIndicator,
    (
        Field("level1", "一级", required=True, example="产出指标"),
        Field("level2", "二级", required=True, example="数量指标"),
        Field("level3", "三级"),
        Field("name", "名称", width=36, required=True, example="补助机构数"),
        Field("operator", "比较", required=True, example="≥"),
        Field("value", "指标值", required=True, example="12"),
        Field("unit", "单位", example="家"),
    ),
    (),
    _targets,
    _with_targets,
)
LISTS: Mapping[str, Sheet[Any]] = MappingProxyType(
    {"team": TEAM, "stages": STAGES, "programmes": PROGRAMMES, "cutoffs": CUTOFFS, "indicators": TARGETS}
)
"""By the name of the list in the files, which is also how its fields begin: ``team-0-role``."""
_OF_STAGES = frozenset({"start", "end"})
"""Dates of the plan, which the files keep as words."""


@record
class Box:
    """填写格: one field of the form, with what stands in it and what is wrong with it. ``usual`` shows where nothing stands."""

    id: str
    label: str
    value: str
    fault: str
    kind: str
    usual: str = ""
    unit: str = ""
    needed: bool = False
    choices: tuple[str, ...] = ()
    wide: bool = False


@record
class Read:
    """读出的基本情况: the dossier with what was typed, or what is wrong with it by field."""

    dossier: Dossier
    faults: Faults


def goal_id(name: str) -> str:
    """How a field of the goal form is called; those of the head are called as they are."""
    return f"goal-{name}"


def boxes(dossier: Dossier, profiles: tuple[str, ...], given: Given | None, faults: Faults) -> dict[str, Any]:
    """All fields, filled with what was typed, or with what the dossier says where ``given`` is None."""
    asked = _asked(profiles)
    head, goals = _of_head(dossier.head), _of_goals(dossier)
    shown = {each.field: _shown(head[each.field], each) for each in asked}
    shown |= {goal_id(each.field): _shown(goals[each.field], each) for each in OF_GOALS}
    words = shown if given is None else {name: given.get(name, "") for name in shown}
    return {
        "head": [_box(each.field, each, words, faults) for each in asked],
        "goals": [_box(goal_id(each.field), each, words, faults) for each in OF_GOALS],
        "lists": [_list(name, sheet, dossier, given, faults) for name, sheet in LISTS.items()],
    }


def _asked(profiles: tuple[str, ...]) -> tuple[Field, ...]:
    """The fields of the head, in which one of these rules can be chosen."""
    return tuple(replace(each, kind=_ENUM, choices=profiles) if each.field == "profile" else each for each in OF_HEAD)


def _box(name: str, asked: Field, words: Given, faults: Faults) -> Box:
    return Box(
        name,
        asked.header,
        words[name],
        faults.get(name, ""),
        _kind(asked),
        f"如 {asked.example}" if asked.example else "",
        asked.unit,
        asked.required,
        asked.choices,
        asked.width >= _WIDE,
    )


def _kind(asked: Field) -> str:
    if asked.field in _WORDS:
        return "words"
    return {_DATE: "date", _ENUM: "choice", _COUNT: "number", _MONEY: "amount"}.get(asked.kind, "line")


def _list(name: str, sheet: Sheet[Any], dossier: Dossier, given: Given | None, faults: Faults) -> dict[str, Any]:
    """A list as a table with two blank rows at its end; a row is known by its place in the list of the dossier."""
    held = sheet.take(dossier)
    rows = []
    for number in range(_count(name, held, given or {}) + _SPARE):
        cells = []
        for column in sheet.columns:
            at = cell_id(name, number, column.field)
            known = _shown(getattr(held[number], column.field), column) if number < len(held) else ""
            word = known if given is None else given.get(at, "")
            kind = "date" if _is_day(name, column) and _dated(word) else _kind(column)
            usual = f"如 {column.example}" if column.example and number >= len(held) else ""
            label = f"{sheet.name}第{number + 1}行的{column.header}"
            cells.append(Box(at, label, word, faults.get(at, ""), kind, usual, wide=column.width >= _WIDE))
        rows.append(cells)
    heads = [f"{each.header}（必填）" if each.required else each.header for each in sheet.columns]
    return {"name": name, "title": sheet.name, "note": sheet.note, "heads": heads, "rows": rows}


def cell_id(name: str, number: int, field: str) -> str:
    """How a cell of a list is called."""
    return f"{name}-{number}-{field}"


def _count(name: str, held: Sequence[Any], given: Given) -> int:
    """How many rows a list has with what was typed, the blank ones at its end left out."""
    typed = [each.split("-") for each, value in given.items() if value.strip() and each.startswith(f"{name}-")]
    rows = [row for parts in typed if (row := whole(parts[1], len(held) + _MOST_ADDED - 1)) is not None]
    return max(len(held), max(rows, default=-1) + 1)


def _is_day(name: str, column: Field) -> bool:
    return column.kind is _DATE or (name == "stages" and column.field in _OF_STAGES)


def _dated(text: str) -> bool:
    """Whether a browser's field for dates can hold it; other words are shown as they are, lest they come back empty."""
    return not text or ((date := day(text)) is not None and date.isoformat() == text)


def _of_head(head: Head) -> dict[str, Any]:
    told = {each.name: getattr(head, each.name) for each in fields(head)}
    return told | {"start": head.period.start, "end": head.period.end}


def _of_goals(dossier: Dossier) -> dict[str, Any]:
    form = dossier.goal_form
    return {each.field: getattr(form, each.field) if form else "" for each in OF_GOALS}


def _shown(value: Any, asked: Field) -> str:
    if isinstance(value, Money):
        whole, cents = divmod(abs(value), 100)
        return f"{'-' if value < 0 else ''}{whole}" + (f".{cents:02}" if cents else "")
    text = "" if value is None else str(to_cell(value, asked))
    return "" if _of_template(text) else text


def _of_template(value: Any) -> bool:
    return isinstance(value, str) and (TO_FILL in value or EXAMPLE in value)


def read(dossier: Dossier, profiles: tuple[str, ...], given: Given) -> Read:
    """The dossier with what was typed; every fault at once, and nothing is taken while there is one."""
    faults: dict[str, str] = {}
    made = replace(dossier, head=_head(dossier.head, profiles, given, faults))
    made = replace(made, goal_form=_goals(made, given, faults))
    for name, sheet in LISTS.items():
        rows = tuple(_rows(name, sheet, dossier, given, faults))
        if not faults:
            made, _ = sheet.give(made, tuple(Filled(row, {}) for row in rows))
    order = {name: at for at, name in enumerate(given)}  # fields are sent in the order of the page
    ordered = sorted(faults.items(), key=lambda fault: order.get(fault[0], -1))
    return Read(dossier if faults else made, dict(ordered))


def _head(head: Head, profiles: tuple[str, ...], given: Given, faults: dict[str, str]) -> Head:
    old, asked = _of_head(head), _asked(profiles)
    values = {each.field: _value(each.field, each.column, given, faults, old[each.field]) for each in asked}
    if "year" not in faults and values["year"] not in YEARS:
        faults["year"] = f"“{values['year']}”不是年度。写四位年份，如 2026。"
    if not faults.keys() & {"start", "end"} and values["end"] < values["start"]:
        faults["end"] = "评价期的结束早于开始。"
    if faults:
        return head
    kind, period = Kind(values.pop("kind")), Period(values.pop("start"), values.pop("end"))
    return replace(head, **values, kind=kind, period=period)


def _goals(dossier: Dossier, given: Given, faults: dict[str, str]) -> GoalForm | None:
    old = _of_goals(dossier)
    values = {each.field: _value(goal_id(each.field), each.column, given, faults, old[each.field]) for each in OF_GOALS}
    if dossier.goal_form is None and not any(values.values()):
        return None
    values["budget"] = values["budget"] or Money(0)
    return replace(dossier.goal_form or _blank_goals(dossier.head), **values)


def _blank_goals(head: Head) -> GoalForm:
    return GoalForm(head.name, "", head.department, head.year, "", "", "", "", "", Money(0))


def _value(name: str, column: Column, given: Given, faults: dict[str, str], old: Any) -> Any:
    """What a field says; what stood there before where it was left blank and nobody had filled it in yet."""
    typed = given.get(name, "").strip()
    if not typed and _of_template(old):
        return old
    if len(typed) > _LONGEST:
        faults[name] = f"写了{len(typed)}个字，最多{_LONGEST}个字。"
        return old
    read_in = read_cell(typed, column, column.unit)
    if isinstance(read_in, CellFault):
        faults[name] = f"{read_in.found}，应为{read_in.expected}。"
        return old
    if read_in.value is None and column.required:
        faults[name] = f"没有写{column.name}。"
    return "" if read_in.value is None and column.type is not _COUNT else read_in.value


def _rows(name: str, sheet: Sheet[Any], dossier: Dossier, given: Given, faults: dict[str, str]) -> Iterator[Any]:
    """The records of a list; a row in which nothing is typed is left out."""
    held = sheet.take(dossier)
    seen: set[tuple[Any, ...]] = set()
    for number in range(_count(name, held, given)):
        ids = {each.field: cell_id(name, number, each.field) for each in sheet.columns}
        if not any(given.get(at, "").strip() for at in ids.values()):
            continue
        old = held[number] if number < len(held) else None
        values = dict(_cells(name, sheet, ids, old, given, faults))
        if faults.keys() & set(ids.values()):
            continue
        made = build(sheet, values, old)
        key = sheet.keys(made)
        if key and key in seen:
            faults[ids[sheet.key[0]]] = f"“{key[0]}”写了两行。"
        seen.add(key)
        yield made


def _cells(
    name: str, sheet: Sheet[Any], ids: Mapping[str, str], old: Any, given: Given, faults: dict[str, str]
) -> Iterator[tuple[str, Value]]:
    days: dict[str, dt.date] = {}
    for column in sheet.columns:
        at = ids[column.field]
        before = None if old is None else getattr(old, column.field)
        kept = name == "stages" and given.get(at, "").strip() == before
        asked = Column(column.header, _DATE, required=False) if _is_day(name, column) and not kept else column.column
        asked = replace(asked, required=column.required)
        value = _value(at, asked, given, faults, before)
        if isinstance(value, dt.date) and column.kind is not _DATE:
            days[column.field] = value
            value = value.isoformat()
        yield column.header, None if value == "" else value
    if "start" in days and "end" in days and days["end"] < days["start"]:
        faults[ids["end"]] = "结束早于开始。"


def anchor(content: bytes, file: str, line: int) -> str:
    """The field of the form in which a line of dossier.yaml or targets.yaml is edited; empty where it is in none."""
    lines = content.decode("utf-8-sig", "replace").splitlines()[:line]
    top = next((at for at in range(len(lines) - 1, -1, -1) if lines[at][:1] not in {" ", "-", ""}), None)
    if top is None:
        return ""
    name = lines[top].partition(":")[0]
    last = lines[-1].lstrip("- ").partition(":")[0]
    if name in LISTS:
        row = sum(each.startswith("- ") for each in lines[top:]) - 1
        known = {each.field for each in LISTS[name].columns}
        return cell_id(name, row, last) if row >= 0 and last in known else f"list-{name}"
    if file == GOALS:
        return goal_id(name) if name in {each.field for each in OF_GOALS} else ""
    known = {each.field for each in OF_HEAD}
    return name if name in known else last if name == "period" and last in known else ""
