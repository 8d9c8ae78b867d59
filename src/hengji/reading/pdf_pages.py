"""Pages of a PDF as pdfium gives them: stretches of characters with their boxes, and the ruling lines that are drawn.

Lengths are points; y counts upwards from the foot of the page, which is turned upright.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
from pypdfium2 import raw

from hengji.model.record import record
from hengji.reading.lines import width

_THIN = 3.0
_SHORT = 4.0
_NARROW = 0.75
_OVERLAP = 2.0
_MOST_OBJECTS = 20_000
_MOST_POINTS = 400
_DEEPEST_FORM = 3
_QUARTER = 90
_PICTURES = frozenset((raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM))
_FORM, _PATH = raw.FPDF_PAGEOBJ_FORM, raw.FPDF_PAGEOBJ_PATH


@record
class Box:
    """矩形: left, foot, right, top."""

    left: float
    foot: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        """Half way up."""
        return (self.foot + self.top) / 2

    def around(self, other: Box) -> Box:
        """Both."""
        return Box(
            min(self.left, other.left),
            min(self.foot, other.foot),
            max(self.right, other.right),
            max(self.top, other.top),
        )


@record
class Stretch:
    """字串: characters that follow each other on a line; ``first`` is the number of the first on the page."""

    words: str
    first: int
    box: Box


@record
class Rule:
    """框线: from (left, foot) to (right, top), flat or upright."""

    left: float
    foot: float
    right: float
    top: float

    @property
    def is_flat(self) -> bool:
        return self.right - self.left > self.top - self.foot


class Page:
    """One open page; ``close`` it."""

    def __init__(self, document: pdfium.PdfDocument, number: int) -> None:
        self._page = document[number]
        self._text = self._page.get_textpage()
        self._turn = self._page.get_rotation() % 360
        across, up = self._page.get_size()
        self.width, self.height = float(across), float(up)
        self._rect = raw.FS_RECTF()

    def close(self) -> None:
        """Give its memory back."""
        self._text.close()
        self._page.close()

    def stretches(self) -> list[Stretch]:
        """The characters, parted at line ends, in the order of the file."""
        count = max(raw.FPDFText_CountChars(self._text.raw), 0)
        words = self._characters(count)
        found: list[Stretch] = []
        at = 0
        for line in words.split("\n"):
            bare = line.rstrip("\r \u00a0")
            lead = len(bare) - len(bare.lstrip())
            if len(bare) > lead:
                last = self.box(at + len(bare) - 1)
                box = self.box(at + lead).around(last)
                blank = " " if len(line.rstrip("\r")) > len(bare) else ""
                stretch = Stretch(bare[lead:] + blank, at + lead, box)
                narrow = box.right - box.left < _NARROW * (box.top - box.foot) * width(stretch.words)
                turned = len(bare) - lead > 1 and last.left < self._left(line, at, len(bare) - 1)
                apart = "“ " in bare or " ”" in bare
                found.extend(self._parted(stretch) if narrow or turned or apart else [stretch])
            at += len(line) + 1
        return found

    def _left(self, line: str, at: int, end: int) -> float:
        """Where the last character before ``end`` that is no blank begins."""
        before = line[:end].rstrip()
        return self.box(at + len(before) - 1).left if before else 0.0

    def _parted(self, stretch: Stretch) -> Iterator[Stretch]:
        """A stretch whose characters do not stand from left to right (a font of its own for quotation marks), where it turns back."""
        begin, box = 0, self.box(stretch.first)
        for offset, sign in enumerate(stretch.words[1:], 1):
            own = self.box(stretch.first + offset)
            if sign.isspace() or own.left < box.right - _OVERLAP:
                if words := stretch.words[begin:offset].strip():
                    yield Stretch(words, stretch.first + begin, box)
                begin = offset + sign.isspace()
                box = own
            else:
                box = own if begin == offset else box.around(own)
        if words := stretch.words[begin:].strip():
            yield Stretch(words, stretch.first + begin, box)

    def _characters(self, count: int) -> str:
        """One character for each that pdfium counts."""
        words = self._text.get_text_range(0, count) if count else ""
        if len(words) != count:
            words = "".join(_sign(raw.FPDFText_GetUnicode(self._text.raw, number)) for number in range(count))
        return words.replace("\x02", "-").replace("\ufffe", "-").replace("\0", " ").replace("\f", " ")

    def box(self, number: int) -> Box:
        """The box of a character, as high as its font."""
        rect = self._rect
        raw.FPDFText_GetLooseCharBox(self._text.raw, number, rect)
        return self._upright(rect.left, rect.bottom, rect.right, rect.top)

    def _upright(self, left: float, foot: float, right: float, top: float) -> Box:
        """A box on a page that is shown turned."""
        if self._turn == _QUARTER:
            return Box(foot, self.height - right, top, self.height - left)
        if self._turn == 2 * _QUARTER:
            return Box(self.width - right, self.height - top, self.width - left, self.height - foot)
        if self._turn == 3 * _QUARTER:
            return Box(self.width - top, left, self.width - foot, right)
        return Box(left, foot, right, top)

    def has_pictures(self) -> bool:
        """Whether images or drawings are on the page."""
        count = min(raw.FPDFPage_CountObjects(self._page.raw), _MOST_OBJECTS)
        return any(
            raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(self._page.raw, number)) in _PICTURES
            for number in range(count)
        )

    def rules(self) -> list[Rule]:
        """The lines and outlines that are drawn."""
        count = min(raw.FPDFPage_CountObjects(self._page.raw), _MOST_OBJECTS)
        objects = (raw.FPDFPage_GetObject(self._page.raw, number) for number in range(count))
        found: list[Rule] = []
        for rule in self._drawn(objects, 0):
            box = self._upright(rule.left, rule.foot, rule.right, rule.top)
            found.append(Rule(box.left, box.foot, box.right, box.top))
        return found

    def _drawn(self, objects: Iterator[object], depth: int) -> Iterator[Rule]:
        edges = [ctypes.c_float() for _ in range(4)]
        for each in objects:
            kind = raw.FPDFPageObj_GetType(each)
            if kind == _PATH and raw.FPDFPageObj_GetBounds(each, *edges):
                left, foot, right, top = (edge.value for edge in edges)
                if min(right - left, top - foot) <= _THIN:
                    if max(right - left, top - foot) >= _SHORT:
                        yield _centred(left, foot, right, top)
                else:
                    yield from _outline(each)
            elif kind == _FORM and depth < _DEEPEST_FORM:
                count = min(raw.FPDFFormObj_CountObjects(each), _MOST_OBJECTS)
                held = (raw.FPDFFormObj_GetObject(each, number) for number in range(count))
                matrix = _matrix(each)
                for rule in self._drawn(held, depth + 1):
                    yield _moved(rule, matrix)


def _sign(code: int) -> str:
    """The character of a code, a blank where there is none."""
    try:
        sign = chr(code)
        sign.encode()
    except (ValueError, OverflowError):
        return " "
    return sign


def _centred(left: float, foot: float, right: float, top: float) -> Rule:
    """A thin box as a line without width."""
    if right - left > top - foot:
        middle = (foot + top) / 2
        return Rule(left, middle, right, middle)
    middle = (left + right) / 2
    return Rule(middle, foot, middle, top)


def _outline(path: object) -> Iterator[Rule]:
    """The straight lines of a path that is stroked."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path, fill, stroke) or not stroke.value:
        return
    count = raw.FPDFPath_CountSegments(path)
    matrix = _matrix(path)
    x, y = ctypes.c_float(), ctypes.c_float()
    begin = last = (0.0, 0.0)
    for number in range(min(count, _MOST_POINTS)):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = _applied(matrix, x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begin = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _straight(last, point)
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _straight(point, begin)


def _straight(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    left, right = sorted((one[0], other[0]))
    foot, top = sorted((one[1], other[1]))
    if min(right - left, top - foot) <= _THIN and max(right - left, top - foot) >= _SHORT:
        yield _centred(left, foot, right, top)


_Matrix = tuple[float, float, float, float, float, float]


def _matrix(each: object) -> _Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(each, matrix):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _applied(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _moved(rule: Rule, matrix: _Matrix) -> Rule:
    one, other = _applied(matrix, rule.left, rule.foot), _applied(matrix, rule.right, rule.top)
    left, right = sorted((one[0], other[0]))
    foot, top = sorted((one[1], other[1]))
    return Rule(left, foot, right, top)
