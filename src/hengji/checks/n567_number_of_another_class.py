"""同一个数写成了另一类。

## 查什么
一百以上的人数、床位数，正文中写成一类（如“重度失能153人”），别处的正文和表却都写成同一组的另一类（“中度失能153人”）。

## 为什么
两类互换，标准乘出来的金额就不对；多半是抄写时看错了列。

## 怎么改
对照名册或明细表，改正类别。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Span
from hengji.model.record import record
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript

CODE = "n567"
_FAMILIES = (
    ("轻度", "中度", "重度"),
    ("半失能", "失能", "完全不能自理", "半自理", "自理"),
    ("新建", "改建", "扩建"),
    ("男", "女"),
    ("幼儿园", "小学", "初中", "高中"),
)
_CLASS = pattern("|".join(sorted((word for family in _FAMILIES for word in family), key=len, reverse=True)))
_TOLD = pattern(
    rf"(?P<class>{_CLASS.pattern})(?P<noun>{HAN}{{0,8}}?)(?P<number>\d{{3,}})(?P<unit>人次|人|名|张|户|个|所|公里)"
)
_NUMBER = pattern(r"\d{3,}")


@record
class _Said:
    kind: str
    family: int
    span: Span


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Numbers that only one sentence gives to a class, and everything else to another of its family."""
    told: dict[str, list[_Said]] = defaultdict(list)
    for passage in manuscript.holding(*(word for family in _FAMILIES for word in family)):
        for match in _TOLD.finditer(passage.text):
            span = passage.span(match.start(), match.end())
            told[match["number"]].append(_Said(match["class"], _family(match["class"]), span))
    listed: dict[str, list[_Said]] = defaultdict(list)
    for grid in reading.grids() if told else ():
        for number, said in _listed(reading, manuscript, grid):
            listed[number].append(said)
    for number, sayings in told.items():
        for said in sayings:
            others = [
                each for each in (*listed[number], *sayings) if each.family == said.family and each.span != said.span
            ]
            same = [each for each in listed[number] if each.kind == said.kind]
            differing = [each for each in others if each.kind != said.kind]
            usual = differing[0].kind if differing else ""
            if same or not differing or sum(each.kind == said.kind for each in others) >= len(differing):
                continue
            found = f"这里{number}是“{said.kind}”，别处{number}是“{usual}”"
            fault = Fault(
                CODE, Severity.WARNING, found, "前后同一类", "对照名册，改正类别", confidence=Confidence.LIKELY
            )
            yield remark(reading, fault, said.span, differing[0].span)


def _family(kind: str) -> int:
    return next(number for number, family in enumerate(_FAMILIES) if kind in family)


def _listed(reading: Reading, manuscript: Manuscript, grid: Grid) -> Iterator[tuple[str, _Said]]:
    """Numbers of columns that are headed by one class."""
    heads: dict[int, str] = defaultdict(str)
    for slot in grid.slots:
        if slot.row < grid.head and slot.span.start < slot.span.end:
            text = manuscript.cell(slot)
            for column in range(slot.column, slot.column + slot.columns):
                heads[column] += text
    classes = {column: _of_one_kind(head) for column, head in heads.items()}
    for slot in grid.slots if any(classes.values()) else ():
        if slot.row < grid.head or not _NUMBER.fullmatch(reading.text, slot.span.start, slot.span.end):
            continue
        for kind in classes.get(slot.column, ()):
            yield reading.text[slot.span.start : slot.span.end], _Said(kind, _family(kind), slot.span)


def _of_one_kind(head: str) -> tuple[str, ...]:
    """The classes in a header that stand there without another of their family."""
    found = dict.fromkeys(_CLASS.findall(head))
    return tuple(kind for kind in found if sum(_family(other) == _family(kind) for other in found) == 1)
