"""What is wrong, where, and what to do: a fault of the user's is a value, never an exception."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """严重程度: only an error stops the exit code from being 0."""

    ERROR = "错误"
    WARNING = "警告"
    NOTE = "提示"


@dataclass(frozen=True, slots=True)
class Place:
    """位置: file relative to the dossier, 1-based line and column, or sheet and cell; ``item`` names the thing."""

    file: str = ""
    line: int | None = None
    column: int | None = None
    sheet: str = ""
    cell: str = ""
    item: str = ""

    def __str__(self) -> str:
        where = self.file
        if self.sheet:
            where += f" [{self.sheet}]"
        if self.cell:
            where += f" {self.cell} 单元格"
        elif self.line is not None:
            where += f" 第{self.line}行"
            if self.column is not None:
                where += f"第{self.column}列"
        return f"{where}（{self.item}）" if self.item and where else where or self.item


@dataclass(frozen=True, slots=True)
class Finding:
    """检查发现: code, severity and place; what was found, what was expected, what to do.

    ``found`` and ``expected`` are clauses without a final full stop; ``remedy`` is an instruction.
    """

    code: str
    severity: Severity
    place: Place
    found: str
    expected: str = ""
    remedy: str = ""

    @property
    def message(self) -> str:
        parts = [self.found]
        if self.expected:
            parts.append(f"应为：{self.expected}")
        if self.remedy:
            parts.append(f"处理：{self.remedy}")
        return "；".join(part.rstrip("。；") for part in parts) + "。"
