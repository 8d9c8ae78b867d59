"""Terms that a rule sets for a step, and how they were kept."""

from __future__ import annotations

from datetime import date
from enum import Enum

from hengji.model.record import record


class TermUnit(Enum):
    """期限单位: working days by China's calendar, calendar days, or months to the same day."""

    WORKING_DAYS = "工作日"
    DAYS = "日"
    MONTHS = "个月"


class TermBound(Enum):
    """期限性质: the step must be done within the term (审批), or must last at least as long (公示)."""

    AT_MOST = "以内"
    AT_LEAST = "不少于"


@record
class Deadline:
    """时限: from ``start`` the step must be done within ``limit`` units; ``done`` None means not done by the cut-off.

    With ``bound`` 不少于 the step began at ``start`` and must last at least that long before it ends at ``done``.
    """

    id: str
    name: str
    limit: int
    unit: TermUnit
    start: date
    done: date | None = None
    start_event: str = ""
    done_event: str = ""
    document: str = ""
    clause: str = ""
    programme: str = ""
    evidence: tuple[str, ...] = ()
    bound: TermBound = TermBound.AT_MOST
