"""What was written becomes nodes: names are looked up in a scope and kinds are checked. All faults are noted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from hengji.model.finding import one_of
from hengji.model.money import Rounding
from hengji.policies.faults import Code, FaultError, Faults, Spot, nearest
from hengji.policies.functions import FUNCTIONS, GATHERINGS, LOOKUP, NAMES, ROUND
from hengji.policies.grammar import parse
from hengji.policies.kinds import COUNT, MONEY, IllTypedError, common
from hengji.policies.nodes import (
    Aggregate,
    Arithmetic,
    Compare,
    Comparison,
    Connective,
    Field,
    FigureRef,
    If,
    IsMissing,
    Joined,
    Literal,
    Logic,
    Lookup,
    Named,
    Negate,
    Node,
    Not,
    Operator,
    Outer,
    Parameter,
    Round,
    Within,
    is_zero,
)
from hengji.policies.scope import Scope
from hengji.policies.syntax import (
    Call,
    Choice,
    Constant,
    Infix,
    Membership,
    Missing,
    Name,
    Option,
    Prefix,
    Syntax,
    names,
)

THIS_ROW = "本行"


class _NotedError(Exception):
    """The expression has a fault that is noted already."""


def read(text: str, scope: Scope, faults: Faults, start: Spot | None = None) -> Node | None:
    """The typed node of an expression that stands at ``start``; None when it has a fault, which is then noted."""
    try:
        tree = parse(text, start)
    except FaultError as fault:
        faults.note(fault)
        return None
    return resolve(tree, scope, faults)


def resolve(tree: Syntax, scope: Scope, faults: Faults) -> Node | None:
    """The typed node of a tree; None when it has faults, which are then noted, all of them."""
    return _Resolver(scope, faults, "").attempt(tree)


class _Resolver:
    """``over`` is the table whose rows an aggregate gathers, while its inside is read."""

    def __init__(self, scope: Scope, faults: Faults, over: str) -> None:
        self.scope = scope
        self.faults = faults
        self.over = over

    def attempt(self, tree: Syntax) -> Node | None:
        """The node, or None with its faults noted."""
        try:
            return self.node(tree)
        except FaultError as fault:
            self.faults.note(fault)
        except _NotedError:
            pass
        return None

    def nodes(self, trees: Iterable[Syntax]) -> tuple[Node, ...]:
        """All of them; the faults of each are noted before it gives up."""
        found = [self.attempt(tree) for tree in trees]
        whole = tuple(node for node in found if node is not None)
        if len(whole) < len(found):
            raise _NotedError
        return whole

    def built(self, tree: Syntax, build: Callable[[], Node]) -> Node:
        """The node; FaultError when it is ill-typed."""
        try:
            return build()
        except IllTypedError as error:
            raise FaultError(Code.KIND, tree.spot, error.found, error.expected, error.remedy) from None

    def node(self, tree: Syntax) -> Node:
        match tree:
            case Constant():
                return Literal(tree.kind, tree.value)
            case Name():
                return self.name(tree)
            case Prefix():
                (of,) = self.nodes((tree.of,))
                return self.built(tree, lambda: Negate(of) if tree.sign == "-" else Not(of))
            case Infix():
                return self.infix(tree)
            case Membership():
                of, *options = self.nodes((tree.of, *tree.options))
                return self.built(tree, lambda: Within(of, tuple(options)))
            case Choice():
                return self.choice(tree)
            case Call():
                return self.call(tree)
            case _:
                remedy = "只能写 名称 = 空、名称 ≠ 空，或放在「则」「否则」后面"
                raise FaultError(Code.KIND, tree.spot, "「空」不能放在这里", "", remedy)

    def name(self, tree: Name) -> Node:
        text, scope = tree.text, self.scope
        if text in scope.broken:
            raise _NotedError
        if self.over and not scope.rows and (field := scope.tables[self.over].field(text)):
            return field
        if text in scope.named:
            return Named(scope.named[text], text)
        if scope.rows and (field := scope.tables[scope.rows].field(text)):
            return field
        if text in scope.parameters:
            return Parameter(scope.parameters[text].kind, text)
        if text in scope.figures:
            return FigureRef(scope.figures[text], text)
        return self.dotted(tree)

    def dotted(self, tree: Name) -> Node:
        """表.列 or 本行.名称."""
        scope = self.scope
        table, _, column = tree.text.partition(".")
        if table == THIS_ROW and column:
            return self.this_row(tree, column)
        if not column or table not in scope.tables:
            raise self.unknown(tree)
        field = scope.tables[table].field(column)
        if field is None:
            known = [each.name for each in scope.tables[table].columns]
            remedy = nearest(column, known) or f"改用{one_of(known)}"
            raise FaultError(Code.NAME, tree.spot, f"数据表「{table}」没有列「{column}」", "", remedy)
        return field if table in {scope.rows, self.over} else self.joined(tree, field)

    def joined(self, tree: Name, field: Field) -> Node:
        scope, table = self.scope, self.scope.tables[field.table]
        if not scope.rows:
            remedy = f"写成 合计({tree.text})、最晚({tree.text}) 等"
            raise FaultError(Code.KIND, tree.spot, f"「{tree.text}」是一整列", "一个值", remedy)
        if not table.key:
            found = f"数据表「{table.name}」没有与主表相连的 key"
            remedy = f"在 law.md 表头为「{table.name}」写上 key，或放在 合计、计数、任一 等函数里"
            raise FaultError(Code.KIND, tree.spot, found, "有 key 的数据表", remedy)
        main = scope.tables[scope.rows]
        return Joined(field, tuple(key for name in table.key if (key := main.field(name))))

    def this_row(self, tree: Name, name: str) -> Node:
        if not self.over or self.over != self.scope.rows:
            found = "「本行」只用在对主表汇总的函数里"
            raise FaultError(Code.KIND, tree.spot, found, "", f"直接写「{name}」")
        node = self.name(Name(tree.spot, name))
        if isinstance(node, Field | Named):
            return Outer(node)
        raise FaultError(Code.KIND, tree.spot, f"「{name}」不随行变化", "主表的列或「令」", f"直接写「{name}」")

    def unknown(self, tree: Name) -> FaultError:
        text = tree.text
        remedy = nearest(text, self.scope.known())
        glued = re.search("且|或|非|属于|若|否则|则", text)
        if glued and not remedy:
            remedy = f"若其中的“{glued[0]}”是关键词，它的两边要留空格"
        if text in NAMES:
            remedy = f"函数要带括号，如 {FUNCTIONS[text].form}" if text in FUNCTIONS else "函数要带括号"
        if text in self.scope.tables:
            remedy = f"写明列，如 {text}.{self.scope.tables[text].columns[0].name}"
        remedy = remedy or "先定义它：数据表的列、参数或「令」；若是文本，加引号"
        return FaultError(Code.NAME, tree.spot, f"不认识的名称「{text}」", "", remedy)

    def infix(self, tree: Infix) -> Node:
        if tree.sign in "=≠" and (isinstance(tree.left, Missing) or isinstance(tree.right, Missing)):
            (of,) = self.nodes((tree.left if isinstance(tree.right, Missing) else tree.right,))
            return IsMissing(of) if tree.sign == "=" else Not(IsMissing(of))
        left, right = self.nodes((tree.left, tree.right))
        if tree.sign == Operator.DIVIDE.value and is_zero(right):
            raise FaultError(Code.ZERO, tree.spot, "除数是 0", "不为 0 的除数", "改正除数")
        return self.built(tree, lambda: _infix(tree.sign, left, right))

    def choice(self, tree: Choice) -> Node:
        given = [part for part in (tree.then, tree.otherwise) if not isinstance(part, Missing)]
        if not given:
            raise FaultError(Code.KIND, tree.spot, "「则」和「否则」后面都是「空」", "至少一个值", "写上一个值")
        test, *values = self.nodes((tree.test, *given))
        missing = Literal(values[0].kind, None)
        then = missing if isinstance(tree.then, Missing) else values[0]
        otherwise = missing if isinstance(tree.otherwise, Missing) else values[-1]
        return self.built(tree, lambda: If(test, then, otherwise))

    def call(self, tree: Call) -> Node:
        allowed = ("按", "当") if tree.name in GATHERINGS else ("到", "方式") if tree.name == ROUND else ()
        if tree.name not in NAMES:
            remedy = nearest(tree.name, NAMES) or f"改用{one_of(NAMES)}"
            if "." in tree.name:
                remedy = "若括号是名称的一部分，把整个名称写在「」中"
            raise FaultError(Code.NAME, tree.spot, f"不认识的函数「{tree.name}」", "", remedy)
        options = _options(tree, allowed)
        if tree.name in GATHERINGS:
            return self.aggregate(tree, options)
        if tree.name == LOOKUP:
            return self.lookup(tree)
        if tree.name == ROUND:
            return self.round(tree, options)
        function = FUNCTIONS[tree.name]
        if not function.least <= len(tree.arguments) <= (function.most or len(tree.arguments)):
            found = f"「{tree.name}」给了 {len(tree.arguments)} 个参数"
            raise FaultError(Code.KIND, tree.spot, found, function.form, "按此写法补全或删减")
        arguments = self.nodes(tree.arguments)
        if function is FUNCTIONS["整除"] and is_zero(arguments[1]):
            raise FaultError(Code.ZERO, tree.spot, "除数是 0", "不为 0 的除数", "改正除数")
        return self.built(tree, lambda: function.build(arguments))

    def round(self, tree: Call, options: Mapping[str, Option]) -> Node:
        if len(tree.arguments) != 1:
            expected = "取整(值, 到=100元, 方式=四舍五入)"
            raise FaultError(Code.KIND, tree.spot, f"「取整」给了 {len(tree.arguments)} 个值", expected, "按此写法改写")
        of, *to = self.nodes((*tree.arguments, *(options["到"].values if "到" in options else ())))
        unit = to[0] if to else Literal(MONEY, 100) if of.kind is MONEY else Literal(COUNT, 1)
        manner = options["方式"].values[0] if "方式" in options else Name(tree.spot, Rounding.HALF_UP.value)
        roundings = {each.value: each for each in Rounding}
        if not isinstance(manner, Name) or manner.text not in roundings:
            raise FaultError(Code.NAME, manner.spot, "不认识的取整方式", "、".join(roundings), "改用其中一种")
        if not isinstance(unit, Literal):
            raise FaultError(Code.KIND, tree.spot, "「取整」的「到」不是写明的数", "如 到=100元、到=0.01", "写明数值")
        return self.built(tree, lambda: Round(of, unit, roundings[manner.text]))

    def lookup(self, tree: Call) -> Node:
        first = tree.arguments[0] if tree.arguments else None
        if not isinstance(first, Name) or first.text not in self.scope.lookups:
            known = one_of(f"「{name}」" for name in self.scope.lookups)
            found = f"没有参数表「{first.text}」" if isinstance(first, Name) else "「查」的第 1 个参数不是参数表的名称"
            remedy = f"改用{known}" if known else "在 parameters.yaml 的 tables 中定义它"
            raise FaultError(Code.NAME, first.spot if first else tree.spot, found, "", remedy)
        table = self.scope.lookups[first.text]
        keys = self.nodes(tree.arguments[1:])
        node = self.built(tree, lambda: Lookup(table.kind, table.name, keys, tuple(key.type for key in table.keys)))
        for position, (key, written) in enumerate(zip(keys, tree.arguments[1:], strict=True)):
            present = [row[position] for version in table.versions for row in version.rows]
            if isinstance(key, Literal) and key.value not in present:
                words = one_of(dict.fromkeys(str(value) for value in present))
                found = f"参数表「{table.name}」的「{table.keys[position].name}」没有“{key.value}”"
                raise FaultError(Code.NAME, written.spot, found, words, "改正写法，或在参数表里补上")
        return node

    def aggregate(self, tree: Call, options: Mapping[str, Option]) -> Node:
        if self.over:
            found = f"「{tree.name}」套在另一个汇总函数里"
            raise FaultError(Code.KIND, tree.spot, found, "", "先用「令」给里面的汇总起名，再汇总那个名称")
        table = self.gathered(tree)
        first = tree.arguments[0] if tree.arguments else None
        arguments = (
            tree.arguments[1:] if isinstance(first, Name) and first.text in self.scope.tables else tree.arguments
        )
        if len(arguments) > 1:
            found = f"「{tree.name}」给了 {len(arguments)} 个值"
            raise FaultError(Code.KIND, tree.spot, found, "一个值", "条件写在 当=… 里，分组写在 按=(…) 里")
        by = self.group(options["按"].values if "按" in options else (), table)
        inner = _Resolver(self.scope, self.faults, table)
        inside = inner.nodes((*arguments, *(options["当"].values if "当" in options else ())))
        of = inside[0] if arguments else None
        when = inside[-1] if "当" in options else None
        return self.built(tree, lambda: Aggregate(GATHERINGS[tree.name], table, of, by, when))

    def gathered(self, tree: Call) -> str:
        """The table whose rows are gathered: the other table that is named inside, otherwise the main one."""
        scope = self.scope
        inside = (name.text for part in (*tree.arguments, *tree.options) for name in names(part))
        own = {*scope.figures, *scope.named, *scope.parameters}
        tables = dict.fromkeys(text.partition(".")[0] for text in inside if text not in own)
        others = [table for table in tables if table in scope.tables and table != scope.rows]
        if len(others) > 1:
            found = f"「{tree.name}」里有「{others[0]}」和「{others[1]}」两张表的列"
            raise FaultError(Code.KIND, tree.spot, found, "一张表的列", "先用「令」取出其中一张表的列")
        if not others and not scope.rows:
            remedy = f"如 {tree.name}(表.列)、计数(表, 当=…)"
            raise FaultError(Code.KIND, tree.spot, f"「{tree.name}」没有写明对哪张表", "表.列", remedy)
        return others[0] if others else scope.rows

    def group(self, by: tuple[Syntax, ...], table: str) -> tuple[Field | Named, ...]:
        """The columns and 令 that make the group."""
        found: list[Field | Named] = []
        for tree in by:
            node = self.name(tree) if isinstance(tree, Name) and self.scope.rows else None
            if not isinstance(node, Field | Named):
                raise FaultError(Code.KIND, tree.spot, "「按」后面不是主表的列或「令」", "按=(列, 列)", "改用列名")
            if table != self.scope.rows:
                other = self.scope.tables[table].field(node.name)
                if other is None or common((other.kind, node.kind)) is None:
                    expected = f"「{table}」中有同名、同为{node.kind.value}的列"
                    raise FaultError(Code.KIND, tree.spot, f"「按」用了「{node.name}」", expected, "改用两表都有的列")
            found.append(node)
        return tuple(found)


def _options(tree: Call, allowed: tuple[str, ...]) -> Mapping[str, Option]:
    found: dict[str, Option] = {}
    for option in tree.options:
        if option.name not in allowed or option.name in found:
            word = "写了两次" if option.name in found else "用不上"
            raise FaultError(Code.SYNTAX, option.spot, f"「{tree.name}」的「{option.name}=」{word}", "", "删去它")
        found[option.name] = option
    return found


def _infix(sign: str, left: Node, right: Node) -> Node:
    if sign in {each.value for each in Connective}:
        return Logic(Connective(sign), left, right)
    if sign in {each.value for each in Comparison}:
        return Compare(Comparison(sign), left, right)
    return Arithmetic(Operator(sign), left, right)
