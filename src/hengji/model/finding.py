"""What is wrong, where, and what to do: a fault of the user's is a value, never an exception."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import Enum

from hengji.model.record import record


class Severity(Enum):
    """严重程度: only an error stops the exit code from being 0."""

    ERROR = "错误"
    WARNING = "警告"
    NOTE = "提示"


class Confidence(Enum):
    """把握: how sure a reader of somebody's words can be; what is computed from data is certain."""

    CERTAIN = "确定"
    LIKELY = "很可能"
    POSSIBLE = "存疑"


@record
class Quote:
    """引文: characters ``start`` up to ``end`` of a report that was read; ``text`` is exactly that slice."""

    text: str
    start: int
    end: int


@record
class Place:
    """位置: file relative to the dossier, 1-based line and column, or page, or sheet and cell; ``item`` names the thing."""

    file: str = ""
    line: int | None = None
    column: int | None = None
    sheet: str = ""
    cell: str = ""
    item: str = ""
    page: int | None = None

    def __str__(self) -> str:
        where = self.file
        if self.sheet:
            where += f" [{self.sheet}]"
        if self.cell:
            where += f" {self.cell} 单元格"
        elif self.page is not None:
            where += f" 第{self.page}页"
        elif self.line is not None:
            where += f" 第{self.line}行"
            if self.column is not None:
                where += f"第{self.column}列"
        return f"{where}（{self.item}）" if self.item and where else where or self.item


@record
class Finding:
    """检查发现: code, severity and place; what was found, what was expected, what to do.

    ``found`` and ``expected`` are clauses without a final full stop; ``remedy`` is an instruction. Of a report that was read,
    ``quotes`` are the words found fault with, then those they are at odds with; ``computation`` is the sum that shows it.
    """

    code: str
    severity: Severity
    place: Place
    found: str
    expected: str = ""
    remedy: str = ""
    confidence: Confidence = Confidence.CERTAIN
    computation: str = ""
    quotes: tuple[Quote, ...] = ()

    @property
    def message(self) -> str:
        parts = [self.found]
        if self.expected:
            parts.append(f"应为：{self.expected}")
        if self.remedy:
            parts.append(f"处理：{self.remedy}")
        return "；".join(part.rstrip("。；") for part in parts) + "。"


def counted(findings: Iterable[Finding]) -> str:
    """How many there are of each severity: 错误 3，警告 12，提示 5."""
    counts = Counter(finding.severity for finding in findings)
    return "，".join(f"{severity.value} {counts[severity]}" for severity in Severity)


def one_of(words: Iterable[str], between: str = "、") -> str:
    """What is expected where any of some words would do: 省级、市级之一."""
    choices = list(words)
    return between.join(choices) + ("之一" if len(choices) > 1 else "")
