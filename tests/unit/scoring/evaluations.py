"""Three published evaluations as indicator systems, and the short words in which the scoring tests are written."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from hengji.model.band import Band, GradePoints
from hengji.model.figure import Figure, FigureKind
from hengji.model.indicator import (
    Defect,
    ElementVerdict,
    Framework,
    Indicator,
    Judgement,
    Override,
    Verdict,
    WorkingPaper,
)
from hengji.model.money import Money
from hengji.model.profile import GradeBand, Profile, RollUp
from hengji.model.rubric import (
    AllOrNothing,
    Bands,
    Checklist,
    DefectDeductions,
    Discretionary,
    Element,
    GradedJudgement,
    MissDeductions,
    PartialCredit,
    Ratio,
    Rubric,
    Satisfaction,
    Stated,
    SurveyComposite,
    ThresholdRatio,
)

D = Decimal
NATIONAL = (GradeBand("优", D(90)), GradeBand("良", D(80)), GradeBand("中", D(60)), GradeBand("差", D(0)))
PROFILE = Profile("测试", "测试规范", "财预〔2020〕10号", bands=NATIONAL, roll_up=RollUp.ROUND_EACH)


def money(name: str, label: str, wan: str) -> Figure:
    return Figure(name, label, FigureKind.MONEY, Fraction(Money.wan(wan)), "万元")


def count(name: str, label: str, value: int, unit: str = "家") -> Figure:
    return Figure(name, label, FigureKind.COUNT, Fraction(value), unit)


def days(name: str, label: str, value: int) -> Figure:
    return Figure(name, label, FigureKind.DAYS, Fraction(value), "天")


def rate(name: str, label: str, value: Fraction, inputs: tuple[str, ...] = ()) -> Figure:
    return Figure(name, label, FigureKind.RATE, value, "%", 2, inputs=inputs)


def book(*figures: Figure) -> dict[str, Figure]:
    return {figure.id: figure for figure in figures}


def judged(pattern: str, reason: str = "现场查阅") -> Judgement:
    """Elements in short: 符 for met, 缺 for missed."""
    words = {"符": Verdict.MET, "缺": Verdict.MISSED}
    return Judgement("评价组", elements=tuple(ElementVerdict(words[mark], reason) for mark in pattern))


def graded(name: str) -> Judgement:
    return Judgement("评价组", "查阅资料并访谈", grade=name)


def chosen(points: str) -> Judgement:
    return Judgement("评价组", "查阅资料并访谈", score=D(points))


def found(*defects: str) -> Judgement:
    return Judgement("评价组", defects=tuple(Defect(text) for text in defects))


def node(name: str, weight: str, *children: Indicator) -> Indicator:
    return Indicator(name, name, D(weight), children=children)


def leaf(name: str, weight: str, rubric: Rubric) -> Indicator:
    return Indicator(name, name, D(weight), rubric=rubric, criteria=f"{name}的评分标准")


def checklist(*points: str) -> Checklist:
    return Checklist(tuple(Element(f"要素{number}", D(each)) for number, each in enumerate(points, 1)))


def grades(**points: str) -> GradedJudgement:
    return GradedJudgement(tuple(GradePoints(name, D(each)) for name, each in points.items()))


def paper(indicator: str, judgement: Judgement | None, override: Override | None = None) -> WorkingPaper:
    return WorkingPaper(indicator, "A1", judgement=judgement, override=override)


def papers(
    judgements: Mapping[str, Judgement], overrides: Mapping[str, Override] | None = None
) -> dict[str, WorkingPaper]:
    decided = overrides or {}
    names = dict.fromkeys((*judgements, *decided))
    return {name: paper(name, judgements.get(name), decided.get(name)) for name in names}


ARRIVAL_BANDS = (
    Band(D(4), "100%", None),
    Band(D(3), "90%", "100%"),
    Band(D(2), "80%", "90%"),
    Band(D(0), None, "80%"),
)


def weiyang() -> Framework:
    """未央区: four levels, every standard as printed."""
    one = AllOrNothing(("按要求办理",))
    return Framework(
        (
            node(
                "决策",
                "20",
                node(
                    "项目立项",
                    "16",
                    node("项目立项规范", "6", leaf("项目立项规范性", "6", checklist("3", "3"))),
                    node(
                        "绩效目标管理",
                        "10",
                        leaf("绩效目标合规性", "5", checklist("1.5", "1.5", "1", "1")),
                        leaf("绩效指标明确性", "5", checklist("2", "2", "1")),
                    ),
                ),
                node("资金落实", "4", node("资金落实项", "4", leaf("资金到位率", "4", Bands("到位率", ARRIVAL_BANDS)))),
            ),
            node(
                "过程",
                "20",
                node(
                    "业务管理",
                    "10",
                    node(
                        "制度管理", "8", leaf("管理制度建设", "4", one), leaf("制度有效执行", "4", checklist("2", "2"))
                    ),
                    node("目标完成", "2", leaf("目标完成情况", "2", one)),
                ),
                node(
                    "财务管理",
                    "10",
                    node("财务制度", "4", leaf("财务制度健全性", "4", checklist("2", "2"))),
                    node(
                        "资金管理",
                        "6",
                        leaf("资金使用合规性", "3", checklist("2")),
                        leaf("资金使用率", "3", ThresholdRatio("使用率", "95%")),
                    ),
                ),
            ),
            node(
                "产出",
                "30",
                node(
                    "项目效果",
                    "30",
                    node("数量指标", "8", leaf("补助机构完成数", "8", Ratio("实际家数", "计划家数"))),
                    node("时效指标", "8", leaf("资金发放及时性", "8", one)),
                    node(
                        "质量指标",
                        "14",
                        leaf("档案资料完整性", "7", one),
                        leaf("补助资金与政策标准匹配性", "7", one),
                    ),
                ),
            ),
            node(
                "效益",
                "30",
                node(
                    "项目效益",
                    "20",
                    node(
                        "社会效益",
                        "10",
                        leaf("社会促进方面", "5", Discretionary()),
                        leaf("促进规模化连锁化", "5", Discretionary()),
                    ),
                    node("可持续影响", "10", leaf("满足多样化养老需求", "10", Discretionary())),
                ),
                node("满意度", "10", node("满意度指标", "10", leaf("服务对象满意度", "10", Discretionary()))),
            ),
        )
    )


WEIYANG_FIGURES = book(
    rate("到位率", "资金到位率", Fraction(1)),
    money("支出", "实际支出", "294.33"),
    money("预算", "预算", "295.43"),
    rate("使用率", "资金使用率", Fraction(29433, 29543), ("支出", "预算")),
    count("实际家数", "实际补贴单位", 35),
    count("计划家数", "计划补贴单位", 36),
)


def weiyang_papers() -> dict[str, WorkingPaper]:
    met = {"项目立项规范性": "符符", "绩效目标合规性": "符符符符", "绩效指标明确性": "缺缺符", "管理制度建设": "符"}
    met |= {"制度有效执行": "符符", "目标完成情况": "符", "财务制度健全性": "符符", "资金使用合规性": "符"}
    met |= {"资金发放及时性": "缺", "档案资料完整性": "缺", "补助资金与政策标准匹配性": "符"}
    free = {"社会促进方面": "5", "促进规模化连锁化": "5", "满足多样化养老需求": "10", "服务对象满意度": "10"}
    judgements = {name: judged(pattern) for name, pattern in met.items()}
    judgements |= {name: chosen(points) for name, points in free.items()}
    awards = {"补助机构完成数": "8", "资金发放及时性": "4", "档案资料完整性": "3.5", "资金使用合规性": "3"}
    overrides = {name: Override(D(points), "公布的报告如此评定", "评价组组长") for name, points in awards.items()}
    return papers(judgements, overrides)


def boshan() -> Framework:
    """博山区: three levels, 23 indicators."""
    two = MissDeductions(("要点一", "要点二"), D(1))
    each = DefectDeductions(D(1))
    paid = grades(符合="6", 良好="5", 一般="3", 不符合="0")
    effect = grades(优秀="10", 良好="7", 一般="4", 无="0")
    full4, full2 = grades(有效="4", 一般="2", 差="0"), grades(完备="2", 一般="1", 差="0")
    return Framework(
        (
            node(
                "决策",
                "12",
                node("项目立项", "4", leaf("立项依据充分性", "2", two), leaf("立项程序规范性", "2", two)),
                node("绩效目标", "4", leaf("绩效目标合理性", "2", two), leaf("绩效指标明确性", "2", two)),
                node("资金投入", "4", leaf("预算编制科学性", "4", PartialCredit(("内容匹配", "依据充分"), D(2)))),
            ),
            node(
                "过程",
                "28",
                node(
                    "资金管理",
                    "4",
                    leaf("预算执行率", "2", Ratio("执行率")),
                    leaf("资金使用合规性", "2", AllOrNothing(("制度", "审批", "用途", "无挪用"))),
                ),
                node(
                    "组织实施",
                    "24",
                    leaf("组织保障健全性", "2", full2),
                    leaf("政策宣传有效性", "4", full4),
                    leaf("申请过程规范性", "4", full4),
                    leaf("资格认定有效性", "4", each),
                    leaf("分类审批规范性", "4", each),
                    leaf("发放流程规范性", "4", each),
                    leaf("档案管理完善性", "2", full2),
                ),
            ),
            node(
                "产出",
                "30",
                node(
                    "项目产出",
                    "30",
                    leaf("适老化改造", "6", paid),
                    leaf("2020年运营补助", "6", paid),
                    leaf("2021年运营奖补", "6", paid),
                    leaf("农村幸福院", "6", paid),
                    leaf("一次性建设补助", "6", paid),
                ),
            ),
            node(
                "效益",
                "30",
                node("项目效益", "20", leaf("社会效益", "10", effect), leaf("可持续影响", "10", effect)),
                node(
                    "满意度",
                    "10",
                    leaf("养老机构满意度", "5", SurveyComposite("机构")),
                    leaf("老人满意度", "5", Satisfaction("问卷.老人.综合满意率")),
                ),
            ),
        )
    )


BOSHAN_FIGURES = book(
    money("拨付", "实际拨付", "251.28"),
    money("到位", "到位资金", "294.2"),
    rate("执行率", "预算执行率", Fraction(25128, 29420), ("拨付", "到位")),
    rate("问卷.机构.综合满意率", "养老机构满意率", Fraction(19, 28)),
    rate("问卷.老人.综合满意率", "老人满意率", Fraction(655, 700)),
)


def boshan_papers() -> dict[str, WorkingPaper]:
    met = {"立项依据充分性": "符符", "立项程序规范性": "符符", "绩效目标合理性": "缺符", "绩效指标明确性": "缺符"}
    met |= {"预算编制科学性": "符符", "资金使用合规性": "符符符符"}
    named = {"组织保障健全性": "完备", "政策宣传有效性": "一般", "申请过程规范性": "有效", "档案管理完善性": "完备"}
    named |= {"适老化改造": "一般", "2020年运营补助": "良好", "2021年运营奖补": "符合", "农村幸福院": "符合"}
    named |= {"一次性建设补助": "良好", "社会效益": "优秀", "可持续影响": "优秀"}
    judgements = {name: judged(pattern) for name, pattern in met.items()}
    judgements |= {name: graded(grade) for name, grade in named.items()}
    judgements["资格认定有效性"] = found("同一老人重复列入名单", "41人中1人等级认定有误")
    judgements["分类审批规范性"] = found("区级审核超过规定时限")
    judgements["发放流程规范性"] = found()
    return papers(judgements)


def yangquan() -> Framework:
    """阳泉市: only level-1 scores are known."""
    known = (
        ("政策制定", "20", "18.50"),
        ("政策执行", "30", "24.92"),
        ("政策效果", "40", "34.97"),
        ("满意度", "10", "8.00"),
    )
    return Framework(tuple(leaf(name, weight, Stated(D(got), "评价报告表2")) for name, weight, got in known))
