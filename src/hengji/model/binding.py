"""Bound text: prose in which figures and evidence stand by reference.

``{{ id }}`` prints a figure with its unit, ``{{ id | 元 }}`` in another unit, ``{{ id | 数 }}`` without one;
``[证:E03]`` refers to a piece of evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengji.model.record import record

_PIECE = re.compile(
    r"\{\{\s*(?P<figure>[^{}|]+?)\s*(?:\|\s*(?P<unit>[^{}|]+?)\s*)?\}\}|\[证[:：](?P<evidence>[^\]]+)\]"
)


@record
class Plain:
    """原文: characters as they stand."""

    text: str


@record
class Binding:
    """绑定数值: a figure by id, in ``unit`` when one is asked for; ``offset`` counts characters from the start of the text."""

    figure: str
    unit: str
    offset: int


@record
class Citation:
    """佐证引用: a piece of evidence by id."""

    evidence: str
    offset: int


Piece = Plain | Binding | Citation


def pieces(text: str) -> Iterator[Piece]:
    """The text cut into plain characters, bindings and citations."""
    end = 0
    for match in _PIECE.finditer(text):
        if match.start() > end:
            yield Plain(text[end : match.start()])
        if match["figure"]:
            yield Binding(match["figure"], match["unit"] or "", match.start())
        else:
            for evidence in re.split(r"[、,，\s]+", match["evidence"].strip()):
                yield Citation(evidence, match.start())
        end = match.end()
    if end < len(text):
        yield Plain(text[end:])
