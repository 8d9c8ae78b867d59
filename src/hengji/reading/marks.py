"""The numbers before titles and items: 第一章, 一、, （一）, 1., 1.1, （1）, 1）, ①, A., and the words that stand without one."""

from __future__ import annotations

from enum import IntEnum

from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.han import HAN

_HAN = "[一二三四五六七八九十百]"
_NO_UNIT = r"(?!\s*(?:[%％‰万亿倍亩吨㎡]|元|分(?![析类配解布级工])|个百分点|平方|公里|千米))"


class Kind(IntEnum):
    """编号种类: in the order in which they usually stand inside one another."""

    CHAPTER = 1
    SECTION = 2
    HAN = 3
    HAN_BRACKETS = 4
    DIGITS = 5
    DECIMAL = 6
    DECIMAL_3 = 7
    DECIMAL_4 = 8
    BRACKETS = 9
    HALF_BRACKET = 10
    CIRCLED = 11
    LETTER = 12


_MARK = pattern(
    rf"(?P<formula>\$\s*)?(?:(?P<CHAPTER>第\s*(?:{_HAN}{{1,3}}|\d{{1,2}})\s*(?:章|部分|篇)[、：:]?)"
    rf"|(?P<SECTION>第\s*(?:{_HAN}{{1,3}}|\d{{1,2}})\s*节[、：:]?)"
    rf"|(?P<HAN>{_HAN}{{1,3}}\s*[、．.])"
    rf"|(?P<HAN_BRACKETS>[（(]\s*{_HAN}{{1,3}}\s*[）)][、.．]?)"
    rf"|(?P<DECIMAL_4>\d{{1,2}}(?:[.．]\d{{1,2}}){{3}}(?![.．\d]){_NO_UNIT}[、.．]?)"
    rf"|(?P<DECIMAL_3>\d{{1,2}}(?:[.．]\d{{1,2}}){{2}}(?![.．\d]){_NO_UNIT}[、.．]?)"
    rf"|(?P<DECIMAL>\d{{1,2}}[.．]\d{{1,2}}(?![.．\d]){_NO_UNIT}、?)"
    r"|(?P<DIGITS>\d{1,2}\s*(?:[.．](?!\d)|、))"
    r"|(?P<BRACKETS>[（(]\s*\d{1,2}\s*[）)][、.．]?)"
    r"|(?P<HALF_BRACKET>\d{1,2}[）)][、.．]?)"
    r"|(?P<CIRCLED>[①-⑳㉑-㉟㊱-㊿❶-❿⑴-⒇])"
    r"|(?P<LETTER>[A-Za-z](?:[.．、](?![A-Za-z])|[）)])))(?(formula)\s*\$)"
)
_ANNEX = pattern(r"(?:附件|附表|附录|附)\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*[：:、.．]?")
_LONE = pattern(
    r"(?:摘\s*要|报\s*告\s*摘\s*要|前\s*言|引\s*言|导\s*言|目\s*[录次]|附\s*[件表录]|结\s*语|内\s*容\s*摘\s*要)"
)


@record
class Marked:
    """编号: its kind, and where it ends in the line."""

    kind: Kind
    end: int


def mark_of(line: str) -> Marked | None:
    """The number at the start of a trimmed line; None without one."""
    if match := _MARK.match(line):
        return Marked(Kind[match.lastgroup or ""], match.end())
    return None


def annex_end(line: str) -> int | None:
    """Where “附件1：” ends; 0 for a line that is nothing but 摘要, 目录, 附件 …"""
    if _LONE.fullmatch(line):
        return 0
    match = _ANNEX.match(line)
    return match.end() if match else None


def is_contents(line: str) -> bool:
    """Whether a title is that of the table of contents."""
    return "".join(line.split()) in {"目录", "目次"}


_SERIAL = pattern(
    r"(?P<chinese>[一二三四五六七八九十]+)(?:[、.．]|$)|(?P<bracketed>[（(][一二三四五六七八九十\d]+[)）])"
    rf"|(?P<letter>[A-H])(?:[、.．]|$|(?={HAN}))|(?P<coded>[A-H]\d)(?:[、.．]|$|(?=\s*{HAN}))"
    rf"|(?P<deeper>[A-H]\d[-.．]?\d)(?:[、.．]|$|(?=\s*{HAN}))|(?P<deepest>[A-H]\d[-.．]?\d[-.．]?\d)(?:[、.．]|$|(?=\s*{HAN}))"
    rf"|(?P<third>\d{{1,2}}[.．]\d{{1,2}}[.．]\d{{1,2}})|(?P<second>\d{{1,2}}[.．]\d{{1,2}})(?:$|(?=\s*{HAN}))|(?P<plain>\d{{1,2}})(?:[、.．]|$)"
)


def serial_kind(text: str) -> str:
    """What kind of number a cell is or begins with (1, 1.1, 一、, （一）, A, A1): each kind stands for one level; empty without one."""
    match = _SERIAL.match(text.strip())
    return match.lastgroup or "" if match else ""
