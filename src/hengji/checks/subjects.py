"""What several checks ask of a dossier: its texts with the lines on which they stand, and what a list names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hengji.model.dossier import Dossier
from hengji.model.finding import Place
from hengji.model.indicator import WorkingPaper
from hengji.model.record import record
from hengji.scoring.framework import walk

FINDINGS = "findings.yaml"
EVIDENCE = "evidence.yaml"
INDICATORS = "indicators.yaml"
TARGETS = "targets.yaml"
HEAD = "dossier.yaml"
_RECOGNISED = 24


@record
class Passage:
    """文字: what an author wrote, the file and the thing it belongs to, and the 1-based line of its beginning."""

    text: str
    file: str
    item: str = ""
    line: int | None = None

    def place(self, offset: int = 0) -> Place:
        """Where the character at ``offset`` stands."""
        line = None if self.line is None else self.line + self.text.count("\n", 0, offset)
        return Place(self.file, line, item=self.item)


def paper_file(paper: WorkingPaper) -> str:
    return f"papers/{paper.indicator}.md"


def passages(dossier: Dossier, files: Mapping[str, bytes]) -> Iterator[Passage]:
    """Bound text: everything in which figures and evidence stand by reference."""
    sources = _Sources(files)
    for paper in dossier.papers:
        yield sources.body(paper_file(paper), paper.analysis)
        if paper.override is not None:
            yield sources.value(paper_file(paper), "override", paper.override.reason)
    for chapter in dossier.chapters:
        yield sources.body(f"chapters/{chapter.chapter}.md", chapter.text)
    for problem in dossier.problem_book.problems:
        yield sources.value(FINDINGS, problem.id, problem.detail)
        yield sources.value(FINDINGS, problem.id, problem.cause)
    for recommendation in dossier.problem_book.recommendations:
        yield sources.value(FINDINGS, recommendation.id, recommendation.detail)


def writings(dossier: Dossier, files: Mapping[str, bytes]) -> Iterator[Passage]:
    """Everything that an author wrote and the report prints, bound or not."""
    yield from passages(dossier, files)
    sources = _Sources(files)
    for paper in dossier.papers:
        judgement = paper.judgement
        if judgement is not None:
            spoken = [judgement.reason, *(each.reason for each in judgement.elements)]
            spoken += [defect.text for defect in judgement.defects]
            yield from (sources.value(paper_file(paper), "judgement", text) for text in spoken)
    for indicator in walk(dossier.framework.indicators):
        for text in (indicator.name, indicator.explanation, indicator.criteria, indicator.basis):
            yield sources.value(INDICATORS, indicator.id, text)
    book = dossier.problem_book
    for problem in book.problems:
        yield sources.value(FINDINGS, problem.id, problem.title)
    for recommendation in book.recommendations:
        yield sources.value(FINDINGS, recommendation.id, recommendation.title)
    for rectification in book.rectifications:
        yield sources.value(FINDINGS, rectification.problem, rectification.measure)
    for stage in dossier.head.stages:
        yield sources.value(HEAD, stage.name, stage.work)
    for member in dossier.head.team:
        yield sources.value(HEAD, member.role, member.duty)


class _Sources:
    """The files as text, to find the lines of what was read out of them."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    def _text(self, file: str) -> str:
        return self.files.get(file, b"").decode("utf-8-sig", "replace").replace("\r\n", "\n")

    def body(self, file: str, text: str) -> Passage:
        """What stands at the end of a file, after its front matter if it has any."""
        source = self._text(file)
        line = source.count("\n", 0, len(source) - len(text)) + 1 if source.endswith(text) else None
        return Passage(text, file, line=line)

    def value(self, file: str, item: str, text: str) -> Passage:
        """What stands under a key, after the line that names ``item``."""
        opening = text.lstrip().partition("\n")[0][:_RECOGNISED]
        named = False
        for number, line in enumerate(self._text(file).split("\n"), 1):
            named = named or item in line
            if named and opening and opening in line:
                return Passage(text, file, item, number)
        return Passage(text, file, item)
