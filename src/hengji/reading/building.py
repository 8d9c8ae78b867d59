"""The text of a report whose format is not text: a line a paragraph, a line a row, cells parted by TABs."""

from __future__ import annotations

from collections.abc import Sequence

from hengji.model.reading import Span
from hengji.reading.blocks import Area, Block, Line, Stand, lay


class Builder:
    """Writes the text from front to back and notes its lines and tables; what is written stays where it is."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.at = 0
        self._done: list[str] = []
        self._open: list[str] = []

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join((*self._done, *self._open))

    @property
    def is_open(self) -> bool:
        """Whether the open line or cell has characters."""
        return bool(self._open)

    def write(self, words: str) -> None:
        """Go on with the line or cell that is open."""
        if words:
            self._open.append(words)
            self.at += len(words)

    def take(self) -> Span:
        """Where the words of the open line or cell stand, without blanks at either end; it is closed."""
        words = "".join(self._open)
        start = self.at - len(words)
        self._done.append(words)
        self._open.clear()
        bare = words.strip()
        begin = start + words.index(bare)
        return Span(begin, begin + len(bare))

    def sign(self, sign: str) -> None:
        """A TAB or line break between what stands apart."""
        self._done.append(sign)
        self.at += len(sign)

    def end_line(self, level: int = 0) -> None:
        """The open line is a paragraph, a heading of this level unless 0; one without words leaves no trace."""
        if not any(words.strip() for words in self._open):
            self.at -= sum(map(len, self._open))
            self._open.clear()
            return
        self.blocks.append(Line(self.take(), level))
        self.sign("\n")

    def table(self, start: int, rows: Sequence[Sequence[Area]], head: int | None, stand: Stand = Stand.PAGE) -> None:
        """The rows written since ``start`` are a table."""
        if any(area.span.start < area.span.end for row in rows for area in row):
            self.blocks.append(lay(Span(start, max(start, self.at - 1)), rows, head, stand))
