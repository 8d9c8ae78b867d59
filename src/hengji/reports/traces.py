"""Where a figure comes from: a tree from the figure down to ledger rows, survey counts, clauses and judgements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from itertools import groupby

from hengji.model.figure import MISSING, Figure, FigureKind, Figures, Source, display, number, unit_of
from hengji.model.record import record
from hengji.reports.widths import wrap

_FEWEST = 20  # half-width places: however deep the tree, this much is left for words
_FULL = 30  # sources of one figure in words
_EXACT_PLACES = 12  # decimals in which a value counts as the same
_ENOUGH = 6  # decimals shown of it


class Standing(Enum):
    """追溯状态."""

    WHOLE = "完整"
    MISSING = "缺失"
    CYCLE = "循环"


@record
class Trace:
    """追溯: a figure with what it is computed from. A figure used twice is one Trace, shared, not two alike.

    ``depth`` counts the levels below (0: rests on sources alone). A figure that is not among the figures is
    MISSING; one that is its own input, directly or not, is a CYCLE where it comes round and has no children there.
    """

    id: str
    label: str
    display: str
    formula: str = ""
    children: tuple[Trace, ...] = ()
    sources: tuple[Source, ...] = ()
    standing: Standing = Standing.WHOLE
    depth: int = 0
    exact: str = ""


def tree(figure_id: str, figures: Figures) -> Trace:
    """The trace of one figure."""
    return _grow(figure_id, figures, (), {})


def _grow(figure_id: str, figures: Figures, path: tuple[str, ...], grown: dict[str, Trace]) -> Trace:
    if figure_id in grown:
        return grown[figure_id]
    figure = figures.get(figure_id)
    if figure is None:
        return Trace(figure_id, figure_id, MISSING, standing=Standing.MISSING)
    if figure_id in path:
        return Trace(figure_id, figure.label, display(figure), standing=Standing.CYCLE)
    children = tuple(_grow(each, figures, (*path, figure_id), grown) for each in figure.inputs)
    trace = Trace(
        figure_id,
        figure.label,
        display(figure),
        figure.formula,
        children,
        figure.sources,
        depth=1 + max(child.depth for child in children) if children else 0,
        exact=exact(figure),
    )
    grown[figure_id] = trace
    return trace


def exact(figure: Figure) -> str:
    """The value before rounding (money in 元, to the fen and beyond), "" where printing rounded nothing away."""
    printed = number(figure)
    if printed is None or not isinstance(figure.value, Fraction):
        return ""
    unit, usual = unit_of(figure), replace(figure, places=_EXACT_PLACES)
    if Fraction(number(usual) or 0) == Fraction(printed):
        return ""
    if figure.kind is FigureKind.MONEY:
        unit, usual = "元", replace(usual, unit="元")
    return f"{_written(number(usual) or Decimal(0))}{unit}"


def _written(value: Decimal) -> str:
    """Without trailing zeros; … where decimals are cut off."""
    whole, _, decimals = f"{value:,f}".partition(".")
    if len(decimals.rstrip("0")) > _ENOUGH:
        return f"{whole}.{decimals[:_ENOUGH]}…"
    return f"{whole}.{decimals}".rstrip("0").rstrip(".")


def place(source: Source) -> str:
    """File and line in words: funds.csv 第12行; "" when it stands in no file."""
    line = f" 第{source.line}行" if source.line is not None else ""
    return f"{source.file}{line}".strip()


def in_words(source: Source) -> str:
    """A source on one line: 台账：2021年7月1日 拨付 …（funds.csv 第12行）."""
    where = "，".join(part for part in (source.reference, place(source)) if part)
    return f"{source.kind.value}：{source.text}" + (f"（{where}）" if where else "")


def listed(sources: tuple[Source, ...]) -> tuple[str, ...]:
    """Sources on a line each; of a long roster the rest as runs of lines, so that none is lost and none weighs."""
    rest = sources[_FULL:]
    shortened = (f"另有{len(rest)}条：{_runs(rest)}",) if rest else ()
    return (*map(in_words, sources[:_FULL]), *shortened)


def _runs(sources: tuple[Source, ...]) -> str:
    """花名册.csv 第32—75、80行；…"""
    by_file: dict[str, list[int]] = {}
    for source in sources:
        by_file.setdefault(source.file or source.kind.value, []).extend([] if source.line is None else [source.line])
    return "；".join(f"{file} 第{_ranges(lines)}行" if lines else file for file, lines in by_file.items())


def _ranges(lines: list[int]) -> str:
    ordered = sorted(set(lines))
    runs = [[line for _, line in run] for _, run in groupby(enumerate(ordered), lambda pair: pair[1] - pair[0])]
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}—{run[-1]}" for run in runs)


def as_text(trace: Trace, columns: int = 100) -> str:
    """The tree for a terminal of ``columns`` half-width places. A figure met before is named but not unfolded again."""
    return "\n".join(_lines(trace, "", "", columns, set()))


def _lines(trace: Trace, first: str, rest: str, columns: int, met: set[str]) -> Iterator[str]:
    again = trace.id in met and bool(trace.children or trace.sources)
    met.add(trace.id)
    yield from _wrapped(_headline(trace) + ("（前文已展开）" if again else ""), first, rest, columns)
    if again:
        return
    below: list[Trace | Source] = [*trace.children, *trace.sources]
    stem = rest + ("│  " if below else "   ")
    if trace.formula:
        yield from _wrapped(f"算式：{trace.formula}", stem, stem, columns)
    if trace.exact:
        yield from _wrapped(f"未舍入：{trace.exact}", stem, stem, columns)
    for branch in below:
        last = branch is below[-1]
        fork, under = rest + ("└─ " if last else "├─ "), rest + ("   " if last else "│  ")
        if isinstance(branch, Trace):
            yield from _lines(branch, fork, under, columns, met)
        else:
            yield from _wrapped(in_words(branch), fork, under, columns)


def _headline(trace: Trace) -> str:
    notes = {Standing.MISSING: "（没有这个数值）", Standing.CYCLE: "（循环引用，不再展开）", Standing.WHOLE: ""}
    name = trace.label if trace.label == trace.id else f"{trace.label} 〔{trace.id}〕"
    return f"{name} = {trace.display}{notes[trace.standing]}"


def _wrapped(text: str, first: str, rest: str, columns: int) -> Iterator[str]:
    lines = wrap(text, max(columns - len(rest), _FEWEST))
    yield first + lines[0]
    for line in lines[1:]:
        yield rest + line


def as_data(figures: Figures) -> dict[str, object]:
    """All figures as one graph for JSON: {"sources": [[kind, text, place, reference] …], "figures": {id: {…}}}.

    Figures name their inputs by id and their sources by position, so that nothing stands twice.
    """
    positions: dict[Source, int] = {}
    nodes = {name: _node(figure, positions) for name, figure in figures.items()}
    sources = [[source.kind.value, source.text, place(source), source.reference] for source in positions]
    return {"sources": sources, "figures": nodes}


def _node(figure: Figure, positions: dict[Source, int]) -> dict[str, object]:
    fields: dict[str, object] = {
        "label": figure.label,
        "value": display(figure),
        "exact": exact(figure),
        "formula": figure.formula,
        "inputs": list(figure.inputs),
        "sources": [positions.setdefault(source, len(positions)) for source in figure.sources],
    }
    return {name: field for name, field in fields.items() if field}
