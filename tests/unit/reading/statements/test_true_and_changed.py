"""Statements made from random numbers: true ones hold however they are rounded, and one changed beyond its interval is found."""

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from hengji.model.claim import Claim, Relation, Verdict
from hengji.model.money import round_to
from hengji.model.reading import Prose, Reading, Span
from hengji.reading.statements.prose import passages_of, prose_claims

amounts = st.integers(1_000, 99_999_999).map(lambda each: Decimal(each).scaleb(-3))
places = st.integers(0, 2)


def found(text: str, relation: Relation) -> list[Claim]:
    reading = Reading("报告.txt", text, (Prose(Span(0, len(text))),))
    return [claim for claim in prose_claims(passages_of(reading)).claims if claim.relation is relation]


def verdicts(text: str, relation: Relation) -> set[Verdict]:
    return {claim.verdict for claim in found(text, relation)}


def printed(value: Decimal, digits: int) -> str:
    return f"{round_to(value, digits):,}"


@given(st.lists(amounts, min_size=2, max_size=6), places)
def test_a_total_with_its_parts(parts: list[Decimal], digits: int) -> None:
    names = "甲乙丙丁戊己"
    listed = "、".join(f"{name}县级{printed(part, digits)}万元" for name, part in zip(names, parts, strict=False))
    true = f"共投入资金{printed(sum(parts, Decimal(0)), digits)}万元，其中：{listed}。"
    assert verdicts(true, Relation.SUM) == {Verdict.HELD}
    beyond = sum(parts, Decimal(0)) + (len(parts) + 2) * Decimal(1).scaleb(-digits)
    false = f"共投入资金{printed(beyond, digits)}万元，其中：{listed}。"
    assert verdicts(false, Relation.SUM) == {Verdict.CONTRADICTED}


@given(amounts, amounts, places)
def test_a_total_after_its_parts(first: Decimal, second: Decimal, digits: int) -> None:
    told = f"东片支出{printed(first, digits)}万元，西片支出{printed(second, digits)}万元，合计支出"
    assert verdicts(f"{told}{printed(first + second, digits)}万元。", Relation.SUM) == {Verdict.HELD}
    beyond = first + second + 4 * Decimal(1).scaleb(-digits)
    assert verdicts(f"{told}{printed(beyond, digits)}万元。", Relation.SUM) == {Verdict.CONTRADICTED}


@given(amounts, amounts)
def test_a_rate_of_execution(spent: Decimal, budget: Decimal) -> None:
    rate = spent / budget * 100
    assume(Decimal("0.05") < rate < Decimal(300))
    told = f"项目预算{printed(budget, 2)}万元，实际支出{printed(spent, 2)}万元，预算执行率为"
    assert verdicts(f"{told}{round_to(rate, 2)}%。", Relation.RATIO) == {Verdict.HELD}
    beyond = rate * Decimal("1.05") + 1
    assume(abs(beyond - budget / spent * 100) > 2)
    assert verdicts(f"{told}{round_to(beyond, 2)}%。", Relation.RATIO) == {Verdict.CONTRADICTED}


@given(amounts, amounts, places)
def test_what_is_left(arrived: Decimal, spent: Decimal, digits: int) -> None:
    assume(arrived > spent)
    told = f"到位资金{printed(arrived, digits)}万元，实际支出{printed(spent, digits)}万元，结余"
    assert verdicts(f"{told}{printed(arrived - spent, digits)}万元。", Relation.DIFFERENCE) == {Verdict.HELD}
    beyond = arrived - spent + 4 * Decimal(1).scaleb(-digits)
    assert verdicts(f"{told}{printed(beyond, digits)}万元。", Relation.DIFFERENCE) == {Verdict.CONTRADICTED}


