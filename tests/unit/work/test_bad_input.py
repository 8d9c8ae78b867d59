"""A dossier that is broken in some way: one message for each fault, where it stands, and nothing written."""

from pathlib import Path

import pytest
from tests.unit.engines.sheets import xlsx
from tests.unit.work.broken import Copy, copy_of

from hengji.model.finding import Finding, Severity


@pytest.fixture
def dossier(tmp_path: Path) -> Copy:
    return copy_of("boshan-2021", tmp_path)


def at(errors: list[Finding], file: str, line: int | None = None) -> Finding:
    """The one error at that place."""
    found = [each for each in errors if each.place.file == file and (line is None or each.place.line == line)]
    assert len(found) == 1, [f"{each.place} {each.message}" for each in errors]
    return found[0]


def test_the_copy_itself_has_no_error(dossier: Copy) -> None:
    assert dossier.errors() == []


def test_a_missing_first_page(dossier: Copy) -> None:
    dossier.delete("dossier.yaml")
    outcome = dossier.evaluate()
    assert outcome.evaluation is None
    assert "缺少 dossier.yaml" in at(list(outcome.findings), "dossier.yaml").found


def test_a_missing_file_of_a_declared_table(dossier: Copy) -> None:
    dossier.delete("data/幸福院.csv")
    fault = at(dossier.errors(), "data/幸福院.csv")
    assert "文件不存在" in fault.found


def test_missing_answers_of_a_questionnaire(dossier: Copy) -> None:
    dossier.delete("surveys/老人满意度.csv")
    assert any("surveys/老人满意度.csv 不存在" in error.found for error in dossier.errors())


def test_a_wrong_type(dossier: Copy) -> None:
    line = dossier.replace("dossier.yaml", "year: 2021\njur", "year: 二〇二一\njur")
    fault = at(dossier.errors(), "dossier.yaml", line)
    assert "year 的值是“二〇二一”" in fault.found
    assert "整数" in fault.expected


def test_a_list_where_one_value_belongs(dossier: Copy) -> None:
    line = dossier.replace("dossier.yaml", "principal: 博山区财政局", "principal:\n- 博山区财政局")
    assert at(dossier.errors(), "dossier.yaml", line + 1).found == "principal 是列表"


def test_an_unknown_key_suggests_the_known_one(dossier: Copy) -> None:
    line = dossier.replace("evidence.yaml", "  title:", "  titel:")
    faults = [each for each in dossier.errors() if each.place.file == "evidence.yaml"]
    assert faults[0].place.line == line
    assert "不认识的键 titel" in faults[0].found
    assert "title" in faults[0].expected


def test_a_yaml_that_is_none(dossier: Copy) -> None:
    line = dossier.replace("targets.yaml", "year: 2021", "year： 2021\n  - x: [")
    fault = next(each for each in dossier.errors() if each.place.file == "targets.yaml")
    assert "YAML" in fault.found
    assert fault.place.line is not None
    assert fault.place.line >= line


def test_weights_that_do_not_add_up(dossier: Copy) -> None:
    dossier.replace("indicators.yaml", "weight: 12\n", "weight: 13\n")
    found = [error.found for error in dossier.errors() if error.place.file == "indicators.yaml"]
    assert any("一级指标分值合计101分" in text for text in found)
    assert any("“决策”分值13分，下级分值合计12分" in text for text in found)


def test_a_score_out_of_range(dossier: Copy) -> None:
    dossier.replace(
        "papers/预算执行率.md", "evidence:\n", "override:\n  score: 7\n  reason: 酌情\n  by: 评价工作组\nevidence:\n"
    )
    fault = next(each for each in dossier.errors() if each.place.file == "papers/预算执行率.md")
    assert "7" in fault.found
    assert "2" in fault.found + fault.expected


def test_a_grade_that_the_standard_does_not_have(dossier: Copy) -> None:
    line = dossier.replace("papers/政策宣传有效性.md", "grade: ", "grade: 很")
    fault = next(each for each in dossier.errors() if each.place.file == "papers/政策宣传有效性.md")
    assert line
    assert "有效、一般、差" in fault.expected + fault.found


def test_an_unknown_figure_in_a_rubric(dossier: Copy) -> None:
    dossier.replace("indicators.yaml", "actual: 资金.预算执行率", "actual: 资金.预算执行绿")
    fault = next(each for each in dossier.errors() if "资金.预算执行绿" in each.message)
    assert fault.place.file == "indicators.yaml"


def test_an_unknown_figure_in_a_text(dossier: Copy) -> None:
    line = dossier.replace("papers/预算执行率.md", "{{ 资金.调整预算 }}", "{{ 资金.调正预算 }}")
    fault = at(dossier.errors(), "papers/预算执行率.md", line)
    assert "资金.调正预算" in fault.found


