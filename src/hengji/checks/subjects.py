"""What several checks ask of an evaluation."""

from __future__ import annotations

from collections.abc import Iterator

from hengji.model.dossier import Dossier
from hengji.model.finding import Place
from hengji.model.indicator import Indicator
from hengji.model.score import Score, ScoreSheet


def leaf_scores(sheet: ScoreSheet) -> Iterator[Score]:
    """Scores of the leaves, in order."""
    pending = list(reversed(sheet.scores))
    while pending:
        score = pending.pop()
        if score.children:
            pending.extend(reversed(score.children))
        else:
            yield score


def indicators(dossier: Dossier) -> Iterator[Indicator]:
    """Every indicator of the tree, parents before children."""
    pending = list(reversed(dossier.framework.indicators))
    while pending:
        indicator = pending.pop()
        yield indicator
        pending.extend(reversed(indicator.children))


def texts(dossier: Dossier) -> Iterator[tuple[Place, str]]:
    """Everything an author writes as prose, with where it stands."""
    for paper in dossier.papers:
        yield Place(f"papers/{paper.indicator}.md"), paper.analysis
        if paper.override is not None:
            yield Place(f"papers/{paper.indicator}.md", item="override"), paper.override.reason
    for chapter in dossier.chapters:
        yield Place(f"chapters/{chapter.chapter}.md"), chapter.text
    for problem in dossier.problem_book.problems:
        yield Place("findings.yaml", item=problem.id), problem.detail
        yield Place("findings.yaml", item=problem.id), problem.cause
    for recommendation in dossier.problem_book.recommendations:
        yield Place("findings.yaml", item=recommendation.id), recommendation.detail
