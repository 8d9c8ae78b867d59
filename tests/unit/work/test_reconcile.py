"""The three dossiers reconcile to what was published, and lists of payments are read person by person."""

import json
import shutil
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from hengji.cli.main import main
from hengji.model.figure import display
from hengji.model.reconciliation import Debt
from hengji.work.reconcile import Reconciled, data, reconcile, sheets, totals, yuan
from hengji.work.sheets import written

EXAMPLES = Path(__file__).parents[3] / "examples"


@cache
def of(name: str) -> Reconciled:
    done = reconcile(EXAMPLES / name)
    assert done.found is not None
    return done


def claims(name: str, entitlement: str) -> dict[str, tuple[str, ...]]:
    """应补, 已付, 未付 in 元 by institution and tier."""
    found = of(name).found
    assert found is not None
    return {
        f"{claim.institution} {claim.tier.value}": tuple(
            str(yuan(each)) for each in (claim.due, claim.paid, claim.unpaid)
        )
        for claim in found.claims
        if claim.entitlement == entitlement
    }


def owed(name: str) -> list[str]:
    found = of(name).found
    assert found is not None
    return [said(debt) for debt in found.debts]


def said(debt: Debt) -> str:
    return f"{debt.debtor}→{'、'.join(debt.institutions)} {debt.tier.value}{debt.cause.value} {yuan(debt.amount)} {debt.days}"


def explained(name: str, institution: str, tier: str) -> str:
    done = of(name)
    assert done.found is not None
    claim = next(each for each in done.found.claims if (each.institution, each.tier.value) == (institution, tier))
    return done.explained(claim)


def sums(name: str) -> tuple[str, ...]:
    found = of(name).found
    assert found is not None
    each = totals(found.claims)
    return tuple(str(yuan(amount)) for amount in (each.due, each.paid, each.unpaid, each.overpaid))


def test_boshan_north_hill_has_the_provincial_part_only_and_the_street_office_the_rest() -> None:
    home = "博山区北山老年养护中心"
    assert claims("boshan-2021", "运营补助2020") == {
        f"{home} 省级": ("65400.00", "65400.00", "0.00"),
        f"{home} 市级": ("36300.00", "0.00", "36300.00"),
        f"{home} 区级": ("6400.00", "0.00", "6400.00"),
    }
    office = "城西街道财审统计管理服务中心"
    assert f"{office}→{home} 市级转拨未付 36300.00 361" in owed("boshan-2021")
    assert f"{office}→{home} 区级转拨未付 6400.00 361" in owed("boshan-2021")
    assert explained("boshan-2021", home, "市级") == (
        f"36,300.00元自2021年1月4日起留在{office}，至截止日361天，没有付给机构。"
    )


def test_boshan_yile_has_three_fifths_of_its_construction_subsidy() -> None:
    home = "博山区逸乐老年养护院"
    assert claims("boshan-2021", "一次性建设补助") == {
        f"{home} 省级": ("486000.00", "486000.00", "0.00"),
        f"{home} 市级": ("216000.00", "0.00", "216000.00"),
        f"{home} 区级": ("108000.00", "0.00", "108000.00"),
    }
    figures = of("boshan-2021").figures
    base = f"对账.一次性建设补助.{home}"
    shown = [display(figures[f"{base}.{name}"]) for name in ("应付", "已付", "未付")]
    assert shown == ["810,000.00元", "486,000.00元", "324,000.00元"]


def test_boshan_owes_as_much_as_the_street_office_kept() -> None:
    assert sums("boshan-2021") == ("1052100.00", "685400.00", "366700.00", "0.00")
    figures = of("boshan-2021").figures
    assert figures["对账.未付"].value == figures["资金.未落实"].value


def test_boshan_award_of_2021_has_payments_and_nothing_worked_out() -> None:
    found = of("boshan-2021").found
    assert found is not None
    assert {each.programme for each in found.uncovered} == {"运营奖补2021"}
    assert sum(each.amount for each in found.uncovered) == 146_071_000
    assert found.strangers == ()


