"""Due against paid: whose a payment is, where the rest stands, and that nothing is lost or counted twice."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengji.funds.debts import debts
from hengji.funds.reading import read_ledger
from hengji.funds.reconciliation import PAYING, Due, Matched, books, match
from hengji.funds.reconciliation_figures import reconciliation_figures
from hengji.funds.reconciliation_words import explanations
from hengji.model.dossier import Head
from hengji.model.figure import Figure, FigureKind
from hengji.model.ledger import Ledger
from hengji.model.money import Money
from hengji.model.period import Period
from hengji.model.programme import Kind, Tier
from hengji.model.reconciliation import Claim, Debt, Reconciliation

YEAR_END = date(2021, 12, 31)
HEADER = "日期,环节,项目,层级,金额（元）,付款方,收款方\n"


def head(**aliases: str) -> Head:
    period = Period(date(2021, 1, 1), YEAR_END)
    return Head(
        "某项目", Kind.PROJECT, "国家项目", 2021, "某县", "财政局", "民政局", "评价机构", period, aliases=aliases
    )


def ledger(rows: str) -> Ledger:
    lines = "\n".join(",".join(line.split()) for line in rows.strip().splitlines())
    found, faults = read_ledger("funds.csv", (HEADER + lines.replace("空", "")).encode())
    assert [fault for fault in faults if fault.code != "F104"] == []
    return found


def due(institution: str, entitlement: str = "运营", programme: str = "运营", **tiers: int) -> Due:
    amounts = {Tier(name): Money.yuan(amount) for name, amount in tiers.items()}
    return Due(entitlement, programme, institution, amounts)


def reconciled(rows: str, owed: Iterable[Due], **aliases: str) -> tuple[Matched, tuple[Debt, ...]]:
    owed, found = tuple(owed), ledger(rows)
    book = books(head(**aliases), found, [each.institution for each in owed], YEAR_END)
    matched = match(owed, book)
    return matched, debts(matched.claims, found, book, YEAR_END, YEAR_END)


def lines(claims: Iterable[Claim]) -> list[str]:
    """甲 省级 应补 应付 已付 未付 多付, in 元."""
    return [
        " ".join(
            [claim.institution or "合计", claim.tier.value]
            + ["—" if each is None else str(each // 100) for each in (claim.due, claim.payable, claim.paid)]
            + [str(claim.unpaid // 100), str(claim.overpaid // 100)]
        )
        for claim in claims
    ]


def owed(found: Iterable[Debt]) -> list[str]:
    return [
        f"{debt.debtor} 欠 {'、'.join(debt.institutions)} {debt.amount // 100} {debt.cause.value} {debt.days}"
        for debt in found
    ]


def test_money_that_a_street_office_keeps() -> None:
    rows = """
    2021-01-04 调整预算 运营 省级 600 空 空
    2021-01-04 调整预算 运营 市级 300 空 空
    2021-01-04 到位 运营 省级 600 空 财政局
    2021-01-04 到位 运营 市级 300 空 财政局
    2021-01-05 拨付 运营 省级 600 财政局 街道
    2021-01-05 拨付 运营 市级 300 财政局 街道
    2021-02-01 落实 运营 省级 600 街道 甲院
    """
    matched, found = reconciled(rows, [due("甲院", 省级=600, 市级=300)])
    assert lines(matched.claims) == ["甲院 省级 600 600 600 0 0", "甲院 市级 300 300 0 300 0"]
    assert owed(found) == ["街道 欠 甲院 300 转拨未付 360"]


def test_money_stops_at_every_stage_in_turn_nearest_first() -> None:
    rows = """
    2021-01-01 年初预算 运营 区级 900 空 空
    2021-02-01 下达 运营 区级 800 财政局 民政局
    2021-03-01 到位 运营 区级 600 财政局 民政局
    2021-04-01 拨付 运营 区级 400 民政局 街道
    2021-05-01 落实 运营 区级 100 街道 甲院
    """
    _, found = reconciled(rows, [due("甲院", 区级=1000)])
    assert owed(found) == [
        "街道 欠 甲院 300 转拨未付 274",
        "民政局 欠 甲院 200 到位未拨 305",
        "财政局 欠 甲院 200 下达未到 333",
        "区级财政 欠 甲院 100 预算未到位 364",
        "区级财政 欠 甲院 100 未列预算 None",
    ]


def test_a_payment_without_payee_is_the_only_institutions() -> None:
    matched, found = reconciled("2021-05-01 拨付 运营 区级 700 空 空", [due("甲院", 区级=1000)])
    assert lines(matched.claims) == ["甲院 区级 1000 — 700 300 0"]
    assert owed(found) == ["区级财政 欠 甲院 300 台账未载 None"]


def test_institutions_that_no_payment_names_are_reconciled_together() -> None:
    matched, found = reconciled("2021-05-01 拨付 运营 区级 700 空 空", [due("甲院", 区级=400), due("乙院", 区级=500)])
    assert lines(matched.claims) == ["合计 区级 900 — 700 200 0"]
    assert found[0].institutions == ("",)
    assert matched.strangers == ()


def test_overpayment_is_not_set_off_against_another_institution() -> None:
    rows = "2021-05-01 拨付 运营 区级 500 空 甲院\n2021-05-01 拨付 运营 区级 300 空 乙院"
    matched, _ = reconciled(rows, [due("甲院", 区级=400), due("乙院", 区级=400)])
    assert lines(matched.claims) == ["甲院 区级 400 — 500 0 100", "乙院 区级 400 — 300 100 0"]


def test_money_taken_back_is_unpaid_again() -> None:
    rows = "2021-05-01 拨付 运营 区级 400 空 甲院\n2021-08-01 拨付 运营 区级 -150 空 甲院"
    matched, _ = reconciled(rows, [due("甲院", 区级=400)])
    assert lines(matched.claims) == ["甲院 区级 400 — 250 150 0"]


def test_what_comes_after_the_cut_off_does_not_count() -> None:
    rows = "2021-05-01 拨付 运营 区级 100 空 甲院\n2022-01-01 拨付 运营 区级 300 空 甲院"
    matched, _ = reconciled(rows, [due("甲院", 区级=400)])
    assert lines(matched.claims) == ["甲院 区级 400 — 100 300 0"]


def test_names_match_across_widths_and_by_alias() -> None:
    rows = "2021-05-01 拨付 运营 区级 400 空 甲院（东区）\n2021-05-01 拨付 运营 区级 300 空 乙养老院"
    matched, _ = reconciled(rows, [due("甲院(东区)", 区级=400), due("乙院", 区级=300)], 乙养老院="乙院")
    assert [claim.unpaid for claim in matched.claims] == [0, 0]
    assert matched.strangers == ()


def test_a_payee_that_no_roster_names_is_a_finding_with_suggestions() -> None:
    rows = "2021-05-01 拨付 运营 区级 400 空 北山老年养护院\n2021-05-02 拨付 运营 区级 10 空 空"
    matched, found = reconciled(rows, [due("北山老年养护中心", 区级=400), due("逸乐院", 区级=100)])
    assert [(each.payee, each.near) for each in matched.strangers] == [
        ("北山老年养护院", ("北山老年养护中心",)),
        ("", ()),
    ]
    assert [(finding.code, finding.place.line) for finding in matched.findings] == [("F301", 2), ("F301", 3)]
    assert sum(debt.amount for debt in found) == 50000


def test_budgeted_money_that_went_to_others_is_said_so() -> None:
    rows = """
    2021-01-01 年初预算 运营 区级 400 空 空
    2021-02-01 到位 运营 区级 400 空 民政局
    2021-05-01 拨付 运营 区级 400 民政局 丙院
    """
    _, found = reconciled(rows, [due("甲院", 区级=400)])
    assert owed(found) == ["区级财政 欠 甲院 400 付给他方 None"]


def test_two_creditors_on_money_that_does_not_cover_both_stand_together() -> None:
    rows = """
    2021-01-01 年初预算 运营 区级 500 空 空
    2021-02-01 到位 运营 区级 500 空 民政局
    2021-05-01 拨付 运营 区级 200 民政局 甲院
    """
    _, found = reconciled(rows, [due("甲院", 区级=400), due("乙院", 区级=400)])
    assert owed(found) == ["民政局 欠 甲院、乙院 300 到位未拨 333", "区级财政 欠 甲院、乙院 300 未列预算 None"]


def test_two_creditors_of_one_debtor_are_told_apart() -> None:
    rows = """
    2021-01-01 年初预算 运营 区级 800 空 空
    2021-02-01 到位 运营 区级 800 空 民政局
    2021-05-01 拨付 运营 区级 200 民政局 甲院
    """
    _, found = reconciled(rows, [due("甲院", 区级=400), due("乙院", 区级=400)])
    assert owed(found) == ["民政局 欠 甲院 200 到位未拨 333", "民政局 欠 乙院 400 到位未拨 333"]


@pytest.mark.parametrize(
    ("payees", "payable"),
    [
        (("甲院", "乙院"), ["400", "100"]),
        (("空", "空"), ["—", "—"]),
        (("民政局", "民政局"), ["—", "—"]),
        (("甲院", "甲院"), ["500", "0"]),
    ],
)
def test_a_budget_is_payable_to_whom_it_names(payees: tuple[str, str], payable: list[str]) -> None:
    first, second = payees
    rows = f"""
    2021-01-01 年初预算 运营 区级 400 空 {first}
    2021-01-01 年初预算 运营 区级 100 空 {second}
    2021-05-01 拨付 运营 区级 200 民政局 甲院
    """
    matched, _ = reconciled(rows, [due("甲院", 区级=400), due("乙院", 区级=100)])
    assert [line.split()[3] for line in lines(matched.claims)] == payable


def test_two_entitlements_of_one_programme_are_paid_in_their_order() -> None:
    rows = "2021-05-01 拨付 运营 区级 500 空 甲院"
    matched, _ = reconciled(rows, [due("甲院", "基本", 区级=400), due("甲院", "提标", 区级=300)])
    assert [(claim.entitlement, claim.paid // 100) for claim in matched.claims] == [("基本", 400), ("提标", 100)]
    assert [finding.code for finding in matched.findings] == ["F302"]


def test_an_entitlement_without_programme_is_paid_by_what_no_other_covers() -> None:
    rows = "2021-05-01 拨付 建设 区级 500 空 甲院\n2021-05-01 拨付 建设 区级 30 空 丙院"
    matched, found = reconciled(rows, [due("甲院", programme="", 区级=600)])
    assert lines(matched.claims) == ["甲院 区级 600 — 500 100 0"]
    assert [(each.programme, each.payee) for each in matched.uncovered] == [("建设", "丙院")]
    assert owed(found) == ["区级财政 欠 甲院 100 台账未载 None"]


def test_who_is_refused_is_not_refused_what_the_policy_never_asked_of_a_tier() -> None:
    rows = "2021-05-01 拨付 运营 区级 10 空 甲院\n2021-05-01 拨付 运营 省级 10 空 甲院"
    owed = Due("运营", "运营", "甲院", {Tier("省级"): Money(0)}, ("没有登记",))
    matched, found = reconciled(rows, [owed])
    said = {
        tier.value: text for (_, _, tier), text in explanations(Reconciliation(YEAR_END, matched.claims, found)).items()
    }
    assert said["省级"].endswith("，按政策不予补助：没有登记。")
    assert said["区级"].endswith("，政策没有规定区级出资。")


def test_every_explanation_is_one_sentence_and_names_only_figures_that_there_are() -> None:
    rows = """
    2021-01-01 年初预算 运营 区级 500 空 空
    2021-02-01 到位 运营 区级 500 空 民政局
    2021-05-01 拨付 运营 区级 200 民政局 甲院
    2021-05-01 拨付 运营 省级 10 民政局 甲院
    """
    matched, found = reconciled(rows, [due("甲院", 区级=400), due("乙院", 区级=400), due("丙院", 区级=0)])
    whole = Reconciliation(YEAR_END, matched.claims, found)
    known = {name: figure(name) for claim in matched.claims for name in due_ids(claim)}
    figures = reconciliation_figures(whole, known) | known
    said = {f"{name}{tier.value}": text for (_, name, tier), text in explanations(whole).items()}
    assert said["甲院省级"] == "多付{{ 对账.运营.甲院.多付.省级 }}，政策没有规定省级出资。"
    assert said["甲院区级"].startswith(
        "已付恰为应补的一半；本项目区级资金合计{{ 对账.运营.未付.区级.到位未拨 }}自2021年2月1日起已到民政局"
    )
    assert said["丙院区级"] == "没有应补金额。"
    for text in said.values():
        assert text.count("。") == 1
        assert all(part.split("}}")[0].strip() in figures for part in text.split("{{")[1:])
    assert all(figure.inputs or figure.sources for figure in figures.values())
    assert {name for each in figures.values() for name in each.inputs} <= set(figures)


def figure(name: str) -> Figure:
    return Figure(name, name, FigureKind.MONEY, Fraction(0), "元", formula="", inputs=("对账.运营.甲院.已付.区级",))


def due_ids(claim: Claim) -> tuple[str, str]:
    return f"补助.运营.{claim.institution}.应补.{claim.tier.value}", "补助.运营.应补"


AMOUNTS = st.integers(0, 300)
MOVES = st.tuples(
    st.integers(1, 400), st.sampled_from(["年初预算", "下达", "到位", "拨付", "落实"]), st.sampled_from(["甲院", "乙院", "街道", "空"]),
    st.sampled_from(["省级", "区级"]), st.integers(-50, 200),
)  # fmt: skip


@given(st.lists(MOVES, max_size=14), AMOUNTS, AMOUNTS, AMOUNTS)
def test_debts_add_up_to_what_is_unpaid_and_claims_to_the_ledger(
    moves: list[tuple[int, str, str, str, int]], first: int, second: int, third: int
) -> None:
    days = [date.fromordinal(date(2021, 1, 1).toordinal() + day - 1) for day, *_ in moves]
    rows = "\n".join(
        f"{day} {stage} 运营 {tier} {amount} 空 {payee}"
        for day, (_, stage, payee, tier, amount) in zip(days, moves, strict=True)
    )
    matched, found = reconciled(rows, [due("甲院", 省级=first, 区级=second), due("乙院", 区级=third)])
    assert sum(debt.amount for debt in found) == sum(claim.unpaid for claim in matched.claims)
    assert all(debt.amount > 0 for debt in found)
    counted = [e for e in ledger(rows).entries if e.date <= YEAR_END] if rows else []
    stage = next((stage for stage in PAYING if any(e.stage is stage for e in counted)), None)
    paid = sum(entry.amount for entry in counted if entry.stage is stage)
    told = sum(claim.paid for claim in matched.claims) + sum(each.amount for each in matched.strangers)
    assert told == paid
