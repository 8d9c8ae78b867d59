"""Authored text to blocks: Markdown with bound figures and evidence."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token

from hengji.model.binding import Binding, Citation, Plain, pieces
from hengji.model.document import (
    Align,
    Block,
    Cell,
    Emphasis,
    Inline,
    Paragraph,
    ParagraphStyle,
    Ref,
    Row,
    RowKind,
    Table,
    Text,
    plain_text,
)
from hengji.model.figure import MISSING, Figures, display, number, plain
from hengji.model.record import record

BARE = "数"
"""The unit that asks for a number without its unit."""


@record
class Scope:
    """The figures that text and tables of one report may refer to."""

    figures: Figures

    def ref(self, figure: str, unit: str = "", emphasis: Emphasis = Emphasis.PLAIN) -> Ref:
        """A figure in a sentence, with its unit; a figure that does not exist prints as a dash (a check reports it)."""
        found = self.figures.get(figure)
        if found is None:
            return Ref(figure, MISSING, emphasis)
        text = plain(found) if unit == BARE else display(found, unit)
        return Ref(figure, text, emphasis)

    def cell(self, figure: str, unit: str = "", emphasis: Emphasis = Emphasis.PLAIN) -> Cell:
        """A figure in a table cell, without its unit (the header has it), right aligned; empty when there is none."""
        found = self.figures.get(figure)
        if found is None or found.value is None:
            return EMPTY
        return Cell((Ref(figure, plain(found, unit), emphasis),), align=Align.RIGHT, number=number(found, unit))

    def quantity(self, figure: str) -> Cell:
        """A figure in a table cell with its own unit, where each row has another one (200张, 50处次)."""
        found = self.figures.get(figure)
        if found is None or found.value is None:
            return EMPTY
        return Cell((Ref(figure, display(found)),), align=Align.RIGHT, number=number(found))

    def inlines(self, text: str, emphasis: Emphasis = Emphasis.PLAIN) -> tuple[Inline, ...]:
        """One line of bound text."""
        return tuple(self._inline(text, emphasis))

    def _inline(self, text: str, emphasis: Emphasis) -> Iterator[Inline]:
        for piece in _gathered(text):
            match piece:
                case Plain(text=characters):
                    yield Text(characters, emphasis)
                case Binding(figure=figure, unit=unit):
                    yield self.ref(figure, unit, emphasis)
                case tuple():
                    yield Text(f"〔佐证{'、'.join(piece)}〕", Emphasis.QUIET)

    def blocks(self, text: str) -> tuple[Block, ...]:
        """Paragraphs, list items and pipe tables of a Markdown text; a heading becomes a lead paragraph."""
        return tuple(_Walker(self, _parser().parse(text)).blocks())


def _gathered(text: str) -> Iterator[Plain | Binding | tuple[str, ...]]:
    """The pieces of bound text; citations in a row stand together in one pair of brackets."""
    for cites, run in groupby(pieces(text), key=lambda piece: isinstance(piece, Citation)):
        if cites:
            yield tuple(piece.evidence for piece in run if isinstance(piece, Citation))
        else:
            yield from (piece for piece in run if not isinstance(piece, Citation))


EMPTY = Cell((Text(MISSING),), align=Align.CENTRE)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


class _Walker:
    """Turns the parser's flat tokens into blocks."""

    def __init__(self, scope: Scope, tokens: list[Token]) -> None:
        self.scope = scope
        self.tokens = tokens

    def blocks(self) -> Iterator[Block]:
        marks: list[str] = []
        style = ParagraphStyle.BODY
        tables = 0
        position = 0
        while position < len(self.tokens):
            token = self.tokens[position]
            match token.type:
                case "ordered_list_open":
                    marks.append(str(token.attrs.get("start", 1)))
                case "bullet_list_open":
                    marks.append("•")
                case "ordered_list_close" | "bullet_list_close":
                    marks.pop()
                case "heading_open":
                    style = ParagraphStyle.LEAD
                case "heading_close":
                    style = ParagraphStyle.BODY
                case "table_open":
                    tables += 1
                    end = next(i for i in range(position, len(self.tokens)) if self.tokens[i].type == "table_close")
                    yield self._table(position, end)
                    position = end
                case "inline":
                    prefix = (Text(_mark(marks)),) if marks else ()
                    yield Paragraph((*prefix, *self._spans(token)), style)
            position += 1

    def _spans(self, token: Token) -> tuple[Inline, ...]:
        emphasis = Emphasis.PLAIN
        spans: list[Inline] = []
        for child in token.children or ():
            match child.type:
                case "strong_open":
                    emphasis = Emphasis.STRONG
                case "strong_close":
                    emphasis = Emphasis.PLAIN
                case "softbreak":
                    pass  # Chinese text has no space at a line's end
                case "hardbreak":
                    spans.append(Text("\n"))
                case _:
                    spans.extend(self.scope.inlines(child.content, emphasis))
        return tuple(spans)

    def _table(self, start: int, end: int) -> Table:
        head: list[Row] = []
        body: list[Row] = []
        cells: list[Cell] = []
        rows = head
        for token in self.tokens[start:end]:
            match token.type:
                case "tbody_open":
                    rows = body
                case "tr_open":
                    cells = []
                case "inline":
                    cells.append(_cell(self._spans(token)))
                case "tr_close":
                    rows.append(Row(tuple(cells), _kind(cells)))
        columns = len(head[0].cells) if head else 1
        return Table(f"文表{start}", "", tuple(head), tuple(body), (1,) * columns)


def _cell(spans: tuple[Inline, ...]) -> Cell:
    """Figures stand right, as in the tables that the program composes."""
    return Cell(spans, align=Align.RIGHT if spans and all(isinstance(each, Ref) for each in spans) else None)


def _kind(cells: list[Cell]) -> RowKind:
    words = [plain_text(cell.inlines) for cell in cells]
    return RowKind.TOTAL if words[:1] == ["合计"] else RowKind.SUBTOTAL if "小计" in words else RowKind.BODY


def _mark(marks: list[str]) -> str:
    """The mark of the next item: numbers count up in place, bullets stay."""
    mark = marks[-1]
    if mark == "•":
        return "• "
    marks[-1] = str(int(mark) + 1)
    return f"{mark}. "
