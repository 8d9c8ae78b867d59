"""Tables of data: what a column holds, and typed rows with the place each came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import Enum
from fractions import Fraction

from hengji.model.money import Money
from hengji.model.record import record


class ColumnType(Enum):
    """列类型: what a column holds once read."""

    TEXT = "文本"
    ENUM = "枚举"
    COUNT = "整数"
    RATE = "数值"
    MONEY = "金额"
    DATE = "日期"
    BOOL = "是否"
    CITIZEN = "身份证号"
    CREDIT = "信用代码"

    @property
    def basic(self) -> ColumnType:
        """As policies and figures see it: a number that names somebody is a text."""
        return ColumnType.TEXT if self in (ColumnType.CITIZEN, ColumnType.CREDIT) else self


class Keeping(Enum):
    """号码保存方式: how the numbers of a 身份证号 or 信用代码 column are kept once read."""

    SEALED = "加密"
    PLAIN = "明文"


Value = str | int | Fraction | Money | date | bool | None
"""A cell once typed: text and enum as str, 整数 int, 数值 exact Fraction (at most six decimals), 金额 Money; None is missing."""


@record
class Column:
    """列: ``unit`` is what the file writes (元, 万元, %, 人); ``choices`` the words of an enum; ``synonyms`` other headers.

    ``from_sheet``: the cell is the name of the sheet that the row stands on; ``keeping`` is for numbers that name somebody.
    """

    name: str
    type: ColumnType
    unit: str = ""
    choices: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    required: bool = True
    note: str = ""
    from_sheet: bool = False
    keeping: Keeping = Keeping.SEALED


@record
class TableDeclaration:
    """数据表声明: where the rows are and what the columns hold; in ``sheet`` * stands for any letters (*月: 1月 to 12月)."""

    name: str
    path: str
    columns: tuple[Column, ...]
    sheet: str = ""
    note: str = ""


@record
class Table:
    """数据表: rows in file order, each a tuple in the order of ``columns``; ``lines`` are 1-based lines of the file.

    ``sheets`` gives the sheet of each row where the table goes on over several.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    lines: tuple[int, ...] = ()
    path: str = ""
    sheets: tuple[str, ...] = ()
    positions: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "positions", {column.name: i for i, column in enumerate(self.columns)})
