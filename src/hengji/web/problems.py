"""Problems as a board shows them and as a form gives them back: the one book of problems, recommendations and rectifications is edited whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from hengji.model.evaluation import Evaluation
from hengji.model.evidence import Evidence
from hengji.model.indicator import Indicator
from hengji.model.problem import Problem, ProblemBook, Recommendation, Rectification, RectificationStatus
from hengji.model.record import record
from hengji.reports.html.blocks import blocks
from hengji.reports.html.links import Page
from hengji.reports.prose import Scope
from hengji.scoring.score import leaves

FILE = "findings.yaml"
NEW = "new"
_STATUSES = {status.value: status for status in RectificationStatus}
_AT_AN_END = frozenset({RectificationStatus.DONE, RectificationStatus.NOT_NEEDED})
_LONGEST = 20_000


def project(evaluation: Evaluation) -> dict[str, Any]:
    """What the board shows beside the book itself: each problem's words with their figures, and the points lost by indicator."""
    scope = Scope(evaluation.figures)
    book = evaluation.dossier.problem_book
    words = {each.id: _html(scope, each.detail) for each in book.problems}
    words |= {each.id: _html(scope, each.detail) for each in book.recommendations}
    lost = {each.indicator.id: f"{each.deduction:f}" for each in leaves(evaluation.sheet.scores) if each.deduction}
    return {"words": words, "lost": lost}


def _html(scope: Scope, text: str) -> str:
    return "".join(blocks(scope.blocks(text), Page({}, {})))


@record
class Card:
    """问题卡: a problem with all that belongs to it."""

    problem: Problem
    recommendations: tuple[Recommendation, ...]
    rectification: Rectification | None

    @property
    def status(self) -> RectificationStatus:
        return self.rectification.status if self.rectification else RectificationStatus.OPEN

    def days_over(self, today: date) -> int:
        """How many days the deadline has passed without an end; 0 or less when it has not."""
        due = self.rectification.deadline if self.rectification else None
        return 0 if due is None or self.status in _AT_AN_END else (today - due).days


def cards(book: ProblemBook) -> tuple[Card, ...]:
    """The problems in the order of the book."""
    advice = {each.id: each for each in book.recommendations}
    mended = {each.problem: each for each in book.rectifications}
    return tuple(
        Card(each, tuple(advice[key] for key in each.recommendations if key in advice), mended.get(each.id))
        for each in book.problems
    )


def names(indicators: Iterable[Indicator]) -> dict[str, str]:
    """The names of all leaves by id."""
    found: dict[str, str] = {}
    for each in indicators:
        found |= names(each.children) if each.children else {each.id: each.name}
    return found


@dataclass(slots=True)
class Typed:
    """Reads a form and collects what is wrong with it, by field."""

    single: Mapping[str, str]
    many: Mapping[str, Sequence[str]]
    faults: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        value = self.single.get(name, "").replace("\r\n", "\n").strip()
        if len(value) > _LONGEST:
            self.faults[name] = f"太长，最多 {_LONGEST} 字。"
        return value

    def needed(self, name: str, what: str) -> str:
        value = self.text(name)
        if not value:
            self.faults[name] = f"没有写{what}。"
        return value

    def lines(self, name: str) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.text(name).split("\n") if line.strip())

    def known(self, name: str, known: Iterable[str]) -> tuple[str, ...]:
        """The boxes that are ticked, in the order of what can be ticked."""
        ticked = set(self.many.get(name, ()))
        return tuple(key for key in dict.fromkeys(known) if key in ticked)

    def day(self, name: str) -> date | None:
        value = self.text(name)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.faults[name] = "日期写作 2026-03-31。"
            return None


def rectification_from(typed: Typed, problem: str) -> Rectification | None:
    """The rectification of a problem; none when nothing was filled in."""
    measure, unit, proof = typed.text("measure"), typed.text("unit"), typed.lines("proof")
    deadline, status = typed.day("deadline"), _STATUSES.get(typed.text("status"), RectificationStatus.OPEN)
    if not any((measure, unit, proof, deadline)) and status is RectificationStatus.OPEN:
        return None
    if not measure:
        typed.faults["measure"] = "没有写整改措施。"
    if not unit and status is not RectificationStatus.NOT_NEEDED:
        typed.faults["unit"] = "没有写责任单位。"
    if status is RectificationStatus.DONE and not proof:
        typed.faults["proof"] = "“已整改”要有证明材料：写明是什么，存在哪里。"
    if status is RectificationStatus.NOT_NEEDED and not proof:
        typed.faults["proof"] = "“无需整改”要写明根据。"
    return Rectification(problem, measure, unit, deadline, status, proof)


