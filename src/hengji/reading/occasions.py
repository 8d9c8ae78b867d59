"""When a report was issued, and which years it evaluates."""

from __future__ import annotations

from collections.abc import Mapping

from hengji.model.patterns import pattern
from hengji.model.reading import Span
from hengji.model.record import record
from hengji.reading.dates import Dated, Grain
from hengji.reading.manuscript import Kind, Manuscript, Passage, Role


@record
class Issue:
    """报告日期: a line that is nothing but a date, on the cover or under the text."""

    passage: Passage
    dated: Dated

    @property
    def span(self) -> Span:
        return self.passage.span(self.dated.start, self.dated.end)


_LABEL = pattern(r"^(?:(?:评价|报告|编制|出具|完成|撰写)*(?:日期|时间)[::]?)?$")


_NAME = pattern(r"(?:报告|编制|出具|完成|撰写)+(?:日期|时间)[::]?")


def issues(manuscript: Manuscript) -> tuple[Issue, ...]:
    """The dates of a report: those on its cover, in a table there beside their name, and those under its text before the annexes."""
    found: list[Issue] = []
    before = ""
    dated_at = {id(passage) for passage in manuscript.dated}
    for passage in manuscript.of(Kind.PROSE, Kind.TITLE, Kind.CELL):
        name, before = before, passage.text
        if id(passage) not in dated_at or passage.role is Role.ANNEX or len(passage.dates) != 1:
            continue
        if passage.kind is Kind.CELL and not (passage.role is Role.FRONT and _NAME.fullmatch(name)):
            continue
        dated = passage.dates[0]
        around = passage.text[: dated.start] + passage.text[dated.end :]
        if dated.grain is not Grain.YEAR and dated.full and _LABEL.match(around.strip("()*")):
            found.append(Issue(passage, dated))
    return tuple(found)


def evaluated_years(manuscript: Manuscript) -> frozenset[int]:
    """The years that the report's own title names; else those of the projects that it names with a year."""
    return frozenset(years_named(manuscript))


def years_named(manuscript: Manuscript) -> Mapping[int, Span]:
    """The same years, and where each is named: in the chapter on what was done, if it is there."""
    named = manuscript.yearly
    titled = [
        (passage, yearly)
        for passage, yearly in named
        if passage.role is Role.FRONT and "绩效评价" in passage.text and passage.kind is not Kind.CELL
    ]
    told = sorted(titled or named, key=lambda each: each[0].role is not Role.OVERVIEW)
    found: dict[int, Span] = {}
    for passage, yearly in told:
        found.setdefault(yearly.year, passage.span(yearly.start, yearly.end))
    return found
