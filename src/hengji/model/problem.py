"""Problems, recommendations and their rectification (存在的问题 → 建议 → 整改)."""

from __future__ import annotations

from datetime import date
from enum import Enum

from hengji.model.record import record


@record
class Problem:
    """存在的问题: ``deductions`` are the indicators that lost points for it; ``detail`` may hold bound figures."""

    id: str
    title: str
    detail: str
    cause: str = ""
    responsible: str = ""
    deductions: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()


@record
class Recommendation:
    """建议: what is proposed to whom; problems refer to it."""

    id: str
    title: str
    detail: str
    addressee: str = ""


class RectificationStatus(Enum):
    """整改状态: how far a rectification has come."""

    OPEN = "未整改"
    RUNNING = "整改中"
    DONE = "已整改"
    NOT_NEEDED = "无需整改"


@record
class Rectification:
    """整改事项: measure, unit responsible, deadline and proof of one problem."""

    problem: str
    measure: str
    responsible: str
    deadline: date | None = None
    status: RectificationStatus = RectificationStatus.OPEN
    proof: tuple[str, ...] = ()


@record
class ProblemBook:
    """问题台账: problems, recommendations and rectifications."""

    problems: tuple[Problem, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    rectifications: tuple[Rectification, ...] = ()
