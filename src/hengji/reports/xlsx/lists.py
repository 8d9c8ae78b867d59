"""The first sheet, which lists the others, and the last, which lists every figure with what it comes from."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from hengji.model.document import Orientation
from hengji.model.figure import Figure, Figures, display, number, plain, unit_of
from hengji.model.record import record
from hengji.reports.traces import exact, listed
from hengji.reports.xlsx.names import FIGURES
from hengji.reports.xlsx.paper import BODY, HEAD, LINK, QUIET, TITLE, Paper, Properties, back, height, printed
from hengji.reports.xlsx.values import fitted, held_as

_FIGURE_HEADS = (
    ("编号", 26), ("名称", 22), ("数值", 15), ("单位", 7), ("报告写作", 17), ("未舍入", 18), ("算式", 30),
    ("依据的数值", 38), ("来源", 54),
)  # fmt: skip


@record
class Entry:
    """A sheet in the list."""

    name: str
    title: str
    kind: str
    unit: str


def write_contents(paper: Paper, sheet: Worksheet, title: str, entries: Sequence[Entry]) -> None:
    for column, places in enumerate((8, 60, 10, 12)):
        sheet.set_column(column, column, places)
    paper.merged(sheet, (0, 0, 0, 3), TITLE)
    paper.text(sheet, 0, 0, title, TITLE)
    sheet.set_row(0, height([(title, 60)]) + 8)
    for column, name in enumerate(("序号", "名称", "种类", "单位")):
        paper.text(sheet, 2, column, name, HEAD)
    centred: Properties = {"align": "center"}
    for row, entry in enumerate(entries, start=3):
        sheet.write_number(row, 0, row - 2, paper.format(BODY, centred))
        sheet.write_url(row, 1, f"internal:'{entry.name}'!A1", paper.format(LINK), fitted(entry.title))
        sheet.set_row(row, height([(entry.title, 60)]))
        paper.text(sheet, row, 2, entry.kind, BODY, centred)
        paper.text(sheet, row, 3, entry.unit, BODY, centred)
    sheet.freeze_panes(3, 0)
    printed(sheet, Orientation.PORTRAIT, (0, 2), (2 + len(entries), 3))


def write_figures(paper: Paper, sheet: Worksheet, figures: Figures) -> None:
    last = len(_FIGURE_HEADS) - 1
    paper.text(sheet, 0, 0, FIGURES, TITLE, {"align": "left"})
    paper.text(sheet, 1, 0, "报告引用和依据的每个数值，各附算式、所依据的数值和来源。", QUIET, {"text_wrap": False})
    for column, (name, places) in enumerate(_FIGURE_HEADS):
        sheet.set_column(column, column, places)
        paper.text(sheet, 2, column, name, HEAD)
    for row, figure in enumerate(figures.values(), start=3):
        _figure(paper, sheet, row, figure, figures)
    foot = 2 + len(figures)
    sheet.autofilter(2, 0, max(foot, 3), last)
    sheet.freeze_panes(3, 2)
    back(paper, sheet, last + 1)
    printed(sheet, Orientation.LANDSCAPE, (0, 2), (foot, last))


def _figure(paper: Paper, sheet: Worksheet, row: int, figure: Figure, figures: Figures) -> None:
    printed_number = number(figure)
    unit = unit_of(figure) if printed_number is not None else ""
    inputs = "\n".join(f"{figures[name].label}〔{name}〕" if name in figures else name for name in figure.inputs)
    sources = "\n".join(listed(figure.sources))
    words = (
        figure.id,
        figure.label,
        plain(figure),
        unit,
        display(figure),
        exact(figure),
        figure.formula,
        inputs,
        sources,
    )
    for column, each in enumerate(words):
        paper.text(sheet, row, column, each, BODY)
    held = None if printed_number is None else held_as(printed_number, plain(figure) + ("%" if unit == "%" else ""))
    if held is not None:
        sheet.write_number(row, 2, float(held.number), paper.format(BODY, {"num_format": held.format}))
    sheet.set_row(row, height([(each, places) for each, (_, places) in zip(words, _FIGURE_HEADS, strict=True)]))
