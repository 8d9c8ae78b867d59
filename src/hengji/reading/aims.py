"""The goals that a report sets in numbers: the rows of its table of goals, and the clauses of its section on goals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Slot, Span
from hengji.model.record import record
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript

NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
UNIT = r"%|万?人月|床月|床位月|人次|餐次|万元|平方米|公里|[人户家个张处场次套台项所座份床例件户名支辆条]"
_AIM_HEAD = pattern(r"(?:年度|年初|绩效|全年|计划)*(?:(?:指标|目标|计划)值(?:\(.*\))?|目标数|计划数|计划完成数)|预期值")
_DONE_HEAD = pattern(
    r"(?:全年|年度)?(?:实际)?(?:完成|实现|达成)(?:值|数|情况)?|实际值|(?:全年|年度)?实际完成(?:值|数|情况)?"
)
_REACHED_HEAD = pattern(r"是否(?:完成|达标|实现|达到)(?:目标|指标)?(?:值)?|完成与否|完成情况|达标情况")
_NAME_HEAD = pattern(r"(?:[三四]级|绩效|具体|评价)?指标(?:名称|内容)?")
_VALUE = pattern(
    rf"(?P<bound>[≥>=≤<＝]|不低于|不少于|不高于|不超过|大于等于|小于等于|大于|小于|达到?)*(?P<number>{NUMBER})(?P<unit>{UNIT})?(?P<more>及?以上|及?以下|以内)?"
)
_AT_MOST = pattern(r"[≤<]|不高于|不超过|小于|以下|以内")
_CLAUSE = pattern(
    rf"(?:^|(?<=[,;。:、]))(?P<name>{HAN}{{3,20}}?)(?P<bound>达到?|不低于|不少于|不超过|为|在|≥|>=|≤)?(?P<number>{NUMBER})(?P<unit>{UNIT})(?P<more>及?以上|以下|以内)?(?=[,;。、]|$)"
)
_GOALS = pattern(r"^.{0,8}目标(?:[和与及]|设定|设置|情况|$)(?!.{0,6}(?:完成|实现))")
_DONE_WORD = pattern(r"实际|已完成|完成率|累计|其中")


@record
class Aim:
    """目标: a name with the number that is meant, and what came of it where the table says so.

    ``reached`` is what the table says of that in words: None where it says nothing.
    """

    name: str
    value: Decimal
    unit: str
    span: Span
    at_most: bool = False
    bounded: bool = False
    done: Decimal | None = None
    done_span: Span | None = None
    reached: bool | None = None
    reached_span: Span | None = None


def aims_of(reading: Reading, manuscript: Manuscript) -> tuple[Aim, ...]:
    """The goals of a report; none of a name that is told with two values, which are of several years or parts."""
    found = [*_of_tables(reading, manuscript), *_of_sections(reading, manuscript)]
    values: dict[str, set[Decimal]] = {}
    for each in found:
        values.setdefault(each.name, set()).add(each.value)
    return tuple(each for each in found if len(values[each.name]) == 1)


def _of_tables(reading: Reading, manuscript: Manuscript) -> Iterator[Aim]:
    cells = (each for each in manuscript.holding("目标值", "指标值", "预期值", "计划值") if each.kind is Kind.CELL)
    for number in sorted({each.part for each in cells}):
        grid = reading.parts[number]
        assert isinstance(grid, Grid)
        yield from _of_table(grid, manuscript)


def _of_table(grid: Grid, manuscript: Manuscript) -> Iterator[Aim]:
    heads = {slot.column: manuscript.cell(slot) for slot in grid.slots if slot.row < max(grid.head, 1)}
    aims = [column for column, text in heads.items() if _AIM_HEAD.fullmatch(text)]
    names = [column for column, text in heads.items() if _NAME_HEAD.fullmatch(text) and column not in aims]
    done = next((column for column, text in heads.items() if _DONE_HEAD.fullmatch(text)), None)
    reached = next((column for column, text in heads.items() if _REACHED_HEAD.fullmatch(text) and column != done), None)
    aims = [column for column in aims if not names or column > max(names)]
    if len(aims) != 1 or not names or aims[0] - max(names) > _FAR:
        return
    rows: dict[int, dict[int, Slot]] = {}
    for slot in grid.slots:
        if slot.row >= max(grid.head, 1):
            rows.setdefault(slot.row, {})[slot.column] = slot
    for row in rows.values():
        name, aim = row.get(max(names)), row.get(aims[0])
        match = _VALUE.fullmatch(manuscript.cell(aim)) if name and aim else None
        if name is None or aim is None or match is None:
            continue
        result = row.get(done) if done is not None else None
        came = _VALUE.fullmatch(manuscript.cell(result)) if result else None
        said = row.get(reached) if reached is not None else None
        same = came is not None and (came["unit"] or "") == (match["unit"] or "") and not came["bound"]
        yield Aim(
            manuscript.cell(name),
            number_of(match["number"]),
            match["unit"] or "",
            aim.span,
            bool(_AT_MOST.search(match[0])),
            bool(match["bound"] or match["more"]),
            number_of(came["number"]) if same and came else None,
            result.span if same and result else None,
            _reached(manuscript.cell(said)) if said else None,
            said.span if said else None,
        )


_FAR = 2
_YES = frozenset({"完成", "已完成", "是", "达标", "已达标", "达到", "已实现", "实现", "√"})
_NO = frozenset({"未完成", "否", "未达标", "未达到", "未实现", "×"})


def _reached(text: str) -> bool | None:
    return True if text in _YES else False if text in _NO else None


def number_of(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _of_sections(reading: Reading, manuscript: Manuscript) -> Iterator[Aim]:
    titles = [title for title in reading.titles if "目标" in title.text]
    if not titles:
        return
    for passage in manuscript.holding("目标", "达到", "不低于"):
        if passage.kind is not Kind.PROSE or not passage.text:
            continue
        span = passage.span()
        if not any(_GOALS.search("".join(title.text.split())) for title in reading.above(span.start)):
            continue
        if _DONE_WORD.search(passage.text):
            continue
        for match in _CLAUSE.finditer(passage.text):
            yield Aim(
                match["name"],
                number_of(match["number"]),
                match["unit"],
                passage.span(match.start("number"), match.end("unit")),
                bool(_AT_MOST.search(match[0])),
                bool(match["bound"] or match["more"]),
            )
