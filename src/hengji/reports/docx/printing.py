"""How a figure is printed in a document, kept in the tag of its control so that a refresh prints it the same way."""

from __future__ import annotations

from enum import Enum
from hashlib import sha256

from hengji.model.document import Ref
from hengji.model.figure import Figure, FigureKind, display, plain, unit_of
from hengji.model.record import record

LONGEST = 64  # Word takes a file for damaged when a tag or a title of a content control is longer
_SEPARATOR = " | "
_LONGEST_UNIT = 2
_DIGEST = 8
_UNITS = {
    FigureKind.MONEY: ("元", "万元", "亿元"),
    FigureKind.RATE: ("%", "‰", "倍"),
}


class Place(Enum):
    """Where a control stands: a number in a cell has its unit in the header, one in a sentence carries it."""

    CELL = "单元格"
    SENTENCE = "句中"


@record
class Tag:
    """``name`` is the figure's id (shortened if need be); ``unit`` is "" for the figure's own."""

    name: str
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.name}{_SEPARATOR}{self.unit}" if self.unit else self.name


def parse(text: str) -> Tag:
    name, _, unit = text.partition(_SEPARATOR)
    return Tag(name, unit)


def name_of(figure_id: str) -> str:
    """The id itself, or where Word would not take it, its beginning and a digest that tells it from others."""
    most = LONGEST - len(_SEPARATOR) - _LONGEST_UNIT
    if len(figure_id) <= most:
        return figure_id
    return f"{figure_id[: most - _DIGEST - 1]}#{sha256(figure_id.encode()).hexdigest()[:_DIGEST]}"


def tag_of(ref: Ref, figure: Figure | None, usual: str = "") -> Tag:
    """The unit is recognised by what is printed; ``usual`` is the unit of the table around, tried first (0.00 fits all)."""
    name = name_of(ref.figure)
    if figure is None or figure.kind not in _UNITS:
        return Tag(name)
    own, known = unit_of(figure), _UNITS[figure.kind]
    tried = (*((usual,) if usual in known else ()), own, *known)
    unit = next((unit for unit in tried if ref.text.removesuffix(unit) == plain(figure, unit)), own)
    return Tag(name, "" if unit == own else unit)


def reprint(figure: Figure, tag: Tag, before: str, place: Place) -> str:
    """The figure as it stands now, with its unit where ``before`` had it (a missing one tells nothing: then by place)."""
    unit = unit_of(figure, tag.unit)
    had = unit in before if any(map(str.isdigit, before)) else place is Place.SENTENCE
    return display(figure, tag.unit) if had else plain(figure, tag.unit)
