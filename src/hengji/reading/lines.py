"""What a single line says of itself: how wide it is, how it ends, and whether it is a page number or a line of the contents."""

from __future__ import annotations

from hengji.model.patterns import pattern

STOPS = "。！？；;!?…"
"""A sentence or an item of a list ends here."""

_CLOSERS = "”’」』》〉）)】］]\"'*_"
_PAGE = pattern(
    r"[-—–－·~～\s]*(?:第\s*)?(?:\d{1,3}|[IVXivx]{1,5})\s*(?:页)?\s*(?:(?:[/／，,]\s*共?|共)\s*\d{1,3}\s*页?)?[-—–－·~～\s]*"
)
_LEADER = pattern(
    r"(?P<title>.*?\S)\s*(?:[.．·…‥]{3,}|…{1,}|\.(?:\s\.){2,}|\t+|\s{4,})[\s.．·…]*"
    r"[-—–－]?\s*(?P<page>\d{1,3})\s*[-—–－]?"
)
_LONGEST_LEADER = 200
_LONGEST_PAGE_NUMBER = 20


def width(line: str) -> float:
    """Width in full-width characters; what is not ASCII is as wide as a Chinese character."""
    return len(line) - len(line.encode("ascii", "ignore")) / 2


def is_page_number(line: str) -> bool:
    """Whether a trimmed line is nothing but the number of its page: “- 2 -”, “第 2 页 共 10 页”."""
    return len(line) <= _LONGEST_PAGE_NUMBER and bool(_PAGE.fullmatch(line)) and any(sign.isalnum() for sign in line)


_ROW = pattern(r"\s\d[\d,.]*[%％]?\s*$")
"""One number before the last: a row of a table, not a line of the contents."""


def leader_end(line: str) -> int | None:
    """Where the title of a line of the contents (“一、概况........- 4 -”) ends; None when it is none."""
    if len(line) > _LONGEST_LEADER or not line.rstrip("-—–－ ").endswith(tuple("0123456789")):
        return None
    match = _LEADER.fullmatch(line)
    return match.end("title") if match and not _ROW.search(line, 0, match.end("title")) else None


def ended(line: str) -> bool:
    """Whether a sentence, an item or an introduction to a list ends with the line."""
    bare = line.rstrip(_CLOSERS)
    return line.endswith(("：", ":")) or bare.endswith(tuple(STOPS)) or not bare


def open_bracket(line: str) -> bool:
    """Whether a quotation or bracket that begins in the line does not end in it."""
    return any(line.rfind(opening) > line.rfind(closing) for opening, closing in ("“”", "《》", "（）", "〔〕", "【】"))
