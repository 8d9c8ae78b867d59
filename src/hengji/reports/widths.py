"""How wide text is, in half-width places: a Chinese character takes two, a Latin letter or digit one."""

from __future__ import annotations

from functools import cache
from unicodedata import category, east_asian_width

_INVISIBLE = frozenset({"Mn", "Me", "Cf", "Cc"})


def width(text: str) -> int:
    """Half-width places that the text takes on one line; marks that combine and control characters take none."""
    return sum(map(_places, text))


@cache
def _places(character: str) -> int:
    if "\u4e00" <= character <= "\u9fff":
        return 2  # most of what there is, and much faster than the tables
    if " " <= character <= "~":
        return 1
    if category(character) in _INVISIBLE:
        return 0
    if "\u2500" <= character <= "\u257f":
        return 1  # lines of a tree in a terminal
    return 2 if east_asian_width(character) in "WFA" else 1


def wrap(text: str, places: int) -> tuple[str, ...]:
    """Lines of at most ``places`` half-width places; breaks anywhere in Chinese, keeps Latin words and numbers whole."""
    lines: list[str] = []
    line, taken = "", 0
    for word in _words(text):
        needed = width(word)
        if line and taken + needed > places:
            lines.append(line.rstrip())
            line, taken = "", 0
        added = word if line else word.lstrip()
        line, taken = line + added, taken + (needed if added == word else width(added))
    return (*lines, line.rstrip()) if line.strip() or not lines else tuple(lines)


CLOSING = frozenset("，。；：、！？）》」』”’〕】%％,.;:!?)")


def _words(text: str) -> list[str]:
    """Pieces between which a line may break: closing punctuation stays with what it closes."""
    words: list[str] = []
    for character in text:
        narrow = _places(character) == 1 and character != " "
        joins = character in CLOSING or (narrow and words and _places(words[-1][-1]) == 1 and words[-1][-1] != " ")
        if words and joins:
            words[-1] += character
        else:
            words.append(character)
    return words
