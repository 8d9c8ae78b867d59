"""How far a job has come."""

from enum import Enum


class State(Enum):
    """作业状态."""

    WAITING = "等待"
    RUNNING = "进行"
    DONE = "完成"
    FAILED = "失败"
    CANCELLED = "已取消"
