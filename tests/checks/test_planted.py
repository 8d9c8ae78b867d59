"""Faults that a reviewer of the finance bureau would name, planted one at a time in long reports that hold: each is found at its place."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.checks.test_pages import reviewed

from hengji.model.finding import Finding

WHOLE = Path(__file__).parent / "whole"
GUARDRAILS, MEALS, WATER, MAIZE = "guardrails.txt", "meals.md", "waterbureau.txt", "maize.txt"
SANITATION, HEALTH, SELF_FORM = "sanitation.txt", "health.txt", "selfform.txt"
SEWAGE, ALLOWANCES, KINDERGARTENS, TRANSPORT = "sewage.md", "allowances.txt", "kindergartens.txt", "transport.md"
CULTURE, FARMLAND, NUTRITION, ELDERLY = "culture.txt", "farmland.md", "nutrition.txt", "elderly.md"
TRAINING = "training.txt"
LINKAGE = "linkage.txt"
PLANTED = [
    ("各级里程不等于总里程", GUARDRAILS, "县道 318.5 公里", "县道 381.5 公里"),
    ("表中结余算错", GUARDRAILS, "90.00%\t481.76\t180.64", "90.00%\t418.76\t180.64"),
    ("下浮率算错", GUARDRAILS, "下浮 4.15%", "下浮 4.51%"),
    ("下降率算错", GUARDRAILS, "下降 31.25%；", "下降 33.25%；"),
    ("正文总分与表不同", GUARDRAILS, "本项目综合得分 91.98 分", "本项目综合得分 92.98 分"),
    ("按公式得不到这个分", GUARDRAILS, "得 2.94 分（3×98.00%）", "得 2.49 分（3×98.00%）"),
    ("问卷有效率算错", GUARDRAILS, "有效率 97.46%", "有效率 97.64%"),
    ("问卷满意度算错", GUARDRAILS, "8\t230\t88.70%", "8\t230\t87.80%"),
    ("意见采纳数对不上", GUARDRAILS, "收到意见 5 条", "收到意见 6 条"),
    ("等级与总分不符", GUARDRAILS, "评价等级为“优”", "评价等级为“良”"),
    ("二级指标得分与下级不符", GUARDRAILS, "资金管理\t11\t10.66", "资金管理\t11\t10.86"),
    ("扣分合计算错", GUARDRAILS, "每处扣 0.5 分，扣 1.5 分", "每处扣 0.5 分，扣 1 分"),
    ("日期不存在", GUARDRAILS, "2022-04-02", "2022-14-02"),
    ("补助算错", MEALS, "＝611.52万元", "＝617.52万元"),
    ("学校分项不等于总数", MEALS, "小学52所、初中16所", "小学52所、初中18所"),
    ("采购金额算错", MEALS, "11.50 | 282,900.00", "11.50 | 289,200.00"),
    ("汇总表与评分表不同", MEALS, "<td>20.86</td><td>3.14</td>", "<td>20.68</td><td>3.14</td>"),
    ("分值减扣分不等于得分", MEALS, "满分8分，扣2分，得6分", "满分8分，扣3分，得6分"),
    ("提高的百分点算错", MEALS, "提高2.6个百分点", "提高2.8个百分点"),
    ("编制分项不等于总数", WATER, "事业编制46名", "事业编制48名"),
    ("控制率算错", WATER, "控制率为95.31%", "控制率为93.51%"),
    ("占比算错", WATER, "占56.75%", "占57.65%"),
    ("表中执行率算错", WATER, "235.00\t90.38", "235.00\t93.80"),
    ("标题得分与下级不符", WATER, "得25.74分）", "得25.47分）"),
    ("完成率算错", WATER, "完成18项，完成率90.00%", "完成17项，完成率90.00%"),
    ("对齐的表中面积算错", MAIZE, "65,238.60", "65,328.60"),
    ("对齐的表中得分率算错", MAIZE, "31.60    90.29%", "31.60    92.09%"),
    ("占比之和不是百分之百", MAIZE, "30%、20%和15%", "30%、25%和15%"),
    ("户均算错", MAIZE, "户均6.10亩", "户均6.90亩"),
    ("保洁面积分项不等于总数", SANITATION, "188.5万平方米", "185.5万平方米"),
    ("合同支付数算错", SANITATION, "27.32\t1,241.68", "27.32\t1,214.68"),
    (
        "每家扣分与所扣不符",
        SANITATION,
        "2家企业人员配备低于投标承诺，每家扣1分",
        "3家企业人员配备低于投标承诺，每家扣1分",
    ),
    ("机构分项不等于总数", HEALTH, "乡镇卫生院12家", "乡镇卫生院13家"),
    ("抽查份数合计算错", HEALTH, "共1,080份", "共1,008份"),
    ("一级指标得分与下级不符", HEALTH, "过程\t20\t17.30", "过程\t20\t17.80"),
    ("自评表执行率得分算错", SELF_FORM, "94.00%\t9.40", "94.00%\t9.60"),
    ("自评表执行数与明细不符", SELF_FORM, "496.00\t464.44", "496.00\t446.44"),
    ("自评表指标得分不按比例", SELF_FORM, "308户\t10\t9.75\t8户因", "308户\t10\t9.57\t8户因"),
    ("自评表没有完成却得满分", SELF_FORM, "93.1%\t10\t9.8", "93.1%\t10\t10"),
    ("自评表得分超过分值", SELF_FORM, "基本健全\t15\t13", "基本健全\t15\t16"),
    ("自评表总分算错", SELF_FORM, "总分\t100\t96.25", "总分\t100\t95.62"),
    ("自评表格中的比率算错", SELF_FORM, "竣工率97.47%", "竣工率94.77%"),
    ("加粗的等级与总分不符", SEWAGE, "评价等级为**“良”**", "评价等级为**“优”**"),
    ("分年到位之和不等于资本金", SEWAGE, "2023年1,200万元", "2023年1,300万元"),
    ("各列得分之和不等于合计", SEWAGE, "| 20.40 | 84.30 |", "| 20.40 | 84.50 |"),
    ("各列得分率算错", SEWAGE, "| 85.60% |", "| 86.50% |"),
    ("逾期天数算错", SEWAGE, "逾期50天，每", "逾期40天，每"),
    ("比计划少的数算错", SEWAGE, "比计划少2.6公里", "比计划少3.6公里"),
    ("建议中的金额与前文不同", SEWAGE, "扣回超进度支付的58.60万元", "扣回超进度支付的56.80万元"),
    ("换一种分法加起来不等", ALLOWANCES, "护理补贴670.50万元", "护理补贴607.50万元"),
    ("分季度加起来不等", ALLOWANCES, "四季度287.50万元", "四季度278.50万元"),
    ("括号里有上年数的增长率算错", ALLOWANCES, "增长19.87%", "增长18.97%"),
    ("及时率算错", ALLOWANCES, "及时率83.33%", "及时率88.33%"),
    ("历时天数算错", ALLOWANCES, "历时26天", "历时36天"),
    ("各类得分之和不等于总分", ALLOWANCES, "产出35分，得31.9分", "产出35分，得31.5分"),
    ("问题户数与分析不同", ALLOWANCES, "动态管理不到位。4户", "动态管理不到位。6户"),
    ("已经发生的事在以后的年份", ALLOWANCES, "2023年9月社会保障卡", "2025年9月社会保障卡"),
    ("括号里有算式的分项不等于总数", KINDERGARTENS, "工作经费108万元", "工作经费180万元"),
    ("冒号之后的人数不等于总数", KINDERGARTENS, "联络员1人", "联络员2人"),
    ("未拨付数与执行率不符", KINDERGARTENS, "未拨付122.40万元", "未拨付142.40万元"),
    ("没有写年份的日期相隔天数算错", KINDERGARTENS, "拨付，晚20天", "拨付，晚26天"),
    ("标准乘数量算错", KINDERGARTENS, "奖补576万元（480个", "奖补567万元（480个"),
    ("上年结转算错", TRANSPORT, "上年结转362.20万元", "上年结转326.20万元"),
    ("配套资金分项算错", HEALTH, "省级补助1,217.88万元", "省级补助1,271.88万元"),
    ("股室个数与所列不符", CULTURE, "7个股室", "6个股室"),
    ("编制合计算错", CULTURE, "核定编制121名", "核定编制112名"),
    ("重点任务分项不等于总数", CULTURE, "旅游发展5项", "旅游发展6项"),
    ("全年预算数不等于两类支出之和", CULTURE, "全年预算数4,872.00万元", "全年预算数4,827.00万元"),
    ("总支出的占比算错", CULTURE, "占总支出的63.65%", "占总支出的63.56%"),
    ("某项支出之中的各项加起来不等", CULTURE, "公用经费196.74万元", "公用经费169.74万元"),
    ("表中实际支出合计算错", CULTURE, "3,039.50\t2,827.94", "3,039.50\t2,872.94"),
    ("三公经费减少数算错", CULTURE, "减少2.72万元", "减少2.27万元"),
    ("按采购总额的占比算错", CULTURE, "占采购总额的80.38%", "占采购总额的80.83%"),
    ("资产分项不等于总额", CULTURE, "无形资产625.70万元", "无形资产652.70万元"),
    ("标题括号中的得分与下级不符", CULTURE, "12分，得9.5分", "12分，得5.9分"),
    ("段末的得分与得分表不符", CULTURE, "按比例得分，得8.6分", "按比例得分，得6.8分"),
    ("按年初预算的占比算错", CULTURE, "占年初预算的16.13%", "占年初预算的16.31%"),
    ("问题中未量化的指标数与分析不同", CULTURE, "3个绩效指标未量化", "4个绩效指标未量化"),
    ("字母等级与总分不符", FARMLAND, "评价等级为“B”", "评价等级为“C”"),
    ("总数在前面的占比算错", FARMLAND, "占耕地面积的55.00%", "占耕地面积的50.50%"),
    ("乡镇个数与所列不符", FARMLAND, "永兴镇4个乡镇", "永兴镇5个乡镇"),
    ("改造面积与合计不符", FARMLAND, "改造提升6,000亩", "改造提升8,000亩"),
    ("自成一句的结余算错", FARMLAND, "结余资金510.26万元", "结余资金501.26万元"),
    ("表中下浮率算错", FARMLAND, "1,665.40 | 3.07%", "1,665.40 | 3.70%"),
    ("得分算式算错", FARMLAND, "=4.84分", "=4.48分"),
    ("没有分值的小标题下得分与表不符", FARMLAND, "扣0.5分，得3.5分", "扣0.5分，得5.3分"),
    ("问题中的逾期天数与分析不同", FARMLAND, "分别逾期45天和65天", "分别逾期54天和65天"),
    ("问题中的村数与分析不同", FARMLAND, "7个村未落实管护主体。\n6", "9个村未落实管护主体。\n6"),
    ("比例的名称就是其中一项", NUTRITION, "食堂供餐比例为93.15%", "食堂供餐比例为93.51%"),
    ("两个学期之和不等于全年", NUTRITION, "全年供餐196 天", "全年供餐169 天"),
    ("标准在前一句的测算数算错", NUTRITION, "1,791.24 万元", "1,719.24 万元"),
    ("空格对齐的表合计算错", NUTRITION, "842,980.50", "842,890.50"),
    ("学校总数在前面的占比算错", NUTRITION, "占实施学校的30.14%", "占实施学校的30.41%"),
    ("问卷分类之和不等于合计", NUTRITION, "工问卷 170 份", "工问卷 107 份"),
    ("逐条扣分之和不等于少得的分", NUTRITION, "变动因素，扣0.5 分", "变动因素，扣1.5 分"),
    ("应供餐天数的完成率算错", NUTRITION, "98.00%", "89.00%"),
    ("问题中的学校数与分析不同", NUTRITION, "3 所学校留样时\n间不足，食材", "5 所学校留样时\n间不足，食材"),
    ("一段里接着写的得分与表不符", ELDERLY, "扣1分，得4分。A3", "扣1分，得3分。A3"),
    ("各年龄段需求之和不等于合计", ELDERLY, "732.84</td></tr>", "723.84</td></tr>"),
    ("尚未支付数算错", ELDERLY, "尚未支付12.68万元", "尚未支付12.86万元"),
    ("附件中的扣分与得分不符", ELDERLY, "<td>6.7</td><td>1.3</td>", "<td>6.7</td><td>1.8</td>"),
    ("问题中的人数与分析不同", ELDERLY, "（二）动态管理不到位。向15名", "（二）动态管理不到位。向25名"),
    ("各级资金之和不等于总额", LINKAGE, "中央资金4,860.00万元", "中央资金4,680.00万元"),
    ("比上年增加数算错", LINKAGE, "增加427.20万元", "增加472.20万元"),
    ("表中实际支出算错", LINKAGE, "2,246.35\t2,065.27", "2,246.35\t2,056.27"),
    ("产业资金的占比算错", LINKAGE, "占中央资金的61.00%", "占中央资金的60.10%"),
    ("未支出原因之和不等于未支出数", LINKAGE, "招标节约35.78万元。至", "招标节约53.78万元。至"),
    ("监测户分项不等于总数", LINKAGE, "突发严重困难户97户", "突发严重困难户79户"),
    ("审减额算错", LINKAGE, "审减243.70万元", "审减234.70万元"),
    ("确权移交完成率算错", LINKAGE, "完成率73.24%", "完成率74.23%"),
    ("按期完工的占比算错", LINKAGE, "占88%，5个逾期", "占86%，5个逾期"),
    ("收入增长率算错", LINKAGE, "增长13.6%，高于", "增长16.3%，高于"),
    ("发放问卷的有效回收率算错", LINKAGE, "有效回收率95.63%", "有效回收率96.53%"),
    ("访谈人次分项不等于总数", LINKAGE, "其中乡村干部21人次", "其中乡村干部31人次"),
    ("结论中的等级与总分不符", LINKAGE, "评价等级为“良”。各", "评价等级为“优”。各"),
    ("上年提取数写错", TRAINING, "2022年20,000,000.00元", "2022年21,000,000.00元"),
    ("培训机构分项不等于总数", TRAINING, "民办职业培训学校11家", "民办职业培训学校13家"),
    ("回访成功率的数字写颠倒", TRAINING, "回访成功率87.91%", "回访成功率89.71%"),
    ("学员问卷的有效回收率算错", TRAINING, "有效回收率94.4%", "有效回收率96.4%"),
    ("未采纳数与采纳数相加不等", TRAINING, "采纳5条，未采纳1条", "采纳5条，未采纳2条"),
    ("到课率提高的百分点算错", TRAINING, "91.5%提高4.7个百分点", "91.5%提高5.7个百分点"),
    ("各年超期笔数之和不等于总数", TRAINING, "2022年16笔、2023年7笔", "2022年18笔、2023年7笔"),
    ("打分表中扣分与得分不符", TRAINING, "绩效目标\t\t5\t3.5\t1.5", "绩效目标\t\t5\t3.5\t2.5"),
    ("小计的人次算错", TRAINING, "公办小计\t\t42\t1,560", "公办小计\t\t42\t1,650"),
    ("一家机构的拨付数写错", TRAINING, "12,000\t592,500", "12,000\t529,500"),
    ("评价组成员分项不等于总数", TRAINING, "财政绩效专家3名", "财政绩效专家4名"),
    ("专账余额与表不符", TRAINING, "余额（含利息）10,658,190.55", "余额（含利息）10,568,190.55"),
]


def known(findings: Sequence[Finding]) -> set[tuple[str, str]]:
    return {(finding.code, finding.quotes[0].text) for finding in findings if finding.quotes}


@pytest.fixture(scope="module")
def before() -> dict[str, set[tuple[str, str]]]:
    return {path.name: known(reviewed({path.name: path.read_bytes()})) for path in WHOLE.iterdir()}


@pytest.mark.parametrize(
    ("report", "right", "wrong"), [each[1:] for each in PLANTED], ids=[each[0] for each in PLANTED]
)
def test_a_planted_fault(before: dict[str, set[tuple[str, str]]], report: str, right: str, wrong: str) -> None:
    text = (WHOLE / report).read_text("utf-8")
    at = text.index(right)
    planted = text.replace(right, wrong, 1)
    findings = reviewed({report: planted.encode()})
    there = [
        finding
        for finding in findings
        if any(quote.start < at + len(wrong) and at < quote.end for quote in finding.quotes)
    ]
    assert known(there) - before[report]
    assert all(planted[quote.start : quote.end] == quote.text for finding in there for quote in finding.quotes)


def test_a_recommendation_that_is_left_out(before: dict[str, set[tuple[str, str]]]) -> None:
    text = (WHOLE / GUARDRAILS).read_text("utf-8")
    left_out = text.replace("（四）加强变更和监理管理，对逾期标段按合同收取违约金。\n", "")
    findings = known(reviewed({GUARDRAILS: left_out.encode()})) - before[GUARDRAILS]
    assert any(code == "f450" and "三标段管理不严" in quote for code, quote in findings)
