"""The automatic numbers of Word: what stands before a paragraph of a list, counted as Word counts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml import etree

from hengji.model.patterns import pattern
from hengji.model.record import record

_HAN = "〇一二三四五六七八九"
_PLACE = pattern(r"%([1-9])")
_LEVELS = 9
_CIRCLED = 20
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST = 9999
_THOUSAND = 1000


@record
class _Level:
    """``others`` is the form of the numbers of levels above in its mark, empty for their own (Word: isLgl)."""

    form: str = "decimal"
    pattern: str = ""
    start: int = 1
    others: str = ""


@dataclass(slots=True)
class _List:
    """A list's levels, and how far each has counted; numbers of several lists that share an abstract one go on."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Marks by list and level, in the order of the document."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        if root is not None:
            self._read(root, "{" + etree.QName(root).namespace + "}" if etree.QName(root).namespace else "")

    def _read(self, root: etree._Element, w: str) -> None:
        shared: dict[str, _List] = {}
        for abstract in root.iterchildren(f"{w}abstractNum"):
            levels = {_number(each.get(f"{w}ilvl")): _level(each, w) for each in abstract.iterchildren(f"{w}lvl")}
            shared[abstract.get(f"{w}abstractNumId", "")] = _List(levels)
        for number in root.iterchildren(f"{w}num"):
            refers = number.find(f"{w}abstractNumId")
            base = shared.get(refers.get(f"{w}val", "") if refers is not None else "")
            if base is None:
                continue
            levels = dict(base.levels)
            overrides = list(number.iterchildren(f"{w}lvlOverride"))
            for each in overrides:
                at = _number(each.get(f"{w}ilvl"))
                own, start = each.find(f"{w}lvl"), each.find(f"{w}startOverride")
                level = _level(own, w) if own is not None else levels.get(at, _Level())
                first = _number(start.get(f"{w}val")) if start is not None else level.start
                levels[at] = replace(level, start=first)
            key = number.get(f"{w}numId", "")
            self._lists[key] = _List(levels) if overrides else base
            self._levels[key] = levels

    def mark(self, number: str, level: int) -> str:
        """The next mark of a list at a level, empty for bullets and lists that are not there."""
        counted, levels = self._lists.get(number), self._levels.get(number, {})
        if counted is None or level not in levels or not 0 <= level < _LEVELS:
            return ""
        counts = counted.counts
        counts[level] = min(counts.get(level, levels[level].start - 1) + 1, _MOST)
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        if levels[level].form in {"bullet", "none"}:
            return ""
        own = levels[level]
        return _PLACE.sub(lambda place: _value(int(place[1]) - 1, counts, levels, own.others), own.pattern)


def _value(level: int, counts: dict[int, int], levels: dict[int, _Level], form: str) -> str:
    own = levels.get(level, _Level())
    return formatted(counts.get(level, own.start), form or own.form)


def _level(element: etree._Element, w: str) -> _Level:
    def value(name: str, default: str) -> str:
        found = element.find(w + name)
        return default if found is None else found.get(f"{w}val", default)

    others = "decimal" if element.find(f"{w}isLgl") is not None else ""
    return _Level(value("numFmt", "decimal"), value("lvlText", ""), _number(value("start", "1")), others)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) <= len(str(_MOST)) else 0


def formatted(number: int, form: str) -> str:
    """A number as Word prints it: 12 as 12, 十二, ⑫, l, L, xii or XII."""
    match form:
        case "chineseCounting" | "chineseCountingThousand" | "japaneseCounting" | "taiwaneseCountingThousand":
            return han(number)
        case "taiwaneseCounting" | "ideographDigital" | "koreanDigital2":
            return han(number)
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese":
            return chr(ord("①") + number - 1) if 1 <= number <= _CIRCLED else str(number)
        case "lowerLetter" | "upperLetter":
            letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter.upper() if form.startswith("upper") else letter
        case "lowerRoman" | "upperRoman":
            return _roman(number).upper() if form.startswith("upper") else _roman(number)
        case "decimalZero":
            return f"{number:02d}"
    return str(number)


def han(number: int) -> str:
    """A number below a thousand in Chinese: 12 is 十二, 20 二十, 105 一百〇五."""
    if not 0 < number < _THOUSAND:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = _HAN[hundreds] + "百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _HAN[tens]) + "十"
    elif hundreds and ones:
        text += "〇"
    return text + (_HAN[ones] if ones else "")


def _roman(number: int) -> str:
    text = ""
    for value, sign in (*_ROMAN, *_ROMAN_SMALL):
        times, number = divmod(number, value)
        text += sign * times
    return text
