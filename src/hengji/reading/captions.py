"""What stands above a table: its caption (“表5：…”, or a short line by itself) and the unit of its amounts."""

from __future__ import annotations

from hengji.model.patterns import pattern
from hengji.reading.lines import STOPS, width

_UNIT = pattern(
    r"[（(\[【]?\s*(?:(?:金额|计量|货币|资金)?\s*单\s*位)\s*[：:]?\s*(?P<unit>[^）)\]】：:]{1,20}?)\s*[）)\]】]?"
    r"|[（(]\s*(?P<bare>(?:人民币)?\s*[万亿]?\s*元|%)\s*[）)]"
)
_UNIT_WITHIN = pattern(
    r"[（(]\s*(?:(?:金额|计量|货币)?\s*单\s*位\s*[：:]\s*(?P<unit>[^（）()]{1,12}?)|(?P<bare>[万亿]?元))\s*[）)]"
    r"|(?:金额|计量|货币)?单\s*位\s*[：:]\s*(?P<open>[%％万亿]?元?)\s*$"
)
_UNIT_BEHIND = pattern(r"\s{2,}(?:金额|计量|货币)?单\s*位\s*[：:]\s*[%％万亿]?元?\s*$")
_NUMBERED = pattern(
    r"(?:续\s*表|附\s*表|表)\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:\s*[-—.．]\s*\d{1,3})?(?![\d.]*[%％])"
)
_DATE = pattern(r"[\d〇○零一二三四五六七八九十]{2,4}\s*年.*[月日]")
_LONGEST = 45


def unit_of(line: str) -> str:
    """The unit that a line by itself names, “单位：万元” or “（万元）”, without blanks; empty when it names none."""
    match = _UNIT.fullmatch(line.strip()) if len(line) <= _LONGEST else None
    return "".join((match["unit"] or match["bare"]).split()) if match else ""


def unit_within(caption: str) -> str:
    """The unit within a caption, “表2 资金情况（单位：万元）”."""
    match = _UNIT_WITHIN.search(caption)
    return "".join((match["unit"] or match["bare"] or match["open"] or "").split()) if match else ""


def is_numbered(line: str) -> bool:
    """Whether a line begins like a caption: 表5, 续表5, 附表1."""
    return bool(_NUMBERED.match(line))


def is_caption(line: str) -> bool:
    """Whether a line that stands before a table is its caption."""
    if width(line) > _LONGEST or line.endswith(("，", ",", "、", "：", ":")) or any(stop in line for stop in STOPS[:1]):
        return False
    if is_numbered(line):
        return True
    line = _UNIT_BEHIND.sub("", line)
    return not any(sign in line for sign in "：:；;") and not _DATE.fullmatch(line)
