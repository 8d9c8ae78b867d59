"""Finding a figure by what a person calls it."""

from __future__ import annotations

import difflib

from hengji.model.figure import Figures
from hengji.model.record import record

_MOST = 12


@record
class Found:
    """``exact``: ids that are meant; ``near``: ids to suggest when none is."""

    exact: tuple[str, ...]
    near: tuple[str, ...]


def matching(figures: Figures, name: str) -> Found:
    """By id, else by label, else by the id's last part (执行率 finds 资金.预算执行率); otherwise the nearest."""
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
    inside.sort(key=len)
    near = inside or difflib.get_close_matches(name, list(figures), _MOST, 0.4)
    return Found((), tuple(near[:_MOST]))
