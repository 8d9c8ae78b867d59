"""Working papers: written beside their preview, signed step by step, locked by a signature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from hengji.model.figure import Figures
from hengji.model.indicator import SigningStep, WorkingPaper
from hengji.model.template import TO_FILL
from hengji.storage.text import paper_path
from hengji.web.access import Here, View, member
from hengji.web.editing import save
from hengji.web.judging import Asked, asked
from hengji.web.leaves import Leaf, file_of, leaf_of, read_from, typed, unread
from hengji.web.projections import evaluated, projected
from hengji.web.roles import Action
from hengji.web.scores import project
from hengji.web.writing import Rendered, rendered
from hengji.work import signing
from hengji.work.blank_papers import unjudged

_LONGEST = 60_000
_INDEX = 40
_STEPS: Mapping[SigningStep, Action] = {
    SigningStep.PREPARED: Action.EDIT,
    SigningStep.CHECKED: Action.CHECK,
    SigningStep.APPROVED: Action.APPROVE,
}
"""Who signs which step."""
_ADDRESSES: Mapping[SigningStep, str] = {
    SigningStep.PREPARED: "prepare",
    SigningStep.CHECKED: "check",
    SigningStep.APPROVED: "approve",
}


@member(Action.READ_PERSONS)
def papers(request: HttpRequest, here: Here) -> HttpResponse:
    """All papers with the signatures that they have; ``next`` shows those that wait for one step."""
    rows = list(projected(here.dossier, "scoring", project).get("leaves", {}).values())
    steps = [step.value for step in SigningStep]
    wanted = request.GET.get("next", "")
    shown = [row | {"due": _due(row, steps)} for row in rows]
    counts = [(step, sum(row["due"] == step for row in shown)) for step in steps]
    context = {
        "here": here,
        "rows": [row for row in shown if wanted not in steps or row["due"] == wanted],
        "counts": counts,
        "steps": steps,
        "wanted": wanted if wanted in steps else "",
        "every": len(rows),
        "screen": "papers",
    }
    return render(request, "web/papers.html", context)


def _due(row: Mapping[str, Any], steps: list[str]) -> str:
    """The step that a paper waits for; empty when all have signed."""
    return next((step for step in steps if step not in row["signed"]), "")


@member(Action.READ_PERSONS, changing=Action.EDIT)
def paper(request: HttpRequest, here: Here, indicator: str) -> HttpResponseBase:
    """One paper: read it, look at how it will read, or save it."""
    found = read_from(request, here)
    leaf = leaf_of(found.dossier, indicator)
    if request.method != "POST":
        return page(request, here, leaf)
    given = typed(request)
    text = given.get("analysis", "").strip("\n")
    listed = set(request.POST.getlist("evidence"))
    # in the order of the list, and then what the paper cites that the list does not have: it is not lost here
    known = [each.id for each in found.dossier.evidence]
    strange = tuple(name for name in leaf.paper.evidence if name not in known)
    made = replace(
        leaf.paper,
        analysis=f"{text}\n" if text else "",
        index_no=given.get("index_no", leaf.paper.index_no).strip()[:_INDEX],
        evidence=(*(name for name in known if name in listed), *strange),
    )
    refused = signing.refusal(leaf.paper) or unread(request, here, paper_path(indicator))
    faults = {"": refused} if refused else {}
    if len(text) > _LONGEST:
        faults["analysis"] = f"底稿超过 {_LONGEST} 字，请把原始材料放进佐证。"
    if faults or request.POST.get("do") == "preview":
        return page(request, here, replace(leaf, paper=made), faults)
    clash = save(request, here, file_of(signing.changed(made)), f"修改底稿“{leaf.indicator.name}”")
    if clash is not None:
        return clash
    messages.success(request, "已保存底稿。")
    return redirect("paper", key=here.dossier.key, indicator=indicator)


@member(Action.READ_PERSONS, changing=Action.EDIT)
def preview(request: HttpRequest, here: Here, indicator: str) -> HttpResponseBase:
    """The typed text as it will read, as a piece of a page; nothing is saved."""
    leaf = leaf_of(read_from(request, here).dossier, indicator)
    if request.method != "POST":
        return redirect("paper", key=here.dossier.key, indicator=indicator)
    shown = _rendered(here, typed(request).get("analysis", "")[:_LONGEST])
    return render(request, "web/preview.html", {"preview": shown, "leaf": leaf})


def page(
    request: HttpRequest, here: Here, leaf: Leaf, faults: Mapping[str, str] = MappingProxyType({})
) -> HttpResponse:
    """The page of a paper with what was typed, and what is wrong with it by field."""
    found = read_from(request, here)
    held = {each.step: each for each in signing.holding(leaf.paper)}
    stale = next(iter(signing.stale([leaf.paper])), None)
    context = {
        "here": here,
        "leaf": leaf,
        "faults": faults,
        "trouble": faults.get("", ""),
        "given": request.POST,
        "locked": signing.refusal(leaf.paper) if not faults else "",
        "stale": stale,
        "steps": [_step(here, leaf.paper, step, held) for step in SigningStep],
        "evidence": [{"piece": each, "on": each.id in leaf.paper.evidence} for each in found.dossier.evidence],
        "preview": _rendered(here, leaf.paper.analysis),
        "row": projected(here.dossier, "scoring", project).get("leaves", {}).get(leaf.indicator.id),
        "screen": "papers",
    }
    return render(request, "web/paper.html", context, status=422 if faults else 200)


def _step(here: Here, paper: WorkingPaper, step: SigningStep, held: Mapping[SigningStep, Any]) -> dict[str, Any]:
    """A step of signing: who signed it, and what this person may do about it."""
    mine = here.may(_STEPS[step])
    return {
        "name": step.value,
        "signature": held.get(step),
        "address": _ADDRESSES[step],
        "sign": mine and signing.next_step(paper) is step,
        "undo": mine and bool(held) and list(held)[-1] is step,
    }


def _rendered(here: Here, text: str) -> Rendered:
    evaluation, _ = evaluated(here.dossier.head)
    figures: Figures = {} if evaluation is None else evaluation.figures
    evidence = () if evaluation is None else evaluation.dossier.evidence
    return rendered(text, figures, evidence, lambda name: reverse("trace", args=[here.dossier.key, name]))


def _unfinished(leaf: Leaf) -> str:
    """Why a paper is not ready to be signed; empty when it is."""
    if not leaf.paper.analysis.strip() or TO_FILL in leaf.paper.analysis:
        return "底稿还没有写完分析，不能签字。先写好并保存。"
    if asked(leaf.indicator.rubric) is not Asked.NOTHING and unjudged(leaf.paper.judgement):
        return "这项指标还没有评判，不能签字。先去评分。"
    return ""


def _signer(step: SigningStep) -> View:
    """The view that signs for one step, or takes the signature back; each is asked of those who may."""

    @member(Action.READ_PERSONS, changing=_STEPS[step])
    def signs(request: HttpRequest, here: Here, indicator: str) -> HttpResponseBase:
        leaf = leaf_of(read_from(request, here).dossier, indicator)
        if request.method != "POST":
            return redirect("paper", key=here.dossier.key, indicator=indicator)
        undo = bool(request.POST.get("undo"))
        by = f"{here.person}（{here.role.value}）"
        made = (
            signing.withdraw(leaf.paper, step)
            if undo
            else _unfinished(leaf) or signing.sign(leaf.paper, step, by, timezone.localdate())
        )
        if not isinstance(made, str):
            made = unread(request, here, paper_path(indicator)) or made
        if isinstance(made, str):
            return page(request, here, leaf, {"": made})
        what = f"撤回{step.value}签字" if undo else f"{step.value}签字"
        why = f"{what}：底稿“{leaf.indicator.name}”"
        clash = save(request, here, file_of(made), why, hand=signing.Hand.SIGNS)
        if clash is not None:
            return clash
        messages.success(request, f"已{what}。")
        return redirect("paper", key=here.dossier.key, indicator=indicator)

    return signs


prepare = _signer(SigningStep.PREPARED)
check = _signer(SigningStep.CHECKED)
approve = _signer(SigningStep.APPROVED)
