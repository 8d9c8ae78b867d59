"""Signing working papers: prepared, checked, approved, in that order, each for exactly what stands in the paper.

A signature carries the digest of the paper without its signatures; when anything else in the paper changes, by whatever way, it
holds no longer. A paper with a signature that holds is locked: it is changed only after the signature is taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256

from hengji.model.finding import Finding, Place, Severity
from hengji.model.indicator import Signature, SigningStep, WorkingPaper
from hengji.storage.text import paper_path, paper_text

CODE_STALE = "L211"
_STEPS = tuple(SigningStep)


def digest_of(paper: WorkingPaper) -> str:
    """SHA-256 of the paper's file as it would be without signatures."""
    return sha256(paper_text(replace(paper, signatures=())).encode()).hexdigest()


def holding(paper: WorkingPaper) -> tuple[Signature, ...]:
    """The signatures that hold, in order: each for the paper as it stands, none without the step before it."""
    digest = digest_of(paper)
    given = {each.step: each for each in paper.signatures if each.digest == digest}
    held: list[Signature] = []
    for step in _STEPS:
        if step not in given:
            break
        held.append(given[step])
    return tuple(held)


def refusal(paper: WorkingPaper | None) -> str:
    """Why the paper may not be changed, in a sentence; empty when it may."""
    held = holding(paper) if paper is not None else ()
    if not held:
        return ""
    last = held[-1]
    return f"底稿已由{last.by}{last.step.value}签字，内容锁定。要修改，先由签字人撤回签字。"


def next_step(paper: WorkingPaper) -> SigningStep | None:
    """The step that is to be signed next; None when all have signed."""
    held = len(holding(paper))
    return _STEPS[held] if held < len(_STEPS) else None


def sign(paper: WorkingPaper, step: SigningStep, by: str, on: date) -> WorkingPaper | str:
    """The paper signed for ``step``, signatures that hold no longer left out; or why it cannot be signed."""
    due = next_step(paper)
    if due is None or _STEPS.index(step) < _STEPS.index(due):
        return f"底稿已有{step.value}签字。"
    if step is not due:
        return f"底稿还没有{due.value}签字，不能{step.value}。"
    return replace(paper, signatures=(*holding(paper), Signature(step, by, on, digest_of(paper))))


def withdraw(paper: WorkingPaper, step: SigningStep) -> WorkingPaper | str:
    """The paper without its signature for ``step``; or why it cannot be taken back."""
    held = holding(paper)
    if not held or step not in {each.step for each in held}:
        return f"底稿没有有效的{step.value}签字。"
    if held[-1].step is not step:
        return f"其后已有{held[-1].step.value}签字，要先撤回{held[-1].step.value}签字。"
    return replace(paper, signatures=held[:-1])


def changed(paper: WorkingPaper) -> WorkingPaper:
    """A paper that was changed, without the signatures that were given for what it said before."""
    return replace(paper, signatures=holding(paper))


def stale(papers: Iterable[WorkingPaper]) -> Iterator[Finding]:
    """Papers that were changed after they were signed."""
    for paper in papers:
        lost = [each for each in paper.signatures if each not in holding(paper)]
        if lost:
            steps = "、".join(f"{each.step.value}（{each.by}）" for each in lost)
            found = f"底稿签字后有改动，{steps}的签字失效"
            place = Place(paper_path(paper.indicator), item=paper.indicator)
            remedy = "核对改动后重新签字；不该改的，恢复到签字时的版本"
            yield Finding(CODE_STALE, Severity.WARNING, place, found, "与签字时相同", remedy)
