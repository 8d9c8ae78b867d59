"""What another policy or another parameter would cost, for whom, with nothing written."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hengji.cli.main import main
from hengji.engines.outcomes.changes import Fate
from hengji.policies.settings import read_setting
from hengji.work.trial import Comparison, Trial, yuan
from hengji.work.what_if import what_if

EXAMPLES = Path(__file__).parents[3] / "examples"
BOSHAN, WEIYANG, YANGQUAN = (EXAMPLES / name for name in ("boshan-2021", "weiyang-2020", "yangquan-2022"))


def tried(folder: Path, entitlement: str, *settings: str, policy: str = "") -> Trial:
    read = [setting for text in settings if (setting := read_setting(text))]
    trial, findings = what_if(folder, entitlement, policy, read)
    assert trial is not None, findings
    return trial


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["whatif", *(str(argument) for argument in arguments)])


def tiers(trial: Trial) -> dict[str, tuple[str, str]]:
    return {each.name: (str(yuan(each.before)), str(yuan(each.after))) for each in trial.tiers}


def test_a_rate_of_one_class_costs_its_tier_only() -> None:
    trial = tried(BOSHAN, "运营补助2020", "人均标准[省级,自理]=700元")
    assert tiers(trial) == {
        "省级": ("65400.00", "66700.00"),
        "市级": ("36300.00", "36300.00"),
        "区级": ("6400.00", "6400.00"),
    }
    assert dict(trial.fates) == {Fate.GAINS: 13, Fate.SAME: 28}
    assert trial.rows is not None
    assert (trial.rows.admitted, trial.rows.refused) == (0, 0)


def test_half_of_the_printed_rates_is_what_weiyang_paid() -> None:
    trial = tried(WEIYANG, "省级建设", "床位标准[新建]=1500", "床位标准［改扩建］＝1000元")
    assert tiers(trial) == {"省级": ("1476000.00", "738000.00")}
    assert [str(yuan(each.difference)) for each in trial.institutions] == ["-720000.00", "-18000.00", "0.00"]


def test_another_policy_over_the_same_roster() -> None:
    trial = tried(YANGQUAN, "市级名单", "分界归小档=假", policy="yq-2")
    assert tiers(trial) == {"市级": ("140000.00", "175000.00"), "区级": ("210000.00", "175000.00")}
    assert trial.compared is Comparison.ROWS
    assert dict(trial.fates) == {Fate.SAME: 1}


def test_a_condition_that_shuts_rows_out_says_which() -> None:
    trial = tried(YANGQUAN, "省级名单", "面积下限=600")
    assert trial.rows is not None
    assert (trial.rows.refused, dict(trial.rows.reasons)) == (1, {"面积达到下限": 1})
    assert {each.name: str(yuan(each.difference)) for each in trial.institutions}["大垴沟"] == "-700000.00"


def test_a_parameter_that_decides_nothing_on_this_roster_is_named() -> None:
    trial = tried(BOSHAN, "运营补助2020", "人均标准[省级,自理]=700元", "最低年龄=65")
    assert [change.setting.name for change in trial.idle] == ["最低年龄"]


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("最底年龄=65", "可能是「最低年龄」"),
        ("人均标准[省级]=7", "要2个键（层级、自理能力），给了1个"),
        ("人均标准[省级,甲]=7", "没有键“省级、甲”"),
        ("人均标准[省级,自理]=很多", "“很多”不是数字；应为：以元计的金额；处理：写作 6000、6000元 或 1.2万元"),
        ("最低年龄=六十", "“六十”不是数字；应为：整数；处理：写作 60，不带单位"),
        ("最低年龄[省级]=60", "没有键"),
    ],
)
def test_what_cannot_be_set_is_said_in_chinese(setting: str, said: str) -> None:
    result = run(BOSHAN, "运营补助2020", "--set", setting)
    assert result.exit_code == 2
    assert said in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "没有给出要试算什么"),
        (("--set", "最低年龄"), "--set 应写作“参数=值”"),
        (("--set", "最低年龄=60", "--set", "最低年龄=65"), "参数“最低年龄”给了不止一个值"),
        (("--other", "没有"), "没有政策“没有”"),
        (("--other", "zb-3"), "缺少列「星级」"),
    ],
)
def test_wrong_use_is_said_in_chinese(arguments: tuple[str, ...], said: str) -> None:
    result = run(BOSHAN, "运营补助2020", *arguments)
    assert result.exit_code == 2
    assert said in result.output


def test_an_unknown_entitlement_suggests_the_near_ones() -> None:
    result = run(BOSHAN, "运营补助2021", "--set", "最低年龄=60")
    assert (result.exit_code, "可能是「运营补助2020」" in result.output) == (2, True)


def test_an_unknown_entitlement_is_told_what_to_do_also_where_none_is_near(tmp_path: Path) -> None:
    assert "处理：改用所列的编号" in run(BOSHAN, "甲", "--set", "最低年龄=60").output
    shutil.copytree(BOSHAN, tmp_path / "档案")
    head = tmp_path / "档案" / "dossier.yaml"
    text = head.read_text("utf-8")
    start = text.index("entitlements:")
    head.write_text(text[:start] + re.sub(r"(?s)\Aentitlements:\n([- ].*?\n)*", "", text[start:]), "utf-8")
    assert "在 dossier.yaml 的 entitlements 写上要核算的待遇" in run(head.parent, "甲", "--set", "最低年龄=60").output


def test_the_command_prints_who_gains_and_leaves_the_dossier_alone() -> None:
    before = {path: path.read_bytes() for path in BOSHAN.rglob("*") if path.is_file()}
    result = run(BOSHAN, "运营补助2020", "--set", "人均标准[省级,自理]=700元")
    assert result.exit_code == 0
    assert "改动参数　人均标准[省级、自理]：600元/人·年 → 700元/人·年" in result.output
    assert "合计  108,100.00  109,400.00   +1,300.00  +1.20%" in result.output
    assert "机构　多得 1 家，少得 0 家，不变 0 家" in result.output
    assert {path: path.read_bytes() for path in BOSHAN.rglob("*") if path.is_file()} == before


def test_the_command_gives_data() -> None:
    told = json.loads(run(WEIYANG, "运营", "--set", "人次标准[五星,失能]=200", "--format", "json").stdout)
    assert told["total"]["difference"] == "156450.00"
    assert told["rows"] == {"gains": 1, "loses": 0, "same": 8, "admitted": 0, "refused": 0}
    assert told["settings"] == [
        {"setting": "人次标准[五星,失能]=200", "before": ["150元/人次"], "after": "200元/人次", "decides": True}
    ]


def test_rows_of_the_roster_that_cannot_be_read_are_spoken_of(tmp_path: Path) -> None:
    shutil.copytree(BOSHAN, tmp_path / "档案")
    roster = tmp_path / "档案" / "data" / "入住人员.csv"
    text = roster.read_text("utf-8-sig").splitlines()
    text[1] = text[1].replace("自理", "自里")
    roster.write_text("\n".join(text), "utf-8")
    result = run(tmp_path / "档案", "运营补助2020", "--set", "人均标准[省级,自理]=700元")
    assert result.exit_code == 1
    assert "试算" in result.stdout
    assert "“自里”不在可选值之中" in result.stdout
