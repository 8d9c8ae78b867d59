"""evaluate: load, calculate, score, check, compose, and write the report in four formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from hengji.checks.registry import run
from hengji.model.document import Document
from hengji.model.evaluation import Evaluation
from hengji.model.figure import Figure, display, scaled, unit_of
from hengji.model.finding import Finding
from hengji.model.money import round_to
from hengji.model.record import record
from hengji.reports.compose import compose
from hengji.scoring.figures import score_figures
from hengji.scoring.score import score_sheet
from hengji.storage.folder import write_folder
from hengji.storage.packs import leftovers
from hengji.work.calculate import calculate
from hengji.work.lines import with_lines
from hengji.work.load import Opened, load
from hengji.work.signing import stale

Tick = Callable[[str], None]
STEPS = 8
NAME = "绩效评价报告"
FORMATS = ("docx", "pdf", "html", "xlsx")
_DIGITS = 12


@record
class Outcome:
    """What came of a folder: ``evaluation`` is None when it could not be opened at all."""

    name: str
    evaluation: Evaluation | None
    findings: tuple[Finding, ...]

    def lines(self) -> Iterator[str]:
        """The result in a few lines for a terminal."""
        if self.evaluation is None:
            return
        sheet = self.evaluation.sheet
        yield f"{self.evaluation.dossier.head.name}（{self.name}）"
        for score in sheet.scores:
            yield f"  {score.indicator.name}　{score.awarded:f} / {score.weight.normalize():f}"
        yield f"  合计　{sheet.total:f}　等级　{sheet.grade}"
        if sheet.literal_total is None:
            yield "  标准分　无从复算（有指标只有已公布得分，或评判、数值不全）"
        else:
            yield f"  标准分　{sheet.literal_total:f}　等级　{sheet.literal_grade}"


def _quiet(_: str) -> None:
    """Nobody is waiting."""


def evaluate(folder: Path, tick: Tick = _quiet) -> Outcome:
    """Evaluate the dossier in ``folder``; every fault of the materials is among the findings."""
    tick("读取档案")
    opened, findings = load(folder)
    name = folder.resolve().name
    if opened is None:
        return Outcome(name, None, findings)
    evaluation = evaluate_opened(opened, findings, tick)
    return Outcome(name, evaluation, evaluation.findings)


def evaluate_opened(opened: Opened, findings: tuple[Finding, ...], tick: Tick = _quiet) -> Evaluation:
    """The same from an opened dossier."""
    tick("计算数值")
    calculated = calculate(opened)
    tick("评分")
    papers = {paper.indicator: paper for paper in opened.dossier.papers}
    sheet, faults = score_sheet(opened.dossier.framework, papers, calculated.figures, opened.norms.profile)
    figures = dict(calculated.figures) | score_figures(sheet)
    evaluation = Evaluation(
        opened.dossier,
        opened.norms.profile,
        opened.norms.origins,
        figures,
        sheet,
        calculated.grants,
        opened.counts,
        opened.tables,
        (*findings, *calculated.findings, *faults, *stale(opened.dossier.papers)),
        calculated.reconciliation,
    )
    tick("检查")
    words, faults = leftovers()
    subjects = {
        "evaluation": evaluation,
        "dossier": opened.dossier,
        "policies": opened.policies,
        "files": opened.files,
        "leftovers": words,
    }
    checked = tuple(run(subjects, evaluation.profile.silenced))
    every = (*evaluation.findings, *faults, *checked)
    return replace(evaluation, findings=tuple(with_lines(every, opened.files)))


def document_of(evaluation: Evaluation) -> Document:
    """The report, before it is written in any format."""
    return compose(evaluation)


def write_reports(outcome: Outcome, out: Path, tick: Tick = _quiet) -> tuple[Path, ...]:
    """Write all four formats into ``out``, or none of them; the paths written."""
    if outcome.evaluation is None:
        return ()
    files = {f"{NAME}.{suffix}": content for suffix, content in written(outcome.evaluation, tick).items()}
    write_folder(out, files)
    return tuple(out / name for name in files)


def written(evaluation: Evaluation, tick: Tick = _quiet) -> dict[str, bytes]:
    """The report in each format, by suffix; the PDF is typeset outside the interpreter while the others are written."""
    from hengji.reports import docx, html, pdf, xlsx

    document = document_of(evaluation)
    with ThreadPoolExecutor(max_workers=2) as pool:
        writers = {"pdf": pdf.write, "docx": docx.write, "html": html.write, "xlsx": xlsx.write}
        pending = {pool.submit(write, document): suffix for suffix, write in writers.items()}
        for done in as_completed(pending):
            tick(f"写出 {pending[done]}")
    results = {suffix: done.result() for done, suffix in pending.items()}
    return {suffix: results[suffix] for suffix in FORMATS}


def summary(outcome: Outcome) -> dict[str, Any]:
    """The result as data; every number as text, exactly as it is printed."""
    evaluation = outcome.evaluation
    if evaluation is None:
        return {"dossier": outcome.name, "total": None, "grade": None, "literal": None, "level1": [], "figures": {}}
    sheet = evaluation.sheet
    literal = None if sheet.literal_total is None else f"{sheet.literal_total:f}"
    return {
        "dossier": outcome.name,
        "total": f"{sheet.total:f}",
        "grade": sheet.grade,
        "literal": {"total": literal, "grade": sheet.literal_grade or None},
        "level1": [
            {"name": s.indicator.name, "weight": f"{s.weight:f}", "score": f"{s.awarded:f}"} for s in sheet.scores
        ],
        "figures": figure_data(evaluation.figures),
    }


def figure_data(figures: Mapping[str, Figure]) -> dict[str, dict[str, str | None]]:
    """Each figure as exact value in its unit, unit, and what is printed."""
    return {
        key: {"value": _value(figure), "unit": unit_of(figure), "display": display(figure)}
        for key, figure in figures.items()
    }


def _value(figure: Figure) -> str | None:
    exact = scaled(figure)
    if exact is None:
        return None if figure.value is None else str(figure.value)
    rounded = round_to(exact, _DIGITS)
    return f"{rounded.normalize():f}" if Fraction(rounded) == exact else str(exact)
