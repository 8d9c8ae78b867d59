"""law.md cut into its parts: the front matter, and clauses with their text, source, rule blocks and notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hengji.model.record import record
from hengji.policies.faults import Code, Faults, Spot
from hengji.policies.policy import Clause

_HEADING = re.compile(r"^(#{1,6})\s+(?P<text>.+?)\s*#*$")
_SOURCE = re.compile(r"^\s*出处\s*[:：]\s*(?P<text>.*)$")
_FENCE = "```"


@record
class Block:
    """规则块: ``line`` is the line of its first statement line."""

    clause: Clause
    text: str
    line: int


@record
class Law:
    """``front`` is the YAML between the --- lines, which starts at line 2."""

    front: str
    clauses: tuple[Clause, ...]
    blocks: tuple[Block, ...]


@dataclass
class _Open:
    """The clause that is being read."""

    title: str
    line: int
    text: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rules: list[tuple[str, int]] = field(default_factory=list)

    def close(self) -> Clause:
        words = self.title.split(maxsplit=1)
        text = "\n".join(self.text).strip()
        return Clause(words[0], self.title, self.line, "；".join(self.sources), text, tuple(self.notes))


def read_law(text: str, faults: Faults) -> Law:
    """Cut ``text``; what is out of place is noted."""
    lines = text.replace("\r\n", "\n").removeprefix("\ufeff").split("\n")
    first, front = _front(lines, faults)
    opened: list[_Open] = []
    number = first
    while number < len(lines):
        line = lines[number]
        heading = _HEADING.match(line)
        source = _SOURCE.match(line)
        if line.startswith(_FENCE):
            number = _fence(lines, number, opened, faults)
        elif heading and len(heading[1]) > 1:
            opened.append(_Open(heading["text"], number + 1))
        elif opened and source:
            opened[-1].sources.append(source["text"].strip())
        elif opened and not heading:
            opened[-1].text.append(line)
        number += 1
    clauses = tuple(each.close() for each in opened)
    blocks = tuple(Block(clause, *rule) for clause, each in zip(clauses, opened, strict=True) for rule in each.rules)
    _judge(clauses, blocks, faults)
    return Law(front, clauses, blocks)


def _front(lines: list[str], faults: Faults) -> tuple[int, str]:
    """The number of lines up to the end of the front matter, and its text."""
    if lines[0].strip() == "---" and "---" in [line.strip() for line in lines[1:]]:
        end = next(i for i, line in enumerate(lines[1:], start=1) if line.strip() == "---")
        return end + 1, "\n".join(lines[1:end])
    found = "没有以 --- 开头和结尾的文件头"
    faults.add(
        Code.STRUCTURE, Spot(1, 1), found, "name、title、effective、rows、recipient、tables 等", "在文件最前补上"
    )
    return 0, ""


def _fence(lines: list[str], start: int, opened: list[_Open], faults: Faults) -> int:
    """Read the fenced block that starts at ``start`` (0-based) and return the line that closes it."""
    end = next((i for i in range(start + 1, len(lines)) if lines[i].startswith(_FENCE)), len(lines))
    if end == len(lines):
        faults.add(Code.STRUCTURE, Spot(start + 1, 1), "``` 没有成对", "以 ``` 结束的块", "在块的末尾补上一行 ```")
    word = lines[start].removeprefix(_FENCE).strip()
    body = "\n".join(lines[start + 1 : end])
    if not opened and word in {"rule", "note"}:
        faults.add(Code.STRUCTURE, Spot(start + 1, 1), "规则块不在任何条款之下", "先有 ## 条款标题", "补上条款标题")
    elif word == "rule":
        opened[-1].rules.append((body, start + 2))
    elif word == "note":
        opened[-1].notes.append(body.strip())
    elif opened:
        opened[-1].text.extend(lines[start : end + 1])
    return end


def _judge(clauses: tuple[Clause, ...], blocks: tuple[Block, ...], faults: Faults) -> None:
    seen: dict[str, Clause] = {}
    for clause in clauses:
        if clause.id in seen:
            found = f"条款“{clause.id}”与第{seen[clause.id].line}行的条款同名"
            faults.add(Code.TWICE, Spot(clause.line, 1), found, "标题的第一个词各不相同", "改写标题")
        seen.setdefault(clause.id, clause)
    for clause in dict.fromkeys(block.clause for block in blocks):
        if not clause.source:
            found = f"条款“{clause.title}”有规则而没有出处"
            faults.add(Code.SOURCE, Spot(clause.line, 1), found, "出处：文号和条目", "在条款下补一行 出处：…")
