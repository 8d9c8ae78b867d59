"""hengji restore FILE"""

from __future__ import annotations

from pathlib import Path

import click

from hengji.cli.codes import UNUSABLE
from hengji.cli.output import exit_code, leave, say_findings
from hengji.cli.verb import InChinese
from hengji.cli.workbench import home_option


@click.command("restore", cls=InChinese)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@home_option
def command(path: Path, home: Path) -> None:
    """从备份文件 FILE 恢复到空的工作台，并核对版本链。已有内容的工作台不会被覆盖。"""
    from hengji.web.serving import open_at, verified

    open_at(home)
    from hengji.web.backups import restore
    from hengji.web.events import record

    findings = restore(path)
    if findings:
        say_findings(findings)
        leave(UNUSABLE)
    revisions, breaks = verified()
    if breaks:
        say_findings(breaks)
    else:
        click.echo(f"已恢复，{revisions} 个版本都与存入时一致。")
    record(None, "从备份恢复", str(path), who="命令行")
    leave(exit_code(breaks))
