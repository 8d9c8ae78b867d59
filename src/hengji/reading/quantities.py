"""The quantities of a text: numbers with their units, each an interval of what it could be exactly.

Numbers that count or measure nothing are none: dates, document numbers, numbers of clauses, tables and items, codes, telephone
numbers, ratios of two numbers, and what stands in the title of a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, DecimalTuple
from fractions import Fraction
from functools import lru_cache

from hengji.model.claim import Hedge, Measure, Quantity
from hengji.model.patterns import pattern
from hengji.model.reading import Span
from hengji.model.record import record
from hengji.reading.folding import Folded, fold
from hengji.reading.numerals import NUMERAL, numeral
from hengji.reading.units import MEASURED, SCALE, Unit, unit_of
from hengji.reading.unmarking import unmarked

OPEN = Fraction(10**15)
"""Stands for no upper limit: 以上, 不少于."""


@record
class Placed:
    """折叠文字中的数量: a quantity, and where it stands in the folded text, its hedges and unit included."""

    start: int
    end: int
    quantity: Quantity


@record
class _Number:
    """数字: what stands at one place, before its unit is known."""

    start: int
    end: int
    value: Decimal
    digits: str


@record
class _Measured:
    """带单位的数字: with the unit, its words, and the hedge that stands between them (余, 多) or lies in them (三成)."""

    number: _Number
    end: int
    unit: Unit
    words: str
    vague: str = ""


_YEAR = r"(?:19|20)\d{2}"
_TO = r"[-—–~～至到]{1,2}"
_MONTH = r"(?<![\d个/每×*.])(?:1[0-2]|0?[1-9])月(?![/·])"
_DATE = (
    rf"(?<![\d.])\d{{1,2}}\.{_YEAR}年(?:度|\d{{1,2}}月(?:\d{{1,2}}日)?)?",
    rf"{_YEAR}{_TO}{_YEAR}(?:年度?|学年)?",
    rf"{_YEAR}年(?:度|(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:{_TO}(?:\d{{1,2}}月)?(?:\d{{1,2}}[日号])|{_TO}\d{{1,2}}月)?)",
    rf"{_YEAR}(?P<stroke>[-./])\d{{1,2}}(?:(?P=stroke)\d{{1,2}})?(?![\d%.万元个])",
    rf"{_MONTH}(?:(?:[12]\d|3[01]|0?[1-9])日?|份|底|初|末|中旬|上旬|下旬)?",
    r"(?<=[月日年同当至])[-—~到]?(?:[12]\d|3[01]|0?[1-9])日(?![均常])",
    r"(?:[01]?\d|2[0-4]):[0-5]\d(?!\d)",
)
_NO_QUANTITY = (
    r"《[^《》]{0,120}》",
    r"[〔\[【({](?:19|20)\d{2}[〕\]】)}]第?\d+(?:[-—]\d+)?号?",
    *_DATE,
    rf"第(?:\d+|{NUMERAL}+)(?:{_TO}第?(?:\d+|{NUMERAL}+))?[^\d\s]?",
    r"(?:附?(?<!代)表|附?图|附件|附录|序号|编号|注)\d+(?:[-—.]\d+)*(?![\d.]*(?:份|张|套|台|册|个(?!人|别|体)|项(?!目)|万元))",
    r"[A-Za-z][A-Za-z0-9]*(?:[/.\-—_][A-Za-z0-9]+)*",
    r"\d{3,4}[-—]\d{7,8}|1[3-9]\d{9}(?![\d.])|\d+(?:\.\d+){2,}|\d+:\d+(?:\.\d+)?|\d{13,}|\d+\+\d+",
    r"\d+号(?!楼|院)|\d+#",
    r"\(\d{1,2}\)|(?<![^。;:,、!?“”)\]\n])\d{1,2}(?:\)|[.、](?!\d))",
    rf"“(?:\d|{NUMERAL})[^”。;,%元]{{0,16}}”",
)
_DIGITS = (
    r"\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?"
    r"|(?<![\d.,%] )(?<![\d.,])\d{1,3}(?: \d{3})+(?:\.\d+)?(?=[万亿元个人户家名亩吨米公平立千头只台辆座处件])|\d+(?:\.\d+)?"
)
"""Thousands may stand apart by commas, or by spaces where a unit follows (1 500个)."""
_CANDIDATE = pattern(
    "|".join(_NO_QUANTITY)
    + rf"|(?P<digits>(?:(?<=[为率长幅额降:(，,])-(?=\d))?(?:{_DIGITS}))"
    + rf"|百分之(?P<percent>{NUMERAL}+(?:点{NUMERAL}+)?|\d+(?:\.\d+)?)|(?P<half>一半)|(?P<numeral>{NUMERAL}+(?:点{NUMERAL}+)?)"
)
_BEGINNING = pattern(rf"[《〔\[【({{\dA-Za-z第附表图序编注“百—~到-]|{NUMERAL}")
"""Where a candidate may begin; most characters are passed over by this alone."""

_ONLY_YEAR = pattern(_YEAR)
_SCALED = pattern(rf"{SCALE}(?P<vague>[余多])?")
_COUNTED = pattern(
    r"(?P<vague>[余多])?(?P<unit>家|名|人次|人(?!民|员|们|才|均)|户(?!一)|处(?!理|于)|个百分点|个工作日|个月|个(?!别|体)|所(?!有|属|需)|座|项(?!目)"
    r"|张|辆|台|次(?!性|要)|件|套|份(?!额)|大类|类(?!似)|方面|批次|条(?!件)|种(?!植)|栋|间(?!接)|成(?!立|本|果|效|功|为|员)|天|年(?!级|龄|度)|倍)(?![一二两三])"
)
_RANGE = pattern(rf"{_TO}(?P<digits>{_DIGITS})")
_BEFORE = pattern(
    r"(?P<hedge>不超过|不高于|不多于|不足|不到|低于|少于|小于|至多|最多|不低于|不少于|不小于|高于|多于|大于|超过|突破|逾|超|至少|最少"
    r"|大约|大概|(?<![节契条合预])约|将近|接近|近)(?:为|达到?|人民币|￥|¥)?$"
)
_AFTER = pattern(r"左右|上下|及?以上|及?以下|以内|之内|以外|有余|余(?!额)|多(?![种样次项元层方部])")
_AT_LEAST = (
    "不低于",
    "不少于",
    "不小于",
    "高于",
    "多于",
    "大于",
    "超过",
    "突破",
    "逾",
    "超",
    "至少",
    "最少",
    "以上",
    "以外",
)
_AT_MOST = (
    "不超过",
    "不高于",
    "不多于",
    "不足",
    "不到",
    "低于",
    "少于",
    "小于",
    "至多",
    "最多",
    "以下",
    "以内",
    "之内",
)
_NEARLY = ("将近", "接近", "近")
_SOME_MORE = ("余", "多", "有余")
_LONGEST_HEDGE = 6
_ABOUT = Fraction(1, 20)
"""How far 约 and 近 reach at least."""
_NOT_AFTER = frozenset("第统进同某每专唯另逐单其独")
_SIZES = frozenset("百千万亿")
"""By themselves they say of what size things are (千人供水工程), not how many."""
_BARE = Unit(Measure.BARE, "")
_PERCENT = Unit(Measure.RATE, "率")


def quantities(text: str, span: Span) -> tuple[Quantity, ...]:
    """The quantities of a part of a text, in order; numbers without a unit too (BARE)."""
    return tuple(placed.quantity for placed in placed_quantities(unmarked(fold(text, span))))


def quantities_said(words: str) -> tuple[Quantity, ...]:
    """The same of folded words that are a text of their own."""
    return tuple(placed.quantity for placed in placed_quantities(unmarked(Folded(words, range(len(words))))))


def placed_quantities(folded: Folded) -> tuple[Placed, ...]:
    """The same of folded text, with their places in it. Time is linear in its length."""
    return tuple(_scan(folded))


def _scan(folded: Folded) -> Iterator[Placed]:
    text = folded.text
    at = 0
    while beginning := _BEGINNING.search(text, at):
        at = beginning.end()
        match = _CANDIDATE.match(text, beginning.start())
        if match is None:
            continue
        if match["digits"] and not match.start() and (dot := _after_item(folded, match["digits"])):
            at = dot
            continue
        at = match.end()
        measured = _measured(text, match)
        if measured is None:
            continue
        other = _upper(text, measured)
        end = (other or measured).end
        hedge, start = _hedge_before(text, match.start())
        quantity_span = folded.span(match.start(), end)
        if after := _AFTER.match(text, end):
            hedge, end = hedge or after[0], after.end()
        yield Placed(start, end, _quantity(quantity_span, measured, other, hedge))
        at = end


def _after_item(folded: Folded, digits: str) -> int:
    """Where the number begins that stands behind that of an item at the beginning of a text, a blank between them (“4. 2处房产”); else 0."""
    dot = digits.find(".") + 1
    return dot if dot and folded.origins[dot] - folded.origins[dot - 1] > 1 else 0


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "").replace(" ", ""))


def _measured(text: str, match: re.Match[str]) -> _Measured | None:
    """The number that a candidate is, with what follows it; None where it is no quantity."""
    start, end = match.span()
    if match["digits"]:
        number = _Number(start, end, _decimal(match["digits"]), match["digits"])
        return _with_unit(text, number)
    if match["percent"]:
        words = match["percent"]
        value = Decimal(words) if words[0].isdigit() and words.isascii() else numeral(words)
        return None if value is None else _Measured(_Number(start, end, value, match[0]), end, _PERCENT, "%")
    if match["half"]:
        return _Measured(_Number(start, end, Decimal(50), match[0]), end, _PERCENT, "%", "约")
    return _spoken(text, match)


def _with_unit(text: str, number: _Number) -> _Measured | None:
    end = number.end
    if unit := MEASURED.match(text, end):
        scale, word, per = unit["scale"] or "", unit["unit"], unit["per"]
        if word == "成":
            return _Measured(_tenths(number), unit.end(), _PERCENT, "%", "约")
        return _Measured(number, unit.end(), unit_of(scale, word, per), scale + word + per, unit["vague"] or "")
    if text[end : end + 1].isascii() and text[end : end + 1].isalpha():
        return None
    if scaled := _SCALED.match(text, end):
        scale = scaled["scale"] or ""
        if scale:
            return _Measured(number, scaled.end(), _scaled(scale), scale, scaled["vague"] or "")
    if number.digits.isdigit() and _ONLY_YEAR.fullmatch(number.digits):
        return None
    return _Measured(number, end, _BARE, "")


def _scaled(scale: str) -> Unit:
    return Unit(Measure.BARE, "", unit_of(scale, "元").scale)


def _tenths(number: _Number) -> _Number:
    return _Number(number.start, number.end, number.value * 10, number.digits)


def _spoken(text: str, match: re.Match[str]) -> _Measured | None:
    """A Chinese numeral counts where a measure word follows, and no word of the language holds both (统一, 一次性)."""
    start, end = match.span()
    unit = _COUNTED.match(text, end)
    value = numeral(match[0])
    if unit is None or value is None or (start and text[start - 1] in _NOT_AFTER) or _SIZES.issuperset(match[0]):
        return None
    number = _Number(start, end, value, match[0])
    if unit["unit"] == "成":
        return _Measured(_tenths(number), unit.end(), _PERCENT, "%", "约")
    return _Measured(number, unit.end(), unit_of("", unit["unit"]), unit["unit"], unit["vague"] or "")


def _upper(text: str, lower: _Measured) -> _Measured | None:
    """The other end of a range (90%-95%, 3至5个)."""
    match = _RANGE.match(text, lower.end)
    if match is None:
        return None
    number = _Number(match.start("digits"), match.end(), _decimal(match["digits"]), match["digits"])
    upper = _with_unit(text, number)
    if upper is None or lower.unit not in {upper.unit, _BARE}:
        return None
    return upper


def _hedge_before(text: str, start: int) -> tuple[str, int]:
    """The hedge that ends where a number begins, and where it begins itself."""
    before = text[max(0, start - _LONGEST_HEDGE) : start]
    match = _BEFORE.search(before)
    return (match["hedge"], start - len(before) + match.start()) if match else ("", start)


def _quantity(span: Span, first: _Measured, other: _Measured | None, hedge: str) -> Quantity:
    unit, words, printed = first.unit, first.words, first.number.digits
    if other is not None:
        unit, words, printed = other.unit, other.words, f"{printed}-{other.number.digits}"
    value, low, high = _interval(first.number.value.as_tuple(), unit)
    if other is not None:
        _, lowest, highest = _interval(other.number.value.as_tuple(), unit)
        low, high = min(low, lowest), max(high, highest)
    kind, low, high = _widened(low, high, hedge or first.vague, first)
    if kind is Hedge.NONE and other is not None:
        kind = Hedge.ABOUT
    return Quantity(span, printed, first.number.value, words, unit.measure, value, low, high, kind)


def _widened(low: Fraction, high: Fraction, hedge: str, measured: _Measured) -> tuple[Hedge, Fraction, Fraction]:
    """The interval that is left when a word makes a number vague."""
    hedge = hedge.lstrip("及")
    if not hedge:
        return Hedge.NONE, low, high
    if hedge in _AT_LEAST:
        return Hedge.MORE, low, OPEN
    if hedge in _AT_MOST:
        return Hedge.LESS, min(low, Fraction(0)), high
    step = _step(measured)
    if hedge in _NEARLY:
        return Hedge.LESS, low - max(step, abs(low) * _ABOUT), high
    if hedge in _SOME_MORE:
        return Hedge.MORE, low, high + step
    wide = max(step, abs(high) * _ABOUT)
    return Hedge.ABOUT, low - wide, high + wide


def _step(measured: _Measured) -> Fraction:
    """One unit of the last digit that is not zero."""
    exponent = int(measured.number.value.normalize().as_tuple().exponent)
    return Fraction(10) ** exponent * measured.unit.scale / _divisor(measured.unit)


@lru_cache(maxsize=4096)
def _interval(number: DecimalTuple, unit: Unit) -> tuple[Fraction, Fraction, Fraction]:
    """Value, lowest and highest in the base unit: half a unit of the last printed digit on either side.

    Whole things in whole numbers are exact. ``number`` comes as a tuple: 1.0 and 1.00 are equal, but not as precise.
    """
    sign, digits, exponent = number
    whole = int("".join(map(str, digits))) * (-1 if sign else 1)
    places = max(0, -int(exponent))
    if int(exponent) > 0:
        whole *= 10 ** int(exponent)
    below = 10**places * _divisor(unit)
    value = Fraction(whole * unit.scale, below)
    if unit.whole and not places:
        return value, value, value
    return value, Fraction((2 * whole - 1) * unit.scale, 2 * below), Fraction((2 * whole + 1) * unit.scale, 2 * below)


def _divisor(unit: Unit) -> int:
    """A printed rate is so many hundredths or thousandths."""
    if unit.measure in {Measure.RATE, Measure.PERCENTAGE_POINTS}:
        return 1000 if unit.kind == "千分率" else 100
    return 1
