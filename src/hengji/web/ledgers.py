"""The ledger as a grid that is typed into: the rows that are touched are written anew, everything else in funds.csv stays byte for byte."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from io import StringIO

from hengji.cells.sheet import ENCODINGS, read_sheet
from hengji.engines.grids import read_grid
from hengji.engines.tables import read_table
from hengji.funds.faults import unknown_programme
from hengji.funds.reading import check_programmes, read_ledger
from hengji.model.finding import Finding, Place, Severity
from hengji.model.ledger import ControlTotal, Entry, Ledger
from hengji.model.programme import Programme
from hengji.model.record import record
from hengji.model.table import Table, TableDeclaration
from hengji.storage.text import LEDGER
from hengji.web.tabular import Heading, Kind, Line, amount
from hengji.work.workbook.data import LEDGER_SHEET, csv_of
from hengji.work.workbook.unread import months

HEADINGS = (
    Heading("行", Kind.NUMBER),
    Heading("日期", Kind.DAY),
    Heading("环节", Kind.CHOICE),
    Heading("项目", Kind.CHOICE),
    Heading("层级", Kind.CHOICE),
    amount("金额"),
    *(Heading(title) for title in ("资金来源", "文号", "付款方", "收款方", "备注")),
)
STAGE, AMOUNT = 2, 5
"""Where the stage and the amount stand among the headings."""
TOTAL = "合计"
"""The tier of a control total."""
_BLANKS = str.maketrans(dict.fromkeys("\r\n\t\0", " "))


class Way(Enum):
    """收法: what becomes of the rows that are there when a ledger is uploaded."""

    REPLACE = "替换现有台账"
    APPEND = "接在现有台账后面"


class Faulty(Enum):
    """有误的行: what becomes of an upload that has some."""

    STOP = "全部改正后再收"
    LEAVE = "有误的行不收，其余照收"


def line_of(entry: Entry) -> Line:
    """An entry under HEADINGS."""
    told = (entry.source, entry.document, entry.payer, entry.payee, entry.note)
    kept = (entry.place.line, entry.date, entry.stage.value, entry.programme, entry.tier.value, entry.amount)
    return Line((*kept, *(word or None for word in told)))


def total_line(total: ControlTotal) -> Line:
    """A control total under HEADINGS."""
    programmes = "、".join(sorted(total.programmes)) or "全部"
    kept = (total.place.line, total.date, total.stage.value, programmes, TOTAL, total.amount)
    return Line((*kept, None, total.document or None, None, None, total.note or None))


@record
class Grid:
    """表格: the header and the records of a ledger, each with its first line; ``text`` is the whole file in lines with their ends."""

    header: tuple[str, ...]
    records: Mapping[int, tuple[str, ...]]
    text: tuple[str, ...]


def grid_of(content: bytes | None) -> Grid | None:
    """The grid of a file; that of an empty ledger where there is none, None where the file is no csv with a header."""
    if content is None:
        head = ",".join(LEDGER_SHEET.headers)
        return Grid(LEDGER_SHEET.headers, {}, (head + "\n",))
    sheet, _ = read_sheet(LEDGER, content)
    text = _decoded(content)
    if not sheet.header or text is None:
        return None
    width = len(sheet.header)
    records = {line: (*cells, *[""] * (width - len(cells))) for line, cells in sheet.records}
    return Grid(sheet.header, records, tuple(StringIO(text, newline="").readlines()))


def _decoded(content: bytes) -> str | None:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


@record
class Written:
    """写成的台账: the file, and for each line of it that was touched the name under which it was typed."""

    content: bytes
    touched: Mapping[int, str]


def written(grid: Grid, changed: Mapping[int, Sequence[str] | None], added: Mapping[str, Sequence[str]]) -> Written:
    """The file with the records at these lines written anew (None: left out), and the added ones at its end."""
    ending = "\r\n" if grid.text[0].endswith("\r\n") else "\n"
    out: list[str] = []
    touched: dict[int, str] = {}
    line = 1
    while line <= len(grid.text):
        if line not in changed:
            out.append(grid.text[line - 1])
            line += 1
            continue
        cells = changed[line]
        if cells is not None:
            touched[len(out) + 1] = str(line)
            out.append(_record(cells, ending))
        line += _lines(grid.text[line - 1 :])
    if out and not out[-1].endswith(("\n", "\r")):
        out[-1] += ending
    for name, cells in added.items():
        touched[len(out) + 1] = name
        out.append(_record(cells, ending))
    return Written("".join(out).encode("utf-8-sig"), touched)


def _lines(text: Sequence[str]) -> int:
    """How many lines the first record takes: a quoted cell may go on over several."""
    reader = csv.reader(iter(text))
    next(reader)
    return reader.line_num


def _record(cells: Sequence[str], ending: str) -> str:
    text = StringIO()
    csv.writer(text, lineterminator=ending).writerow(_clean(cell) for cell in cells)
    return text.getvalue()


def _clean(cell: str) -> str:
    """A cell is one line; a surrogate, which no file can hold, is left out."""
    return cell.translate(_BLANKS).strip().encode("utf-8", "ignore").decode()


def checked(content: bytes, programmes: Iterable[Programme]) -> tuple[Ledger, tuple[Finding, ...]]:
    """A ledger and what is wrong with it."""
    ledger, found = read_ledger(LEDGER, content)
    return ledger, (*found, *check_programmes(ledger, programmes))


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that keep a row from counting."""
    return tuple(each for each in findings if each.severity is Severity.ERROR)


@record
class Received:
    """收到的台账: the file that would be written (None: nothing to write), how many rows came, and what is wrong with the upload."""

    content: bytes | None
    rows: int
    findings: tuple[Finding, ...]


def received(name: str, upload: bytes, old: bytes | None, way: Way, programmes: Sequence[Programme]) -> Received:
    """A ledger out of an xlsx or csv with any header that names the columns, units included; amounts are then in 元."""
    table, findings = _typed(name, upload)
    if table is None:
        return Received(None, 0, findings)
    grid, _ = read_grid(name, upload)
    vague = tuple(months(grid, LEDGER_SHEET.columns)) if grid is not None else ()
    unknown = tuple(_unknown(table, name, sorted(programme.id for programme in programmes)))
    findings += (*vague, *unknown)
    wrong = {finding.place.line for finding in (*vague, *unknown)}
    rows = tuple(row for line, row in zip(table.lines, table.rows, strict=True) if line not in wrong)
    before = _typed(LEDGER, old)[0] if old is not None and way is Way.APPEND else None
    if old is not None and way is Way.APPEND and before is None:
        return Received(None, len(rows), findings)
    kept = (before.rows if before is not None else ()) + rows
    content = csv_of(LEDGER_SHEET, Table(table.name, table.columns, kept), old)
    return Received(content if rows else None, len(rows), findings)


def _typed(name: str, content: bytes) -> tuple[Table | None, tuple[Finding, ...]]:
    declaration = TableDeclaration(LEDGER_SHEET.name, name, LEDGER_SHEET.columns)
    return read_table(declaration, {name: content})


def _unknown(table: Table, name: str, known: Sequence[str]) -> Iterator[Finding]:
    """A finding for each row of a sub-project that there is not; a control total may name several, or none."""
    programme, tier = table.positions["项目"], table.positions["层级"]
    for line, row in zip(table.lines, table.rows, strict=True):
        if row[tier] != TOTAL and row[programme] not in known:
            yield unknown_programme(Place(name, line, item="项目"), str(row[programme] or ""), known)
