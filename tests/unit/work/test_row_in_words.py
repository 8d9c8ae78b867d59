"""What is told to a recipient: the amount and how it is reckoned, or every reason why there is none."""

from pathlib import Path

import pytest

from hengji.work.calculating import Calculated, Engine, Request, calculate

ROSTER = """机构,失能等级,人数,人月
博山康寿源生态养老中心,中度,8,79
博山康寿源生态养老中心,轻度,5,60
幸福老年公寓,中度,4,48

没登记的院,重度,3,36
"""
HOMES = """机构,列入名单,星级,满意率
博山康寿源生态养老中心,是,一星,
幸福老年公寓,是,未评定,85
"""


def asked(folder: Path, line: int | None = None) -> Calculated:
    (folder / "入住.csv").write_text(ROSTER, "utf-8")
    (folder / "机构.csv").write_text(HOMES, "utf-8")
    paths = {"入住人月": folder / "入住.csv", "机构信息": folder / "机构.csv"}
    return calculate(Request("zb-3", paths, Engine.REFERENCE, asked=line))


def told(line: int, folder: Path) -> list[str]:
    """The words about a row, without the derivation below them."""
    return asked(folder, line).told.partition("\n\n推导\n")[0].splitlines()


def test_a_row_that_is_paid_says_how_the_amount_is_reckoned(tmp_path: Path) -> None:
    verdict, amount, conditions = told(2, tmp_path)
    assert verdict == "第2行　博山康寿源生态养老中心　应补12,640.00元"
    assert amount.startswith(
        "  省级 12,640.00元 ＝ 月标准（中度）200.00元 × 人月 79 × 星级系数（一星）0.8（鲁民〔2021〕21号"
    )
    assert conditions.startswith("  符合全部13项条件：社会运营、")


def test_a_row_that_gets_nothing_says_every_reason(tmp_path: Path) -> None:
    verdict, *reasons, rest = told(4, tmp_path)
    assert verdict == "第4行　幸福老年公寓　不予补助"
    assert [reason.partition("（鲁")[0] for reason in reasons] == [
        "  不满足条件“一星级以上”：「机构信息」的“星级”不能是“未评定”",
        "  不满足条件“满意率达标”：「机构信息」的“满意率”填的是85%，不能低于“最低满意率”（90%）",
    ]
    assert rest == "  其余11项条件符合。"


def test_what_a_refused_row_would_have_been_paid_is_not_said(tmp_path: Path) -> None:
    text = asked(tmp_path, 3).told
    assert "条件 中度或重度失能 ＝ 否" in text
    assert "金额 省级" not in text


def test_a_row_is_called_by_its_line_in_the_file(tmp_path: Path) -> None:
    assert told(6, tmp_path)[0] == "第6行　没登记的院　算不出"
    for empty in (1, 5, 7):
        done = asked(tmp_path, empty)
        assert (done.told, done.findings[-1].found) == ("", f"没有第{empty}行数据")


def test_one_missing_partner_is_one_finding(tmp_path: Path) -> None:
    assert [finding.code for finding in asked(tmp_path).findings] == ["P204"]


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        ("xa-1", "补助总额 120,000.00元 的50%"),
        ("yq-3", "的市级比例 0.4"),
        ("zb-1", "最小(核定金额 108,000.00元, 采购支出 109,388.00元, 专项指标 140,000.00元)"),
        ("zb-5", "床位标准（省级）4,500.00元 × 新增床位 108"),
    ],
)
def test_shares_limits_and_names_are_spelt_out(policy: str, words: str) -> None:
    from hengji.engines.derivation import explain
    from hengji.engines.trials import run_case
    from hengji.model.table import Table
    from hengji.policies.loading import read_policy
    from hengji.storage.policy_packs import policy_source
    from hengji.work.row_in_words import in_words

    source = policy_source(policy)
    assert source is not None
    opened, _ = read_policy(source, policy)
    assert opened is not None
    case = opened.cases[0]
    outcome = run_case(opened, case).outcome
    assert outcome is not None
    tables = {
        name: case.tables.get(name, Table(name, table.columns, (), (), case.file))
        for name, table in opened.tables.items()
    }
    row = outcome.rows[0]
    assert words in "\n".join(in_words(row, explain(opened, tables, row.row)))
