"""A policy folder is read whole, and everything that is wrong with it is said at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hengji.model.policy_source import PolicySource
from hengji.model.programme import Tier
from hengji.policies.loading import read_policy
from hengji.policies.policy import Amount, Condition, Policy

Spoil = Callable[..., tuple[Policy | None, list[str]]]


def test_a_sound_policy_has_its_clauses_rules_and_cases(source: PolicySource) -> None:
    policy, findings = read_policy(source)
    assert policy is not None
    assert findings == ()
    assert [(clause.id, clause.source) for clause in policy.clauses] == [
        ("第一条", "某发〔2020〕1号 第一条"),
        ("第二条", "某发〔2020〕1号 第二条"),
        ("第三条", ""),
    ]
    assert policy.clauses[2].notes == ("材料是否齐全由人判断。",)
    condition, amount = policy.statements
    assert isinstance(condition, Condition)
    assert isinstance(amount, Amount)
    assert (condition.name, condition.line, condition.clause.id) == ("有人入住", 27, "第一条")
    assert policy.tiers() == (Tier.PROVINCE,)
    assert [case.name for case in policy.cases] == ["两家机构"]


def test_faults_of_all_files_come_at_once(spoiled: Spoil) -> None:
    policy, said = spoiled(
        ("人数 > 0\n", "入数 > 0\n"), ("value: 600元", "value: 六百"), ("recipient: 机构", "recipient: 单位")
    )
    assert policy is None
    assert said == [
        "P004 law.md:9:12 recipient 的「单位」不是这样的列",
        "P004 law.md:27:11 不认识的名称「入数」",
        "P005 parameters.yaml:6:35 每人标准：“六百”不是数字",
    ]


FAULTS = {
    "no front matter": (("---\nname: 例", "name: 例"), "P001 law.md:1:1 没有以 --- 开头和结尾的文件头"),
    "other name": (("name: 例", "name: 别的"), "P001 law.md:2:1 name 是“别的”，文件夹是“例”"),
    "no main table": (("rows: 申请", "rows: 申报"), "P004 law.md:8:7 rows 的数据表「申报」没有声明"),
    "unknown key": (("jurisdiction:", "juristiction:"), "P001 law.md:4:1 文件头有不认识的键 juristiction"),
    "unknown kind": (("type: 整数", "type: 数量"), "P001 law.md:14:26 列「人数」的种类的“数量”不认识"),
    "column twice": (("name: 星级, type", "name: 人数, type"), "P007 law.md:15:9 列「人数」声明了两次"),
    "enum without choices": ((", choices: [一星, 二星]", ""), "P001 law.md:15:9 枚举列「星级」没有 choices"),
    "no source": (("\n出处：某发〔2020〕1号 第二条\n", "\n"), "P011 law.md:30:1 条款“第二条 补助标准”有规则而没有出处"),
    "clause twice": (("## 第二条", "## 第一条"), "P007 law.md:30:1 条款“第一条”与第20行的条款同名"),
    "fence not closed": (("材料是否齐全由人判断。\n```", "材料是否齐全由人判断。"), "P001 law.md:40:1 ``` 没有成对"),
    "YAML": (("unit: 元/人", "unit: '元"), "P002 parameters.yaml:17:1 此处不是合法的 YAML"),
    "no value": (("value: 600元, ", ""), "P001 parameters.yaml:6:9 参数「每人标准」的值缺少 value"),
    "no parameter source": (
        ("source: 某发〔2020〕1号 第二条}", "source: ''}"),
        "P011 parameters.yaml:6:9 参数「每人标准」没有出处",
    ),
    "no date": (("from: 2020-01-01, value", "from: 2020年, value"), "P001 parameters.yaml:6:16 from的“2020年”不是日期"),
    "row too long": (("[一星, 0.8]", "[一星, 0.8, 1]"), "P001 parameters.yaml:15:13 参数表「系数」的一行有 3 格"),
    "key twice": (("[二星, 0.9]", "[一星, 0.9]"), "P001 parameters.yaml:16:13 参数表「系数」的键重复出现"),
    "not a choice": (("[二星, 0.9]", "[三星, 0.9]"), "P005 parameters.yaml:16:14 星级：“三星”不在可选值之中"),
    "key that no row has": (
        ("查(系数, 星级)", "查(系数, “三星”)"),
        "P004 law.md:35:27 参数表「系数」的「星级」没有“三星”",
    ),
    "too many decimals": (("0.8]", "0.1234567]"), "P005 parameters.yaml:15:18 系数：“0.1234567”超过六位小数或过大"),
    "case without column": (("人数: 13, ", ""), "P001 cases.yaml:6:11 缺少列「人数」"),
    "case of other table": (
        ("      申请:\n        - {机构: 甲", "      申报:\n        - {机构: 甲"),
        "P004 cases.yaml:6:9 没有声明过「申报」",
    ),
    "case of other reason": (("[[], 有人入住]", "[[], 没人入住]"), "P004 cases.yaml:12:21 没有声明过「没人入住」"),
    "case with fewer rows": (("[[], 有人入住]", "[[]]"), "P001 cases.yaml:12:16 写了 1 行结果"),
    "hold that is no question": (("总额 = 合计数", "总额 + 合计数"), "P005 cases.yaml:15:9 “总额 + 合计数”是金额"),
    "hold with unknown name": (("总额 = 合计数", "总额 = 合记数"), "P004 cases.yaml:15:14 不认识的名称「合记数」"),
    "nothing expected": (
        ("source: 某发〔2020〕1号 附件\n", "source: ''\n  - name: 空的\n    source: ''\n"),
        "P001 cases.yaml:2:5 算例“两家机构”没有 expect 也没有 holds",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_has_its_place(spoiled: Spoil, name: str) -> None:
    change, message = FAULTS[name]
    policy, said = spoiled(change)
    assert policy is None
    assert message in said


def test_an_undeclared_document_is_a_warning(spoiled: Spoil) -> None:
    policy, said = spoiled(("出处：某发〔2020〕1号 第一条", "出处：某发〔2019〕9号 第一条"))
    assert policy is not None
    assert said == ["P011 law.md:20:1 出处“某发〔2019〕9号”不在文件头的 documents 之中"]


def test_rules_need_a_clause(spoiled: Spoil) -> None:
    policy, said = spoiled(("## 第一条 补助条件\n", ""), ("第一条", "第一款"))
    assert policy is None
    assert "P001 law.md:25:1 规则块不在任何条款之下" in said


def test_endless_nesting_is_a_fault_and_not_a_crash(spoiled: Spoil) -> None:
    policy, said = spoiled(("人数 > 0\n", "(" * 5000 + "人数" + ")" * 5000 + " > 0\n"))
    assert policy is None
    assert said == ["P003 law.md:27:51 括号或「若」套了 40 层以上"]
    policy, said = spoiled(("人数 > 0\n", "人数" + " + 人数" * 5000 + " > 0\n"))
    assert policy is None
    assert said[0].endswith("一个表达式超过 120 个运算")


def test_a_long_chain_of_names_is_no_fault(spoiled: Spoil) -> None:
    chain = "\n".join(f"令 步{n} = 步{n + 1} + 1" for n in range(3000))
    policy, said = spoiled(("条件 有人入住 = 人数 > 0\n", f"{chain}\n令 步3000 = 人数\n条件 有人入住 = 步0 > 0\n"))
    assert said == []
    assert policy is not None
    assert policy.order[:2] == ("步3000", "步2999")
