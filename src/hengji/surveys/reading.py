"""A csv of answers to counts: one row per sheet, or a tally."""

from __future__ import annotations

import unicodedata
from collections import Counter

from hengji.cells.sheet import Row, Sheet, check_header, read_sheet
from hengji.cells.values import read_count, read_text
from hengji.model.finding import Finding, Place
from hengji.model.survey import Count, Option, Question, Questionnaire
from hengji.surveys import faults

TALLY = ("题号", "选项", "份数")
_SHEET_NUMBERS = ("序号", "编号", "问卷编号", "答卷编号")


def read_counts(questionnaire: Questionnaire, path: str, data: bytes) -> tuple[tuple[Count, ...], tuple[Finding, ...]]:
    """How often each option was chosen, in the order of the questionnaire.

    A csv with the columns 题号, 选项, 份数 is a tally; any other has one row per valid sheet and a column per question.
    An answer is the label of an option, or its position (1, 2, 3 or A, B, C); a blank is no answer. What cannot be
    understood is left out and found.
    """
    sheet, found = read_sheet(path, data)
    if not sheet.header:
        return (), found
    read = _read_tally if all(name in sheet.header for name in TALLY) else _read_sheets
    counts, wrong = read(questionnaire, sheet)
    return counts, (*found, *wrong)


def _read_tally(questionnaire: Questionnaire, sheet: Sheet) -> tuple[tuple[Count, ...], list[Finding]]:
    found = list(check_header(sheet, TALLY))
    counts: dict[tuple[str, str], Count] = {}
    for row in sheet.rows:
        count, wrong = _read_tally_row(questionnaire, row)
        found.extend(wrong)
        if count is None:
            continue
        earlier = counts.setdefault((count.question, count.option), count)
        if earlier is not count:
            found.append(faults.counted_twice(count.place, count.question, count.option, earlier.place))
    return tuple(counts.values()), found


def _read_tally_row(questionnaire: Questionnaire, row: Row) -> tuple[Count | None, tuple[Finding, ...]]:
    name, of_name = read_text(row["题号"])
    label, of_label = read_text(row["选项"])
    sheets, of_sheets = read_count(row["份数"])
    found = (*of_name, *of_label, *of_sheets)
    if name is None or label is None or sheets is None:
        return None, found
    question = _question(questionnaire, name)
    if question is None:
        known = (question.id for question in questionnaire.questions)
        return None, (*found, faults.unknown_question(row["题号"].place, name, known))
    if not question.options:
        return None, (*found, faults.open_question(row["题号"].place, question))
    option = option_of(question, label)
    if option is None:
        return None, (*found, faults.unknown_option(row["选项"].place, question, label))
    return Count(question.id, option.label, sheets, Place(row.sheet.path, row.line)), found


def _read_sheets(questionnaire: Questionnaire, sheet: Sheet) -> tuple[tuple[Count, ...], list[Finding]]:
    ids = [question.id for question in questionnaire.questions]
    closed = [question for question in questionnaire.questions if question.options]
    found = list(check_header(sheet, [question.id for question in closed], (*ids, *_SHEET_NUMBERS)))
    chosen: Counter[tuple[str, str]] = Counter()
    for row in sheet.rows:
        for question in closed:
            cell = row[question.id]
            option = option_of(question, cell.text)
            if option is not None:
                chosen[question.id, option.label] += 1
            elif cell.text:
                found.append(faults.unknown_option(cell.place, question, cell.text))
    if questionnaire.valid is not None and len(sheet.records) != questionnaire.valid:
        found.append(faults.sheets_differ(Place(sheet.path), len(sheet.records), questionnaire.valid))
    counts = (
        Count(question.id, option.label, chosen[question.id, option.label], _column(sheet, question))
        for question in closed
        if question.id in sheet.header
        for option in question.options
    )
    return tuple(counts), found


def _column(sheet: Sheet, question: Question) -> Place:
    return Place(sheet.path, sheet.line, sheet.positions[question.id] + 1, item=question.id)


def _question(questionnaire: Questionnaire, name: str) -> Question | None:
    return next((question for question in questionnaire.questions if question.id == name), None)


def option_of(question: Question, text: str) -> Option | None:
    """The option of that label or position (1, 2, 3 or A, B, C); None when there is none."""
    for option in question.options:
        if option.label == text:
            return option
    plain = unicodedata.normalize("NFKC", text).upper()
    for position, option in enumerate(question.options):
        if plain in (str(position + 1), chr(ord("A") + position)):
            return option
    return None
