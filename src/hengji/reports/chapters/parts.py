"""What chapters share: the pieces of a report and small builders for tables."""

from __future__ import annotations

from collections.abc import Sequence

from hengji.model.cell_state import CellState
from hengji.model.document import Align, Block, Cell, Emphasis, Inline, Paragraph, ParagraphStyle, Row, Text
from hengji.model.evaluation import Evaluation
from hengji.model.indicator import Indicator, WorkingPaper
from hengji.model.record import record
from hengji.reports.headings import Numberer
from hengji.reports.prose import Scope


@record
class Report:
    """A report in the making: what it is about, the figures it may print, and the headings counted so far."""

    evaluation: Evaluation
    scope: Scope
    numberer: Numberer

    def chapter(self, name: str) -> tuple[Block, ...]:
        """What the author wrote for the chapter of that id."""
        texts = [chapter.text for chapter in self.evaluation.dossier.chapters if chapter.chapter == name]
        return tuple(block for text in texts for block in self.scope.blocks(text))

    def sentence(self, text: str) -> Paragraph:
        """A body paragraph of bound text."""
        return Paragraph(self.scope.inlines(text))

    def paper(self, indicator: Indicator) -> WorkingPaper | None:
        papers = self.evaluation.dossier.papers
        return next((paper for paper in papers if paper.indicator == indicator.id), None)

    def has(self, figure: str) -> bool:
        found = self.scope.figures.get(figure)
        return found is not None and found.value is not None


def note(text: str) -> Paragraph:
    return Paragraph((Text(text),), ParagraphStyle.NOTE)


def lead(text: str) -> Paragraph:
    return Paragraph((Text(text, Emphasis.STRONG),), ParagraphStyle.LEAD)


def words(text: str, columns: int = 1, rows: int = 1, align: Align | None = None) -> Cell:
    """A cell of words; no words is an empty cell."""
    shown = text.strip()
    if not shown:
        return Cell(columns=columns, rows=rows, state=CellState.EMPTY)
    return Cell((Text(shown),), columns, rows, align)


def left(inlines: tuple[Inline, ...] | str, columns: int = 1) -> Cell:
    """A cell of running text."""
    if isinstance(inlines, str):
        return words(inlines, columns, align=Align.LEFT)
    return Cell(inlines, columns=columns, align=Align.LEFT) if inlines else Cell(columns=columns, state=CellState.EMPTY)


def header(*names: str) -> Row:
    """A single header row."""
    return Row(tuple(words(name, align=Align.CENTRE) for name in names))


def joined(names: Sequence[str]) -> str:
    return "、".join(names)
