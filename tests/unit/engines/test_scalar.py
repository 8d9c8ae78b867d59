"""The dossier's own figures: one value, and everything it comes from."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from hengji.engines.scalar import Environment, evaluate, names_in
from hengji.model.figure import Figure, FigureKind
from hengji.model.finding import Place
from hengji.model.money import Money
from hengji.model.table import Column, ColumnType, Table
from hengji.policies.kinds import BOOL, COUNT, DATE, MONEY, RATE, TEXT


def figure(name: str, kind: FigureKind, value: Fraction | date | str | None) -> Figure:
    return Figure(name, name, kind, value)


FIGURES = [
    figure("资金.到位.运营补助2020.省级@年末", FigureKind.MONEY, Fraction(6_540_000)),
    figure("资金.年初预算", FigureKind.MONEY, Fraction(10_810_000)),
    figure("问卷.机构.综合满意率", FigureKind.RATE, Fraction(9357, 10000)),
    figure("问卷.机构.样本量", FigureKind.COUNT, Fraction(7)),
    figure("平均床位", FigureKind.COUNT, Fraction(7, 2)),
    figure("时限.审批.届满日", FigureKind.DATE, date(2021, 7, 26)),
    figure("等级", FigureKind.TEXT, "良"),
    figure("没有的", FigureKind.RATE, None),
]
PAYMENTS = Table(
    "发放表",
    (Column("机构", ColumnType.TEXT), Column("层级", ColumnType.TEXT), Column("金额", ColumnType.MONEY)),
    (("甲", "省级", Money(100)), ("甲", "市级", Money(50)), ("乙", "省级", Money(25))),
    (2, 3, 5),
    "data/发放.csv",
)
ENVIRONMENT = Environment({each.id: each for each in FIGURES}, {"发放表": PAYMENTS})


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("资金.到位.运营补助2020.省级@年末 ÷ 资金.年初预算", RATE, Fraction(654, 1081)),
        ("资金.年初预算 - 资金.到位.运营补助2020.省级@年末", MONEY, Fraction(4_270_000)),
        ("合计(发放表.金额)", MONEY, Fraction(175)),
        ("合计(发放表.金额, 当=发放表.层级 = “省级”)", MONEY, Fraction(125)),
        ("合计(发放表.金额, 当=层级 = “省级”)", MONEY, Fraction(125)),
        ("计数(发放表)", COUNT, Fraction(3)),
        ("计数(发放表, 当=发放表.金额 ≥ 0.5元)", COUNT, Fraction(2)),
        ("种数(发放表.机构)", COUNT, Fraction(2)),
        ("合计(发放表.金额) ÷ 种数(发放表.机构)", MONEY, Fraction(88)),
        ("全部(发放表.金额 > 0元)", BOOL, True),
        ("平均床位 × 2", RATE, Fraction(7)),
        ("加日(时限.审批.届满日, 1)", DATE, date(2021, 7, 27)),
        ("若 问卷.机构.综合满意率 ≥ 90% 则 “满意” 否则 等级", TEXT, "满意"),
        ("没有的 + 1", RATE, None),
    ],
)
def test_values(text: str, kind: ColumnType, value: object) -> None:
    answer = evaluate(text, ENVIRONMENT)
    assert (answer.findings, answer.kind, answer.value) == ((), kind, value)


def test_what_was_read_is_told() -> None:
    answer = evaluate("合计(发放表.金额, 当=层级 = “省级”) ÷ 资金.年初预算", ENVIRONMENT)
    assert answer.figures == ("资金.年初预算",)
    assert [(source.file, source.line) for source in answer.sources] == [("data/发放.csv", 2), ("data/发放.csv", 5)]
    assert answer.sources[0].text == "发放表：金额 1.00元"


def test_a_branch_that_was_not_chosen_was_not_read() -> None:
    answer = evaluate("若 问卷.机构.样本量 < 30 则 问卷.机构.综合满意率 否则 没有的", ENVIRONMENT)
    assert answer.figures == ("问卷.机构.样本量", "问卷.机构.综合满意率")


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("资金.年初予算 × 2", "P004", "公式第 1 个字符处：不认识的名称「资金.年初予算」"),
        ("1 + 资金.年初预算", "P005", "公式第 3 个字符处：整数 + 金额"),
        ("发放表.金额 × 2", "P005", "公式第 1 个字符处：「发放表.金额」是一整列"),
        ("合计(1)", "P005", "公式第 1 个字符处：「合计」没有写明对哪张表"),
        ("1 ÷ (问卷.机构.样本量 - 7)", "P202", "除数是 0"),
        ("合计(发放表.金额, 按=(机构))", "P005", "公式第 15 个字符处：「按」后面不是主表的列或「令」"),
    ],
)
def test_faults(text: str, code: str, found: str) -> None:
    (finding,) = evaluate(text, ENVIRONMENT, Place("figures.yaml", item="甲")).findings
    assert (finding.code, finding.found) == (code, found)
    assert (finding.place.file, finding.place.item) == ("figures.yaml", "甲")


def test_a_fault_stands_at_its_place_in_the_file_when_that_is_known() -> None:
    (finding,) = evaluate("1 + 甲乙", ENVIRONMENT, Place("figures.yaml", 12, 14, item="丙")).findings
    assert (finding.place.line, finding.place.column) == (12, 18)


def test_names_of_an_expression() -> None:
    assert names_in("合计(发放表.金额, 当=层级 = “省级”) ÷ 资金.年初预算") == ("发放表.金额", "层级", "资金.年初预算")
    assert names_in("1 +") == ()