def test_an_unknown_figure_in_a_formula(dossier: Copy) -> None:
    line = dossier.replace("figures.yaml", "资金.调整预算 ÷ 资金.年初预算", "资金.调整预算 ÷ 资金.年初预祘")
    fault = next(each for each in dossier.errors() if "年初预祘" in each.message)
    assert fault.place.file == "figures.yaml"
    assert fault.place.item == "预算.调整比例"
    assert line


def test_a_formula_that_divides_by_zero(dossier: Copy) -> None:
    dossier.replace("figures.yaml", "资金.调整预算 ÷ 资金.年初预算", "资金.调整预算 ÷ (资金.到位 - 资金.到位)")
    fault = next(each for each in dossier.errors() if each.place.item == "预算.调整比例")
    assert "除数" in fault.found or "零" in fault.found or "0" in fault.found


def test_an_ill_typed_formula(dossier: Copy) -> None:
    dossier.replace("figures.yaml", "资金.调整预算 ÷ 资金.年初预算", "资金.调整预算 + 2021年7月12日")
    fault = next(each for each in dossier.errors() if each.place.item == "预算.调整比例")
    assert "日期" in fault.found
    assert "金额" in fault.message


def figure(name: str, formula: str) -> str:
    return f"- id: {name}\n  label: {name}\n  kind: 数量\n  formula: {formula}\n"


def test_figures_that_use_each_other_are_told_once(dossier: Copy) -> None:
    dossier.append("figures.yaml", figure("甲", "乙 + 1") + figure("乙", "丙 + 1") + figure("丙", "甲 + 1"))
    assert [fault.found for fault in dossier.errors()] == ["数值互相引用成环：甲 → 乙 → 丙 → 甲"]


def test_a_figure_may_use_another_that_uses_another_and_so_on(dossier: Copy) -> None:
    chain = "".join(figure(f"链{at}", f"链{at + 1} + 1") for at in range(1500))
    dossier.append("figures.yaml", f"{chain}- id: 链1500\n  label: 末\n  kind: 数量\n  given: 1\n")
    assert dossier.errors() == []


@pytest.mark.parametrize(
    ("old", "new", "column", "found"),
    [
        ("省级,1550000", "省级,壹佰伍拾伍万", "金额（元）", "不是数字"),
        ("省级,1550000", "省里,1550000", "层级", "不在可选值之中"),
        ("2021-01-01,年初预算,年初申报,省级,1550000", "21-1-1,年初预算,年初申报,省级,1550000", "日期", "只有两位"),
        ("省级,1550000", "省级,=B2*2", "金额（元）", "不是数字"),
        ("省级,1550000", "省级,", "金额（元）", "没有填写"),
        ("年初申报,省级,1550000", "年初申保,省级,1550000", "", "没有编号为“年初申保”的子项目"),
    ],
)
def test_a_bad_cell_of_the_ledger(dossier: Copy, old: str, new: str, column: str, found: str) -> None:
    line = dossier.replace("funds.csv", old, new)
    fault = at(dossier.errors(), "funds.csv", line)
    assert found in fault.found
    assert fault.place.item == column


def test_full_width_digits_in_the_ledger_are_read_and_noted(dossier: Copy) -> None:
    before = dossier.evaluate()
    line = dossier.replace("funds.csv", "省级,1550000", "省级,１５５００００")
    after = dossier.evaluate()
    assert before.evaluation is not None
    assert after.evaluation is not None
    assert before.evaluation.figures["资金.年初预算"].value == after.evaluation.figures["资金.年初预算"].value
    noted = [each for each in after.findings if each.place.file == "funds.csv" and each.place.line == line]
    assert [each.severity for each in noted] == [Severity.NOTE]


def test_a_ledger_in_wan_that_holds_yuan_is_warned_about(dossier: Copy) -> None:
    dossier.replace("funds.csv", "金额（元）", "金额（万元）")
    found = [each for each in dossier.evaluate().findings if "疑似按元填写" in each.found]
    assert found
    assert all(each.severity is Severity.WARNING for each in found)


def test_a_ledger_without_its_amounts(dossier: Copy) -> None:
    dossier.replace("funds.csv", "金额（元）", "金额")
    assert "没有金额列" in at(dossier.errors()[:1], "funds.csv", 1).found


def test_an_open_quote_in_a_csv(dossier: Copy) -> None:
    dossier.append("funds.csv", '2021-12-31,拨付,"年初申报,省级\n')
    fault = next(each for each in dossier.errors() if each.place.file == "funds.csv")
    assert "csv" in fault.found
    assert fault.place.line is not None


def test_a_file_in_a_strange_encoding(dossier: Copy) -> None:
    (dossier.root / "findings.yaml").write_bytes("problems: 问题".encode("gb18030"))
    assert "不是 UTF-8" in at(dossier.errors(), "findings.yaml").found


