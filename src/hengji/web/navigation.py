"""The screens of a dossier, in the order of the work."""

from __future__ import annotations

from django.http import HttpRequest

from hengji.web.jobs_states import OPEN
from hengji.web.models import Job

SCREENS = (
    ("home", "首页"),
    ("indicators", "指标体系"),
    ("scoring", "评分"),
    ("papers", "工作底稿"),
    ("figures", "数值"),
    ("findings", "问题与整改"),
    ("data", "数据"),
    ("funds", "资金"),
    ("entitlements", "待遇"),
    ("surveys", "问卷"),
    ("report", "报告"),
    ("comments", "征求意见"),
    ("history", "历史"),
    ("members", "成员"),
)
"""Name of the address and title; a screen that is not listed is reached from another one."""


def screens(request: HttpRequest) -> dict[str, object]:
    """The screens, for the side of every page, and how many jobs of this person are not at their end, for the bar."""

    def working() -> int:
        return Job.objects.filter(person=request.user.pk, state__in=OPEN).count()

    return {"screens": SCREENS, "working": working}
