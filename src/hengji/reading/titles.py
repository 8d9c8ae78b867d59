"""Which lines are titles, and of what level: by heading style where the format has one, else by number, else by a known word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hengji.model.patterns import pattern
from hengji.model.reading import Span, Title
from hengji.model.record import record
from hengji.reading.blocks import Line
from hengji.reading.lines import STOPS, leader_end, width
from hengji.reading.marks import Kind, annex_end, is_contents, mark_of

_LONGEST = 45
_LONGEST_STYLED = 80
_LONGEST_WITH_COLON = 16
_MOST_HASHES = 6
_PAPER = pattern(r"[“\"「《].{1,40}[”\"」》]\s*(?:指标)?工作底稿")
_TAGS = pattern(r"(?:\s|</?[A-Za-z][^<>]*>|\*\*|__)*")


@record
class Candidate:
    """疑似标题: ``kind`` None is a title without a number of its own (摘要, 附件1, a heading style alone)."""

    span: Span
    mark: str
    text: str
    kind: Kind | None
    style: int = 0
    listed: bool = False


def candidate(text: str, line: Line) -> Candidate | None:
    """The title that a line would be if it stood by itself; None where it reads like a sentence or an item."""
    words = text[line.span.start : line.span.end]
    if (end := leader_end(words)) is not None:
        return _named(words[:end], line.span, line.level, listed=True)
    longest = _LONGEST_STYLED if line.level else _LONGEST
    if len(words) > longest * 2 or width(words) > longest or _is_sentence(words, line.level):
        return None
    return _named(words, line.span, line.level, listed=False)


def _named(words: str, span: Span, style: int, *, listed: bool) -> Candidate | None:
    hashes = len(words) - len(words.lstrip("#"))
    bare = words[hashes:].strip().strip("*_").strip() if hashes <= _MOST_HASHES else words
    style = style or hashes
    if marked := mark_of(bare):
        name = bare[marked.end :].strip()
        if not any(sign.isalpha() for sign in name):
            return None
        return Candidate(span, bare[: marked.end].strip(), name, marked.kind, style, listed)
    if (end := annex_end(bare)) is not None:
        return Candidate(span, bare[:end].strip(), bare[end:].strip(), None, 1, listed)
    if listed or style:
        return Candidate(span, "", bare, None, style or 1, listed) if bare else None
    return Candidate(span, "", bare, None, 2) if _PAPER.fullmatch(bare) else None


def _is_sentence(words: str, style: int) -> bool:
    if style:
        return words.endswith(("。", "；"))
    if words.endswith(("：", ":")):
        marked = mark_of(words)
        return marked is None or marked.kind > Kind.DIGITS or width(words) > _LONGEST_WITH_COLON
    return words.endswith(("，", ",", "、")) or any(sign in STOPS for sign in words if sign not in "!?…")


def levelled(candidates: Sequence[Candidate]) -> list[Title]:
    """The titles, levels counted from 1: numbers of one kind have one level, kinds that do not occur take none."""
    ranks = _ranks(candidates)
    return [
        Title(each.span, each.style if each.kind is None else ranks[each.kind], each.mark, each.text, each.listed)
        for each in candidates
    ]


def _ranks(candidates: Sequence[Candidate]) -> Mapping[Kind, int]:
    kinds = sorted({each.kind for each in candidates if each.kind is not None})
    return {kind: rank for rank, kind in enumerate(kinds, 1)}


def listed_before(candidates: Sequence[Candidate], texts: Sequence[str]) -> set[int]:
    """Which candidates are a table of contents by their order: 目录 itself, and what follows until its first title comes again.

    ``texts`` are the candidates' words without blanks.
    """
    for index, each in enumerate(candidates):
        if is_contents(f"{each.mark}{each.text}"):
            bare = [text.rstrip("0123456789") for text in texts[index + 1 :]]
            again = (index + 1 + at for at in range(1, len(bare)) if bare[at] == bare[0])
            return set(range(index, next(again, index + 1)))
    return set()
