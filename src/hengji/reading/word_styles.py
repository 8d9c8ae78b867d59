"""What Word's styles say of a paragraph: its outline level and its list, inherited from the style that it is based on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.archive import children

_HEADING = pattern(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_BODY = 9
_DEEPEST = 30


@record
class Style:
    """段落格式: ``level`` of a heading from 1, 0 for body text; ``number`` and ``indent`` its list and level in it."""

    level: int = 0
    number: str = ""
    indent: int = 0


class Styles:
    """Paragraph styles by id, inheritance resolved; ``w`` begins the names of attributes."""

    def __init__(self, root: etree._Element | None, w: str) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._known: dict[str, Style] = {}
        self._w = w
        self._default = ""
        for style in () if root is None else root.iterchildren(f"{w}style"):
            if style.get(f"{w}type") == "paragraph":
                key = style.get(f"{w}styleId", "")
                self._elements[key] = style
                if style.get(f"{w}default") in {"1", "true"}:
                    self._default = key

    def of(self, properties: Mapping[str, etree._Element]) -> Style:
        """The style of a paragraph with these properties (what its w:pPr holds)."""
        name = properties.get("pStyle")
        return self._direct(properties, self._named(self._default if name is None else self._value(name), 0))

    def _named(self, key: str, depth: int) -> Style:
        if key in self._known:
            return self._known[key]
        element = self._elements.get(key)
        if element is None or depth > _DEEPEST:
            return Style()
        own = children(element)
        style = self._named(self._value(own["basedOn"]), depth + 1) if "basedOn" in own else Style()
        if "name" in own and (heading := _HEADING.fullmatch(self._value(own["name"]))):
            style = replace(style, level=int(heading[1]))
        self._known[key] = self._direct(children(own.get("pPr")), style)
        return self._known[key]

    def _direct(self, own: Mapping[str, etree._Element], style: Style) -> Style:
        """The style with what the properties themselves say."""
        if "outlineLvl" in own and (value := self._value(own["outlineLvl"])).isdecimal():
            style = replace(style, level=0 if int(value) >= _BODY else int(value) + 1)
        if "numPr" in own:
            numbers = children(own["numPr"])
            key = self._value(numbers["numId"]) if "numId" in numbers else style.number
            usual = style.level - 1 if style.level else style.indent
            at = self._value(numbers["ilvl"]) if "ilvl" in numbers else ""
            style = replace(style, number="" if key == "0" else key, indent=int(at) if at.isdecimal() else usual)
        return style

    def _value(self, element: etree._Element) -> str:
        return str(element.get(f"{self._w}val", ""))
