"""Header rows: how many rows at the top of a table are names of columns, and which later rows repeat them."""

from __future__ import annotations

from collections.abc import Sequence

from hengji.model.patterns import pattern
from hengji.reading.lines import width

_VALUE = pattern(
    r"[¥￥≥≤<>＜＞±+＋\-－—–]?\s*\d[\d,，.]*\s*(?:[%％‰]|[\u4e00-\u9fff㎡/]{1,4}|[A-Za-z²]{1,3})?|[-—–－√×✓/]+"
)
_YEAR = pattern(r"(?:19|20)\d\d(?:\s*年度?[\u4e00-\u9fff]{0,12})?|\d{1,2}\s*月|[1-4]\s*季度")
_AGE = pattern(r"\d{1,3}\s*周?岁(?:\s*(?:\([含不]+\))?及?以[上下])?")
"""The name of a column by age: 100 周岁以上, as 80-89 周岁 is one."""
_LABELS = pattern(
    r"(?:指标|项目|单位|主管|实施|评价|评分|政策|专项|部门|资金)?(?:名称|解释|说明|分值|权重|标准|依据|分析|得分|要点|简介|来源|过程|单位|部门|结论)"
)
_LONGEST = 30
_FEW = 3


def header_rows(rows: Sequence[Sequence[str]]) -> int:
    """How many of the first rows name columns; 0 for a form or a table that begins with values.

    ``rows`` are the texts of the grid places; a place that another cell covers, or that is blank, is empty.
    """
    if not rows or not _names(rows[0]) or _is_form(rows):
        return 0
    if sum(bool(text) for text in rows[0]) == 1 and len(rows[0]) > 1 and len(rows) > 1:
        return 1 + header_rows(rows[1:]) if _names(rows[1]) else 1
    head = 1
    while head < len(rows) - 1 and _fills(rows[head - 1], rows[head]):
        head += 1
    return head


def is_value(text: str) -> bool:
    """Whether a text without blanks is an amount, a count, a rate or a sign for none."""
    return bool(_VALUE.fullmatch(text)) and not _YEAR.fullmatch(text) and not _AGE.fullmatch(text)


def _names(row: Sequence[str]) -> bool:
    """Whether a row could name columns: short words, no amounts."""
    filled = [text for text in row if text]
    if not filled or any(width(text) > _LONGEST for text in filled if len(text) > _LONGEST):
        return False
    return not any(is_value(text) for text in filled)


def _fills(above: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a row divides what stands above it: blank where that names a column, named where that is blank."""
    if not _names(row) or row[0]:
        return False
    under = [index for index, text in enumerate(row) if text and (index >= len(above) or not above[index])]
    return bool(under)


def _is_form(rows: Sequence[Sequence[str]]) -> bool:
    """Whether names stand in the first column instead: a form with a label before each value."""
    if rows[0][0].endswith(("：", ":")):
        return True
    if len(rows[0]) > _FEW and sum(bool(text) for text in rows[0]) >= _FEW:
        return False
    labels = sum(bool(_LABELS.fullmatch(row[0])) for row in rows[:8] if row)
    return bool(_LABELS.fullmatch(rows[0][0])) and labels >= min(_FEW, len(rows))


def repeats(head: Sequence[Sequence[str]], rows: Sequence[Sequence[str]], at: int) -> bool:
    """Whether the rows from ``at`` on are the header rows again."""
    return bool(head) and at + len(head) <= len(rows) and all(_same(head[n], rows[at + n]) for n in range(len(head)))


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    return [text for text in one if text] == [text for text in other if text]
