"""What the values of a sheet do not tell: merged cells, formulas and their missing results, error values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from mmap import mmap
from typing import BinaryIO

from python_calamine import CalamineWorkbook

from hengji.engines.intake import faults
from hengji.engines.intake.package import MAIN, cells_of, letters, position
from hengji.engines.intake.pieces import SheetPart
from hengji.model.finding import Finding, Place
from hengji.model.record import record

Spot = tuple[int, int]
"""Row and column, both from 0."""


@record
class SheetFacts:
    """工作表情况: ``spoiled`` are cells without a usable value (an error value, or nothing for a formula never calculated).

    ``formulas`` gives for a column how many formulas it holds and the row of the first.
    """

    merged: tuple[tuple[Spot, Spot], ...] = ()
    spoiled: Mapping[Spot, str] = field(default_factory=dict)
    formulas: Mapping[int, tuple[int, int]] = field(default_factory=dict)

    def spoiled_finding(self, path: str, sheet: str, spot: Spot) -> Finding:
        place = place_of(path, sheet, spot)
        text = self.spoiled[spot]
        return faults.error_value(place, text) if text else faults.formula_without_value(place)


def merged_in(book: CalamineWorkbook, sheet: str) -> tuple[tuple[Spot, Spot], ...]:
    """The merged cells of an old workbook, of which the library tells neither formulas nor error values."""
    return tuple(sorted(book.get_sheet_by_name(sheet).merged_cell_ranges or ()))


def place_of(path: str, sheet: str, spot: Spot, item: str = "") -> Place:
    """The cell as a user finds it."""
    row, column = spot
    return Place(path, row + 1, None, sheet, f"{letters(column)}{row + 1}", item)


def has_facts(copy: bytes | mmap, part: SheetPart) -> bool:
    """A glance over the text of a sheet: whether reading its XML would tell anything. It may err towards yes."""
    spans = part.spans(copy)
    return (
        not spans
        or copy.find(b"mergeCell", spans[-1][1], part.pieces[-1].end) >= 0
        or any(copy.find(b"<f", *span) >= 0 or copy.find(b't="e"', *span) >= 0 for span in spans)
    )


def read_facts(target: BinaryIO, part: SheetPart) -> SheetFacts:
    """The facts of one sheet out of its XML, in bounded memory."""
    merged: list[tuple[Spot, Spot]] = []
    spoiled: dict[Spot, str] = {}
    formulas: dict[int, tuple[int, int]] = {}
    at: Spot = (-1, -1)
    for element in cells_of(target, part, "mergeCell"):
        reference = element.get("r")
        if reference is None and element.tag.endswith("}mergeCell"):
            first, _, last = element.get("ref", "A1").partition(":")
            merged.append((position(first), position(last or first)))
            continue
        at = position(reference) if reference else (at[0], at[1] + 1)
        value = element.findtext(f"{MAIN}v") or ""
        if element.get("t") == "e":
            spoiled[at] = value or "#N/A"
        if element.find(f"{MAIN}f") is not None:
            count, first_row = formulas.get(at[1], (0, at[0]))
            if not value and element.get("t") != "str":
                spoiled[at] = ""
            else:
                formulas[at[1]] = (count + 1, first_row)
    return SheetFacts(tuple(sorted(merged)), spoiled, formulas)
