"""YAML with places: mappings, sequences and scalars keep their line, column and exact text ("0.10" stays exact)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import yaml

from hengji.model.finding import one_of
from hengji.policies.faults import Code, Faults, Spot, nearest

Entries = dict[str, yaml.Node]


def compose(text: str, faults: Faults, first_line: int = 1) -> yaml.Node | None:
    """The root node; None when the text is empty or is no YAML, which is then noted."""
    try:
        return yaml.compose("\n" * (first_line - 1) + text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        spot = Spot(mark.line + 1, mark.column + 1) if mark else None
        expected = "键与值之间用半角冒号加空格，缩进用空格且上下对齐"
        faults.add(Code.YAML, spot, "此处不是合法的 YAML", expected, "检查本行及上一行的冒号、引号和缩进")
    except RecursionError:
        faults.add(Code.YAML, None, "YAML 套了太多层", "几层以内", "改写为较浅的结构")
    return None


def spot_of(node: yaml.Node) -> Spot:
    return Spot(node.start_mark.line + 1, node.start_mark.column + 1)


class Reader:
    """Reads nodes as what is asked for; what does not fit is noted and comes back empty."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults

    def fault(self, node: yaml.Node, found: str, expected: str = "", remedy: str = "") -> None:
        self.faults.add(Code.STRUCTURE, spot_of(node), found, expected, remedy)

    def entries(self, node: yaml.Node | None, role: str = "这里") -> Entries:
        """A mapping of any keys."""
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, f"{role}不是「键: 值」", "若干行「键: 值」", "按此改写")
            return {}
        found: Entries = {}
        for key, value in node.value:
            name = str(key.value)
            if name in found:
                self.fault(key, f"键 {name} 重复出现", "每个键只写一次", "删去或合并其中一个")
            found.setdefault(name, value)
        return found

    def record(
        self, node: yaml.Node | None, required: Collection[str], optional: Collection[str], role: str
    ) -> Entries:
        """A mapping of known keys; a required one that is absent, and one that is not known, are noted."""
        found = self.entries(node, role)
        if node is None or not isinstance(node, yaml.MappingNode):
            return found
        known = (*required, *optional)
        for key in required:
            if key not in found:
                self.fault(node, f"{role}缺少 {key}", f"{key}: …", f"补上 {key}")
        for key, _ in node.value:
            if key.value not in known:
                remedy = nearest(str(key.value), known) or f"改用{one_of(known)}"
                self.fault(key, f"{role}有不认识的键 {key.value}", "", remedy)
        return {key: value for key, value in found.items() if key in known}

    def items(self, node: yaml.Node | None, role: str) -> list[yaml.Node]:
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.fault(node, f"{role}不是列表", "若干行「- …」", "每项一行，行首写「- 」")
            return []
        return list(node.value)

    def text(self, node: yaml.Node | None, role: str, default: str = "") -> str:
        if node is None:
            return default
        if not isinstance(node, yaml.ScalarNode):
            self.fault(node, f"{role}不是一个值", "一个值", "改写为单个值")
            return default
        return str(node.value)

    def texts(self, node: yaml.Node | None, role: str) -> tuple[str, ...]:
        """A sequence of texts, or one text alone."""
        if isinstance(node, yaml.ScalarNode):
            return (self.text(node, role),)
        return tuple(self.text(item, role) for item in self.items(node, role))

    def date(self, node: yaml.Node | None, role: str) -> date | None:
        text = self.text(node, role)
        if node is None or not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.fault(node, f"{role}的“{text}”不是日期", "如 2021-07-12", "写成 年-月-日")
            return None

    def word(self, node: yaml.Node | None, role: str, words: Mapping[str, object]) -> str:
        """One of these words, or empty."""
        text = self.text(node, role)
        if node is None or text in words:
            return text
        self.fault(node, f"{role}的“{text}”不认识", one_of(words), nearest(text, words) or "改用所列的词")
        return ""
