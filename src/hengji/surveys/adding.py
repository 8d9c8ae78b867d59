"""Sheets added to what a questionnaire has counted already."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from io import StringIO

from hengji.model.survey import Count, Questionnaire
from hengji.surveys.reading import TALLY, option_of

Sheet = Mapping[str, str]
"""The answers of one sheet: the label of an option, or its position, by the id of the question."""


def added(
    questionnaire: Questionnaire, counts: Iterable[Count], sheets: Sequence[Sheet]
) -> tuple[Questionnaire, tuple[Count, ...]]:
    """The fieldwork and the counts with ``sheets`` in them; an option that the questionnaire does not have is left out.

    Sheets returned and valid grow by as many. Where they were not declared they begin at as many as answered the question that
    most answered.
    """
    chosen = Counter({(count.question, count.option): count.sheets for count in counts})
    before = _most_answered(chosen)
    for sheet in sheets:
        for question in questionnaire.questions:
            option = option_of(question, sheet.get(question.id, ""))
            if option is not None:
                chosen[question.id, option.label] += 1
    valid = before if questionnaire.valid is None else questionnaire.valid
    returned = valid if questionnaire.returned is None else questionnaire.returned
    grown = replace(questionnaire, returned=returned + len(sheets), valid=valid + len(sheets))
    return grown, tuple(
        Count(question.id, option.label, chosen[question.id, option.label])
        for question in questionnaire.questions
        for option in question.options
    )


def _most_answered(chosen: Mapping[tuple[str, str], int]) -> int:
    answered: Counter[str] = Counter()
    for (question, _), sheets in chosen.items():
        answered[question] += sheets
    return max(answered.values(), default=0)


def tally_file(counts: Iterable[Count]) -> bytes:
    """Counts as the csv that ``read_counts`` reads: 题号, 选项, 份数."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(TALLY)
    writer.writerows((count.question, count.option, count.sheets) for count in counts)
    return out.getvalue().encode("utf-8-sig")
