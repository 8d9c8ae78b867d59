"""What can be wrong with a csv file or with one cell of it. The wording lives here, once."""

from __future__ import annotations

from collections.abc import Iterable

from hengji.model.cells import CellFault, CellNote
from hengji.model.finding import Finding, Place, Severity


def not_text(path: str) -> Finding:
    return Finding(
        "C001",
        Severity.ERROR,
        Place(path),
        "文件既不是UTF-8编码也不是GB18030编码",
        "文本格式的csv文件",
        "用Excel或WPS打开原文件，另存为“CSV UTF-8（逗号分隔）”",
    )


def workbook(path: str) -> Finding:
    return Finding(
        "C002",
        Severity.ERROR,
        Place(path),
        "文件的内容是Excel工作簿，只是名字以csv结尾",
        "文本格式的csv文件",
        "用Excel或WPS打开，另存为“CSV UTF-8（逗号分隔）”",
    )


def malformed(path: str, line: int) -> Finding:
    return Finding(
        "C003",
        Severity.ERROR,
        Place(path, line),
        "从这一行起不能按csv读下去",
        "引号成对、每格不超过十三万字的csv",
        "检查这一行及上一行的引号是否成对，再重新保存",
    )


def missing_column(path: str, line: int, name: str, found: Iterable[str]) -> Finding:
    return Finding(
        "C004",
        Severity.ERROR,
        Place(path, line, item=name),
        f"表头没有“{name}”列，现有：{'、'.join(found) or '空'}",
        f"表头含“{name}”",
        f"在第{line}行补上“{name}”列，名称须一字不差",
    )


def unknown_column(path: str, line: int, name: str, expected: Iterable[str]) -> Finding:
    return Finding(
        "C005",
        Severity.WARNING,
        Place(path, line, item=name),
        f"不认识“{name}”列，这一列没有读入",
        "、".join(expected),
        "更正列名；确属多余的列可以删去",
    )


def repeated_column(path: str, line: int, column: int, name: str) -> Finding:
    return Finding(
        "C006",
        Severity.ERROR,
        Place(path, line, column, item=name),
        f"“{name}”列出现了不止一次，只读入第一列",
        "每个列名只出现一次",
        "删去或改名多余的一列",
    )


def too_many_cells(path: str, line: int, found: int, expected: int) -> Finding:
    return Finding(
        "C007",
        Severity.ERROR,
        Place(path, line),
        f"这一行有{found}格，表头只有{expected}列",
        f"不多于{expected}格",
        "数字里的千分位逗号要去掉，含逗号的文字要用英文引号括起来",
    )


def empty_file(path: str) -> Finding:
    return Finding("C008", Severity.ERROR, Place(path), "文件是空的", "第一行是表头", "补上表头和数据，或删去这个文件")


def other_separator(path: str, sign: str) -> Finding:
    return Finding(
        "C009",
        Severity.ERROR,
        Place(path),
        f"各格之间是{sign}，不是逗号",
        "用逗号分隔的csv文件",
        "用Excel或WPS打开，另存为“CSV UTF-8（逗号分隔）”；用文本编辑器改的，逐行把分隔符换成英文逗号",
    )


def empty_cell(place: Place) -> Finding:
    return Finding(
        "C101",
        Severity.ERROR,
        place,
        f"“{place.item}”没有填写",
        "必填；空白不等于零",
        "填写；确实为零就填0",
    )


def unreadable(place: Place, fault: CellFault) -> Finding:
    return Finding("C102", Severity.ERROR, place, fault.found, fault.expected, fault.remedy)


def noted(place: Place, text: str, note: CellNote) -> Finding:
    """Understood all the same, but a person should look at it."""
    severity = Severity.NOTE if note is CellNote.FULL_WIDTH else Severity.WARNING
    return Finding("C103", severity, place, f"“{text}”{note.value}", "", "核对；无误则不必改")
