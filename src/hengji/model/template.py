"""Words by which one sees that something still stands as its template gave it: to write, to judge, to replace."""

from __future__ import annotations

TO_FILL = "待填"
NOT_FILLED = f"（{TO_FILL}）"
NOT_JUDGED = "尚未评判"
EXAMPLE = "示例，填报时"


def to_fill(what: str) -> str:
    """What stands where somebody has to write ``what``."""
    return f"（{TO_FILL}：{what}）"
