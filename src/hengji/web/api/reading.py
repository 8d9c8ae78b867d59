"""What can be asked of dossiers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator

from hengji.reports.traces import Standing, Trace, tree
from hengji.storage.archive import pack
from hengji.web import store
from hengji.web.api.declaring import Answer, Call, Fault, RefusedError
from hengji.web.events import record
from hengji.web.heads import stage_today
from hengji.web.models import Member, StoredRevision
from hengji.web.projections import evaluated
from hengji.work.as_data import finding_data
from hengji.work.evaluate import Outcome, summary
from hengji.work.find_figure import matching

_MOST_REVISIONS = 1000


def dossiers(call: Call) -> Answer:
    """Those of which the person is a member, the last changed first."""
    found = Member.objects.filter(person=call.person).select_related("dossier")
    for word in call.query.get("q", "").split():
        found = found.filter(dossier__name__icontains=word)
    if "kind" in call.query:
        found = found.filter(dossier__kind=call.query["kind"])
    pages = Paginator(found.order_by("-dossier__changed", "pk"), call.query.get("limit", 50))
    page = pages.get_page(call.query.get("page", 1))
    return Answer({"dossiers": [_row(each) for each in page], "count": pages.count, "page": page.number})


def _row(member: Member) -> dict[str, Any]:
    dossier = member.dossier
    return {
        "key": dossier.key,
        "name": dossier.name,
        "kind": dossier.kind,
        "year": dossier.year,
        "stage": stage_today(dossier.head),
        "score": None if dossier.score is None else f"{dossier.score:f}",
        "grade": dossier.grade,
        "errors": dossier.errors,
        "warnings": dossier.warnings,
        "deadline": None if dossier.deadline is None else dossier.deadline.isoformat(),
        "revision": dossier.head,
        "role": member.role,
    }


def dossier(call: Call) -> Answer:
    """The score and every figure."""
    held = call.dossier.dossier
    evaluation, found = evaluated(held.head)
    return Answer(summary(Outcome(held.name, evaluation, found)))


def findings(call: Call) -> Answer:
    """Every finding of the newest revision."""
    head = call.dossier.dossier.head
    _, found = evaluated(head)
    return Answer({"revision": head, "findings": [finding_data(each) for each in found]})


def files(call: Call) -> Answer:
    """Path and hash of every file."""
    head = call.dossier.dossier.head
    listed = [{"path": path, "sha256": digest} for path, digest in sorted(store.manifest_of(head).items())]
    return Answer({"revision": head, "files": listed})


def file(call: Call) -> Answer:
    """One file as it is."""
    path = call.path["path"]
    digest = store.manifest_of(call.dossier.dossier.head).get(path)
    content = store.blob(digest) if digest else None
    if content is None:
        raise RefusedError(404, Fault("no_such_file", f"档案里没有文件“{path}”。", "path.path"))
    return Answer(content=content)


def revisions(call: Call) -> Answer:
    """The newest thousand."""
    found = StoredRevision.objects.filter(dossier=call.dossier.dossier).order_by("-number").defer("manifest")
    return Answer({"revisions": [_revision(each) for each in found[:_MOST_REVISIONS]]})


def _revision(stored: StoredRevision) -> dict[str, Any]:
    return {
        "number": stored.number,
        "revision": stored.digest,
        "parent": stored.parent,
        "who": stored.who,
        "when": stored.when.isoformat(),
        "why": stored.why,
    }


def trace(call: Call) -> Answer:
    """Where a figure comes from, each figure on the way once."""
    name = call.path["figure"]
    evaluation, _ = evaluated(call.dossier.dossier.head)
    found = None if evaluation is None else matching(evaluation.figures, name)
    if evaluation is None or found is None or len(found.exact) != 1:
        near = found.exact or found.near if found is not None else ()
        told = f"没有叫“{name}”的数值。" + (f"相近的有：{'、'.join(near)}。" if near else "")
        raise RefusedError(404, Fault("no_such_figure", told, "path.figure"))
    root = tree(found.exact[0], evaluation.figures)
    return Answer({"figure": root.id, "nodes": dict(_nodes(root, set()))})


def _nodes(grown: Trace, seen: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    if grown.id in seen or grown.standing is Standing.CYCLE:
        return
    seen.add(grown.id)
    sources = [
        {"kind": each.kind.value, "text": each.text, "file": each.file, "line": each.line, "reference": each.reference}
        for each in grown.sources
    ]
    yield (
        grown.id,
        {
            "label": grown.label,
            "display": grown.display,
            "exact": grown.exact,
            "formula": grown.formula,
            "standing": grown.standing.value,
            "inputs": [child.id for child in grown.children],
            "sources": sources,
        },
    )
    for child in grown.children:
        yield from _nodes(child, seen)


def export(call: Call) -> Answer:
    """The dossier with its history as one file."""
    held = call.dossier.dossier
    record(None, "导出档案（接口）", held.name, who=call.person.username, dossier=held)
    return Answer(content=pack(store.exported(held)))
