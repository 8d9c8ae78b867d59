"""A rich document for the tests of all writers: every kind of block, and tables of every shape that reports have.

The programme is invented; its amounts add up.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from hengji.model.cell_state import CellState
from hengji.model.document import (
    AnnexStart,
    Block,
    Cell,
    Chart,
    ChartKind,
    Contents,
    Cover,
    Document,
    Emphasis,
    Heading,
    Inline,
    Items,
    Orientation,
    Paragraph,
    ParagraphStyle,
    RatioOf,
    Ref,
    Row,
    RowKind,
    Series,
    SumOf,
    Table,
    Text,
)
from hengji.model.figure import Figure, FigureKind, Source, SourceKind, display, number, plain
from hengji.model.money import Money

TITLE = "清河县2021年度养老机构补助项目绩效评价报告"
TIERS = ("省级", "市级", "县级")
PROGRAMMES = ("机构运营补助", "一次性建设补助", "农村幸福院运营奖补", "居家适老化改造")
BUDGET = {
    "机构运营补助": 3_120_000,
    "一次性建设补助": 1_850_000,
    "农村幸福院运营奖补": 372_000,
    "居家适老化改造": 340_000,
}
ARRIVED = {
    "机构运营补助": (654_000, 111_000, 840_000),
    "一次性建设补助": (486_000, 216_000, 108_000),
    "农村幸福院运营奖补": (24_000, 2_000, 0),
    "居家适老化改造": (0, 0, 108_000),
}
PAID = {
    "机构运营补助": (654_000, 111_000, 572_000),
    "一次性建设补助": (486_000, 216_000, 0),
    "农村幸福院运营奖补": (24_000, 2_000, 0),
    "居家适老化改造": (0, 0, 108_000),
}


def document() -> Document:
    """The whole sample, figures and all."""
    return Document(
        title=TITLE,
        blocks=(*_front(), *_background(), *_money(), *_scores(), *_survey(), *_annexes()),
        figures=figures(),
        subject="财政支出绩效评价",
        author="清河县绩效评价工作组",
    )


def figures() -> dict[str, Figure]:
    """Budgets, arrivals and payments by programme and tier, their totals and rates, and two of a survey."""
    made = dict(_amounts("年初预算", {name: (amount,) for name, amount in BUDGET.items()}, ("",)))
    made |= _amounts("到位", ARRIVED, TIERS)
    made |= _amounts("拨付", PAID, TIERS)
    for rate, above, below in (("到位率", "到位", "年初预算"), ("预算执行率", "拨付", "到位")):
        value = Fraction(made[f"资金.{above}"].value, made[f"资金.{below}"].value)  # type: ignore[arg-type]
        inputs = (f"资金.{above}", f"资金.{below}")
        made[f"资金.{rate}"] = Figure(f"资金.{rate}", rate, FigureKind.RATE, value, "%", 2, f"{above}÷{below}", inputs)
    counted = Source(SourceKind.SURVEY, "入住老人问卷 84 份", "surveys/elderly.csv", 2)
    made["问卷.入住老人.综合满意率"] = Figure(
        "问卷.入住老人.综合满意率", "入住老人综合满意率", FigureKind.RATE, Fraction(9357, 10000), "%", 2,
        "各题得分之和÷满分", (), (counted,),
    )  # fmt: skip
    made["时限.幸福院审批.用时"] = Figure(
        "时限.幸福院审批.用时", "农村幸福院奖补审批用时", FigureKind.DAYS, Fraction(19), "个工作日", 0, "受理次日起数工作日",
        (), (Source(SourceKind.CALENDAR, "2021年工作日历"),),
    )  # fmt: skip
    return made


def _amounts(stage: str, amounts: dict[str, tuple[int, ...]], tiers: tuple[str, ...]) -> dict[str, Figure]:
    made: dict[str, Figure] = {}
    for line, (programme, by_tier) in enumerate(amounts.items(), start=2):
        source = Source(SourceKind.LEDGER, f"{programme}{stage}", "funds.csv", line)
        parts = {f"资金.{stage}.{programme}" + (f".{tier}" if tier else ""): Money.yuan(yuan)
                 for tier, yuan in zip(tiers, by_tier, strict=True)}  # fmt: skip
        for name, money in parts.items():
            made[name] = _money_figure(name, money, sources=(source,))
        if tiers != ("",):
            whole = f"资金.{stage}.{programme}"
            made[whole] = _money_figure(whole, Money(sum(parts.values())), tuple(parts))
    wholes = tuple(f"资金.{stage}.{programme}" for programme in amounts)
    total = Money(sum(made[name].value for name in wholes))  # type: ignore[misc]
    made[f"资金.{stage}"] = _money_figure(f"资金.{stage}", total, wholes)
    return made


def _money_figure(name: str, money: Money, inputs: tuple[str, ...] = (), sources: tuple[Source, ...] = ()) -> Figure:
    label = name.removeprefix("资金.").replace(".", "·")
    return Figure(
        name, label, FigureKind.MONEY, Fraction(money), "万元", 2, "各项相加" if inputs else "", inputs, sources
    )


_FIGURES = figures()


def ref(name: str, unit: str = "", emphasis: Emphasis = Emphasis.PLAIN) -> Ref:
    """A figure in a sentence, with its unit."""
    return Ref(name, display(_FIGURES[name], unit), emphasis)


def cell(content: str | Decimal | Ref, *, columns: int = 1, rows: int = 1) -> Cell:
    """A cell of words, of a plain number or of a figure printed without its unit."""
    if isinstance(content, Decimal):
        return Cell((Text(f"{content:,}"),), columns, rows, number=content)
    if isinstance(content, Ref):
        figure = _FIGURES[content.figure]
        return Cell((Ref(figure.id, plain(figure)),), columns, rows, number=number(figure))
    return Cell((Text(content),) if content else (), columns, rows)


def _paragraph(*pieces: str | Inline, style: ParagraphStyle = ParagraphStyle.BODY) -> Paragraph:
    return Paragraph(tuple(Text(piece) if isinstance(piece, str) else piece for piece in pieces), style)


def _front() -> Iterable[Block]:
    yield Cover(
        ("清河县2021年度养老机构补助项目", "绩效评价报告"),
        (
            ("委托单位", "清河县财政局"),
            ("主管部门", "清河县民政局"),
            ("评价机构", "清河县绩效评价工作组"),
            ("项目实施单位", "各镇人民政府、街道办事处"),
        ),
        "2022年5月",
        "清河县2022年财政重点绩效评价项目",
    )
    yield Contents(depth=2)
    yield Heading(1, "摘　要", "summary")
    yield _paragraph(
        "2021年项目年初预算", ref("资金.年初预算"), "，年内到位", ref("资金.到位"), "，到位率", ref("资金.到位率"),
        "；截至年末已拨付到养老机构", ref("资金.拨付"), "，预算执行率", ref("资金.预算执行率", emphasis=Emphasis.STRONG),
        "。评价得分85.78分，等级为“良”。",
    )  # fmt: skip


def _background() -> Iterable[Block]:
    yield Heading(1, "一、项目基本情况", "basic")
    yield Heading(2, "（一）立项背景与政策依据", "background")
    yield _paragraph(
        "清河县60周岁及以上常住老年人口占比已超过五分之一，失能、半失能老人的照护需求逐年上升。县民政局依据财预〔2020〕10号"
        "《项目支出绩效评价管理办法》和上级养老服务补助文件，设立养老机构补助项目，对符合条件的机构给予运营、建设和改造补助。"
    )
    yield Heading(3, "1. 补助对象", "recipients")
    yield _paragraph("依法登记备案、运营满一年、入住老人满意率不低于90%的养老机构和农村幸福院。")
    yield Heading(4, "（1）不予补助的情形", "exclusions")
    yield Items(
        (
            (Text("①近一年内发生责任事故的；"),),
            (Text("②提供虚假入住名册的——经核实后追回已拨资金；"),),
            (Text("③审批用时超过规定期限（本年最长为"), ref("时限.幸福院审批.用时"), Text("）仍未补正材料的。")),
        )
    )
    yield Heading(2, "（二）项目实施情况", "implementation")
    yield _paragraph("说明", style=ParagraphStyle.LEAD)
    for _ in range(3):
        yield _paragraph(
            "各镇（街道）按季汇总入住名册，民政部门会同第三方对老人能力等级逐一复核，复核结果公示5个工作日后报县财政局。"
            "资金由县级国库直接拨付到镇（街道），再由镇（街道）在收到指标文件后3个月内支付到机构账户。"
        )


def _money() -> Iterable[Block]:
    yield Heading(2, "（三）资金投入和使用情况", "funds")
    yield _paragraph("各级资金的预算、到位和拨付情况见下表。")
    yield funds_table()
    yield _paragraph("从层级看，未拨付资金集中在县级；从子项目看，集中在机构运营补助和一次性建设补助。")
    yield Chart(
        "funds-chart", "各子项目资金到位与拨付情况", ChartKind.COLUMNS, PROGRAMMES,
        tuple(
            Series(stage, tuple(number(_FIGURES[f"资金.{stage}.{name}"]) for name in PROGRAMMES),
                   tuple(f"资金.{stage}.{name}" for name in PROGRAMMES))
            for stage in ("年初预算", "到位", "拨付")
        ),
        "万元",
    )  # fmt: skip
    yield Chart(
        "tiers-chart", "各子项目到位资金的层级构成", ChartKind.STACKED_COLUMNS, PROGRAMMES,
        tuple(
            Series(tier, tuple(number(_FIGURES[f"资金.到位.{name}.{tier}"]) for name in PROGRAMMES))
            for tier in TIERS
        ),
        "万元", "注：数据来自资金台账。",
    )  # fmt: skip
    yield long_table()


def funds_table() -> Table:
    """Landscape, a header of three levels, figures in its cells, a total."""
    stages = ("到位", "拨付")
    top = Row((
        cell("子项目", rows=3), cell("年初预算", rows=3), cell("资金到位与拨付", columns=8), cell("执行率（%）", rows=3),
    ))  # fmt: skip
    middle = Row((cell("到位资金", columns=4), cell("已拨付资金", columns=4)))
    low = Row(tuple(cell(name) for _ in stages for name in (*TIERS, "小计")))
    body = [_funds_row(name, f".{name}") for name in PROGRAMMES]
    everything = tuple(range(len(PROGRAMMES)))
    total = Row(
        (
            cell("合计"),
            Cell(_bare("资金.年初预算"), number=number(_FIGURES["资金.年初预算"]), calculation=SumOf(everything)),
            *(_sum_cell(stage, tier, everything) for stage in stages for tier in (*TIERS, "")),
            Cell((ref("资金.预算执行率"),), number=number(_FIGURES["资金.预算执行率"]), calculation=RatioOf(9, 5)),
        ),
        RowKind.TOTAL,
    )
    return Table(
        "funds", "项目资金预算、到位及拨付情况表", (top, middle, low), (*body, total), (20, 11, *([9] * 8), 9),
        "万元", "注：到位以指标文件下达为准，拨付以国库支付凭证为准；“—”表示该层级不承担。", Orientation.LANDSCAPE,
    )  # fmt: skip


def _bare(name: str) -> tuple[Inline, ...]:
    return (Ref(name, plain(_FIGURES[name])),)


def _funds_row(name: str, suffix: str) -> Row:
    amounts = [
        cell(ref(f"资金.{stage}{suffix}" + (f".{tier}" if tier else "")))
        if not tier or (ARRIVED[name][TIERS.index(tier)])
        else Cell(state=CellState.EMPTY)
        for stage in ("到位", "拨付")
        for tier in (*TIERS, "")
    ]
    paid, arrived = sum(PAID[name]), sum(ARRIVED[name])
    rate = (Decimal(paid) * 100 / arrived).quantize(Decimal("0.01"))
    return Row((cell(name), cell(ref(f"资金.年初预算{suffix}")), *amounts, cell(rate)))


def _sum_cell(stage: str, tier: str, rows: tuple[int, ...]) -> Cell:
    amounts = {"到位": ARRIVED, "拨付": PAID}[stage]
    if not tier:
        return Cell(_bare(f"资金.{stage}"), number=number(_FIGURES[f"资金.{stage}"]), calculation=SumOf(rows))
    wan = Decimal(sum(by_tier[TIERS.index(tier)] for by_tier in amounts.values())) / 10_000
    wan = wan.quantize(Decimal("0.01"))
    return Cell((Text(f"{wan:,}"),), number=wan, calculation=SumOf(rows))


def long_table() -> Table:
    """A roster that runs over two pages, with a subtotal for each town and a total."""
    head = Row(tuple(map(cell, ("序号", "镇（街道）", "机构", "护理型床位", "补助月数", "补助金额", "备注"))))
    rows: list[Row] = []
    subtotals: list[int] = []
    for town in range(1, 5):
        begin = len(rows)
        for home in range(1, 16):
            beds = 12 + (town * 7 + home * 5) % 40
            amount = Decimal(beds * 120 * 12).quantize(Decimal("0.01"))
            remark = Cell(state=CellState.NOT_APPLICABLE) if home % 3 else cell("年中迁址，按实际运营月数核定")
            rows.append(
                Row((
                    cell(str((town - 1) * 15 + home)), cell(f"第{town}镇"), cell(f"第{town}镇第{home}敬老院"), cell(Decimal(beds)),
                    cell(Decimal(12)), cell(amount), remark,
                ))
            )  # fmt: skip
        subtotals.append(len(rows))
        rows.append(_subtotal(f"第{town}镇小计", RowKind.SUBTOTAL, rows[begin:], tuple(range(begin, len(rows)))))
    rows.append(_subtotal("合计", RowKind.TOTAL, [rows[at] for at in subtotals], tuple(subtotals)))
    return Table("roster", "机构运营补助发放明细表", (head,), tuple(rows), (6, 11, 22, 12, 10, 16, 23), "元")


def _subtotal(name: str, kind: RowKind, rows: list[Row], places: tuple[int, ...]) -> Row:
    def added(at_end: int) -> Cell:
        total = sum((row.cells[at_end].number or Decimal() for row in rows), Decimal())
        return Cell((Text(f"{total:,}"),), number=total, calculation=SumOf(places))

    return Row(
        (
            cell(name, columns=3),
            added(-4),
            Cell(state=CellState.NOT_APPLICABLE),
            added(-2),
            Cell(state=CellState.EMPTY),
        ),
        kind,
    )


_SCORES: dict[str, dict[str, tuple[tuple[str, str, str], ...]]] = {
    "决策": {
        "项目立项": (("立项依据充分性", "3", "3"), ("立项程序规范性", "3", "3")),
        "绩效目标": (("绩效目标合理性", "3", "2"), ("绩效指标明确性", "3", "2")),
    },
    "过程": {
        "资金管理": (("资金到位率", "4", "2.21"), ("预算执行率", "5", "5"), ("资金使用合规性", "5", "5")),
        "组织实施": (("管理制度健全性", "5", "5"), ("制度执行有效性", "9", "5.5")),
    },
    "产出": {"产出数量": (("补助机构数量达标率", "15", "15"),), "产出时效": (("补助资金发放及时率", "15", "10"),)},
    "效益": {"社会效益": (("护理型床位增长率", "15", "15"),), "满意度": (("入住老人满意率", "15", "13.07"),)},
}


def _scores() -> Iterable[Block]:
    yield Heading(1, "二、综合评价情况及评价结论", "conclusion")
    yield _paragraph("依据评价指标体系逐项核定得分，结果见下表。")
    yield score_table()
    yield _paragraph("（以下无正文）", style=ParagraphStyle.CENTRED)
    yield _paragraph("清河县绩效评价工作组", style=ParagraphStyle.SIGNATURE)
    yield _paragraph("2022年5月20日", style=ParagraphStyle.SIGNATURE)
    leaves = [leaf for second in _SCORES.values() for thirds in second.values() for leaf in thirds]
    yield Chart(
        "score-chart", "各三级指标得分与分值对照", ChartKind.BARS, tuple(name for name, _, _ in leaves),
        (
            Series("分值", tuple(Decimal(weight) for _, weight, _ in leaves)),
            Series("得分", tuple(Decimal(score) for _, _, score in leaves)),
        ),
        "分",
    )  # fmt: skip


def score_table() -> Table:
    """First columns merged downwards, a total merged across."""
    head = Row(tuple(map(cell, ("一级指标", "二级指标", "三级指标", "分值", "得分", "得分率"))))
    rows: list[Row] = []
    for first, seconds in _SCORES.items():
        open_first = [cell(first, rows=sum(map(len, seconds.values())))]
        for second, thirds in seconds.items():
            open_second = [cell(second, rows=len(thirds))]
            for name, weight, score in thirds:
                rate = (Decimal(score) * 100 / Decimal(weight)).quantize(Decimal("0.01"))
                rows.append(
                    Row((
                        *open_first, *open_second, cell(name), cell(Decimal(weight)), cell(Decimal(score)),
                        Cell((Text(f"{rate}%"),), number=rate),
                    ))
                )  # fmt: skip
                open_first, open_second = [], []
    places = tuple(range(len(rows)))
    total = Row(
        (
            cell("合计", columns=3),
            Cell((Text("100"),), number=Decimal(100), calculation=SumOf(places)),
            Cell((Text("85.78"),), number=Decimal("85.78"), calculation=SumOf(places)),
            Cell((Text("85.78%"),), number=Decimal("85.78"), calculation=RatioOf(4, 3)),
        ),
        RowKind.TOTAL,
    )
    return Table("scores", "绩效评价得分情况表", (head,), (*rows, total), (12, 14, 28, 10, 10, 12), "分")


def _survey() -> Iterable[Block]:
    yield Heading(2, "（一）满意度调查", "survey")
    yield _paragraph("共发放入住老人问卷84份，综合满意率为", ref("问卷.入住老人.综合满意率"), "。各题选项分布见下图。")
    yield Chart(
        "survey-chart", "入住老人问卷各题选项分布", ChartKind.STACKED_BARS,
        ("对居住环境是否满意", "对膳食安排是否满意", "对护理服务是否满意", "对收费透明度是否满意", "对补助政策是否了解"),
        (
            Series("满意", tuple(map(Decimal, (78, 70, 76, 66, 31)))),
            Series("基本满意", tuple(map(Decimal, (5, 11, 7, 14, 29)))),
            Series("不满意", tuple(map(Decimal, (1, 3, 1, 4, 24)))),
        ),
        "份", "注：有效问卷84份。",
    )  # fmt: skip


def _annexes() -> Iterable[Block]:
    yield AnnexStart("附件1", "绩效评价工作底稿", "annex-1")
    yield working_paper()
    yield AnnexStart("附件2", "问题整改清单", "annex-2")
    yield Table(
        "rectification", "", (Row(tuple(map(cell, ("序号", "问题", "责任单位", "整改措施", "整改期限")))),),
        (
            Row((cell("1"), cell("部分镇（街道）未在3个月内将补助资金支付到机构"), cell("各镇（街道）财政所"),
                 cell("建立拨付台账，按月通报"), cell("2022年9月30日"))),
            Row((cell("2"), cell("个别子项目审批用时超过规定期限"), cell("县民政局"), cell("实行受理登记和超期预警"),
                 cell("2022年12月31日"))),
        ),
        (6, 30, 18, 26, 16),
    )  # fmt: skip


def working_paper() -> Table:
    """A form without a caption: labels, merged values, long text."""
    analysis = (
        "核对国库支付凭证与机构收款回单，县级资金中有37.60万元截至年末仍滞留在镇（街道）账户，"
        "拨付用时超过文件规定的3个月。\n按评分标准，及时拨付比例每低5个百分点扣1分，扣完为止。"
    ) * 3
    return Table(
        "paper", "", (Row((cell("绩效评价工作底稿", columns=4),)),),
        (
            Row((cell("三级指标"), cell("补助资金发放及时率"), cell("索引号"), cell("C2-1"))),
            Row((cell("分值"), cell(Decimal(15)), cell("得分"), cell(Decimal(10)))),
            Row((cell("评价依据"), cell("指标下达文件、国库支付凭证、机构收款回单", columns=3))),
            Row((cell("评分过程"), cell(analysis, columns=3))),
            Row((cell("佐证材料", rows=2), cell("E03 国库集中支付凭证汇总"), cell("取得方式", rows=2), cell("县财政局提供"))),
            Row((cell("E07 镇（街道）拨付台账"), cell("现场核查"))),
        ),
        (14, 40, 14, 24),
    )  # fmt: skip
