"""Places named right before their number, without a word that says so: 三岔、石门4个乡镇.

A name is that of a place of the kind counted where it ends so (三岔镇), or stands so elsewhere in the report and not as one of another
kind: the 4 villages of 三岔、石门4个村 may lie in two townships.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from hengji.model.claim import Claim, Measure, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.reading import Span
from hengji.reading.han import HAN
from hengji.reading.statements.counted import as_told
from hengji.reading.statements.mentions import Mention, Passage

_TOWNSHIP = ("镇", "乡", "街道")
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "乡镇": _TOWNSHIP,
    "镇": ("镇",),
    "乡": ("乡",),
    "街道": ("街道",),
    "行政村": ("村",),
    "村": ("村",),
    "社区": ("社区",),
    "县": ("县",),
    "县区": ("县", "区"),
    "区县": ("县", "区"),
}
_LEVELS = (("县", "区", "市"), _TOWNSHIP, ("村", "社区"))
_PLACE = pattern("|".join(each for level in _LEVELS for each in level))
_KIND = pattern(rf"(?P<kind>{'|'.join(_ENDINGS)})(?![级域民居内庄医委办])")
_NAMES = pattern(
    rf"(?P<before>{HAN}{{0,6}}[,;:]?)(?P<names>(?<!{HAN}){HAN}{{2,20}}?(?:[、和及与]{HAN}{{2,5}}?){{1,12}})$"
)
_AND = pattern("[、和与]|(?<!涉)及")
_REACH = 80
_LENGTHS = (4, 3, 2)
_MOST = 30
_AMONG = "等"


def place_names(text: str, passages: Sequence[Passage], stated: Iterable[Claim]) -> Iterator[Claim]:
    """What is counted behind names of places; ``text`` is the whole report's. Those already in a claim are left out."""
    counted = {claim.quantities[0].span for claim in stated if claim.relation is Relation.COUNTED}
    counts = [
        (passage, mention, kind["kind"])
        for passage in passages
        for mention in passage.mentions
        if mention.unit.kind == "个" and (kind := _KIND.match(mention.after)) and _may_count(mention, counted)
    ]
    places = _places(text) if counts else frozenset()
    for passage, mention, name in counts:
        claim = _claim(places, passage, mention, name)
        if claim is not None:
            yield claim


def _places(text: str) -> AbstractSet[str]:
    """What stands before the words for kinds of places, with these: 三岔镇, 石门村, and also longer and shorter cuts."""
    words = [(match.start(), match.end()) for match in _PLACE.finditer(text)]
    return {text[start - size : end] for start, end in words for size in _LENGTHS if start >= size}


def _may_count(mention: Mention, counted: Iterable[Span]) -> bool:
    exact = mention.unit.measure is Measure.COUNT and mention.quantity.low == mention.quantity.high <= _MOST
    return exact and mention.quantity.span not in counted


def _claim(places: AbstractSet[str], passage: Passage, mention: Mention, kind: str) -> Claim | None:
    end = mention.token.start
    before = passage.text[max(0, end - _REACH) : end]
    among = before.endswith(_AMONG)
    match = _NAMES.search(before.removesuffix(_AMONG))
    if match is None:
        return None
    first, *others = _AND.split(match["names"])
    named = [each for each in others if _is_place(each, kind, places)]
    leading = next((first[-size:] for size in _LENGTHS if _is_place(first[-size:], kind, places)), "")
    if len(named) < len(others) or not leading or _goes_before(match["before"], kind, places):
        return None
    told, number = len(named) + 1, mention.quantity.value
    span = passage.span(end - len(match["names"]) - among, mention.token.end + len(kind))
    return as_told(mention, span, (told, max(told, int(number)) if among else told), Confidence.LIKELY)


def _goes_before(before: str, kind: str, places: AbstractSet[str]) -> bool:
    """Whether a list of such names ends right before these: 甲镇三岔、石门,乙镇岗子、柳林4个村."""
    last = before.rstrip(",;:")
    return last != before and any(_is_place(last[-size:], kind, places) for size in _LENGTHS)


def _is_place(name: str, kind: str, places: AbstractSet[str]) -> bool:
    endings = _ENDINGS[kind]
    if len(name) not in _LENGTHS:
        return False
    if name.endswith(endings):
        return True
    others = (each for level in _LEVELS if endings[0] not in level for each in level)
    return any(name + each in places for each in endings) and not any(name + each in places for each in others)
