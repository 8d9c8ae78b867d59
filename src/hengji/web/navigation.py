"""The screens of a dossier, in the order of the work."""

from __future__ import annotations

from functools import cache

from django.http import HttpRequest
from django.urls import resolve, reverse

from hengji.web.access import Here, reading
from hengji.web.jobs_states import OPEN
from hengji.web.models import Job
from hengji.web.roles import Action

SCREENS = (
    ("home", "首页"),
    ("basics", "基本情况"),
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


def screens_of(here: Here) -> list[tuple[str, str]]:
    """The screens whose doors let this person in, for the side of every page."""
    return [(name, title) for name, title in SCREENS if here.may(_asked(name))]


@cache
def _asked(name: str) -> Action:
    """What the door of a screen asks for."""
    return reading(resolve(reverse(name, args=["-"])).func)


def working(request: HttpRequest) -> dict[str, object]:
    """How many jobs of this person are not at their end, for the bar."""

    def count() -> int:
        return Job.objects.filter(person=request.user.pk, state__in=OPEN).count()

    return {"working": count}
