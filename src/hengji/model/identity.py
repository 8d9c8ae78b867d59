"""Numbers that check themselves: 公民身份号码 (GB 11643) and 统一社会信用代码 (GB 32100)."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_LENGTH = 18
_CITIZEN = re.compile(r"\d{17}[\dX]", re.ASCII)
_OLD_CITIZEN = re.compile(r"\d{15}", re.ASCII)
CITIZEN_CHECKS = "10X98765432"
_CITIZEN_MODULUS = 11
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}", re.ASCII)
_CREDIT_MODULUS = 31
_REGIONS = frozenset(
    str(code)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65))
    for code in range(first, last + 1)
)
_ELSEWHERE = frozenset(("71", "81", "82", "83", "91"))
"""台湾、香港、澳门居民居住证 (81, 82, 83 since 2018), 外国人永久居留身份证 (91)."""
PLACES = _REGIONS | _ELSEWHERE
"""What a citizen's number may begin with."""
_KEPT_IN_FRONT, _KEPT_BEHIND = 3, 4
_SEALED = re.compile(r"[0-9A-F]{32}-[0-9A-Z]{4}", re.ASCII)
_ANY_CITIZEN = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[\dXx]|\d{15})(?![0-9A-Za-z])", re.ASCII)


def plain(number: str) -> str:
    """As it would be typed by hand: half-width, capital letters, no blanks."""
    return "".join(unicodedata.normalize("NFKC", number).split()).upper()


def is_sealed(number: str) -> bool:
    """Whether it is a keyed hash that stands for a number and ends in the number's last digits."""
    return _SEALED.fullmatch(number) is not None


def hidden(text: str) -> str:
    """A sentence with every number in it that could name a person masked."""
    return _ANY_CITIZEN.sub(lambda found: masked(found[0]), text)


def citizen_fault(number: str) -> str:
    """What is wrong with a citizen's number, as a clause that does not repeat it; empty when nothing is."""
    text = plain(number)
    if is_sealed(text):
        return ""
    if _OLD_CITIZEN.fullmatch(text):
        return "是15位的旧号码，没有校验码"
    if not _CITIZEN.fullmatch(text):
        return f"不是{_LENGTH}位（现{len(text)}位）" if len(text) != _LENGTH else "含有不应出现的字符"
    if text[:2] not in PLACES:
        return f"开头的{text[:2]}不是省级区划代码"
    if birth_of(text) is None:
        return "第7至14位不是日期"
    weighed = sum(int(digit) * pow(2, 17 - index, _CITIZEN_MODULUS) for index, digit in enumerate(text[:17]))
    return "" if CITIZEN_CHECKS[weighed % _CITIZEN_MODULUS] == text[17] else "校验码不符"


def birth_of(number: str) -> date | None:
    """The day of birth that a citizen's number of 18 digits carries; None when it carries none."""
    text = plain(number)
    if not _CITIZEN.fullmatch(text):
        return None
    try:
        return date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return None


def credit_fault(number: str) -> str:
    """What is wrong with a credit code, as a clause; empty when nothing is."""
    text = plain(number)
    if is_sealed(text):
        return ""
    if len(text) != _LENGTH:
        return f"不是{_LENGTH}位（现{len(text)}位）"
    if not _CREDIT.fullmatch(text):
        return "含有不应出现的字符（不用I、O、S、V、Z，第3至8位只用数字）"
    weighed = sum(
        CREDIT_ALPHABET.index(letter) * pow(3, index, _CREDIT_MODULUS) for index, letter in enumerate(text[:17])
    )
    return "" if CREDIT_ALPHABET[-weighed % _CREDIT_MODULUS] == text[17] else "校验码不符"


def masked(number: str) -> str:
    """Enough of a personal number to find it again in the file, never the whole of it: 370***********1234."""
    text = plain(number)
    hidden = max(len(text) - _KEPT_IN_FRONT - _KEPT_BEHIND, 0)
    if hidden < _KEPT_BEHIND:
        return "*" * len(text)
    return f"{text[:_KEPT_IN_FRONT]}{'*' * hidden}{text[-_KEPT_BEHIND:]}"
