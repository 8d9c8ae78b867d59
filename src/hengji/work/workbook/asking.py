"""The sheets 问卷 and 问卷题目; how often each answer was chosen stands in a sheet of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from hengji.model.dossier import Dossier
from hengji.model.finding import Finding
from hengji.model.record import record
from hengji.model.survey import Option, Question, Questionnaire
from hengji.model.table import ColumnType
from hengji.work.workbook.form import LINES, Field, Filled, Findings, Sheet


@record
class QuestionRow:
    """A question of a questionnaire; an option is written 满意=100."""

    survey: str
    id: str
    text: str
    topic: str
    weight: Decimal
    options: tuple[str, ...]


def _give_surveys(dossier: Dossier, rows: tuple[Filled[Questionnaire], ...]) -> tuple[Dossier, Findings]:
    return replace(dossier, surveys=tuple(sorted((row.record for row in rows), key=lambda each: each.id))), ()


def _take_questions(dossier: Dossier) -> tuple[QuestionRow, ...]:
    return tuple(
        QuestionRow(survey.id, each.id, each.text, each.topic, each.weight, tuple(_option(o) for o in each.options))
        for survey in dossier.surveys
        for each in survey.questions
    )


def _option(option: Option) -> str:
    return f"{option.label}={option.value:f}"


def _give_questions(dossier: Dossier, rows: tuple[Filled[QuestionRow], ...]) -> tuple[Dossier, Findings]:
    found: list[Finding] = []
    surveys = []
    for survey in dossier.surveys:
        own = tuple(_question(row, found) for row in rows if row.record.survey == survey.id)
        surveys.append(survey if not own or own == survey.questions else replace(survey, questions=own))
    made = tuple(surveys)
    return (dossier if made == dossier.surveys else replace(dossier, surveys=made)), tuple(found)


def _question(row: Filled[QuestionRow], found: list[Finding]) -> Question:
    each = row.record
    return Question(each.id, each.text, tuple(_options(row, found)), each.topic, each.weight)


def _options(row: Filled[QuestionRow], found: list[Finding]) -> Iterator[Option]:
    for line in row.record.options:
        label, _, value = line.rpartition("=")
        try:
            yield Option(label.strip(), Decimal(value.strip()))
        except InvalidOperation:
            found.append(row.fault("options", f"“{line}”没有写分值", "每行“选项=分值”，如“满意=100”", "补上等号和分值"))


SURVEYS = Sheet(
    "问卷",
    "每份问卷的对象、方式和份数",
    Questionnaire,
    (
        Field("id", "编号", width=18, required=True, example="满意度调查"),
        Field("title", "名称", width=36, required=True),
        Field("respondents", "调查对象", width=24, required=True, example="入住老年人"),
        Field("method", "调查方式", width=20, required=True, example="现场发放，不记名"),
        Field("population", "总体（人）", ColumnType.COUNT, 12),
        Field("sent", "发放（份）", ColumnType.COUNT, 12),
        Field("returned", "回收（份）", ColumnType.COUNT, 12),
        Field("valid", "有效（份）", ColumnType.COUNT, 12),
        Field("conducted_by", "调查单位", width=24),
        Field("conducted_on", "调查日期", ColumnType.DATE, 14),
        Field("introduction", "卷首语", width=50),
    ),
    ("id",),
    lambda dossier: dossier.surveys,
    _give_surveys,
)
QUESTIONS = Sheet(
    "问卷题目",
    "一行一题；开放题的选项留空",
    QuestionRow,
    (
        Field("survey", "问卷", width=18, required=True, refers="问卷"),
        Field("id", "题号", width=8, required=True, example="题1"),
        Field("text", "题目", width=50, required=True),
        Field("topic", "主题", width=14),
        Field("weight", "权重", ColumnType.RATE, 8, required=True, example="1"),
        Field("options", "选项", width=28, separator=LINES, example="每行一个，如 满意=100"),
    ),
    ("survey", "id"),
    _take_questions,
    _give_questions,
)
