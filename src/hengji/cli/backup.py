"""hengji backup FILE"""

from __future__ import annotations

from pathlib import Path

import click

from hengji.cli.codes import FINE, UNUSABLE
from hengji.cli.output import leave, say_findings
from hengji.cli.verb import InChinese
from hengji.cli.workbench import home_option


@click.command("backup", cls=InChinese)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@home_option
def command(path: Path, home: Path) -> None:
    """把整个工作台备份到新的文件 FILE：全部档案及历史、人员、日志。工作台不必停。"""
    from hengji.web.serving import open_at

    open_at(home)
    from hengji.web.backups import back_up
    from hengji.web.events import record

    findings = back_up(path)
    if findings:
        say_findings(findings)
        leave(UNUSABLE)
    record(None, "备份", str(path), who="命令行")
    click.echo(f"已备份到 {path}（{path.stat().st_size / 2**20:.1f} MB）。其中有全部人员和数据，请妥善保管。")
    leave(FINE)
