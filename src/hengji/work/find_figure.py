"""Finding a figure by what a person calls it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.model.figure import FigureKind, Figures, number, unit_of
from hengji.model.record import record

_MOST = 12
_NUMBER = re.compile(
    r"(?P<number>-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d{1,15}(?:\.\d{1,9})?)\s*(?P<unit>\D{0,6})", re.ASCII
)


@record
class Found:
    """``exact``: ids that are meant; ``near``: ids to suggest when none is."""

    exact: tuple[str, ...]
    near: tuple[str, ...]


def matching(figures: Figures, name: str) -> Found:
    """By id, else by label, else by the id's last part (执行率 finds 资金.预算执行率); otherwise the nearest, or what is printed so."""
    if name in figures:
        return Found((name,), ())
    labelled = [key for key, figure in figures.items() if figure.label == name]
    if labelled:
        return Found(tuple(labelled), ())
    ending = [key for key in figures if key.rpartition(".")[2].partition("@")[0] in (name, f"预算{name}")]
    if ending:
        shortest = min(key.count(".") + key.count("@") for key in ending)
        return Found(tuple(key for key in ending if key.count(".") + key.count("@") == shortest), ())
    inside = [key for key, figure in figures.items() if name in key.replace(".", "") + key or name in figure.label]
    inside = sorted(inside, key=len) or sorted(printed_as(figures, name), key=len)
    near = inside or difflib.get_close_matches(name, list(figures), _MOST, 0.4)
    return Found((), tuple(near[:_MOST]))


def printed_as(figures: Figures, text: str) -> Iterator[str]:
    """The figures that are printed so: 12640, 12,640.00元, 1.26万元, 85.41%."""
    told = _NUMBER.fullmatch(text.strip())
    if told is None:
        return
    value, unit = Decimal(told["number"].replace(",", "")), told["unit"]
    for key, figure in figures.items():
        units = {unit_of(figure), *(("元", "万元") if figure.kind is FigureKind.MONEY else ())}
        if any(number(figure, each) == value for each in units if unit in ("", each)):
            yield key
