"""A policy as it is written; what only calculates one need not load what a dossier is made of."""

from __future__ import annotations

from hengji.model.record import record


@record
class PolicySource:
    """政策文件夹: the texts of law.md, parameters.yaml and cases.yaml, before they are understood."""

    name: str
    law: str
    parameters: str = ""
    cases: str = ""
