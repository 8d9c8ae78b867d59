"""Tokens to a tree of what was written, by precedence (Pratt). Nothing is executed.

From the loosest to the tightest: 若…则…否则 · 或 · 且 · 非 · comparisons and 属于 · + - · × ÷ · the minus sign.
"""

from __future__ import annotations

from hengji.policies.faults import Code, FaultError, Spot
from hengji.policies.kinds import BOOL
from hengji.policies.lexer import Token, TokenKind, tokens
from hengji.policies.syntax import Call, Choice, Constant, Infix, Membership, Missing, Name, Option, Prefix, Syntax

OPTIONS = ("按", "当", "到", "方式")
LOOSEST, OR, AND, NOT, COMPARE, SUM, PRODUCT, SIGN = range(8)
_INFIX = {
    "或": OR, "且": AND, "属于": COMPARE, "=": COMPARE, "≠": COMPARE, "<": COMPARE, "≤": COMPARE, ">": COMPARE,
    "≥": COMPARE, "+": SUM, "-": SUM, "×": PRODUCT, "÷": PRODUCT,
}  # fmt: skip
_RISING = {"<", "≤"}
_FALLING = {">", "≥"}
_DEEPEST = 40
_MOST = 120


def parse(text: str, start: Spot | None = None) -> Syntax:
    """Read one expression, which stands at ``start`` in its file. FaultError says what was found and expected, and where."""
    parser = Parser(tokens(text, start or Spot(1, 1)))
    tree = parser.expression()
    parser.finish()
    return tree


class Parser:
    """Reads pieces one after the other from tokens, the last of which is the end."""

    def __init__(self, given: list[Token]) -> None:
        self._tokens = given
        self._at = 0
        self._depth = 0
        self._operations = 0

    @property
    def next(self) -> Token:
        return self._tokens[self._at]

    def advance(self) -> Token:
        token = self.next
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def meets(self, sign: str) -> bool:
        """Whether the next token is this sign or keyword."""
        return self.next.kind in {TokenKind.SIGN, TokenKind.WORD} and self.next.canonical == sign

    def take(self, sign: str) -> Token:
        if not self.meets(sign):
            raise self.fault(f"「{sign}」")
        return self.advance()

    def name(self, role: str) -> Token:
        if self.next.kind is not TokenKind.NAME:
            raise self.fault(role)
        return self.advance()

    def finish(self) -> None:
        if self.next.kind is not TokenKind.END:
            raise self.fault("运算符或结尾")

    def fault(self, expected: str, remedy: str = "") -> FaultError:
        token = self.next
        found = "到此中断" if token.kind is TokenKind.END else f"多出“{token.text}”"
        if token.kind is TokenKind.WORD:
            remedy = remedy or f"「{token.text}」是关键词；若是名称，写作 「{token.text}」 并带上这对括号"
        return FaultError(Code.SYNTAX, token.spot, found, expected, remedy or "按所示位置改写")

    def expression(self, least: int = LOOSEST) -> Syntax:
        """An expression whose operators bind at least as tightly as ``least``."""
        self._deeper()
        left = self._prefix()
        while (sign := self._infix_ahead()) and _INFIX[sign] >= least:
            self._count()
            spot = self.advance().spot
            if sign == "属于":
                left = Membership(spot, left, self._list())
            elif _INFIX[sign] == COMPARE:
                left = self._comparison(sign, spot, left)
            else:
                left = Infix(spot, sign, left, self.expression(_INFIX[sign] + 1))
        self._depth -= 1
        return left

    def _comparison(self, sign: str, spot: Spot, left: Syntax) -> Syntax:
        """a ≤ b ≤ c means a ≤ b 且 b ≤ c; other chains are refused."""
        right = self.expression(COMPARE + 1)
        tree: Syntax = Infix(spot, sign, left, right)
        while (following := self._infix_ahead()) and _INFIX[following] == COMPARE:
            if not ({sign, following} <= _RISING or {sign, following} <= _FALLING):
                raise self.fault("「且」或「或」", "连着比较只能同一方向，如 500 ≤ 面积 ≤ 2000")
            self._count()
            spot = self.advance().spot
            beyond = self.expression(COMPARE + 1)
            tree = Infix(spot, "且", tree, Infix(spot, following, right, beyond))
            right = beyond
        return tree

    def _infix_ahead(self) -> str:
        known = self.next.kind in {TokenKind.SIGN, TokenKind.WORD} and self.next.canonical in _INFIX
        return self.next.canonical if known else ""

    def _prefix(self) -> Syntax:
        token = self.next
        if token.kind is TokenKind.VALUE:
            self.advance()
            return Constant(token.spot, token.value, token.of)
        if token.kind is TokenKind.NAME:
            self.advance()
            return self._call(token) if self.meets("(") else Name(token.spot, token.canonical)
        if self.meets("("):
            self.advance()
            inner = self.expression()
            self.take(")")
            return inner
        for sign, binding in (("-", SIGN), ("非", NOT)):
            if self.meets(sign):
                self._count()
                self.advance()
                return Prefix(token.spot, sign, self.expression(binding))
        return self._keyword()

    def _keyword(self) -> Syntax:
        token = self.next
        if self.meets("若"):
            self._count()
            self.advance()
            test = self.expression()
            self.take("则")
            then = self.expression()
            self.take("否则")
            return Choice(token.spot, test, then, self.expression())
        for word, value in (("真", True), ("假", False)):
            if self.meets(word):
                self.advance()
                return Constant(token.spot, value, BOOL)
        if self.meets("空"):
            self.advance()
            return Missing(token.spot)
        raise self.fault("名称、数字、文本、日期、函数或括号")

    def _list(self) -> tuple[Syntax, ...]:
        self.take("(")
        items = [self.expression()]
        while self.meets(","):
            self.advance()
            items.append(self.expression())
        self.take(")")
        return tuple(items)

    def _call(self, name: Token) -> Call:
        self._count()
        self.take("(")
        arguments: list[Syntax] = []
        options: list[Option] = []
        while not self.meets(")"):
            if arguments or options:
                self.take(",")
            option = self._option()
            if option is not None:
                options.append(option)
            elif options:
                raise self.fault("「按=」「当=」这类写法放在最后", "把没有等号的参数移到前面")
            else:
                arguments.append(self.expression())
        self.take(")")
        return Call(name.spot, name.canonical, tuple(arguments), tuple(options))

    def _option(self) -> Option | None:
        token, following = self.next, self._tokens[min(self._at + 1, len(self._tokens) - 1)]
        if token.kind is not TokenKind.NAME or token.canonical not in OPTIONS or following.canonical != "=":
            return None
        self.advance()
        self.advance()
        if token.canonical == "按" and self.meets("("):
            return Option(token.spot, token.canonical, self._list())
        return Option(token.spot, token.canonical, (self.expression(),))

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            found = f"括号或「若」套了 {_DEEPEST} 层以上"
            raise FaultError(Code.SYNTAX, self.next.spot, found, "较浅的表达式", "用「令」拆成几步")

    def _count(self) -> None:
        self._operations += 1
        if self._operations > _MOST:
            found = f"一个表达式超过 {_MOST} 个运算"
            raise FaultError(Code.SYNTAX, self.next.spot, found, "较短的表达式", "用「令」拆成几步")
