"""What is evaluated and who takes part."""

from __future__ import annotations

from dataclasses import field
from enum import Enum

from hengji.model.record import record


class Tier(Enum):
    """财政层级: which government's money it is. Order is from the top down."""

    CENTRAL = "中央"
    PROVINCE = "省级"
    CITY = "市级"
    DISTRICT = "区级"
    TOWN = "镇级"


class Kind(Enum):
    """评价类型: a project (项目) or a policy (政策)."""

    PROJECT = "项目"
    POLICY = "政策"


@record
class Programme:
    """子项目: a line of the money and of the work, referred to by ``id`` in ledger, tables and figures."""

    id: str
    name: str
    year: int | None = None
    description: str = ""


@record
class Member:
    """评价组成员: stands by role, never by name."""

    role: str
    duty: str = ""
    qualification: str = ""


@record
class Stage:
    """工作阶段: a step of the evaluation with its dates, as the plan has it."""

    name: str
    start: str = ""
    end: str = ""
    work: str = ""


class EntitlementUse(Enum):
    """核算用途: what recipients are entitled to, or what a budget was worked out from."""

    DUE = "应补"
    BUDGET = "测算"


@record
class Entitlement:
    """待遇核算: one policy run over tables of the dossier.

    ``policy`` is a folder name under policies/ or in the packs; ``tables`` maps the policy's table
    names to the dossier's; figures come out under ``补助.<id>.…``. ``paid`` is the dossier's table of payments to whom
    (机构, 人员编号, 金额), where there is one.
    """

    id: str
    policy: str
    programme: str
    tables: dict[str, str] = field(default_factory=dict)
    use: EntitlementUse = EntitlementUse.DUE
    paid: str = ""
