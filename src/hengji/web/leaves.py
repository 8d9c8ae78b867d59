"""The leaves of the indicator tree and their working papers, as screens ask for them; and the refusal to write what was not read."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from hengji.model.dossier import Dossier
from hengji.model.finding import Severity
from hengji.model.indicator import Indicator, WorkingPaper
from hengji.model.record import record
from hengji.storage.text import paper_path, paper_text
from hengji.web.access import Here
from hengji.web.editing import base_of
from hengji.web.projections import opened
from hengji.work.blank_papers import blank_paper
from hengji.work.load import Opened
from hengji.work.workbook.framework import leaves


@record
class Leaf:
    """末级指标: with the names above it and its paper, a blank one where there is none yet."""

    path: tuple[str, ...]
    indicator: Indicator
    paper: WorkingPaper


def leaf_of(dossier: Dossier, name: str) -> Leaf:
    """The leaf with that id; 404 when there is none."""
    for number, (path, indicator) in enumerate(leaves(dossier.framework.indicators), 1):
        if indicator.id == name:
            held = next((paper for paper in dossier.papers if paper.indicator == name), None)
            return Leaf(path, indicator, held or blank_paper(indicator, str(number)))
    raise Http404


def read_from(request: HttpRequest, here: Here) -> Opened:
    """The dossier that a form was read from; 404 when it cannot be opened."""
    found, _ = opened(base_of(request, here))
    if found is None:
        raise Http404
    return found


def typed(request: HttpRequest) -> dict[str, str]:
    """What was typed, by field; line ends as the files have them, and nothing that no file can hold."""
    return {name: plain(value) for name, value in request.POST.items() if isinstance(value, str)}


def plain(text: str) -> str:
    """A typed text with the line ends of the files and without NUL."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def unread(request: HttpRequest, here: Here, path: str) -> str:
    """Why a file must not be written anew: parts of it could not be read and would be lost. Empty when all was read."""
    _, findings = opened(base_of(request, here))
    faults = [each for each in findings if each.place.file == path and each.severity is Severity.ERROR]
    if not faults:
        return ""
    return f"{path} 里有读不了的内容，保存会丢失它，没有保存。先改正：{faults[0].message}"


def file_of(paper: WorkingPaper) -> dict[str, bytes | None]:
    """A working paper as the edit that writes it."""
    return {paper_path(paper.indicator): paper_text(paper).encode()}
