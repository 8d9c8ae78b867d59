"""The file as it was sent, as a workbook in which every faulty cell is coloured and says what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from xlsxwriter import Workbook as FreshBook

from hengji.model.finding import Finding, Severity

LIST = "检查发现"
_HEADERS = ("严重程度", "位置", "列", "发现", "应为", "处理", "编号")
_WIDTHS = (10, 22, 14, 44, 28, 44, 8)
_COLOURS = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.NOTE: "DDEBF7"}
_MOST_TOGETHER = 5
"""Messages in one comment; all of them stand in the list."""
RawRow = tuple[str, int, Sequence[object]]


def mark_workbook(content: bytes, findings: Sequence[Finding]) -> bytes:
    """A copy of an xlsx with its cells marked; styles, widths and formulas stay, macros and links do not."""
    book = load_workbook(BytesIO(content), keep_vba=False, keep_links=False)
    for (sheet, cell), said in _by_cell(findings).items():
        if sheet not in book.sheetnames:
            continue
        target = book[sheet][cell]
        colour = _COLOURS[min((finding.severity for finding in said), key=list(Severity).index)]
        target.fill = PatternFill("solid", fgColor=colour)
        if hasattr(target, "comment") and type(target).__name__ != "MergedCell":
            target.comment = Comment(_comment(said), "衡绩", height=120, width=320)
    _list_in(book, findings)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _list_in(book: Workbook, findings: Sequence[Finding]) -> None:
    page = book.create_sheet(_free(LIST, book.sheetnames), 0)
    book.active = 0
    for at, width in enumerate(_WIDTHS):
        page.column_dimensions[chr(ord("A") + at)].width = width
    page.append(_HEADERS)
    for cell in page[1]:
        cell.font = Font(bold=True)
    for row, finding in enumerate(findings, 2):
        page.append([_plain(text) for text in _row(finding)])
        for cell in page[row]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        place = finding.place
        if place.sheet and place.cell:
            page.cell(row, 2).hyperlink = f"#'{place.sheet}'!{place.cell}"
    page.freeze_panes = "A2"


def mark_rows(rows: Iterable[RawRow], findings: Sequence[Finding]) -> bytes:
    """A workbook made anew of ``rows`` (sheet, line, cells), for what came as csv, xls or parquet or is very large."""
    file = BytesIO()  # what fails on a disk while it is zipped fails once more when it is thrown away
    book = FreshBook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    colours = {severity: book.add_format({"bg_color": f"#{colour}"}) for severity, colour in _COLOURS.items()}
    page = book.add_worksheet(LIST)
    page.freeze_panes(1, 0)
    for at, (title, width) in enumerate(zip(_HEADERS, _WIDTHS, strict=True)):
        page.set_column(at, at, width)
        page.write_string(0, at, title, bold)
    for line, finding in enumerate(findings, 1):
        for at, text in enumerate(_row(finding)):
            page.write_string(line, at, text, wrapped)
    said = _by_line(findings)
    pages: dict[str, tuple[Any, list[int]]] = {}
    for sheet, line, cells in rows:
        if sheet not in pages:
            name = _free((sheet or "数据")[:31], [LIST, *pages])
            pages[sheet] = (book.add_worksheet(name), [0])
            pages[sheet][0].write_string(0, 0, "原文件行号", bold)
        data, used = pages[sheet]
        used[0] += 1
        about = said.get((sheet, line), {})
        data.write_number(used[0], 0, line)
        for at, cell in enumerate(cells):
            of_cell = about.get(at, [])
            style = colours[of_cell[0].severity] if of_cell else None
            data.write_string(used[0], at + 1, "" if cell is None else str(cell), style)
            if of_cell:
                data.write_comment(used[0], at + 1, _comment(of_cell), {"x_scale": 2.5, "y_scale": 1.5})
    book.close()
    return file.getvalue()


def _by_cell(findings: Iterable[Finding]) -> Mapping[tuple[str, str], list[Finding]]:
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.place.cell:
            found.setdefault((finding.place.sheet, finding.place.cell.partition(":")[0]), []).append(finding)
    return found


def _by_line(findings: Iterable[Finding]) -> Mapping[tuple[str, int], dict[int, list[Finding]]]:
    found: dict[tuple[str, int], dict[int, list[Finding]]] = {}
    for finding in findings:
        place = finding.place
        if place.line is not None:
            column = (place.column or 1) - 1
            if place.cell:
                column = _column(place.cell)
            found.setdefault((place.sheet, place.line), {}).setdefault(column, []).append(finding)
    return found


def _column(cell: str) -> int:
    column = 0
    for letter in cell:
        if not letter.isalpha():
            break
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _comment(said: Sequence[Finding]) -> str:
    more = f"\n……另有{len(said) - _MOST_TOGETHER}条" if len(said) > _MOST_TOGETHER else ""
    return "\n".join(f"{finding.severity.value}：{finding.message}" for finding in said[:_MOST_TOGETHER]) + more


def _row(finding: Finding) -> Iterator[str]:
    place = finding.place
    where = f"{place.sheet} {place.cell}".strip() if place.cell else str(place)
    yield from (
        finding.severity.value,
        where,
        place.item,
        finding.found,
        finding.expected,
        finding.remedy,
        finding.code,
    )


def _plain(text: str) -> str:
    """What a sheet would take for a formula stays a text."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _free(name: str, taken: Iterable[str]) -> str:
    known = {each.casefold() for each in taken}
    plain = "".join("_" if letter in "[]:*?/\\'" else letter for letter in name)
    found, number = plain[:31], 1
    while found.casefold() in known:
        number += 1
        found = f"{plain[:27]}（{number}）"
    return found
