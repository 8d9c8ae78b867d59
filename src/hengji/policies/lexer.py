"""Text to tokens. Full-width and half-width spellings are the same; positions are those of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import Enum
from fractions import Fraction

from hengji.model.money import LARGEST
from hengji.model.record import record
from hengji.model.table import ColumnType, Value
from hengji.policies.faults import Code, FaultError, Spot
from hengji.policies.kinds import COUNT, DATE, MONEY, RATE, TEXT


class TokenKind(Enum):
    VALUE = "值"
    NAME = "名称"
    WORD = "关键词"
    SIGN = "符号"
    END = "结尾"


@record
class Token:
    """``text`` as the user wrote it is only for messages; ``canonical`` is the one spelling of a word or a sign."""

    kind: TokenKind
    canonical: str
    text: str
    spot: Spot
    value: Value = None
    of: ColumnType = TEXT


WORDS = {
    "且": "且", "and": "且", "或": "或", "or": "或", "非": "非", "not": "非", "属于": "属于", "in": "属于",
    "若": "若", "if": "若", "则": "则", "then": "则", "否则": "否则", "else": "否则",
    "真": "真", "true": "真", "True": "真", "假": "假", "false": "假", "False": "假", "空": "空", "null": "空",
}  # fmt: skip
_SIGNS = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "*": "×", "/": "÷", "＜": "<", "＞": ">"}
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_HALF |= {ord("“"): ord('"'), ord("”"): ord('"'), ord("、"): ord(","), ord("\u2212"): ord("-"), ord("\u3000"): ord(" ")}
_TOKEN = re.compile(
    r"""
    (?P<space>\s+|\#[^\n]*)
  | (?P<date>\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{1,2}-\d{1,2}(?!\d))
  | (?P<number>\d+(?:\.\d+)?)(?P<unit>%|‰|亿元|万元|元)?
  | (?P<text>"[^"\n]*")
  | (?P<name>(?:[^\W\d]\w*|「[^」\n]+」)(?:[.@](?:\w+|「[^」\n]+」))*)
  | (?P<sign>==|!=|<=|>=|[-+*/×÷=≠<≤>≥(),])
    """,
    re.VERBOSE,
)
_SCALES = {
    "%": Fraction(1, 100),
    "‰": Fraction(1, 1000),
    "元": Fraction(100),
    "万元": Fraction(10**6),
    "亿元": Fraction(10**10),
}


def tokens(text: str, start: Spot) -> list[Token]:
    """All tokens of ``text``, which stands at ``start`` in its file; FaultError at the first sign that is none."""
    return list(_tokens(text, start))


def _tokens(text: str, start: Spot) -> Iterator[Token]:
    plain = text.translate(_HALF)
    position = 0
    while position < len(plain):
        spot = spot_of(text, position, start)
        match = _TOKEN.match(plain, position)
        if match is None:
            raise FaultError(Code.SYNTAX, spot, *_stranger(text, position))
        position = match.end()
        if match["space"] is None:
            yield _token(match, text[match.start() : match.end()], spot)
            if match["number"] and re.match(r"\w", plain[position:]):
                tail = re.match(r"\w+", plain[position:])
                found = f"数字 {match[0]} 后面紧跟着“{tail[0] if tail else ''}”"
                remedy = "以数字开头的名称要写在「」中，如 「2020年到位」"
                raise FaultError(Code.SYNTAX, spot, found, "运算符、元、万元、亿元、% 或 ‰", remedy)
    yield Token(TokenKind.END, "", "结尾", spot_of(text, len(text.rstrip()), start))


def spot_of(text: str, position: int, start: Spot) -> Spot:
    """Where in the file the character at ``position`` stands."""
    line = text.count("\n", 0, position)
    column = position - (text.rfind("\n", 0, position) + 1)
    return Spot(start.line + line, column + (start.column if line == 0 else 1))


def _stranger(text: str, position: int) -> tuple[str, str, str]:
    if text[position] in '“”"＂':
        return "引号没有成对", '“…” 或 "…"', "补上另一半引号"
    if text[position] in "「」":
        return "「」没有成对", "「名称」", "补上另一半"
    remedy = "删去这个符号；若它是名称的一部分，把整个名称写在「」中"
    return f"不认识的符号 {text[position]}", "名称、数字、日期、文本、运算符或括号", remedy


def _token(match: re.Match[str], text: str, spot: Spot) -> Token:
    if match["date"]:
        year, month, day = (int(part) for part in re.findall(r"\d+", match["date"]))
        try:
            return Token(TokenKind.VALUE, "", text, spot, date(year, month, day), DATE)
        except ValueError:
            raise FaultError(Code.SYNTAX, spot, f"{text} 没有这一天", "存在的日期", "核对月和日") from None
    if match["number"]:
        return _number(match["number"], match["unit"] or "", text, spot)
    if match["text"]:
        return Token(TokenKind.VALUE, "", text, spot, text[1:-1], TEXT)
    if match["name"]:
        if match["name"] in WORDS:
            return Token(TokenKind.WORD, WORDS[match["name"]], text, spot)
        quoted = re.sub(r"「([^」]+)」", r"\1", text) if "「" in text else match["name"]
        return Token(TokenKind.NAME, quoted, text, spot)
    return Token(TokenKind.SIGN, _SIGNS.get(match["sign"], match["sign"]), text, spot)


def _number(digits: str, unit: str, text: str, spot: Spot) -> Token:
    value = Fraction(digits)
    if "元" in unit:
        fen = value * _SCALES[unit]
        if fen.denominator != 1:
            raise FaultError(Code.SYNTAX, spot, f"{text} 不足一分", "精确到分的金额", "金额最多写到分")
        if fen > LARGEST:
            raise FaultError(Code.SYNTAX, spot, f"{text} 超出可计算的最大金额", "90 万亿元以内", "核对单位")
        return Token(TokenKind.VALUE, "", text, spot, int(fen), MONEY)
    if unit:
        return Token(TokenKind.VALUE, "", text, spot, value * _SCALES[unit], RATE)
    if "." in digits:
        return Token(TokenKind.VALUE, "", text, spot, value, RATE)
    if int(digits) > LARGEST:
        raise FaultError(Code.SYNTAX, spot, f"{text} 超出可计算的最大整数", "较小的数", "核对数字")
    return Token(TokenKind.VALUE, "", text, spot, int(digits), COUNT)
