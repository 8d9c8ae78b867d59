"""Signatures: in order, for exactly what was signed, and gone when it changes."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hengji.model.indicator import Signature, SigningStep, WorkingPaper
from hengji.storage.text import paper_text, parse
from hengji.work.signing import changed, digest_of, holding, next_step, refusal, sign, stale, withdraw

PAPER = WorkingPaper("预算执行率", "A-1", analysis="按台账核算。\n")
DAY = date(2026, 3, 5)


def signed(*steps: SigningStep, paper: WorkingPaper = PAPER) -> WorkingPaper:
    for step in steps:
        made = sign(paper, step, step.value + "人", DAY)
        assert isinstance(made, WorkingPaper), made
        paper = made
    return paper


def test_signed_in_order() -> None:
    paper = signed(*SigningStep)
    assert [each.step for each in holding(paper)] == list(SigningStep)
    assert next_step(paper) is None
    assert not list(stale([paper]))


def test_nobody_checks_what_nobody_prepared() -> None:
    assert sign(PAPER, SigningStep.CHECKED, "复核人", DAY) == "底稿还没有编制签字，不能复核。"
    assert sign(signed(SigningStep.PREPARED), SigningStep.APPROVED, "主评人", DAY) == "底稿还没有复核签字，不能批准。"


def test_no_step_is_signed_twice() -> None:
    assert sign(signed(SigningStep.PREPARED), SigningStep.PREPARED, "别人", DAY) == "底稿已有编制签字。"


def test_the_last_signature_is_taken_back_first() -> None:
    paper = signed(SigningStep.PREPARED, SigningStep.CHECKED)
    assert withdraw(paper, SigningStep.PREPARED) == "其后已有复核签字，要先撤回复核签字。"
    assert withdraw(paper, SigningStep.CHECKED) == signed(SigningStep.PREPARED)
    assert withdraw(PAPER, SigningStep.PREPARED) == "底稿没有有效的编制签字。"


def test_a_signed_paper_is_locked_and_says_by_whom() -> None:
    assert refusal(None) == refusal(PAPER) == ""
    assert refusal(signed(SigningStep.PREPARED)) == "底稿已由编制人编制签字，内容锁定。要修改，先由签字人撤回签字。"


@given(st.text(alphabet="甲乙丙\n", max_size=6).filter(lambda text: text != PAPER.analysis))
def test_a_changed_paper_loses_its_signatures(text: str) -> None:
    paper = replace(signed(SigningStep.PREPARED, SigningStep.CHECKED), analysis=text)
    assert holding(paper) == ()
    assert changed(paper).signatures == ()
    (finding,) = stale([paper])
    assert finding.code == "L211"
    assert "编制（编制人）、复核（复核人）" in finding.found


def test_a_signature_for_another_text_does_not_hold_up_later_ones() -> None:
    forged = replace(PAPER, signatures=(Signature(SigningStep.CHECKED, "复核人", DAY, digest_of(PAPER)),))
    assert holding(forged) == ()


def test_signatures_are_kept_in_the_folder() -> None:
    paper = signed(SigningStep.PREPARED)
    files = {"papers/预算执行率.md": paper_text(paper).encode(), "dossier.yaml": HEAD.encode()}
    parsed = parse(files)
    assert parsed.dossier is not None
    assert not parsed.findings
    assert parsed.dossier.papers == (paper,)


HEAD = """name: 试点补助
kind: 项目
profile: 国家项目
year: 2025
jurisdiction: 某县
principal: 某县财政局
department: 某县民政局
evaluator: 某事务所
period:
  start: 2025-01-01
  end: 2025-12-31
"""
