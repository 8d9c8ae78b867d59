"""Which of several declared tables the sheets of a file hold, told by their headers where nobody said it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from hengji.engines import duck
from hengji.engines.grids import read_grid
from hengji.engines.intake.containers import Kind, kind_of
from hengji.engines.intake.declared import called_alike, missing, wanted_sheets
from hengji.engines.intake.layout import HEAD, Cells, find_layout
from hengji.engines.intake.raw import Source
from hengji.model.finding import Finding
from hengji.model.record import record
from hengji.model.table import TableDeclaration

Heads = Mapping[str, Sequence[Cells]]
Mappings = Callable[[str], Mapping[str, str]]
_BEGINNING = 2**20
_FEWEST = 2
"""One header alone, such as 机构, stands in many tables."""


@record
class Fit:
    """对表: what a sheet has of a table: so many of its columns, and which required ones it has not."""

    table: str
    sheet: str
    columns: int
    lacking: tuple[str, ...]

    @property
    def by_name(self) -> bool:
        return called_alike(self.table, self.sheet)


@duck.stoppable()
def heads_of(path: Path) -> Heads | Finding:
    """The first rows of each sheet, of a file that is there; "" is the sheet of what has none."""
    with path.open("rb") as opened:
        kind = kind_of(str(path), opened)
        if isinstance(kind, Finding):
            return kind
        if kind is Kind.TEXT:
            return _head_of_text(str(path), opened.read(_BEGINNING))
    with tempfile.TemporaryDirectory(prefix="hengji-") as folder, closing(duck.connect()) as connection:
        source = Source(connection, str(path), path, kind, Path(folder))
        fault = source.open()
        if fault is not None:
            return fault
        if kind is Kind.PARQUET:
            raw = source.load("")
            return raw if isinstance(raw, Finding) else {"": raw.head}
        return {name: source.head(name) for name in source.names}


def _head_of_text(name: str, beginning: bytes) -> Heads | Finding:
    """What follows the last whole line is left out where there is more than the beginning."""
    end = len(beginning) if len(beginning) < _BEGINNING else beginning.rfind(b"\n") + 1
    grid, found = read_grid(name, beginning[:end] or beginning)
    return found[0] if grid is None else {"": grid.rows[:HEAD]}


def holding(declarations: Sequence[TableDeclaration], heads: Heads, mappings: Mappings) -> tuple[Fit, ...]:
    """The tables that the sheets hold whole: of a sheet the one that it is called like, else those of which it has most columns."""
    fits = [each for each in _fits(declarations, heads, mappings) if not each.lacking]
    return tuple(each for sheet in heads for each in _best([fit for fit in fits if fit.sheet == sheet]))


def nearest(declarations: Sequence[TableDeclaration], heads: Heads, mappings: Mappings) -> tuple[Fit, ...]:
    """Those that come nearest where no sheet holds a table whole; none that has but a header in common."""
    fits = list(_fits(declarations, heads, mappings))
    most = max((fit.columns for fit in fits), default=0)
    return tuple(fit for fit in fits if fit.columns == most)


def _best(fits: Sequence[Fit]) -> Sequence[Fit]:
    named = [fit for fit in fits if fit.by_name]
    most = max((fit.columns for fit in fits), default=0)
    return named or [fit for fit in fits if fit.columns == most]


def _fits(declarations: Sequence[TableDeclaration], heads: Heads, mappings: Mappings) -> Iterator[Fit]:
    for declaration in declarations:
        sheets = ("",) if "" in heads else wanted_sheets(declaration, tuple(heads))
        if isinstance(sheets, Finding):
            continue
        mapping = mappings(declaration.name)
        for sheet in sheets:
            layout = find_layout(declaration.columns, heads[sheet], mapping)
            if layout is None or len(layout.matches) < min(_FEWEST, len(declaration.columns)):
                continue
            yield Fit(declaration.name, sheet, len(layout.matches), tuple(missing(declaration, layout)))
