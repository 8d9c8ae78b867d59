"""Rule statements as they are written: where one ends, and what stands on its two sides."""

from __future__ import annotations

from collections.abc import Iterator

from hengji.model.programme import Tier
from hengji.model.record import record
from hengji.policies.faults import Code, FaultError, Spot, nearest
from hengji.policies.grammar import SUM, Parser
from hengji.policies.lexer import Token, TokenKind, tokens
from hengji.policies.policy import REST
from hengji.policies.syntax import Syntax

LET, CONDITION, AMOUNT, SPLIT = "令", "条件", "金额", "分担"
KEYWORDS = (LET, CONDITION, AMOUNT, SPLIT)
_FORMS = {
    LET: "令 名称 = 表达式",
    CONDITION: "条件 名称 = 是否表达式",
    AMOUNT: "金额 层级 = 金额表达式",
    SPLIT: "分担 金额表达式 = 市级 50%, 区级 余额",
}
_TIERS = {tier.value: tier for tier in Tier}


@record
class Written:
    """A statement that was read: ``name`` of 令 and 条件, ``tier`` of 金额, ``shares`` and ``rest`` of 分担."""

    keyword: str
    spot: Spot
    value: Syntax
    name: str = ""
    tier: Tier | None = None
    shares: tuple[tuple[Tier, Syntax], ...] = ()


def statements(block: str, first_line: int) -> Iterator[tuple[str, Spot]]:
    """The statements of a rule block whose first line is ``first_line`` of the file, each with its place.

    A statement goes on while a bracket is open or the next line is indented, and never beyond the next keyword.
    """
    gathered: list[str] = []
    start = first_line
    for number, line in enumerate(block.split("\n"), start=first_line):
        fresh = line.strip() and not line[0].isspace() and (_begins(line) or not _open("\n".join(gathered)))
        if fresh and gathered:
            yield "\n".join(gathered), Spot(start, 1)
            gathered = []
        if not gathered:
            start = number
        if gathered or (line.strip() and not line.lstrip().startswith("#")):
            gathered.append(line)
    if gathered:
        yield "\n".join(gathered), Spot(start, 1)


def _begins(line: str) -> bool:
    return line.split(maxsplit=1)[0] in KEYWORDS


def _open(text: str) -> bool:
    return sum(text.count(sign) for sign in "(（") > sum(text.count(sign) for sign in ")）")


def read_statement(text: str, start: Spot) -> Written:
    """Read one statement. FaultError says what was found and expected, and where."""
    given = tokens(text, start)
    keyword = given[0].canonical
    if keyword not in KEYWORDS:
        remedy = nearest(keyword, KEYWORDS) or "以这四个词之一开头；说明文字写在规则块外面，或在行首加 #"
        raise FaultError(Code.SYNTAX, given[0].spot, f"规则以“{given[0].text}”开头", "、".join(KEYWORDS), remedy)
    try:
        return _split(given) if keyword == SPLIT else _single(given)
    except FaultError as fault:
        fault.expected = f"{fault.expected}（{_FORMS[keyword]}）" if fault.code is Code.SYNTAX else fault.expected
        raise


def _single(given: list[Token]) -> Written:
    parser = Parser(given)
    keyword = parser.advance()
    name = parser.name("名称")
    parser.take("=")
    value = parser.expression()
    parser.finish()
    if keyword.canonical == AMOUNT:
        return Written(AMOUNT, keyword.spot, value, tier=_tier(name))
    if "." in name.canonical:
        raise FaultError(
            Code.SYNTAX, name.spot, f"名称「{name.canonical}」里有点", "没有点的名称", "点只用在「表.列」里"
        )
    return Written(keyword.canonical, name.spot, value, name=name.canonical)


def _split(given: list[Token]) -> Written:
    """The sides part at the last = outside brackets: the amount may itself compare."""
    depth, at = 0, 0
    for i, token in enumerate(given):
        depth += (token.canonical == "(") - (token.canonical == ")")
        if token.kind is TokenKind.SIGN and token.canonical == "=" and depth == 0:
            at = i
    if not at:
        raise FaultError(Code.SYNTAX, given[-1].spot, "没有等号", "=", "按此写法补全")
    end = Token(TokenKind.END, "", "等号", given[at].spot)
    left, right = Parser([*given[:at], end]), Parser(given[at + 1 :])
    keyword = left.advance()
    value = left.expression()
    left.finish()
    shares: list[tuple[Tier, Syntax]] = []
    while True:
        name = right.name("层级")
        tier = _tier(name)
        if right.next.kind is TokenKind.NAME and right.next.canonical == REST:
            right.advance()
            right.finish()
            return Written(SPLIT, keyword.spot, value, tier=tier, shares=tuple(shares))
        shares.append((tier, right.expression(SUM)))
        if right.next.kind is TokenKind.END:
            found = "没有哪一级写「余额」"
            raise FaultError(
                Code.SYNTAX, right.next.spot, found, "最后一级写「余额」", "余额一级取其余，各级才一定加得上"
            )
        right.take(",")


def _tier(name: Token) -> Tier:
    if name.canonical in _TIERS:
        return _TIERS[name.canonical]
    raise FaultError(Code.NAME, name.spot, f"没有层级「{name.canonical}」", "、".join(_TIERS), "改用所列的层级")
