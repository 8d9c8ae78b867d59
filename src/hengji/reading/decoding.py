"""Bytes to text: UTF-8, GB18030 or UTF-16, as the bytes themselves say."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<meta[^<>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""", re.IGNORECASE)
_FAMILY = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "utf-8": "utf-8",
    "utf8": "utf-8",
}
_LOST = "\ufffd"
_MOST_LOST = 200
"""One character in so many may be lost; with more it is no text."""
_SAMPLE = 65536
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b]")


def decoded(content: bytes) -> str | None:
    """The text of bytes, line ends as newlines; None where they are no text. A character that is broken becomes U+FFFD."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _lines(content.decode(name, "replace"))
    declared = _DECLARED.search(content[:2048])
    first = _FAMILY.get(declared[1].decode().lower(), "utf-8") if declared else "utf-8"
    for name in dict.fromkeys((first, "utf-8", "gb18030")):
        try:
            return _plain(content.decode(name))
        except UnicodeDecodeError:
            continue
    loose = [content.decode(name, "replace") for name in ("utf-8", "gb18030")]
    text = min(loose, key=lambda each: each.count(_LOST))
    return _plain(text) if text.count(_LOST) * _MOST_LOST <= len(text) else None


def _plain(text: str) -> str | None:
    """The text; None where it holds what no text holds."""
    return None if len(_CONTROLS.findall(text[:_SAMPLE])) * _MOST_LOST > len(text[:_SAMPLE]) else _lines(text)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ")
