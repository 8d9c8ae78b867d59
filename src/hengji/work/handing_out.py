"""Results to the file that somebody named: whole, or not at all."""

from __future__ import annotations

from pathlib import Path

from hengji.engines.outcomes.answers import Answers, Relation
from hengji.engines.outcomes.files import Form, copy, not_written, records, too_long
from hengji.model.finding import Finding
from hengji.storage.refusals import reason


def room_for(out: Path | None) -> Path | None:
    """What is only for the time of the run stands beside the result, where there is room for it too."""
    if out is None:
        return None
    out.parent.mkdir(parents=True, exist_ok=True)
    return out.parent


def hand_out(answers: Answers, relation: Relation, out: Path, sheet: str, folder: Path) -> Finding | None:
    """Write a relation as the ending of ``out`` says, by way of ``folder`` beside it; why it could not be, where it was not."""
    form = Form(out.suffix.lower())
    part = folder / f"result{form.value}"
    fault = too_long(answers, relation, out) if form is Form.WORKBOOK else None
    if fault is not None:
        return fault
    try:
        if form is Form.WORKBOOK:
            from hengji.work.sheets import write_long

            titles = tuple(name for name, _ in relation.columns)
            write_long(part, sheet, titles, records(answers, relation), folder)
        else:
            copy(answers, relation, part, form)
        part.replace(out)
    except OSError as error:
        return not_written(out, reason(error))
    return None
