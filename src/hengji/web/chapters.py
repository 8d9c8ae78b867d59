"""The report in pages: a chapter each, a long one cut between its blocks, so that no page is long on its way to a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hengji.model.document import AnnexStart, Break, Contents, Cover, Document, Heading
from hengji.model.record import record
from hengji.reports.html.blocks import blocks
from hengji.reports.html.links import Page, link
from hengji.reports.markup import Markup
from hengji.reports.numbering import numbers

MOST = 120_000
"""Bytes of a page's own text after which it is cut before the next block; a block is never cut."""
_ON = "（续）"
_BARE = (AnnexStart, Break, Contents, Cover, Heading)
"""Blocks that are no page by themselves: what they stand before comes on the same one."""


@record
class Leaf:
    """报告页: a chapter of the report, or a part of a long one; ``heads`` are its headings of the second level with their links."""

    title: str
    body: Markup
    heads: tuple[tuple[str, str], ...]


def chapters(document: Document, address: Callable[[str], str]) -> tuple[Leaf, ...]:
    """The whole report; the links of its numbers lead to ``address`` of the figure."""
    return tuple(_leaves(document, Page(numbers(document), document.figures, address)))


def _leaves(document: Document, page: Page) -> Iterator[Leaf]:
    title, parts, heads, size, bare = "", list[Markup](), list[tuple[str, str]](), 0, True
    for block, drawn in zip(document.blocks, blocks(document.blocks, page), strict=True):
        begun = _begun(block)
        if (begun and not bare) or (size and size + len(drawn.encode()) > MOST):
            yield Leaf(title, Markup("".join(parts)), tuple(heads))
            title, parts, heads, size, bare = title.removesuffix(_ON) + _ON, [], [], 0, True
        title = begun or title
        if isinstance(block, Heading) and block.level == 2:  # noqa: PLR2004  the level below chapters
            heads.append((block.text, link(block.anchor)))
        parts.append(drawn)
        size += len(drawn.encode())
        bare = bare and isinstance(block, _BARE)
    if size:
        yield Leaf(title, Markup("".join(parts)), tuple(heads))


def _begun(block: object) -> str:
    """The title of the chapter that a block begins; empty for most."""
    if isinstance(block, AnnexStart):
        return f"{block.label}　{block.title}".strip("　")
    return block.text if isinstance(block, Heading) and block.level == 1 else ""
