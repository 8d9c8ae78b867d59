"""评价组没有主评人。

## 查什么
dossier.yaml 的 team 中是否有角色为“主评人”的成员。

## 为什么
第三方评价报告须由主评人签署并负责（财监〔2021〕4号，条号以原文为准）；没有主评人，报告在形式上就不完整。

## 怎么改
在 team 中写明主评人；角色另有叫法的，写作“主评人（工作组组长）”。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.subjects import HEAD
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity

CODE = "o802"
LEAD = "主评人"


def find(dossier: Dossier) -> Iterator[Finding]:
    """A team in which nobody signs."""
    if not any(LEAD in member.role for member in dossier.head.team):
        remedy = "在评价组（dossier.yaml 的 team）中写明由谁担任主评人"
        yield Finding(CODE, Severity.WARNING, Place(HEAD, item="team"), "评价组没有主评人", "一名主评人", remedy)
