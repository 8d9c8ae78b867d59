"""Chinese numerals: 十二, 两百零三, 一万二千, 九十五点五."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

NUMERAL = "[零〇一二两三四五六七八九十百千万亿]"
_DIGITS: Mapping[str, int] = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES: Mapping[str, int] = {"十": 10, "百": 100, "千": 1000}
_GROUPS: Mapping[str, int] = {"万": 10**4, "亿": 10**8}


def numeral(text: str) -> Decimal | None:
    """The value of a Chinese numeral, with 点 before decimals; None where the signs make no number."""
    whole, _, decimals = text.partition("点")
    value = _whole(whole)
    if value is None or any(sign not in _DIGITS for sign in decimals):
        return None
    places = "".join(str(_DIGITS[sign]) for sign in decimals)
    return Decimal(f"{value}.{places}" if places else value)


def whole_number(text: str) -> int | None:
    """The value of a whole number in digits or as a Chinese numeral; None where the signs make no number."""
    value = int(text) if text.isdecimal() else numeral(text)
    return None if value is None else int(value)


def _whole(text: str) -> int | None:
    """Digit by digit (二〇二二) or by places (二千零二十二)."""
    if not text:
        return None
    if all(sign in _DIGITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text)) if len(text) == 1 or "〇" in text else None
    total, group, digit = 0, 0, None
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _PLACES:
            group += (1 if digit is None else digit) * _PLACES[sign]
            digit = None
        elif sign in _GROUPS:
            total = (total + group + (digit or 0)) * _GROUPS[sign]
            group, digit = 0, None
        else:
            return None
    return total + group + (digit or 0)
