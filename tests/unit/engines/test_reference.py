"""What the engine says about rows, cases and derivations."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hengji.engines.derivation import explain, tell
from hengji.engines.reference import calculate
from hengji.engines.trials import run_case, run_cases
from hengji.model.money import Money
from hengji.model.policy_source import PolicySource
from hengji.model.programme import Tier
from hengji.model.table import Column, ColumnType, Table
from hengji.policies.loading import read_policy
from hengji.policies.policy import Policy

LAW = """---
name: 例
title: 养老机构运营补助
jurisdiction: 某县
documents:
  - {number: 某发〔2020〕1号, title: 某办法}
effective: {start: 2020-01-01}
rows: 申请
recipient: 机构
tables:
  申请:
    columns:
      - {name: 机构, type: 文本}
      - {name: 人数, type: 整数}
      - {name: 满意率, type: 数值, required: false}
---

## 第一条 补助条件

出处：某发〔2020〕1号 第一条

```rule
条件 满意 = 满意率 ≥ 90%
```

## 第二条 补助标准

出处：某发〔2020〕1号 第二条

```rule
令 基数 = 人数 × 600元
分担 基数 = 省级 50%, 市级 余额
```
"""
CASES = """cases:
  - name: 一家
    source: 附件
    tables:
      申请: [{机构: 甲, 人数: 3, 满意率: 95%}]
    expect: {总额: 1800元, 省级: 800元, rows: [{基数: 1900元}], reasons: [满意]}
    holds: [总额 > 2000元]
