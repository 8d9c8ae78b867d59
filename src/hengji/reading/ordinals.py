"""The numbers before headings and items, as numbers: 一、（二）3.（4）⑤."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from hengji.model.patterns import pattern
from hengji.model.reading import Span
from hengji.model.record import record
from hengji.reading.manuscript import Kind, Manuscript
from hengji.reading.numerals import whole_number


class Style(IntEnum):
    """编号样式: outermost first."""

    HAN = 1
    HAN_BRACKETS = 2
    DIGITS = 3
    BRACKETS = 4
    CIRCLED = 5

    def printed(self, number: int) -> str:
        """The number as it is printed in this style."""
        han = _han(number)
        signs = {
            Style.HAN: f"{han}、",
            Style.HAN_BRACKETS: f"（{han}）",
            Style.DIGITS: f"{number}.",
            Style.BRACKETS: f"（{number}）",
        }
        return signs.get(self) or _CIRCLED[number - 1 : number] or f"（{number}）"


@record
class Ordinal:
    """段首编号: ``heading`` says whether it begins a heading; ``span`` is the whole passage."""

    style: Style
    number: int
    span: Span
    text: str
    heading: bool


_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MARK = pattern(
    r"(?P<HAN>[一二三四五六七八九十]{1,3})[、.]|\((?P<HAN_BRACKETS>[一二三四五六七八九十]{1,3})\)"
    r"|(?P<DIGITS>\d{1,2})(?:[.、](?!\d))|\((?P<BRACKETS>\d{1,2})\)|(?P<CIRCLED>[①-⑳])"
)
_TEN = 10


def ordinals(manuscript: Manuscript) -> Iterator[Ordinal]:
    """The passages outside tables and contents that begin with a number, in order."""
    for passage in manuscript.of(Kind.PROSE, Kind.TITLE):
        if match := _MARK.match(passage.text):
            style = Style[match.lastgroup or ""]
            printed = match[match.lastgroup or ""]
            number = _CIRCLED.find(printed) + 1 if style is Style.CIRCLED else whole_number(printed) or 0
            yield Ordinal(style, number, passage.span(), passage.text[match.end() :], passage.kind is Kind.TITLE)


def _han(number: int) -> str:
    digits = "一二三四五六七八九"
    tens, ones = divmod(number, _TEN)
    return ("" if tens <= 1 else digits[tens - 1]) + ("十" if tens else "") + (digits[ones - 1] if ones else "")
