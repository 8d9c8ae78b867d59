"""The sheets behind which a csv stands: 资金台账, the declared data tables, and the answers of each questionnaire."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import chain, count

from hengji.engines.grids import read_grid
from hengji.engines.tables import type_grid
from hengji.model.dossier import Dossier
from hengji.model.ledger import FundStage
from hengji.model.money import FEN_PER_WAN, FEN_PER_YUAN, Money
from hengji.model.programme import Tier
from hengji.model.record import record
from hengji.model.survey import Questionnaire
from hengji.model.table import Column, ColumnType, Table, TableDeclaration, Value
from hengji.storage.text import LEDGER
from hengji.work.workbook.form import Cell, decimal

_WIDE = 36
_NARROW = 14
_LONGEST = 28


@record
class DataSheet:
    """A sheet that stands for the csv at ``path``; ``refers`` gives for a column the sheet whose first column it quotes."""

    name: str
    note: str
    path: str
    columns: tuple[Column, ...]
    refers: tuple[tuple[str, str], ...] = ()

    @property
    def headers(self) -> tuple[str, ...]:
        """The column names, with their units."""
        return headers(self.columns)

    def declaration(self, path: str) -> TableDeclaration:
        """The sheet as a declared table in the workbook at ``path``."""
        return TableDeclaration(self.name, path, self.columns, self.name)

    def table(self, dossier: Dossier) -> Table | None:
        """The rows of the csv as they are now; None when the csv is not there or does not read without fault."""
        content = dossier.data.get(self.path)
        if content is None:
            return None
        grid, faults = read_grid(self.path, content)
        if grid is None or faults:
            return None
        table, _ = type_grid(TableDeclaration(self.name, self.path, self.columns), grid)
        return table


def headers(columns: Iterable[Column]) -> tuple[str, ...]:
    """How columns are headed in a file to be filled in: by name, amounts and rates with their unit."""
    return tuple(map(_header, columns))


def _header(column: Column) -> str:
    unit = column.unit or ("元" if column.type is ColumnType.MONEY else "")
    return f"{column.name}（{unit}）" if unit and column.type in (ColumnType.MONEY, ColumnType.RATE) else column.name


def data_sheets(dossier: Dossier) -> Iterator[DataSheet]:
    """The ledger; each declared table in a csv all of whose columns are declared; each questionnaire with its answers."""
    yield LEDGER_SHEET
    taken: set[str] = set()
    for declared in dossier.tables:
        name = sheet_name(f"数据_{declared.name}", taken)
        sheet = DataSheet(name, declared.note, declared.path, declared.columns)
        if declared.path.endswith(".csv") and _whole(sheet, dossier):
            yield sheet
    for survey in dossier.surveys:
        sheet = _answers(survey, dossier, sheet_name(f"答卷_{survey.id}", taken))
        if _whole(sheet, dossier):
            yield sheet


def sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel takes, numbered where another of the ``taken`` ones is the same to it, as capitals and small letters are."""
    plain = "".join("_" if character in "[]:*?/\\'" else character for character in name)[:_LONGEST]
    found = next(each for each in chain((plain,), (f"{plain}~{n}" for n in count(2))) if each.casefold() not in taken)
    taken.add(found.casefold())
    return found


def _whole(sheet: DataSheet, dossier: Dossier) -> bool:
    """Whether writing the csv anew would lose no column of it."""
    content = dossier.data.get(sheet.path)
    if content is None:
        return True
    grid, _ = read_grid(sheet.path, content)
    if grid is None or not grid.rows:
        return False
    found = [str(cell).strip() for cell in grid.rows[0] if cell not in (None, "")]
    return all(name in {*sheet.headers, *(column.name for column in sheet.columns)} for name in found)


def _answers(survey: Questionnaire, dossier: Dossier, name: str) -> DataSheet:
    path = survey.responses or f"surveys/{survey.id}.csv"
    sheet = DataSheet(name, f"“{survey.title}”各选项的份数", path, _TALLY)
    if path not in dossier.data or _whole(sheet, dossier):
        return sheet
    columns = tuple(Column(question.id, ColumnType.TEXT, required=False) for question in survey.questions)
    return DataSheet(sheet.name, f"“{survey.title}”的答卷，一份一行", path, columns)


_TALLY = (Column("题号", ColumnType.TEXT), Column("选项", ColumnType.TEXT), Column("份数", ColumnType.COUNT))
LEDGER_SHEET = DataSheet(
    "资金台账",
    "一行一笔；层级填“合计”的行是合计行，只核对不相加；收回的金额填负数",
    LEDGER,
    (
        Column("日期", ColumnType.DATE),
        Column("环节", ColumnType.ENUM, choices=tuple(stage.value for stage in FundStage)),
        Column("项目", ColumnType.TEXT, required=False),
        Column("层级", ColumnType.ENUM, choices=(*(tier.value for tier in Tier), "合计")),
        Column("金额", ColumnType.MONEY, "元"),
        *(Column(name, ColumnType.TEXT, required=False) for name in ("资金来源", "文号", "付款方", "收款方", "备注")),
    ),
    (("项目", "子项目"),),
)


def cell_of(value: Value, column: Column) -> Cell:
    """A typed value as it stands in a cell, in the unit of its header."""
    match value:
        case bool():
            return "是" if value else "否"
        case Money():
            return Decimal(int(value)) / (FEN_PER_WAN if column.unit == "万元" else FEN_PER_YUAN)
        case Fraction():
            return decimal(value * 100 if column.unit == "%" else value)
        case _:
            return value


def changed_rows(old: Table | None, new: Table) -> tuple[int, int, int]:
    """How many rows are added, removed and unchanged."""
    before = Counter(old.rows if old is not None else ())
    after = Counter(new.rows)
    same = before & after
    return (after - same).total(), (before - same).total(), same.total()


def csv_of(sheet: DataSheet, table: Table, old: bytes | None) -> bytes:
    """The rows as csv: UTF-8 with BOM, line ends as they were."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n" if old is not None and b"\r\n" in old else "\n")
    writer.writerow(sheet.headers)
    for row in table.rows:
        writer.writerow([_text(cell_of(value, column)) for value, column in zip(row, sheet.columns, strict=True)])
    return text.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Decimal():
            return f"{cell.normalize():f}"
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def width_of(column: Column) -> int:
    """Half-width places that a column takes."""
    return _NARROW if column.type is not ColumnType.TEXT or column.name in ("题号", "选项") else _WIDE // 2
