"""What the annexes print of a working paper's signatures."""

from datetime import date

from hengji.model.indicator import Signature, SigningStep, WorkingPaper
from hengji.reports.chapters.annexes import _signatures

DAY = date(2026, 3, 5)


def test_what_is_filled_in_by_hand_is_printed() -> None:
    paper = WorkingPaper("某项", "A-1", "评价组成员", DAY, approved_by="主评人")
    assert _signatures(paper) == "编制：评价组成员；复核：—；审定：主评人（2026年3月5日）"


def test_a_signature_counts_before_what_is_filled_in_by_hand() -> None:
    signatures = (
        Signature(SigningStep.PREPARED, "甲（评价人员）", DAY, "0" * 64),
        Signature(SigningStep.CHECKED, "乙（复核人）", date(2026, 3, 9), "0" * 64),
    )
    paper = WorkingPaper("某项", "A-1", "评价组成员", DAY, signatures=signatures)
    assert _signatures(paper) == "编制：甲（评价人员），2026年3月5日；复核：乙（复核人），2026年3月9日"
