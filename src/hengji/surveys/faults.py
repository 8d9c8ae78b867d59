"""What can be wrong with a questionnaire and its answers. The wording lives here, once."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from hengji.model.finding import Finding, Place, Severity
from hengji.model.survey import Question, Questionnaire


def file_of(questionnaire: Questionnaire) -> str:
    return f"surveys/{questionnaire.id}.yaml"


def unknown_question(place: Place, found: str, known: Iterable[str]) -> Finding:
    return Finding(
        "Q101",
        Severity.ERROR,
        place,
        f"问卷中没有题号“{found}”，这一处的答案没有计入",
        "、".join(known),
        "更正题号，或在问卷中补上该题",
    )


def unknown_option(place: Place, question: Question, found: str) -> Finding:
    labels = "、".join(option.label for option in question.options)
    return Finding(
        "Q102",
        Severity.ERROR,
        place,
        f"{question.id}没有选项“{found}”，这一处的答案没有计入",
        f"{labels}，或选项的序号1至{len(question.options)}",
        "对照问卷原件改正；该题未作答的留空",
    )


def open_question(place: Place, question: Question) -> Finding:
    return Finding(
        "Q103",
        Severity.WARNING,
        place,
        f"{question.id}是开放题，没有选项，份数没有计入",
        "有选项的题",
        "删去这一行；如为选择题，在问卷中补上选项和分值",
    )


def counted_twice(place: Place, question: str, option: str, first: Place) -> Finding:
    return Finding(
        "Q104",
        Severity.ERROR,
        place,
        f"{question}的“{option}”在第{first.line}行已经计数，这一行没有计入",
        "每题每个选项只有一行",
        "合并或删去重复的一行",
    )


def sheets_differ(place: Place, found: int, valid: int) -> Finding:
    return Finding(
        "Q105",
        Severity.ERROR,
        place,
        f"答卷有{found}份，问卷登记的有效份数是{valid}份",
        "两者一致",
        "核对是否漏录或录入了无效卷，再更正其中一处",
    )


def sum_differs(questionnaire: Questionnaire, question: Question, found: int, valid: int) -> Finding:
    """More answers than sheets is impossible; fewer is a question left blank by some."""
    return Finding(
        "Q106",
        Severity.ERROR if found > valid else Severity.WARNING,
        Place(questionnaire.responses or file_of(questionnaire), item=question.id),
        f"{question.id}各选项合计{found}份，有效问卷{valid}份",
        "各选项份数之和等于有效份数" if found > valid else "有人未作答时少于有效份数",
        "核对各选项的份数" if found > valid else "核对是否漏计；确有未作答的，在报告中说明，比率按作答份数计算",
    )


def more_than(questionnaire: Questionnaire, large: str, many: int, small: str, few: int) -> Finding:
    """A later step of the fieldwork cannot have more than the one before it."""
    return Finding(
        "Q107",
        Severity.ERROR,
        Place(file_of(questionnaire), item=questionnaire.id),
        f"{large}{many}，多于{small}{few}",
        f"{large}不多于{small}",
        "核对调查记录后改正",
    )


def unanswered(questionnaire: Questionnaire, question: Question) -> Finding:
    return Finding(
        "Q108",
        Severity.ERROR,
        Place(questionnaire.responses or file_of(questionnaire), item=question.id),
        f"{question.id}没有任何答案，综合满意率无从计算",
        "每道选择题都有答案",
        "补录答案；不计分的题把权重设为0",
    )


def small(questionnaire: Questionnaire, valid: int, least: int, source: str) -> Finding:
    return Finding(
        "Q109",
        Severity.WARNING,
        Place(file_of(questionnaire), item=questionnaire.id),
        f"有效问卷只有{valid}份，样本偏小，一份答卷就使比率变动{_step(valid)}个百分点",
        f"不少于{least}份（{source}）",
        "补充调查；不能补充的，在报告中说明样本量及其局限",
    )


def no_questions(questionnaire: Questionnaire) -> Finding:
    return Finding(
        "Q110",
        Severity.ERROR,
        Place(file_of(questionnaire), item=questionnaire.id),
        "问卷没有权重大于0的选择题，综合满意率无从计算",
        "至少一道有选项、权重大于0的题",
        "补上选项及各选项的分值",
    )


def _step(valid: int) -> str:
    return f"{Decimal(100) / valid:.1f}" if valid else "100"
