"""The indicator tree: weights that add up, texts in place, order; each leaf's standard; the library; the workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from hengji.model.finding import Finding, Severity
from hengji.model.indicator import Dimension, Framework, Indicator
from hengji.scoring.framework import FILE, framework_faults, walk
from hengji.storage.codec import encode
from hengji.storage.text import paper_path
from hengji.web import store, tree
from hengji.web.access import Here, member
from hengji.web.attachments import attachment
from hengji.web.editing import base_of, save
from hengji.web.leaves import read_from, typed, unread
from hengji.web.roles import Action
from hengji.web.uploads import taken
from hengji.work import signing
from hengji.work.fill import SheetChange, fill_files
from hengji.work.workbook.sheets import WORKBOOK
from hengji.work.workbook.writing import workbook_of

_MOVES: Mapping[str, Callable[[Framework, Indicator], Framework]] = {
    "up": partial(tree.moved, step=-1),
    "down": partial(tree.moved, step=1),
    "out": tree.raised,
    "in": tree.lowered,
}
_TOLD = 20
"""How many of what a workbook did not bring along are told one by one."""
Edits = dict[str, bytes | None]


def file_of(framework: Framework) -> Edits:
    """The tree as the edit that writes it."""
    return {FILE: encode(framework).encode()}


@member(Action.READ, changing=Action.EDIT)
def indicators(request: HttpRequest, here: Here) -> HttpResponseBase:
    """The tree; saved as a whole, with one thing moved, taken away or added where that was asked."""
    framework = read_from(request, here).dossier.framework
    if request.method != "POST":
        return _page(request, here, framework)
    given, order = typed(request), request.POST.getlist("node")
    found = tree.read(framework, given, order)
    refused = unread(request, here, FILE)
    if found.faults or refused:
        faults = dict(found.faults) | ({"": refused} if refused else {})
        return _page(request, here, framework, given, faults, order=order)
    made, gone, refusals = _asked(framework, found.framework, given)
    if refusals:
        return _page(request, here, framework, given, refusals, order=order)
    edits, locked = _papers_of(request, here, gone)
    if locked:
        return _page(request, here, framework, given, {"": locked}, order=order)
    why = f"删去指标“{gone.name}”" if gone else "修改指标体系"
    clash = save(request, here, file_of(made) | edits, why)
    if clash is not None:
        return clash
    messages.success(request, f"已{why}。" + ("它的底稿一并删去，在“历史”里还能找回。" if edits else ""))
    return redirect("indicators", key=here.dossier.key)


def _asked(old: Framework, made: Framework, given: tree.Given) -> tuple[Framework, Indicator | None, tree.Given]:
    """The tree with what the pressed button asks for, the node that it takes away, and why it cannot be done, by field."""
    twice = next((name for name, count in Counter(node.id for node in walk(old.indicators)).items() if count > 1), "")
    if twice and given.get("do", "save") != "save":
        return made, None, {"": f"指标编号“{twice}”重复，分不清要动哪一个。先导出 Excel 改正编号。"}
    verb, _, number = given.get("do", "save").partition("-")
    node = tree.node_at(old, number)
    if verb in _MOVES and node is not None:
        there = _MOVES[verb](made, node)
        return there, None, _whole(tree.misplaced(old, there))
    if verb == "remove" and node is not None:
        return tree.without(made, node), node, {}
    return (made, None, {}) if verb != "add" else _added(old, made, given)


def _added(old: Framework, made: Framework, given: tree.Given) -> tuple[Framework, None, tree.Given]:
    """The tree with the indicator that is to be added."""
    name, weight = given.get("add_name", "").strip(), tree.weight_in(given.get("add_weight", "") or "0")
    parent, refused = _parent(old, given.get("add_parent", ""))
    told = {
        "add_name": "" if name else "添加指标要写名称。",
        "add_weight": "分值应为 0 至 100 的数字，如 2.5。" if weight is None else "",
        "add_parent": refused,
    }
    faults = {field: words for field, words in told.items() if words}
    if faults or weight is None:
        return made, None, faults
    dimension = next((each for each in Dimension if parent is None and each.value == name), Dimension.NONE)
    grown = tree.added(made, parent, Indicator(name, name, weight, dimension))
    return grown, None, _whole(tree.misplaced(old, grown))


def _whole(fault: str) -> tree.Given:
    """A fault that is of no single field."""
    return {"": fault} if fault else {}


def _parent(framework: Framework, number: str) -> tuple[Indicator | None, str]:
    """Below which node to add: None is the top."""
    if len(list(walk(framework.indicators))) >= tree.MOST_NODES:
        return None, "指标太多了。"
    parent = tree.node_at(framework, number)
    return parent, "没有选定的上级指标，请重新选择。" if number and parent is None else ""


def _papers_of(request: HttpRequest, here: Here, gone: Indicator | None) -> tuple[Edits, str]:
    """The papers that go with a node that is taken away, or why they must not."""
    if gone is None:
        return {}, ""
    names = {node.id for node in walk((gone,))}
    papers = [paper for paper in read_from(request, here).dossier.papers if paper.indicator in names]
    locked = next((fault for paper in papers if (fault := signing.refusal(paper))), "")
    return {paper_path(paper.indicator): None for paper in papers}, locked


def _page(
    request: HttpRequest,
    here: Here,
    framework: Framework,
    given: tree.Given | None = None,
    faults: Mapping[str, str] | None = None,
    refused: tuple[Finding, ...] = (),
    order: Sequence[str] = (),
) -> HttpResponse:
    context = {
        "here": here,
        "nodes": tree.shown(framework, given, faults, order),
        "parents": [
            (at, node.name)
            for at, node in enumerate(walk(framework.indicators))
            if node.children or node.rubric is None
        ],
        "given": given or {},
        "faults": faults or {},
        "trouble": (faults or {}).get("", ""),
        "findings": [each for each in framework_faults(framework) if each.severity is Severity.ERROR],
        "refused": refused,
        "total": sum(node.weight for node in framework.indicators),
        "screen": "indicators",
    }
    return render(request, "web/indicators.html", context, status=422 if faults or refused else 200)


@member(Action.READ_PERSONS)
def workbook(request: HttpRequest, here: Here) -> HttpResponse:
    """The dossier's workbook, to be filled in with Excel or WPS and given back."""
    content = workbook_of(read_from(request, here).dossier)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return attachment(content, f"{here.dossier.name}-{WORKBOOK}", kind)


