"""Signing working papers: prepared, checked, approved, in that order, each for exactly what stands in the paper.

A signature carries the digest of the paper without its signatures; when anything else in the paper changes, by whatever way, it
holds no longer. A paper with a signature that holds is locked: it is changed only after the signature is taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from enum import Enum
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


class Hand(Enum):
    """落笔: whether somebody writes, or puts their signature to what stands there or takes it back."""

    WRITES = "编制"
    SIGNS = "签字"


def refused(old: WorkingPaper | None, new: WorkingPaper | None, hand: Hand) -> str:
    """Why ``new`` may not stand where ``old`` stands, in a sentence; empty when it may. None is no paper.

    What is signed stays as it is; and whoever writes neither signs nor takes a signature back, though a signature that stands there and
    holds no longer holds again when the paper is what it was.
    """
    held = holding(old) if old is not None else ()
    same = old is not None and new is not None and digest_of(old) == digest_of(new)
    if held and not same:
        return refusal(old)
    signed = holding(new) if new is not None else ()
    known = set(held or (old.signatures if old is not None else ()))
    if hand is Hand.WRITES and (not known.issuperset(signed) or (held and signed != held)):
        return "签字和撤回签字由本人在工作底稿的页面上做，不能写进文件。"
    return ""


def restored(old: WorkingPaper, now: WorkingPaper | None) -> WorkingPaper:
    """An older paper as it comes back: when it says what the paper of now says, that one; signatures taken back since do not come with it."""
    if now is not None and digest_of(old) == digest_of(now):
        return now
    kept = now.signatures if now is not None else ()
    return replace(old, signatures=tuple(each for each in old.signatures if each in kept))


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
