"""A declaration beside a file: which sheets it speaks of, and whether their header is the one it wants."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase

from hengji.engines.intake import faults
from hengji.engines.intake.layout import DEPTH, Cells, Layout, find_layout, likely, plain_header
from hengji.engines.intake.package import letters
from hengji.model.finding import Finding, Place
from hengji.model.table import TableDeclaration

Findings = tuple[Finding, ...]


def wanted_sheets(declaration: TableDeclaration, names: Sequence[str]) -> tuple[str, ...] | Finding:
    """The sheets that a declaration speaks of, the one called exactly so first; without a name all of them may hold the table.

    A finding where there is none, or where two sheets have one name: Excel makes no such workbook, and nobody can tell them apart.
    """
    twins = tuple(dict.fromkeys(name for name in names if names.count(name) > 1))
    if twins:
        return faults.one_name(declaration.path, twins)
    if "*" in declaration.sheet or (takes_all_sheets(declaration) and not declaration.sheet):
        wanted = [name for name in names if fnmatchcase(name, declaration.sheet or "*")]
    else:
        meant = _meant(declaration)
        wanted = [name for name in names if not declaration.sheet or called_alike(name, meant)]
        wanted.sort(key=lambda name: (name != meant, not called_alike(name, meant)))
    return tuple(wanted) or faults.no_such_sheet(declaration.path, declaration.sheet, names)


def takes_all_sheets(declaration: TableDeclaration) -> bool:
    """Whether the table goes on over several sheets: the declaration has a pattern, or a column filled by their names."""
    return "*" in declaration.sheet or any(column.from_sheet for column in declaration.columns)


def left_out(
    declaration: TableDeclaration,
    used: str,
    others: Sequence[str],
    head_of: Callable[[str], Sequence[Cells]],
    mapping: Mapping[str, str],
) -> Findings:
    """What is said of the ``others`` that could have been read as well as the sheet that was, by their first rows: those of nearly
    its name, or all where nobody said which it is, by the declaration or by calling it like the table.
    """
    said = called_alike(used, _meant(declaration))
    rivals = [name for name in others if not said or called_alike(name, used)]
    also = [name for name in rivals if _holds(declaration, head_of(name), mapping)]
    return (faults.left_out(declaration.path, declaration.name, used, also),) if also else ()


def called_alike(one: str, other: str) -> bool:
    """Whether two names of sheets differ in nothing but blanks, capitals and full width."""
    return plain_header(one).casefold() == plain_header(other).casefold()


def _meant(declaration: TableDeclaration) -> str:
    return declaration.sheet or declaration.name


def missing(declaration: TableDeclaration, layout: Layout) -> list[str]:
    """Required columns that the header does not have."""
    has = {match.column.name for match in layout.matches}
    return [
        column.name
        for column in declaration.columns
        if column.required and not column.from_sheet and column.name not in has
    ]


def _holds(declaration: TableDeclaration, head: Sequence[Cells], mapping: Mapping[str, str]) -> bool:
    """Whether the table could be read from a sheet with these first rows."""
    layout = find_layout(declaration.columns, head, mapping)
    return layout is not None and not missing(declaration, layout)


def likest(declaration: TableDeclaration, read: Sequence[tuple[str, Layout | None]]) -> int:
    """Which of the sheets that were ``read``, none of which holds the table, is to be spoken of: the one that is called so, else the
    one with most of its columns, else the first.
    """
    return max(range(len(read)), key=lambda at: (called_alike(read[at][0], _meant(declaration)), _found(read[at][1])))


def _found(layout: Layout | None) -> int:
    return len(layout.matches) if layout is not None else 0


def passed_over(declaration: TableDeclaration, sheet: str, head: Sequence[Cells], layout: Layout | None) -> Findings:
    """What is said of a sheet that the table does not go on on, though it goes on over all; an empty one is not spoken of."""
    if not any(cell not in (None, "") for cells in head for cell in cells):
        return ()
    lacking = missing(declaration, layout) if layout is not None else []
    return (faults.passed_over(declaration.path, declaration.name, sheet, lacking),)


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
