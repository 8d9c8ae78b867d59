"""The line of a file on which the thing stands that a finding names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from hengji.model.finding import Finding

_LISTED = re.compile(r"^[\s-]*(?P<key>id|figure|name|step|role): *(?P<quote>['\"]?)(?P<value>.+?)(?P=quote)\s*$")
_KEY = re.compile(r"^(?P<value>\w+):")


def with_lines(findings: Iterable[Finding], files: Mapping[str, bytes]) -> Iterator[Finding]:
    """The findings in their order; one that names an item of a YAML file and no line gets the line of that item.

    An item that stands in a file more than once under the same key keeps its finding without a line: none is guessed.
    """

    @cache
    def items(file: str) -> dict[str, int]:
        return _items(files[file].decode("utf-8-sig", "replace"))

    for finding in findings:
        place = finding.place
        if place.item and place.line is None and place.file.endswith(".yaml") and place.file in files:
            line = items(place.file).get(place.item)
            yield replace(finding, place=replace(place, line=line))
        else:
            yield finding


def _items(text: str) -> dict[str, int]:
    """Items and top-level keys by their line; an id counts before a name."""
    found: dict[str, list[tuple[str, int]]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if listed := _LISTED.match(line):
            found.setdefault(listed["value"], []).append((listed["key"], number))
        if top := _KEY.match(line):
            found.setdefault(top["value"], []).append(("", number))
    lines = {name: _unambiguous(places) for name, places in found.items()}
    return {name: line for name, line in lines.items() if line is not None}


def _unambiguous(places: list[tuple[str, int]]) -> int | None:
    for key in ("id", "figure", "step", "role", "name", ""):
        lines = [number for each, number in places if each == key]
        if lines:
            return lines[0] if len(lines) == 1 else None
    return None
