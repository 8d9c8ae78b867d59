"""hengji upgrade"""

from __future__ import annotations

from pathlib import Path

import click

from hengji.cli.verb import InChinese
from hengji.cli.workbench import home_option


@click.command("upgrade", cls=InChinese)
@home_option
def command(home: Path) -> None:
    """建好工作台的数据库，或在换了新版本之后升级它；先备份。"""
    from hengji.web.serving import open_at

    open_at(home)
    click.echo("数据库与本版本一致。")
