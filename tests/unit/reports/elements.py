"""A page read as a browser reads it: by elements, never by looking for pieces of text in markup."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "col", "hr", "input"}


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def all(self, name: str, **attributes: str) -> list[Element]:
        inside = [
            each for child in self.children if isinstance(child, Element) for each in child.all(name, **attributes)
        ]
        own = self.name == name and attributes.items() <= self.attributes.items()
        return [self, *inside] if own else inside

    def one(self, name: str, **attributes: str) -> Element:
        (found,) = self.all(name, **attributes)
        return found

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("document", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> ends <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def everything(element: Element) -> list[Element]:
    inside = [each for child in element.children if isinstance(child, Element) for each in everything(child)]
    return [element, *inside]


def parsed(page: bytes) -> Element:
    """The whole page; every element that was opened is closed."""
    reader = Reader()
    reader.feed(page.decode())
    assert len(reader.open) == 1
    return reader.open[0]
