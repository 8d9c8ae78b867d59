"""What a cell of a table holds, in a document that is written and in a report that was read."""

from __future__ import annotations

from hengji.model.choice import Choice


class CellState(Choice):
    """单元格状态: empty is not zero, and neither is not applicable."""

    FILLED = "有值"
    EMPTY = "空"
    NOT_APPLICABLE = "不适用"
