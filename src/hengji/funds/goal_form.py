"""What the goal form says in figures: how each line was worked out, and what the lines add up to."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hengji.model.figure import Figure, FigureKind, Source, SourceKind
from hengji.model.money import Money
from hengji.model.target import BudgetLine, GoalForm

FILE = "targets.yaml"


def goal_figures(form: GoalForm | None) -> dict[str, Figure]:
    """目标.申报预算, 目标.预算合计, and per line 目标.<名称>.数量 / 标准 / 金额 / 测算."""
    if form is None:
        return {}
    figures = {figure.id: figure for line in form.lines for figure in _line(line)}
    declared = _figure("目标.申报预算", "申报预算", form.budget, "绩效目标申报表载明")
    names = tuple(f"目标.{line.name}.金额" for line in form.lines)
    total = Money(sum(line.amount for line in form.lines))
    summed = Figure(
        "目标.预算合计",
        "测算明细合计",
        FigureKind.MONEY,
        Fraction(total),
        "万元",
        formula="各测算明细金额之和",
        inputs=names,
    )
    stages = {figure.id: figure for figure in _stages(form)}
    return figures | {declared.id: declared, summed.id: summed} | stages


def rate_of(line: BudgetLine) -> Money:
    """What one unit costs: the rate given, or the sum over the tiers."""
    return line.unit_rate if line.unit_rate is not None else Money(sum(tier.rate for tier in line.tiers))


def _line(line: BudgetLine) -> Iterator[Figure]:
    key = f"目标.{line.name}"
    rate = rate_of(line)
    source = (Source(SourceKind.EVIDENCE, f"绩效目标申报表：{line.name}，{line.basis}".rstrip("，"), FILE),)
    yield Figure(
        f"{key}.数量", f"{line.name}数量", FigureKind.COUNT, Fraction(line.quantity), line.unit, sources=source
    )
    yield Figure(f"{key}.标准", f"{line.name}单位标准", FigureKind.MONEY, Fraction(rate), "元", sources=source)
    yield _figure(f"{key}.金额", f"{line.name}申报金额", line.amount, f"绩效目标申报表：{line.name}")
    worked = Fraction(rate) * Fraction(line.quantity) * Fraction(line.share)
    formula = f"{line.name}单位标准×数量" + ("" if line.share == 1 else f"×财政负担比例{line.share}")
    inputs = (f"{key}.标准", f"{key}.数量")
    yield Figure(
        f"{key}.测算", f"{line.name}测算金额", FigureKind.MONEY, worked, "万元", formula=formula, inputs=inputs
    )


def _stages(form: GoalForm) -> Iterator[Figure]:
    for row in form.funds:
        key = f"目标.{row.step}"
        yield _figure(f"{key}.合计", f"{row.step}合计", row.total, f"{row.stage}·{row.step}")
        yield _figure(f"{key}.本级", f"{row.step}本级安排资金", row.own, f"{row.stage}·{row.step}")
        yield _figure(f"{key}.上级", f"{row.step}上级安排资金", row.upper, f"{row.stage}·{row.step}")


def _figure(key: str, label: str, amount: Money, text: str) -> Figure:
    source = Source(SourceKind.EVIDENCE, text, FILE)
    return Figure(key, label, FigureKind.MONEY, Fraction(amount), "万元", sources=(source,))
