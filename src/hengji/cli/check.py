"""hengji check DIR"""

from __future__ import annotations

from pathlib import Path

import click

from hengji.cli.codes import UNUSABLE
from hengji.cli.output import exit_code, leave, progress, say_findings, say_json
from hengji.cli.verb import JSON, InChinese, folder_argument, form_option


@click.command("check", cls=InChinese)
@folder_argument
@form_option
def command(folder: Path, form: str) -> None:
    """检查 DIR 中的档案和它的报告，列出全部发现。"""
    from hengji.work.as_data import finding_data
    from hengji.work.check import ALL_STEPS, check

    with progress(ALL_STEPS) as tick:
        outcome = check(folder, tick)
    if form == JSON:
        say_json({"dossier": outcome.name, "findings": [finding_data(finding) for finding in outcome.findings]})
    else:
        say_findings(outcome.findings)
    leave(UNUSABLE if outcome.evaluation is None else exit_code(outcome.findings))
