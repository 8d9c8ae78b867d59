"""hengji explain CODE"""

from __future__ import annotations

import click

from hengji.cli.codes import FINE, UNUSABLE
from hengji.cli.output import leave
from hengji.cli.verb import InChinese


@click.command("explain", cls=InChinese)
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """解释检查编号 CODE；不给编号则列出全部。"""
    from hengji.work.explain import catalogue, page

    if code is None:
        for entry in catalogue():
            click.echo(f"{entry.code}  {entry.title}")
        leave(FINE)
    text = page(code)
    if text is None:
        click.echo(f"没有编号为“{code}”的检查。用 hengji explain 列出全部编号。", err=True)
        leave(UNUSABLE)
    click.echo(text)
    leave(FINE)
