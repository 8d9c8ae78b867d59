"""Files into DuckDB as they are: every cell a text, every row with its line."""

from __future__ import annotations

import codecs
import csv
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import field, replace
from datetime import date
from functools import partial
from itertools import islice
from mmap import ACCESS_READ, mmap
from pathlib import Path

import fastexcel
from python_calamine import load_workbook

from hengji.cells.separators import SAMPLE, separator_of
from hengji.engines import duck
from hengji.engines.intake import faults
from hengji.engines.intake.containers import Kind
from hengji.engines.intake.facts import SheetFacts, has_facts, merged_in, place_of, read_facts
from hengji.engines.intake.layout import HEAD
from hengji.engines.intake.package import Package, copy_package, too_wide
from hengji.engines.intake.pieces import MARK, Piece, SheetPart
from hengji.engines.intake.plain import quoted
from hengji.model.cells import DAY_ZERO
from hengji.model.finding import Finding, Place
from hengji.model.record import record

Head = tuple[tuple[str | None, ...], ...]
_ENCODINGS = ("utf-8-sig", "gb18030")
_CHUNK = 2**20
_LONGEST_CELL = 131_072
PIECE = 2**23
_AHEAD = 2
"""Pieces of a sheet that are read before the one at hand is in its table."""


@record
class RawSheet:
    """原始表: ``table`` in the database; ``columns`` gives the column of the table for a position in the file.

    ``line`` there is the 1-based line; ``head`` are the first rows; ``exact_units`` are positions whose numbers are in
    yuan or plain ratios whatever the header says, because the file itself is typed.
    """

    file: str
    sheet: str
    kind: Kind
    table: str
    columns: Mapping[int, str]
    head: Head
    facts: SheetFacts = field(default_factory=SheetFacts)
    first_day: date = DAY_ZERO
    exact_units: frozenset[int] = frozenset()

    @property
    def width(self) -> int:
        return max(self.columns, default=-1) + 1

    def place(self, line: int, column: int, item: str = "") -> Place:
        """Where a cell stands, as a user finds it."""
        if self.sheet:
            return place_of(self.file, self.sheet, (line - 1, column), item)
        return Place(self.file, line, column + 1, item=item)

    def spread(self, cells: tuple[str | None, ...]) -> tuple[str | None, ...]:
        """Cells in the order of ``columns``, each at its position in the file."""
        row: list[str | None] = [None] * self.width
        for position, cell in zip(self.columns, cells, strict=True):
            row[position] = cell
        return tuple(row)


