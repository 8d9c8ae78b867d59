"""Data: the declared tables, each as a list that others can open; and new tables, declared from a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from hengji.engines.grids import read_grid
from hengji.engines.intake.guessing import guess
from hengji.model.finding import Finding, Severity
from hengji.model.table import Column, ColumnType, TableDeclaration
from hengji.web import receiving
from hengji.web.access import Here, member
from hengji.web.attachments import attachment
from hengji.web.declaring import declared, typed
from hengji.web.events import record
from hengji.web.projections import opened
from hengji.web.roles import Action
from hengji.web.screens.receive import ask_for, begun
from hengji.web.tabular import FILES, Heading, Kind, Line, asked, discreet, file_of, found, listed, of_column, sheet
from hengji.web.uploads import taken

_KEPT = 8
_LISTED = 100
_GUESSED_FROM = 500
_SUFFIXES = (".xlsx", ".xls", ".csv")
_MOST_GUESSED = 16 * 2**20
_NONE = "没有选择文件。选好再传。"
_LINE = Heading("行", Kind.NUMBER)


@member(Action.READ)
def data(request: HttpRequest, here: Here) -> HttpResponse:
    """All tables, and what was sent and is not taken yet."""
    return _tables(request, here, {})


def _tables(request: HttpRequest, here: Here, faults: Mapping[str, str]) -> HttpResponse:
    """The same with what is wrong with a file, by the field that it came from."""
    read, findings = opened(here.dossier.head)
    tables = () if read is None else read.dossier.tables
    rows = [
        {
            "table": each,
            "fault": faults.get(f"file-{number}", ""),
            "rows": len(read.tables[each.name].rows) if read is not None and each.name in read.tables else None,
            "errors": sum(f.place.file == each.path and f.severity is Severity.ERROR for f in findings),
            "uses": []
            if read is None
            else [u.id for u in read.dossier.head.entitlements if each.name in u.tables.values()],
        }
        for number, each in enumerate(tables)
    ]
    context = {
        "here": here,
        "faults": faults,
        "new_fault": faults.get("new-file", ""),
        "rows": rows,
        "waiting": begun(here) if here.may(Action.EDIT) else [],
        "readable": read is not None,
        "screen": "data",
    }
    return render(request, "web/data.html", context, status=422 if faults else 200)


@lru_cache(maxsize=_KEPT)
def _lines(digest: str, name: str) -> tuple[tuple[Heading, ...], tuple[Line, ...]] | None:
    read, _ = opened(digest)
    table = None if read is None else read.tables.get(name)
    if table is None:
        return None
    headings = (_LINE, *(of_column(column) for column in table.columns))
    lines = tuple(Line((line, *cells)) for line, cells in zip(table.lines, table.rows, strict=True))
    return headings, lines


@member(Action.READ_PERSONS)
def table(request: HttpRequest, here: Here, table: str) -> HttpResponse:
    """One table; ``file`` asks for it as a file, as it is filtered and sorted."""
    read, findings = opened(here.dossier.head)
    declaration = next((each for each in read.dossier.tables if each.name == table), None) if read is not None else None
    if declaration is None:
        raise Http404
    headings, lines = _lines(here.dossier.head, table) or ((), ())
    suffix = request.GET.get("file", "")
    if suffix in FILES and headings:
        record(request, "导出数据表", f"{here.dossier.name}：{table}")
        kept = sheet(receiving.plain_name(table)[:31], headings, found(headings, lines, asked(request.GET.dict())))
        return attachment(file_of(suffix, (kept,)), f"{table}.{suffix}", FILES[suffix])
    context = {
        "here": here,
        "declaration": declaration,
        "list": listed(headings, lines, request.GET.dict()) if headings else None,
        "faults": [_told(each) for each in findings if each.place.file == declaration.path][:_LISTED],
        "screen": "data",
    }
    return render(request, "web/table.html", context)


def _told(finding: Finding) -> dict[str, str]:
    return {"severity": finding.severity.value, "place": str(finding.place), "said": discreet(finding.message)}


@member(Action.EDIT, changing=Action.EDIT)
def upload(request: HttpRequest, here: Here) -> HttpResponseBase:
    """A file for a declared table."""
    read, _ = opened(here.dossier.head)
    tables = () if read is None else read.dossier.tables
    asked_for = request.POST.get("table", "")
    number = next((at for at, each in enumerate(tables) if each.name == asked_for), None)
    if request.method != "POST" or number is None:
        raise Http404
    file = request.FILES.get("file")
    content, why = (None, _NONE) if file is None else taken(file, _SUFFIXES)
    if file is None or content is None:
        return _tables(request, here, {f"file-{number}": f"{why}表“{asked_for}”没有改动。"})
    sent = receiving.receive(here.dossier, file.name or "", content)
    sent.declare(tables[number])
    ask_for(here, sent)
    return redirect("received", key=here.dossier.key, token=sent.token)


@member(Action.EDIT, changing=Action.EDIT)
def begin_table(request: HttpRequest, here: Here) -> HttpResponseBase:
    """A file for a table that is not declared yet."""
    file = request.FILES.get("file")
    if request.method != "POST":
        return redirect("data", key=here.dossier.key)
    content, why = (None, _NONE) if file is None else taken(file, _SUFFIXES, _MOST_GUESSED)
    if file is None or content is None:
        return _tables(request, here, {"new-file": why})
    sent = receiving.receive(here.dossier, file.name or "", content)
    return redirect("new_table", key=here.dossier.key, token=sent.token)


@member(Action.EDIT, changing=Action.EDIT)
def new_table(request: HttpRequest, here: Here, token: str) -> HttpResponseBase:
    """Its columns as they were guessed, for a person to put right; then the file is read as any other."""
    sent = receiving.received(here.dossier, token)
    if sent is None:
        raise Http404
    rows, said = _sample(sent)
    columns = guess(rows)
    faults: dict[str, str] = {}
    form = typed(TableDeclaration(sent.file.stem, "", columns))
    if request.method == "POST":
        read, _ = opened(here.dossier.head)
        names = {each.name for each in read.dossier.tables} if read is not None else set()
        form = {name: value for name, value in request.POST.items() if isinstance(value, str)}
        declaration, faults = declared(form, columns, names)
        if declaration is not None:
            sent.declare(replace(declaration, path=""))
            ask_for(here, sent)
            record(request, "新声明数据表", f"{here.dossier.name}：{declaration.name}")
            return redirect("received", key=here.dossier.key, token=token)
    context = {
        "here": here,
        "token": token,
        "file": sent.file.name,
        "form": form,
        "rows": [_column(number, column, form, faults, rows) for number, column in enumerate(columns)],
        "types": [kind.value for kind in ColumnType],
        "faults": faults,
        "said": said,
        "screen": "data",
    }
    return render(request, "web/new_table.html", context, status=422 if faults else 200)


def _sample(sent: receiving.Received) -> tuple[tuple[tuple[Any, ...], ...], str]:
    """The first rows of the file; without any, why there are none."""
    grid, findings = read_grid(sent.file.name, sent.file.read_bytes())
    if grid is None:
        return (), findings[0].message if findings else "文件读不出来。"
    return grid.rows[:_GUESSED_FROM], ""


def _column(
    number: int, column: Column, form: dict[str, str], faults: dict[str, str], rows: tuple[tuple[Any, ...], ...]
) -> dict[str, Any]:
    names = ("take", "name", "type", "unit", "choices", "required")
    header = column.synonyms[0] if column.synonyms else column.name
    return {
        "number": number,
        "header": header,
        "cells": {
            name: {"value": form.get(f"{name}-{number}", ""), "fault": faults.get(f"{name}-{number}", "")}
            for name in names
        },
        "sample": _samples(header, rows),
    }


def _samples(header: str, rows: tuple[tuple[Any, ...], ...]) -> str:
    """Some of what stands under a header."""
    for at, cells in enumerate(rows):
        texts = ["".join(str(cell or "").split()) for cell in cells]
        position = next((index for index, text in enumerate(texts) if text.startswith(header) and text), None)
        if position is not None:
            below = [
                str(row[position]) for row in rows[at + 1 :] if position < len(row) and row[position] not in (None, "")
            ]
            return discreet("、".join(dict.fromkeys(below[:3])))
    return ""
