"""Names of sheets: at most 31 characters, legal, unique, taken from the caption or from the heading above."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from hengji.reports.markup import printable

CONTENTS = "目录"
FIGURES = "数值"

_LONGEST = 31
_ILLEGAL = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_RESERVED = frozenset({"history", "历史记录", CONTENTS, FIGURES, ""})


def sheet_names(titles: Iterable[str]) -> tuple[str, ...]:
    """One name per title, in order; spreadsheets do not tell capitals from small letters, so neither does this."""
    taken: set[str] = set(_RESERVED)
    names: list[str] = []
    for title in titles:
        name = next(each for each in _candidates(title) if each.lower() not in taken)
        taken.add(name.lower())
        names.append(name)
    return tuple(names)


def _candidates(title: str) -> Iterable[str]:
    words = " ".join(printable(title).translate(_ILLEGAL).split()) or "表"
    yield words[:_LONGEST].strip()
    for number in count(2):
        mark = f" ({number})"
        yield words[: _LONGEST - len(mark)].strip() + mark
