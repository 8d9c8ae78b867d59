"""Problems and recommendations of a draft: the items of their chapters, word for word, with what seems to belong together."""

from __future__ import annotations

from hengji.model.problem import Problem, ProblemBook, Recommendation
from hengji.model.scorecard import Scorecard, Scored
from hengji.reading.folding import Folded
from hengji.reading.items import Item, common_pairs, items, relatedness
from hengji.reading.manuscript import Kind, Passage, Role, manuscript_of
from hengji.work.draft.notes import Notes

_RELATED = 0.3
_NO_BRACES = str.maketrans("{}", "（）")


def problem_book(notes: Notes, scorecard: Scorecard, ids: dict[int, str]) -> ProblemBook:
    """The problems with the indicators that seem to have lost points for them, and the recommendations that seem to answer them."""
    text = manuscript_of(notes.reading)
    problems, advice = items(text, Role.PROBLEMS), items(text, Role.ADVICE)
    lost = [(ids[id(leaf)], _item_of(leaf)) for leaf in scorecard.leaves() if _lost(leaf)]
    common = common_pairs(problems, advice)
    for kind, found in (("问题", problems), ("建议", advice)):
        for item in found:
            notes.take(f"{kind}“{item.name}”", item.heading.span())
    if problems:
        notes.doubt("问题对应的扣分指标和建议按用词推断，逐条核对")
    else:
        notes.doubt("没有读到“存在的问题”，需要补写")
    paired = len(problems) == len(advice)
    return ProblemBook(
        tuple(
            Problem(
                f"P{number}",
                item.name,
                _detail(item),
                deductions=tuple(own for own, leaf in lost if _nearest(leaf, problems, common) is item),
                recommendations=_answers(item, number, advice, common) or ((f"R{number}",) if paired else ()),
            )
            for number, item in enumerate(problems, 1)
        ),
        tuple(Recommendation(f"R{number}", item.name, _detail(item)) for number, item in enumerate(advice, 1)),
    )


def _detail(item: Item) -> str:
    return item.text.translate(_NO_BRACES)


def _lost(leaf: Scored) -> bool:
    return leaf.awarded is not None and leaf.weight is not None and leaf.awarded.value < leaf.weight.value


def _item_of(leaf: Scored) -> Item:
    """A leaf as an item that can be compared: its name, its reasons and what is told of it."""
    told = [record.reason.text for record in leaf.records if record.reason]
    told.extend(each.text for each in leaf.analyses[:1])
    name = Folded(leaf.name, tuple(range(len(leaf.name))))
    return Item(Passage(leaf.name, name, Kind.TITLE, Role.ANALYSIS, 0), "\n".join((leaf.name, *told)))


def _nearest(leaf: Item, problems: tuple[Item, ...], common: frozenset[str]) -> Item | None:
    best = max(problems, key=lambda item: relatedness(item, leaf, common), default=None)
    return best if best is not None and relatedness(best, leaf, common) >= _RELATED else None


def _answers(item: Item, number: int, advice: tuple[Item, ...], common: frozenset[str]) -> tuple[str, ...]:
    """The recommendation that is most about a problem; of equals, the one at its own place."""
    scores = [(relatedness(item, each, common), index == number, f"R{index}") for index, each in enumerate(advice, 1)]
    best = max(scores, default=(0.0, False, ""))
    return (best[2],) if best[0] >= _RELATED else ()