def test_weiyang_province_paid_half_of_its_printed_rates() -> None:
    assert claims("weiyang-2020", "省级建设") == {
        "未央区济民养老院 省级": ("1440000.00", "720000.00", "720000.00"),
        "未央五福金秋老年服务中心 省级": ("36000.00", "18000.00", "18000.00"),
        "西安市未央区家康老年公寓 省级": ("0.00", "0.00", "0.00"),
    }
    assert explained("weiyang-2020", "未央区济民养老院", "省级").startswith("已付恰为应补的一半；")
    assert "仍在运营" in explained("weiyang-2020", "西安市未央区家康老年公寓", "省级")


def test_weiyang_district_did_not_pay_the_home_that_moved() -> None:
    paid = claims("weiyang-2020", "建设")
    assert paid["未央区老年福利服务中心 市级"] == ("250000.00", "250000.00", "0.00")
    assert paid["未央区老年福利服务中心 区级"] == ("250000.00", "0.00", "250000.00")
    assert explained("weiyang-2020", "未央区老年福利服务中心", "区级") == "250,000.00元没有列入区级预算。"


def test_weiyang_payees_go_by_their_aliases() -> None:
    found = of("weiyang-2020").found
    assert found is not None
    assert found.strangers == ()
    assert {unpaid for _, _, unpaid in claims("weiyang-2020", "运营").values()} == {"0.00"}


def test_yangquan_districts_owe_what_did_not_arrive() -> None:
    found = [line for line in owed("yangquan-2022") if "预算未到位" in line]
    assert found == [
        "区级财政→阳坡垴 区级预算未到位 230000.00 1368",
        "区级财政→南煤 区级预算未到位 360000.00 1002",
    ]
    assert "区级财政→蔡东 区级未列预算 210000.00 None" in owed("yangquan-2022")
    kept = [line for line in owed("yangquan-2022") if "到位未拨" in line]
    assert [line.split()[2] for line in kept] == ["230000.00", "25000.00"]
    assert sums("yangquan-2022") == ("6470000.00", "5415000.00", "1055000.00", "0.00")


@pytest.mark.parametrize("name", ["boshan-2021", "weiyang-2020", "yangquan-2022"])
def test_debts_add_up_to_what_is_unpaid(name: str) -> None:
    found = of(name).found
    assert found is not None
    assert sum(debt.amount for debt in found.debts) == sum(claim.unpaid for claim in found.claims)


def copy(name: str, to: Path, files: dict[str, str]) -> Path:
    shutil.copytree(EXAMPLES / name, to)
    for path, text in files.items():
        (to / path).write_text(text, "utf-8")
    return to


PAYMENTS = """- name: 付款清单
  path: data/付款清单.csv
  columns:
  - name: 机构名称
    type: 文本
  - name: 人员编号
    type: 文本
  - name: 发放金额
    type: 金额
    unit: 元
"""


def with_payments(to: Path, rows: Iterable[str]) -> Reconciled:
    head = (EXAMPLES / "boshan-2021" / "dossier.yaml").read_text("utf-8")
    declared = (EXAMPLES / "boshan-2021" / "data" / "tables.yaml").read_text("utf-8")
    files = {
        "dossier.yaml": head.replace("    机构信息: 机构信息\n", "    机构信息: 机构信息\n  paid: 付款清单\n"),
        "data/tables.yaml": declared + PAYMENTS,
        "data/付款清单.csv": "机构名称,人员编号,发放金额\n" + "\n".join(rows) + "\n",
    }
    return reconcile(copy("boshan-2021", to, files))


def test_a_list_of_payments_is_reconciled_person_by_person(tmp_path: Path) -> None:
    home = "博山区北山老年养护中心"
    rows = [
        f"{home},B{number:02d},{600 if number <= 13 else 1200 if number <= 19 else 2400}" for number in range(1, 41)
    ]
    rows[0] = f"{home},B01,1500"
    rows[1] = f"{home},B99,600"
    done = with_payments(tmp_path / "档案", rows)
    assert done.found is not None
    by_person = {each.person: each for each in done.found.persons if each.entitlement == "运营补助2020"}
    assert len(by_person) == 42
    assert (by_person["B01"].due, by_person["B01"].paid) == (100_000, 150_000)
    assert (by_person["B02"].paid, by_person["B02"].paid_lines) == (0, ())
    assert (by_person["B99"].due, by_person["B99"].lines) == (0, ())
    assert (by_person["B41"].due, by_person["B41"].paid, by_person["B41"].lines) == (0, 0, (42,))
    differing = [finding for finding in done.findings if finding.code == "F304"]
    assert [finding.place.file for finding in differing] == ["data/付款清单.csv"]
    assert "清单合计6.63万元，台账6.54万元，相差0.09万元" in differing[0].message