def problem_from(typed: Typed, was: Problem, leaf_ids: Iterable[str], evidence: Iterable[Evidence]) -> Problem:
    """The problem with what was typed; its recommendations are read by ``recommendations_from``."""
    return replace(
        was,
        title=typed.needed("title", "问题"),
        detail=_paragraphs(typed.needed("detail", "事实")),
        cause=typed.text("cause"),
        responsible=typed.text("responsible"),
        deductions=typed.known("deductions", (*leaf_ids, *was.deductions)),
        evidence=typed.known("evidence", (*(each.id for each in evidence), *was.evidence)),
    )


def _paragraphs(text: str) -> str:
    """Texts of several lines end with one, as the files have it."""
    return f"{text}\n" if text else ""


def recommendations_from(typed: Typed, book: ProblemBook) -> Iterator[Recommendation]:
    """The ticked recommendations with what was typed into them, and the new one where something was typed."""
    ticked = set(typed.many.get("recommendations", ()))
    for each in book.recommendations:
        if each.id not in ticked:
            continue
        if f"title:{each.id}" not in typed.single:
            yield each
            continue
        yield _recommendation(typed, each.id)
    if any(typed.text(f"{part}:{NEW}") for part in ("title", "detail", "addressee")):
        yield _recommendation(typed, NEW, fresh("R", (each.id for each in book.recommendations)))


def _recommendation(typed: Typed, name: str, key: str = "") -> Recommendation:
    title, detail = typed.needed(f"title:{name}", "建议"), typed.needed(f"detail:{name}", "建议的内容")
    return Recommendation(key or name, title, _paragraphs(detail), typed.text(f"addressee:{name}"))


def fresh(letter: str, taken: Iterable[str]) -> str:
    """The next id of its kind: P7 after P6."""
    held = set(taken)
    number = len(held) + 1
    while f"{letter}{number}" in held:
        number += 1
    return f"{letter}{number}"


_Item = TypeVar("_Item", Problem, Recommendation)


def _put(items: tuple[_Item, ...], new: _Item) -> tuple[_Item, ...]:
    """In the place of the one with its id, else at the end."""
    return tuple(({each.id: each for each in items} | {new.id: new}).values())


def with_card(book: ProblemBook, card: Card) -> ProblemBook:
    """The book with this problem as it is now. A recommendation that no problem refers to any more leaves the book."""
    problem = replace(card.problem, recommendations=tuple(each.id for each in card.recommendations))
    problems = _put(book.problems, problem)
    left = next((each.recommendations for each in book.problems if each.id == problem.id), ())
    advice = book.recommendations
    for each in card.recommendations:
        advice = _put(advice, each)
    used = {key for each in problems for key in each.recommendations}
    advice = tuple(each for each in advice if each.id in used or each.id not in left)
    return with_rectification(ProblemBook(problems, advice, book.rectifications), problem.id, card.rectification)


def with_rectification(book: ProblemBook, problem: str, mended: Rectification | None) -> ProblemBook:
    """The book with this rectification of a problem, or with none."""
    kept = tuple(each for each in book.rectifications if each.problem != problem)
    order = [each.id for each in book.problems]
    items = kept if mended is None else (*kept, mended)
    return replace(
        book,
        rectifications=tuple(
            sorted(items, key=lambda each: order.index(each.problem) if each.problem in order else len(order))
        ),
    )


def without(book: ProblemBook, problem: str) -> ProblemBook:
    """The book without a problem, its rectification, and the recommendations that only it referred to."""
    problems = tuple(each for each in book.problems if each.id != problem)
    gone = {key for each in book.problems if each.id == problem for key in each.recommendations}
    gone -= {key for each in problems for key in each.recommendations}
    advice = tuple(each for each in book.recommendations if each.id not in gone)
    return ProblemBook(problems, advice, tuple(each for each in book.rectifications if each.problem != problem))
