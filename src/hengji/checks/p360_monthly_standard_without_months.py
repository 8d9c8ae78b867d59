"""按月的标准，没有写月数。

## 查什么
表中有每人每月的标准、人数和金额，而没有月数一栏的：金额是不是人数乘标准的整月倍数（有倍数、系数一栏的乘进去）；多数行不是的，说明各人月数不同，表中的数
无法复算。金额超过十二个月合计的，另行指出。

## 为什么
补助额等于人数、标准、月数相乘，缺了月数，谁也无法核对发得对不对。

## 怎么改
增加人月数一栏，逐行复算；超过全年的核对人数和金额。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from hengji.checks.remarks import Fault, remark, words
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.money import round_to
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Slot, Span
from hengji.model.record import record
from hengji.reading.manuscript import Manuscript, Role

CODE = "p360"
_RATE = pattern(r"元/(?:人|床|张|户)[/·.]?月|每[人床张户]每月")
_COUNT = pattern(r"[人户]数|床位|张数")
_AMOUNT = pattern(r"(?:金额|资金|补助|补贴|奖补|津贴)(?:\(万?元\))?$")
_TIMES = pattern(r"倍|系数")
_MONTHS = pattern(r"月数|人月|个月|天数|时长|期限|起止|月份|标准\(元/[^()]*年\)")
_NUMBER = pattern(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_TOTAL = pattern(r"合计|总计|小计")
_SAID = pattern(r"按[^。;]{0,40}(?:入住|服务|实际|在院)(?:的?时间|月数|天数|月份)[^。;,]{0,12}")
_SAYING = ("时间", "月数", "天数", "月份")
_YEAR = 12
_WAN = 10_000
_FEWEST = 2
_SHOWN = 3


@record
class _Row:
    """What a row gives: its name, what one month of all comes to, the amount in yuan, and its cells."""

    name: str
    month: Fraction
    amount: Fraction
    unit: Fraction
    spans: tuple[Span, ...]

    @property
    def is_whole(self) -> bool:
        """Whether the amount is that of so many whole months of all, but for rounding."""
        return any(abs(self.month * months - self.amount) <= self.unit / 2 for months in range(1, _YEAR + 1))

    @property
    def is_beyond(self) -> bool:
        return self.amount - self.unit / 2 > self.month * _YEAR


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Tables of monthly standards whose amounts are not those of whole months, or are beyond a year."""
    for grid in reading.grids():
        rows = list(_rows(grid, manuscript))
        beyond = [row for row in rows if row.is_beyond]
        open_ = [row for row in rows if not row.is_whole and not row.is_beyond]
        if beyond and len(beyond) * 2 < len(rows):
            row = beyond[0]
            found = f"{row.name}的金额超过按12个月计算的{_yuan(row.month * _YEAR)}元"
            fault = Fault(
                CODE, Severity.WARNING, found, "不超过全年的合计", "核对人数、标准和金额", confidence=Confidence.LIKELY
            )
            yield remark(reading, fault, row.spans[-1], *row.spans[:-1])
        if len(open_) >= _FEWEST and len(open_) * 2 > len(rows):
            yield _told(reading, manuscript, open_)


def _told(reading: Reading, manuscript: Manuscript, rows: list[_Row]) -> Finding:
    first = rows[0]
    found = (
        f"有{len(rows)}行的金额不是人数乘每月标准的整月数，表中没有月数："
        f"{first.name}全年应为{_yuan(first.month * _YEAR)}元，表中是{words(reading, first.spans[-1])}"
    )
    fault = Fault(CODE, Severity.NOTE, found, "写有人月数", "增加人月数一栏，逐行复算", confidence=Confidence.LIKELY)
    others = [row.spans[-1] for row in rows[1 : 1 + _SHOWN]]
    return remark(reading, fault, first.spans[-1], *first.spans[:-1], *others, *_said(manuscript))


def _said(manuscript: Manuscript) -> Iterator[Span]:
    """Where the report says that it is paid by the time."""
    for passage in manuscript.holding(*_SAYING):
        match = _SAID.search(passage.text) if passage.role is not Role.ANNEX else None
        if match is not None:
            yield passage.span(*match.span())
            return


def _rows(grid: Grid, manuscript: Manuscript) -> Iterator[_Row]:
    """The rows with persons, a standard a month and an amount."""
    heads: dict[int, str] = defaultdict(str)
    cells: dict[int, dict[int, Slot]] = defaultdict(dict)
    for slot in grid.slots:
        if slot.row < grid.head:
            heads[slot.column] += manuscript.cell(slot)
        else:
            cells[slot.row][slot.column] = slot
    pairs = [(_left(heads, column), column) for column, head in heads.items() if _RATE.search(head)]
    amount = max(
        (column for column, head in heads.items() if _AMOUNT.search(head) and not _RATE.search(head)), default=-1
    )
    if not pairs or amount < 0 or any(count < 0 for count, _ in pairs) or any(map(_MONTHS.search, heads.values())):
        return
    times = next((column for column, head in heads.items() if _TIMES.search(head)), -1)
    for row in cells.values():
        name = max((manuscript.cell(slot) for column, slot in row.items() if column < pairs[0][0]), key=len, default="")
        if not name or amount not in row or _TOTAL.search(name):
            continue

        def number(column: int, row: dict[int, Slot] = row) -> Fraction:
            match = _NUMBER.fullmatch(manuscript.cell(row[column])) if column in row else None
            return Fraction(match[0].replace(",", "")) if match else Fraction(0)

        month = sum((number(count) * number(rate) for count, rate in pairs), Fraction(0))
        month *= number(times) if times >= 0 else 1
        if month and (printed := number(amount)):
            used = [row[column] for pair in pairs for column in pair if number(pair[0]) and column in row]
            used += [row[times]] if times >= 0 else []
            spans = tuple(slot.span for slot in (*used, row[amount]))
            yield _row(name, month, printed, manuscript.cell(row[amount]), spans)


def _row(name: str, month: Fraction, printed: Fraction, text: str, spans: tuple[Span, ...]) -> _Row:
    """In yuan or in 万元, whichever is nearer to some months: the head may say the wrong one."""
    scale = _WAN if printed * 100 <= month else 1
    return _Row(name, month, printed * scale, Fraction(scale, 10 ** len(text.partition(".")[2])), spans)


def _left(heads: dict[int, str], column: int) -> int:
    """The nearest column of persons before a column; -1 without."""
    return max((each for each, head in heads.items() if each < column and _COUNT.search(head)), default=-1)


def _yuan(value: Fraction) -> str:
    return f"{round_to(value, 2).normalize():f}"
