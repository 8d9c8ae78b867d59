"""One row under a header: what it is, and what its cells mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from hengji.engines.intake import faults
from hengji.engines.intake.layout import Layout, Match
from hengji.engines.intake.seal import Seal
from hengji.engines.intake.tally import Tally
from hengji.engines.intake.totals import SUMMED, Total
from hengji.model.cells import DAY_ZERO, CellFault, CellNote, Raw, ReadCell, read_cell
from hengji.model.finding import Finding, Place
from hengji.model.money import Money
from hengji.model.table import Column, ColumnType, Keeping, Value

Cells = Sequence[Raw]
Row = tuple[Value, ...]
TOTALS = ("合计", "总计", "小计", "共计", "总和", "累计")
_REMARK = re.compile(
    r"^(?:制表|填表|填报|审核|复核|审批|负责人|经办|编制|单位负责人|财务|领导签字|说明|备注|附注|注|联系电话|联系人|日期|单位[（(]?盖章)"
    r"[^:：]{0,8}[:：]"
)
_MOST_REMEMBERED = 50_000
_FEWEST_ABOVE = 2
_LABELLED = 2


class RowKind(Enum):
    """行的种类: what stands on a line of a sheet."""

    DATA = "明细"
    EMPTY = "空行"
    TOTAL = "合计"
    HEADER = "重复的表头"
    REMARK = "说明"


@dataclass(slots=True)
class RowReader:
    """Types the rows under one header; what is wrong with them goes to ``findings``, rows of totals to ``totals``.

    ``place`` gives the place of a cell from the number of its row (in the file's own count) and its position; ``spoiled``
    what to say of a cell that has no usable value. ``first_day`` is where the workbook's day numbers count from.
    """

    columns: tuple[Column, ...]
    layout: Layout
    header: Sequence[Cells]
    place: Callable[[int, int, str], Place]
    findings: Tally
    seal: Seal | None = None
    sheet: str = ""
    spoiled: Mapping[tuple[int, int], Finding] = field(default_factory=dict)
    first_day: date = DAY_ZERO
    totals: list[Total] = field(default_factory=list)
    _read: dict[tuple[int, Raw], ReadCell | CellFault] = field(default_factory=dict)
    _choices: dict[int, tuple[str, ...]] = field(init=False)
    _titles: list[list[tuple[int, str]]] = field(init=False)

    def __post_init__(self) -> None:
        self._choices = {match.position: match.column.choices for match in self.layout.matches}
        named = [
            [(match.position, str(_at(line, match.position) or "").strip()) for match in self.layout.matches]
            for line in self.header
        ]
        self._titles = [titles for line in named if (titles := [(at, title) for at, title in line if title])]

    def kind_of(self, cells: Cells) -> RowKind:
        """What the row is. A label of a total stands in the first or second filled cell."""
        first: list[tuple[int, str]] = []
        for at, cell in enumerate(cells):
            text = cell.strip() if isinstance(cell, str) else "" if cell is None else str(cell)
            if text:
                first.append((at, text))
                if len(first) == _LABELLED:
                    break
        if not first:
            return RowKind.EMPTY
        if any(is_total(text) and text not in self._choices.get(at, ()) for at, text in first):
            return RowKind.TOTAL
        if any(self._repeats(cells, line) for line in self._titles):
            return RowKind.HEADER
        if _REMARK.match(first[0][1]) and (len(first) == 1 or self._lacks(cells)):
            return RowKind.REMARK
        return RowKind.DATA

    def _repeats(self, cells: Cells, titles: Sequence[tuple[int, str]]) -> bool:
        """Whether the cells are those of a header line, at every column that it names."""
        return all(str(_at(cells, at)).strip() == title for at, title in titles)

    def _lacks(self, cells: Cells) -> bool:
        return any(match.column.required and _at(cells, match.position) in (None, "") for match in self.layout.matches)

    def take(self, line: int, cells: Cells) -> Row | RowKind:
        """The typed row; what it is when it is none, DATA when a cell of it is at fault."""
        kind = self.kind_of(cells)
        if kind is RowKind.DATA:
            return self._typed(line, cells) or kind
        if kind is RowKind.TOTAL:
            self.findings.append(faults.total(self.place(line, 0, "")))
            self.totals.append(self._total(line, cells))
        if kind is RowKind.REMARK:
            text = next(str(cell).strip() for cell in cells if cell not in (None, ""))
            self.findings.append(faults.remark(self.place(line, 0, ""), text))
        return kind

    def _total(self, line: int, cells: Cells) -> Total:
        """What the row of totals says in columns that can be added up."""
        says: dict[str, int] = {}
        places: dict[str, Place] = {}
        for match in self.layout.matches:
            if match.column.type in SUMMED:
                read = self._remembered(match, _at(cells, match.position))
                if isinstance(read, ReadCell) and isinstance(read.value, int):
                    says[match.column.name] = int(read.value)
                    places[match.column.name] = self._place(line, match)
        return Total(line, says, places)

    def _typed(self, line: int, cells: Cells) -> Row | None:
        values: dict[str, Value] = {}
        sound = True
        for match in self.layout.matches:
            read = self._cell(match, _at(cells, match.position), line)
            sound = sound and read is not None
            values[match.column.name] = read.value if read is not None else None
        for column in self.columns:
            if column.from_sheet:
                fault = read_cell(self.sheet, column)
                if isinstance(fault, CellFault):
                    self.findings.append(faults.cell(self.place(line, 0, column.name), fault))
                    sound = False
                else:
                    values[column.name] = fault.value
        return tuple(values.get(column.name) for column in self.columns) if sound else None

    def _cell(self, match: Match, raw: Raw, line: int) -> ReadCell | None:
        if self.spoiled and (line, match.position) in self.spoiled:
            self.findings.append(self.spoiled[line, match.position])
            return None
        read = self._remembered(match, raw)
        if isinstance(read, CellFault):
            self.findings.append(faults.cell(self._place(line, match), read))
            return None
        if read.value is None and match.column.required:
            self.findings.append(faults.blank_cell(self._place(line, match)))
            return None
        if read.notes:
            self.findings.extend(faults.note(self._place(line, match), note, raw, read.value) for note in read.notes)
        return read

    def _place(self, line: int, match: Match) -> Place:
        return self.place(line, match.position, match.column.name)

    def _remembered(self, match: Match, raw: Raw) -> ReadCell | CellFault:
        """The same spelling in the same column is read once; only texts are alike just when they are equal."""
        key = (match.position, raw)
        known = self._read.get(key) if isinstance(raw, str) else None
        if known is not None:
            return known
        read = read_cell(raw, match.column, match.unit)
        if isinstance(read, ReadCell) and isinstance(read.value, date) and CellNote.SERIAL_DATE in read.notes:
            read = ReadCell(read.value + (self.first_day - DAY_ZERO), read.notes)
        if isinstance(read, ReadCell) and self.seal is not None and isinstance(read.value, str):
            read = ReadCell(sealed(self.seal, match.column, read.value), read.notes)
        if isinstance(raw, str):
            if len(self._read) >= _MOST_REMEMBERED:
                self._read.clear()
            self._read[key] = read
        return read


def sealed(seal: Seal, column: Column, value: str) -> str:
    """The number as it is kept."""
    naming = column.type in (ColumnType.CITIZEN, ColumnType.CREDIT)
    return seal.number(value) if naming and column.keeping is Keeping.SEALED else value


def is_total(text: str) -> bool:
    """合 计, 总计：, 本页小计, 合计（元）: the label of a row that adds up others."""
    if "计" not in text and "和" not in text:
        return False
    plain = "".join(text.split()).rstrip("：:")
    bare = re.sub(r"[（(][^（()）]*[)）]$", "", plain)
    return bare in TOTALS or (
        bare.endswith(TOTALS) and bare.startswith(("本页", "本月", "本表", "全年", "全部", "以上", "总"))
    )


def looks_like_total(rows: Sequence[Row], columns: Sequence[Column]) -> list[int]:
    """Indices of rows whose amounts are all the sums of those above: a total that nobody labelled."""
    money = [at for at, column in enumerate(columns) if column.type is ColumnType.MONEY]
    sums = [Money(0)] * len(money)
    found = []
    for index, row in enumerate(rows):
        amounts = [amount if isinstance(amount := row[at], Money) else Money(0) for at in money]
        if index >= _FEWEST_ABOVE and money and any(sums) and amounts == sums:
            found.append(index)
        sums = [total + amount for total, amount in zip(sums, amounts, strict=True)]
    return found


def _at(cells: Cells, position: int) -> Raw:
    return cells[position] if position < len(cells) else None
