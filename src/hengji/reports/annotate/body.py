"""The report's own text as HTML, what findings quote marked in it."""

from __future__ import annotations

from collections.abc import Iterator

from hengji.model.finding import Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Part, Prose, Slot, Span, Title
from hengji.model.review import Review
from hengji.reports.annotate.marks import Marks, Piece
from hengji.reports.markup import NOTHING, Markup, element, joined, text

_DEEPEST = 5
_SIGNS = pattern(r"#+\s+(?=\S)")
_NUMBER = pattern(r"[-−+]?\d[\d,]*(?:\.\d+)?[%％]?")
_ORDER = list(Severity)


class Body:
    """Writes the parts of a reading one after the other; each piece of a quotation links to its findings.

    ``met`` are the findings whose own words have been written so far, in the order of the text.
    """

    def __init__(self, review: Review) -> None:
        assert review.reading is not None
        self.reading = review.reading
        self.findings = review.findings
        self._marks = Marks(review.findings)
        self.met: list[int] = []
        self._known: set[int] = set()

    def parts(self) -> Iterator[Markup]:
        """The text, and beside it the number of the page where one begins."""
        page = 0
        for part in self.reading.parts:
            now = self.reading.page(part.span.start) or 0
            if now > page:
                page = now
                yield element("p", text(f"第{page}页"), class_="page-number", aria_hidden="true")
            yield self._part(part)

    def _part(self, part: Part) -> Markup:
        match part:
            case Title(listed=True):
                return element("p", self._text(part.span), class_="listed")
            case Title():
                return element(f"h{min(part.level + 1, _DEEPEST)}", self._text(self._unsigned(part.span)))
            case Prose():
                return element("p", self._text(part.span))
            case Grid():
                return self._table(part)

    def _unsigned(self, span: Span) -> Span:
        """A title without the signs by which Markdown tells it."""
        signs = _SIGNS.match(self.reading.quote(span))
        return Span(span.start + signs.end(), span.end) if signs else span

    def _text(self, span: Span) -> Markup:
        return joined(*(self._piece(piece) for piece in self._marks.within(span)))

    def _piece(self, piece: Piece) -> Markup:
        words = text(" ".join(self.reading.quote(piece.span).splitlines()))
        if not piece.findings:
            return words
        gravest = min((self.findings[each].severity for each in piece.findings), key=_ORDER.index)
        fresh = [each for each in piece.findings if each not in self._known and self._begins(each, piece.span)]
        self.met += fresh
        self._known.update(fresh)
        numbers = joined(*(self._number(each, fresh[0]) for each in fresh))
        listed = " ".join(str(each + 1) for each in piece.findings)
        anchor = f"mark-{fresh[0] + 1}" if fresh else None
        return joined(
            element(
                "mark",
                words,
                class_=gravest.name.lower(),
                data_findings=listed,
                id=anchor,
                tabindex=0 if fresh else None,
            ),
            numbers,
        )

    def _begins(self, number: int, span: Span) -> bool:
        """Whether the finding's own words, not those they are at odds with, stand here."""
        quote = self.findings[number].quotes[0]
        return quote.start < span.end and span.start < quote.end

    @staticmethod
    def _number(number: int, first: int) -> Markup:
        """The number of a finding; the anchor of the first one is the mark itself."""
        link = element("a", text(str(number + 1)), href=f"#finding-{number + 1}")
        return element("sup", link, class_="number", id=None if number == first else f"mark-{number + 1}")

    def _table(self, grid: Grid) -> Markup:
        rows: list[list[Markup]] = [[] for _ in range(grid.height)]
        for slot in grid.slots:
            rows[slot.row].append(self._cell(slot, "th" if slot.row < grid.head else "td"))
        written = [element("tr", *cells) for cells in rows if cells]
        head, body = written[: grid.head], written[grid.head :]
        table = element("table", element("thead", *head) if head else NOTHING, element("tbody", *body), class_="many")
        return element("div", table, class_="scroll")

    def _cell(self, slot: Slot, name: str) -> Markup:
        filled = slot.span.end > slot.span.start
        return element(
            name,
            self._text(slot.span) if filled else NOTHING,
            class_="right" if filled and _NUMBER.fullmatch(self.reading.quote(slot.span).strip()) else None,
            rowspan=slot.rows if slot.rows > 1 else None,
            colspan=slot.columns if slot.columns > 1 else None,
        )
