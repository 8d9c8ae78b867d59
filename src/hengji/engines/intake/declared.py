"""A declaration beside a file: which sheets it speaks of, and whether their header is the one it wants."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

from hengji.engines.intake import faults
from hengji.engines.intake.layout import DEPTH, Layout, likely
from hengji.engines.intake.package import letters
from hengji.model.finding import Finding, Place
from hengji.model.table import TableDeclaration

Findings = tuple[Finding, ...]


def wanted_sheets(declaration: TableDeclaration, names: Sequence[str]) -> tuple[str, ...]:
    """The sheets that a declaration speaks of; without a name all of them may hold the table, the one called like it first."""
    if not declaration.sheet and not takes_all_sheets(declaration):
        return tuple(sorted(names, key=lambda name: name != declaration.name))
    pattern = declaration.sheet or "*"
    return tuple(name for name in names if name == pattern or ("*" in pattern and fnmatchcase(name, pattern)))


def takes_all_sheets(declaration: TableDeclaration) -> bool:
    """Whether the table goes on over several sheets: the declaration has a pattern, or a column filled by their names."""
    return "*" in declaration.sheet or any(column.from_sheet for column in declaration.columns)


def chosen(declaration: TableDeclaration, sheet: str) -> bool:
    """Whether somebody said that the table stands on this sheet: by the declaration, or by calling it like the table."""
    return bool(declaration.sheet) or sheet == declaration.name


def missing(declaration: TableDeclaration, layout: Layout) -> list[str]:
    """Required columns that the header does not have."""
    has = {match.column.name for match in layout.matches}
    return [
        column.name
        for column in declaration.columns
        if column.required and not column.from_sheet and column.name not in has
    ]


def header_faults(declaration: TableDeclaration, layout: Layout | None, first: Place) -> Findings:
    """What is wrong with a header, or with the line that is most like one; ``first`` is the place of its first cell."""
    cells = tuple(layout.headers.values()) if layout is not None else ()
    close = likely(layout, declaration.columns) if layout is not None else {}
    near = [f"“{theirs}”可能就是“{ours}”" for theirs, ours in close.items()]
    if layout is None or not layout.matches:
        return (faults.no_header(first, DEPTH, [column.name for column in declaration.columns], cells, near),)
    found: list[Finding] = []
    lacking = missing(declaration, layout)
    if lacking:
        found.append(faults.missing_columns(first, lacking, cells, near))
    found.extend(
        faults.column_twice(first, name, [f"{letters(at)}列“{layout.headers[at]}”" for at in positions])
        for name, positions in layout.twice.items()
    )
    return tuple(found)
