"""How far a job has come."""

from enum import Enum


class State(Enum):
    """作业状态."""

    WAITING = "等待"
    RUNNING = "进行"
    DONE = "完成"
    FAILED = "失败"
    CANCELLED = "已取消"


OPEN = frozenset({State.WAITING.value, State.RUNNING.value})
"""The words of work that is not at its end."""
