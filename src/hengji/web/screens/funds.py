"""Funds: the ledger row by row, the money on its way, what came late; rows are typed into a grid, or come with a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from hengji.funds.balances import recorded
from hengji.model.deadline import TermBound
from hengji.model.evaluation import Evaluation
from hengji.model.figure import Figure, FigureKind, Figures, display
from hengji.model.finding import Finding, Severity
from hengji.model.ledger import FundStage
from hengji.model.programme import Tier
from hengji.storage.text import LEDGER
from hengji.web import ledgers, store
from hengji.web.access import Here, member
from hengji.web.attachments import attachment
from hengji.web.drawing import sankey
from hengji.web.editing import base_of, save
from hengji.web.events import record
from hengji.web.flows import flows
from hengji.web.leaves import read_from
from hengji.web.ledgers import Faulty, Grid, Way
from hengji.web.projections import opened, projected
from hengji.web.roles import Action
from hengji.web.tabular import FILES, Line, asked, file_of, found, listed, sheet, shown
from hengji.web.uploads import taken

_PAGE = 40
_ADDED = 3
_LISTED_FINDINGS = 100
_WIDE = frozenset({"项目", "文号", "付款方", "收款方", "备注"})
_RATES = ("到位率", "落实率", "预算执行率")
_NOTHING = "—"
_TIERS = tuple((tier.value, f".{tier.value}") for tier in Tier)
_SUFFIXES = (".xlsx", ".xls", ".csv")
_MOST_BYTES = 16 * 2**20


def project(evaluation: Evaluation) -> dict[str, Any]:
    """What the head of the screen shows: sums and rates by tier and sub-project, the flows, and how terms were kept."""
    figures = evaluation.figures
    stages = [stage for stage in FundStage if (of := figures.get(f"资金.{stage.value}")) and of.value is not None]
    there = recorded(evaluation.dossier.ledger)
    rows = [_scope(title, end, stages, stages, figures) for title, end in (("合计", ""), *_TIERS)]
    for programme in evaluation.dossier.head.programmes:
        own = [stage for stage in stages if (programme.id, stage) in there]
        rows.append(_scope(programme.name, f".{programme.id}", stages, own, figures))
    return {
        "stages": [stage.value for stage in stages],
        "rows": [row for row in rows if any(cell != _NOTHING for cell in row["cells"])],
        "sankey": sankey(flows(evaluation)),
        "terms": list(_terms(evaluation)),
    }


def _scope(
    title: str, end: str, stages: Sequence[FundStage], own: Sequence[FundStage], figures: Figures
) -> dict[str, Any]:
    """A row of the table: of its ``own`` stages the ledger has entries; of another, and of rates with it, nothing is told."""
    known = {f"资金.{stage.value}{end}" for stage in own}
    cells = [name if (name := f"资金.{stage.value}{end}") in known else "" for stage in stages]
    named = [(name, figures.get(name)) for name in (f"资金.{rate}{end}" for rate in _RATES)]
    rates = [name if rate and (rate.value is None or known.issuperset(rate.inputs)) else "" for name, rate in named]
    return {
        "title": title,
        "cells": [_printed(figures.get(name), "万元") for name in cells],
        "rates": [{"text": _printed(figures.get(name), "%"), "figure": name} for name in rates],
    }


def _printed(figure: Figure | None, unit: str) -> str:
    return _NOTHING if figure is None or figure.value is None else display(figure, unit).removesuffix(unit)


def _worth(figure: Figure | None) -> bool:
    return figure is not None and bool(figure.value)


def _terms(evaluation: Evaluation) -> Iterator[dict[str, Any]]:
    """The terms of the dossier, and the days that money lay before it went on."""
    figures = evaluation.figures
    for each in evaluation.dossier.deadlines:
        late = f"时限.{each.id}.{'逾期' if each.bound is TermBound.AT_MOST else '不足'}"
        yield {
            "name": each.name,
            "limit": f"{each.bound.value}{each.limit}{each.unit.value}",
            "start": each.start.isoformat(),
            "done": each.done.isoformat() if each.done else "",
            "due": _day(figures.get(f"时限.{each.id}.届满日")),
            "used": _days(figures.get(f"时限.{each.id}.用时")),
            "late": _days(figures.get(late)),
            "is_late": _worth(figures.get(late)),
            "figure": late if late in figures else "",
        }


def _day(figure: Figure | None) -> str:
    return "—" if figure is None else display(figure)


def _days(figure: Figure | None) -> str:
    return "—" if figure is None or figure.kind is not FigureKind.DAYS else display(figure)


@member(Action.READ)
def funds(request: HttpRequest, here: Here) -> HttpResponse:
    """The sums for everybody; the ledger itself for who works on the dossier. ``file`` asks for it as a file."""
    data = projected(here.dossier, "funds", project)
    context: dict[str, Any] = {"here": here, "data": data, "screen": "funds"}
    if not here.may(Action.READ_PERSONS):
        return render(request, "web/funds.html", context)
    read, findings = opened(here.dossier.head)
    entries = () if read is None else read.dossier.ledger.entries
    lines = [ledgers.line_of(entry) for entry in entries]
    kept = found(ledgers.HEADINGS, lines, asked(request.GET.dict()))
    suffix = request.GET.get("file", "")
    if suffix in FILES:
        record(request, "导出台账", here.dossier.name)
        content = file_of(suffix, (sheet("资金台账", ledgers.HEADINGS, kept),))
        return attachment(content, f"{here.dossier.name}资金台账.{suffix}", FILES[suffix])
    linked = [_linked(here, line) for line in lines] if here.may(Action.EDIT) else lines
    stages = _by_stage(kept)
    told = listed(ledgers.HEADINGS, linked, request.GET.dict())
    context |= {
        "list": told if len(stages) == 1 else told | {"totals": ()},
        "stages": stages,
        "totals": [] if read is None else [_told(ledgers.total_line(total)) for total in read.dossier.ledger.totals],
        "faults": [each for each in findings if each.place.file == LEDGER][:_LISTED_FINDINGS],
        "ways": [way.value for way in Way],
        "faulty": [each.value for each in Faulty],
    }
    return render(request, "web/funds.html", context)


def _linked(here: Here, line: Line) -> Line:
    there = reverse("funds_edit", args=[here.dossier.key])
    return Line(line.cells, f"{there}?line={line.cells[0]}#r{line.cells[0]}")


def _by_stage(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """Sums of the amounts by stage, in the order in which money travels: those of different stages are not added."""
    sums: dict[str, int] = {}
    for line in lines:
        stage, fen = line.cells[ledgers.STAGE], line.cells[ledgers.AMOUNT]
        assert isinstance(stage, str)
        assert isinstance(fen, int)
        sums[stage] = sums.get(stage, 0) + fen
    heading = ledgers.HEADINGS[ledgers.AMOUNT]
    return [(stage.value, shown(sums[stage.value], heading)) for stage in FundStage if stage.value in sums]


def _told(line: Line) -> list[str]:
    return [shown(cell, heading) for cell, heading in zip(line.cells, ledgers.HEADINGS, strict=True)]


@member(Action.EDIT, changing=Action.EDIT)
def edit(request: HttpRequest, here: Here) -> HttpResponseBase:
    """The rows of the ledger as they are typed, a page at a time; below them blank rows for new ones."""
    grid = ledgers.grid_of(store.files_of(base_of(request, here)).get(LEDGER))
    if grid is None:
        messages.error(request, "funds.csv 不是能读的 csv，不能逐行修改。先上传一份替换它，或在“检查”中打开文件改正。")
        return redirect("funds", key=here.dossier.key)
    if request.method == "POST":
        return _saved(request, here, grid)
    page = Paginator(sorted(grid.records), _PAGE).get_page(_page(request, grid))
    rows = [_row(str(line), grid.header, grid.records[line], ()) for line in page]
    return _grid(request, here, grid, page, rows + _blank(grid))


def _page(request: HttpRequest, grid: Grid) -> str:
    """The page asked for, or that on which a line stands."""
    line = request.GET.get("line", "")
    before = sorted(map(str, grid.records), key=int).index(line) if line in map(str, grid.records) else None
    if before is None:
        return request.GET.get("page", "1")
    return str(before // _PAGE + 1)


def _blank(grid: Grid) -> list[dict[str, Any]]:
    return [_row(f"n{number}", grid.header, [""] * len(grid.header), ()) for number in range(_ADDED)]


def _row(name: str, header: Sequence[str], cells: Sequence[str], said: Sequence[Finding]) -> dict[str, Any]:
    """A row for the grid; what is said of a cell stands with it, what is said of the whole row below."""
    by_column = {each.place.item: each for each in reversed(said) if each.place.item}
    own = [
        {
            "name": f"{name}-{at}",
            "title": title,
            "value": cell,
            "fault": by_column.get(title),
            "choices": _CHOICES.get(title, ""),
            "wide": title in _WIDE,
            "amount": title.startswith("金额"),
        }
        for at, (title, cell) in enumerate(zip(header, cells, strict=True))
    ]
    told = [each for each in said if by_column.get(each.place.item) is not each or each.place.item not in header]
    return {"name": name, "new": name.startswith("n"), "cells": own, "said": told, "wrong": bool(said)}


_CHOICES: Mapping[str, str] = {"环节": "stages", "层级": "tiers", "项目": "programmes"}
"""Lists that the browser offers for a column; whatever is typed is judged by the reading of the ledger."""


def _grid(
    request: HttpRequest,
    here: Here,
    grid: Grid,
    page: Any,
    rows: Sequence[Mapping[str, Any]],
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    read, _ = opened(here.dossier.head)
    programmes = () if read is None else read.dossier.head.programmes
    context = {
        "here": here,
        "header": grid.header,
        "rows": rows,
        "page": page,
        "faults": {cell["name"]: cell["fault"].message for row in rows for cell in row["cells"] if cell["fault"]}
        | {f"r{row['name']}": row["said"][0].message for row in rows if row["said"]},
        "stages": [stage.value for stage in FundStage],
        "tiers": [*(tier.value for tier in Tier), ledgers.TOTAL],
        "programmes": [(each.id, each.name) for each in programmes],
        "screen": "funds",
    }
    return render(request, "web/funds_edit.html", context, status=status)


def _saved(request: HttpRequest, here: Here, grid: Grid) -> HttpResponseBase:
    changed, added = _typed(request, grid)
    number = request.POST.get("page", "1")
    if not changed and not added:
        messages.info(request, "没有改动。")
        return redirect(f"{reverse('funds_edit', args=[here.dossier.key])}?page={number if number.isdecimal() else 1}")
    done = ledgers.written(grid, changed, added)
    ledger, findings = ledgers.checked(done.content, read_from(request, here).dossier.head.programmes)
    said: dict[str, list[Finding]] = {}
    for each in findings:
        name = done.touched.get(each.place.line or 0)
        if name is not None:
            said.setdefault(name, []).append(each)
    if any(each.severity is Severity.ERROR for own in said.values() for each in own):
        return _again(request, here, grid, said)
    left_out = sum(1 for cells in changed.values() if cells is None)
    why = f"改台账：改 {len(changed) - left_out} 行，添 {len(added)} 行，删 {left_out} 行"
    clash = save(request, here, {LEDGER: done.content}, why)
    if clash is not None:
        return clash
    messages.success(request, f"已保存。{why}，现有 {len(ledger.entries)} 笔。")
    for own in said.values():
        for each in own:
            messages.warning(request, f"{each.place}：{each.message}")
    return redirect("funds", key=here.dossier.key)


def _typed(request: HttpRequest, grid: Grid) -> tuple[dict[int, Sequence[str] | None], dict[str, Sequence[str]]]:
    """The rows that were changed or left out, by line, and those that were added, by name."""
    changed: dict[int, Sequence[str] | None] = {}
    for line, old in grid.records.items():
        if f"{line}-drop" in request.POST:
            changed[line] = None
        elif f"{line}-0" in request.POST:
            cells = _cells(request, str(line), grid)
            if cells != old:
                changed[line] = cells
    added: dict[str, Sequence[str]] = {}
    for number in range(_ADDED):
        cells = _cells(request, f"n{number}", grid)
        if any(cells):
            added[f"n{number}"] = cells
    return changed, added


def _cells(request: HttpRequest, name: str, grid: Grid) -> tuple[str, ...]:
    return tuple(request.POST.get(f"{name}-{at}", "").strip() for at in range(len(grid.header)))


def _again(request: HttpRequest, here: Here, grid: Grid, said: Mapping[str, Sequence[Finding]]) -> HttpResponse:
    """The same page with what was typed, and what is wrong with it beside."""
    page = Paginator(sorted(grid.records), _PAGE).get_page(request.POST.get("page"))
    names = [*(str(line) for line in page), *(f"n{number}" for number in range(_ADDED))]
    rows = [
        _row(name, grid.header, _cells(request, name, grid), said.get(name, ()))
        | {"dropped": f"{name}-drop" in request.POST}
        for name in names
    ]
    return _grid(request, here, grid, page, rows, HTTPStatus.UNPROCESSABLE_ENTITY)


@member(Action.EDIT, changing=Action.EDIT)
def upload(request: HttpRequest, here: Here) -> HttpResponseBase:
    """A ledger as a file: read as any table is read, taken only when it is sound or its faulty rows are to be left out."""
    file = request.FILES.get("file")
    if request.method != "POST":
        return redirect("funds", key=here.dossier.key)
    if file is None:
        return _refused(request, here, "没有选择文件。选好再传。", ())
    content, why = taken(file, _SUFFIXES, _MOST_BYTES)
    if content is None:
        return _refused(request, here, why, ())
    way = next((each for each in Way if each.value == request.POST.get("way")), Way.REPLACE)
    faulty = next((each for each in Faulty if each.value == request.POST.get("faulty")), Faulty.STOP)
    old = store.files_of(base_of(request, here)).get(LEDGER)
    name = file.name or "台账"
    done = ledgers.received(name, content, old, way, read_from(request, here).dossier.head.programmes)
    wrong = ledgers.errors(done.findings)
    if done.content is None:
        return _refused(
            request, here, "没有能收的行。" if wrong else "现有台账读不出来，不能接在后面；可以替换它。", wrong
        )
    if wrong and faulty is Faulty.STOP:
        return _refused(
            request, here, f"有 {len(wrong)} 处错误，没有收。改正后再传，或选“{Faulty.LEAVE.value}”。", wrong
        )
    clash = save(request, here, {LEDGER: done.content}, f"上传台账 {name}：{way.value}，{done.rows} 行")
    if clash is not None:
        return clash
    messages.success(request, f"已收 {done.rows} 行。{way.value}。")
    return redirect("funds", key=here.dossier.key)


def _refused(request: HttpRequest, here: Here, why: str, wrong: Sequence[Finding]) -> HttpResponse:
    context = {
        "here": here,
        "why": why,
        "wrong": wrong[:_LISTED_FINDINGS],
        "more": max(0, len(wrong) - _LISTED_FINDINGS),
        "ways": [way.value for way in Way],
        "faulty": [each.value for each in Faulty],
        "given": request.POST,
        "screen": "funds",
    }
    return render(request, "web/funds_upload.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
