"""The page around the report: head, contents at the side, the trace dialog, the appendix of traces.

One file, nothing fetched: style and script stand inside it, and its content security policy admits only these two
by their hashes, so that nothing that a user wrote could ever run.
"""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from hengji.model.document import AnnexStart, Contents, Document, Heading
from hengji.reports.html.appendix import appendix
from hengji.reports.html.blocks import blocks
from hengji.reports.html.links import Page, link
from hengji.reports.markup import NOTHING, Markup, element, text, void
from hengji.reports.numbering import numbers
from hengji.reports.traces import as_data

_DEPTH = 2  # of the contents, where the document has none of its own


def write(document: Document) -> bytes:
    """The document as UTF-8 HTML; the same document gives the same bytes."""
    style, script = _packaged("style.css"), _packaged("trace.js")
    page = Page(numbers(document), document.figures)
    body = element(
        "body",
        element("a", text("跳到正文"), class_="skip", href="#page-report"),
        element(
            "div",
            _side(document),
            element(
                "main",
                element("article", *blocks(document.blocks, page), id="page-report"),
                appendix(document.figures),
            ),
            class_="page",
        ),
        _dialog(),
        element("script", _data(document), type="application/json", id="page-traces"),
        element("script", Markup(script)),
    )
    html = element("html", _head(document, style, script), body, lang="zh-CN")
    return f"<!doctype html>\n{html}\n".encode()


def _packaged(name: str) -> str:
    return files("hengji.reports.html").joinpath(name).read_text(encoding="utf-8")


def _head(document: Document, style: str, script: str) -> Markup:
    named = (("author", document.author), ("description", document.subject))
    return element(
        "head",
        void("meta", charset="utf-8"),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", http_equiv="Content-Security-Policy", content=content_policy(style, script)),
        void("meta", name="color-scheme", content="light dark"),
        *(void("meta", name=name, content=content) for name, content in named if content),
        element("title", text(document.title)),
        element("style", Markup(style)),
    )


def content_policy(style: str, script: str) -> str:
    """Admits this one style and this one script, and nothing from anywhere."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'; img-src data:"
    )


def _hash(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def _data(document: Document) -> Markup:
    """JSON that no closing tag inside a text can end early."""
    written = json.dumps(as_data(document.figures), ensure_ascii=False, separators=(",", ":"))
    return Markup(written.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _side(document: Document) -> Markup:
    """Search and contents; the script shows the search, which is of no use without it."""
    search = element(
        "div",
        element("label", text("查找数值"), for_="page-search"),
        void("input", type="search", id="page-search", placeholder="名称、编号或数字，按 / 键", autocomplete="off"),
        element("ul", id="page-found", aria_label="查到的数值"),
        class_="search",
        hidden="",
    )
    contents = element(
        "details",
        element("summary", text("目录")),
        element("nav", element("ol", *_entries(document)), aria_label="目录"),
        class_="contents",
        open="",
    )
    return element("div", search, contents, class_="side")


def _entries(document: Document) -> list[Markup]:
    depth = next((block.depth for block in document.blocks if isinstance(block, Contents)), _DEPTH)
    entries: list[Markup] = []
    for block in document.blocks:
        match block:
            case Heading(level=level, text=words, anchor=anchor) if level <= depth:
                entries.append(_entry(level, words, anchor))
            case AnnexStart(label=label, title=title, anchor=anchor) if label:
                entries.append(_entry(1, f"{label}　{title}", anchor))
            case _:
                pass
    if document.figures:
        entries.append(_entry(1, "数值追溯", "page-all-figures"))
    return entries


def _entry(level: int, words: str, anchor: str) -> Markup:
    return element("li", element("a", text(words), href=link(anchor)), class_=f"level{level}")


def _dialog() -> Markup:
    """Filled by the script; the browser's own dialog keeps the focus inside, closes on Esc and gives the focus back."""
    close = element("button", text("关闭"), type="button", class_="close", value="close")
    return element("dialog", element("form", close, method="dialog"), element("div", NOTHING), id="page-trace")