def test_a_list_of_payments_without_amounts_is_refused(tmp_path: Path) -> None:
    head = (EXAMPLES / "boshan-2021" / "dossier.yaml").read_text("utf-8")
    wrong = head.replace("  paid: 幸福院\n", "  paid: 机构信息\n").replace(
        "    建设项目: 建设项目\n", "    建设项目: 建设项目\n  paid: 没有\n"
    )
    done = reconcile(copy("boshan-2021", tmp_path / "档案", {"dossier.yaml": wrong}))
    said = [finding.message for finding in done.findings if finding.code == "F303"]
    assert len(said) == 2
    assert "“机构信息”缺少“金额”列" in said[0]
    assert "“没有”没有这张表" in said[1]


def test_a_dossier_without_payments_has_no_claims(tmp_path: Path) -> None:
    ledger = (EXAMPLES / "boshan-2021" / "funds.csv").read_text("utf-8-sig").splitlines()
    kept = [line for line in ledger if ",拨付," not in line and ",落实," not in line]
    done = reconcile(copy("boshan-2021", tmp_path / "档案", {"funds.csv": "\n".join(kept) + "\n"}))
    assert done.found is not None
    assert done.found.claims == ()
    assert "对账.未付" not in done.figures


def test_the_workbook_holds_what_the_screen_says() -> None:
    done = of("boshan-2021")
    book = load_workbook(BytesIO(written(".xlsx", sheets(done))))
    assert book.sheetnames == ["对账表", "欠付", "逐人对账", "名册外收款"]
    rows = list(book["对账表"].iter_rows(values_only=True))
    assert rows[0][:5] == ("核算", "政策", "子项目", "机构", "层级")
    unpaid = sum(Decimal(str(row[8])) for row in rows[1:])
    assert unpaid == Decimal(data(done)["totals"]["unpaid"])
    assert list(book["欠付"].iter_rows(values_only=True))[1][0] == "城西街道财审统计管理服务中心"
    assert written(".xlsx", sheets(done)) == written(".xlsx", sheets(done))


def test_the_command_prints_aligned_tables_and_data(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["reconcile", str(EXAMPLES / "boshan-2021"), "--out", str(tmp_path / "对账.csv")])
    assert result.exit_code == 0
    assert "博山区北山老年养护中心  市级   36,300.00   36,300.00        0.00   36,300.00        0.00" in result.output
    assert "合计　应补 1,052,100.00 元，已付 685,400.00 元，未付 366,700.00 元，多付 0.00 元" in result.output
    assert (tmp_path / "对账.csv").read_text("utf-8-sig").startswith("核算,政策,子项目,机构,层级,应补（元）")
    told = json.loads(CliRunner().invoke(main, ["reconcile", str(EXAMPLES / "boshan-2021"), "--format", "json"]).stdout)
    assert told["totals"] == {"due": "1052100.00", "paid": "685400.00", "unpaid": "366700.00", "overpaid": "0.00"}
    assert {claim["payable"] for claim in told["claims"] if claim["entitlement"] == "幸福院奖补2021"} == {None}


def test_the_command_says_what_it_cannot_do(tmp_path: Path) -> None:
    wrong = CliRunner().invoke(main, ["reconcile", str(EXAMPLES / "boshan-2021"), "--out", "对账.pdf"])
    assert (wrong.exit_code, "应以 .csv 或 .xlsx 结尾" in wrong.output) == (2, True)
    nothing = CliRunner().invoke(main, ["reconcile", str(tmp_path / "没有")])
    assert (nothing.exit_code, "没有这个文件夹" in nothing.output) == (2, True)
