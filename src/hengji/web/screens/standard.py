"""The scoring standard of one leaf: its shape and fields, the scores it can give, its faults, what it gives now."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from hengji.model.indicator import Applicability, Indicator
from hengji.model.rubric import Rubric
from hengji.model.score import Result
from hengji.scoring.rubrics import score
from hengji.storage.packs import formulas
from hengji.web import rubric_forms
from hengji.web.access import Here, member
from hengji.web.leaves import read_from, typed
from hengji.web.projections import evaluated
from hengji.web.roles import Action
from hengji.web.screens.indicators import keep, node_or_404, with_leaf
from hengji.web.standards import described
from hengji.work.workbook.framework import SHAPES


@member(Action.READ, changing=Action.EDIT)
def standard(request: HttpRequest, here: Here, indicator: str) -> HttpResponseBase:
    """Read it, try another, or save it."""
    framework = read_from(request, here).dossier.framework
    leaf = node_or_404(framework, indicator)
    if leaf.children:
        raise Http404
    now = leaf.rubric.SHAPE if leaf.rubric else ""
    if request.method != "POST":
        given = rubric_forms.as_given(leaf.rubric) | {"applicability": leaf.applicability.value, "note": leaf.note}
        return _page(request, here, leaf, now, given)
    given = typed(request)
    shape, do = given.get("shape", ""), given.get("do", "save")
    if shape and shape not in SHAPES:
        return _page(request, here, leaf, now, given, {"shape": "没有这种评分方法，请从列表中选。"})
    if do == "shape":
        return _page(request, here, leaf, shape, given)
    rubric, faults = rubric_forms.read(shape, given) if shape else (None, {})
    faults = dict(faults) | _applies(given)
    if faults or do == "try":
        return _page(request, here, leaf, shape, given, faults, rubric)
    changes: dict[str, Any] = {
        "rubric": rubric,
        "note": given.get("note", leaf.note),
        "applicability": Applicability(given.get("applicability", leaf.applicability.value)),
    }
    clash, refused = keep(request, here, with_leaf(framework, leaf, **changes), f"修改“{leaf.name}”的评分标准")
    if refused:
        return _page(request, here, leaf, shape, given, {"": refused}, rubric)
    if clash is not None:
        return clash
    messages.success(request, f"已保存“{leaf.name}”的评分标准。")
    return redirect("standard", key=here.dossier.key, indicator=leaf.id)


def _applies(given: rubric_forms.Given) -> dict[str, str]:
    words = {each.value for each in Applicability}
    if given.get("applicability", Applicability.APPLICABLE.value) not in words:
        return {"applicability": "选“适用”或“不适用”。"}
    if given.get("applicability") == Applicability.NOT_APPLICABLE.value and not given.get("note", "").strip():
        return {"note": "不适用的指标要在说明里写理由。"}
    return {}


def _page(
    request: HttpRequest,
    here: Here,
    leaf: Indicator,
    shape: str,
    given: rubric_forms.Given,
    faults: dict[str, str] | None = None,
    tried: Rubric | None = None,
) -> HttpResponse:
    rubric = tried or (leaf.rubric if request.method != "POST" else None)
    context = {
        "here": here,
        "leaf": leaf,
        "shapes": list(SHAPES),
        "shape": shape,
        "formula": formulas()[shape] if shape else "",
        "fields": rubric_forms.fields_of(shape, given, faults or {}) if shape else [],
        "given": given,
        "faults": faults or {},
        "trouble": (faults or {}).get("", ""),
        "applies": [each.value for each in Applicability],
        "standard": described(rubric, leaf.weight) if rubric else None,
        "now": _gives(here, leaf, rubric) if rubric else (),
        "figures": _ids(here),
        "screen": "indicators",
    }
    return render(request, "web/standard.html", context, status=422 if faults else 200)


def _gives(here: Here, leaf: Indicator, rubric: Rubric) -> tuple[str, ...]:
    """What the standard gives by the figures and the judgement there are now, or what stands in the way."""
    evaluation, _ = evaluated(here.dossier.head)
    if evaluation is None:
        return ()
    paper = next((each for each in evaluation.dossier.papers if each.indicator == leaf.id), None)
    given = score(rubric, leaf.weight, paper.judgement if paper else None, evaluation.figures)
    if isinstance(given, Result):
        return (f"按现有材料得 {given.score} 分：{given.reason}。",)
    return tuple(each.message for each in given)


def _ids(here: Here) -> list[tuple[str, str]]:
    """The figures that an operand may name: those that are not themselves scores."""
    evaluation, _ = evaluated(here.dossier.head)
    if evaluation is None:
        return []
    scores = ("得分.", "标准分.", "分值.")
    return [(name, each.label) for name, each in evaluation.figures.items() if not name.startswith(scores)][:400]
