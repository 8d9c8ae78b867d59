"""Questionnaires of a draft: tables that count how often each option of a question was chosen."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from decimal import Decimal

from hengji.model.reading import Grid, Reading, Slot
from hengji.model.record import record
from hengji.model.survey import Option, Question, Questionnaire
from hengji.model.template import NOT_FILLED
from hengji.reading.scores.tables import number_in, rows_of
from hengji.reading.scores.wording import folded
from hengji.work.draft.notes import Notes

_QUESTION = re.compile(r"^(?:问题|题目|调查内容|问卷内容|调查问题|内容)$")
_OPTION = re.compile(r"^(?:选项|回答选项|答案)$")
_COUNT = re.compile(r"有效问卷|份数|人数|票数|选择数|频数")
_VALUE = re.compile(r"\((?P<value>\d+(?:\.\d+)?)%\)$")
_WHOLE = Decimal(100)
_FEWEST = 2


@dataclass(slots=True)
class Asked:
    """A question while its options are read: each with its label, its value where printed, and how often it was chosen."""

    text: str
    options: list[tuple[str, Decimal | None, int]] = field(default_factory=list)


@record
class Surveys:
    """The questionnaires that were read, and the files of their counts."""

    questionnaires: tuple[Questionnaire, ...]
    data: dict[str, bytes]


def surveys_of(notes: Notes) -> Surveys:
    """Every table of counts as a questionnaire; a question without counted options is left out."""
    found: list[Questionnaire] = []
    data: dict[str, bytes] = {}
    seen: set[str] = set()
    for grid in notes.reading.grids():
        asked = [each for each in _asked(notes.reading, rows_of(grid)) if len(each.options) >= _FEWEST]
        words = repr(asked)
        if not asked or words in seen:
            continue
        seen.add(words)
        own = f"问卷{len(found) + 1}"
        title = own if grid.caption is None else folded(notes.reading, [grid.caption]).text
        questionnaire, tally = _written(own, title, asked)
        found.append(questionnaire)
        data[questionnaire.responses] = tally
        _tell(notes, own, grid, asked)
    return Surveys(tuple(found), data)


def _tell(notes: Notes, own: str, grid: Grid, asked: list[Asked]) -> None:
    span = grid.caption or grid.span
    guessed = any(value is None for each in asked for _, value, _ in each.options)
    doubt = "，选项的分值按等距推定" if guessed else ""
    notes.doubt(f"{own}取自统计表{doubt}；调查对象、方式、发放和回收份数待填", span)


def _asked(reading: Reading, rows: list[list[Slot]]) -> list[Asked]:
    heads = {slot.column: folded(reading, [slot.span]).text for slot in rows[0]} if rows else {}
    question = next((column for column, word in heads.items() if _QUESTION.match(word)), None)
    option = next((column for column, word in heads.items() if _OPTION.match(word)), None)
    count = next((column for column, word in heads.items() if _COUNT.search(word)), None)
    if question is None or option is None or count is None:
        return []
    asked: list[Asked] = []
    for row in rows[1:]:
        cells = {slot.column: folded(reading, [slot.span]) for slot in row if slot.span.end > slot.span.start}
        if question in cells and not _QUESTION.match(cells[question].text):
            asked.append(Asked(cells[question].text))
        number = number_in(cells[count]) if count in cells else None
        if asked and option in cells and number is not None:
            label = cells[option].text
            value = _VALUE.search(label)
            asked[-1].options.append(
                (
                    label[: value.start()] if value else label,
                    Decimal(value["value"]) if value else None,
                    int(number.value),
                )
            )
    return asked


def _written(own: str, title: str, asked: list[Asked]) -> tuple[Questionnaire, bytes]:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("题号", "选项", "份数"))
    questions = []
    for number, each in enumerate(asked, 1):
        step = _WHOLE / (len(each.options) - 1)
        options = tuple(
            Option(label, (_WHOLE - step * at).quantize(Decimal("0.01")).normalize() if value is None else value)
            for at, (label, value, _) in enumerate(each.options)
        )
        questions.append(Question(f"题{number}", each.text, options))
        writer.writerows((f"题{number}", label, sheets) for label, _, sheets in each.options)
    valid = max(sum(sheets for _, _, sheets in each.options) for each in asked)
    path = f"surveys/{own}.csv"
    questionnaire = Questionnaire(own, title, NOT_FILLED, NOT_FILLED, tuple(questions), valid=valid, responses=path)
    return questionnaire, b"\xef\xbb\xbf" + stream.getvalue().encode()