def test_a_workbook_with_merged_cells_formulas_and_text_for_numbers(dossier: Copy) -> None:
    rows = [line.split(",") for line in dossier.text("data/幸福院.csv").lstrip("\ufeff").splitlines()]
    header = rows[0]
    rows[2][header.index("星级")] = "四星以上"
    content = xlsx([*rows, ["=A2", *rows[1][1:]]], "幸福院", lambda sheet: sheet.merge_cells(f"A2:A{len(rows) - 1}"))
    dossier.delete("data/幸福院.csv")
    (dossier.root / "data/幸福院.xlsx").write_bytes(content)
    dossier.replace("data/tables.yaml", "data/幸福院.csv", "data/幸福院.xlsx")
    found = [each for each in dossier.evaluate().findings if each.place.file == "data/幸福院.xlsx"]
    said = {each.place.cell: each.found for each in found}
    assert "纵向合并" in said[f"A2:A{len(rows) - 1}"]
    assert "公式" in said[f"A{len(rows) + 1}"]
    assert any("四星以上" in text for text in said.values())
    assert all(each.place.sheet == "幸福院" for each in found)


def test_a_policy_with_an_ill_typed_rule_and_one_that_always_divides_by_zero(dossier: Copy) -> None:
    (dossier.root / "policies" / "甲").mkdir(parents=True)
    dossier.write("policies/甲/law.md", LAW.format(rule="金额 区级 = 人数 且 6000元\n令 份 = 人数 ÷ 0"))
    faults = [each for each in dossier.errors() if each.place.file == "policies/甲/law.md"]
    lines = LAW.splitlines()
    first = lines.index("{rule}") + 1
    assert [each.place.line for each in faults] == [first, first + 1]
    assert "整数" in faults[0].message or "人数" in faults[0].message
    assert "除" in faults[1].found or "零" in faults[1].found or "0" in faults[1].found


def test_a_rule_that_divides_by_zero_for_a_row(dossier: Copy) -> None:
    (dossier.root / "policies" / "甲").mkdir(parents=True)
    dossier.write("policies/甲/law.md", LAW.format(rule="金额 区级 = 6000元 ÷ (人数 - 3)"))
    dossier.write("data/名册.csv", "机构,人数\n北山,2\n东里,3\n")
    dossier.append("data/tables.yaml", NAMES)
    dossier.append("dossier.yaml", "- id: 甲\n  policy: 甲\n  programme: 运营补助2020\n  tables:\n    名册: 名册\n")
    fault = at(dossier.errors(), "data/名册.csv", 3)
    assert "除" in fault.found
    assert fault.place.item == "东里"


def test_two_policies_with_one_name(dossier: Copy) -> None:
    for name in ("甲", "乙"):
        (dossier.root / "policies" / name).mkdir(parents=True)
        dossier.write(
            f"policies/{name}/law.md", LAW.format(rule="金额 区级 = 6000元").replace("name: 甲", f"name: {name}")
        )
    errors = [each for each in dossier.errors() if "都叫“试点补助”" in each.found]
    assert {each.place.file for each in errors} == {"policies/甲/law.md", "policies/乙/law.md"}


def test_broken_in_five_ways_at_once_it_says_all_five(dossier: Copy) -> None:
    year = dossier.replace("dossier.yaml", "report_date: 2022年6月", "report_dat: 2022年6月")
    amount = dossier.replace("funds.csv", "省级,1550000", "省级,一百五十五万")
    dossier.replace("indicators.yaml", "weight: 12\n", "weight: 13\n")
    text = dossier.replace("papers/预算执行率.md", "{{ 资金.调整预算 }}", "{{ 资金.调正预算 }}")
    dossier.delete("data/幸福院.csv")
    errors = dossier.errors()
    places = {(each.place.file, each.place.line) for each in errors}
    assert ("dossier.yaml", year) in places
    assert ("funds.csv", amount) in places
    assert any("101分" in each.found for each in errors)
    assert ("papers/预算执行率.md", text) in places
    assert any(each.place.file == "data/幸福院.csv" for each in errors)


def test_a_path_that_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲", "utf-8")
    assert "不是文件夹" in at(Copy(tmp_path / "a.txt").errors(), str(tmp_path / "a.txt")).found
    assert "没有这个文件夹" in at(Copy(tmp_path / "无").errors(), str(tmp_path / "无")).found
    (tmp_path / "空").mkdir()
    assert Copy(tmp_path / "空").errors()


LAW = """---
name: 甲
title: 试点补助
jurisdiction: 某区
documents:
  - number: 某政发〔2021〕1号
    title: 试点补助办法
effective:
  start: 2021-01-01
rows: 名册
recipient: 机构
tables:
  名册:
    columns:
      - {{name: 机构, type: 文本}}
      - {{name: 人数, type: 整数}}
---

# 试点补助

## 标准

按人数补助。

出处：某政发〔2021〕1号，第一条

```rule
{rule}
```
"""
NAMES = """- name: 名册
  path: data/名册.csv
  columns:
  - name: 机构
    type: 文本
  - name: 人数
    type: 整数
"""
