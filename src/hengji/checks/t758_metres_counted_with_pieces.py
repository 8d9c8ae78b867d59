"""把米数和个数加在一起。

## 查什么
“安装甲、乙、丙等100个”一类的总数，是否正好等于采购或工程明细表中几行数量之和，而这几行中有的单位是米、平方米、吨、公斤，有的是个、件、台；列出的名称明细表中没有的，一并指出。

## 为什么
长度、面积、重量不能同个数相加，产出数量因此虚高。

## 怎么改
按单位分别写，如“管道60米、阀门40个”，得分按各自的计划数算。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Span
from hengji.model.record import record
from hengji.reading.manuscript import Manuscript

CODE = "t758"
_COUNT = pattern(r"(?<![\d.])(?P<count>\d{2,6})(?P<unit>[个件套台只])")
_STOPS = ",。;:"
_QUANTITY = pattern(r"数量(?:\((?P<unit>[^()]{1,3})\))?$")
_CELL = pattern(r"(?P<number>\d+(?:\.\d+)?)/?(?P<unit>\D{0,3})")
_BULK = frozenset({"米", "m", "延米", "平方米", "㎡", "公里", "吨", "公斤", "千克", "亩", "立方米", "升"})
_BESIDE = pattern(
    r"^.*(?:购置|购买|采购|安装|加装|建设|改造|新建|新增|配备|配置|添置|更换|完成|提供)了?|等?(?:共|合计|共计)?$"
)
"""What stands beside the first and the last name of a list."""
_OF_SORT = pattern(r"[型式号]")
_MOST_ROWS = 16
_FEWEST = 2


@record
class _Line:
    """A row of a table: what it is of, how many, in which unit, and where the name and the number stand."""

    name: str
    number: Decimal
    unit: str
    spans: tuple[Span, ...]


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Counts of several things that are the sum of lines of a table in units that cannot be added."""
    lines = [line for grid in reading.grids() for line in _lines(manuscript, grid)]
    if not any(line.unit in _BULK for line in lines) or len(lines) > _MOST_ROWS:
        return
    for passage in manuscript.told():
        for match in _COUNT.finditer(passage.text):
            start = max(passage.text.rfind(stop, 0, match.start()) for stop in _STOPS) + 1
            names = passage.text[start : match.start()].split("、")
            summed = _summed(lines, names, Decimal(match["count"])) if len(names) >= _FEWEST else ()
            if summed:
                computation = " + ".join(f"{line.number:f}{line.unit or match['unit']}" for line in summed)
                found = f"“{match['count']}{match['unit']}”是不同单位的数量相加：{computation}{_unlisted(lines, names)}"
                fault = Fault(
                    CODE,
                    Severity.WARNING,
                    found,
                    "按单位分别写",
                    "分开写，核对产出的得分",
                    f"{computation} = {match['count']}",
                    Confidence.LIKELY,
                )
                yield remark(
                    reading, fault, passage.span(start, match.end()), *(span for line in summed for span in line.spans)
                )
                return


def _lines(manuscript: Manuscript, grid: Grid) -> Iterator[_Line]:
    """The rows with a quantity, and its unit by the cell or the head."""
    heads = {
        slot.column: match
        for slot in grid.slots
        if slot.row < grid.head and (match := _QUANTITY.search(manuscript.cell(slot)))
    }
    names: dict[int, str] = {}
    starts: dict[int, Span] = {}
    for slot in grid.slots if heads else ():
        if slot.row < grid.head:
            continue
        text = manuscript.cell(slot)
        head = heads.get(slot.column)
        match = _CELL.fullmatch(text) if head else None
        if head and match:
            spans = (starts[slot.row], slot.span) if slot.row in starts else (slot.span,)
            yield _Line(names.get(slot.row, ""), Decimal(match["number"]), match["unit"] or head["unit"] or "", spans)
        elif text:
            names[slot.row] = names.get(slot.row, "") + text
            starts.setdefault(slot.row, slot.span)


def _summed(lines: list[_Line], names: list[str], count: Decimal) -> tuple[_Line, ...]:
    """As many lines as are named that come to the count, some of them in bulk and some of them named; empty without."""
    named = {id(line) for line in lines if any(_alike(line.name, name) for name in names)}
    for some in combinations(lines, len(names)) if len(named) >= _FEWEST else ():
        mixed = len({line.unit in _BULK for line in some}) > 1
        enough = sum(id(line) in named for line in some) >= _FEWEST
        if mixed and enough and sum(line.number for line in some) == count:
            return some
    return ()


def _unlisted(lines: list[_Line], names: list[str]) -> str:
    """The names that no line has; of “安装某某扶手等” only what is between counts. Empty where every name stands in a line."""
    bare = [_BESIDE.sub("", name) for name in names]
    strange = [
        name for name in bare if not any(_OF_SORT.sub("", name) in _OF_SORT.sub("", line.name) for line in lines)
    ]
    return f"；明细表中没有{'、'.join(f'“{name}”' for name in strange)}" if strange else ""


def _alike(one: str, other: str) -> bool:
    """Whether two names share two neighbouring characters."""
    return any(other[at : at + 2] in one for at in range(len(other) - 1))
