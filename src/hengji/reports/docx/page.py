"""The sheet in Word's units: twips for the page (a twentieth of a point), EMU for drawings, half-points for type."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import floor

from hengji.model.document import Orientation
from hengji.model.money import divide, round_to
from hengji.model.profile import Layout
from hengji.model.record import record

TWIPS_PER_POINT = 20
EMU_PER_TWIP = 635
_WIDTH, _HEIGHT = Decimal(210), Decimal(297)  # A4, millimetres
_TWIPS_PER_MM = Fraction(1440 * 10, 254)
_CHARACTER_SPACE = 4096  # a grid's charSpace counts 4096ths of a point
_FOOT_GAP = Decimal(10)  # the page number's lower edge stands this far below the text: its dash is then 7 mm below
_HEAD_GAP = Decimal(8)
_EDGE = Decimal(10)  # nothing stands nearer to the edge of the paper: printers leave it white


@record
class Page:
    """A sheet with its margins, all in twips."""

    orientation: Orientation
    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int
    header: int
    footer: int

    @property
    def text_width(self) -> int:
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        return self.height - self.top - self.bottom


@cache
def page(layout: Layout, orientation: Orientation) -> Page:
    """A sheet of A4. A landscape one is the upright sheet turned right: the head of its tables lies at the binding."""
    sides = (layout.top, layout.right, layout.bottom, layout.left)
    width, height = _WIDTH, _HEIGHT
    if orientation is Orientation.LANDSCAPE:
        sides = (layout.left, layout.top, layout.right, layout.bottom)
        width, height = height, width
    top, right, bottom, left = sides
    return Page(
        orientation,
        twips(width),
        twips(height),
        twips(top),
        twips(bottom),
        twips(left),
        twips(right),
        header=twips(max(top - _HEAD_GAP, _EDGE)),
        footer=twips(max(bottom - _FOOT_GAP, _EDGE)),
    )


def twips(millimetres: Decimal) -> int:
    return int(round_to(Fraction(millimetres) * _TWIPS_PER_MM, 0))


def points(size: Decimal) -> int:
    """Twips of a length in points."""
    return int(round_to(size * TWIPS_PER_POINT, 0))


def half_points(size: Decimal) -> int:
    return int(round_to(size * 2, 0))


def grid_space(layout: Layout) -> int:
    """What the grid adds to each character of body size, in 4096ths of a point: ``characters_per_line`` fill a line.

    Rounded down, so that a line holds them all. The same on a landscape sheet, which then simply holds more.
    """
    pitch = Fraction(page(layout, Orientation.PORTRAIT).text_width, TWIPS_PER_POINT * layout.characters_per_line)
    return floor((pitch - Fraction(layout.body_size)) * _CHARACTER_SPACE)


def character_spacing(layout: Layout) -> int:
    """The same in whole twips for text, rounded down: a line must hold the characters that it promises."""
    return page(layout, Orientation.PORTRAIT).text_width // layout.characters_per_line - points(layout.body_size)


def title_places(layout: Layout) -> int:
    """Half-width places of a line in the size of titles."""
    return page(layout, Orientation.PORTRAIT).text_width // (points(layout.title_size) // 2)


def shares(total: int, parts: tuple[int, ...]) -> tuple[int, ...]:
    """``total`` divided in proportion to ``parts``; the results add up to it exactly."""
    whole = sum(parts)
    edges = [0]
    for part in parts:
        edges.append(edges[-1] + part)
    marks = [divide(total * edge, whole) for edge in edges]
    return tuple(after - before for before, after in pairwise(marks))
