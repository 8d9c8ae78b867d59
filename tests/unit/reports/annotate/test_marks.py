"""Every character is written once, and belongs to the findings that quote it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hengji.model.finding import Finding, Place, Quote, Severity
from hengji.model.reading import Span
from hengji.reports.annotate.marks import Marks

TEXT = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸"
ENDS = st.lists(st.integers(0, len(TEXT)), min_size=2, max_size=2).map(sorted)


def finding(*spans: tuple[int, int]) -> Finding:
    quotes = tuple(Quote(TEXT[start:end], start, end) for start, end in spans)
    return Finding("a150", Severity.NOTE, Place("报告.txt"), "试", quotes=quotes)


@given(st.lists(st.lists(ENDS, min_size=1, max_size=3), max_size=6), st.sets(st.integers(1, len(TEXT) - 1), max_size=4))
def test_pieces_cover_the_text_and_know_who_quotes_them(quoted: list[list[list[int]]], cuts: set[int]) -> None:
    findings = tuple(finding(*((start, end) for start, end in each)) for each in quoted)
    marks = Marks(findings)
    edges = [0, *sorted(cuts), len(TEXT)]
    pieces = [piece for start, end in pairwise(edges) for piece in marks.within(Span(start, end))]
    assert "".join(TEXT[piece.span.start : piece.span.end] for piece in pieces) == TEXT
    for piece in pieces:
        for at in range(piece.span.start, piece.span.end):
            quoting = {
                number for number, each in enumerate(findings) for quote in each.quotes if quote.start <= at < quote.end
            }
            assert set(piece.findings) == quoting