@given(st.integers(1, 900), st.integers(2, 5000))
def test_a_standard_times_a_count(standard: int, count: int) -> None:
    told = f"按每人{standard}元的标准补助{count}人，补助资金"
    assert verdicts(f"{told}{standard * count}元。", Relation.PRODUCT) == {Verdict.HELD}
    assert verdicts(f"{told}{standard * count + standard}元。", Relation.PRODUCT) <= {Verdict.CONTRADICTED}
    assert verdicts(f"{told}{standard * count + 2}元。", Relation.PRODUCT) == {Verdict.CONTRADICTED}


@given(st.integers(100, 9000), st.integers(1, 900))
def test_a_change_and_its_rate(before: int, more: int) -> None:
    rate = round_to(Decimal(more) / before * 100, 2)
    told = f"床位由{before}张增加到{before + more}张，增加"
    true = f"{told}{more}张，增长{rate}%。"
    assert verdicts(true, Relation.CHANGE) | verdicts(true, Relation.GROWTH) == {Verdict.HELD}
    assert verdicts(f"{told}{more + 1}张。", Relation.CHANGE) == {Verdict.CONTRADICTED}
    false = f"床位由{before}张增加到{before + more}张，增长{rate + 1}%。"
    assume(rate < 90)
    assert verdicts(false, Relation.GROWTH) == {Verdict.CONTRADICTED}


@given(st.integers(10_000, 999_999), st.lists(st.integers(1, 2_000), min_size=2, max_size=4), places)
def test_the_growth_of_several_years_in_a_row(first: int, growth: list[int], digits: int) -> None:
    years = [Decimal(first)]
    for each in growth:
        years.append(years[-1] * (1000 + each) / 1000)
    rates = [Decimal(each) / 10 for each in growth]
    told = "、".join(f"{printed(year, digits)}万元" for year in years)
    grown = "、".join(f"{printed(rate, 1)}%" for rate in rates)
    true = f"{len(years)}年间支出分别为{told}，后面各年分别比上年增长{grown}。"
    assert verdicts(true, Relation.GROWTH) == {Verdict.HELD}


@given(st.lists(amounts, min_size=2, max_size=4), places)
def test_what_a_total_is_made_of(parts: list[Decimal], digits: int) -> None:
    listed = "、".join(f"{name}{printed(part, digits)}万元" for name, part in zip("甲乙丙丁", parts, strict=False))
    true = f"总投资{printed(sum(parts, Decimal(0)) / 10_000, 2)}亿元，由{listed}组成。"
    assert verdicts(true, Relation.SUM) == {Verdict.HELD}
    beyond = sum(parts, Decimal(0)) + (len(parts) + 2) * Decimal(1).scaleb(-digits)
    assert verdicts(f"总投资{printed(beyond, digits)}万元，由{listed}组成。", Relation.SUM) == {Verdict.CONTRADICTED}


@given(amounts, amounts, places)
def test_assets_less_debts(owed: Decimal, own: Decimal, digits: int) -> None:
    told = f"资产总额{printed(owed + own, digits)}万元，负债总额{printed(owed, digits)}万元，净资产"
    assert verdicts(f"{told}{printed(own, digits)}万元。", Relation.DIFFERENCE) == {Verdict.HELD}
    beyond = own + 4 * Decimal(1).scaleb(-digits)
    assert verdicts(f"{told}{printed(beyond, digits)}万元。", Relation.DIFFERENCE) == {Verdict.CONTRADICTED}


def test_a_paragraph_that_is_read_in_pieces_tells_nothing_wrong() -> None:
    parts = "、".join(f"第{number}镇安排{number}.5万元" for number in range(1, 361))
    places = "".join(f"甲{number}村建成{number + 3}处、乙{number}村建成{number + 5}处，" for number in range(20))
    items = "；".join(f"{mark}是建设第{mark}类设施，{places}均已完工" for mark in "一二三四五")
    for text in (f"{parts}，合计65,160万元。", f"安排65,160万元，分别为：{parts}。", f"完成五项工作：{items}。"):
        assert Verdict.CONTRADICTED not in verdicts(text, Relation.SUM) | verdicts(text, Relation.COUNTED)
