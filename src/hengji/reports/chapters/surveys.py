"""问卷调查: who was asked, what they answered, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterator

from hengji.model.document import Align, Block, Cell, Chart, ChartKind, Row, RowKind, Series, Table
from hengji.model.figure import number
from hengji.model.survey import Question, Questionnaire
from hengji.reports.chapters.parts import Report, header, lead, words

_LABEL = 12


def surveys(report: Report, level: int) -> tuple[Block, ...]:
    """A paragraph, a table and a chart per questionnaire, under one heading."""
    found = report.evaluation.dossier.surveys
    if not found:
        return ()
    heading = report.numberer.heading(level, "问卷调查结果")
    return (heading, *(block for survey in found for block in _survey(report, survey)))


def _survey(report: Report, survey: Questionnaire) -> Iterator[Block]:
    key = f"问卷.{survey.id}"
    yield lead(survey.title)
    sent = f"发放{{{{ {key}.发放 }}}}，" if report.has(f"{key}.发放") else ""
    rate = f"，有效率{{{{ {key}.有效率 }}}}" if report.has(f"{key}.有效率") else ""
    yield report.sentence(
        f"调查对象为{survey.respondents}，方式为{survey.method}。{sent}有效问卷{{{{ {key}.样本量 }}}}{rate}。"
        f"各选项按其分值由份数直接计算，综合满意率{{{{ {key}.综合满意率 }}}}。"
    )
    yield _table(report, survey)
    chart = _chart(report, survey)
    if chart is not None:
        yield chart


def _closed(survey: Questionnaire) -> list[Question]:
    return [question for question in survey.questions if question.options]


def _table(report: Report, survey: Questionnaire) -> Table:
    rows: list[Row] = []
    for question in _closed(survey):
        base = f"问卷.{survey.id}.{question.id}"
        span = len(question.options)
        for index, option in enumerate(question.options):
            own: tuple[Cell, ...] = (
                words(f"{option.label}（{option.value.normalize():f}%）", align=Align.LEFT),
                report.scope.cell(f"{base}.{option.label}.份数"),
                report.scope.cell(f"{base}.{option.label}.占比"),
            )
            if index == 0:
                title = words(question.text, rows=span, align=Align.LEFT)
                composite = report.scope.cell(f"{base}.综合")
                own = (title, *own, Cell(composite.inlines, rows=span, align=Align.RIGHT, number=composite.number))
            rows.append(Row(own))
    overall = report.scope.cell(f"问卷.{survey.id}.综合满意率")
    rows.append(Row((words("综合", columns=4, align=Align.CENTRE), overall), RowKind.TOTAL))
    head = header("问题", "选项（分值）", "份数", "占比（%）", "综合满意率（%）")
    return Table(f"问卷表{survey.id}", f"{survey.title}结果", (head,), tuple(rows), (26, 14, 6, 8, 10))


def _chart(report: Report, survey: Questionnaire) -> Chart | None:
    """Shares of the options by question, when the questions share a scale."""
    closed = _closed(survey)
    if not closed:
        return None
    positions = range(max(len(question.options) for question in closed))
    scales = [tuple(option.label for option in question.options) for question in closed]
    series = []
    for position in positions:
        labels = {scale[position] for scale in scales if len(scale) > position}
        values, names = [], []
        for question in closed:
            known = len(question.options) > position
            name = f"问卷.{survey.id}.{question.id}.{question.options[position].label}.占比" if known else ""
            figure = report.scope.figures.get(name)
            values.append(number(figure) if figure else None)
            names.append(name if figure else "")
        title = labels.pop() if len(labels) == 1 else f"第{position + 1}档"
        series.append(Series(title, tuple(values), tuple(names)))
    topics = tuple(question.topic or question.text[:_LABEL] for question in closed)
    return Chart(f"问卷图{survey.id}", f"{survey.title}答案构成", ChartKind.STACKED_BARS, topics, tuple(series), "%")


def questionnaires(report: Report) -> tuple[Block, ...]:
    """The questionnaires as they were handed out."""
    blocks: list[Block] = []
    for survey in report.evaluation.dossier.surveys:
        blocks.append(lead(survey.title))
        if survey.introduction:
            blocks.append(report.sentence(survey.introduction))
        rows = []
        for index, question in enumerate(survey.questions, 1):
            options = "　".join(f"□{option.label}" for option in question.options) or "（开放题）"
            rows.append(
                Row(
                    (
                        words(str(index), align=Align.CENTRE),
                        words(question.text, align=Align.LEFT),
                        words(options, align=Align.LEFT),
                    )
                )
            )
        head = header("序号", "问题", "选项")
        blocks.append(Table(f"问卷{survey.id}", "", (head,), tuple(rows), (4, 30, 22)))
    return tuple(blocks)