@member(Action.READ_PERSONS, changing=Action.EDIT)
def take_workbook(request: HttpRequest, here: Here) -> HttpResponseBase:
    """Put a workbook that was filled in into the dossier, whole or not at all."""
    if request.method != "POST":
        return redirect("indicators", key=here.dossier.key)
    opened = read_from(request, here)
    framework = opened.dossier.framework
    file = request.FILES.get("workbook")
    content, fault = taken(file, (".xlsx",)) if file is not None else (None, "没有选文件。选填好的工作簿再上传。")
    if content is None:
        return _page(request, here, framework, faults={"workbook": fault})
    name = (file.name if file is not None else "") or WORKBOOK
    done = fill_files(store.files_of(base_of(request, here)), name, content)
    if any(each.severity is Severity.ERROR for each in done.findings):
        return _page(request, here, framework, refused=done.findings)
    locked = [paper for paper in opened.dossier.papers if paper_path(paper.indicator) in done.files]
    fault = next((told for paper in locked if (told := signing.refusal(paper))), "")
    if fault:
        return _page(request, here, framework, faults={"": fault})
    clash = save(request, here, dict(done.files), "并入填报工作簿") if done.files else None
    if clash is not None:
        return clash
    if done.files:
        messages.success(request, f"已并入工作簿。{'；'.join(filter(None, map(_counted, done.changes)))}。")
    else:
        messages.info(request, "工作簿与档案相同，没有要改的。")
    for each in done.findings[:_TOLD]:
        messages.warning(request, f"{each.place}：{each.message}")
    if len(done.findings) > _TOLD:
        messages.warning(request, f"还有 {len(done.findings) - _TOLD} 条没有列出。")
    return redirect("indicators", key=here.dossier.key)


def _counted(change: SheetChange) -> str:
    """What became of the rows of a sheet; empty when nothing did."""
    counts = (("增", change.added), ("改", change.changed), ("删", change.removed))
    told = "、".join(f"{word} {count} 行" for word, count in counts if count)
    return f"{change.sheet} {told}" if told else ""


def node_or_404(framework: Framework, name: str) -> Indicator:
    """The node with that id."""
    found = next((node for node in walk(framework.indicators) if node.id == name), None)
    if found is None:
        raise Http404
    return found


def keep(request: HttpRequest, here: Here, made: Framework, why: str) -> tuple[HttpResponseBase | None, str]:
    """Write the tree: the clash page if there is one, and why it was not written."""
    refused = unread(request, here, FILE)
    return (None, refused) if refused else (save(request, here, file_of(made), why), "")


def with_leaf(framework: Framework, leaf: Indicator, **changes: Any) -> Framework:
    """The tree with changes to one node."""
    return tree.replaced(framework, replace(leaf, **changes))
