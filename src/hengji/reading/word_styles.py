"""What Word's styles say of a paragraph: its outline level and its list, inherited from the style that it is based on."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from hengji.model.patterns import pattern
from hengji.model.record import record

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
    """Paragraph styles by id, inheritance resolved."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._known: dict[str, Style] = {}
        self._w = ""
        self._default = ""
        if root is not None:
            self._w = "{" + (etree.QName(root).namespace or "") + "}"
            for style in root.iterchildren(f"{self._w}style"):
                if style.get(f"{self._w}type") == "paragraph":
                    key = style.get(f"{self._w}styleId", "")
                    self._elements[key] = style
                    if style.get(f"{self._w}default") in {"1", "true"}:
                        self._default = key

    def of(self, properties: etree._Element | None) -> Style:
        """The style of a paragraph with these properties (w:pPr)."""
        if properties is None:
            return self._named(self._default, 0)
        name = next(properties.iterchildren(f"{self._w}pStyle"), None) if self._w else None
        base = self._named(name.get(f"{self._w}val", "") if name is not None else self._default, 0)
        return direct(properties, base)

    def _named(self, key: str, depth: int) -> Style:
        if key in self._known:
            return self._known[key]
        element = self._elements.get(key)
        if element is None or depth > _DEEPEST:
            return Style()
        based, name = (
            next(element.iterchildren(f"{self._w}basedOn"), None),
            next(element.iterchildren(f"{self._w}name"), None),
        )
        style = self._named(based.get(f"{self._w}val", ""), depth + 1) if based is not None else Style()
        if name is not None and (heading := _HEADING.fullmatch(name.get(f"{self._w}val", ""))):
            style = replace(style, level=int(heading[1]))
        properties = next(element.iterchildren(f"{self._w}pPr"), None)
        self._known[key] = style if properties is None else direct(properties, style)
        return self._known[key]


def direct(properties: etree._Element, style: Style) -> Style:
    """The style with what the properties themselves say."""
    w = str(properties.tag).removesuffix("pPr")
    if next(properties.iterchildren(f"{w}outlineLvl", f"{w}numPr"), None) is None:
        return style
    outline, numbers = (
        next(properties.iterchildren(f"{w}outlineLvl"), None),
        next(properties.iterchildren(f"{w}numPr"), None),
    )
    if outline is not None and (value := outline.get(f"{w}val", "")).isdecimal():
        style = replace(style, level=0 if int(value) >= _BODY else int(value) + 1)
    if numbers is not None:
        number, indent = next(numbers.iterchildren(f"{w}numId"), None), next(numbers.iterchildren(f"{w}ilvl"), None)
        key = number.get(f"{w}val", "") if number is not None else style.number
        usual = style.level - 1 if style.level else style.indent
        at = indent.get(f"{w}val", "") if indent is not None else ""
        style = replace(style, number="" if key == "0" else key, indent=int(at) if at.isdecimal() else usual)
    return style
