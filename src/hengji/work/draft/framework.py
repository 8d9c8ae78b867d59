"""The indicator tree of a draft, with standards as rubrics, and a working paper for each leaf with the awarded score."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain, count

from hengji.model.indicator import Dimension, Framework, Indicator, WorkingPaper
from hengji.model.money import round_to
from hengji.model.rubric import Discretionary, Rubric
from hengji.model.scorecard import Manner, Points, Scorecard, Scored, Standard
from hengji.reading.scores.inputs import inputs_of
from hengji.reading.scores.literal import MEASURED
from hengji.work.draft.judging import judged
from hengji.work.draft.notes import Notes

_DIMENSIONS = (
    ("政策", Dimension.POLICY),
    ("决策", Dimension.DECISION),
    ("投入", Dimension.DECISION),
    ("过程", Dimension.PROCESS),
    ("管理", Dimension.PROCESS),
    ("产出", Dimension.OUTPUT),
    ("效益", Dimension.BENEFIT),
    ("效果", Dimension.BENEFIT),
    ("满意", Dimension.BENEFIT),
)
_NO_ID = re.compile(r"[^\w]")
_ZERO = Decimal(0)


@dataclass(slots=True)
class Drawn:
    """The tree and the papers of a draft; ``ids`` name the indicator of each node that was read."""

    framework: Framework
    papers: tuple[WorkingPaper, ...]
    ids: dict[int, str] = field(default_factory=dict)


def drawn(scorecard: Scorecard, notes: Notes) -> Drawn:
    """The tree with weights that add up: where they do not, the leaves' own count, and a note says so."""
    pen = _Pen(notes)
    indicators = tuple(pen.indicator(node) for node in scorecard.indicators)
    return Drawn(Framework(indicators, weight_basis="取自公布的报告"), tuple(pen.papers), pen.ids)


class _Pen:
    """Draws the tree from top to bottom; ids are the names, numbered where two are the same."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.papers: list[WorkingPaper] = []
        self.ids: dict[int, str] = {}
        self.used: set[str] = set()

    def indicator(self, node: Scored) -> Indicator:
        own = self._id(node)
        children = tuple(self.indicator(child) for child in node.children)
        first = node.records[0] if node.records else None
        if first is not None:
            self.notes.take(f"指标“{node.name}”", first.name.span)
        weight = self._weight(node, children)
        drawn_ = Indicator(own, node.name, weight, _dimension(node), children=children)
        return drawn_ if children else self._leaf(node, drawn_)

    def _id(self, node: Scored) -> str:
        base = _NO_ID.sub("", node.name) or f"指标{len(self.used) + 1}"
        names = chain((base, f"{base}{node.level}级"), (f"{base}{number}" for number in count(2)))
        own = next(name for name in names if name not in self.used)
        self.used.add(own)
        self.ids[id(node)] = own
        return own

    def _weight(self, node: Scored, children: tuple[Indicator, ...]) -> Decimal:
        printed = node.weight
        if not children:
            if printed is None:
                self.notes.doubt(f"“{node.name}”没有读到分值，暂记 0 分")
            return printed.value if printed else _ZERO
        summed = sum((child.weight for child in children), _ZERO)
        if printed is not None and printed.value != summed:
            self.notes.doubt(f"“{node.name}”印为{printed.value}分，下级合计{summed}分，按下级合计记", printed.span)
        return summed

    def _leaf(self, node: Scored, own: Indicator) -> Indicator:
        standard = _best(node)
        rubric = self._rubric(node, standard)
        criteria = standard.wording.text if standard else ""
        note = f"标准取自{self.notes.source(standard.wording.span)}" if standard else ""
        self.papers.append(self._paper(node, own, rubric))
        return replace(own, rubric=rubric, criteria=criteria, note=note)

    def _rubric(self, node: Scored, standard: Standard | None) -> Rubric:
        if standard is None:
            self.notes.doubt(f"“{node.name}”没有读到评分标准，暂按酌情")
            return Discretionary()
        if standard.rubric is None or standard.manner is not Manner.RUBRIC:
            if standard.manner is not Manner.DISCRETIONARY:
                self.notes.doubt(f"“{node.name}”的评分标准{standard.manner.value}，暂按酌情", standard.wording.span)
            return Discretionary()
        if not isinstance(standard.rubric, MEASURED):
            return standard.rubric
        given = next(iter(inputs_of(self.notes.reading, node, standard)), None)
        if given is None:
            self.notes.doubt(
                f"“{node.name}”按{standard.subject or '数值'}给分，没有读到数值，暂按酌情", standard.wording.span
            )
            return Discretionary()
        self.notes.doubt(f"“{node.name}”的{standard.subject or '数值'}取{given.shown}", given.spans[0])
        percent = round_to(given.rate * 100, 6)
        return replace(standard.rubric, actual=f"{percent.normalize():f}%")

    def _paper(self, node: Scored, own: Indicator, rubric: Rubric) -> WorkingPaper:
        awarded = node.awarded
        if awarded is None:
            self.notes.doubt(f"“{node.name}”没有读到得分，暂记 0 分")
        judgement, override, doubt = judged(
            rubric, own.weight, awarded.value if awarded else _ZERO, _said(self.notes, awarded)
        )
        if doubt:
            self.notes.doubt(f"“{node.name}”{doubt}", awarded.span if awarded else None)
        number = f"{len(self.papers) + 1}"
        return WorkingPaper(
            own.id, number, judgement=judgement, override=override, analysis=_analysis(node, self.notes)
        )


def _said(notes: Notes, awarded: Points | None) -> str:
    return "报告没有写得分" if awarded is None else f"公布的得分，见{notes.source(awarded.span)}"


def _best(node: Scored) -> Standard | None:
    """The standard that says most: one with a rule, else the first."""
    return next(
        (each for each in node.standards if each.manner is Manner.RUBRIC and each.rubric),
        next(iter(node.standards), None),
    )


def _dimension(node: Scored) -> Dimension:
    if node.level > 1:
        return Dimension.NONE
    return next((dimension for word, dimension in _DIMENSIONS if word in node.name), Dimension.NONE)


def _analysis(node: Scored, notes: Notes) -> str:
    """What the report tells of it, word for word, with its place; a brace could be taken for a figure and is left out."""
    return "\n\n".join(_paragraphs(node, notes))


def _paragraphs(node: Scored, notes: Notes) -> Iterator[str]:
    for wording in node.analyses[:1]:
        for span in wording.spans:
            words = (
                "".join(notes.reading.quote(span).split("\n"))
                .replace("\t", " ")
                .replace("{", "（")
                .replace("}", "）")
                .strip()
            )
            if words:
                yield words
        yield f"（以上取自公布的报告{notes.source(wording.span).split('「')[0]}起。）"
