"""The sheets that show lists of a dossier as they are: 项目信息, 评价组, 工作阶段, 截止日, 子项目, 问题, 建议, 整改, 佐证."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from hengji.model.cells import CellFault, read_cell
from hengji.model.dossier import Dossier
from hengji.model.evidence import Evidence
from hengji.model.finding import Finding, one_of
from hengji.model.period import CutOff, Period
from hengji.model.problem import Problem, Recommendation, Rectification, RectificationStatus
from hengji.model.programme import Kind, Member, Programme, Stage
from hengji.model.record import record
from hengji.model.table import ColumnType, Value
from hengji.work.workbook.form import Field, Filled, Findings, Sheet

T = TypeVar("T")
_DATE, _COUNT, _ENUM = ColumnType.DATE, ColumnType.COUNT, ColumnType.ENUM
_PLAIN = ("name", "profile", "jurisdiction", "principal", "department", "evaluator", "report_date", "report_no")


@record
class HeadLine:
    """One line of 项目信息."""

    item: str
    value: str


OF_HEAD = (
    Field("name", "项目名称", width=56, required=True, example="2024年养老服务补助项目"),
    Field("kind", "评价类型", _ENUM, required=True, choices=tuple(kind.value for kind in Kind)),
    Field("profile", "评价规范", required=True),
    Field("year", "评价年度", _COUNT, required=True, example="2024"),
    Field("jurisdiction", "辖区", required=True, example="山东省淄博市博山区"),
    Field("principal", "委托单位", required=True, example="区财政局"),
    Field("department", "主管部门", required=True, example="区民政局"),
    Field("evaluator", "评价机构", required=True),
    Field("start", "评价期开始", _DATE, required=True),
    Field("end", "评价期结束", _DATE, required=True),
    Field("report_date", "报告日期", example="2025年6月"),
    Field("report_no", "报告文号"),
)
"""What is asked of the head, in the workbook line by line."""


def _head_lines(dossier: Dossier) -> tuple[HeadLine, ...]:
    head = dossier.head
    known = {name: getattr(head, name) for name in _PLAIN}
    known |= {"kind": head.kind.value, "year": head.year, "start": head.period.start, "end": head.period.end}
    return tuple(HeadLine(each.header, str(known[each.field])) for each in OF_HEAD)


def _set_head(dossier: Dossier, lines: tuple[Filled[HeadLine], ...]) -> tuple[Dossier, Findings]:
    columns = {each.header: (each.field, each.column) for each in OF_HEAD}
    values: dict[str, Value] = {}
    found: list[Finding] = []
    for line in lines:
        if line.record.item not in columns:
            expected = one_of(columns)
            found.append(line.fault("item", f"没有“{line.record.item}”这一项", expected, "改回原来的填报项"))
            continue
        name, column = columns[line.record.item]
        read = read_cell(line.record.value, column)
        if isinstance(read, CellFault):
            found.append(line.fault("value", read.found, read.expected, read.remedy))
        elif read.value is None and column.required:
            found.append(line.fault("value", f"“{column.name}”没有填写", "必填", "填写这一项"))
        else:
            values[name] = read.value
    if found:
        return dossier, tuple(found)
    head = dossier.head
    plain: dict[str, Any] = {name: values[name] or "" for name in _PLAIN if name in values}
    start, end = values.get("start", head.period.start), values.get("end", head.period.end)
    assert isinstance(start, date)
    assert isinstance(end, date)
    dated = [line for line in lines if line.record.item in ("评价期开始", "评价期结束")]
    if end < start and dated:
        text = f"评价期从{start}到{end}，结束在开始之前"
        return dossier, (dated[-1].fault("value", text, "结束不早于开始", "核对这两项的年月日"),)
    year, kind = values.get("year", head.year), Kind(values.get("kind", head.kind.value))
    assert isinstance(year, int)
    made = replace(head, **plain, kind=kind, year=year, period=Period(start, end))
    return replace(dossier, head=made), ()


def _in_head(field: str) -> tuple[Callable[[Dossier], Any], Callable[..., Any]]:
    def give(dossier: Dossier, rows: tuple[Filled[Any], ...]) -> tuple[Dossier, Findings]:
        head = replace(dossier.head, **{field: tuple(row.record for row in rows)})  # type: ignore[arg-type]
        return replace(dossier, head=head), ()

    return (lambda dossier: getattr(dossier.head, field)), give


def _in_book(field: str) -> tuple[Callable[[Dossier], Any], Callable[..., Any]]:
    def give(dossier: Dossier, rows: tuple[Filled[Any], ...]) -> tuple[Dossier, Findings]:
        book = replace(dossier.problem_book, **{field: tuple(row.record for row in rows)})
        return replace(dossier, problem_book=book), ()

    return (lambda dossier: getattr(dossier.problem_book, field)), give


def _in_dossier(field: str) -> tuple[Callable[[Dossier], Any], Callable[..., Any]]:
    def give(dossier: Dossier, rows: tuple[Filled[Any], ...]) -> tuple[Dossier, Findings]:
        return replace(dossier, **{field: tuple(row.record for row in rows)}), ()  # type: ignore[arg-type]

    return (lambda dossier: getattr(dossier, field)), give


HEAD = Sheet(
    "项目信息",
    "评价项目的基本情况",
    HeadLine,
    (
        Field("item", "填报项", width=16, required=True),
        Field("value", "内容", width=56, example="2024年养老服务补助项目"),
    ),
    ("item",),
    _head_lines,
    _set_head,
)
TEAM = Sheet(
    "评价组",
    "以角色登记，不写姓名",
    Member,
    (
        Field("role", "角色", width=20, required=True, example="主评人"),
        Field("duty", "职责", width=44, example="统筹评价工作，复核成果并签字"),
        Field("qualification", "专业资格", width=24, example="注册会计师"),
    ),
    ("role",),
    *_in_head("team"),
)
STAGES = Sheet(
    "工作阶段",
    "评价工作的阶段和起止时间",
    Stage,
    (
        Field("name", "阶段", width=20, required=True, example="现场评价"),
        Field("start", "开始", width=14, example="2024-05-29"),
        Field("end", "结束", width=14, example="2024-05-31"),
        Field("work", "主要工作", width=60, example="实地勘查、询问，复核账证，发放问卷"),
    ),
    ("name",),
    *_in_head("stages"),
)
CUTOFFS = Sheet(
    "截止日",
    "资金数按哪些日期统计",
    CutOff,
    (
        Field("name", "名称", width=16, required=True, example="年末"),
        Field("date", "日期", _DATE, 14, required=True, example="2024-12-31"),
    ),
    ("name",),
    *_in_head("cutoffs"),
)
PROGRAMMES = Sheet(
    "子项目",
    "资金台账按子项目登记；只有一个项目的，登记一行",
    Programme,
    (
        Field("id", "编号", width=20, required=True, example="运营补助"),
        Field("name", "名称", width=36, required=True, example="养老机构运营补助项目"),
        Field("year", "年度", _COUNT, 10, example="2024"),
        Field("description", "说明", width=60, example="按入住老年人自理能力分档补助"),
    ),
    ("id",),
    *_in_head("programmes"),
)
PROBLEMS = Sheet(
    "问题",
    "每个问题对应扣分的指标、佐证和建议",
    Problem,
    (
        Field("id", "编号", width=8, required=True, example="P1"),
        Field("title", "标题", width=28, required=True, example="补助发放不及时"),
        Field(
            "detail", "事实", width=60, required=True, example="写明时间、单位、数字和依据；数字用 {{ 数值编号 }} 引用"
        ),
        Field("cause", "原因", width=36),
        Field("responsible", "责任单位", width=20, example="区民政局"),
        Field("deductions", "扣分指标", width=28, example="完成及时性、制度执行有效性", refers="指标体系"),
        Field("evidence", "佐证", width=14, example="E01、E02", refers="佐证"),
        Field("recommendations", "对应建议", width=12, example="R1", refers="建议"),
    ),
    ("id",),
    *_in_book("problems"),
)
RECOMMENDATIONS = Sheet(
    "建议",
    "做什么、由谁做、何时做完",
    Recommendation,
    (
        Field("id", "编号", width=8, required=True, example="R1"),
        Field("title", "标题", width=28, required=True),
        Field("detail", "内容", width=60, required=True),
        Field("addressee", "建议对象", width=20, example="区民政局"),
    ),
    ("id",),
    *_in_book("recommendations"),
)
RECTIFICATIONS = Sheet(
    "整改",
    "每个问题的整改措施和期限",
    Rectification,
    (
        Field("problem", "问题编号", width=10, required=True, example="P1", refers="问题"),
        Field("measure", "整改措施", width=50, required=True),
        Field("responsible", "责任单位", width=20, required=True),
        Field("deadline", "整改期限", _DATE, 14, example="2025-06-30"),
        Field(
            "status", "整改状态", _ENUM, 12, required=True, choices=tuple(each.value for each in RectificationStatus)
        ),
        Field("proof", "整改佐证", width=14, refers="佐证"),
    ),
    ("problem", "measure"),
    *_in_book("rectifications"),
)
EVIDENCE = Sheet(
    "佐证",
    "佐证材料清单；文件放在档案的 evidence 文件夹",
    Evidence,
    (
        Field("id", "编号", width=8, required=True, example="E01"),
        Field("title", "材料名称", width=44, required=True, example="关于下达补助资金预算的通知"),
        Field("kind", "种类", width=14, required=True, example="政策文件"),
        Field("document", "文号", width=24, example="×财社〔2024〕1号"),
        Field("source", "来源", width=24, example="区财政局"),
        Field("effective", "生效日期", _DATE, 14, example="2024-01-01"),
        Field("obtained", "取得日期", _DATE, 14),
        Field("path", "文件", width=30, example="evidence/E01-通知.pdf"),
        Field("note", "备注", width=36),
    ),
    ("id",),
    *_in_dossier("evidence"),
)
