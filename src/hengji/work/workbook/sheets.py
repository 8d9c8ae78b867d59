"""All sheets of the workbook, in the order in which they are filled in and read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hengji.model.dossier import Dossier
from hengji.work.workbook.asking import QUESTIONS, SURVEYS
from hengji.work.workbook.form import Sheet
from hengji.work.workbook.framework import FRAMEWORK
from hengji.work.workbook.heads import (
    CUTOFFS,
    EVIDENCE,
    HEAD,
    PROBLEMS,
    PROGRAMMES,
    RECOMMENDATIONS,
    RECTIFICATIONS,
    STAGES,
    TEAM,
)
from hengji.work.workbook.judging import JUDGING

WORKBOOK = "填报工作簿.xlsx"
GUIDE = "说明"
WORDS = "词表"
"""Hidden: the lists that cells are chosen from."""
SHEETS: tuple[Sheet[Any], ...] = (
    HEAD,
    TEAM,
    STAGES,
    CUTOFFS,
    PROGRAMMES,
    FRAMEWORK,
    JUDGING,
    PROBLEMS,
    RECOMMENDATIONS,
    RECTIFICATIONS,
    EVIDENCE,
    SURVEYS,
    QUESTIONS,
)


def names_in(sheet: Sheet[Any], dossier: Dossier) -> Iterator[str]:
    """What other sheets quote of a sheet: the first column of each record."""
    for record in sheet.take(dossier):
        yield str(getattr(record, sheet.columns[0].field))


def names_by_sheet(dossier: Dossier) -> dict[str, frozenset[str]]:
    """What can be quoted, by sheet."""
    return {sheet.name: frozenset(names_in(sheet, dossier)) for sheet in SHEETS}
