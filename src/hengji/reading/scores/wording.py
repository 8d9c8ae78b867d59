"""Words of a report that may stand in pieces, folded and joined for matching."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.scorecard import Points, Wording
from hengji.reading.folding import Folded, fold
from hengji.reading.han import HAN
from hengji.reading.unmarking import unmarked

_NUMBERING = pattern(
    r"(?:#+|[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十\d]+\)|\d+(?:\.\d{1,2})+(?=[^\x00-\x7f])|\d+(?:\.\d+)*[.、)]|[A-Z]\d*(?:[-.]\d+)*[.、]?(?=[^\x00-\x7f])|[①-⑳])"
)
_INLINE = pattern(r"[(\[](?P<words>[^()\[\]]{0,40}?\d[^()\[\]]{0,40})[)\]]$")
_OF_FULL = pattern(r"\((?P<awarded>\d+(?:\.\d+)?)分?/(?P<full>\d+(?:\.\d+)?)分?\)$")
_PLAIN = pattern(rf"(?<={HAN}{HAN})(?<![得分扣为满计值])(?P<words>\d{{1,3}}(?:\.\d+)?分)$")
_POINTS = pattern(r"(?:分值|权重|满分|标准分|赋分)?[为::]?(?P<number>\d+(?:\.\d+)?)(?P<unit>分|%)?")
_TAIL = pattern(r"(?:指标|类指标|类)$")
_LOOSE_HEAD = pattern(r"^(?:项目|政策|部门|绩效)(?=.{2})")
_LOOSE_TAIL = pattern(r"(?:方面|情况|分析|指标|类|率|性)$")
_SAME = {"效果": "效益", "产出指标": "产出", "投入": "决策", "管理": "过程"}
_SHORTEST = 2
_NOISE = pattern(r"[\s\"“”'‘’《》()\[\]、,，。:;.\-—_/]")


def folded(reading: Reading, spans: Sequence[Span]) -> Folded:
    """The folded text of pieces that belong together, each sign with its origin."""
    if len(spans) == 1:
        return unmarked(fold(reading.text, spans[0]))
    parts = [unmarked(fold(reading.text, span)) for span in spans]
    return Folded("".join(part.text for part in parts), tuple(origin for part in parts for origin in part.origins))


def worded(reading: Reading, *spans: Span) -> Wording:
    """The wording of pieces; at least one."""
    return Wording(spans, folded(reading, spans).text)


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """A name without its numbering and the weight in brackets behind it, as people say it."""
    name = inline(name)[0]
    while match := _NUMBERING.match(name):
        if match.end() == len(name):
            break
        name = name[match.end() :]
    return name.strip(".、:; ")


def inline(name: str) -> tuple[str, str]:
    """A name, and the words with a number at its end, in brackets or not (“(12分)” gives “12分”); empty without them."""
    match = _INLINE.search(name)
    said = match["words"] if match else ""
    if match and ("分" in said or "%" in said or said.isdigit() or _OF_FULL.search(name)):
        return name[: match.start()], match["words"]
    match = _PLAIN.search(name)
    return (name[: match.start()], match["words"]) if match else (name, "")


def of_full(text: Folded) -> tuple[Points, Points] | None:
    """The score and the full marks in the brackets behind a name: “过程(20.18分/22分)”, “产出(7.43/8)”."""
    match = _OF_FULL.search(text.text)
    if match is None:
        return None
    awarded, full = (Points(text.span(*match.span(name)), Decimal(match[name])) for name in ("awarded", "full"))
    return (awarded, full) if awarded.value <= full.value else None


def inline_points(words: str) -> str:
    """The number of points in such words where there is nothing else in them; empty otherwise."""
    match = _POINTS.fullmatch(words)
    return match["number"] if match else ""


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """What names are compared by."""
    plain = _NOISE.sub("", bare(name))
    return _TAIL.sub("", plain) or plain


@lru_cache(maxsize=4096)
def loose(name: str) -> str:
    """What names are compared by when they need not be the same to the letter."""
    plain = key(name)
    while len(shorter := _LOOSE_TAIL.sub("", _LOOSE_HEAD.sub("", plain))) >= _SHORTEST and shorter != plain:
        plain = shorter
    return _SAME.get(plain, plain)