"""
COLUMNS = (Column("机构", ColumnType.TEXT), Column("人数", ColumnType.COUNT), Column("满意率", ColumnType.RATE))


@pytest.fixture
def policy() -> Policy:
    policy, findings = read_policy(PolicySource("例", LAW, cases=CASES))
    assert policy is not None
    assert findings == ()
    return policy


def applications(*rows: tuple[object, ...]) -> dict[str, Table]:
    typed = Table("申请", COLUMNS, rows, tuple(range(2, len(rows) + 2)), "data/申请.csv")  # type: ignore[arg-type]
    return {"申请": typed}


def test_amounts_by_row_recipient_and_tier(policy: Policy) -> None:
    outcome, findings = calculate(policy, applications(("甲", 3, 1), ("乙", 1, 1), ("甲", 2, 1)))
    assert findings == ()
    assert [row.line for row in outcome.rows] == [2, 3, 4]
    assert outcome.recipients["甲"] == {Tier.PROVINCE: Money.yuan(1500), Tier.CITY: Money.yuan(1500)}
    assert outcome.totals == {Tier.PROVINCE: Money.yuan(1800), Tier.CITY: Money.yuan(1800)}
    assert outcome.total == Money.yuan(3600)
    assert outcome.rows[0].values == {"满意": True, "基数": Money.yuan(1800)}


def test_a_row_that_is_not_paid_says_why_with_the_clause(policy: Policy) -> None:
    outcome, findings = calculate(policy, applications(("甲", 3, 0), ("乙", None, None)))
    assert findings == ()
    (low,) = outcome.rows[0].reasons
    assert (low.code, low.source) == ("例.第一条.满意", "某发〔2020〕1号 第一条")
    assert low.text == "不满足条件“满意”：“满意率”填的是0，不能低于0.9"
    (unknown,) = outcome.rows[1].reasons
    assert unknown.text == "无法判断是否满足条件“满意”：“满意率”没有填写"


def test_a_row_that_cannot_be_computed_is_a_finding_with_file_and_line(policy: Policy) -> None:
    outcome, (finding,) = calculate(policy, applications(("甲", None, 1), ("乙", 1, 1)))
    assert str(finding.place) == "data/申请.csv 第2行（甲）"
    assert finding.message == "分担的金额算不出：“人数”没有填写；处理：在这一行补填，确实没有的填 0。"
    assert outcome.rows[0].faults == (finding,)
    assert [row.total for row in outcome.rows] == [0, Money.yuan(600)]


def test_an_optional_column_may_be_absent_and_a_required_one_may_not(policy: Policy) -> None:
    narrow = Table("申请", COLUMNS[:2], (("甲", 3),), (2,), "data/申请.csv")
    outcome, findings = calculate(policy, {"申请": narrow})
    assert (findings, [reason.condition for reason in outcome.rows[0].reasons]) == ((), ["满意"])
    _, (finding,) = calculate(policy, {"申请": replace(narrow, columns=COLUMNS[:1], rows=(("甲",),))})
    assert finding.found == "数据表「申请」缺少列「人数」（整数）"
    _, (finding,) = calculate(policy, {})
    assert finding.found == "政策“养老机构运营补助”要用数据表「申请」，没有给"


def test_a_column_of_another_kind_is_refused(policy: Policy) -> None:
    table = Table("申请", (COLUMNS[0], Column("人数", ColumnType.TEXT), COLUMNS[2]), (("甲", "3", 1),))
    outcome, (finding,) = calculate(policy, {"申请": table})
    assert (outcome.rows, finding.found, finding.expected) == ((), "列「人数」是文本", "整数")


def test_a_whole_number_is_a_rate_too(policy: Policy) -> None:
    whole = tuple(replace(column, type=ColumnType.COUNT) if column.name == "满意率" else column for column in COLUMNS)
    outcome, findings = calculate(policy, {"申请": Table("申请", whole, (("甲", 3, 1),))})
    assert (findings, outcome.total) == ((), Money.yuan(1800))


def test_what_a_case_expects_is_held_against_what_comes_out(policy: Policy) -> None:
    (trial,) = run_cases(policy)
    assert [f"{each.place.line} {each.found}，应为{each.expected}" for each in trial.findings] == [
        "2 「省级」算得 900.00元，应为800.00元",
        "5 「基数」算得 1,800.00元，应为1,900.00元",
        "5 不付的原因算得：应予支付，应为满意",
        "7 “总额 > 2000元”不成立，应为成立",
    ]


def test_a_case_that_holds_has_no_findings(policy: Policy) -> None:
    case = replace(policy.cases[0], totals={"总额": 180_000}, rows=(), reasons=((),), holds=())
    assert run_case(policy, case).findings == ()


def test_a_derivation_goes_down_to_the_row_and_the_clause(policy: Policy) -> None:
    steps = explain(policy, applications(("甲", 3, 1)), 0)
    assert tell(steps).splitlines() == [
        "条件 满意 ＝ 是　〔第一条 补助条件 某发〔2020〕1号 第一条〕",
        "  满意率 ≥ 90% ＝ 是",
        "    满意率 ＝ 1　〔申请：满意率 1〕",
        "分担 省级 50% ＝ 900.00元　〔第二条 补助标准 某发〔2020〕1号 第二条〕",
        "  基数 ＝ 1,800.00元",
        "    人数 × 600元 ＝ 1,800.00元",
        "      人数 ＝ 3　〔申请：人数 3〕",
        "分担 市级 余额 ＝ 900.00元　〔第二条 补助标准 某发〔2020〕1号 第二条〕",
        "  基数 ＝ 1,800.00元",
        "    人数 × 600元 ＝ 1,800.00元",
        "      人数 ＝ 3　〔申请：人数 3〕",
    ]
    assert steps[0].steps[0].steps[0].sources[0].line == 2


def test_a_derivation_of_a_row_that_cannot_be_computed_says_where_it_stops(policy: Policy) -> None:
    steps = explain(policy, applications(("甲", None, 1)), 0)
    assert steps[1].fault == "分担的金额算不出：“人数”没有填写"
    assert (
        tell(steps).splitlines()[3]
        == "分担 省级 50% ＝ 分担的金额算不出：“人数”没有填写　〔第二条 补助标准 某发〔2020〕1号 第二条〕"
    )
