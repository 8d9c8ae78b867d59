"""绩效评价工作开展情况: the indicator system, who did the work, and when."""

from __future__ import annotations

from datetime import date

from hengji.model.document import Align, Block, Cell, Row, RowKind, SumOf, Table
from hengji.model.figure import chinese_date
from hengji.reports.chapters.parts import Report, header, joined, words
from hengji.reports.prose import EMPTY


def framework(report: Report) -> tuple[Block, ...]:
    """The two upper levels with their weights, and how the weights were found."""
    tree = report.evaluation.dossier.framework
    text = f"指标权重采用{tree.weight_method.value}确定。" + tree.weight_basis
    if not any(node.children for node in tree.indicators):
        rows = [
            Row((words(n.name, align=Align.LEFT), report.scope.cell(f"分值.{n.id}", "分"))) for n in tree.indicators
        ]
        head = header("一级指标", "分值")
        return (report.sentence(text), Table("指标体系表", "评价指标体系", (head,), tuple(rows), (30, 10), unit="分"))
    return (report.sentence(text), _two_levels(report))


def _two_levels(report: Report) -> Table:
    tree = report.evaluation.dossier.framework
    rows: list[Row] = []
    for node in tree.indicators:
        weight = report.scope.cell(f"分值.{node.id}", "分")
        children = node.children or (node,)
        for index, child in enumerate(children):
            own = () if child is node else (report.scope.cell(f"分值.{child.id}", "分"),)
            count = len(child.children)
            below = f"{count}项" if count else "—"
            cells = (
                words(child.name, columns=1 if own else 2, align=Align.LEFT),
                *own,
                words(below, align=Align.CENTRE),
            )
            if index == 0:
                span = len(children)
                first = (
                    words(node.name, rows=span, align=Align.CENTRE),
                    Cell(weight.inlines, rows=span, align=Align.CENTRE),
                )
                cells = (*first, *cells)
            rows.append(Row(cells))
    head = header("一级指标", "分值", "二级指标", "分值", "下级指标")
    return Table("指标体系表", "评价指标体系", (head,), tuple(rows), (12, 6, 20, 6, 8), unit="分")


def team(report: Report) -> tuple[Block, ...]:
    """The team by role and the stages with their dates."""
    head = report.evaluation.dossier.head
    blocks: list[Block] = []
    if head.team:
        rows = tuple(
            Row((words(m.role, align=Align.CENTRE), words(m.duty, align=Align.LEFT), words(m.qualification)))
            for m in head.team
        )
        blocks.append(Table("评价组", "评价工作组", (header("角色", "职责", "专业资格"),), rows, (12, 28, 12)))
    if head.stages:
        rows = tuple(
            Row((words(s.name, align=Align.LEFT), words(_between(s.start, s.end)), words(s.work, align=Align.LEFT)))
            for s in head.stages
        )
        blocks.append(Table("工作进度", "评价工作进度", (header("阶段", "时间", "主要工作"),), rows, (14, 23, 38)))
    return tuple(blocks)


def _between(start: str, end: str) -> str:
    """2022年4月16日至4月17日: the year is said once; words that are no dates stay."""
    first, last = _day(start), _day(end)
    if not (first and last):
        return f"{start}至{end}" if end and end != start else start
    if first == last:
        return chinese_date(first)
    shared = f"{last.year}年" if first.year == last.year else ""
    return f"{chinese_date(first)}至{chinese_date(last).removeprefix(shared)}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def goals(report: Report) -> tuple[Block, ...]:
    """The goals as declared, and the indicators of the goal form."""
    form = report.evaluation.dossier.goal_form
    if form is None:
        return ()
    same = "长期目标与年度目标相同：" if form.goal_long_term == form.goal_annual else "年度目标："
    text = f"据{form.year}年度绩效目标申报表，{same}{form.goal_annual}"
    rows = tuple(
        Row(
            (
                words(item.level1, align=Align.CENTRE),
                words(item.level3, align=Align.LEFT),
                words(item.name, align=Align.LEFT),
                words(f"{item.operator}{item.value}" if item.operator not in ("", "定性") else item.value),
                words(item.unit),
            )
        )
        for item in form.indicators
    )
    head = header("一级指标", "三级指标", "指标内容", "指标值", "标准件")
    return (report.sentence(text), Table("绩效目标表", "绩效目标与指标", (head,), rows, (8, 14, 22, 10, 8)))


def goal_form(report: Report) -> tuple[Block, ...]:
    """The declaration form: head, how the budget was worked out, stages by source."""
    form = report.evaluation.dossier.goal_form
    if form is None:
        return ()
    pairs = [
        ("项目名称", form.project),
        ("项目编号", form.code),
        ("单位", form.unit),
        ("归口处室", form.office),
        ("项目属性", form.attribute),
        ("项目类别", form.category),
        ("功能科目", form.function_code),
        ("起止时间", _between(form.start, form.end)),
        ("立项依据", joined(form.basis)),
        ("长期目标", form.goal_long_term),
        ("年度目标", form.goal_annual),
        *(form.flags or {}).items(),
    ]
    rows = tuple(
        Row((words(name, align=Align.CENTRE), words(value, align=Align.LEFT))) for name, value in pairs if value
    )
    return (Table("申报表", "绩效目标申报表", (), rows, (12, 44)), *_lines(report), *goals(report)[1:])


def _lines(report: Report) -> tuple[Block, ...]:
    form = report.evaluation.dossier.goal_form
    if form is None or not form.lines:
        return ()
    scope = report.scope
    rows = [
        Row(
            (
                words(line.name, align=Align.LEFT),
                scope.quantity(f"目标.{line.name}.数量"),
                scope.cell(f"目标.{line.name}.标准", "元") if line.unit_rate else EMPTY,
                scope.cell(f"目标.{line.name}.金额", "万元"),
            )
        )
        for line in form.lines
    ]
    total = scope.cell("目标.预算合计", "万元")
    summed = Cell(total.inlines, align=Align.RIGHT, number=total.number, calculation=SumOf(tuple(range(len(rows)))))
    rows.append(Row((words("合计", columns=3), summed), RowKind.TOTAL))
    head = header("测算项目", "数量", "单位标准（元）", "金额（万元）")
    return (Table("测算表", "预算测算明细", (head,), tuple(rows), (22, 10, 12, 12)),)
