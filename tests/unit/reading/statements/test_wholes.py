"""Shares of wholes that are told in another paragraph and called by their name."""

from hengji.model.claim import Claim, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.reading import Prose, Reading, Span
from hengji.reading.statements.prose import passages_of, prose_claims


def shares(*paragraphs: str) -> list[Claim]:
    text = "\n".join(paragraphs)
    ends = [len("\n".join(paragraphs[: number + 1])) for number in range(len(paragraphs))]
    parts = [Prose(Span(end - len(told), end)) for end, told in zip(ends, paragraphs, strict=True)]
    claims = prose_claims(passages_of(Reading("报告.txt", text, tuple(parts)))).claims
    return [claim for claim in claims if claim.relation is Relation.SHARE]


def test_a_share_of_a_total_told_before() -> None:
    (held,) = shares("本年支出合计400.00万元。", "会务方面的支出为30.00万元，占本年支出合计的7.50%。")
    assert held.verdict is Verdict.HELD
    (wrong,) = shares("本年支出合计400.00万元。", "会务方面的支出为30.00万元，占本年支出合计的8.50%。")
    assert (wrong.expected, wrong.confidence) == ("7.50%", Confidence.LIKELY)


def test_shares_in_a_row_are_of_the_parts_in_the_same_order() -> None:
    told = "苗木和农具的采购金额分别为60万元和140万元，占全县集中采购规模的30%和70%。"
    assert [claim.verdict for claim in shares("2021年全县集中采购规模为200万元。", told)] == [Verdict.HELD] * 2


def test_a_name_with_two_values_proves_nothing_wrong() -> None:
    two = ("上年全县集中采购规模为200万元。", "本年全县集中采购规模为300万元。")
    assert shares(*two, "苗木的采购金额为60万元，占全县集中采购规模的25%。") == []
    assert len(shares(*two, "苗木的采购金额为60万元，占全县集中采购规模的20%。")) == 1
