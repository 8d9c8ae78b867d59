"""Questionnaires and what was answered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hengji.model.finding import Place
from hengji.model.record import record


@record
class Option:
    """选项: ``value`` is what choosing it counts for, in percent (100, 50, 0)."""

    label: str
    value: Decimal


@record
class Question:
    """题目: closed with options, or open (no options), which is not scored."""

    id: str
    text: str
    options: tuple[Option, ...] = ()
    topic: str = ""
    weight: Decimal = Decimal(1)


@record
class Questionnaire:
    """调查问卷 and its fieldwork: ``population`` people or units asked about, ``sent``, ``returned`` and ``valid`` sheets.

    ``responses`` is the path of a csv: one row per sheet (列 = 题号), or a tally (题号, 选项, 份数).
    """

    id: str
    title: str
    respondents: str
    method: str
    questions: tuple[Question, ...]
    population: int | None = None
    sent: int | None = None
    returned: int | None = None
    valid: int | None = None
    conducted_by: str = ""
    conducted_on: date | None = None
    introduction: str = ""
    responses: str = ""


@record
class Count:
    """计数: how many valid sheets chose an option of a question, and the row that says so."""

    question: str
    option: str
    sheets: int
    place: Place = Place()
