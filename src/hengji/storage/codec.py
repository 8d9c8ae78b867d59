"""One codec for every file of a dossier: the model's dataclasses are the schema.

Keys are field names, in field order; a value equal to its default is left out; scalars are read by the declared type and
never by YAML's guessing, so that "0.10" stays exact and 2021-07-12 is a date only where a date is asked for. What is
wrong comes back as findings with line and column, all at once.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import re
import types
import typing
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any, Generic, TypeVar, cast

import yaml

from hengji.model.finding import Finding, Place, Severity, one_of
from hengji.model.money import FEN_PER_YUAN, Money
from hengji.model.patterns import pattern

T = TypeVar("T")
CODE_SYNTAX = "L101"
CODE_KEY = "L102"
CODE_TYPE = "L103"
CODE_MISSING = "L104"
_MONEY = pattern(r"^(-?[\d,]+(?:\.\d+)?)(元|万元)$")
_RUN = pattern(r"^[ \-?:]{200,}", re.MULTILINE)
_BRACKET = pattern(r"[\[\]{}]")
_DEEPEST = 64
_MANY = 10**6
_LIKENESS = 0.5  # words of two characters that share one
_MOST_DIGITS = 40
"""Before the point or behind it: 1e99999999 is a number that nobody can print."""


class _Broken:
    """Marks a value that could not be read; its finding is already noted."""


_BROKEN = _Broken()


class _EndlessError(Exception):
    """A text with more values than characters: by the names of YAML (&a, *a) one stands in many places, or within itself."""


@dataclasses.dataclass(frozen=True, slots=True)
class Decoded(Generic[T]):
    """What came of a text: ``value`` is None when it could not be built at all."""

    value: T | None
    findings: tuple[Finding, ...]


def decode(kind: type[T], text: str, file: str, first_line: int = 1, given: dict[str, Any] | None = None) -> Decoded[T]:
    """Read a YAML mapping as the dataclass ``kind``; ``given`` are fields that come from elsewhere (a file name)."""
    reader = _Reader(file, first_line, len(text))
    if nested_beyond_reason(text):
        return Decoded(None, (_too_deep(file),))
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        return Decoded(None, (_syntax(error, file, first_line),))
    if node is None:
        node = yaml.MappingNode("tag:yaml.org,2002:map", [], *_start_marks())
    try:
        value = reader.record(node, kind, given or {})
    except (_EndlessError, RecursionError):
        return Decoded(None, (_too_deep(file),))
    return Decoded(None if value is _BROKEN else cast("T", value), tuple(reader.findings))


def nested_beyond_reason(text: str) -> bool:
    """Whether a text nests so deep that composing it would exhaust the stack of the C library."""
    if _RUN.search(text):
        return True
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth = depth + 1 if bracket[0] in "[{" else max(0, depth - 1)
        if depth > _DEEPEST:
            return True
    return False


def _too_deep(file: str) -> Finding:
    return Finding(CODE_SYNTAX, Severity.ERROR, Place(file), "YAML 套了太多层", "几层以内", "改写为较浅的结构")


def _start_marks() -> tuple[yaml.Mark, yaml.Mark]:
    mark = yaml.Mark("", 0, 0, 0, "", 0)
    return mark, mark


def _syntax(error: yaml.YAMLError, file: str, first_line: int) -> Finding:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + first_line if mark else None
    return Finding(
        CODE_SYNTAX,
        Severity.ERROR,
        Place(file, line, mark.column + 1 if mark else None),
        "此处不是合法的 YAML",
        "键与值之间用半角冒号加空格，缩进用空格且上下对齐",
        "检查本行及上一行的冒号、引号、缩进和全角符号",
    )


class _Reader:
    """Walks nodes by declared type and notes what is wrong."""

    def __init__(self, file: str, first_line: int, most: int) -> None:
        self.file = file
        self.offset = first_line
        self.findings: list[Finding] = []
        self._left = most

    def fault(self, node: yaml.Node, code: str, found: str, expected: str, remedy: str, item: str = "") -> _Broken:
        mark = node.start_mark
        place = Place(self.file, mark.line + self.offset, mark.column + 1, item=item)
        self.findings.append(Finding(code, Severity.ERROR, place, found, expected, remedy))
        return _BROKEN

    def record(self, node: yaml.Node, kind: type, given: dict[str, Any]) -> Any:
        if not isinstance(node, yaml.MappingNode):
            return self.fault(node, CODE_TYPE, f"此处是{_word(node)}", "若干“键: 值”", "一行写一个键和它的值")
        hints = _hints(kind)
        known = {name: hint for name, hint in hints.items() if name not in given}
        values = dict(given)
        broken = False
        for key, child in self._entries(node, known, extra={"shape"} if hasattr(kind, "SHAPE") else set()):
            value = self.value(child, known[key], key)
            broken = broken or value is _BROKEN
            values[key] = value
        for name in _required(kind):
            if name not in values:
                broken = True
                self.fault(node, CODE_MISSING, f"缺少键 {name}", f"{name}: …", f"补上 {name}", item=name)
        return _BROKEN if broken else kind(**values)

    def _entries(
        self, node: yaml.MappingNode, known: dict[str, Any], extra: set[str]
    ) -> Iterator[tuple[str, yaml.Node]]:
        seen: set[str] = set()
        for key_node, child in node.value:
            key = str(key_node.value)
            if key in seen:
                self.fault(key_node, CODE_KEY, f"键 {key} 重复出现", "每个键只写一次", "删去或合并其中一个")
            elif key in known:
                yield key, child
            elif key not in extra:
                near = difflib.get_close_matches(key, known, 1)
                remedy = f"可能是 {near[0]}" if near else "改正键名或删去"
                self.fault(key_node, CODE_KEY, f"不认识的键 {key}", one_of(known), remedy)
            seen.add(key)

    def value(self, node: yaml.Node, hint: Any, item: str) -> Any:
        self._left -= 1
        if self._left < 0:
            raise _EndlessError
        origin = typing.get_origin(hint)
        if origin in (types.UnionType, typing.Union):
            return self._union(node, typing.get_args(hint), item)
        if origin is tuple:
            return self._sequence(node, typing.get_args(hint)[0], item)
        if origin is dict:
            return self._mapping(node, typing.get_args(hint)[1], item)
        if dataclasses.is_dataclass(hint):
            return self.record(node, cast("type", hint), {})
        if not isinstance(node, yaml.ScalarNode):
            return self.fault(node, CODE_TYPE, f"{item} 是{_word(node)}", "一个值", "改写为单个值", item)
        return self._scalar(node, hint, item)

    def _union(self, node: yaml.Node, options: tuple[Any, ...], item: str) -> Any:
        if type(None) in options and _is_null(node):
            return None
        kinds = [option for option in options if option is not type(None)]
        if len(kinds) == 1:
            return self.value(node, kinds[0], item)
        shapes = {kind.SHAPE: kind for kind in kinds}
        shape = next((v.value for k, v in getattr(node, "value", []) if k.value == "shape"), None)
        if shape not in shapes:
            found = f"{item} 没有 shape" if shape is None else f"不认识的 shape：{shape}"
            return self.fault(node, CODE_TYPE, found, one_of(shapes), "写明评分方法的形式", item)
        return self.record(node, shapes[shape], {})

    def _sequence(self, node: yaml.Node, hint: Any, item: str) -> Any:
        if _is_null(node):
            return ()
        if not isinstance(node, yaml.SequenceNode):
            return self.fault(node, CODE_TYPE, f"{item} 是{_word(node)}", "列表（每项以“- ”开头）", "改写为列表", item)
        values = [self.value(child, hint, item) for child in node.value]
        return tuple(value for value in values if value is not _BROKEN)

    def _mapping(self, node: yaml.Node, hint: Any, item: str) -> Any:
        if _is_null(node):
            return {}
        if not isinstance(node, yaml.MappingNode):
            return self.fault(node, CODE_TYPE, f"{item} 是{_word(node)}", "若干“键: 值”", "一行写一个键和它的值", item)
        values = {str(key.value): self.value(child, hint, str(key.value)) for key, child in node.value}
        return {key: value for key, value in values.items() if value is not _BROKEN}

    def _scalar(self, node: yaml.ScalarNode, hint: Any, item: str) -> Any:
        text = node.value
        if hint is str:
            return text
        if isinstance(hint, type) and issubclass(hint, Enum):
            words = {member.value: member for member in hint}
            if text in words:
                return words[text]
            near = difflib.get_close_matches(text, words, 1, _LIKENESS)
            expected = one_of(word for word in words if word)
            remedy = f"可能是“{near[0]}”" if near else "改用所列的词"
            return self.fault(node, CODE_TYPE, f"{item} 的值是“{text}”", expected, remedy, item)
        try:
            return _PARSERS[hint](text)
        except (ValueError, InvalidOperation):
            word, example = _WORDS[hint]
            return self.fault(node, CODE_TYPE, f"{item} 的值是“{text}”", f"{word}，如 {example}", f"改写为{word}", item)


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style is None and node.value in ("", "~", "null")


def _word(node: yaml.Node) -> str:
    words: dict[type, str] = {yaml.MappingNode: "若干“键: 值”", yaml.SequenceNode: "列表"}
    return words.get(type(node), "单个值")


def _decimal(text: str) -> Decimal:
    value = Decimal(text)
    if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS:
        raise ValueError(text)
    return value


def _money(text: str) -> Money:
    match = _MONEY.match(text)
    if match is None:
        raise ValueError(text)
    digits = match[1].replace(",", "")
    return Money.wan(digits) if match[2] == "万元" else Money.yuan(digits)


def _yes(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


_PARSERS: types.MappingProxyType[Any, Any] = types.MappingProxyType(
    {bool: _yes, int: int, Decimal: _decimal, dt.date: dt.date.fromisoformat, Money: _money}
)
_WORDS: types.MappingProxyType[Any, tuple[str, str]] = types.MappingProxyType(
    {
        bool: ("true 或 false", "true"),
        int: ("整数", "2021"),
        Decimal: ("数字", "1.5"),
        dt.date: ("日期", "2021-07-12"),
        Money: ("带单位的金额", "108100元 或 10.81万元"),
    }
)


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind) if field.init}


@cache
def _required(kind: type) -> tuple[str, ...]:
    absent = dataclasses.MISSING
    fields = [field for field in dataclasses.fields(kind) if field.init]
    return tuple(field.name for field in fields if field.default is absent and field.default_factory is absent)


def encode(value: Any, skip: frozenset[str] = frozenset()) -> str:
    """Write a dataclass as canonical YAML, without the fields in ``skip``."""
    node = _record_node(value, skip)
    if not node.value:
        return ""
    return yaml.serialize(node, Dumper=yaml.CSafeDumper, allow_unicode=True, width=_MANY)


def _record_node(value: Any, skip: frozenset[str]) -> yaml.MappingNode:
    pairs: list[tuple[yaml.Node, yaml.Node]] = []
    if hasattr(value, "SHAPE"):
        pairs.append((_scalar_node("shape"), _scalar_node(value.SHAPE)))
    for field in dataclasses.fields(value):
        content = getattr(value, field.name)
        if field.init and field.name not in skip and content != _default(field):
            pairs.append((_scalar_node(field.name), _node(content)))
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=False)


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def _node(value: Any) -> yaml.Node:
    if dataclasses.is_dataclass(value):
        return _record_node(value, frozenset())
    if isinstance(value, tuple):
        return yaml.SequenceNode("tag:yaml.org,2002:seq", [_node(item) for item in value], flow_style=False)
    if isinstance(value, dict):
        pairs = [(_scalar_node(key), _node(item)) for key, item in value.items()]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=False)
    return _scalar_node(_text(value))


def _text(value: Any) -> str:
    match value:
        case Enum():
            return str(value.value)
        case Money():
            yuan = Decimal(int(value)) / FEN_PER_YUAN
            return f"{yuan.normalize():f}元"
        case Decimal():
            return f"{value:f}"
        case bool():
            return str(value).lower()
        case None:
            return "null"
        case _:
            return str(value)


def _scalar_node(text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    tag = "tag:yaml.org,2002:str" if text == "" else _plain_tag(text)
    return yaml.ScalarNode(tag, text, style=style)


@cache
def _plain_tag(text: str) -> str:
    """The tag that lets the emitter write a scalar without quotes: types are ours to read, not YAML's to guess."""
    resolver = yaml.resolver.Resolver()
    return cast("str", resolver.resolve(yaml.ScalarNode, text, (True, False)))  # type: ignore[no-untyped-call]
