"""Documents that a report cites: 《标题》（文号）, 文号《标题》, 文号标题, and numbers alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.han import HAN
from hengji.reading.numerals import NUMERAL, whole_number

Key = tuple[str, int, int]
"""What the same document has in common however its number is written: its issuer, the year (0 for a decree) and the serial number."""


@record
class Cited:
    """引用的文件: its number (folded characters ``start`` up to ``end``), and its title where one stands with it.

    ``issuer`` is the letters before the year (“财预”), ``serial`` the digits as printed; ``brackets`` those around the year.
    """

    start: int
    end: int
    issuer: str
    year: int
    serial: str
    brackets: str
    has_hao: bool
    title: str = ""
    title_start: int = 0
    title_end: int = 0

    @property
    def number(self) -> str:
        """The number in its proper form, “财预〔2020〕10号”."""
        return f"{self.issuer}〔{self.year}〕{int(self.serial)}号"

    @property
    def key(self) -> Key:
        """What it is known by: of the issuer only the last two characters (陕财预 is cited as 财预 too), the year, the serial number."""
        return self.issuer[-2:], self.year, int(self.serial)


_NUMBER = pattern(
    rf"(?P<issuer>{HAN}{{2,10}})(?P<open>[〔\[(【])(?P<year>(?:19|20)\d\d)(?P<close>[〕\])】])第?(?P<serial>\d{{1,5}})(?P<hao>号?)"
)
_LEAD = pattern(
    r"^.*(?:依据|根据|按照|以及|文件|通知|关于|附件|参照|对照|落实|符合|执行|违反|贯彻|依照|印发|下发|和|与|及|的|按|由|在|据|年|见|对|以)"
)
_BEFORE = pattern(r"《(?P<title>[^《》]{2,120}(?:《[^《》]{2,80}》[^《》]{0,20})?)》?[^《》(。;,]{0,6}$")
_BEHIND = pattern(r"(?:文件)?《(?P<title>[^《》]{2,120}(?:《[^《》]{2,80}》[^《》]{0,20})?)》")
_BARE_BEHIND = pattern(
    rf"(?P<title>{HAN}{{0,30}}?关于[一-鿿《》〈〉“”、\d]{{4,60}}?(?:意见|通知|办法|细则|方案|规划|条例|(?<!的)规定|决定)》?(?:的通知)?)"
)
_DECREE = pattern(rf"(?P<issuer>主席|国务院|{HAN}{{2}}部)令第?(?P<serial>\d{{1,4}}|{NUMERAL}{{1,6}})号")
_WINDOW = 160
TITLED = pattern(r"《[^《》]{0,120}》?")
"""The title of a document in its marks; a cell may be cut before they close."""


def without_titles(text: str) -> str:
    """A text with blanks for the titles of documents in it; what stands behind them keeps its place."""
    return TITLED.sub(lambda title: " " * len(title[0]), text) if "《" in text else text


def cited_in(text: str) -> tuple[Cited, ...]:
    """The documents cited in a folded passage, in order."""
    return tuple(_cited(text, match) for match in _NUMBER.finditer(text)) if "号" in text or "〔" in text else ()


def keys_in(text: str) -> Iterator[tuple[Key, int, int]]:
    """The keys of the documents and decrees (民政部令第49号) cited in a folded passage, and where their numbers stand."""
    for each in cited_in(text):
        yield each.key, each.start, each.end
    for match in _DECREE.finditer(text) if "令" in text else ():
        serial = whole_number(match["serial"])
        if serial is not None:
            yield (f"{match['issuer']}令", 0, serial), *match.span()


def _cited(text: str, match: re.Match[str]) -> Cited:
    issuer = _LEAD.sub("", match["issuer"]) or match["issuer"][-2:]
    start = match.start("open") - len(issuer)
    title = next(iter(_titles(text, start, match.end())), None)
    return Cited(
        start,
        match.end(),
        issuer,
        int(match["year"]),
        match["serial"],
        match["open"] + match["close"],
        bool(match["hao"]),
        *((title["title"], title.start("title"), title.end("title")) if title else ()),
    )


def _titles(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The title that stands right before “（文号”, then right behind the number."""
    if start and text[start - 1] in "([" and (before := _last_title(text, start - 1)):
        yield before
    if (behind := _BEHIND.match(text, end)) or (behind := _BARE_BEHIND.match(text, end)):
        yield behind


def _last_title(text: str, end: int) -> re.Match[str] | None:
    at = text.rfind("《", max(0, end - _WINDOW), end)
    outer = text.rfind("《", max(0, end - _WINDOW), max(at, 0))
    if outer >= 0 and text.count("》", outer, end) == text.count("《", outer, end) and "》" not in text[outer:at]:
        at = outer
    return _BEFORE.match(text, at, end) if at >= 0 else None


_FRAME = pattern(r"[《》〈〉<>“”\"()\[\]、,\s]|印发|关于|的通知$|通知$")
_ISSUER = pattern(r"^[^《〈<]{2,40}?关于")


def title_key(title: str) -> str:
    """What one document's titles have in common: no issuer, no 关于, 印发 and 的通知, no marks."""
    return _FRAME.sub("", _FRAME.sub("", _ISSUER.sub("", title)))
