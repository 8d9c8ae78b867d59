"""Who may do what in a dossier: the one place where it is said."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class Role(Enum):
    """角色: what a member is in one dossier."""

    LEAD = "主评人"
    EVALUATOR = "评价人员"
    REVIEWER = "复核人"
    COMMENTER = "被征求意见方"
    READER = "读者"


class Action(Enum):
    """动作: what a screen, a download or a call does."""

    READ = "查看"
    READ_PERSONS = "查看到人的数据"
    COMMENT = "提意见"
    EDIT = "编制"
    CHECK = "复核"
    APPROVE = "批准"
    MANAGE = "管理成员"


_READ = frozenset({Action.READ})
_WORK = _READ | {Action.READ_PERSONS, Action.COMMENT}
ALLOWED: Mapping[Role, frozenset[Action]] = {
    Role.LEAD: _WORK | {Action.EDIT, Action.APPROVE, Action.MANAGE},
    Role.EVALUATOR: _WORK | {Action.EDIT},
    Role.REVIEWER: _WORK | {Action.CHECK},
    Role.COMMENTER: _READ | {Action.COMMENT},
    Role.READER: _READ,
}


def may(role: Role, action: Action) -> bool:
    """Whether a member with that role may do it."""
    return action in ALLOWED[role]