class Source:
    """来件: an opened file whose sheets are loaded one by one, those of a workbook in pieces of about ``piece`` bytes of XML."""

    def __init__(
        self, connection: duck.Connection, file: str, path: Path, kind: Kind, folder: Path, piece: int = PIECE
    ) -> None:
        self.connection = connection
        self.file = file
        self.path = path
        self.kind = kind
        self.folder = folder
        self.names: tuple[str, ...] = ("",)
        self._package: Package | None = None
        self._reader: fastexcel.ExcelReader | None = None
        self._count = 0
        self._piece = piece

    def open(self) -> Finding | None:
        """Find the sheets; a finding when the file is not what it should be."""
        if self.kind not in (Kind.WORKBOOK, Kind.OLD_WORKBOOK):
            return None
        readable = self.path
        if self.kind is Kind.WORKBOOK:
            readable = self.folder / "copy.xlsx"
            with self.path.open("rb") as source, readable.open("w+b") as target:
                package = copy_package(self.file, source, target, self._piece)
            if not isinstance(package, Package):
                return package
            self._package = package
        try:
            self._reader = fastexcel.read_excel(readable)
        except fastexcel.FastExcelError as error:
            hidden = "password" in str(error).lower()
            return faults.protected(self.file) if hidden else faults.broken_workbook(self.file)
        known = set(self._reader.sheet_names)
        found = [part.name for part in self._package.sheets] if self._package else self._reader.sheet_names
        self.names = tuple(name for name in found if name in known)
        return None if self.names else faults.no_sheets(self.file)

    def load(self, sheet: str) -> RawSheet | Finding:
        """One sheet into a table of its own."""
        table = self._table()
        match self.kind:
            case Kind.TEXT:
                return self._load_text(table)
            case Kind.PARQUET:
                return self._load_parquet(table)
            case Kind.WORKBOOK | Kind.OLD_WORKBOOK:
                return self._load_sheet(table, sheet)

    def head(self, sheet: str) -> Head:
        """The first rows of a sheet of which no more is wanted; none where they cannot be read."""
        part = self._part(sheet)
        table = self._table()
        try:
            columns = self._load_pieces(table, replace(part, pieces=part.pieces[:1]))
        except fastexcel.FastExcelError:
            return ()
        if not isinstance(columns, dict):
            return ()
        raw = self._with_head(RawSheet(self.file, sheet, self.kind, table, columns, ()))
        self.drop(raw)
        return raw.head

    def _table(self) -> str:
        """A name for what is loaded next, in a schema of its own."""
        self._count += 1
        self.connection.execute(f"CREATE SCHEMA raw_{self._count}")
        return f"raw_{self._count}.cells"

    def _part(self, sheet: str) -> SheetPart:
        if self._package is None:
            return SheetPart(sheet, (Piece(sheet, 1, 0, 0),))
        return next(each for each in self._package.sheets if each.name == sheet)

    def _load_sheet(self, table: str, sheet: str) -> RawSheet | Finding:
        part, first_day = self._part(sheet), self._package.first_day if self._package is not None else DAY_ZERO
        with ThreadPoolExecutor(1) as aside:
            waiting = aside.submit(self._facts, part)
            try:
                columns = self._load_pieces(table, part)
            except fastexcel.FastExcelError:
                columns = None
            facts = waiting.result()
        if isinstance(columns, Finding):
            return columns
        if columns is not None:
            return self._with_head(RawSheet(self.file, sheet, self.kind, table, columns, (), facts, first_day))
        return self._load_whole(sheet) if len(part.pieces) > 1 else faults.broken_workbook(self.file)

    def _load_whole(self, sheet: str) -> RawSheet | Finding:
        """A sheet whose rows do not stand in their order, or whose text is stranger still, as one piece."""
        self._piece = 0
        return self.open() or self.load(sheet)

    def _load_pieces(self, table: str, part: SheetPart) -> dict[int, str] | Finding | None:
        """A sheet into tables, shown as one: its columns by position; None where a row is in another piece than it should be."""
        run = self.connection.execute
        known: dict[int, str] = {}
        parts: list[str] = []
        for at, loaded in enumerate(self._read(part)):
            if isinstance(loaded, Finding):
                return loaded
            columns = {column.absolute_index: f"c{column.absolute_index}" for column in loaded.available_columns()}
            if not columns:
                break
            cells, piece = ", ".join(columns.values()), f"{table}_{at}"
            duck.show(self.connection, "sheet", loaded)
            line = f"row_number() OVER () + {part.pieces[at].line - 1} AS line"
            run(f"CREATE TABLE {piece} AS SELECT {line}, * FROM sheet AS s({cells})")
            self.connection.unregister("sheet")
            own, marks = _own_lines(part.pieces, at)
            others = f"count(*), count(*) FILTER (concat({cells}) = '{MARK}') FROM {piece} WHERE NOT {own}"
            if run(f"SELECT {others}").fetchall() != [(marks, marks)]:
                return None
            known |= columns
            parts.append(f"SELECT * FROM {piece} WHERE {own}")
        if not parts:
            known = {0: "c0"}
            parts.append("SELECT 0::BIGINT AS line, ''::VARCHAR AS c0 WHERE false")
        run(f"CREATE VIEW {table} AS {' UNION ALL BY NAME '.join(parts)}")
        return dict(sorted(known.items()))

    def _read(self, part: SheetPart) -> Iterator[fastexcel.ExcelSheet | Finding]:
        """The pieces of a sheet one after the other, or what forbids it; the next ones are read meanwhile."""
        assert self._reader is not None
        read = partial(self._reader.load_sheet, header_row=None, dtypes="string")
        coming: deque[Future[fastexcel.ExcelSheet]] = deque()
        with ThreadPoolExecutor(1) as aside:
            for at, fault in enumerate(self._too_wide(part)):
                if fault is not None:
                    yield fault
                    return
                coming.append(aside.submit(read, part.pieces[at].name, skip_rows=None if at else 0))
                if len(coming) > _AHEAD:
                    yield coming.popleft().result()
            while coming:
                yield coming.popleft().result()

    def _too_wide(self, part: SheetPart) -> Iterator[Finding | None]:
        if self._package is None:
            yield None
            return
        with (self.folder / "copy.xlsx").open("rb") as copy:
            yield from islice(too_wide(self.file, part, copy), len(part.pieces))

    def _facts(self, part: SheetPart) -> SheetFacts:
        if self._package is None:
            with load_workbook(self.path) as book:
                return SheetFacts(merged_in(book, part.name))
        with (self.folder / "copy.xlsx").open("rb") as copy:
            with mmap(copy.fileno(), 0, access=ACCESS_READ) as text:
                if not has_facts(text, part):
                    return SheetFacts()
            return read_facts(copy, part)

    def _load_text(self, table: str) -> RawSheet | Finding:
        encoding = _encoding(self.path)
        if encoding is None:
            return faults.no_encoding(self.file)
        clean = self.folder / "clean.csv"
        line, width = 1, 1
        with (
            self.path.open(encoding=encoding, newline="") as source,
            clean.open("w", encoding="utf-8", newline="") as made,
        ):
            separator = separator_of(source.read(SAMPLE))
            source.seek(0)
            reader = csv.reader(source, delimiter=separator, strict=True)
            writer = csv.writer(made, quoting=csv.QUOTE_ALL)
            try:
                for row in reader:
                    writer.writerow((line, *row))
                    width = max(width, len(row))
                    line = reader.line_num + 1
            except csv.Error:
                return faults.malformed_csv(self.file, line)
        columns = {at: f"c{at}" for at in range(width)}
        typed = ", ".join(f"'{name}': 'VARCHAR'" for name in columns.values())
        self.connection.execute(
            f"CREATE TABLE {table} AS SELECT * FROM read_csv({quoted(str(clean))}, header = false, "
            "auto_detect = false, delim = ',', quote = '\"', escape = '\"', null_padding = true, parallel = false, "
            f"max_line_size = {_LONGEST_CELL * (width + 1) * 4}, columns = {{'line': 'BIGINT', {typed}}})"
        )
        clean.unlink()
        return self._with_head(RawSheet(self.file, "", self.kind, table, columns, ()))

    def _load_parquet(self, table: str) -> RawSheet | Finding:
        file = f"read_parquet({quoted(str(self.path))}, file_row_number = true)"
        try:
            described = self.connection.execute(f"DESCRIBE SELECT * EXCLUDE (file_row_number) FROM {file}").fetchall()
        except duck.Error:
            return faults.other_document(self.file, "损坏的 Parquet 数据")
        names = [name for name, *_ in described]
        cells = ", ".join(
            f'CAST("{name.replace(chr(34), chr(34) * 2)}" AS VARCHAR) AS c{at}' for at, name in enumerate(names)
        )
        self.connection.execute(f"CREATE VIEW {table} AS SELECT file_row_number + 2 AS line, {cells} FROM {file}")
        exact = frozenset(at for at, (_, kind, *_) in enumerate(described) if kind.startswith("DECIMAL"))
        columns = {at: f"c{at}" for at in range(len(names))}
        return RawSheet(self.file, "", self.kind, table, columns, (tuple(names),), exact_units=exact)

    def _with_head(self, raw: RawSheet) -> RawSheet:
        return replace(raw, head=tuple(cells for _, cells in self.rows(raw, "", HEAD)))

    def drop(self, raw: RawSheet) -> None:
        """What is no longer needed."""
        self.connection.execute(f"DROP SCHEMA {raw.table.partition('.')[0]} CASCADE")

    def rows(self, raw: RawSheet, where: str, most: int | None = None) -> Iterator[tuple[int, tuple[str | None, ...]]]:
        """Rows by line, each with its line, as texts at their positions in the file."""
        limit = f"LIMIT {most}" if most is not None else ""
        cells = ", ".join(raw.columns.values())
        cursor = self.connection.cursor()
        cursor.execute(f"SELECT line, {cells} FROM {raw.table} {where} ORDER BY 1 {limit}")
        while batch := cursor.fetchmany(2048):
            for line, *texts in batch:
                yield line, raw.spread(tuple(texts))


def _own_lines(pieces: Sequence[Piece], at: int) -> tuple[str, int]:
    """SQL for which lines of a piece that was read are those of the sheet, and how many others, marks, there should be."""
    first = pieces[at].line + (at > 0)
    if at + 1 == len(pieces):
        return f"line >= {first}", int(at > 0)
    return f"line BETWEEN {first} AND {pieces[at + 1].line}", 1 + (at > 0)


def _encoding(path: Path) -> str | None:
    """UTF-8 (with or without BOM) or GB18030; None when the file is neither."""
    for encoding in _ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    decoder.decode(chunk)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    return None
